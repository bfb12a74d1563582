"""Pictures under their policy: shown in pages and by themselves, and loading nothing either way."""

import base64
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from mcsite.commands.build import BuildRequest
from mcsite.commands.preview_server import server_for
from mcsite.commands.serve import Preview, Shown
from tests.browser.conftest import Watched
from tests.browser.server import answering

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q"
    "DwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DRAWING = f"""<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">
<style>#a {{ fill: rgb(1, 2, 3) }}</style><rect id="a" width="40" height="20"/>
<rect id="b" y="20" width="40" height="20" style="fill: rgb(4, 5, 6)"/>
<image href="{PIXEL}" width="1" height="1"/></svg>"""
HOSTILE = """<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">
<style>@import "/import.css";</style><rect width="40" height="40" mask="url(/mask.png)"/>
<image href="/picture.png" width="9" height="9"/>
<script>document.documentElement.setAttribute("id", "ran")</script></svg>"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "assets"
    folder.mkdir()
    (folder / "good.svg").write_text(DRAWING, "utf-8")
    (folder / "bad.svg").write_text(HOSTILE, "utf-8")
    (folder / "pixel.png").write_bytes(base64.b64decode(PIXEL.partition(",")[2]))
    (tmp_path / "index.html").write_text('<body><img src="/assets/good.svg"></body>', "utf-8")
    request = BuildRequest(project=tmp_path, output=tmp_path, search=False, built_at=NOW, now=NOW)
    preview = Preview(request, lambda: NOW, shown=Shown(builds=1))
    with server_for(preview, 0) as server, answering(server) as found:
        yield found


def test_a_picture_is_shown_by_itself_with_its_styles(address: str, open_page: Watched) -> None:
    open_page.go(f"{address}/assets/good.svg")

    fills = [
        open_page.page.eval_on_selector(name, "(one) => getComputedStyle(one).fill")
        for name in ("#a", "#b")
    ]
    assert fills == ["rgb(1, 2, 3)", "rgb(4, 5, 6)"]
    assert open_page.console == []


def test_a_photograph_is_shown_by_itself(address: str, open_page: Watched) -> None:
    open_page.go(f"{address}/assets/pixel.png")

    assert open_page.page.evaluate("document.images[0].naturalWidth") == 1


def test_a_picture_is_shown_in_a_page_with_its_styles(address: str, open_page: Watched) -> None:
    open_page.page.goto(f"{address}/index.html", wait_until="load")

    colour = open_page.page.evaluate("""() => {
        const canvas = document.createElement("canvas");
        const context = canvas.getContext("2d");
        context.drawImage(document.querySelector("img"), 0, 0);
        return [10, 30].flatMap((y) => [...context.getImageData(30, y, 1, 1).data]);
    }""")
    assert colour == [1, 2, 3, 255, 4, 5, 6, 255]


def test_a_picture_loads_and_runs_nothing(address: str, open_page: Watched) -> None:
    answers: list[str] = []
    open_page.page.on("response", lambda answer: answers.append(answer.url))
    open_page.go(f"{address}/assets/bad.svg")
    open_page.rests()

    assert answers == [f"{address}/assets/bad.svg"]
    assert open_page.page.locator("#ran").count() == 0

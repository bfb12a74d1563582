"""Lists of courses that are too long for a page: providers and topics."""

from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest

from mcsite.content.catalogue import Catalogue
from mcsite.site.plan import PER_PAGE, PageSpec
from mcsite.site.render import Renderer
from tests.content.test_load import COURSE, load
from tests.rendering import context_of, parsed

MORE = 3  # courses beyond a page
LINKS = "//main//ol/li//a[contains(@href, '/courses/k')]/@href"


@pytest.fixture
def renderer(tmp_path: Path) -> Renderer:
    files = {
        f"catalogue/courses/k-{number:03}.yaml": COURSE.replace("Kurss", f"Kurss {number:03}")
        for number in range(PER_PAGE + MORE - 1)
    }
    catalogue: Catalogue | None = load(tmp_path, files).catalogue
    assert catalogue is not None
    return Renderer(replace(context_of(catalogue), revision=""))


def page(renderer: Renderer, path: str) -> lxml.html.HtmlElement:
    spec: PageSpec = next(one for one in renderer.context.plan.pages if one.path == path)
    return parsed(renderer.page(spec))


@pytest.mark.parametrize("path", ["lv/providers/uni/", "lv/fields/0612/", "lv/courses/"])
def test_every_course_stands_on_one_of_the_pages(renderer: Renderer, path: str) -> None:
    pages = [page(renderer, path), page(renderer, f"{path}page/2/")]
    links = [
        [*found.xpath("//main//ol/li//a[contains(@href, '/courses/k')]/@href")] for found in pages
    ]

    assert [len(found) for found in links] == [PER_PAGE, MORE]
    assert len(set(links[0] + links[1])) == PER_PAGE + MORE
    for number, found in enumerate(pages, 1):
        (current,) = found.xpath("//nav[@id='pagination']//a[@aria-current='page']")
        assert current.text_content().split()[-1] == str(number)
        others = found.xpath("//nav[@id='pagination']//a/@href")
        assert others == [f"/{path}", f"/{path}page/2/"]


def test_what_a_provider_is_stands_on_its_first_page(renderer: Renderer) -> None:
    first = page(renderer, "lv/providers/uni/")
    second = page(renderer, "lv/providers/uni/page/2/")

    assert first.xpath("//h2[@id='signed']")
    assert not second.xpath("//h2[@id='signed']")
    assert first.xpath("//h1")[0].text_content() == second.xpath("//h1")[0].text_content()
    assert second.xpath("//meta[@name='robots']/@content") == ["noindex"]

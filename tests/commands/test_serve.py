"""Serving: the site on this machine, built again when a file changes, with what is wrong shown."""

import contextlib
import datetime as dt
import http.client
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mcsite.commands.build import BuildReport, BuildRequest, build_site
from mcsite.commands.preview_server import server_for
from mcsite.commands.serve import Preview, page_of, watch
from mcsite.errors import ContentError, MachineError, McsiteError, UsageError
from tests.browser.server import answering
from tests.content.test_load import COURSE, SITE, write

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
COURSE_FILE = "catalogue/courses/kurss.yaml"
BROKEN = COURSE.replace("quiz", "quizz")


class Answer:
    """What the server said."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status = answer.status
        self.headers = answer.headers
        self.text = answer.read().decode("utf-8", errors="replace")


class Site:
    """A preview that is being served, and a browser's questions to it."""

    def __init__(self, preview: Preview, port: int) -> None:
        self.preview, self.port = preview, port

    def get(self, path: str, *, host: str = "", method: str = "GET") -> Answer:
        """Ask for a path, as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, headers={"Host": host} if host else {})
            return Answer(connection.getresponse())
        finally:
            connection.close()


def preview_of(project: Path, output: Path) -> Preview:
    request = BuildRequest(
        project=project, output=output, search=False, built_at=NOW, now=NOW,
        origin="http://localhost:8000",
    )  # fmt: skip
    return Preview(request, lambda: NOW)


@contextlib.contextmanager
def served(preview: Preview) -> Iterator[Site]:
    """Build, and serve on a port of the system's choice."""
    preview.build()
    with server_for(preview, 0) as server, answering(server):
        yield Site(preview, server.server_port)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    project = write(
        tmp_path / "project",
        {"catalogue/assets/a b.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'},
    )
    with served(preview_of(project, tmp_path / "out")) as found:
        yield found


def test_pages_come_with_the_script_that_reloads_them(site: Site) -> None:
    page = site.get("/lv/")

    assert page.status == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    script = (
        '<script type="module" src="/mcsite-preview.js" data-build="1" data-base="/"'
        ' data-languages="lv en" data-follow="false"></script></body>'
    )
    assert page.text.count(script) == 1
    assert "EventSource" in site.get("/mcsite-preview.js").text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/static/css/site.css", "text/css; charset=utf-8"),
        ("/static/catalogue/page.js", "text/javascript; charset=utf-8"),
        ("/assets/a%20b.svg", "image/svg+xml"),
        ("/catalogue.csv", "text/csv; charset=utf-8"),
        ("/lv/courses/facets.json", "application/json"),
        ("/sitemap.xml", "application/xml"),
    ],
)
def test_each_file_has_its_type(site: Site, path: str, kind: str) -> None:
    answer = site.get(path)

    assert (answer.status, answer.headers["Content-Type"]) == (200, kind)


def test_answers_carry_the_headers_of_a_real_host(site: Site) -> None:
    page = site.get("/lv/verify/")

    policies = page.headers.get_all("Content-Security-Policy") or []
    assert any("require-trusted-types-for 'script'" in policy for policy in policies)
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Strict-Transport-Security"] is None


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/../project/catalogue/site.yaml", "/%2e%2e/project/catalogue/site.yaml",
             "/%00", "/lv/courses/kurss/index.html/x", "//etc/passwd", "/..%2fproject"],
)  # fmt: skip
def test_nothing_but_the_site_is_served(site: Site, path: str) -> None:
    answer = site.get(path)

    assert answer.status == 404
    assert "base_url" not in answer.text


def test_folders_are_pages_not_lists(site: Site) -> None:
    assert site.get("/static/").status == 404
    assert site.get("/static/", method="HEAD").status == 404
    moved = site.get("/lv/courses")
    assert (moved.status, moved.headers["Location"]) == (302, "/lv/courses/")


def test_head_is_get_without_a_body(site: Site) -> None:
    head, page = site.get("/lv/", method="HEAD"), site.get("/lv/")

    assert head.text == ""
    assert head.headers["Content-Length"] == page.headers["Content-Length"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "localhost.evil.example"])
def test_a_name_that_a_stranger_points_here_is_refused(site: Site, host: str) -> None:
    assert site.get("/lv/", host=host).status == 421


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:1", "[::1]:8000"])
def test_names_of_this_machine_are_answered(site: Site, host: str) -> None:
    assert site.get("/lv/", host=host).status == 200


def test_a_base_path_stays_as_the_site_has_it(tmp_path: Path) -> None:
    text = SITE.replace("micro.uni.example", "uni.example/micro")
    project = write(tmp_path / "project", {"catalogue/site.yaml": text})

    with served(preview_of(project, tmp_path / "out")) as site:
        page = site.get("/micro/lv/")
        assert 'href="/micro/lv/courses/"' in page.text
        assert 'href="http://localhost:8000/micro/lv/"' in page.text
        assert site.get("/").headers["Location"] == "/micro/"
        assert site.get("/lv/").status == 404


def test_an_error_is_told_and_the_site_stays(site: Site) -> None:
    write(site.preview.request.project, {COURSE_FILE: BROKEN})

    assert isinstance(site.preview.build(), ContentError)
    (fault,) = site.preview.shown.faults
    assert fault.place == "catalogue/courses/kurss.yaml:6:13: MC210"
    assert fault.message == "assessment 'quizz' isn't a code of assessment-type"
    assert fault.source.splitlines()[0] == "   6 | assessment: quizz"
    assert fault.source.splitlines()[1].strip(" |") == "^^^^^"
    assert "Course" in site.get("/en/courses/kurss/").text


def test_a_site_that_never_was_built_says_why(tmp_path: Path) -> None:
    project = write(tmp_path / "project", {COURSE_FILE: BROKEN + "# <script>alert(1)</script>\n"})

    with served(preview_of(project, tmp_path / "out")) as site:
        page = site.get("/en/")
        assert page.status == 503
        assert "MC210" in page.text
        assert "/mcsite-preview.js" in page.text
        write(project, {COURSE_FILE: COURSE})
        assert isinstance(site.preview.build(), BuildReport)
        assert site.get("/en/").status == 200


def test_a_fault_in_a_template_of_the_site_s_own_is_told_with_its_place(tmp_path: Path) -> None:
    project = write(tmp_path, {"theme/templates/pages/home.html": "<p>\n{{ view.nothing }}"})
    preview = preview_of(project, tmp_path / "out")

    assert isinstance(preview.build(), ContentError)
    assert preview.shown.faults[0].message.startswith(
        f"{project}/theme/templates/pages/home.html:2: "
    )


def test_a_browser_hears_of_each_build(site: Site) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    connection.request("GET", "/mcsite-events")
    events = connection.getresponse()

    def next_event() -> dict[str, object]:
        line = events.fp.readline()
        assert events.fp.readline() == b"\n"
        found: dict[str, object] = json.loads(line.removeprefix(b"data: "))
        return found

    whole = {"page": "", "broken": False, "faults": []}
    assert next_event() == {"build": 1, **whole}
    write(site.preview.request.project, {COURSE_FILE: BROKEN})
    site.preview.build()
    told = next_event()
    assert (told["build"], told["broken"]) == (1, True)
    assert "MC210" in str(told["faults"])
    write(site.preview.request.project, {COURSE_FILE: COURSE})
    site.preview.build()
    assert next_event() == {"build": 1, **whole}  # the site is what it was: nothing to load
    write(site.preview.request.project, {COURSE_FILE: COURSE.replace("Course", "Other")})
    site.preview.build([site.preview.request.project / COURSE_FILE])
    assert next_event() == {"build": 2, **whole, "page": "courses/kurss/"}
    events.close()
    connection.close()


@contextlib.contextmanager
def watched(preview: Preview) -> Iterator[Callable[[], BuildReport | McsiteError]]:
    """Watch; give what waits for the next build and returns its outcome."""
    stop, outcomes = threading.Event(), queue.Queue[BuildReport | McsiteError]()
    watcher = threading.Thread(target=watch, args=(preview, outcomes.put, stop))
    watcher.start()
    try:
        assert preview.watching.wait(60)
        yield lambda: outcomes.get(timeout=60)
    finally:
        stop.set()
        watcher.join()


def test_changes_are_seen_and_built_and_a_broken_file_stops_nothing(tmp_path: Path) -> None:
    project = write(tmp_path / "project", {})
    preview = preview_of(project, tmp_path / "out")
    preview.build()
    course = project / COURSE_FILE
    page = tmp_path / "out/en/courses/kurss/index.html"

    with watched(preview) as next_build:
        course.write_text(COURSE.replace("Course", "Other"), "utf-8")
        assert isinstance(next_build(), BuildReport)
        assert "Other" in page.read_text("utf-8")
        assert preview.shown.page == "courses/kurss/"

        course.write_text(BROKEN, "utf-8")
        assert isinstance(next_build(), ContentError)
        assert "Other" in page.read_text("utf-8")

        course.write_text(COURSE.replace("Course", "Third"), "utf-8")
        assert isinstance(next_build(), BuildReport)
        assert "Third" in page.read_text("utf-8")

        course.unlink()
        assert isinstance(next_build(), BuildReport)
        assert not page.exists()


def test_a_folder_that_is_made_while_it_watches_is_watched_too(tmp_path: Path) -> None:
    project = write(tmp_path / "project", {})
    preview = preview_of(project, tmp_path / "out")
    preview.build()

    with watched(preview) as next_build:
        write(project, {"theme/static/css/own.css": "p { color: red }"})
        assert isinstance(next_build(), BuildReport)
        write(project, {"theme/static/css/own.css": "p { color: blue }"})
        assert isinstance(next_build(), BuildReport)

    assert b"blue" in (tmp_path / "out/static/css/site.css").read_bytes()


def test_what_only_machines_read_may_wait_for_the_next_build(tmp_path: Path) -> None:
    project = write(tmp_path / "project", {})
    request = replace(preview_of(project, tmp_path / "out").request, images=False)
    page = tmp_path / "out/en/courses/kurss/index.html"
    lists = [tmp_path / "out" / name for name in ("catalogue.json", "data/loq.xml")]

    def said(text: str) -> list[bool]:
        return [text in path.read_text("utf-8") for path in (page, *lists)]

    build_site(request)
    for text in ("Second", "Third"):
        write(project, {COURSE_FILE: COURSE.replace("Course", text)})
        build_site(replace(request, pages_first=True))
        assert said(text) == [True, False, False]
    build_site(request)
    assert said("Third") == [True, True, True]
    build_site(replace(request, output=tmp_path / "clean", clean=True))
    manifests = [(tmp_path / name / "manifest.json").read_bytes() for name in ("out", "clean")]
    assert manifests[0] == manifests[1]


@pytest.mark.parametrize(
    ("saved", "page"),
    [
        (["catalogue/courses/kurss.yaml"], "courses/kurss/"),
        (["catalogue/providers/uni.yaml", "catalogue/assets/logo.svg"], "providers/uni/"),
        (["catalogue/courses/kurss.yaml", "catalogue/courses/other.yaml"], ""),
        (["catalogue/courses/kurss.yaml~"], ""),
        (["catalogue/site.yaml"], ""),
        (["credentials/courses/kurss.yaml"], ""),
        ([], ""),
    ],
)
def test_the_page_of_a_saved_file_is_known(tmp_path: Path, saved: list[str], page: str) -> None:
    assert page_of(tmp_path, [tmp_path / name for name in saved]) == page
    assert page_of(tmp_path / "elsewhere", [tmp_path / name for name in saved]) == ""


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    preview = preview_of(tmp_path, tmp_path / "out")
    with server_for(preview, 0) as server, pytest.raises(MachineError, match="can't be used"):
        server_for(preview, int(server.server_address[1]))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_until_it_is_interrupted(tmp_path: Path, number: int) -> None:
    project = write(tmp_path, {})
    command = [sys.executable, "-m", "mcsite", "serve", "--port", "0", "--project", str(project)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stderr is not None
        told = run.stderr.readline()
        port = int(told.split("localhost:")[1].split("/")[0])
        assert Site(preview_of(project, tmp_path), port).get("/lv/").status == 200
        os.kill(run.pid, number)
        try:
            _, errors = run.communicate(timeout=30)
        finally:
            run.kill()

    assert (run.returncode, errors) == (0, "")


def test_a_folder_without_a_catalogue_is_a_misuse(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mcsite", "serve", "--port", "0", "--project", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 2
    assert "has no folder catalogue/" in done.stderr


@pytest.mark.parametrize("port", [-1, 65536, 99999])
def test_a_port_that_there_isn_t_is_a_misuse(tmp_path: Path, port: int) -> None:
    with pytest.raises(UsageError, match=f"there is no port {port}"):
        server_for(preview_of(tmp_path, tmp_path), port)

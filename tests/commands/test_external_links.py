"""mcsite check --external: links to other sites, asked of a real server on this machine."""

import datetime as dt
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mcsite.commands.check import Asking, Further, check_project
from mcsite.content.models.course import Course
from mcsite.content.models.pathway import Pathway
from mcsite.content.models.provider import Provider
from mcsite.content.models.site import Issuer, Site
from mcsite.content.rules.links import URL_FIELDS
from mcsite.store.cache import write_cache
from mcsite.store.external_links import CACHE, PAUSE
from mcsite.store.https import HttpsClient
from tests.content.test_load import COURSE, PROVIDER, write
from tests.https_server import HttpsServer, answering, https_server, moved

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def server() -> Iterator[HttpsServer]:
    with https_server() as running:
        running.routes["/works"] = answering(b"x")
        yield running


class Run:
    """A small project whose course links to the server; remembers how long it was waited."""

    def __init__(self, root: Path, server: HttpsServer) -> None:
        self.root, self.server, self.waited = root, server, [0.0]

    def links(self, *paths: str) -> None:
        """Write a course whose text has these links."""
        listed = "\n".join(f"  - [it]({self.server.base}{path})" for path in paths)
        write(self.root, {"catalogue/courses/kurss.yaml": f"{COURSE}description: |\n{listed}\n"})

    def found(self, now: dt.datetime = NOW, client: HttpsClient | None = None) -> list[str]:
        """Return what is said of links to other sites."""
        how = Asking(ask=(client or self.server.client()).ask, wait=self.waited.append)
        return [
            f"{f.at.line}:{f.at.column} {f.code} {f.severity}: "
            + f.message.replace(self.server.base, "…")
            for f in check_project(self.root, now=now, further=Further(external=how)).findings
            if f.code.startswith("MC42")
        ]

    def asked(self) -> list[str]:
        """Return the requests that the server got since the last call."""
        lines = [heard.splitlines()[0].removesuffix(" HTTP/1.1") for heard in self.server.heard]
        self.server.heard.clear()
        return lines


@pytest.fixture
def run(tmp_path: Path, server: HttpsServer) -> Run:
    return Run(tmp_path, server)


def test_a_link_that_works_is_asked_for_once_and_without_its_fragment(run: Run) -> None:
    run.links("/works#part", "/works")

    assert run.found() == []
    assert run.asked() == ["HEAD /works"]


def test_without_external_nobody_is_asked(run: Run) -> None:
    run.links("/gone")

    codes = {f.code for f in check_project(run.root, now=NOW).findings}

    assert not codes & {"MC420", "MC421", "MC422"}
    assert run.asked() == []


def test_a_dead_link_is_reported_at_its_place(run: Run) -> None:
    run.server.routes["/gone"] = answering(b"", status="410 Gone")
    run.server.routes["/lost"] = answering(b"", status="404 Not Found")
    run.links("/works", "/gone", "/lost")

    assert run.found() == [
        "14:10 MC420 warning: …/gone isn't there any more (410)",
        "15:10 MC420 warning: …/lost isn't there any more (404)",
    ]


def test_what_has_moved_for_good_is_told_with_its_new_address(run: Run) -> None:
    forever = answering(b"", status="301 Moved Permanently", headers=("Location: /works",))
    run.server.routes |= {"/old": forever, "/for-now": moved("/works")}
    run.links("/old", "/for-now")

    assert run.found() == ["13:10 MC421 note: …/old has moved to …/works"]


def test_a_host_that_refuses_head_is_asked_with_get(run: Run) -> None:
    def head_refused(connection: socket.socket) -> None:
        status = "405 No" if run.server.heard[-1].startswith("HEAD") else "200 OK"
        answering(b"x", status=status)(connection)

    run.server.routes["/get"] = head_refused
    run.links("/get")

    assert run.found() == []
    assert run.asked() == ["HEAD /get", "GET /get"]


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden", "429 Too Many Requests"])
def test_what_is_there_but_not_for_programs_isn_t_called_dead(run: Run, status: str) -> None:
    run.server.routes["/closed"] = answering(b"", status=status)
    run.links("/closed")

    assert run.found() == []


def test_who_doesn_t_answer_is_asked_again_after_a_pause(run: Run) -> None:
    run.server.routes["/broken"] = answering(b"", status="503 Busy")
    run.server.routes["/round"] = moved("/round")
    run.links("/broken", "/round")

    assert run.found() == [
        "13:10 MC422 warning: …/broken doesn't answer (503)",
        "14:10 MC422 warning: …/round doesn't answer",
    ]
    assert run.waited == [0.0, PAUSE, PAUSE]


def test_an_address_inside_a_private_network_is_not_asked(run: Run) -> None:
    run.links("/works")

    guarded = HttpsClient(run.server.client().context)

    assert run.found(client=guarded) == [
        "13:10 MC422 warning: …/works is inside a private network, and wasn't asked"
    ]
    assert run.asked() == []


def test_a_redirect_into_a_private_network_is_not_followed(run: Run) -> None:
    run.server.routes["/out"] = moved("https://127.0.0.1:1/secret")
    run.links("/out")
    # everything is public until the server has sent us elsewhere
    client = HttpsClient(run.server.client().context, may_connect=lambda _: not run.server.heard)

    assert run.found(client=client) == [
        "13:10 MC422 warning: …/out is inside a private network, and wasn't asked"
    ]


def test_good_answers_count_for_a_week_and_others_for_a_day(run: Run) -> None:
    run.server.routes["/gone"] = answering(b"", status="410 Gone")
    run.links("/works", "/gone")
    first = run.found()
    run.asked()

    assert run.found(NOW + dt.timedelta(hours=23)) == first
    assert run.asked() == []
    assert run.found(NOW + dt.timedelta(days=2)) == first
    assert run.asked() == ["HEAD /gone", "GET /gone"]
    assert run.found(NOW + dt.timedelta(days=8)) == first
    assert "HEAD /works" in run.asked()


def test_an_answer_from_the_future_is_asked_for_again(run: Run) -> None:
    run.links("/works")
    run.found(NOW + dt.timedelta(days=3))
    run.asked()

    run.found()

    assert run.asked() == ["HEAD /works"]


@pytest.mark.parametrize(
    "cache",
    [b"{", b"[]", b'{"version": 1, "links": []}', b'{"version": 1, "links": {"a": {}}}', b"\xff",
     b'{"version": 1, "links": {"a": {"status": 1, "location": "", "state": "?", "at": "x"}}}'],
)  # fmt: skip
def test_a_cache_that_can_t_be_read_is_as_if_there_was_none(run: Run, cache: bytes) -> None:
    run.links("/works")
    write_cache(run.root, CACHE, cache)

    assert run.found() == []
    assert run.asked() == ["HEAD /works"]
    assert json.loads((run.root / ".mcsite" / CACHE).read_bytes())["version"] == 1


def test_the_cache_stays_out_of_git_by_itself(run: Run) -> None:
    run.links("/works")
    run.found()

    assert (run.root / ".mcsite/.gitignore").read_text() == "*\n"


def test_addresses_of_fields_are_asked_for_too_and_vocabularies_are_not(run: Run) -> None:
    skill = "http://data.europa.eu/esco/skill/0a0a0a0a-0000-4000-8000-000000000001"
    course = f"{COURSE}skills: {{uri: '{skill}', label: {{lv: A, en: B}}}}\n"
    files = {
        "catalogue/courses/kurss.yaml": course,
        "catalogue/providers/uni.yaml": f"{PROVIDER}homepage: {run.server.base}/works\n",
    }
    write(run.root, files)

    assert run.found() == []
    assert run.asked() == ["HEAD /works"]


def test_one_host_gets_one_question_at_a_time(run: Run) -> None:
    at_once, most, lock = [0], [0], threading.Lock()

    def counted(connection: socket.socket) -> None:
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        threading.Event().wait(0.02)
        with lock:
            at_once[0] -= 1
        answering(b"x")(connection)

    names = [f"/{number}" for number in range(6)]
    run.server.routes |= dict.fromkeys(names, counted)
    run.links(*names)

    assert run.found() == []
    assert most == [1]


def fields_in(schema: object) -> Iterator[tuple[str, object]]:
    """Yield every field of a JSON Schema, those of its parts too, with what is said of it."""
    if isinstance(schema, list):
        for one in schema:
            yield from fields_in(one)
    elif isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for one in schema.values():
            yield from fields_in(one)


def test_every_field_that_holds_a_web_address_is_known() -> None:
    schemas = [model.model_json_schema() for model in (Course, Provider, Pathway, Site, Issuer)]
    addresses = {
        name for name, about in fields_in(schemas) if '"format": "uri"' in json.dumps(about)
    }

    assert addresses - {"base_url"} == {*URL_FIELDS}

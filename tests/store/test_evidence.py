"""Gathering evidence: only from the issuer's own host, only what was asked for."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from mcsite.credentials.evidence import Needs, Unavailable
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.store import evidence
from mcsite.store.evidence import (
    MAX_ANSWERS,
    MAX_LANGUAGES,
    MAX_REQUESTS,
    SECONDS,
    FolderSource,
    HttpsSource,
    Source,
    gather,
    registries_of,
)
from mcsite.store.https import HttpsClient, NotFetched


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/did.json",
        "https://b.example/did.json",
        "https://a.example:444/did.json",
        "https://a.example@b.example/did.json",
        "file:///etc/passwd",
    ],
)
def test_no_other_host_is_asked(url: str) -> None:
    assert HttpsSource("a.example", HttpsClient()).read(url) == Unavailable("other-host")


def test_paths_in_a_folder_never_leave_it(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text("{}")
    (tmp_path / "site").mkdir()

    source = FolderSource(tmp_path / "site")

    assert source.read("https://a.example/../secret.json") == Unavailable("unreachable")


def test_a_folder_answers_with_and_without_the_base_path(tmp_path: Path) -> None:
    (tmp_path / "status").mkdir()
    (tmp_path / "status" / "1.json").write_text('{"a":1}')
    source = FolderSource(tmp_path)

    assert source.read("https://a.example/status/1.json") == {"a": 1}
    assert source.read("https://a.example/micro/status/1.json") == {"a": 1}
    (tmp_path / "status" / "1.json").write_text('{"a":1,"a":2}')
    assert source.read("https://a.example/status/1.json") == Unavailable("malformed")


@pytest.mark.parametrize(
    "url", ["https://[a.example/c/", f"https://a.example/{'é' * 200}", f"https://a/{'b/' * 5000}"]
)
@pytest.mark.parametrize("online", [True, False])
def test_an_address_of_any_form_is_an_address(url: str, online: bool, tmp_path: Path) -> None:  # noqa: FBT001 -- a parameter of the test
    source: Source = HttpsSource("b.example", HttpsClient()) if online else FolderSource(tmp_path)
    needs = Needs(did="did:web:[a", status_lists=(url,), achievement=url, credential=url)

    found = gather(needs, lambda _: source)

    assert isinstance(found.status_lists[url], Unavailable)


def test_a_trust_list_of_any_shape_is_read() -> None:
    found = registries_of(
        json.loads('{"registries":[1,{"issuers":[{}, 2, {"id":"did:web:a"}],"name":{"lv":"R"}}]}')
    )

    assert not isinstance(found, Unavailable)
    assert [(registry.name, "did:web:a" in registry.issuers) for registry in found] == [("R", True)]


class Recorder:
    """A source that has nothing, and knows what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def read(self, url: str) -> JsonObject | Unavailable:
        """Remember the address."""
        self.asked.append(url)
        return Unavailable("unreachable")

    def trust_list(self, base: str) -> JsonObject | Unavailable:
        """Remember the list's address."""
        return self.read(f"{base}/trust/issuers.json")


def test_each_thing_is_asked_for_at_the_host_of_the_did() -> None:
    recorder, hosts = Recorder(), []

    def source_for(host: str) -> Source:
        hosts.append(host)
        return recorder

    base = "https://a.example/micro"
    gather(
        Needs(
            did="did:web:a.example:micro",
            status_lists=(f"{base}/status/1.json",),
            achievement=f"{base}/lv/courses/data/",
            credential=f"{base}/c/{'2' * 22}/",
        ),
        source_for,
    )

    assert hosts == ["a.example"]
    assert recorder.asked == [
        f"{base}/did.json",
        f"{base}/status/1.json",
        f"{base}/trust/issuers.json",
        f"{base}/courses/data/achievement.json",
        f"{base}/c/{'2' * 22}/notice.json",
    ]


@pytest.mark.parametrize(
    ("languages", "asked"),
    [
        (["lv", "en", "en", "sr-Latn"], ["en", "sr-Latn"]),
        (["lv", 7, None, ["en"], "../x", "e n", "x" * 99, "fr"], ["fr"]),
        ([f"a{chr(97 + one % 26)}{chr(97 + one // 26)}" for one in range(600)], MAX_LANGUAGES - 1),
        ("lv en", []),
    ],
)
def test_a_site_has_as_many_languages_as_sites_have(
    languages: JsonValue, asked: list[str] | int
) -> None:
    class Site(Recorder):
        def read(self, url: str) -> JsonObject:
            super().read(url)
            return {"languages": languages}

    site, base = Site(), "https://a.example"
    needs = Needs(achievement=f"{base}/lv/courses/data/", credential=f"{base}/c/{'2' * 22}/")

    gather(needs, lambda _: site)

    found = [url.split("achievement.")[1] for url in site.asked if "achievement." in url]
    told = [name.removesuffix(".json") for name in found if name != "json"]
    assert (told if isinstance(asked, list) else len(told)) == asked


@dataclass
class Host:
    """Gives one answer to everything, each time after so many seconds."""

    answer: bytes = b"{}"
    seconds: float = 0.0
    now: float = 0.0
    asked: int = 0

    def monotonic(self) -> float:
        """Return the time here."""
        return self.now

    def get(self, _url: str, *, max_bytes: int) -> bytes:
        """Return the answer where it is no larger."""
        self.asked += 1
        self.now += self.seconds
        if len(self.answer) > max_bytes:
            raise NotFetched("too-large")
        return self.answer


def of_many(count: int = 1000) -> Iterator[str]:
    return (f"https://a.example/{number}" for number in range(count))


@pytest.mark.parametrize(
    ("host", "asked"),
    [
        (Host(), MAX_REQUESTS),
        (Host(seconds=15.0), SECONDS // 15),
        (Host(answer=b"[" + b" " * (MAX_ANSWERS // 8 - 1)), 8),
        (Host(answer=b" " * (MAX_ANSWERS // 2 + 1)), 2),
    ],
    ids=["requests", "seconds", "bytes", "bytes of answers that are too large"],
)
def test_a_credential_costs_so_much_and_no_more(
    host: Host, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "time", host)
    source = HttpsSource("a.example", cast("HttpsClient", host))

    for url in of_many():
        source.read(url)
    assert host.asked == asked
    assert source.read("https://a.example/last") == Unavailable("unreachable")

    gather(Needs(did="did:web:a.example:last"), lambda _: source)
    assert host.asked == asked + 1


def test_answers_are_kept_while_they_are_few() -> None:
    host = Host(answer=b'{"a":"' + b"x" * (MAX_ANSWERS // 8) + b'"}')
    source = HttpsSource("a.example", cast("HttpsClient", host))

    for url in of_many(40):
        source.begin()
        for _ in range(3):
            assert "a" in cast("JsonObject", source.read(url))

    assert host.asked == 40
    assert 1 <= len(source.answers) <= 8

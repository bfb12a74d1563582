"""The index of words is made in parts, the same on any machine, and parts are kept."""

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import pytest

from mcsite.errors import MachineError
from mcsite.site import word_index
from mcsite.site.word_index import Earlier, WordIndex, parts_of, reworded

COURSES = ("dati", "kods", "likumi", "mezi", "udens", "zeme")


@pytest.fixture(autouse=True)
def parts_of_two() -> Iterator[None]:
    with patch.object(word_index, "PART", 2):
        yield


@pytest.fixture
def site() -> Iterator[Path]:
    """Give a folder where files come in the order in which they were made, if there is one."""
    memory = Path("/dev/shm")  # noqa: S108 -- a folder of the system
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def write(folder: Path, page: str, words: str = "", ignored: str = "") -> str:
    name = page.split("/")[2]
    path = folder / page
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"<html><body><main data-pagefind-body><h1>{name}</h1><p>vārdi par {name} {words}</p>"
        f'<span data-pagefind-meta="id" hidden>{name}</span>'
        f"<p data-pagefind-ignore>{ignored}</p></main></body></html>",
        "utf-8",
    )
    return page


def pages_of(folder: Path, *courses: str) -> list[str]:
    return [
        write(folder, f"{language}/courses/{course}/index.html")
        for course in courses
        for language in ("lv", "en")
    ]


def made(index: WordIndex, *folders: Path, jobs: int = 2) -> dict[str, bytes]:
    """Make an index in the first folder; return its files, of which some are in the last."""
    with index.making(folders, jobs):
        pass
    kept, records = index.write(folders[0])
    assert kept.keys().isdisjoint(records)
    found = {name: (folders[0] / name).read_bytes() for name in records}
    return found | {name: (folders[-1] / name).read_bytes() for name in kept}


def earlier(folder: Path, files: dict[str, bytes], pages: list[str]) -> Earlier:
    records = {name: sha256(data).hexdigest() for name, data in files.items()}
    return Earlier(folder, records, parts_of(pages))


def test_the_same_pages_give_the_same_index_whatever_the_order_of_files(site: Path) -> None:
    pages = pages_of(site / "a", *COURSES)
    others = pages_of(site / "b", *reversed(COURSES))

    first = made(WordIndex.of(pages), site / "a", jobs=1)

    assert made(WordIndex.of(others), site / "b", jobs=3) == first
    assert sorted(json.loads(first["pagefind/courses.lv.json"]).values()) == list(COURSES)


def test_a_language_has_parts_under_names_of_its_own_and_one_program(site: Path) -> None:
    files = made(WordIndex.of(pages_of(site, *COURSES)), site)
    languages = json.loads(files["pagefind/pagefind-entry.json"])["languages"]

    assert {one["wasm"] for name, one in languages.items() if name.startswith("en")} == {"en"}
    assert [name for name in files if "/wasm." in name] == [
        "pagefind/wasm.en.pagefind", "pagefind/wasm.unknown.pagefind",
    ]  # fmt: skip
    assert {"en", "en-1", "lv", "lv-1"} <= languages.keys()
    assert sum(one["page_count"] for one in languages.values()) == 2 * len(COURSES)
    fragments = {name.rpartition("_")[0] for name in json.loads(files["pagefind/courses.en.json"])}
    assert fragments == {name for name in languages if name.startswith("en")}


def change_words(folder: Path, pages: list[str]) -> list[str]:
    write(folder, "lv/courses/mezi/index.html", words="koki")
    return pages


def change_both(folder: Path, pages: list[str]) -> list[str]:
    write(folder, "lv/courses/mezi/index.html", words="koki")
    write(folder, "en/courses/mezi/index.html", words="trees")
    return pages


def change_what_is_ignored(folder: Path, pages: list[str]) -> list[str]:
    write(folder, "lv/courses/mezi/index.html", ignored="koki")
    return pages


def add(folder: Path, pages: list[str]) -> list[str]:
    return [*pages, *pages_of(folder, "augi")]


def remove(_: Path, pages: list[str]) -> list[str]:
    return [page for page in pages if "/dati/" not in page]


def remove_most(_: Path, pages: list[str]) -> list[str]:
    return [page for page in pages if "/dati/" in page]


@pytest.mark.parametrize(
    ("edit", "stale"),
    [
        (change_words, 1),
        (change_both, 2),
        (change_what_is_ignored, 0),
        (remove, None),
        (remove_most, None),
        (add, None),
    ],
)
def test_after_an_edit_the_index_is_the_one_that_is_made_of_all(
    site: Path, edit: Callable[[Path, list[str]], list[str]], stale: int | None
) -> None:
    old, new, whole = site / "old", site / "new", site / "whole"
    pages = pages_of(old, *COURSES)
    known = earlier(old, made(WordIndex.of(pages), old), pages)
    pages_of(new, *COURSES)
    pages = edit(new, pages)
    changed = frozenset(reworded(pages, old, new))

    index = WordIndex.of(pages, known, changed)

    assert stale in (None, len(index.stale))
    assert index.is_as_before == (stale == 0)
    if stale != 0:
        assert made(index, new, old) == made(WordIndex.of(pages), *copied(new, whole))


def copied(folder: Path, other: Path) -> tuple[Path, Path]:
    """Return a new folder to write to, and the one with the pages."""
    other.mkdir()
    return other, folder


def test_nothing_is_kept_of_an_index_whose_tables_were_changed(site: Path) -> None:
    pages = pages_of(site, *COURSES)
    known = earlier(site, made(WordIndex.of(pages), site), pages)
    (site / "pagefind/courses.lv.json").write_text("{}", "utf-8")

    index = WordIndex.of(pages, known, {pages[0]})

    assert index.stale == index.parts


def test_courses_stay_in_their_part_and_parts_stay_few() -> None:
    pages = [f"en/courses/course-{number}/index.html" for number in range(100)]

    before = parts_of(pages)
    after = parts_of(page for page in pages if page != pages[7])

    assert len(before) == 8
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


def program(folder: Path, text: str) -> Path:
    folder.mkdir()
    path = folder / "pagefind"
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)
    return folder


def test_what_pagefind_said_at_its_end_is_told(site: Path, tmp_path: Path) -> None:
    failing = program(tmp_path / "bin", "echo no memory >&2; exit 3")
    index = WordIndex.of(pages_of(site, *COURSES))

    with (
        patch("importlib.resources.files", return_value=failing),
        pytest.raises(MachineError, match=r"^Pagefind failed: no memory$"),
        index.making([site], 2),
    ):
        pass


def test_pagefind_is_ended_where_the_build_fails(site: Path, tmp_path: Path) -> None:
    waiting = program(tmp_path / "bin", "exec sleep 100")
    index = WordIndex.of(pages_of(site, *COURSES))
    started = time.monotonic()

    with (
        patch("importlib.resources.files", return_value=waiting),
        pytest.raises(ValueError, match="a credential"),
        index.making([site], 2),
    ):
        raise ValueError("a credential")

    assert time.monotonic() - started < 50

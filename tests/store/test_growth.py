"""How batches differ: whatever grew is told apart from whatever was altered, removed or moved."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from mcsite.credentials.ids import new_credential_id
from mcsite.store.batches import StoredCredential
from mcsite.store.growth import Growth, growth_of
from mcsite.store.versions import WorkingCopy, batch_paths

BATCH = "a.jsonl"


def identifier(number: int) -> str:
    return new_credential_id(number.to_bytes(16, "big"))


def line(number: int, text: str = "") -> str:
    address = f"https://uni.example/c/{identifier(number)}/"
    return json.dumps({"id": address, "credentialSubject": {"text": text}})


class Versions:
    """Two versions of a project's batches, in two folders."""

    def __init__(self, folder: Path) -> None:
        self.base, self.head = folder / "base", folder / "head"
        for root in (self.base, self.head):
            (root / "credentials").mkdir(parents=True)

    def grown(self) -> tuple[list[str], Growth]:
        """Return the ids that are new, and what became of the rest."""
        base, head = WorkingCopy(self.base), WorkingCopy(self.head)
        growth = growth_of(base, head, sorted({*batch_paths(base), *batch_paths(head)}))
        new = [one.id for one in growth.new() if isinstance(one, StoredCredential)]
        return new, growth


def write(root: Path, lines: Sequence[str], name: str = BATCH, end: str = "\n") -> None:
    (root / "credentials" / name).write_text("".join(text + end for text in lines))


def both(folder: Path, base: Sequence[str], head: Sequence[str]) -> tuple[list[str], Growth]:
    versions = Versions(folder)
    write(versions.base, base)
    write(versions.head, head)
    return versions.grown()


def test_lines_at_the_end_are_new(tmp_path: Path) -> None:
    new, growth = both(tmp_path, [line(1)], [line(1), line(2), "", line(3)])

    assert new == [identifier(2), identifier(3)]
    assert (growth.altered(), growth.gone(), growth.moved) == ([], [], [])


def test_the_number_of_a_new_line_is_that_of_its_file(tmp_path: Path) -> None:
    _, growth = both(tmp_path, [line(1), "", line(2)], [line(1), "", line(2), line(3)])

    assert [one.at.line for one in growth.new() if isinstance(one, StoredCredential)] == [4]


def test_a_line_that_goes_on_is_not_the_line_it_was(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    write(versions.base, [line(1)], end="")
    write(versions.head, [line(1) + " "], end="")

    new, growth = versions.grown()

    assert new == []
    assert [one.id for one in growth.altered()] == [identifier(1)]


def test_a_line_that_was_no_credential_may_be_mended(tmp_path: Path) -> None:
    new, growth = both(tmp_path, ["{", line(1)], [line(2), line(1)])

    assert new == [identifier(2)]
    assert growth.gone() == []


def test_of_two_equal_lines_one_may_go(tmp_path: Path) -> None:
    _, growth = both(tmp_path, [line(1), line(2), line(1)], [line(1), line(2)])

    assert (growth.altered(), growth.gone(), growth.moved) == ([], [], [])


def test_a_single_file_is_one_line_whatever_its_layout(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    document = json.loads(line(1))
    write(versions.base, [json.dumps(document, indent=2)], "one.json")
    write(versions.head, [json.dumps(document, indent=2), ""], "one.json")
    assert versions.grown()[1].altered() == []

    write(versions.head, [json.dumps({**document, "name": "Anna"}, indent=2)], "one.json")
    assert versions.grown()[1].gone() == []
    new, growth = versions.grown()
    assert (new, [one.id for one in growth.altered()]) == ([], [identifier(1)])


def test_a_line_that_moved_to_another_batch_is_gone_and_not_new(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    write(versions.base, [line(1), line(2)])
    write(versions.head, [line(1)])
    write(versions.head, [line(2), line(3)], "b.jsonl")

    new, growth = versions.grown()

    assert new == [identifier(3)]
    (gone,) = growth.gone()
    assert (gone.id, gone.now) == (identifier(2), PurePosixPath("credentials/b.jsonl"))


NUMBERS = st.lists(st.integers(1, 40), unique=True, max_size=12)


@given(before=NUMBERS, data=st.data())
def test_growing_in_any_place_is_growing(before: list[int], data: st.DataObject) -> None:
    after = list(before)
    more = data.draw(NUMBERS)
    for number in more:
        after.insert(data.draw(st.integers(0, len(after))), number + 100)

    with tempfile.TemporaryDirectory() as folder:
        new, growth = both(Path(folder), list(map(line, before)), list(map(line, after)))

        assert sorted(new) == sorted(identifier(number + 100) for number in more)
        assert (growth.altered(), growth.gone(), growth.moved) == ([], [], [])


@given(before=NUMBERS, data=st.data())
def test_whatever_went_was_altered_or_changed_places_is_found(
    before: list[int], data: st.DataObject
) -> None:
    after = data.draw(st.permutations(before))
    gone = set(data.draw(st.lists(st.sampled_from(before)))) if before else set()
    altered = set(data.draw(st.lists(st.sampled_from(before)))) - gone if before else set()
    lines = [line(n, "x" if n in altered else "") for n in after if n not in gone]

    with tempfile.TemporaryDirectory() as folder:
        new, growth = both(Path(folder), list(map(line, before)), lines)

        assert new == []
        assert {one.id for one in growth.gone()} == set(map(identifier, gone))
        assert {one.id for one in growth.altered()} == set(map(identifier, altered))
        kept = [n for n in before if n not in gone | altered]
        assert bool(growth.moved) == (kept != [n for n in after if n in kept])

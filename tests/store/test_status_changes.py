"""How status.yaml and the lists differ; the short way finds what the long way does."""

from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from mcsite.credentials.jcs import canonical
from mcsite.store.status_changes import StatusChanges, list_change, list_number, status_changes
from tests.institution import Institution

HEAD = "# The log.\n"


def entry(number: int, action: str = "suspend", more: str = "") -> str:
    name = f"{'1' * 20}{number:02}".replace("0", "A")
    return (
        f"- {{id: {name}, action: {action}, at: 2026-11-{number % 28 + 1:02}T12:00:00Z, list: 1, "
        f'index: {number}, key: "did:web:x#k", reason: "R"{more}}}\n'
    )


def first_list(institution: Institution) -> bytes:
    return canonical(next(iter(institution.lists().values())))


def told(changes: StatusChanges) -> list[list[tuple[int, int]]]:
    return [
        [(one.event.index, one.at.line) for one in kind]
        for kind in (changes.added, changes.changed, changes.removed)
    ]


def test_an_entry_at_the_end_is_added_at_its_line() -> None:
    base = HEAD + entry(1)

    assert told(status_changes(base.encode(), (base + "# more\n" + entry(2)).encode())) == [
        [(2, 4)], [], [],
    ]  # fmt: skip


def test_the_first_entry_is_added() -> None:
    assert told(status_changes(b"", (HEAD + entry(1)).encode())) == [[(1, 2)], [], []]


def test_an_entry_that_can_be_matched_was_changed() -> None:
    base, head = HEAD + entry(1), HEAD + entry(1, "revoke")

    assert told(status_changes(base.encode(), head.encode())) == [[], [(1, 2)], []]


def test_lines_that_go_on_with_the_last_entry_change_it() -> None:
    fields = [f"- id: {'1' * 22}", "action: erase", "at: 2026-11-01T12:00:00Z", "list: 1"]
    base = "\n  ".join([*fields, "index: 1\n"])

    changes = status_changes(base.encode(), (base + "  reason: R\n").encode())

    assert [len(kind) for kind in told(changes)] == [0, 1, 0]


def test_an_entry_that_cannot_be_read_is_told_at_its_line() -> None:
    base = HEAD + entry(1)

    (found,) = status_changes(base.encode(), (base + entry(2, "forget")).encode()).findings

    assert (found.at.line, found.code) == (3, "MC510")


@given(
    st.lists(st.integers(1, 30), unique=True, max_size=6),
    st.lists(st.integers(31, 60), unique=True, max_size=6),
)
def test_the_short_way_finds_what_the_long_way_does(before: list[int], more: list[int]) -> None:
    base = HEAD + "".join(map(entry, before))
    head = base + "".join(map(entry, more))
    another = HEAD + "#\n" + "".join(map(entry, before))  # which `head` doesn't begin with

    short = told(status_changes(base.encode(), head.encode()))

    assert short == told(status_changes(another.encode(), head.encode()))
    assert [index for index, _ in short[0]] == more
    assert told(status_changes(head.encode(), head.encode())) == [[], [], []]


def test_a_list_that_forgets_is_found_whatever_became_of_it() -> None:
    institution = Institution()
    institution.revoked.update({3, 5})
    path = PurePosixPath("credentials/status/1.json")
    before = first_list(institution)
    institution.revoked.remove(3)

    assert list_change(path, before, first_list(institution)).lost == {3}
    assert list_change(path, before, b"{").lost == {3, 5}
    assert list_change(path, before, None).lost == {3, 5}
    assert list_change(path, None, before).lost == frozenset()


def test_only_a_numbered_file_in_its_folder_is_a_list() -> None:
    assert list_number(PurePosixPath("credentials/status/12.json")) == 12
    assert list_number(PurePosixPath("credentials/status/x.json")) is None
    assert list_number(PurePosixPath("credentials/1.json")) is None

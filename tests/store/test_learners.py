"""Lists of learners: everything that is wrong at once, with row and column."""

import datetime as dt
from pathlib import Path

import pytest

from mcsite.errors import UsageError
from mcsite.store.learners import read_learners

TODAY = dt.date(2026, 11, 23)


def read(tmp_path: Path, text: str | bytes, name: str = "l.csv") -> tuple[list[str], list[str]]:
    """Return the names that were read, and the findings as printed."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    rows, findings = read_learners(path, today=TODAY, languages=("lv", "en"))
    return [row.learner.name for row in rows], [str(finding) for finding in findings]


@pytest.mark.parametrize(
    "text",
    [
        "name,grade\nŽanis,9\n",
        "\ufeffname;grade\r\nŽanis;9\r\n",
        "grade,name\n9,  Z\u030canis \n\n,\n",
        '"name","grade"\n"Žanis","9"\n',
        "name\tgrade\nŽanis\t9\n",
        "name\tgrade\r\nŽanis\t9\r\n".encode("utf-16"),
        "sep=;\r\nname;grade\r\nŽanis;9\r\n",
        "sep=\t\r\nname\tgrade\r\nŽanis\t9\r\n",
        "Name, Grade\nŽanis,9\n",
    ],
    ids=[
        "commas",
        "BOM and semicolons",
        "another order and form",
        "quoted",
        "tabs",
        "Unicode text of Excel",
        "Excel's mark",
        "Excel's mark of tabs",
        "capitals",
    ],
)
def test_what_spreadsheets_write_is_read(tmp_path: Path, text: str | bytes) -> None:
    assert read(tmp_path, text) == (["Žanis"], [])


def test_a_yaml_list_is_read(tmp_path: Path) -> None:
    text = "- name: Žanis\n  grade: 9\n- {name: Anna, language: en}\n"

    assert read(tmp_path, text, "l.yaml") == (["Žanis", "Anna"], [])


def test_fields_of_a_yaml_list_are_known_by_what_is_meant(tmp_path: Path) -> None:
    text = "- Name: Žanis\n  Given name: Žanis\n"
    assert read(tmp_path, text, "l.yaml") == (["Žanis"], [])

    text = "- name: Žanis\n  Name: Anna\n  emial: a@x.example\n  grade: [9]\n"
    names, findings = read(tmp_path, text, "l.yaml")
    assert names == ["Žanis"]
    assert [finding.partition(" known are")[0] for finding in findings] == [
        "l.yaml:2:3: MC520 error: the field 'name' stands twice",
        "l.yaml:3:3: MC520 error: the field 'emial' isn't known\nhint: did you mean 'email'?",
        "l.yaml:4:3: MC520 error: the field 'grade' should be a text",
    ]


def test_every_field_arrives(tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    path.write_text(
        "name,given_name,family_name,date_of_birth,email,student_id,did,grade,issued_on,valid_until,"
        "evidence,language\n"
        "Anna Ozola,Anna,Ozola,2001-02-03,a@x.example,urn:schac:personalUniqueCode:int:esi:lv:1,"
        "did:key:z6Mk,9,2026-11-01,2028-10-31,https://x.example/w,en\n"
    )
    (row,), findings = read_learners(path, today=TODAY, languages=("lv", "en"))

    assert findings == []
    assert (row.email, row.language) == ("a@x.example", "en")
    assert (row.issued_on, row.valid_until) == (dt.date(2026, 11, 1), dt.date(2028, 10, 31))
    assert row.learner.date_of_birth == dt.date(2001, 2, 3)
    assert row.learner.public().date_of_birth is None
    assert row.learner.public().student_id == ""


@pytest.mark.parametrize(
    ("header", "cell", "message"),
    [
        ("name,grade", ",9", "2:1: the name is blank"),
        ("name,grade", "n/a,9", "2:1: 'n/a' isn't a person's name"),
        ("name,grade", "Vārds Uzvārds,9", "2:1: 'Vārds Uzvārds' isn't a person's name"),
        ("name,grade", "John Doe,9", "2:1: 'John Doe' isn't a person's name"),
        ("name,grade", "Test 12,9", "2:1: 'Test 12' isn't a person's name"),
        ("name,grade", "XXXX,9", "2:1: 'XXXX' isn't a person's name"),
        ("name,grade", "-,9", "2:1: '-' isn't a person's name"),
        ("name,grade", "12,9", "2:1: '12' isn't a person's name"),
        ("name,grade", "An\u202ena,9", "2:1: holds an invisible control character"),
        ("name,grade", "An\u200bna,9", "2:1: holds an invisible control character"),
        ("name,grade", "Anna,=1+1", "2:2: '=1+1' looks like a spreadsheet formula"),
        ("name,grade", "Anna,-1+1", "2:2: '-1+1' looks like a spreadsheet formula"),
        ("name,grade", "＝A1,9", "2:1: '＝A1' looks like a spreadsheet formula"),
        ("name,grade", "＋A1,9", "2:1: '＋A1' looks like a spreadsheet formula"),
        ("name,grade", "－A1,9", "2:1: '－A1' looks like a spreadsheet formula"),
        ("name,grade", "＠SUM(A1),9", "2:1: '＠SUM(A1)' looks like a spreadsheet formula"),
        ("name,grade", "Anna; =A1,9", "2:1: 'Anna; =A1' looks like a spreadsheet formula"),
        ("name,email", "Anna,a;=A1@b.c", "2:2: 'a;=A1@b.c' looks like a spreadsheet formula"),
        ("name,email", "Anna,a.b", "2:2: 'a.b' isn't an e-mail address"),
        ("name,student_id", "Anna,7", "2:2: '7' isn't a European Student Identifier"),
        ("name,did", "Anna,x", "2:2: 'x' isn't a DID"),
        ("name,evidence", "Anna,ftp://x", "2:2: 'ftp://x' isn't an https address"),
        ("name,language", "Anna,de", "2:2: the site has no language 'de': lv, en"),
        ("name,issued_on", "Anna,1.9.26", "2:2: '1.9.26' isn't a date; write year-month-day"),
        ("name,issued_on", "Anna,2026-2-3", "2:2: '2026-2-3' isn't a date; write year-month-day"),
        ("name,issued_on", "Anna,2026-11-24", "2:2: 2026-11-24 lies in the future"),
        ("name,date_of_birth", "Anna,2027-01-01", "2:2: 2027-01-01 lies in the future"),
        ("name,valid_until", "Anna,2026-11-22", "2:2: 2026-11-22 lies before the day of issuing"),
        ("name,grade", "Anna", "2:1: the row has 1 cells, the header 2"),
    ],
)  # fmt: skip
def test_a_row_is_refused_with_row_and_column(
    tmp_path: Path, header: str, cell: str, message: str
) -> None:
    _, findings = read(tmp_path, f"{header}\n{cell}\n")

    place, _, words = message.partition(": ")
    assert findings == [f"l.csv:{place}: MC520 error: {words}"]


@pytest.mark.parametrize(
    ("name", "grade"),
    [("Anna-Marija O’Hara", "+"), ("Ģirts -", "-"), ("Jean =", "A; +1"), ("N’Diaye; Awa", "＝")],
)
def test_a_sign_that_begins_nothing_is_no_formula(tmp_path: Path, name: str, grade: str) -> None:
    assert read(tmp_path, f"name,grade\n{name},{grade}\n")[1] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "l.csv:1:1: MC520 error: the column 'name' is missing"),
        ("name\n", "l.csv:1:1: MC520 error: there is no learner in the file"),
        ("name,name\nA,B\n", "l.csv:1:1: MC520 error: a column stands twice"),
        ("Name,name\nA,B\n", "l.csv:1:1: MC520 error: a column stands twice"),
        ("sep=;\nname\n9\n", "l.csv:3:1: MC520 error: '9' isn't a person's name"),
        ('sep=;\nname\n"Anna\n', "l.csv:3:1: MC520 error: not CSV: unexpected end of data"),
        (b"name\n\xc4\n", "l.csv:1:1: MC520 error: the file isn't UTF-8; save it as CSV UTF-8"),
        ('name\n"Anna\n', "l.csv:2:1: MC520 error: not CSV: unexpected end of data"),
    ],
)
def test_a_file_is_refused(tmp_path: Path, text: str | bytes, message: str) -> None:
    assert read(tmp_path, text)[1] == [message]


def test_an_unknown_column_is_named_with_those_that_are_known(tmp_path: Path) -> None:
    _, findings = read(tmp_path, "name,nmae\nAnna,9\n")

    (finding,) = findings
    assert finding == (
        "l.csv:1:2: MC520 error: the column 'nmae' isn't known\n"
        "hint: did you mean 'name'? known are name, given_name, family_name, date_of_birth, "
        "email, student_id, did, grade, issued_on, valid_until, evidence, language"
    )


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("name,grde,did\ntest,+1,x\nAnna,2,\nAnna,3,\n", ["1:2", "2:1", "2:3"]),
        ("nmae,grade\nAnna,=1\nAnna\n", ["1:1", "1:1", "2:2", "3:1"]),
        ("name,did,did\ntest,x,y\n", ["1:1", "2:1", "2:3"]),
    ],
    ids=["unknown column", "no name", "twice"],
)
def test_the_faults_of_rows_come_with_those_of_the_header(
    tmp_path: Path, text: str, places: list[str]
) -> None:
    assert [finding.split(": ")[0] for finding in read(tmp_path, text)[1]] == [
        f"l.csv:{place}" for place in places
    ]


def test_rows_that_differ_in_an_unknown_field_are_no_twins(tmp_path: Path) -> None:
    _, findings = read(tmp_path, "- {name: Anna, x: 1}\n- {name: Anna, x: 2}\n", "l.yaml")

    assert [finding.partition("\n")[0] for finding in findings] == [
        f"l.yaml:{line}:16: MC520 error: the field 'x' isn't known" for line in (1, 2)
    ]


def test_all_problems_come_at_once_on_the_lines_where_they_stand(tmp_path: Path) -> None:
    text = 'name,grade\n"Anna\nOzola",9\n\nBērziņš\ntest,9\nIlze,8\nIlze,8\n'

    assert read(tmp_path, text)[1] == [
        "l.csv:2:1: MC520 error: holds an invisible control character",
        "l.csv:5:1: MC520 error: the row has 1 cells, the header 2",
        "l.csv:6:1: MC520 error: 'test' isn't a person's name",
        "l.csv:8:1: MC520 error: the same learner stands in line 7 already",
    ]


@pytest.mark.parametrize(
    "name", ["O", "Nguyễn Thị Ví Dụ", "李", "علی‌رضا", "X Æ A", "Na Ra", "D'Arcy-Ó"]
)
def test_names_of_people_are_accepted(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, f"name\n{name}\n") == ([name], [])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        read_learners(tmp_path / "no.csv", today=TODAY, languages=("lv",))

    assert str(caught.value) == f"{tmp_path}/no.csv can't be read: No such file or directory"


def test_a_cell_is_looked_at_as_far_as_it_may_go(tmp_path: Path) -> None:
    """Of an address of 100,000 dots a pattern would take minutes."""
    _, findings = read(tmp_path, f"name,email\nAnna,a@{'.' * 100_000}@\n")

    assert findings == ["l.csv:2:2: MC520 error: is longer than 300 characters"]


def test_a_file_without_end_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mcsite.store.learners._MAX_BYTES", 1024**2)

    with pytest.raises(UsageError) as refused:
        read(tmp_path, "name\n" + "Anna\n" * 300_000)

    assert str(refused.value) == f"{tmp_path / 'l.csv'} is larger than 1 MB"

"""The list of learners to issue credentials to: CSV, or a YAML list that can be reviewed first.

Everything that is wrong is reported at once, with row and column, before anything is signed.
"""

import codecs
import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from mcsite.content import field_schemas
from mcsite.content.fields import nearest
from mcsite.content.separators import separator_of, without_mark
from mcsite.content.source import Mapping as YamlMapping
from mcsite.content.source import Scalar, Sequence, SourceFault, read_source
from mcsite.credentials.issue import Learner
from mcsite.errors import UsageError
from mcsite.findings import Finding, Position, Severity

MAX_ROWS = 100_000
_MAX_BYTES = 64 * 1024 * 1024
_LONGEST = 300  # characters: no name or grade is longer
_PLACEHOLDERS = {
    "test", "tests", "name", "n/a", "na", "none", "null", "nan", "-", "?", "x", "xx", "xxx", "tbd",
    "learner", "student", "john doe", "jane doe", "vārds uzvārds", "name surname",
    "first name last name", "firstname lastname", "first last", "test user", "test learner",
    "test student", "unknown", "anonymous", "foo", "bar", "asdf", "vārds", "uzvārds", "paraugs",
}  # fmt: skip
_CONTROLS = re.compile(  # ZWNJ and ZWJ aren't among them: names in Persian and Sinhala have them
    "[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\U000e0000-\U000e007f]"
)
_FORMULA = re.compile(r"[=+@＝＋＠－-]\s*\S")
_IN_LINKS = ("name", "email")  # of the file of links, which most of Europe's spreadsheets part at ;
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ESI = re.compile(
    r"urn:schac:personalUniqueCode:int:esi:([a-z]{2}(-[A-Z0-9]{1,3})?|[a-z0-9.-]+\.[a-z]{2,}):.+",
    re.IGNORECASE,
)
_DID = re.compile(r"did:[a-z0-9]+:[A-Za-z0-9._:%-]+")
_URL = re.compile(r"https://[^\s<>\"]+")
_TEXT = {"type": ["string", "number"], "maxLength": _LONGEST}
# the columns of a list: what each holds, and as much of its form as an editor can check
_COLUMNS: dict[str, tuple[str, dict[str, Any]]] = {
    "name": ("full name, as it will stand on the credential", field_schemas.WORD),
    "given_name": ("given name; only in sealed credentials", _TEXT),
    "family_name": ("family name; only in sealed credentials", _TEXT),
    "date_of_birth": ("day of birth; only in sealed credentials", field_schemas.DAY),
    "email": ("where the link is sent; never published", field_schemas.EMAIL),
    "student_id": (
        "European Student Identifier; only in sealed credentials",
        {"type": "string", "pattern": "^[uU][rR][nN]:schac:personalUniqueCode:int:esi:"},
    ),
    "did": (
        "DID of the learner's wallet; only in sealed credentials",
        {"type": "string", "pattern": f"^{_DID.pattern}$"},
    ),
    "grade": ("grade, as the course's scale writes it", _TEXT),
    "issued_on": ("day of issuing; today where absent", field_schemas.DAY),
    "valid_until": ("last day on which it counts; for ever where absent", field_schemas.DAY),
    "evidence": ("web address of the work", {"type": "string", "pattern": f"^{_URL.pattern}$"}),
    "language": ("language of the credential, of the site's", field_schemas.LANGUAGE),
}
COLUMNS = tuple(_COLUMNS)
LEARNERS_SCHEMA: dict[str, Any] = {
    "description": "Learners to issue credentials to. Keep the list outside the repository.",
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {
            name: {**schema, "description": about} for name, (about, schema) in _COLUMNS.items()
        },
        "required": ["name"],
        "additionalProperties": False,
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerRow:
    """A row that is good to be issued from. Dates absent in it are None."""

    learner: Learner
    email: str
    issued_on: dt.date | None
    valid_until: dt.date | None
    language: str


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    at: Position


def read_learners(
    path: Path, *, today: dt.date, languages: tuple[str, ...]
) -> tuple[list[LearnerRow], list[Finding]]:
    """Return the rows of a learners' file, and all that is wrong with it."""
    name = PurePosixPath(path.name)
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from error
    if len(data) > _MAX_BYTES:
        raise UsageError(f"{path} is larger than {_MAX_BYTES // 1024**2} MB", hint="split it")
    if path.suffix in (".yaml", ".yml"):
        rows, findings = _yaml_rows(data, name)
    else:
        rows, findings = _csv_rows(data, name)
    if len(rows) > MAX_ROWS:
        return [], [_finding(Position(name), f"has more than {MAX_ROWS} learners; split the file")]
    if not rows and not findings:
        findings.append(_finding(Position(name), "there is no learner in the file"))
    reader = _Rows(today, languages)
    learners = [reader.read(row) for row in rows]
    found = sorted(findings + reader.findings, key=lambda finding: finding.at)
    return learners, found


def _csv_rows(data: bytes, path: PurePosixPath) -> tuple[list[dict[str, _Cell]], list[Finding]]:
    try:
        text, marked = without_mark(_decoded(data))
    except UnicodeDecodeError:
        return [], [_finding(Position(path), "the file isn't UTF-8; save it as CSV UTF-8")]
    first = 2 if marked else 1  # the header's line
    separator = marked or separator_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = [_column(cell) for cell in next(reader, [])]
        table = list(_numbered(reader, first + 1))
    except csv.Error as error:
        line = max(1, reader.line_num) + first - 1
        return [], [_finding(Position(path, line), f"not CSV: {error}")]
    findings = _header_findings(header, Position(path, first))
    rows: list[dict[str, _Cell]] = []
    for line, cells in table:
        if len(cells) != len(header):
            message = f"the row has {len(cells)} cells, the header {len(header)}"
            findings.append(_finding(Position(path, line), message))
            continue
        rows.append(
            {
                column: _Cell(cell, Position(path, line, number))
                for number, (column, cell) in enumerate(zip(header, cells, strict=True), 1)
            }
        )
    return rows, findings


def _decoded(data: bytes) -> str:
    """Return the text of a file, in UTF-8 or what spreadsheets call Unicode."""
    of_16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if of_16 else "utf-8-sig")


def _column(written: str) -> str:
    """Return the column that somebody means: "Given name" is given_name. Another is as written."""
    name = written.strip()
    likely = re.sub(r"[\s-]+", "_", name.casefold())
    return likely if likely in COLUMNS else name


def _numbered(reader: Iterator[list[str]], start: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that say something, with the line on which each begins, from `start`."""
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield start, cells
        start += 1 + sum(cell.count("\n") for cell in cells)


def _header_findings(header: list[str], at: Position) -> list[Finding]:
    findings = [
        _finding(replace(at, column=number), f"the column {name!r} isn't known", hint=_known(name))
        for number, name in enumerate(header, 1)
        if name not in COLUMNS
    ]
    if len(set(header)) != len(header):
        findings.append(_finding(at, "a column stands twice"))
    if "name" not in header:
        findings.append(_finding(at, "the column 'name' is missing"))
    return findings


def _known(name: str) -> str:
    """Return a hint about a column that there isn't."""
    near = nearest(name.casefold(), COLUMNS)
    return f"{f'did you mean {near!r}? ' if near else ''}known are {', '.join(COLUMNS)}"


def _yaml_rows(data: bytes, path: PurePosixPath) -> tuple[list[dict[str, _Cell]], list[Finding]]:
    try:
        node = read_source(data, path, max_bytes=_MAX_BYTES)
    except SourceFault as fault:
        return [], [fault.finding]
    if not isinstance(node, Sequence):
        return [], [_finding(Position(path), "should be a list of learners")]
    rows: list[dict[str, _Cell]] = []
    findings: list[Finding] = []
    for item in node.items:
        if not isinstance(item, YamlMapping):
            findings.append(_finding(Position(path, item.line), "should be a mapping of fields"))
            continue
        rows.append(_yaml_row(item, path, findings))
    return rows, findings


def _yaml_row(item: YamlMapping, path: PurePosixPath, findings: list[Finding]) -> dict[str, _Cell]:
    """Return the row of a mapping; what is wrong with it is added to `findings`."""
    row: dict[str, _Cell] = {}
    for written, (key, value) in item.entries.items():
        column, at = _column(written), Position(path, key.line, key.column)
        if column in row:
            findings.append(_finding(at, f"the field {column!r} stands twice"))
            continue
        if column not in COLUMNS:
            message = f"the field {column!r} isn't known"
            findings.append(_finding(at, message, hint=_known(column)))
        elif not isinstance(value, Scalar):
            findings.append(_finding(at, f"the field {column!r} should be a text"))
        if isinstance(value, Scalar):
            row[column] = _Cell(value.text, Position(path, value.line, value.column))
    row.setdefault("name", _Cell("", Position(path, item.line, item.column)))
    return row


class _Rows:
    """Reads rows one by one, and remembers what was wrong and whom it has seen. Cells of columns
    that aren't known tell rows apart, and no more.
    """

    def __init__(self, today: dt.date, languages: tuple[str, ...]) -> None:
        self.today = today
        self.languages = languages
        self.findings: list[Finding] = []
        self.seen: dict[tuple[str, ...], Position] = {}

    def read(self, row: Mapping[str, _Cell]) -> LearnerRow:
        """Return the row; what is wrong with it is in `findings`."""
        texts = {
            column: self._text(column, cell) if column in _COLUMNS else cell.text
            for column, cell in row.items()
        }
        if "name" in row:
            self._check_name(row["name"], texts["name"])
            self._check_twin(row["name"], texts)
        for column, pattern, what in (
            ("email", _EMAIL, "an e-mail address"),
            ("student_id", _ESI, "a European Student Identifier"),
            ("did", _DID, "a DID"),
            ("evidence", _URL, "an https address"),
        ):
            if texts.get(column) and not pattern.fullmatch(texts[column]):
                self._report(row[column], f"{texts[column]!r} isn't {what}")
        issued_on = self._day(row, "issued_on", latest=self.today)
        valid_until = self._day(row, "valid_until")
        if valid_until and valid_until < (issued_on or self.today):
            self._report(row["valid_until"], f"{valid_until} lies before the day of issuing")
        language = texts.get("language") or self.languages[0]
        if language not in self.languages:
            known = ", ".join(self.languages)
            self._report(row["language"], f"the site has no language {language!r}: {known}")
        return LearnerRow(
            learner=Learner(
                name=texts.get("name", ""),
                given_name=texts.get("given_name", ""),
                family_name=texts.get("family_name", ""),
                date_of_birth=self._day(row, "date_of_birth", latest=self.today),
                student_id=texts.get("student_id", ""),
                did=texts.get("did", ""),
                grade=texts.get("grade", ""),
                evidence=texts.get("evidence", ""),
            ),
            email=texts.get("email", ""),
            issued_on=issued_on,
            valid_until=valid_until,
            language=language,
        )

    def _text(self, column: str, cell: _Cell) -> str:
        text = unicodedata.normalize("NFC", cell.text).strip()
        if _CONTROLS.search(text):
            self._report(cell, "holds an invisible control character")
        parts = text.split(";") if column in _IN_LINKS else [text]
        if any(_FORMULA.match(part.strip()) for part in parts):
            self._report(cell, f"{text[:20]!r} looks like a spreadsheet formula")
        if len(text) > _LONGEST:
            self._report(cell, f"is longer than {_LONGEST} characters")
        return text[:_LONGEST]

    def _check_name(self, cell: _Cell, name: str) -> None:
        if not name:
            self._report(cell, "the name is blank")
        elif _is_placeholder(name.casefold()):
            self._report(cell, f"{name!r} isn't a person's name")

    def _check_twin(self, cell: _Cell, texts: Mapping[str, str]) -> None:
        key = tuple(sorted(f"{column}={text}" for column, text in texts.items()))
        first = self.seen.setdefault(key, cell.at)
        if first is not cell.at:
            self._report(cell, f"the same learner stands in line {first.line} already")

    def _day(
        self, row: Mapping[str, _Cell], column: str, *, latest: dt.date | None = None
    ) -> dt.date | None:
        if column not in row or not row[column].text.strip():
            return None
        text = row[column].text.strip()
        try:
            day = dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
        except ValueError:
            day = None
        if day is None:
            self._report(row[column], f"{text!r} isn't a date; write year-month-day")
        elif latest is not None and day > latest:
            self._report(row[column], f"{day} lies in the future")
        return day

    def _report(self, cell: _Cell, message: str) -> None:
        self.findings.append(_finding(cell.at, message))


def _is_placeholder(name: str) -> bool:
    words = re.split(r"[\s.,]+", name)
    return (
        name in _PLACEHOLDERS
        or all(word in _PLACEHOLDERS or word.isdecimal() for word in words if word)
        or not any(letter.isalpha() for letter in name)
        or (len(name) > 1 and len(set(name)) == 1)
    )


def _finding(at: Position, message: str, *, hint: str = "") -> Finding:
    return Finding(at=at, code="MC520", severity=Severity.ERROR, message=message, hint=hint)

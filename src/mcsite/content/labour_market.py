"""catalogue/labour-market.csv: demand for occupations, with period and source."""

import csv
import io
import re
from pathlib import PurePosixPath

from mcsite.content.catalogue import LabourMarketRow
from mcsite.findings import Finding, Position, Severity

COLUMNS = ("occupation", "region", "period", "vacancies", "trend", "source")
TRENDS = ("rising", "stable", "falling")
_OCCUPATION = re.compile(r"http://data\.europa\.eu/esco/occupation/[0-9a-f-]{36}")


def read_labour_market(
    data: bytes, path: PurePosixPath
) -> tuple[tuple[LabourMarketRow, ...], list[Finding]]:
    """Return the rows of the file, and what is wrong in it, by line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return (), [_finding(path, 1, "MC102", "the file isn't UTF-8")]
    reader = csv.DictReader(io.StringIO(text))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        return (), [_finding(path, 1, "MC203", f"the columns should be {', '.join(COLUMNS)}")]
    rows: list[LabourMarketRow] = []
    findings: list[Finding] = []
    for row in reader:
        wrong = _fault(row)
        if wrong:
            findings.append(_finding(path, reader.line_num, "MC203", wrong))
        else:
            rows.append(
                LabourMarketRow(
                    occupation=row["occupation"],
                    region=row["region"],
                    period=row["period"],
                    vacancies=int(row["vacancies"]),
                    trend=row["trend"],
                    source=row["source"],
                )
            )
    return tuple(rows), findings


def _fault(row: dict[str, str]) -> str:
    if None in row or None in row.values():
        return f"the row should have {len(COLUMNS)} cells"
    if not _OCCUPATION.fullmatch(row["occupation"]):
        return f"{row['occupation']!r} isn't the URI of an ESCO occupation"
    if not re.fullmatch(r"[0-9]{1,7}", row["vacancies"]):
        return f"{row['vacancies']!r} isn't a number of vacancies"
    if row["trend"] not in TRENDS:
        return f"{row['trend']!r} isn't one of {', '.join(TRENDS)}"
    return "" if row["source"].strip() else "the source is missing"


def _finding(path: PurePosixPath, line: int, code: str, message: str) -> Finding:
    return Finding(at=Position(path, line), code=code, severity=Severity.ERROR, message=message)

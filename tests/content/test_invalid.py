"""Every way to be wrong that we know: tests/sites/invalid/, one file a way.

Each file says in its first line what is found in it, and where: `# expect: MC203 14:11, MC301 3:2`.
It stands in the small project tests/sites/base, which is without fault.
"""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from mcsite.codes import CODES
from mcsite.content.load import load_catalogue

SITES = Path(__file__).parent.parent / "sites"
CASES = sorted((SITES / "invalid").rglob("*.yaml"))
TODAY = dt.date(2026, 11, 23)
TARGETS = {"site": "catalogue/site.yaml", "issuers": "credentials/issuers.yaml"}
# Found in bytes, folders or credentials, not in a YAML file with a first line: see test_source,
# test_load, test_trust, test_courses_named and test_closing
ELSEWHERE = {"MC101", "MC102", "MC103", "MC108", "MC110", "MC302", "MC307", "MC310", "MC312"}


def expected_of(case: Path) -> list[str]:
    """Return what the first line of a case says."""
    first = case.read_text("utf-8").splitlines()[0]
    return first.removeprefix("# expect: ").split(", ")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_fault_is_found_at_its_place_and_no_other(case: Path, tmp_path: Path) -> None:
    shutil.copytree(SITES / "base", tmp_path, dirs_exist_ok=True)
    target = TARGETS.get(case.parent.name, f"catalogue/{case.parent.name}/{case.name}")
    (tmp_path / target).parent.mkdir(exist_ok=True)
    shutil.copy(case, tmp_path / target)

    found = load_catalogue(tmp_path, today=TODAY).findings

    assert [f"{f.code} {f.at.line}:{f.at.column}" for f in found] == expected_of(case)
    assert {str(f.at.path) for f in found} == {target}


def test_the_base_is_without_fault() -> None:
    assert load_catalogue(SITES / "base", today=TODAY).findings == ()


# translations need two languages, and history; what exports lack is tested with them, looks in
# test_looks, and links in site/test_links and commands/test_external_links
NEEDS_MORE = {"MC601", "MC607", "MC610", "MC620"} | {f"MC63{n}" for n in range(4)}
NEEDS_MORE |= {f"MC41{n}" for n in range(4)} | {f"MC42{n}" for n in range(3)}


def test_every_code_of_content_has_a_case() -> None:
    shown = {line.split()[0] for case in CASES for line in expected_of(case)}
    content = {code for code in CODES if code[:3] in ("MC1", "MC2", "MC3", "MC4", "MC6")}

    assert len(CASES) >= 100
    assert content - shown == ELSEWHERE | NEEDS_MORE

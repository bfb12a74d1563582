"""docs/how-to/review.md: the report that it shows is the one that mcsite prints."""

import re
from pathlib import Path

from mcsite.commands.diff import DiffRequest, difference
from mcsite.commands.keygen import make_key
from mcsite.commands.status import StatusRequest, change_status
from mcsite.review.excerpt import visible
from mcsite.review.reports import REPORTS
from tests.project import COURSE, NOW, Project
from tests.repository import Repository

GUIDE = Path(__file__).parent.parent / "docs/how-to/review.md"
PATH = "catalogue/courses/data-stewardship.yaml"
BEFORE = COURSE.replace("[Apraksta datus, Kārto datus]", "\n  - Describe data").replace(
    "ects: 1.5", "ects: 3"
)


def test_the_report_in_the_guide_is_what_is_printed(tmp_path: Path) -> None:
    project = Project(tmp_path).with_key()
    site = (project.root / "catalogue/site.yaml").read_text("utf-8")
    project.write("catalogue/site.yaml", site.replace("[lv, en]", "[en, lv]"))
    (project.root / "catalogue/courses/data.yaml").unlink()
    project.write(PATH, BEFORE)
    issued = {"course": "data-stewardship", "batch": "2027-spring"}
    first = project.issue("Anna A", "Berta B", "Cilda C", **issued).issued[0]
    Repository(project.root, {})

    after = BEFORE.replace("ects: 3", "ects: 5").replace("Data stewardship", "Stewardship of data")
    project.write(PATH, after.replace("  - Desc", "  - Draw up a data management plan\n  - Desc"))
    reason = "The work was somebody else's."
    request = StatusRequest(
        project=project.root, credential=first.id, action="revoke", reason=reason,
        key_file=project.key, now=NOW,
    )  # fmt: skip
    change_status(request, project.catalogue)
    key = project.private / "key-2.pem"
    make_key(project.root, key, kind="ed25519", did="", now=NOW)
    project.issue("Dace D", "Elza E", key_file=key, **issued)

    found = difference(DiffRequest(project=project.root, base="main", today=NOW.date()))

    shown = re.search(r"\$ mcsite diff main\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert shown is not None
    assert shown[1] == "\n".join(map(visible, REPORTS["text"](found).split("\n"))) + "\n"

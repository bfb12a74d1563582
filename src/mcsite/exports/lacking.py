"""What the content lacks for an export: nothing is left out unsaid, and nothing made up."""

from collections.abc import Iterator

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.course import Course
from mcsite.content.rules.places import Places
from mcsite.exports.elm.opportunities import has_levels, missing_in
from mcsite.findings import Finding, Severity

_FILE = "data/loq.xml"


def lacking_for_europass(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC610: a course without field or language isn't in the file; one whose level has no national
    code is there without its level. The latter is told once where no course has such a code.
    """
    offered = [course for course in catalogue.courses.values() if course.withdrawn is None]
    told_once = any(map(_has_level, offered)) and not any(map(has_levels, offered))
    if told_once:
        yield _note(
            places, "site", (), f"{_FILE} has no levels: no course gives level.nqf_code",
            hint="Europass shows levels where the national one is stated beside eqf: nqf_code",
        )  # fmt: skip
    for course in offered:
        missing = missing_in(course)
        if missing:
            message = f"{_FILE} leaves the course out: no {', no '.join(missing)}"
            yield _note(places, f"courses/{course.id}", (), message)
        elif _has_level(course) and not has_levels(course) and not told_once:
            message = f"{_FILE} leaves the level out: no nqf_code beside eqf"
            yield _note(places, f"courses/{course.id}", ("level",), message)


def lacking_for_harvesters(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC620: MOOChub asks for a licence, the Open Education API for somebody to write to."""
    site = catalogue.site
    missing = [
        text
        for text, value in (
            ("data/moochub.json: no data_license", site.data_license),
            ("ooapi/v6/: no publisher.email", site.publisher.email),
        )
        if value is None
    ]
    if missing:
        yield places.finding(
            "site", (), "MC620", f"not written: {'; '.join(missing)}", severity=Severity.NOTE
        )


def _has_level(course: Course) -> bool:
    return course.level is not None and course.level.eqf is not None


def _note(
    places: Places, key: str, loc: tuple[int | str, ...], message: str, *, hint: str = ""
) -> Finding:
    return places.finding(key, loc, "MC610", message, severity=Severity.NOTE, hint=hint)

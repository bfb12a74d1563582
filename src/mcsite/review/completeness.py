"""How complete a catalogue is, as a table for people and as JSON for programs."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from mcsite.content.completeness import Completeness, together

HEADINGS = ("course", "Annex I", "guidance", "translations", "complete")
_SHOWN = 6  # lacking fields on a line


def as_table(courses: Mapping[str, Completeness]) -> Iterator[str]:
    """Yield a line a course, the least complete first, and one for all of them."""
    ordered = sorted(courses.items(), key=lambda item: (item[1].percent, item[0]))
    rows = [_cells(name, one) for name, one in ordered]
    rows.append(_cells(f"all {len(courses)} courses", together(courses.values())))
    widths = [max(map(len, column)) for column in zip(HEADINGS, *rows, strict=True)]
    lacking = [*(one.lacking for _, one in ordered), ()]
    yield _line(HEADINGS, widths, "lacks")
    for cells, names in zip(rows, lacking, strict=True):
        more = ", …" if len(names) > _SHOWN else ""
        yield _line(cells, widths, ", ".join(names[:_SHOWN]) + more)


def _cells(name: str, one: Completeness) -> tuple[str, ...]:
    shares = (str(one.annex_i), str(one.guidance), str(one.translations))
    return name, *shares, f"{one.percent} %"


def _line(cells: tuple[str, ...], widths: list[int], lacking: str) -> str:
    name, *figures = cells
    numbers = (cell.rjust(width) for cell, width in zip(figures, widths[1:], strict=True))
    return "  ".join([name.ljust(widths[0]), *numbers, lacking]).rstrip()


def as_json(courses: Mapping[str, Completeness]) -> str:
    """Return one object: the whole `catalogue`, and `courses` by id."""
    document = {
        "catalogue": _object(together(courses.values())),
        "courses": {
            name: {**_object(one), "lacking": list(one.lacking)} for name, one in courses.items()
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _object(one: Completeness) -> dict[str, Any]:
    parts = {name: {"had": share.had, "of": share.of} for name, share in one.parts.items()}
    return {"percent": one.percent, **parts}

"""What a change means, for other programs: one JSON object (docs/how-to/review.md)."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from mcsite.findings import Finding
from mcsite.review.comparison import FileChange
from mcsite.review.diff import Difference, ThingChange
from mcsite.review.formats.plain_json import as_json as findings_as_json
from mcsite.review.issued import Issued

VERSION = 1  # of the shape: fields may be added under it, none changes or goes


def as_json(difference: Difference) -> str:
    """Return the whole difference; nothing is left out or cut."""
    found = {
        "version": VERSION,
        "base": difference.base,
        "head": difference.head or None,
        "changed": bool(difference),
        "errors": _findings(difference.unreadable),
        "warnings": _findings(difference.warnings),
        "courses": list(map(_thing, difference.of("courses"))),
        "providers": list(map(_thing, difference.of("providers"))),
        "pathways": list(map(_thing, difference.of("pathways"))),
        "site": next(map(_thing, difference.of("site")), None),
        "issued": [
            {
                "batch": str(change.kind.batch),
                "course": change.kind.course or None,
                "sealed": change.kind.sealed,
                "key": change.kind.key,
                "count": change.count,
            }
            for change in difference.issued
        ],
        "statuses": _statuses(difference),
        "erased": [one.id for one in difference.erased],
        "status_lists": list(difference.lists),
        "keys": [
            {"key": key.key, "change": key.change, "at": key.at.isoformat() if key.at else None}
            for key in difference.keys
        ],
        "assets": _files(difference.assets),
        "files": _files(difference.others),
        "sealed_of_unknown_course": difference.sealed,
    }
    # what is no character in the name of a file becomes an escape, as JSON has it too
    text = json.dumps(found, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode()


def _findings(findings: tuple[Finding, ...]) -> Any:
    return json.loads(findings_as_json(findings))


def _thing(thing: ThingChange) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": thing.id,
        "change": thing.change,
        "title": thing.title,
        "page": thing.page or None,
        "earlier_id": thing.earlier or None,
        "successor": thing.successor or None,
        "fields": [
            {
                "field": change.name,
                "language": change.language or None,
                "before": change.before or None,
                "after": change.after or None,
            }
            for change in thing.fields
        ],
        "stale_translations": [
            {"field": one.name, "language": one.language} for one in thing.stale
        ],
    }
    if thing.kind == "courses":
        found["issued_before"] = _issued(thing.issued or Issued())
    return found


def _issued(issued: Issued) -> dict[str, Any]:
    terms = sorted(issued.by_terms.items())
    return {
        "readable": [{**one._asdict(), "count": count} for one, count in terms],
        "sealed": issued.sealed,
    }


def _statuses(difference: Difference) -> list[dict[str, Any]]:
    return [
        {
            "id": event.id,
            "action": event.action,
            "at": event.at.isoformat(),
            "key": event.key,
            "reason": str(event.reason.in_language(event.reason.default)) if event.reason else None,
            "superseded_by": event.superseded_by,
        }
        for event in difference.events
    ]


def _files(files: Iterable[FileChange]) -> list[dict[str, str]]:
    return [{key: str(value) for key, value in asdict(file).items()} for file in files]

"""Findings in the forms that other programs read."""

from collections.abc import Callable, Mapping, Sequence

from mcsite.findings import Finding
from mcsite.review.formats.github import as_github
from mcsite.review.formats.gitlab import as_gitlab
from mcsite.review.formats.plain_json import as_json
from mcsite.review.formats.sarif import as_sarif

FORMATS: Mapping[str, Callable[[Sequence[Finding]], str]] = {
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
    "sarif": as_sarif,
}

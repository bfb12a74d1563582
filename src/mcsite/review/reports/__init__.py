"""What a change means, in the forms that people and programs read."""

from collections.abc import Callable, Mapping

from mcsite.review.diff import Difference
from mcsite.review.reports.markdown import as_markdown
from mcsite.review.reports.plain_json import as_json
from mcsite.review.reports.text import as_text

REPORTS: Mapping[str, Callable[[Difference], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
}

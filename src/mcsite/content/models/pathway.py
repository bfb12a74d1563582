"""A pathway: micro-credentials that together lead somewhere."""

from decimal import Decimal

from mcsite.content.models.base import ContentModel
from mcsite.content.text import Text


class Step(ContentModel):
    """One step: `courses`, of which `any_of` (how many; None means all) have to be taken.

    In YAML a step is a course's id, or {title, courses, any_of, minimum_ects, optional}.
    """

    title: Text | None = None
    courses: tuple[str, ...]
    any_of: int | None = None
    minimum_ects: Decimal | None = None
    optional: bool = False


class Outcome(ContentModel):
    """What the whole leads to: a qualification, an occupation, or both."""

    qualification: Text | None = None
    occupation: str | None = None  # ESCO URI
    description: Text | None = None


class Pathway(ContentModel):
    """A stack of micro-credentials. `id` is the file's name. Credits are computed, never typed."""

    id: str
    title: Text
    provider: str | None = None
    summary: Text | None = None
    description: Text | None = None  # Markdown
    outcome: Outcome
    steps: tuple[Step, ...]

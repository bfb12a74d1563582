"""What the steps of a pathway add up to: the fewest credits that satisfy it, and the most.

theme/static/verify/progress.js works out the same in the browser, for a learner who has some of
the courses already; tests/vectors/pathway-credits.json holds both to it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.pathway import Pathway, Step

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Choice:
    """A step: what each of its courses brings, how many of them are needed, how many credits."""

    courses: Mapping[str, Decimal]
    number: int
    minimum: Decimal = ZERO
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """From the fewest to the most ECTS credits."""

    least: Decimal
    most: Decimal


def choices_of(pathway: Pathway, catalogue: Catalogue) -> list[Choice]:
    """Return the steps of a pathway, in numbers."""
    return [choice_of(step, catalogue) for step in pathway.steps]


def choice_of(step: Step, catalogue: Catalogue) -> Choice:
    """Return what a step asks for, in numbers. A course without credits brings none."""
    return Choice(
        {course: catalogue.courses[course].workload.ects or ZERO for course in step.courses},
        number=step.any_of or len(step.courses),
        minimum=step.minimum_ects or ZERO,
        optional=step.optional,
    )


def is_done(choice: Choice, held: Collection[str]) -> bool:
    """Tell whether courses that somebody has are enough for a step."""
    brought = [brings for course, brings in choice.courses.items() if course in held]
    return len(brought) >= choice.number and sum(brought, ZERO) >= choice.minimum


def left_of(choice: Choice, held: Collection[str] = ()) -> Span:
    """Return the credits that a step still asks for. The most is of as many courses as it needs,
    and no more.
    """
    if is_done(choice, held):
        return Span(ZERO, ZERO)
    brought = [brings for course, brings in choice.courses.items() if course in held]
    open_ = sorted(brings for course, brings in choice.courses.items() if course not in held)
    number = max(0, choice.number - len(brought))
    least = _fewest(open_, number, choice.minimum - sum(brought, ZERO))
    largest = sum(open_[len(open_) - number :], ZERO)
    return Span(ZERO if choice.optional else least, max(least, largest))


def total_left(choices: Iterable[Choice], held: Collection[str] = ()) -> Span:
    """Return the credits that a whole pathway still asks for."""
    spans = [left_of(choice, held) for choice in choices]
    return Span(sum((s.least for s in spans), ZERO), sum((s.most for s in spans), ZERO))


def _fewest(credits_: list[Decimal], number: int, minimum: Decimal) -> Decimal:
    """Return the smallest sum of `number` courses or more that reaches `minimum`; `credits_` are
    sorted. Where all together don't reach it, the minimum stands.
    """
    fewest = sum(credits_[:number], ZERO)
    if fewest >= minimum:
        return fewest
    reached = {(0, ZERO)}
    for brings in credits_:
        reached |= {(min(count + 1, number), total + brings) for count, total in reached}
    enough = [total for count, total in reached if count >= number and total >= minimum]
    return min(enough, default=minimum)

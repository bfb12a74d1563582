"""What is said of a course in a word or two: the same words in lists, boxes and pathways."""

from dataclasses import dataclass
from decimal import Decimal

from mcsite.content.models.course import Course, Level, Price, Workload
from mcsite.content.text import Localised, Text
from mcsite.content.vocabulary import VOCABULARIES
from mcsite.site.context import SiteContext
from mcsite.site.localise import Localiser
from mcsite.site.pathway_credits import Span
from mcsite.site.runs import current_runs, lowest_price, starts_of

_WEEKS_FROM = 14  # days: shorter courses are counted in days


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a summary: what it is, what it says, a smaller line under it, where it leads;
    a name where the page's module looks for it.
    """

    label: str
    value: Localised
    note: Localised | None = None
    href: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A link whose words are somebody's: they may be in another language than the page."""

    href: str
    text: Localised


def plain(text: str, localiser: Localiser) -> Localised:
    """Return a text of the interface, which is in the reader's language."""
    return Localised(text, localiser.language)


def chosen(text: Text | None, language: str) -> Localised | None:
    """Return the reader's version of a text, None where there is no text."""
    return text.in_language(language) if text is not None else None


def fact(
    localiser: Localiser,
    label: str,
    value: str | Localised | None,
    note: str | Localised | None = None,
    href: str = "",
) -> Fact:
    """Return a fact. What isn't known is said so, never left empty."""
    said = value or localiser.gettext("Not stated")
    return Fact(label, _worded(said, localiser), _worded(note, localiser) if note else None, href)


def _worded(text: str | Localised, localiser: Localiser) -> Localised:
    return plain(text, localiser) if isinstance(text, str) else text


def capital(text: str) -> str:
    """Return `text` beginning with a capital, as a line of its own does."""
    return text[:1].upper() + text[1:]


def term(vocabulary: str, code: str, language: str) -> str:
    """Return what a reader calls a code."""
    return VOCABULARIES[vocabulary].terms[code].label(language)


def level_words(level: Level | None, localiser: Localiser) -> str:
    """Return e.g. "EQF level 6, first cycle (bachelor)", or that there is none."""
    if level is None or level.eqf is None or level.qf_ehea is None:
        return short_level_words(level, localiser)
    cycle = term("qf-ehea", level.qf_ehea, localiser.language)
    return f"{short_level_words(level, localiser)}, {cycle[:1].lower()}{cycle[1:]}"


def short_level_words(level: Level | None, localiser: Localiser) -> str:
    """Return the EQF level, else the cycle: what compares courses in a list."""
    if level is not None and level.eqf is not None:
        return term("eqf", str(level.eqf), localiser.language)
    if level is not None and level.qf_ehea is not None:
        return term("qf-ehea", level.qf_ehea, localiser.language)
    return localiser.gettext("Not tied to a level")


def workload_words(workload: Workload, localiser: Localiser) -> str:
    """Return e.g. "3 ECTS (≈ 75 h)"."""
    hours = f"{localiser.number(workload.hours)} h" if workload.hours is not None else ""
    if workload.ects is None:
        return hours
    ects = f"{localiser.number(workload.ects)} ECTS"
    return f"{ects} (≈ {hours})" if hours else ects


def span_words(span: Span, localiser: Localiser) -> str:
    """Return e.g. "3 ECTS", or from how many to how many."""
    least, most = localiser.number(span.least), localiser.number(span.most)
    return f"{least} ECTS" if least == most else f"{least}–{most} ECTS"


def form_words(course: Course, localiser: Localiser) -> str:
    """Return the forms of participation."""
    labels = [term("participation", code, localiser.language) for code in course.participation]
    return capital(localiser.listed([label[:1].lower() + label[1:] for label in labels]))


def language_words(course: Course, localiser: Localiser) -> str:
    """Return the languages of instruction, "" where none is stated."""
    names = [localiser.language_name(tag) for tag in course.language]
    return capital(localiser.listed(names)) if names else ""


def start_words(context: SiteContext, course: Course, localiser: Localiser) -> str:
    """Return the next day on which the course begins, "" where none is known."""
    starts = starts_of(context, course)
    return localiser.short_date(starts[0]) if starts else ""


def price_words(context: SiteContext, course: Course, localiser: Localiser) -> str:
    """Return the lowest price, "Free", or "" where none is stated."""
    lowest = lowest_price(context, course)
    if lowest is None:
        return ""
    words = money_words(lowest, localiser)
    prices = [run.price for run in current_runs(context, course) if run.price]
    differ = {price.amount for price in prices if price.currency == lowest.currency}
    if len(differ) > 1 and lowest.amount > 0:
        return localiser.gettext("from %(price)s") % {"price": words}
    return words


def money_words(price: Price, localiser: Localiser) -> str:
    """Return an amount, or that it is free."""
    if price.amount == Decimal(0):
        return localiser.gettext("Free")
    return localiser.money(price.amount, price.currency)


def duration_words(context: SiteContext, course: Course, localiser: Localiser) -> str:
    """Return how long the next run takes, "" where that can't be told."""
    runs = current_runs(context, course) or course.offerings
    run = next((run for run in runs if run.start and run.end), None)
    if run is None or run.start is None or run.end is None:
        return ""
    days = (run.end - run.start).days + 1
    if days < _WEEKS_FROM:
        return localiser.ngettext("%(num)d day", "%(num)d days", days) % {"num": days}
    weeks = round(days / 7)
    return localiser.ngettext("%(num)d week", "%(num)d weeks", weeks) % {"num": weeks}

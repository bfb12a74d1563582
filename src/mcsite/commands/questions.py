"""The questions of mcsite init: few, each with an answer to fall back on, asked till it is good."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from mcsite.commands.init import NewProject, check_wanted
from mcsite.content.source import MAX_BYTES
from mcsite.errors import UsageError


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for a field of a new project, and how an answer is read."""

    field: str
    words: str
    read: Callable[[str], Any] = str


def languages_in(text: str) -> tuple[str, ...]:
    """Return the language tags that are written with commas or spaces between them."""
    return tuple(text.replace(",", " ").split())


def _privacy(text: str) -> str:
    if text and text not in ("sealed", "public"):
        raise UsageError(f"{text!r} is neither sealed nor public")
    return text


QUESTIONS = (
    Question("name", "Name of the institution"),
    Question("languages", "Languages of the site, the first one first", languages_in),
    Question("base_url", "Address of the site; credentials carry it for ever"),
    Question("country", "Country of the institution", str.upper),
    Question("privacy", "Credentials: sealed (only who has the link can read one) or public",
             _privacy),
)  # fmt: skip


def ask_for(
    wanted: NewProject, ask: Callable[[str], str], tell: Callable[[UsageError], None]
) -> NewProject:
    """Return the project with what is answered; `ask` returns a line, "" at the end of the input.

    What can't be is told, and asked again. An empty answer takes what is shown in brackets.
    """
    for question in QUESTIONS:
        wanted = _answered(question, wanted, ask, tell)
    return wanted


def _answered(
    question: Question,
    wanted: NewProject,
    ask: Callable[[str], str],
    tell: Callable[[UsageError], None],
) -> NewProject:
    default = _shown(question, wanted)
    while True:
        line = ask(f"{question.words} [{default}]: ")
        if not line:
            raise UsageError("not every question was answered", hint="nothing was written")
        try:
            answer = question.read(line[:MAX_BYTES].strip()) or question.read(default)
            answered: NewProject = replace(wanted, **{question.field: answer})
            check_wanted(answered)
        except UsageError as refused:
            tell(refused)
        else:
            return answered


def _shown(question: Question, wanted: NewProject) -> str:
    if question.field == "country":
        return wanted.likely_country
    value = getattr(wanted, question.field)
    return ", ".join(value) if isinstance(value, tuple) else str(value)

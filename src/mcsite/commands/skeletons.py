"""What a new content file begins with: what has to be said, and in comments what can be."""

import json
from collections.abc import Sequence
from typing import Any

from mcsite.commands.schema import JsonSchema, schema_of
from mcsite.content.examples import example_of
from mcsite.content.iso import language_name
from mcsite.content.yaml_text import yaml_text

Languages = Sequence[str]
_OPTIONAL = "\n# Optional. Take away the # before what you need, and delete the rest.\n"


def text(what: str, languages: Languages, indent: int = 2, *, same: bool = False) -> str:
    """Return what stands after a key of a text: one string, or a line a language.

    `same`: the text is a name, and the same in every language until somebody translates it.
    """
    if len(languages) == 1:
        return f" {_quoted(what)}"
    lines = (
        f"\n{' ' * indent}{tag}: {_quoted(what if same else f'{what} – in {_name(tag)}')}"
        for tag in languages
    )
    return "".join(lines)


def _quoted(what: str) -> str:
    return json.dumps(what, ensure_ascii=False)


def _name(tag: str) -> str:
    return language_name(tag, "en")


def listed(ids: Sequence[str]) -> str:
    """Return a comment that names the other ids that could stand here."""
    few = 6
    others = [*ids[1:few], *(["…"] if len(ids) > few else [])]
    return f"  # or {', '.join(others)}" if others else ""


def course(title: str, providers: Sequence[str], languages: Languages) -> str:
    """Return a course of one of the providers, the first until somebody chooses."""
    return f"""\
# A micro-credential. Its id is the file's name.
#
# Required: the elements of Annex I of Council Recommendation 2022/C 243/02.
title:{text(title, languages, same=True)}
provider: {providers[0]}{listed(providers)}
learning_outcomes:  # one after another, each with a hyphen
  - text:{text("Describe what the learner can do afterwards, verb first", languages, 6)}
workload: {{ects: 1, hours: 25}}  # ECTS wherever possible
level: {{eqf: 5}}  # 1 to 8; or level: none, with a level_reason
assessment:
  - type: project-work  # a code: your editor offers all, and mcsite schema course lists them
    description:{text("How it is assessed", languages, 6)}
participation: [online]  # online, blended, onsite, work-based, project-based, research-lab
quality_assurance:
  - type: internal  # or a code of an accreditation
    body:{text("Who assures quality", languages, 6)}

# Recommended: without these a course is hard to find.
summary:{text("One sentence for lists and search", languages)}
description:{text("What the course is about, in *Markdown*", languages)}
field: ["0031"]  # ISCED-F 2013, in quotes
language: [{languages[0]}]  # language of instruction
{optional("course", languages, _COURSE)}"""


def provider(name: str, country: str, languages: Languages) -> str:
    """Return an awarding body."""
    return f"""\
# An awarding body. Its id is the file's name.
legal_name:{text(name, languages, same=True)}
country: {country}  # ISO 3166-1: the country of the issuer (Annex I)
{optional("provider", languages, ("legal_name", "country"))}"""


def pathway(title: str, courses: Sequence[str], languages: Languages) -> str:
    """Return a stack of courses."""
    return f"""\
# Micro-credentials that together lead somewhere. Its id is the file's name; credits are computed.
title:{text(title, languages, same=True)}
outcome:
  qualification:{text("What the whole leads to", languages, 4)}
steps:  # in order; a choice is a step too: {{courses: [a, b], any_of: 1}}
  - courses: [{courses[0]}]{listed(courses)}
{optional("pathway", languages, ("title", "outcome", "steps"))}"""


def site(name: str, base_url: str, languages: Languages, privacy: str) -> str:
    """Return the site as a whole."""
    return f"""\
# The site as a whole.
title:{text(name, languages, same=True)}
# Where the site will be published. Credentials carry this address for ever: settle it before you
# issue any.
base_url: {base_url}
# Interface languages; the first is the language of plain texts.
languages: [{", ".join(languages)}]
publisher:
  name:{text(name, languages, 4, same=True)}
# sealed: only whoever has the link can read a credential. public: it stands on the web.
privacy: {privacy}
{optional("site", languages, _SITE)}"""


_COURSE = (
    "title", "provider", "learning_outcomes", "workload", "level", "level_reason", "assessment",
    "participation", "quality_assurance", "summary", "description", "field", "language",
)  # fmt: skip
_SITE = ("title", "base_url", "languages", "publisher", "privacy")


def optional(kind: str, languages: Languages, there: Sequence[str]) -> str:
    """Return the fields of a kind of file that aren't there yet, commented, each with an example in
    the site's languages. What explains has a second #, and stays a comment.
    """
    schema, example = schema_of(kind), example_of(kind)
    parts = schema.get("$defs", {})
    text = _OPTIONAL
    for name, field in schema["properties"].items():
        if name not in there:
            value = _in_languages(field, example[name], languages, parts)
            lines = yaml_text({name: value}).splitlines()
            text += f"#\n## {field['description']}\n" + "".join(f"# {line}\n" for line in lines)
    return text


def _in_languages(
    schema: JsonSchema, value: Any, languages: Languages, parts: dict[str, JsonSchema]
) -> Any:
    """Return an example with its texts in the site's languages; in English where it has none."""
    if isinstance(value, list):
        items = _form(schema, parts, "items")["items"]
        return [_in_languages(items, item, languages, parts) for item in value]
    if not isinstance(value, dict):
        return value
    fields = _form(schema, parts, "properties").get("properties", {})
    if value.keys() <= fields.keys():
        return {
            key: _in_languages(fields[key], item, languages, parts) for key, item in value.items()
        }
    texts = {tag: value.get(tag, value["en"]) for tag in languages}
    return texts if len(languages) > 1 else texts[languages[0]]


def _form(schema: JsonSchema, parts: dict[str, JsonSchema], key: str) -> JsonSchema:
    """Return the form of a schema that has `key`, through references and short forms; or none."""
    waiting = [schema]
    while waiting:
        form = waiting.pop()
        if form.get(key):
            return form
        if "$ref" in form:
            waiting.append(parts[form["$ref"].rsplit("/", 1)[-1]])
        waiting.extend(form.get("anyOf", []))
    return {}

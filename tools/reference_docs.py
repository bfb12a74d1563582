"""Makes docs/reference/ from the code: fields, codes of findings, vocabularies.

python -m tools.reference_docs            write the pages
python -m tools.reference_docs --check    say which are out of date, and fail
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from tools.command_examples import EXAMPLES

from mcsite.cli import COMMANDS, parser_for
from mcsite.codes import CODES
from mcsite.commands.schema import KINDS, schema_of
from mcsite.content.field_schemas import country
from mcsite.content.vocabulary import NAMES, VOCABULARIES
from mcsite.imports.template import Header, headers

FOLDER = Path(__file__).parent.parent / "docs" / "reference"
TITLES = {
    "course": "A course: `catalogue/courses/<id>.yaml`",
    "provider": "A provider: `catalogue/providers/<id>.yaml`",
    "pathway": "A pathway: `catalogue/pathways/<id>.yaml`",
    "site": "The site: `catalogue/site.yaml`",
    "issuers": "An issuer: an entry of `credentials/issuers.yaml`",
    "status": "An event: an entry of `credentials/status.yaml`, which mcsite writes",
    "learners": "A learner: an entry of the list that `mcsite issue` takes, in YAML or as CSV",
}
_ENTRIES = {"issuers": "an issuer"}
INTRODUCTION = """\
# Fields of the content files

Made from the models by `tools/reference_docs.py`. A *text* is a string in the site's first
language, or a mapping from language to string (`{lv: …, en: …}`). A list of one may be written as
the one. `mcsite schema KIND` prints the same as JSON Schema, [for editors](../how-to/edit.md).
"""


def content() -> str:
    """Return the reference of fields."""
    return INTRODUCTION + "".join(f"\n## {TITLES[kind]}\n\n{_tables(kind)}" for kind in KINDS)


def _tables(kind: str) -> str:
    schema = schema_of(kind)
    text = _table(schema.get("items", schema))
    for name, part in schema.get("$defs", {}).items():
        mapping = part
        if "properties" not in part:
            mapping = next(one for one in part["anyOf"] if "properties" in one)
        where = _ENTRIES.get(kind, f"a {kind}")
        text += f"\n### {name} (in {where})\n\n{part['description']}\n\n"
        if mapping is not part:
            text += f"Short form: {_type(part['anyOf'][0])}, instead of the mapping.\n\n"
        text += _table(mapping)
    return text


def _table(part: dict[str, Any]) -> str:
    required = set(part.get("required", []))
    rows = "".join(
        f"| `{name}` | {_type(field)} | {'yes' if name in required else ''} "
        f"| {field['description']} |\n"
        for name, field in part["properties"].items()
    )
    return f"| field | type | required | what it is |\n|---|---|---|---|\n{rows}"


def _type(field: dict[str, Any]) -> str:
    if "$ref" in field:
        return str(field["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in field:
        return _one_of(field["anyOf"])
    if "const" in field:
        return f"`{field['const']}`"
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {}))}"
    if "enum" in field:
        if field["enum"] == country()["enum"]:
            return "code of a country"
        few = 6
        shown = ", ".join(f"`{value}`" for value in field["enum"][:few])
        return shown + (", … (see vocabularies)" if len(field["enum"]) > few else "")
    kind = field["type"]  # a word may look like a number
    return str(field.get("format") or (kind if isinstance(kind, str) else kind[0]))


def _one_of(forms: list[dict[str, Any]]) -> str:
    if any("patternProperties" in form for form in forms):
        return "text"
    # a list's one entry, which may stand for it, comes first: the list says it all
    several = next((form for form in forms if form.get("type") == "array"), None)
    return _type(several) if several else " or ".join(_type(form) for form in forms)


CHAPTERS = {
    "MC1": "Files and YAML",
    "MC2": "Fields",
    "MC3": "References between files",
    "MC4": "Pictures and links",
    "MC5": "Credentials",
    "MC6": "Quality",
    "MC7": "What a change may not do",
}


def findings() -> str:
    """Return the reference of findings."""
    chapters = "".join(
        f"\n## {title}\n{''.join(map(_section, (c for c in CODES if c.startswith(begins))))}"
        for begins, title in CHAPTERS.items()
    )
    return (
        "# Findings\n\nWhat `mcsite check` reports, as `path:line:column: CODE severity: message`. "
        "A code keeps its meaning.\nErrors stop a build; with `--strict`, warnings do too. How to "
        f"use the command: [check](../how-to/check.md).\n{chapters}"
    )


def _section(name: str) -> str:
    code = CODES[name]
    example = f" For example: `{code.example}`" if code.example else ""
    return f"\n### {name}\n\n{code.meaning} {code.why}\n\nTo mend it: {code.remedy}{example}\n"


def vocabularies() -> str:
    """Return the reference of codes."""
    text = (
        "# Vocabularies\n\nThe codes that content files use, the official URI of each (European "
        "Learning Model 3.1), and its labels.\nWhere no official code could be established, there "
        "is no URI: none is invented.\n"
    )
    for name in NAMES:
        rows = "".join(
            f"| `{term.code}` | {term.label('en')} | {term.label('lv')} | {term.uri or '—'} |\n"
            for term in VOCABULARIES[name].terms.values()
        )
        text += f"\n## {name}\n\n| code | English | Latvian | URI |\n|---|---|---|---|\n{rows}"
    return text


def columns() -> str:
    """Return the reference of the columns of a table to import."""
    rows = "".join(
        f"| `{one.name}` | {one.about} | {one.how} | {'yes' if one.required else ''} "
        f"| {_codes(one)} |\n"
        for one in headers(("en",), ())
    )
    return (
        "# Columns of a table to import\n\n"
        "What `mcsite import` reads ([how](../how-to/import.md)); `mcsite import --template FILE` "
        "writes them all.\nRequired are those that Annex I asks for: of `ects` and `hours`, and of "
        "`eqf` and `qf_ehea`, one will do.\n\n"
        "| column | what it is | how it is written | required | codes |\n|---|---|---|---|---|\n"
        f"{rows}"
    )


def _codes(header: Header) -> str:
    name = header.column.vocabulary if header.codes and header.column else ""
    return f"[{name}](vocabularies.md#{name})" if name else ""


COMMANDS_INTRODUCTION = """\
# Commands

Made from the program by `tools/reference_docs.py`. The examples are one session, from an empty
folder on; a test runs them in this order. Every command takes `--help`, and ends with 0 where all
is well, 1 where the content or a credential is at fault, 2 where it was used wrongly, 3 where
mcsite or the machine failed. Colours are off in a pipe and with `NO_COLOR`.
"""


def commands() -> str:
    """Return the reference of commands, in the order of their examples."""
    return COMMANDS_INTRODUCTION + "".join(map(_command, EXAMPLES))


def _command(name: str) -> str:
    parser = _parser_of(name)
    said = "".join(
        f"\n`{name} {action}`: {part.description}\n\n{_options(part)}"
        for action, part in _parts(parser)
    )
    options = _options(parser)
    summary = COMMANDS[name][1]
    text = f"\n## {name}\n\n{summary[0].upper()}{summary[1:]}.\n\n{options}{said}"
    return f"{text}\n```console\n{EXAMPLES[name]}```\n"


def _parser_of(name: str) -> argparse.ArgumentParser:
    return dict(_parts(parser_for(name)))[name]


def _parts(parser: argparse.ArgumentParser) -> list[tuple[str, argparse.ArgumentParser]]:
    """Return the parsers of a command's actions by name."""
    return [
        part
        for action in parser._actions  # noqa: SLF001 -- argparse tells it nowhere else
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
        for part in action.choices.items()
    ]


def _options(parser: argparse.ArgumentParser) -> str:
    rows = [
        f"| `{_spelled(action)}` | {action.help or ''} |\n"
        for action in parser._actions  # noqa: SLF001
        if not isinstance(action, argparse._SubParsersAction | argparse._HelpAction)  # noqa: SLF001
    ]
    return "| | |\n|---|---|\n" + "".join(rows) if rows else ""


def _spelled(action: argparse.Action) -> str:
    """Return an option or argument with what follows it, as `--help` does."""
    values = [str(one) for one in action.choices] if action.choices else []
    value = str(action.metavar or ("{" + ",".join(values) + "}" if values else action.dest.upper()))
    if not action.option_strings:
        return value if action.metavar or values else action.dest
    value = "" if action.nargs == 0 else f" {value}"
    return ", ".join(action.option_strings) + value.replace("|", "\\|")


PAGES = {
    "commands.md": commands,
    "columns.md": columns,
    "content.md": content,
    "findings.md": findings,
    "vocabularies.md": vocabularies,
}


def main() -> int:
    """Write the pages, or with --check compare them."""
    stale = []
    for name, make in PAGES.items():
        path = FOLDER / name
        text = make()
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        elif not path.is_file() or path.read_text("utf-8") != text:
            stale.append(name)
    if stale:
        print(f"out of date: {', '.join(stale)}; run python -m tools.reference_docs")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())

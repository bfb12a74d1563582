"""`mcsite import`."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from mcsite.cli.arguments import add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import counted, say, show_findings, tell
from mcsite.commands.import_plan import State
from mcsite.commands.import_template import write_template
from mcsite.commands.importing import ImportReport, ImportRequest, import_courses
from mcsite.errors import ContentError, UsageError
from mcsite.imports.sources import FORMATS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE",
        help="CSV, XLSX, JSON-LD (schema.org, ELM), MOOChub, or a page with schema.org in it",
    )  # fmt: skip
    parser.add_argument(
        "--template", type=Path, metavar="FILE",
        help="write a table to fill in, .csv or .xlsx, and stop",
    )  # fmt: skip
    parser.add_argument("--format", choices=FORMATS, default="", help="default: what it looks like")
    parser.add_argument("--dry-run", action="store_true", help="write nothing; say what would be")
    parser.add_argument("--update", action="store_true", help="change files that are there")
    parser.add_argument(
        "--drafts", action="store_true",
        help="write courses that lack what Annex I asks for; check reports them until it is there",
    )  # fmt: skip
    parser.add_argument(
        "--map", action="append", default=[], metavar="THEIRS=OURS", help="what a column is here"
    )
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="COLUMN", help="leave a column out"
    )
    parser.add_argument(
        "--default", action="append", default=[], metavar="COLUMN=VALUE",
        help="what holds where the file says nothing",
    )  # fmt: skip
    parser.add_argument(
        "--language", default="", metavar="TAG",
        help="language of texts that don't say theirs (default: the site's first)",
    )  # fmt: skip
    parser.add_argument("--sheet", default="", metavar="NAME", help="of a workbook; else the first")
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Import, and say what became of each course; or write a template."""
    today = datetime.now(UTC).date()
    if args.template is not None:
        path = write_template(args.project, args.template, today=today)
        say(f"{path}: fill it in, a row a course")
        return Exit.FINE
    if not args.files:
        raise UsageError("no file is named", hint="mcsite import courses.csv, or --template FILE")
    request = ImportRequest(
        project=args.project,
        files=tuple(args.files),
        today=today,
        format=args.format,
        language=args.language,
        sheet=args.sheet,
        renamed=dict(_pair("--map", text, last=True) for text in args.map),
        ignored=frozenset(args.ignore),
        defaults=dict(_pair("--default", text) for text in args.default),
        drafts=args.drafts,
        update=args.update,
        dry_run=args.dry_run,
    )
    try:
        _show(import_courses(request), request)
    except ContentError as fault:
        show_findings(fault.findings, None)
        raise ContentError(str(fault), hint=fault.hint) from fault
    return Exit.FINE


def _pair(option: str, text: str, *, last: bool = False) -> tuple[str, str]:
    name, sign, value = text.rpartition("=") if last else text.partition("=")
    if not sign or not name.strip() or not value.strip():
        raise UsageError(f"{option} {text!r} should have a name, =, and what it stands for")
    return name.strip(), value.strip()


def _show(report: ImportReport, request: ImportRequest) -> None:
    show_findings(report.findings, None)
    for planned in report.courses:
        told = f": {', '.join(planned.fields)}" if planned.state is State.CHANGED else ""
        owed = f"; lacks {', '.join(planned.missing)}" if planned.missing else ""
        say(f"{planned.state:<8} {planned.path}{told}{owed}")
    counts = ", ".join(f"{report.count(state)} {state}" for state in State)
    tell(f"{counted(len(report.courses), 'course')}: {counts}")
    if request.dry_run:
        tell("nothing was written: this was a dry run")
    elif report.written:
        tell("Next: mcsite check, and look at git diff")

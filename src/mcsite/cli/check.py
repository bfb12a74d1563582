"""`mcsite check`: findings as text, JSON, or what forges read."""

import argparse
from datetime import UTC, datetime

from mcsite.cli.arguments import add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import say, show_findings, summary_of, tell
from mcsite.commands.check import below, check_project
from mcsite.errors import UsageError
from mcsite.review.formats import FORMATS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="report on these alone")
    parser.add_argument("--strict", action="store_true", help="take warnings for errors")
    parser.add_argument("--format", choices=["text", *FORMATS], default="text")
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Print what is wrong; 0 when nothing stops a build."""
    if not (args.project / "catalogue").is_dir():
        raise UsageError(f"{args.project} has no folder catalogue/")
    report = check_project(args.project, now=datetime.now(UTC))
    shown = below(report.findings, args.paths)
    if args.format == "text":
        show_findings(shown, args.project)
        tell(summary_of(report.counts))
    else:
        say(FORMATS[args.format](shown))
    return Exit.FINE if report.passes(strict=args.strict) else Exit.AT_FAULT

"""`mcsite check`: findings as text, JSON, or what forges read."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from mcsite.cli.arguments import add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import say, show_findings, summary_of, tell
from mcsite.commands.check import check_project
from mcsite.commands.policy import DEFAULT_BASE
from mcsite.review.formats import FORMATS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="report on these alone")
    parser.add_argument("--strict", action="store_true", help="take warnings for errors")
    parser.add_argument("--format", choices=["text", *FORMATS], default="text")
    parser.add_argument(
        "--translations", action="store_true",
        help="report every text that isn't translated, or was changed after its translation",
    )  # fmt: skip
    parser.add_argument(
        "--policy", nargs="?", const=DEFAULT_BASE, metavar="BASE",
        help="report also what changed since BASE and may not: issued lines, status entries, keys "
        f"(default: {DEFAULT_BASE})",
    )  # fmt: skip
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Print what is wrong; 0 when nothing stops a build."""
    report = check_project(
        args.project,
        now=datetime.now(UTC),
        paths=args.paths,
        translations=args.translations,
        policy=args.policy,
    )
    if args.format == "text":
        show_findings(report.findings, args.project)
        tell(summary_of(report.findings))
    else:
        say(FORMATS[args.format](report.findings))
    for coverage in report.translations:
        tell(str(coverage))
    if args.translations and not report.history:
        tell("the project isn't in Git, which knows what was changed after its translation")
    if report.policy is not None:
        alone = "; it is HEAD, so just what isn't committed" if report.policy.is_head else ""
        tell(f"compared with {report.policy.base[:12]}{alone}")
    return Exit.FINE if report.passes(strict=args.strict) else Exit.AT_FAULT

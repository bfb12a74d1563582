"""`mcsite archive`."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from mcsite.cli.arguments import add_project, key_place
from mcsite.cli.build import build_time
from mcsite.cli.exits import Exit
from mcsite.cli.output import counted, say, show_findings, tell
from mcsite.commands.archive import ArchiveRequest, archive_site
from mcsite.commands.project import catalogue_of
from mcsite.findings import Severity


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("target", type=Path, metavar="DIR|FILE.zip", help="where to write it")
    parser.add_argument(
        "--key", type=key_place, metavar="KEYFILE",
        help="sign the status lists anew first, so that they speak for today",
    )  # fmt: skip
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="processes at most")
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Write the archive, and say what day it speaks for."""
    now = datetime.now(UTC)
    catalogue = catalogue_of(args.project, today=now.date())
    report = archive_site(
        ArchiveRequest(
            project=args.project, target=args.target, key=args.key, jobs=args.jobs,
            built_at=build_time(), now=now,
        ),
        catalogue,
    )  # fmt: skip
    shown = [one for one in report.findings if one.severity is not Severity.NOTE]
    show_findings(shown, args.project)
    made = f"{counted(report.files, 'file')}, {counted(report.credentials, 'credential')}"
    say(f"{args.target}: {made}")
    if report.lists:
        days = ", ".join(day.isoformat() for day in report.lists)
        say(f"What was withdrawn is known up to {days}.")
    if report.signed:
        tell("The status lists in credentials/status/ were signed anew: commit them.")
    elif report.lists:
        tell("To have lists of today: --key KEYFILE.")
    return Exit.FINE

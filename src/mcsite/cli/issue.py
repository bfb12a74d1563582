"""`mcsite issue`."""

import argparse
import secrets
from datetime import UTC, datetime

from mcsite.cli.arguments import add_key, add_learners, add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import say
from mcsite.commands.issue import IssueReport, IssueRequest, issue_credentials
from mcsite.commands.project import catalogue_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("course", metavar="COURSE", help="id of the course")
    add_learners(parser)
    add_key(parser)
    parser.add_argument("--privacy", choices=["sealed", "public"], default="")
    parser.add_argument(
        "--batch", default="", metavar="NAME", help="name of the file of credentials"
    )
    parser.add_argument("--dry-run", action="store_true", help="check the learners, sign nothing")
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Issue, and say what was written."""
    now = datetime.now(UTC)
    request = IssueRequest(
        project=args.project,
        course=args.course,
        learners=args.learners,
        key_file=args.key,
        privacy=args.privacy,
        links=args.links,
        batch=args.batch,
        dry_run=args.dry_run,
        now=now,
        random_bytes=secrets.token_bytes,
    )
    report = issue_credentials(request, catalogue_of(args.project, today=now.date()))
    show_report(report, dry_run=args.dry_run)
    if args.links is not None and not args.dry_run:
        say(f"{args.links}: one link a learner. For sealed credentials they hold the only keys.")
    return Exit.FINE


def show_report(report: IssueReport, *, dry_run: bool = False) -> None:
    """Say what was issued."""
    count = len(report.issued)
    what = f"{count} {report.privacy} credential{'' if count == 1 else 's'}"
    if report.left_out:
        say(f"Left out, as only sealed credentials have it: {', '.join(report.left_out)}.")
    if dry_run:
        say(f"{what} could be issued. Nothing was signed or written.")
        return
    say(f"{what} issued.")
    for path in report.files:
        say(f"{path}: written. Commit it.")

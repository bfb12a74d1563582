"""`mcsite supersede`: replace a credential by a corrected one."""

import argparse
import secrets
from datetime import UTC, datetime

from mcsite.cli.arguments import add_key, add_learners, add_project
from mcsite.cli.exits import Exit
from mcsite.cli.issue import show_report
from mcsite.cli.output import say
from mcsite.commands.project import catalogue_of
from mcsite.commands.status import StatusRequest, supersede


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("id", metavar="ID", help="id, address or link of the credential")
    add_learners(parser)
    parser.add_argument(
        "--reason", default="Replaced by a corrected credential", metavar="TEXT",
        help="shown to readers",
    )  # fmt: skip
    add_key(parser)
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Issue the new credential and withdraw the old one."""
    now = datetime.now(UTC)
    request = StatusRequest(
        project=args.project,
        credential=args.id,
        action="supersede",
        reason=args.reason,
        key_file=args.key,
        now=now,
    )
    report = supersede(
        request,
        catalogue_of(args.project, today=now.date()),
        learners=args.learners,
        links=args.links,
        random_bytes=secrets.token_bytes,
    )
    show_report(report)
    if args.links is not None:
        say(f"{args.links}: the link of the new credential. Send it to the learner.")
    return Exit.FINE

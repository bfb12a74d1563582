"""What revoke, suspend and reinstate share: their arguments, and how they run."""

import argparse
from datetime import UTC, datetime

from mcsite.cli.arguments import add_key, add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import say
from mcsite.commands.project import catalogue_of
from mcsite.commands.status import StatusRequest, change_status


def add_status_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of a change of status."""
    parser.add_argument("id", metavar="ID", help="id, address or link of the credential")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="shown to readers")
    add_key(parser)
    add_project(parser)


def run_status_change(args: argparse.Namespace, action: str) -> Exit:
    """Record the change and sign the lists."""
    now = datetime.now(UTC)
    request = StatusRequest(
        project=args.project,
        credential=args.id,
        action=action,
        reason=args.reason,
        key_file=args.key,
        now=now,
    )
    path = change_status(request, catalogue_of(args.project, today=now.date()))
    say(f"{path}: {action} recorded, and the status lists signed. Commit both, and publish.")
    return Exit.FINE

"""`mcsite erase`: take credentials out of the repository and off the site."""

import argparse
from datetime import UTC, datetime

from mcsite.cli.arguments import add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import say, tell
from mcsite.commands.erase import erase_credentials


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("ids", nargs="+", metavar="ID", help="id, address or link of a credential")
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Erase, and say what that doesn't reach."""
    made = erase_credentials(args.project, args.ids, now=datetime.now(UTC))
    for credential in made.credentials:
        say(f"{credential}: erased.")
    for path in made.files:
        say(f"{path}: {'written' if path.exists() else 'removed'}. Commit it, and publish.")
    tell("Git's history, copies of the repository and copies of the credential still have it.")
    return Exit.FINE

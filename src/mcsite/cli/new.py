"""`mcsite new`."""

import argparse

from mcsite.cli.arguments import add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import say
from mcsite.commands.new import KINDS, start_file

_NEXT = {
    "course": "See it while you write: mcsite serve --open",
    "provider": "A course names it so: provider: {id}",
    "pathway": "See it while you write: mcsite serve --open",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("id", metavar="ID", help="lower-case letters, digits and hyphens")
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Write the skeleton and say what to do next."""
    say(f"{start_file(args.project, args.kind, args.id)}: fill it in, then mcsite check")
    say(_NEXT[args.kind].format(id=args.id))
    return Exit.FINE

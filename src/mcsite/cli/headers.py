"""`mcsite headers`."""

import argparse
from datetime import UTC, datetime

from mcsite.cli.arguments import add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import say
from mcsite.commands.headers import HOSTS, headers_for
from mcsite.commands.project import catalogue_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("host", choices=list(HOSTS), metavar="HOST", help=", ".join(HOSTS))
    parser.add_argument("--base-url", default="", metavar="URL", help="default: as in site.yaml")
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Print the headers that a host should send, as its configuration has them."""
    catalogue = catalogue_of(args.project, today=datetime.now(UTC).date())
    say(headers_for(args.host, catalogue, args.base_url).rstrip())
    return Exit.FINE

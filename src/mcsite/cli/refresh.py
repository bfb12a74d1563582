"""`mcsite refresh`: sign the status lists anew before they run out, and notices whose key ended."""

import argparse
from datetime import UTC, datetime

from mcsite.cli.arguments import add_key, add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import say
from mcsite.commands.project import catalogue_of
from mcsite.commands.status import refresh
from mcsite.store.status_log import PATH


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    add_key(parser)
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Sign every list again, and say which files changed."""
    now = datetime.now(UTC)
    catalogue = catalogue_of(args.project, today=now.date())
    for path in refresh(args.project, catalogue, args.key, now=now):
        if path == args.project / PATH:
            say(f"{path}: notices signed whose key didn't count any more. Commit it.")
        else:
            say(f"{path}: signed; it counts for {catalogue.site.status_list_days} days. Commit it.")
    return Exit.FINE

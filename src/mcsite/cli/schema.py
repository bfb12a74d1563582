"""`mcsite schema`: JSON Schemas for editors that complete and check YAML."""

import argparse
import json

from mcsite.cli.exits import Exit
from mcsite.cli.output import say
from mcsite.commands.schema import KINDS, schema_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("kind", nargs="?", choices=list(KINDS), default="course", metavar="KIND")


def run(args: argparse.Namespace) -> Exit:
    """Print the schema of one kind of file."""
    say(json.dumps(schema_of(args.kind), ensure_ascii=False, indent=2))
    return Exit.FINE

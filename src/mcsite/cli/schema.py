"""`mcsite schema`: JSON Schemas for editors that complete and check YAML."""

import argparse
from pathlib import Path

from mcsite.cli.arguments import add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import say
from mcsite.commands.project import site_of
from mcsite.commands.schema import FOLDER, KINDS, json_text, schema_of, write_schemas


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument(
        "kind", nargs="?", choices=KINDS, default="course", metavar="KIND",
        help=f"the kind of file whose schema is printed: {', '.join(KINDS)} (default: course)",
    )  # fmt: skip
    parser.add_argument(
        "--write", nargs="?", const=FOLDER, metavar="FOLDER",
        help=f"write the schemas of all kinds into a folder of the project (default: {FOLDER})",
    )  # fmt: skip
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Print the schema of one kind of file, or write all of them."""
    if args.write is None:
        say(json_text(schema_of(args.kind)).rstrip())
        return Exit.FINE
    site = site_of(args.project)
    for path in write_schemas(args.project, Path(args.write), site.languages if site else ()):
        say(f"{path}")
    return Exit.FINE

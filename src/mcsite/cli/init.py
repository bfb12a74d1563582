"""`mcsite init`."""

import argparse
from pathlib import Path

from mcsite.cli.exits import Exit
from mcsite.cli.output import say
from mcsite.commands.init import NewProject, start_project
from mcsite.commands.workflow_files import FORGES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new folder")
    parser.add_argument("--name", default="My institution", help="name of the institution")
    parser.add_argument("--base-url", default="https://micro.example.org", metavar="URL")
    parser.add_argument("--languages", default="en", metavar="TAGS", help="e.g. lv,en")
    parser.add_argument("--privacy", choices=["sealed", "public"], default="sealed")
    parser.add_argument(
        "--forge", choices=list(FORGES), default="both", help="whose workflows to write"
    )


def run(args: argparse.Namespace) -> Exit:
    """Write the repository and say what to do next."""
    languages = tuple(tag.strip() for tag in args.languages.split(",") if tag.strip())
    wanted = NewProject(
        folder=args.folder,
        name=args.name,
        base_url=args.base_url,
        languages=languages or ("en",),
        privacy=args.privacy,
        forge=args.forge,
    )
    for path in start_project(wanted):
        say(f"{path}")
    say(f"Next: cd {args.folder}, then mcsite check and mcsite serve --open")
    return Exit.FINE

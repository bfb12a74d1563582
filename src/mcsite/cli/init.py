"""`mcsite init`."""

import argparse
import sys
from pathlib import Path

from mcsite.cli.exits import Exit
from mcsite.cli.output import ask, say, tell
from mcsite.commands.init import PROVIDER, NewProject, refuse_full, start_project
from mcsite.commands.questions import ask_for, languages_in
from mcsite.commands.workflow_files import FORGES
from mcsite.errors import UsageError

_FLAGS = ("name", "base_url", "languages", "country", "privacy")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.epilog = "On a terminal, and with none of these options, it asks."
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new folder")
    parser.add_argument("--name", help="name of the institution")
    parser.add_argument("--base-url", metavar="URL", help="where the site will be published")
    parser.add_argument("--languages", type=languages_in, metavar="TAGS", help="e.g. lv,en")
    parser.add_argument(
        "--country", type=str.upper, metavar="CODE",
        help="of the institution, e.g. LV (default: a guess)",
    )  # fmt: skip
    parser.add_argument(
        "--privacy", choices=["sealed", "public"], help="of credentials (default: sealed)"
    )
    parser.add_argument(
        "--forge", choices=list(FORGES), help="whose workflows to write (default: both)"
    )


def run(args: argparse.Namespace) -> Exit:
    """Write the repository and say what to do next."""
    flags = {name: value for name in _FLAGS if (value := getattr(args, name))}
    wanted = NewProject(
        folder=args.folder,
        name=args.name or "My institution",
        base_url=args.base_url or "https://micro.example.org",
        languages=args.languages or ("en",),
        privacy=args.privacy or "sealed",
        country=args.country or "",
        forge=args.forge or "both",
    )
    if not flags and sys.stdin.isatty() and sys.stdout.isatty():
        refuse_full(args.folder)
        wanted = ask_for(wanted, ask, _refuse)
    for path in start_project(wanted):
        say(f"{path}")
    if not wanted.country:
        tell(f"The country, {wanted.likely_country}, is a guess. It stands in {PROVIDER}.")
    say(f"Next: cd {args.folder}, then git init, mcsite check and mcsite serve --open")
    return Exit.FINE


def _refuse(refused: UsageError) -> None:
    tell(f"{refused}")
    if refused.hint:
        tell(f"hint: {refused.hint}")

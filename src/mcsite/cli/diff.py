"""`mcsite diff`: what a change means, as text, as the comment of a pull request, or as JSON."""

import argparse
from datetime import UTC, datetime

from mcsite.cli.arguments import add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import say
from mcsite.commands.diff import DiffRequest, difference
from mcsite.review.excerpt import visible
from mcsite.review.reports import REPORTS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("base", metavar="BASE", help="commit, branch or tag to compare with")
    parser.add_argument(
        "head", nargs="?", metavar="HEAD", help="what to compare (default: the files as they are)"
    )
    parser.add_argument("--format", choices=[*REPORTS], default="text")
    parser.add_argument(
        "--merge-base", action="store_true",
        help="compare with the commit where HEAD went off from BASE",
    )  # fmt: skip
    parser.add_argument(
        "--site-url", default="", metavar="URL",
        help="where links to pages lead, e.g. a preview (default: base_url)",
    )  # fmt: skip
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Print what changed; 1 where files have errors that keep them from being read."""
    request = DiffRequest(
        project=args.project,
        base=args.base,
        head=args.head,
        since_merge_base=args.merge_base,
        site_url=args.site_url,
        today=datetime.now(UTC).date(),
    )
    found = difference(request)
    report = REPORTS[args.format](found)
    for line in report.split("\n"):
        say(line if args.format == "json" else visible(line))
    return Exit.AT_FAULT if found.unreadable else Exit.FINE

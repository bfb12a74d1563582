"""`mcsite verify-site`."""

import argparse
import json
from dataclasses import asdict
from datetime import UTC, datetime

from mcsite.cli.arguments import add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import counted, say, tell
from mcsite.commands.verify_site import Comparison, SiteRequest, verify_site
from mcsite.review.excerpt import visible

_SAID = {
    "missing": "the site hasn't got, and the repository makes",
    "added": "the site has, and the repository doesn't make",
    "changed": "are others than the repository makes",
    "unlike": "aren't what the site's manifest says",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("source", metavar="URL|DIR", help="a published site, or a folder with one")
    parser.add_argument("--base-url", default="", metavar="URL", help="default: as in site.yaml")
    parser.add_argument(
        "--files", type=int, default=100, metavar="N",
        help="how many files of a published site are fetched, evenly chosen (default: 100)",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="one JSON object")
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Say whether a site is what the repository builds; 0 only where it is."""
    found = verify_site(
        SiteRequest(
            project=args.project,
            source=args.source,
            base_url=args.base_url,
            files=max(0, args.files),
            now=datetime.now(UTC),
        )
    )
    if args.json:
        say(json.dumps({"agrees": found.agrees, **asdict(found)}, ensure_ascii=False))
    else:
        _show(found)
    return Exit.FINE if found.agrees else Exit.AT_FAULT


def _show(found: Comparison) -> None:
    said = f", from commit {found.commit}" if found.commit else ""
    say(f"built on {found.day}{said}; {counted(found.files, 'file')} compared by the manifest, "
        f"{found.looked_at} read")  # fmt: skip
    if found.commit != found.here:
        tell(f"this repository is at {found.here or 'no commit'}: check out the other one first")
    if found.uncommitted:
        tell(f"{counted(found.uncommitted, 'file')} of this repository aren't committed")
    for name, words in _SAID.items():
        one = getattr(found, name)
        if one.count:
            say(f"{counted(one.count, 'file')} {words}:")
            for shown in one.names:
                say(f"  {visible(shown)}")
            if one.count > len(one.names):
                say(f"  … and {one.count - len(one.names)} more")
    say("the site is what this repository builds" if found.agrees else "the site differs")

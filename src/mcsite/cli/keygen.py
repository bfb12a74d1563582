"""`mcsite keygen`."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from mcsite.cli.arguments import add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import say
from mcsite.commands.keygen import make_key


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("--type", choices=["ed25519", "p256"], default="ed25519")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="KEYFILE", help="a new file, mode 600"
    )
    parser.add_argument("--issuer", default="", metavar="DID", help="default: did:web of the site")
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Make a key and say what to do with it."""
    made = make_key(args.project, args.out, kind=args.type, did=args.issuer, now=datetime.now(UTC))
    say(f"{made.key_file}: private key. Keep it safe, and never in the repository.")
    say(f"credentials/issuers.yaml: {made.verification_method}. Commit it.")
    return Exit.FINE

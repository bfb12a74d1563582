"""`mcsite keygen`."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from mcsite.cli.arguments import add_project, key_place, new_secret
from mcsite.cli.exits import Exit
from mcsite.cli.output import say
from mcsite.commands.keygen import list_key, make_key
from mcsite.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("--type", choices=["ed25519", "p256"], default="ed25519")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=Path, metavar="KEYFILE", help="a new file, mode 600")
    where.add_argument(
        "--existing", type=key_place, metavar="KEY",
        help="make none: list the public half of a file, env:NAME, or pkcs11:…",
    )  # fmt: skip
    parser.add_argument(
        "--encrypt", action="store_true", help="ask for a passphrase, and encrypt the file"
    )
    parser.add_argument("--issuer", default="", metavar="DID", help="default: did:web of the site")
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Make a key, or take one that is there, and say what to do with it."""
    now = datetime.now(UTC)
    if args.existing is not None and args.encrypt:
        raise UsageError("--encrypt is for a key that is made; --existing makes none")
    if args.existing is not None:
        made = list_key(args.project, args.existing, did=args.issuer, now=now)
    else:
        passphrase = new_secret("a passphrase for the new key") if args.encrypt else ""
        made = make_key(
            args.project, args.out, kind=args.type, did=args.issuer, now=now, passphrase=passphrase
        )
        say(f"{made.key_file}: private key. Keep it safe, and never in the repository.")
    say(f"credentials/issuers.yaml: {made.verification_method}. Commit it.")
    return Exit.FINE

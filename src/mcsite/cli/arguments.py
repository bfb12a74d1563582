"""Arguments that several commands share."""

import argparse
import getpass
import os
import sys
from pathlib import Path

from mcsite.errors import UsageError
from mcsite.store.key_files import KeyPlace

SECRET = "MCSITE_KEY_SECRET"  # noqa: S105 -- the name of a variable


def add_project(parser: argparse.ArgumentParser, *, default: Path | str = Path()) -> None:
    """Add --project: the institution's folder."""
    parser.add_argument(
        "--project",
        type=Path,
        default=default,
        metavar="DIR",
        help="the institution's folder (default: this one)",
    )


def add_key(parser: argparse.ArgumentParser) -> None:
    """Add --key: the private key that signs."""
    parser.add_argument(
        "--key", type=key_place, required=True, metavar="KEYFILE",
        help="the private key that signs: a file, env:NAME, or pkcs11:…",
    )  # fmt: skip


def key_place(where: str) -> KeyPlace:
    """Return the place of a private key, whose passphrase or PIN is asked for here."""
    return KeyPlace(where, ask_secret)


def ask_secret(what: str) -> str:
    """Return a passphrase or PIN: MCSITE_KEY_SECRET, or what is typed. It is never an argument,
    which other users of the machine could see.
    """
    if SECRET in os.environ:
        return os.environ[SECRET]
    if not sys.stdin.isatty():
        raise UsageError(f"{what} is needed", hint=f"set {SECRET}, or run this in a terminal")
    return getpass.getpass(f"{what[0].upper()}{what[1:]}: ")


def new_secret(what: str) -> str:
    """Return a passphrase to be, typed twice where it is typed."""
    secret = ask_secret(what)
    if not secret:
        raise UsageError(f"{what} can't be empty")
    if SECRET not in os.environ and ask_secret(f"{what}, again") != secret:
        raise UsageError("the two passphrases differ")
    return secret


def add_learners(parser: argparse.ArgumentParser) -> None:
    """Add --learners and --links."""
    parser.add_argument(
        "--learners", type=Path, required=True, metavar="FILE", help="CSV or YAML list of learners"
    )
    parser.add_argument(
        "--links", type=Path, metavar="FILE", help="where to write name, e-mail and link as CSV"
    )

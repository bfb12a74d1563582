"""`mcsite export`: an issued credential in another format."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from mcsite.cli.arguments import add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import say, tell
from mcsite.commands.export import FORMATS, ExportRequest, export_edc
from mcsite.store.atomic import write_atomically


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument(
        "format", choices=FORMATS,
        help="edc: European Digital Credential (ELM 3), not sealed, for the EDC Issuer",
    )  # fmt: skip
    parser.add_argument("id", metavar="ID", help="id or address of an issued credential")
    parser.add_argument(
        "--key-link", default="", metavar="LINK",
        help="the holder's link, where it is sealed; - reads it from standard input",
    )  # fmt: skip
    parser.add_argument(
        "--picture", type=Path, metavar="FILE",
        help="PNG or JPEG to show as its page (default: a QR code of its verification page)",
    )  # fmt: skip
    parser.add_argument("--output", type=Path, metavar="FILE", help="where to write it")
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Write the document to the output or to a file."""
    link = sys.stdin.readline().strip() if args.key_link == "-" else args.key_link
    request = ExportRequest(
        project=args.project,
        credential=args.id,
        key_link=link,
        picture=args.picture,
        output=args.output,
        now=datetime.now(UTC),
    )
    text = json.dumps(export_edc(request), ensure_ascii=False, indent=2)
    if args.output is None:
        say(text)
        return Exit.FINE
    write_atomically(args.output, text.encode() + b"\n", mode=0o600)
    tell(f"{args.output}: not sealed yet. Upload it to the EDC Issuer, and seal it there.")
    return Exit.FINE

"""`mcsite export`: an issued credential in another format."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from mcsite.cli.arguments import add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import say, tell
from mcsite.commands.export import FORMATS, Exported, ExportRequest, export_edc
from mcsite.errors import UsageError
from mcsite.store.atomic import write_atomically


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument(
        "format", choices=FORMATS,
        help="edc: European Digital Credential (ELM 3), not sealed, for the EDC Issuer",
    )  # fmt: skip
    parser.add_argument(
        "ids", nargs="+", metavar="ID|BATCH",
        help="id or address of an issued credential, or the name of a batch (.jsonl)",
    )  # fmt: skip
    keys = parser.add_mutually_exclusive_group()
    keys.add_argument(
        "--key-link", default="", metavar="LINK",
        help="the holder's link, where it is sealed; - reads it from standard input",
    )  # fmt: skip
    keys.add_argument(
        "--links", type=Path, metavar="FILE",
        help="the file of links that mcsite issue wrote, for sealed ones",
    )  # fmt: skip
    parser.add_argument(
        "--picture", type=Path, metavar="FILE",
        help="PNG or JPEG to show as its page (default: a QR code of its verification page)",
    )  # fmt: skip
    parser.add_argument("--output", type=Path, metavar="PATH", help="file; folder for several")
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Write each document; 0 only when none was refused."""
    several = len(args.ids) > 1 or args.ids[0].endswith(".jsonl")
    if several and args.output is None:
        raise UsageError("several credentials need --output DIR: one file is written for each")
    link = sys.stdin.readline().strip() if args.key_link == "-" else args.key_link
    request = ExportRequest(
        project=args.project,
        credentials=tuple(args.ids),
        key_link=link,
        links=args.links,
        picture=args.picture,
        output=args.output,
        now=datetime.now(UTC),
    )
    refused = False
    for found in export_edc(request):
        if found.refusal is not None and not several:
            raise found.refusal
        if found.refusal is not None:
            refused = True
            tell(str(found.refusal))
            continue
        _write(found, args.output / f"{found.id}.json" if several else args.output)
    return Exit.AT_FAULT if refused else Exit.FINE


def _write(found: Exported, output: Path | None) -> None:
    text = json.dumps(found.document, ensure_ascii=False, indent=2)
    if output is None:
        say(text)
        return
    write_atomically(output, text.encode() + b"\n", mode=0o600)
    tell(f"{output}: not sealed yet. Upload it to the EDC Issuer, and seal it there.")

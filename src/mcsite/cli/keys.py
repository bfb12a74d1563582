"""`mcsite keys`: which key signed what; a key retires, or was stolen."""

import argparse
import json
from datetime import UTC, datetime

from mcsite.cli.arguments import add_key, add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import counted, say
from mcsite.commands.compromise import compromised_key
from mcsite.commands.keys import KeyReport, key_reports, retire_key
from mcsite.commands.project import catalogue_of
from mcsite.commands.signing import signer_of
from mcsite.credentials.proofs import timestamp
from mcsite.credentials.times import parse_time


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    add_project(parser)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions")
    retire = actions.add_parser("retire", help="end a key's window; what it signed stays valid")
    stolen = actions.add_parser(
        "compromised",
        help="a key was stolen: list what the institution did issue with it",
        description="Mark a key as stolen, and list what the institution did issue with it: "
        "only that counts from then on. The key that takes its place signs the list, and the "
        "status lists and notices anew.",
    )
    for action in (retire, stolen):
        add_project(action, default=argparse.SUPPRESS)
        action.add_argument("name", metavar="KEY", help="its id in issuers.yaml, e.g. key-1")
        action.add_argument(
            "--at", type=_moment, metavar="TIME", help="2027-01-12T09:30:00Z (default: now)"
        )
    add_key(stolen)


def run(args: argparse.Namespace) -> Exit:
    """List the keys, or end one."""
    now = datetime.now(UTC)
    catalogue = catalogue_of(args.project, today=now.date())
    if args.action == "retire":
        path = retire_key(catalogue, args.name, at=args.at or now, now=now)
        say(f"{path}: {args.name} is retired. Commit it, publish, and destroy the private key.")
    elif args.action == "compromised":
        by = signer_of(catalogue, args.key, now=now)
        made = compromised_key(catalogue, args.name, by, at=args.at or now, now=now)
        say(f"Issued with {made.key}, and valid from now on because they are listed:")
        for batch, count in sorted(made.batches.items()):
            say(f"  credentials/{batch}: {counted(count, 'credential')}")
        for credential in made.added or ():
            say(f"  {credential}: not on the list before")
        say("Make sure that each of them is the institution's own.")
        for path in made.files:
            say(f"{path}: written. Commit it.")
    else:
        for report in key_reports(catalogue, now=now):
            say(_as_json(report)) if args.json else _show(report)
    return Exit.FINE


def _show(report: KeyReport) -> None:
    key, signed = report.key, report.signed
    say(f"{report.id}  {report.state.value}  {report.algorithm}")
    until = f" until {timestamp(key.valid_until)}" if key.valid_until else ""
    stolen = f", compromised {timestamp(key.compromised)}" if key.compromised else ""
    say(f"  in use since {timestamp(key.valid_from)}{until}{stolen}")
    what = f"{counted(signed.credentials, 'credential')}, {counted(signed.lists, 'status list')}"
    if signed.first is None or signed.last is None:
        say("  signed nothing that is kept here")
    else:
        say(f"  signed {what}, from {timestamp(signed.first)} to {timestamp(signed.last)}")


def _as_json(report: KeyReport) -> str:
    key, signed = report.key, report.signed
    moments = {
        "valid_from": key.valid_from, "valid_until": key.valid_until,
        "compromised": key.compromised, "first": signed.first, "last": signed.last,
    }  # fmt: skip
    return json.dumps(
        {
            "id": report.id,
            "public_key": key.public_key,
            "algorithm": report.algorithm,
            "state": report.state.value,
            "credentials": signed.credentials,
            "status_lists": signed.lists,
            **{name: timestamp(at) if at else None for name, at in moments.items()},
        }
    )


def _moment(text: str) -> datetime:
    found = parse_time(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} isn't a time: 2027-01-12T09:30:00Z")
    return found

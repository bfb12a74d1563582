"""`mcsite verify`: a verdict and nine checks for each credential."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from mcsite.cli.exits import Exit
from mcsite.cli.output import coloured, say
from mcsite.cli.verdict_words import VERDICTS, words_of
from mcsite.commands.verify import Answer, verify_all
from mcsite.credentials.claim_text import harmless
from mcsite.credentials.proofs import timestamp
from mcsite.credentials.verdict import State, Verdict

_SIGNS = {State.PASSED: "passed ", State.FAILED: "FAILED ", State.UNKNOWN: "unknown"}
_COLOURS = {State.PASSED: "32", State.FAILED: "31", State.UNKNOWN: "33"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("sources", nargs="+", metavar="FILE|LINK|DIR")
    parser.add_argument(
        "--offline", type=Path, metavar="DIR",
        help="use no network: a built site, or a folder with DID documents and status lists",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(args: argparse.Namespace) -> Exit:
    """Print each verdict as it becomes known; 0 only when every one is `valid`."""
    all_valid = True
    for answer in verify_all(args.sources, offline=args.offline, now=datetime.now(UTC)):
        say(_as_json(answer)) if args.json else _show(answer)
        all_valid &= answer.verification.verdict is Verdict.VALID
    return Exit.FINE if all_valid else Exit.AT_FAULT


def _as_json(answer: Answer) -> str:
    found = answer.verification
    return json.dumps(
        {
            "source": answer.source,
            "id": found.credential,
            "verdict": found.verdict.value,
            "checks": [
                {
                    "check": result.check.value,
                    "state": result.state.value,
                    "reason": result.reason,
                    "at": timestamp(result.at),
                }
                for result in found.checks
            ],
        },
        ensure_ascii=False,
    )


def _show(answer: Answer) -> None:
    found = answer.verification
    colour = "32" if found.verdict is Verdict.VALID else "31"
    say(f"{answer.source}")
    say(f"  {coloured(VERDICTS[found.verdict], colour)}")
    for name, value in _claims(answer):
        say(f"  {name}: {harmless(value)}")
    for result in found.checks:
        sign = coloured(_SIGNS[result.state], _COLOURS[result.state])
        say(f"  {sign} {result.check.value:<15} {words_of(result)}")
    say()


def _claims(answer: Answer) -> list[tuple[str, str]]:
    document = answer.verification.document
    if document is None:
        return []
    subject = document["credentialSubject"]
    identities = subject.get("identifier", []) if isinstance(subject, dict) else []
    names = [
        str(entry.get("identityHash"))
        for entry in (identities if isinstance(identities, list) else [])
        if isinstance(entry, dict) and entry.get("identityType") == "name"
    ]
    return [("holder", ", ".join(names)), ("title", str(document.get("name", "")))]

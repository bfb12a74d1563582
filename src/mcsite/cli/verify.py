"""`mcsite verify`: a verdict and nine checks for each credential."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from mcsite.cli.exits import Exit
from mcsite.cli.output import ask, coloured, say, tell
from mcsite.cli.verdict_words import headline_of, words_of
from mcsite.commands.unchecked import Claimed, claimed_by
from mcsite.commands.verify import Answer, Verifier, offline_source
from mcsite.credentials.claim_text import harmless
from mcsite.credentials.did import did_web_parts
from mcsite.credentials.proofs import timestamp
from mcsite.credentials.reading import issuer_of
from mcsite.credentials.verdict import State, Verdict
from mcsite.review.excerpt import visible
from mcsite.store.carriers import MAX_FILE
from mcsite.store.evidence import read_registries

_SIGNS = {State.PASSED: "passed ", State.FAILED: "FAILED ", State.UNKNOWN: "unknown"}
_COLOURS = {State.PASSED: "32", State.FAILED: "31", State.UNKNOWN: "33"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("sources", nargs="+", metavar="FILE|LINK|DIR", help="- is standard input")
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--offline", type=Path, metavar="DIR",
        help="use no network: a repository, a built site, an archive, or the files of a site",
    )  # fmt: skip
    where.add_argument(
        "--fetch", action="store_true",
        help="ask the host that each issuer names, without a question for each",
    )  # fmt: skip
    parser.add_argument(
        "--trust", type=Path, metavar="FILE",
        help="rely on this list of issuers only (JSON), not on those that issuers publish",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(args: argparse.Namespace) -> Exit:
    """Print each verdict as it becomes known; 0 only when every one is `valid`."""
    now = datetime.now(UTC)
    verifier = Verifier(
        now=now,
        offline=None if args.offline is None else offline_source(args.offline, now=now),
        folder=args.offline,
        trusted=None if args.trust is None else read_registries(args.trust),
        may_ask=_agreed if args.fetch else _refused if args.json else _question,
        asked=lambda url: tell(f"asked: {_shown(url)}"),
        piped=lambda: sys.stdin.buffer.read(MAX_FILE),
    )
    all_valid = True
    for answer in verifier.answers(args.sources):
        say(_as_json(answer)) if args.json else _show(answer)
        all_valid &= answer.verification.verdict is Verdict.VALID
    return Exit.FINE if all_valid else Exit.AT_FAULT


def _shown(text: str) -> str:
    """Return a stranger's text for the terminal."""
    return visible(harmless(text))


def _agreed(source: str, host: str) -> bool:
    del source, host
    return True


def _refused(source: str, host: str) -> bool:
    tell(f"not asked: {_shown(host)}, which {visible(source)} names; --fetch agrees to it")
    return False


def _question(source: str, host: str) -> bool:
    """Ask whoever sits at the terminal; where nobody does, the answer is no."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return _refused(source, host)
    tell(f"{visible(source)} says that {_shown(host)} knows its issuer's keys.")
    tell("Asking shows that host that somebody checks, and from which address.")
    return ask(f"Ask {_shown(host)}? [y/N] ").strip().lower() in ("y", "yes")


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
    say(visible(answer.source))
    colour = "32" if found.verdict is Verdict.VALID else "31"
    say(f"  {coloured(headline_of(found), colour)}")
    for name, value in _claims(answer):
        say(f"  {name}: {_shown(value)}")
    for result in found.checks:
        sign = coloured(_SIGNS[result.state], _COLOURS[result.state])
        say(f"  {sign} {result.check.value:<15} {visible(words_of(result))}")
    if found.verdict in (Verdict.UNREADABLE, Verdict.UNSUPPORTED):
        _show_claimed(claimed_by(answer.data))
    say()


def _show_claimed(claimed: Claimed | None) -> None:
    """Say what a document that couldn't be checked says of itself, and what stood in the way."""
    if claimed is None:
        return
    say("  It says of itself, and nothing of this was checked:")
    rows = [
        ("title", claimed.title),
        ("issuer", claimed.issuer),
        ("signed with", ", ".join(claimed.proofs) or "nothing: anybody can have written it"),
        ("contexts not known here", ", ".join(claimed.contexts)),
        ("withdrawn by", ", ".join(claimed.statuses) or "no list: it can't be"),
        ("schemas not checked", ", ".join(claimed.schemas)),
    ]
    for name, value in rows:
        if value:
            say(f"    {name}: {_shown(value)}")


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
    issuer = document.get("issuer")
    named = str(issuer.get("name", "")) if isinstance(issuer, dict) else ""
    did = issuer_of(document)
    parts = did_web_parts(did)
    return [
        ("holder", ", ".join(names)),
        ("title", str(document.get("name", ""))),
        ("issuer", f"{named} ({parts[0] if parts else did})".strip()),
    ]

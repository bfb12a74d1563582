"""mcsite keygen: a private key for whoever signs, its public half for issuers.yaml."""

import datetime as dt
import json
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mcsite.commands.project import catalogue_of
from mcsite.content.source import SourceFault, read_source
from mcsite.credentials.cryptosuites import public_key_of
from mcsite.credentials.did import did_web_for
from mcsite.credentials.proofs import timestamp
from mcsite.errors import UsageError
from mcsite.store.atomic import only_writer, refuse_inside, write_in_project
from mcsite.store.key_files import new_private_key, write_private_key


@dataclass(frozen=True, slots=True)
class NewKey:
    """What was made: where the private key is, and how the public one is called."""

    key_file: Path
    verification_method: str


def make_key(project: Path, out: Path, *, kind: str, did: str, now: dt.datetime) -> NewKey:
    """Write a new private key to `out`, outside the repository, and add its public half."""
    refuse_inside(out, project, "a private key")
    catalogue = catalogue_of(project, today=now.date())
    did = did or did_web_for(catalogue.site.base_url)
    if not _DID.fullmatch(did):
        raise UsageError(f"{did!r} isn't the DID of an issuer", hint="did:web:…, or leave it out")
    known = next((issuer for issuer in catalogue.issuers if issuer.did == did), None)
    used = {key.id for key in known.keys} if known else set()
    name = next(f"key-{n}" for n in range(1, len(used) + 2) if f"key-{n}" not in used)
    private = new_private_key(kind)
    public = public_key_of(private).multibase
    entry = f"- id: {name}\n  public_key: {public}\n  valid_from: {timestamp(now)}\n"
    path = project / "credentials" / "issuers.yaml"
    with only_writer(path.parent):
        text = path.read_text("utf-8") if path.exists() else _HEAD
        text = text if text.endswith("\n") else text + "\n"
        if known is None:
            title = str(catalogue.site.publisher.name.in_language(catalogue.site.default_language))
            text += f"- did: {did}\n  name: {json.dumps(title, ensure_ascii=False)}\n  keys:\n"
            text += _indented(entry, 4)
        else:
            text = _with_key(text, did, entry)
        _check_readable(text)
        write_private_key(out, private)
        write_in_project(project, path, text.encode())
    return NewKey(out, f"{did}#{name}")


_HEAD = """\
# Who signs credentials for this site, with every public key that ever did. A key that retires
# keeps its entry, with valid_until: credentials that it signed stay valid. Private keys are never
# in the repository.
"""
_KEYS = re.compile(r"keys: *(#.*)?")
_DID = re.compile(r"did:web:[A-Za-z0-9._:%-]+")


def _check_readable(text: str) -> None:
    """Refuse to write a file that mcsite wouldn't read: the old one may be laid out in any way."""
    try:
        read_source(text.encode(), PurePosixPath("credentials/issuers.yaml"))
    except SourceFault as fault:
        raise UsageError(
            "the key can't be added to credentials/issuers.yaml as that file is laid out",
            hint="write keys: and its entries on lines of their own",
        ) from fault


def _indented(text: str, depth: int) -> str:
    return "".join(" " * depth + line for line in text.splitlines(keepends=True))


def _with_key(text: str, did: str, entry: str) -> str:
    """Return issuers.yaml with one more key under the issuer, all else as it was."""
    lines = text.splitlines(keepends=True)
    pattern = re.compile(rf"-? *did: *[\"']?{re.escape(did)}[\"']? *(#.*)?")
    start = next((i for i, line in enumerate(lines) if pattern.fullmatch(line.strip())), None)
    if start is None:
        raise UsageError(
            f"the entry of {did} in credentials/issuers.yaml wasn't found",
            hint="write its did on a line of its own",
        )
    end = next((i for i in range(start + 1, len(lines)) if lines[i].startswith("- ")), len(lines))
    keys = next((i for i in range(start, end) if _KEYS.fullmatch(lines[i].strip())), None)
    if keys is None:
        return "".join([*lines[:end], "  keys:\n", _indented(entry, 4), *lines[end:]])
    depth, after = 4, keys + 1
    for i in range(keys + 1, end):
        starts = lines[i].lstrip().startswith("- ")
        if after == keys + 1 and starts:
            depth = _depth(lines[i])
        if lines[i].strip() and _depth(lines[i]) < depth + (0 if starts else 1):
            break
        after = i + 1
    return "".join([*lines[:after], _indented(entry, depth), *lines[after:]])


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())

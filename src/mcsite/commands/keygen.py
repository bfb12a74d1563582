"""mcsite keygen: a private key for whoever signs, its public half for issuers.yaml."""

import datetime as dt
import json
import re
from dataclasses import dataclass
from pathlib import Path

from mcsite.commands.project import catalogue_of, need_catalogue
from mcsite.content.source import SourceFault, read_source
from mcsite.credentials.cryptosuites import PublicKey, public_key_of
from mcsite.credentials.did import did_web_for
from mcsite.credentials.proofs import timestamp
from mcsite.errors import UsageError
from mcsite.store.atomic import refuse_inside, write_in_project
from mcsite.store.changes import changing
from mcsite.store.issuers import find_key
from mcsite.store.issuers_text import PATH
from mcsite.store.key_files import KeyName, new_private_key, open_key, write_private_key


@dataclass(frozen=True, slots=True)
class NewKey:
    """What was made or listed: where the private key is, and how the public one is called."""

    key_file: Path | None
    verification_method: str


def make_key(
    project: Path, out: Path, *, kind: str, did: str, now: dt.datetime, passphrase: str = ""
) -> NewKey:
    """Write a new private key to `out`, outside the repository, and add its public half; both, or
    neither.
    """
    need_catalogue(project)
    refuse_inside(out, project, "a private key")
    _refuse_existing(out)
    private = new_private_key(kind)
    with changing(project):
        path, text, method = _with_public(project, public_key_of(private), did, now)
        write_private_key(out, private, passphrase=passphrase)
        try:
            write_in_project(project, path, text.encode())
        except BaseException:
            if not _may_hold(path, text.encode()):  # a key that is listed is never lost
                out.unlink(missing_ok=True)
            raise
    return NewKey(out, method)


def _refuse_existing(out: Path) -> None:
    if out.exists():
        raise UsageError(
            f"{out} exists, and a key is never overwritten",
            hint=f"name another file; or list the key in it: mcsite keygen --existing {out}",
        )


def _may_hold(path: Path, data: bytes) -> bool:
    """Tell whether a file holds `data`, or nobody knows."""
    try:
        return path.read_bytes() == data
    except FileNotFoundError:
        return False
    except OSError:
        return True


def list_key(project: Path, name: KeyName, *, did: str, now: dt.datetime) -> NewKey:
    """Add the public half of a key that there is already, in a token for example."""
    need_catalogue(project)
    public = open_key(name, project).public
    with changing(project):
        path, text, method = _with_public(project, public, did, now)
        write_in_project(project, path, text.encode())
    return NewKey(None, method)


def _with_public(
    project: Path, public: PublicKey, did: str, now: dt.datetime
) -> tuple[Path, str, str]:
    """Return issuers.yaml, its text with one more key, and how that key is called."""
    catalogue = catalogue_of(project, today=now.date())
    listed = find_key(catalogue.issuers, public)
    if listed is not None:
        raise UsageError(f"this key is in {PATH} already, as {listed[1].id}")
    did = _checked(did) if did else _did_of(catalogue.site.base_url)
    known = next((issuer for issuer in catalogue.issuers if issuer.did == did), None)
    used = {key.id for key in known.keys} if known else set()
    name = next(f"key-{n}" for n in range(1, len(used) + 2) if f"key-{n}" not in used)
    entry = f"- id: {name}\n  public_key: {public.multibase}\n  valid_from: {timestamp(now)}\n"
    path = project / PATH
    text = path.read_text("utf-8") if path.exists() else _HEAD
    text = text if text.endswith("\n") else text + "\n"
    if known is None:
        title = str(catalogue.site.publisher.name.in_language(catalogue.site.default_language))
        text += f"- did: {did}\n  name: {json.dumps(title, ensure_ascii=False)}\n  keys:\n"
        text += _indented(entry, 4)
    else:
        text = _with_key(text, did, entry)
    _check_readable(text)
    return path, text, f"{did}#{name}"


def _checked(did: str) -> str:
    if not _DID.fullmatch(did):
        raise UsageError(f"{did!r} isn't the DID of an issuer", hint="did:web:…, or leave it out")
    return did


def _did_of(base_url: str) -> str:
    """Return the DID that belongs to the site's address."""
    did = did_web_for(base_url)
    if not _DID.fullmatch(did):
        raise UsageError(
            f"the issuer's DID can't be made of the site's address, {base_url}",
            hint="in site.yaml write letters, digits, . _ - and %XX alone, e.g. %7E for ~",
        )
    return did


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
        read_source(text.encode(), PATH)
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

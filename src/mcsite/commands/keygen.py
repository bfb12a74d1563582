"""mcsite keygen: a private key for whoever signs, its public half for issuers.yaml."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from mcsite.commands.project import catalogue_of
from mcsite.credentials.cryptosuites import public_key_of
from mcsite.credentials.did import did_web_for
from mcsite.credentials.proofs import timestamp
from mcsite.store.atomic import only_writer, refuse_inside, write_atomically
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
    known = next((issuer for issuer in catalogue.issuers if issuer.did == did), None)
    name = f"key-{len(known.keys) + 1 if known else 1}"
    private = new_private_key(kind)
    public = public_key_of(private).multibase
    entry = f"- id: {name}\n  public_key: {public}\n  valid_from: {timestamp(now)}\n"
    path = project / "credentials" / "issuers.yaml"
    with only_writer(path.parent):
        text = path.read_text("utf-8") if path.exists() else _HEAD
        if known is None:
            title = str(catalogue.site.publisher.name.in_language(catalogue.site.default_language))
            text += f"- did: {did}\n  name: {json.dumps(title, ensure_ascii=False)}\n  keys:\n"
            text += _indented(entry, 4)
        else:
            text = _with_key(text, did, entry)
        write_private_key(out, private)
        write_atomically(path, text.encode())
    return NewKey(out, f"{did}#{name}")


_HEAD = """\
# Who signs credentials for this site, with every public key that ever did. A key that retires
# keeps its
# entry, with valid_until: credentials that it signed stay valid. Private keys are never in the
# repository.
"""


def _indented(text: str, depth: int) -> str:
    return "".join(" " * depth + line for line in text.splitlines(keepends=True))


def _with_key(text: str, did: str, entry: str) -> str:
    """Return issuers.yaml with one more key under the issuer, all else as it was."""
    lines = text.splitlines(keepends=True)
    start = next(i for i, line in enumerate(lines) if f"did: {did}" in line.replace('"', ""))
    end = next((i for i in range(start + 1, len(lines)) if lines[i].startswith("- ")), len(lines))
    keys = next((i for i in range(start, end) if lines[i].strip() == "keys:"), None)
    if keys is None:
        return "".join([*lines[:end], "  keys:\n", _indented(entry, 4), *lines[end:]])
    item = next(line for line in lines[keys + 1 :] if line.lstrip().startswith("- "))
    depth = len(item) - len(item.lstrip())
    return "".join([*lines[:end], _indented(entry, depth), *lines[end:]])

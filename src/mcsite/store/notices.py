"""Status notices in credentials/status.yaml: whether verifiers believe them, and signing them anew
where they stand.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from mcsite.credentials.checks import IssuerKeys
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.proofs import proofs_of, verify_proofs
from mcsite.credentials.strict_json import JsonFault, parse_object
from mcsite.credentials.times import parse_time
from mcsite.errors import MachineError, UsageError
from mcsite.findings import Finding, Position, Severity
from mcsite.store.status_log import (
    PATH,
    Noted,
    StatusEvent,
    compact,
    noted_events,
    notice_text,
    parse_status_log,
)

_ALTERED = "restore the notice from Git: what it says is signed"
_KEY_ENDED = "run mcsite refresh --key KEYFILE with another key"
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # as YAML takes them
_QUOTED = re.compile(r"'[^']*(?:''[^']*)*'" r'|"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)


def notice_findings(
    noted: Iterable[Noted], keys_of: Callable[[str], IssuerKeys]
) -> Iterator[Finding]:
    """Yield the notices of a status.yaml that verifiers don't believe."""
    for event, entry in noted:
        if event.notice is None:
            continue
        said, hint = _fault(notice_in(event), keys_of)
        if said:
            yield Finding(
                at=Position(PATH, entry.line, entry.column),
                code="MC519",
                severity=Severity.WARNING,
                message=f"the notice about {event.id} isn't believed: {said}",
                hint=hint,
            )


def notice_in(event: StatusEvent) -> JsonObject | None:
    """Return the notice of an event, None where it has none that can be read."""
    try:
        return parse_object((event.notice or "").encode())
    except JsonFault:
        return None


def ended_key(document: JsonObject, keys: IssuerKeys) -> str:
    """Say which key of a document whose proofs hold doesn't count any more; empty: all do."""
    for proof in proofs_of(document):
        record = keys.keys[str(proof.get("verificationMethod"))]
        created = parse_time(proof.get("created"))
        if record.revoked is not None:
            return f"the key {record.id} was stolen"
        if created is None or not record.covers(created):
            return f"the key {record.id} wasn't in use when it signed"
    return ""


def proofs_hold(document: JsonObject, keys: IssuerKeys) -> bool:
    """Tell whether a document is what keys of an issuer signed, also keys that ended."""
    return verify_proofs(document, keys.key_of, check_rdfc=False).holds


def _fault(notice: JsonObject | None, keys_of: Callable[[str], IssuerKeys]) -> tuple[str, str]:
    """Return why a notice isn't believed, empty where it is, and what to do."""
    if notice is None:
        return "it isn't JSON that mcsite reads", _ALTERED
    methods = {str(proof.get("verificationMethod")) for proof in proofs_of(notice)}
    issuers = {method.split("#", 1)[0] for method in methods}
    keys = keys_of(issuers.pop()) if len(issuers) == 1 else IssuerKeys()
    unknown = sorted(methods - keys.keys.keys())
    if unknown:
        return f"the key {', '.join(unknown)} isn't in issuers.yaml", "restore the key's entry"
    if not proofs_hold(notice, keys):
        return "its proof doesn't hold", _ALTERED
    return ended_key(notice, keys), _KEY_ENDED


def with_notices(data: bytes, anew: Callable[[StatusEvent], JsonObject | None]) -> bytes:
    """Return the text of a status.yaml with the notices that `anew` gives in place of those that
    events have, all else as somebody wrote it. UsageError where one stands so that it can't be
    replaced.
    """
    noted, _ = noted_events(data)
    text = data.decode("utf-8-sig")
    lines = [0, *(found.end() for found in _LINE_END.finditer(text))]
    pieces, end, events = [], 0, []
    for event, entry in noted:
        notice = anew(event)
        if notice is not None:
            scalar = entry.entries["notice"][1]
            begin = lines[scalar.line - 1] + scalar.column - 1
            found = _QUOTED.match(text, begin)
            if found is None:
                raise _unwritable(event, scalar.line)
            pieces += [text[end:begin], notice_text(compact(notice))]
            end = found.end()
            event = event.model_copy(update={"notice": compact(notice)})  # noqa: PLW2901 -- as it is now
        events.append(event)
    if not pieces:
        return data
    made = "".join([*pieces, text[end:]]).encode()
    if parse_status_log(made)[0].events != tuple(events):
        raise MachineError(f"the notices signed anew can't be read back; {PATH} is as it was")
    return made


def _unwritable(event: StatusEvent, line: int) -> UsageError:
    return UsageError(
        f"the notice about {event.id} can't be signed anew as {PATH} is laid out",
        hint=f"line {line}: write the notice in quotes",
    )

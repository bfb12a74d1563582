"""What a report says and in which order, before it becomes text or Markdown."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mcsite.review.comparison import FileChange
from mcsite.review.diff import Difference, IssuedChange, ThingChange
from mcsite.review.fields import FieldChange
from mcsite.review.issued import Issued
from mcsite.review.words import counted
from mcsite.store.status_log import StatusEvent

_WIDE = 90  # characters of a value that are shown
_FILES = 20  # that are named
_AROUND = 30  # before what differs
_NOUNS = {
    "courses": ("course", "courses"),
    "providers": ("provider", "providers"),
    "pathways": ("pathway", "pathways"),
}
_DONE = {
    "revoke": "revoked",
    "suspend": "suspended",
    "reinstate": "reinstated",
    "supersede": "superseded",
}


@dataclass(frozen=True, slots=True)
class Detail:
    """A line below an item: words of ours, and texts of the content between or after them."""

    words: str
    texts: tuple[str, ...] = ()
    after: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that changed: what happened, to what, where that can be seen, and the details."""

    words: str
    name: str = ""
    title: str = ""
    page: str = ""
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Items of one kind. `note` stands below them."""

    title: str
    items: tuple[Item, ...]
    note: str = ""


def sections_of(difference: Difference) -> list[Section]:
    """Return the sections that have something in them; warnings and errors aren't among them."""
    found = [
        _things(difference, "Courses", "courses"),
        _things(difference, "Providers", "providers"),
        _things(difference, "Pathways", "pathways"),
        _things(difference, "Site", "site"),
        Section("Credentials", tuple(_credentials(difference))),
        Section("Keys", tuple(_keys(difference))),
        Section("Pictures and other assets", tuple(_files(difference.assets))),
        Section("Other files", tuple(_files(difference.others))),
    ]
    return [section for section in found if section.items]


def summary_of(difference: Difference) -> str:
    """Return everything in one line: "1 course added, 2 changed; 30 credentials issued"."""
    parts = [_counts(difference.of(kind), *nouns) for kind, nouns in _NOUNS.items()]
    parts += ["the site changed"] if difference.of("site") else []
    parts += [_summary_of_credentials(difference)]
    parts += [_changes((key.change for key in difference.keys), "key", "keys")]
    files = len(difference.assets) + len(difference.others)
    parts += [f"{counted(files, 'other file')} changed"] if files else []
    return "; ".join(filter(None, parts)) or "nothing of the content changed"


def faults_of(difference: Difference) -> str:
    """Return how much there is to look at first: "1 error, 2 warnings", or nothing."""
    found = Counter(
        str(finding.severity) for finding in (*difference.unreadable, *difference.warnings)
    )
    return ", ".join(
        counted(found[word], word) for word in ("error", "warning", "note") if found[word]
    )


def _counts(things: Sequence[ThingChange], noun: str, plural: str) -> str:
    return _changes((thing.change for thing in things), noun, plural)


def _changes(changes: Iterable[str], noun: str, plural: str) -> str:
    parts = []
    for index, (change, count) in enumerate(sorted(Counter(changes).items())):
        parts.append(f"{counted(count, noun, plural) if index == 0 else f'{count:,}'} {change}")
    return ", ".join(parts)


def _summary_of_credentials(difference: Difference) -> str:
    issued = sum(change.count for change in difference.issued)
    done = Counter(_DONE[event.action] for event in difference.events if event.action in _DONE)
    done["erased"] = len(difference.erased)
    parts = [f"{issued:,} issued"] if issued else []
    parts += [f"{count:,} {what}" for what, count in sorted(done.items()) if count]
    if not parts:
        return ""
    first, _, rest = parts[0].partition(" ")
    noun = "credential" if first == "1" else "credentials"
    return ", ".join([f"{first} {noun} {rest}", *parts[1:]])


def _things(difference: Difference, title: str, kind: str) -> Section:
    note = ""
    if kind == "courses" and difference.sealed:
        note = (
            f"{counted(difference.sealed, 'sealed credential')} can't be read: "
            "some may be for these courses."
        )
    return Section(title, tuple(map(_thing, difference.of(kind))), note)


def _thing(thing: ThingChange) -> Item:
    fields = [change for change in thing.fields if not _is_said(thing, change)]
    details = [_field(change, thing.issued) for change in fields]
    details += [
        Detail(f"{one.label} wasn't translated anew into {one.language}") for one in thing.stale
    ]
    if thing.change == "unreadable":
        details.append(Detail("one of its versions can't be read, so that nothing can be compared"))
    if thing.issued is not None:
        details.append(_issued(thing.issued))
        if thing.change == "removed" and not thing.successor:
            details.append(Detail("they lead to its page, which withdrawn: would keep"))
    if thing.successor:
        details.append(Detail("its addresses lead to", (thing.successor,)))
    return Item(thing.change, thing.id, one_line(thing.title), thing.page, tuple(details))


def _is_said(thing: ThingChange, change: FieldChange) -> bool:
    """Tell whether a change of a field says the same as that of the id."""
    return change.loc[0] == "aliases" and change.after == thing.earlier


def _field(change: FieldChange, issued: Issued | None) -> Detail:
    after = ""
    if change.name == "workload.ects" and issued is not None and change.before:
        count = issued.with_ects(change.before)
        if count:
            were = "was" if count == 1 else "were"
            after = f"{counted(count, 'credential')} {were} issued under {change.before}"
    if change.name == "withdrawn" and not change.before:
        return Detail("not offered from", (one_line(change.after),))
    if not change.before or not change.after:
        what = "removed" if change.before else "added"
        text = one_line(change.before or change.after)
        return Detail(f"{change.label} {what}", (text,) if text else (), after)
    return Detail(change.label, excerpts(change.before, change.after), after)


def _issued(issued: Issued) -> Detail:
    versions: Counter[str] = Counter()
    for terms, count in issued.by_terms.items():
        versions[terms.version] += count
    said = [f"{count:,} under version {version}" for version, count in sorted(versions.items())]
    if len(said) == 1:
        version = next(iter(versions))
        total = counted(issued.readable, "credential")
        text = f"{total} issued before, under version {version}"
    elif said:
        text = f"{counted(issued.readable, 'credential')} issued before: {', '.join(said)}"
    else:
        text = "no credential of before can be read"
    if issued.sealed:
        text += f"; {counted(issued.sealed, 'sealed one')} in batches named after it"
    return Detail(text)


def _credentials(difference: Difference) -> Iterator[Item]:
    for change in difference.issued:
        yield _added(change)
    for event in difference.events:
        if event.action in _DONE:
            yield _event(event)
    for one in difference.erased:
        yield Item("erased", one.id)
    if difference.lists:
        numbers = ", ".join(map(str, difference.lists))
        many = len(difference.lists) > 1
        yield Item(f"status {'lists' if many else 'list'} {numbers} signed anew")


def _added(change: IssuedChange) -> Item:
    kind = change.kind
    what = f"{change.count:,} {'sealed ' if kind.sealed else ''}issued"
    by = f"in {kind.batch.name}, signed with {kind.key.rpartition('#')[2] or 'no key'}"
    return Item(what, kind.course, details=(Detail(by),))


def _event(event: StatusEvent) -> Item:
    by = (event.key or "").rpartition("#")[2]
    reason = event.reason.in_language(event.reason.default).text if event.reason else ""
    details = [Detail(f"signed with {by}")]
    details += [Detail("reason", (one_line(reason),))] if reason.strip() else []
    details += [Detail(f"replaced by {event.superseded_by}")] if event.superseded_by else []
    return Item(_DONE[event.action], event.id, details=tuple(details))


def _keys(difference: Difference) -> Iterator[Item]:
    for key in difference.keys:
        since = {"added": "signs from", "retired": "on", "compromised": "known to be stolen on"}
        when = f"{since[key.change]} {key.at:%Y-%m-%d}" if key.at and key.change in since else ""
        yield Item(key.change, key.key, details=(Detail(when),) if when else ())


def _files(files: Sequence[FileChange]) -> Iterator[Item]:
    for file in files[:_FILES]:
        yield Item(file.change, str(file.path))
    if len(files) > _FILES:
        yield Item(f"and {len(files) - _FILES:,} more")


def one_line(text: str, wide: int = _WIDE) -> str:
    """Return the beginning of a text, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= wide else f"{flat[: wide - 1].rstrip()}…"


def excerpts(before: str, after: str) -> tuple[str, str]:
    """Return two texts on a line each; of long ones, what is around the first difference."""
    one, other = " ".join(before.split()), " ".join(after.split())
    if max(len(one), len(other)) <= _WIDE or one == other:
        return one_line(one), one_line(other)
    same = next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    start = max(0, same - _AROUND)
    cut = "…" if start else ""
    return cut + one_line(one[start:]), cut + one_line(other[start:])

"""mcsite issue: from a list of learners to signed credentials. All of a batch is written, or
nothing.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from mcsite.commands.cautions import added, left_out, repeated, unpublished
from mcsite.commands.signing import (
    IssuerSigner,
    list_owners,
    signed_lists,
    signer_of,
    signing,
)
from mcsite.content.catalogue import Catalogue
from mcsite.content.fields import did_you_mean
from mcsite.content.models.course import Course
from mcsite.content.models.site import Issuer
from mcsite.credentials.did import did_web_parts
from mcsite.credentials.evidence import Evidence, Registry
from mcsite.credentials.ids import ID_BYTES, credential_url, new_credential_id
from mcsite.credentials.issue import Terms, credential_document, sealed_envelope, sign
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.proofs import UnmappedTerm
from mcsite.credentials.reading import link_of, listed
from mcsite.credentials.sealing import KEY_BYTES
from mcsite.credentials.status_list import MIN_LENGTH, status_entries
from mcsite.credentials.verdict import Check, State
from mcsite.credentials.verify import verify
from mcsite.errors import ContentError, MachineError, UsageError
from mcsite.exports.open_badges import achievement
from mcsite.findings import Finding
from mcsite.store.atomic import refuse_inside, write_atomically
from mcsite.store.batches import read_batches
from mcsite.store.changes import change_together, is_unfinished
from mcsite.store.issuers import documents_of
from mcsite.store.key_files import KeyName
from mcsite.store.learners import LearnerRow, read_learners
from mcsite.store.status_log import sound_status_log

RandomBytes = Callable[[int], bytes]
_PLACE = re.compile(r".+/status/([0-9]{1,6})\.json#([0-9]{1,9})")
_BATCH = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CAPACITY = MIN_LENGTH * 9 // 10  # of a list: beyond it, a random free index takes long to find


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRequest:
    """What to issue, to whom, and how."""

    project: Path
    course: str
    learners: Path
    key_file: KeyName
    privacy: str = ""  # "sealed" or "public"; empty: the site's default
    links: Path | None = None
    batch: str = ""
    dry_run: bool = False
    replacing: bool = False  # a correction is issued for a withdrawn course too
    list_capacity: int = CAPACITY
    now: dt.datetime
    random_bytes: RandomBytes


@dataclass(frozen=True, slots=True)
class Issued:
    """One credential that was made: whose it is, its id, and the link to give to its holder."""

    name: str
    email: str
    id: str
    link: str


@dataclass(frozen=True, slots=True)
class IssueReport:
    """What was issued, the files that changed, and what to tell beside."""

    issued: tuple[Issued, ...]
    privacy: str
    files: tuple[Path, ...] = field(default=())
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A request that was looked through: its course, who signs, and every learner."""

    request: IssueRequest
    catalogue: Catalogue
    course: Course
    by: IssuerSigner
    rows: tuple[LearnerRow, ...]
    cautions: tuple[str, ...] = ()

    @property
    def batch(self) -> Path:
        """The file that the credentials are added to."""
        name = self.request.batch or f"{self.request.now.date().isoformat()}-{self.course.id}"
        return self.request.project / "credentials" / f"{name}.jsonl"

    @property
    def privacy(self) -> str:
        """How the credentials will be issued."""
        return self.request.privacy or self.catalogue.site.privacy


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Signed credentials that aren't written yet."""

    order: Order
    issued: tuple[Issued, ...]
    batch: Path
    data: bytes  # of the whole batch
    new_lists: frozenset[int]  # revocation lists that they name and that aren't on disk


def issue_credentials(request: IssueRequest, catalogue: Catalogue) -> IssueReport:
    """Issue one credential a learner. Nothing is written unless every row is good."""
    by = signer_of(catalogue, request.key_file, now=request.now)
    if request.dry_run:
        order = order_of(request, catalogue, by)
        unsigned = (Issued(row.learner.name, row.email, "", "") for row in order.rows)
        return IssueReport(tuple(unsigned), order.privacy, cautions=order.cautions)
    with signing(catalogue, by, now=request.now) as (current, by):
        made = prepare(order_of(request, current, by))
        log = sound_status_log(request.project)
        lists = (
            signed_lists(current, by, log, made.new_lists, request.now) if made.new_lists else []
        )
        return write_issued(made, {one.path: one.data for one in lists})


def order_of(request: IssueRequest, catalogue: Catalogue, by: IssuerSigner) -> Order:
    """Return the request with all that it names, or refuse it before anything is signed."""
    course = _course(catalogue, request)
    _check_batch(request.batch)
    if by.issuer.providers and course.provider not in by.issuer.providers:
        raise UsageError(f"{by.issuer.did} doesn't sign for the provider {course.provider}")
    _check_links(request, request.privacy or catalogue.site.privacy)
    rows, findings = read_learners(
        request.learners, today=request.now.date(), languages=catalogue.site.languages
    )
    if findings:
        raise ContentError(
            f"{request.learners.name} can't be issued from; nothing was signed", findings=findings
        )
    order = Order(request=request, catalogue=catalogue, course=course, by=by, rows=tuple(rows))
    return replace(order, cautions=tuple(_cautions(order)))


def _cautions(order: Order) -> Iterator[str]:
    yield from unpublished(order.catalogue, order.by.issuer)
    request, rows = order.request, order.rows
    if order.privacy == "public":
        yield from left_out(rows)
    if request.replacing:
        return
    if order.privacy == "sealed":
        yield from added(order.batch, len(rows))
    else:
        yield from repeated(request.project, order.batch, order.course, rows, request.now.date())


def _course(catalogue: Catalogue, request: IssueRequest) -> Course:
    course = catalogue.courses.get(request.course)
    if course is None:
        renamed = catalogue.aliases("courses").get(request.course)
        near = did_you_mean(request.course, catalogue.courses)
        hint = f"it is called {renamed!r} now" if renamed else near
        raise UsageError(f"there is no course {request.course!r} in the catalogue", hint=hint)
    sunset = catalogue.site.sunset
    if sunset is not None and sunset.since <= request.now.date() and not request.replacing:
        raise UsageError(
            f"the catalogue was closed on {sunset.since}: nothing is issued any more",
            hint="mistakes can still be corrected, with mcsite supersede",
        )
    if course.withdrawn is not None and not request.replacing:
        raise UsageError(f"the course {course.id!r} was withdrawn on {course.withdrawn.since}")
    return course


def _check_batch(name: str) -> None:
    if name and not _BATCH.fullmatch(name):
        raise UsageError(
            f"{name!r} can't be the name of a batch",
            hint="lower-case letters, digits and single hyphens, e.g. 2027-01-data-stewardship",
        )


def _check_links(request: IssueRequest, privacy: str) -> None:
    if privacy == "sealed" and request.links is None and not request.dry_run:
        raise UsageError(
            "sealed credentials need --links FILE: the links hold the only keys",
            hint="name a file outside the repository",
        )
    if request.links is not None:
        refuse_inside(request.links, request.project, "the file of links")
        if request.links.exists():
            raise UsageError(f"{request.links} exists; links are never overwritten")


def prepare(order: Order) -> Prepared:
    """Sign the credentials of an order; the caller holds the project's credentials."""
    request = order.request
    places = FreePlaces(
        request.project, request.random_bytes, order.by.issuer.did, request.list_capacity
    )
    maker = _Maker(order)
    lines: list[bytes] = []
    issued: list[Issued] = []
    for row in order.rows:
        document = maker.credential(row, places.take(), public=order.privacy == "public")
        made = maker.issued(row, document)
        if order.privacy == "sealed":
            key = request.random_bytes(KEY_BYTES)
            document = sealed_envelope(document, key, order.by.signer, request.now)
            made = Issued(made.name, made.email, made.id, link_of(made.link, key))
        lines.append(canonical(document) + b"\n")
        issued.append(made)
    before = order.batch.read_bytes() if order.batch.exists() else b""
    if before and not before.endswith(b"\n"):
        before += b"\n"
    return Prepared(
        order=order,
        issued=tuple(issued),
        batch=order.batch,
        data=before + b"".join(lines),
        new_lists=frozenset(places.lists_without_file(request.project)),
    )


def write_issued(made: Prepared, others: Mapping[Path, bytes]) -> IssueReport:
    """Write the links, then the batch and `others` together; where that fails, no link stays."""
    request = made.order.request
    if request.links is not None:
        write_atomically(request.links, _links_csv(made.issued), mode=0o600)
    try:
        change_together(request.project, {made.batch: made.data, **others})
    except MachineError:
        if request.links is not None and not is_unfinished(request.project):
            request.links.unlink(missing_ok=True)
        raise
    order, files = made.order, (made.batch, *others)
    return IssueReport(made.issued, order.privacy, files, order.cautions)


class FreePlaces:
    """Random places in an issuer's status lists that no credential has, and none ever had."""

    def __init__(
        self, project: Path, random_bytes: RandomBytes, did: str, capacity: int = CAPACITY
    ) -> None:
        self.random_bytes = random_bytes
        self.capacity = capacity
        self.taken: dict[int, set[int]] = {}
        for stored in read_batches(project):
            if isinstance(stored, Finding):
                raise ContentError("credentials/ has errors; run mcsite check", findings=[stored])
            for number, index in places_of(stored.document):
                self.taken.setdefault(number, set()).add(index)
        for event in sound_status_log(project).events:
            self.taken.setdefault(event.list, set()).add(event.index)
        owners = list_owners(project)
        self.mine = [n for n, owner in owners.items() if owner == did and n % 2]
        self.free = max((*owners, *self.taken, 0)) // 2 * 2 + 1  # the next pair that nobody has
        while self.free in owners or self.free in self.taken:
            self.free += 2

    def take(self) -> tuple[int, int]:
        """Return the number of a revocation list and a free index in it."""
        number = max(self.mine, default=0)
        taken = self.taken.setdefault(number, set())
        if not number or len(taken) >= self.capacity:
            number = self.free
            self.free += 2
            self.mine.append(number)
            self.taken[number] = set()
        while True:
            index = int.from_bytes(self.random_bytes(4)) % MIN_LENGTH
            if index not in self.taken[number]:
                self.taken[number].add(index)
                return number, index

    def lists_without_file(self, project: Path) -> set[int]:
        """Return the revocation lists that credentials name and that aren't on disk yet."""
        folder = project / "credentials" / "status"
        return {number for number in self.mine if not (folder / f"{number}.json").exists()}


def places_of(document: JsonObject) -> list[tuple[int, int]]:
    """Return (revocation list, index) of a stored credential: one, or none."""
    found = []
    for entry in listed(document.get("credentialStatus")):
        if not isinstance(entry, dict) or entry.get("statusPurpose") != "revocation":
            continue
        url, index = entry.get("statusListCredential"), entry.get("statusListIndex")
        place = _PLACE.fullmatch(f"{url}#{index}")
        if place is None:
            raise ContentError(f"the status of {document.get('id')} isn't one of this site's")
        found.append((int(place[1]), int(place[2])))
    return found


class _Maker:
    """Makes and checks the credentials of one batch."""

    def __init__(self, order: Order) -> None:
        self.request, self.catalogue, self.by = order.request, order.catalogue, order.by
        self.achievements = {
            language: achievement(order.course, order.catalogue, language)
            for language in order.catalogue.site.languages
        }
        self.evidence = Evidence(
            did_documents=documents_of([self.by.issuer]),
            registries=(Registry("own", frozenset({self.by.issuer.did})),),
        )

    def credential(self, row: LearnerRow, place: tuple[int, int], *, public: bool) -> JsonObject:
        """Return the signed credential of a row, after the own verifier has read it."""
        base_url = self.catalogue.site.base_url
        terms = Terms(
            url=credential_url(base_url, new_credential_id(self.request.random_bytes(ID_BYTES))),
            issuer=self._profile(row.language),
            achievement=self.achievements[row.language],
            status=status_entries(base_url, *place),
            valid_from=_midnight(row.issued_on) if row.issued_on else self.request.now,
            valid_until=_last_second(row.valid_until) if row.valid_until else None,
        )
        learner = row.learner.public() if public else row.learner
        try:
            document = sign(credential_document(learner, terms), self.by.signer, self.request.now)
        except UnmappedTerm as error:
            raise MachineError(
                f"the credential of {learner.name} can't be signed: {error}"
            ) from error
        self._check(document, learner.name)
        return document

    def _check(self, document: JsonObject, name: str) -> None:
        found = verify(canonical(document), self.evidence, self.request.now)
        states = {result.check: result.state for result in found.checks}
        for check in (Check.FORMAT, Check.SIGNATURE, Check.ISSUER_KEY):
            if states[check] is not State.PASSED:
                raise MachineError(f"the credential of {name} doesn't verify ({check})")

    def issued(self, row: LearnerRow, document: JsonObject) -> Issued:
        """Return what the report says of a credential."""
        url = str(document["id"])
        return Issued(row.learner.name, row.email, url.rstrip("/").rsplit("/", 1)[-1], url)

    def _profile(self, language: str) -> JsonObject:
        issuer = self.by.issuer
        profile: dict[str, JsonValue] = {
            "id": issuer.did,
            "type": ["Profile"],
            "name": str(issuer.name.in_language(language)),
        }
        address = _address_of(issuer, self.catalogue.site.base_url)
        if address:
            profile["url"] = address
        return profile


def _address_of(issuer: Issuer, base_url: str) -> str:
    """Return the web site of an issuer: the one that it states, or this one where its DID is of the
    same host, of which other pages may be somebody else's; or where its DID stands, if anywhere.
    """
    parts = did_web_parts(issuer.did)
    if issuer.url or parts is None:
        return issuer.url or ""
    host, path = parts
    if host == urlsplit(base_url).netloc:
        return f"{base_url}/"
    return f"https://{host}/{path}/" if path else f"https://{host}/"


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def _last_second(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(23, 59, 59), dt.UTC)


def _links_csv(issued: Iterable[Issued]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["name", "email", "link"])
    writer.writerows([made.name, made.email, made.link] for made in issued)
    return text.getvalue().encode("utf-8-sig")

"""A project's folder, read whole: the catalogue, and everything that is wrong with it."""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, TypeVar

from mcsite.content.catalogue import Catalogue, LabourMarketRow
from mcsite.content.documents import first_language
from mcsite.content.files import is_inside, read_file, read_plainly
from mcsite.content.known import Known
from mcsite.content.labour_market import read_labour_market
from mcsite.content.models.base import ContentModel
from mcsite.content.models.course import Course
from mcsite.content.models.pathway import Pathway
from mcsite.content.models.provider import Provider
from mcsite.content.models.site import Issuer, Site
from mcsite.content.rules import all_rules
from mcsite.content.rules.places import Places
from mcsite.content.source import (
    Node,
    Scalar,
    Sequence,
    SourceFault,
    plain_values,
    read_source,
)
from mcsite.content.text import Text
from mcsite.content.validation import model_of, read_model
from mcsite.findings import Finding, Position, Severity, has_errors

Model = TypeVar("Model", bound=ContentModel)
SITE = PurePosixPath("catalogue/site.yaml")
ISSUERS = PurePosixPath("credentials/issuers.yaml")
LABOUR_MARKET = PurePosixPath("catalogue/labour-market.csv")
MAX_TABLE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading found. `catalogue` is None where errors leave nothing to build from.

    `readable` is what could be read, without the files that are at fault; None without a site.
    """

    catalogue: Catalogue | None
    findings: tuple[Finding, ...]
    readable: Catalogue | None = None
    places: Places | None = None  # where its values stand
    digests: Mapping[str, str] = field(default_factory=dict)  # sha256 of the files, by key


def load_catalogue(root: Path, *, today: dt.date, known: Known | None = None) -> Loaded:
    """Read the project in `root`. All findings come at once, sorted by place. What is `known` isn't
    read again.

    Raises MachineError where a file can't be read for a reason that isn't in the file.
    """
    reader = _Reader(root, known)
    site = reader.site()
    providers = reader.folder("providers", Provider)
    courses = reader.folder("courses", Course)
    pathways = reader.folder("pathways", Pathway)
    issuers = reader.issuers()
    labour_market = reader.labour_market()
    if site is None:
        return Loaded(None, _in_order(reader.findings))
    catalogue = Catalogue(
        root=root,
        site=site,
        providers=MappingProxyType(providers),
        courses=MappingProxyType(courses),
        pathways=MappingProxyType(pathways),
        issuers=tuple(issuers),
        labour_market=labour_market,
        skills=_labels(courses, "skills"),
        occupations=_labels(courses, "occupations"),
        places=MappingProxyType(reader.places),
    )
    places = Places(reader.sources)
    found = all_rules(catalogue, places, today)
    findings = _in_order([*reader.findings, *found])
    digests = {key: sha256(data).hexdigest() for key, data in reader.sources.items()}
    whole = None if has_errors(findings) else catalogue
    return Loaded(whole, findings, catalogue, places, digests)


def load_issuers(root: Path, site: Site) -> tuple[tuple[Issuer, ...], tuple[Finding, ...]]:
    """Read issuers.yaml alone, with what is wrong in it."""
    reader = _Reader(root, None)
    reader.context = {"default_language": site.default_language, "languages": site.languages}
    issuers = reader.issuers()
    return tuple(issuers), _in_order(reader.findings)


def load_site(root: Path) -> Site | None:
    """Return what site.yaml says; None where it can't be read, and `load_catalogue` tells why."""
    return _Reader(root, None).site()


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.at, finding.code)))


def _labels(courses: dict[str, Course], name: str) -> MappingProxyType[str, Text]:
    found: dict[str, Text] = {}
    for course in courses.values():
        for skill in getattr(course, name):
            found.setdefault(skill.uri, skill.label)
    return MappingProxyType(dict(sorted(found.items())))


class _Reader:
    """Reads files of a project, and remembers what was wrong and where things stand."""

    def __init__(self, root: Path, known: Known | None) -> None:
        self.root = root
        self.known = known
        self.findings: list[Finding] = []
        self.places: dict[str, Position] = {}
        self.sources: dict[str, bytes] = {}  # of files that hold YAML, whole or faulty
        self.context: dict[str, Any] = {}

    def site(self) -> Site | None:
        """Read site.yaml, whose first language is the one of all plain texts."""
        data = self._bytes("site", SITE)
        node = None if data is None else self._node(SITE, data)
        if node is None:
            return None
        self.context = {"default_language": first_language(node)}
        site = self._model(Site, node, SITE)
        if site is not None:
            self.context["languages"] = site.languages
        return site

    def folder(self, kind: str, model: type[Model]) -> dict[str, Model]:
        """Read one file a thing; the file's name is its id."""
        found: dict[str, Model] = {}
        seen: dict[str, str] = {}
        folder = PurePosixPath("catalogue", kind)
        plainly = is_inside(self.root, folder)
        for path in self._files(folder):
            name, key = path.stem, f"{kind}/{path.stem}"
            first = seen.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
            if first != name:
                self._report(path, "MC302", f"{name!r} is the same id as {first!r}")
            self.places[key] = Position(path)
            data = self._bytes(key, path, plainly=plainly)
            read = None if data is None else self._thing(model, path, data)
            if read is not None:
                found[name] = read
        return found

    def _thing(self, model: type[Model], path: PurePosixPath, data: bytes) -> Model | None:
        """Read a file; with places only where something in it has to be reported."""
        found = self.known and self.known.held(model, path, data, self.context)
        if found:
            return found
        values = plain_values(data)
        read = values and model_of(model, values, self.context, id=path.stem)
        if read:
            if self.known:
                self.known.keep(path, data, self.context, read)
            return read
        node = self._node(path, data)
        return None if node is None else self._model(model, node, path, id=path.stem)

    def issuers(self) -> list[Issuer]:
        """Read issuers.yaml, a list; a project that issued nothing yet has none."""
        if not (self.root / ISSUERS).exists():
            return []
        data = self._bytes("issuers", ISSUERS)
        node = None if data is None else self._node(ISSUERS, data)
        if node is None:
            return []
        if not isinstance(node, Sequence):
            self._report(ISSUERS, "MC203", "should be a list of issuers")
            return []
        read = [self._model(Issuer, item, ISSUERS) for item in node.items]
        return [issuer for issuer in read if issuer is not None]

    def labour_market(self) -> tuple[LabourMarketRow, ...]:
        """Read labour-market.csv, where there is one."""
        if not (self.root / LABOUR_MARKET).exists():
            return ()
        try:
            data = read_file(self.root, LABOUR_MARKET, max_bytes=MAX_TABLE)
        except SourceFault as fault:
            self.findings.extend(fault.findings)
            return ()
        rows, findings = read_labour_market(data, LABOUR_MARKET)
        self.findings.extend(findings)
        return rows

    def _files(self, folder: PurePosixPath) -> Iterator[PurePosixPath]:
        where = self.root / folder
        if not where.is_dir():
            if folder.name != "pathways":
                self._report(folder, "MC109", f"the folder {folder} is missing")
            return
        paths = (folder / path.name for path in where.iterdir())
        for path in sorted(paths, key=lambda path: path.stem):
            if path.name.startswith("."):
                continue
            if path.suffix == ".yaml":
                yield path
            elif path.suffix.lower() in (".yml", ".yaml"):
                hint = f"call it {path.stem}.yaml"
                self._report(path, "MC108", "isn't a .yaml file", hint=hint)
            else:
                self._report(
                    path, "MC108", "isn't a .yaml file", severity=Severity.WARNING,
                    hint="content files end in .yaml; nothing reads this one",
                )  # fmt: skip

    def _bytes(self, key: str, path: PurePosixPath, *, plainly: bool = False) -> bytes | None:
        data = read_plainly(f"{self.root}/{path}") if plainly else None
        try:
            data = read_file(self.root, path) if data is None else data
        except SourceFault as fault:
            self.findings.extend(fault.findings)
            return None
        self.sources[key] = data
        return data

    def _node(self, path: PurePosixPath, data: bytes) -> Node | None:
        try:
            node = read_source(data, path)
        except SourceFault as fault:
            self.findings.extend(fault.findings)
            return fault.node
        if node is None or (isinstance(node, Scalar) and not node.text):
            self._report(path, "MC107", "the file is empty")
            return None
        return node

    def _model(
        self, model: type[Model], node: Node, path: PurePosixPath, **known: str
    ) -> Model | None:
        if isinstance(node, Scalar | Sequence):
            self._report(path, "MC203", "should be a mapping of fields", line=node.line)
            return None
        read, findings = read_model(model, node, path, self.context, **known)
        self.findings.extend(findings)
        return read

    def _report(
        self,
        path: PurePosixPath,
        code: str,
        message: str,
        *,
        line: int = 1,
        severity: Severity = Severity.ERROR,
        hint: str = "",
    ) -> None:
        self.findings.append(
            Finding(
                at=Position(path, line), code=code, severity=severity, message=message, hint=hint
            )
        )

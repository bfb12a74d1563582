"""A project's folder, read whole: the catalogue, and everything that is wrong with it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, TypeVar

from mcsite.content.catalogue import Catalogue, LabourMarketRow
from mcsite.content.labour_market import read_labour_market
from mcsite.content.models.base import ContentModel
from mcsite.content.models.course import Course
from mcsite.content.models.pathway import Pathway
from mcsite.content.models.provider import Provider
from mcsite.content.models.site import Issuer, Site
from mcsite.content.rules import all_rules
from mcsite.content.source import MAX_BYTES, Node, Scalar, Sequence, SourceFault, read_source
from mcsite.content.text import Text
from mcsite.content.validation import read_model
from mcsite.findings import Finding, Position, Severity, has_errors

Model = TypeVar("Model", bound=ContentModel)
SITE = PurePosixPath("catalogue/site.yaml")
ISSUERS = PurePosixPath("credentials/issuers.yaml")
LABOUR_MARKET = PurePosixPath("catalogue/labour-market.csv")
_KINDS: dict[str, type[ContentModel]] = {
    "providers": Provider,
    "courses": Course,
    "pathways": Pathway,
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading found. `catalogue` is None where errors leave nothing to build from."""

    catalogue: Catalogue | None
    findings: tuple[Finding, ...]


def load_catalogue(root: Path, *, today: dt.date) -> Loaded:
    """Read the project in `root`. All findings come at once, sorted by place."""
    reader = _Reader(root)
    site = reader.site()
    if site is None:
        return Loaded(None, tuple(sorted(reader.findings, key=lambda finding: finding.at)))
    providers = reader.folder("providers", Provider)
    courses = reader.folder("courses", Course)
    pathways = reader.folder("pathways", Pathway)
    issuers = reader.issuers()
    labour_market = reader.labour_market()
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
    findings = [*reader.findings, *all_rules(catalogue, reader.nodes, today)]
    findings.sort(key=lambda finding: (finding.at, finding.code))
    return Loaded(None if has_errors(findings) else catalogue, tuple(findings))


def _labels(courses: dict[str, Course], name: str) -> MappingProxyType[str, Text]:
    found: dict[str, Text] = {}
    for course in courses.values():
        for skill in getattr(course, name):
            found.setdefault(skill.uri, skill.label)
    return MappingProxyType(dict(sorted(found.items())))


class _Reader:
    """Reads files of a project, and remembers what was wrong and where things stand."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.real_root = root.resolve()
        self.findings: list[Finding] = []
        self.places: dict[str, Position] = {}
        self.nodes: dict[str, Node] = {}
        self.context: dict[str, Any] = {}

    def site(self) -> Site | None:
        """Read site.yaml, whose first language is the one of all plain texts."""
        node = self._node(SITE)
        if node is None:
            return None
        self.context = {"default_language": _first_language(node)}
        site = self._model(Site, node, SITE)
        self.nodes["site"] = node
        if site is not None:
            self.context["languages"] = site.languages
        return site

    def folder(self, kind: str, model: type[Model]) -> dict[str, Model]:
        """Read one file a thing; the file's name is its id."""
        folder = PurePosixPath("catalogue", kind)
        found: dict[str, Model] = {}
        seen: dict[str, str] = {}
        for path in self._files(folder):
            name = path.stem
            node = self._node(path)
            if node is None:
                continue
            if name.casefold() in seen:
                self._report(path, "MC302", f"{name!r} is the same id as {seen[name.casefold()]!r}")
            seen[name.casefold()] = name
            key = f"{kind}/{name}"
            self.places[key], self.nodes[key] = Position(path), node
            read = self._model(model, node, path, id=name)
            if read is not None:
                found[name] = read
        return found

    def issuers(self) -> list[Issuer]:
        """Read issuers.yaml, a list; a project that issued nothing yet has none."""
        if not (self.root / ISSUERS).exists():
            return []
        node = self._node(ISSUERS)
        if node is None:
            return []
        if not isinstance(node, Sequence):
            self._report(ISSUERS, "MC203", "should be a list of issuers")
            return []
        self.nodes["issuers"] = node
        read = [self._model(Issuer, item, ISSUERS) for item in node.items]
        return [issuer for issuer in read if issuer is not None]

    def labour_market(self) -> tuple[LabourMarketRow, ...]:
        """Read labour-market.csv, where there is one."""
        path = self.root / LABOUR_MARKET
        if not path.exists():
            return ()
        rows, findings = read_labour_market(path.read_bytes(), LABOUR_MARKET)
        self.findings.extend(findings)
        return rows

    def _files(self, folder: PurePosixPath) -> Iterator[PurePosixPath]:
        where = self.root / folder
        if not where.is_dir():
            if folder.name != "pathways":
                self._report(folder, "MC109", f"the folder {folder} is missing")
            return
        for path in sorted(where.iterdir()):
            relative = folder / path.name
            if path.name.startswith("."):
                continue
            if path.suffix != ".yaml" or path.is_dir():
                self._report(
                    relative, "MC108", "isn't a .yaml file", severity=Severity.WARNING,
                    hint="content files end in .yaml",
                )  # fmt: skip
                continue
            yield relative

    def _node(self, path: PurePosixPath) -> Node | None:
        where = self.root / path
        if not where.resolve().is_relative_to(self.real_root):
            self._report(path, "MC110", f"leads out of the project, to {where.resolve()}")
            return None
        try:
            with where.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
            node = read_source(data, path)
        except FileNotFoundError:
            self._report(path, "MC109", "the file is missing")
            return None
        except SourceFault as fault:
            self.findings.append(fault.finding)
            return None
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


def _first_language(node: Node) -> str:
    """Return the site's default language, before its model is read."""
    entries = getattr(node, "entries", {})
    value = entries["languages"][1] if "languages" in entries else None
    if isinstance(value, Sequence) and value.items:
        value = value.items[0]
    return value.text if isinstance(value, Scalar) and value.text else "en"

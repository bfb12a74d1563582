"""Some content files of a project, read by themselves: what a change touches, and no more.

A key is "site", "issuers", or "courses/<id>" and the like, as in `mcsite.content.rules.places`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, TypeVar

from mcsite.content.models.base import ContentModel
from mcsite.content.models.course import Course
from mcsite.content.models.pathway import Pathway
from mcsite.content.models.provider import Provider
from mcsite.content.models.site import Issuer, Site
from mcsite.content.rules.places import Places, path_of
from mcsite.content.source import Mapping as MappingNode
from mcsite.content.source import Node, Scalar, Sequence, SourceFault, read_source
from mcsite.content.validation import read_model
from mcsite.findings import Finding, Position, Severity

Model = TypeVar("Model", bound=ContentModel)
MODELS: Mapping[str, type[ContentModel]] = MappingProxyType(
    {"providers": Provider, "courses": Course, "pathways": Pathway}
)


@dataclass(frozen=True, slots=True)
class Documents:
    """What the files hold, without those that are at fault; `findings` say what is wrong."""

    site: Site | None = None
    issuers: tuple[Issuer, ...] = ()
    things: Mapping[str, ContentModel] = field(default_factory=dict)  # without the site
    sources: Mapping[str, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def default_language(self) -> str:
        """The language of plain texts."""
        return self.site.default_language if self.site else "und"

    @property
    def places(self) -> Places:
        """Where values stand."""
        return Places(self.sources)


def key_of(path: PurePosixPath) -> str | None:
    """Return the key of a content file, None for another file."""
    if path.suffix != ".yaml":
        return None
    if path == path_of("issuers"):
        return "issuers"
    below = path.parts[1:] if path.parts[0] == "catalogue" else ()
    if below == ("site.yaml",):
        return "site"
    return f"{below[0]}/{path.stem}" if len(below) == 2 and below[0] in MODELS else None  # noqa: PLR2004


def read_documents(sources: Mapping[str, bytes]) -> Documents:
    """Return what `sources` hold, by key; without "site" plain texts are in no language."""
    reader = _Reader()
    nodes = {key: reader.node(key, data) for key, data in sources.items()}
    site = reader.site(nodes.pop("site", None))
    issuers = tuple(reader.issuers(nodes.pop("issuers", None)))
    things = {
        key: thing for key, node in nodes.items() if (thing := reader.thing(key, node)) is not None
    }
    return Documents(site, issuers, things, sources, tuple(reader.findings))


class _Reader:
    """Reads files one by one, and keeps what is wrong."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.context: dict[str, Any] = {"default_language": "und"}

    def node(self, key: str, data: bytes) -> Node | None:
        try:
            return read_source(data, path_of(key))
        except SourceFault as fault:
            self.findings.extend(fault.findings)
            return None

    def site(self, node: Node | None) -> Site | None:
        if node is None:
            return None
        self.context = {"default_language": first_language(node)}
        site = self._model(Site, "site", node)
        if site is not None:
            self.context["languages"] = site.languages
        return site

    def issuers(self, node: Node | None) -> Iterator[Issuer]:
        for item in node.items if isinstance(node, Sequence) else ():
            issuer = self._model(Issuer, "issuers", item)
            if issuer is not None:
                yield issuer

    def thing(self, key: str, node: Node | None) -> ContentModel | None:
        kind, _, name = key.partition("/")
        return None if node is None else self._model(MODELS[kind], key, node, id=name)

    def _model(self, model: type[Model], key: str, node: Node, **known: str) -> Model | None:
        if not isinstance(node, MappingNode):
            at, said = Position(path_of(key), node.line), "should be a mapping of fields"
            self.findings.append(
                Finding(at=at, code="MC203", severity=Severity.ERROR, message=said)
            )
            return None
        read, findings = read_model(model, node, path_of(key), self.context, **known)
        self.findings.extend(findings)
        return read


def first_language(node: Node) -> str:
    """Return the site's default language, before its model is read."""
    entries = node.entries if isinstance(node, MappingNode) else {}
    value = entries["languages"][1] if "languages" in entries else None
    if isinstance(value, Sequence) and value.items:
        value = value.items[0]
    return value.text if isinstance(value, Scalar) and value.text else "en"

"""Whether links of content files lead somewhere, asked of the plan: nothing is built for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote, urljoin, urlsplit

from mcsite.content.addresses import EMAIL, split_url
from mcsite.content.catalogue import Catalogue
from mcsite.content.fields import did_you_mean
from mcsite.content.rules.assets import ASSETS
from mcsite.content.rules.links import (
    PlacedLink,
    WrittenLinks,
    is_below,
    is_external,
    markdown_links,
)
from mcsite.content.rules.places import Places
from mcsite.content.rules.texts import Loc
from mcsite.findings import Finding, Severity
from mcsite.site import urls
from mcsite.site.anchors import Anchors, anchors_of
from mcsite.site.plan import PageKind, PageSpec, plan_site
from mcsite.site.theme import Theme, theme_of
from mcsite.site.urls import Urls

_TEXT_PAGES = {
    "about": "about", "privacy_notice": "privacy", "accessibility_notice": "accessibility",
}  # fmt: skip
_ROOT_FILES = frozenset(
    {
        urls.SITEMAP, urls.ROBOTS, urls.TRUSTED_ISSUERS, urls.MANIFEST, urls.NOT_FOUND,
        urls.CATALOGUE_JSON, urls.CATALOGUE_CSV, urls.CATALOGUE_JSONLD, urls.LOQ_XML,
        urls.ELM_TURTLE, urls.MOOCHUB, urls.DCAT,
    }
)  # fmt: skip
# what is made from credentials, from the theme or for other programs, and isn't in the plan
_UNPLANNED = re.compile(r"(c|status|static|\.well-known|ooapi/v6|courses/[^/]+)/[^/]+.*")


def link_findings(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """Yield MC410 to MC413 for links of Markdown that don't work, each at the link."""
    targets = _Targets(catalogue)
    for links in markdown_links(catalogue):
        page = _page_of(links)
        if page and not all(targets.works(target, page) for target in links.targets):
            for link in links.placed(places):
                yield from targets.findings(link, page, links.language)


def _page_of(links: WrittenLinks) -> str:
    """Return the path of the page that shows a text, "" where none does."""
    kind, _, name = links.key.partition("/")
    match kind:
        case "courses":
            return urls.course(links.language, name)
        case "providers":
            return urls.provider(links.language, name)
        case "pathways":
            return urls.pathway(links.language, name)
        case _:
            return _text_page(links.language, links.loc)


def _text_page(language: str, loc: Loc) -> str:
    name = _TEXT_PAGES.get(str(loc[0]))
    return urls.text_page(language, name) if name else ""


@dataclass(slots=True)
class _Fault:
    code: str
    severity: Severity
    message: str
    hint: str = ""


@dataclass
class _Targets:
    """What links can lead to. The plan is made where the first internal link is met."""

    catalogue: Catalogue
    anchors: dict[PageKind, Anchors] = field(default_factory=dict)

    @cached_property
    def pages(self) -> dict[str, PageSpec]:
        """Every page by its path."""
        return {spec.path: spec for spec in plan_site(self.catalogue).pages}

    @cached_property
    def theme(self) -> Theme:
        """Templates of the site."""
        return theme_of(self.catalogue.root)

    @property
    def base_url(self) -> str:
        """Address of the site."""
        return self.catalogue.site.base_url

    def works(self, target: str, page: str) -> bool:
        """Tell whether a link on a page leads somewhere, or out of the site."""
        return self._fault(target, page, "") is None

    def findings(self, link: PlacedLink, page: str, language: str) -> Iterator[Finding]:
        """Yield what is wrong with a link on a page."""
        fault = self._fault(link.target, page, language)
        if fault is not None:
            yield link.finding(fault.code, fault.severity, fault.message, fault.hint)

    def _fault(self, target: str, page: str, language: str) -> _Fault | None:
        if is_external(target, self.base_url):
            return None if split_url(target) else _unusable(target, "it begins with https://")
        scheme, colon, rest = target.partition(":")
        if scheme.lower() == "mailto" and colon:
            address = unquote(rest.partition("?")[0])
            return None if EMAIL.fullmatch(address) else _unusable(target, "mailto: and an address")
        if colon and scheme.isalpha() and not scheme.lower().startswith("http"):
            return None  # of another kind: MC603 says that it is left out
        return self._internal_fault(target, page, language)

    def _internal_fault(self, target: str, page: str, language: str) -> _Fault | None:
        full = urljoin(Urls(self.base_url).absolute(page), target)
        if not is_below(full, self.base_url):
            return self._outside_fault(target, full)
        parts = urlsplit(full[len(self.base_url) :].removeprefix("/"))
        path, anchor = unquote(parts.path).removesuffix("index.html"), unquote(parts.fragment)
        if path in self.pages:
            return self._anchor_fault(target, self.pages[path], anchor)
        if f"{path}/" in self.pages:
            message = f"the link {target} lacks the / at the end of the page's address"
            return _Fault("MC413", Severity.WARNING, message, f"write {_with_slash(target)}")
        if self._is_file(path):
            return None
        return _dead(target, self._hint(target, path, language))

    def _outside_fault(self, target: str, full: str) -> _Fault | None:
        """Judge a link to the same host, outside the site's base path: only what names a page of
        the site is meant to be one.
        """
        path = urlsplit(full).path.strip("/")
        if f"{path}/" not in self.pages:
            return None
        return _dead(target, f"did you mean {Urls(self.base_url).base_path}{path}/?")

    def _is_file(self, path: str) -> bool:
        site = self.catalogue.site
        if path.startswith("assets/"):
            name = path.removeprefix("assets/")
            return ".." not in name and (self.catalogue.root / ASSETS / name).is_file()
        made = {urls.feed(tag) for tag in site.languages}
        return path in _ROOT_FILES or path in made or bool(_UNPLANNED.fullmatch(path))

    def _anchor_fault(self, target: str, spec: PageSpec, anchor: str) -> _Fault | None:
        if not anchor or anchor == "top":
            return None
        if spec.kind not in self.anchors:
            self.anchors[spec.kind] = anchors_of(self.theme, spec.kind)
        known = self.anchors[spec.kind]
        if known.may_have(anchor):
            return None
        message = f"the page that {target} leads to has no place called {anchor!r}"
        return _Fault("MC411", Severity.WARNING, message, did_you_mean(anchor, known.ids))

    def _hint(self, target: str, path: str, language: str) -> str:
        """Return what the writer may have meant: a page in the text's language, or by its id."""
        base = Urls(self.base_url).base_path
        ids = {spec.key: spec.path for spec in self.pages.values() if spec.language == language}
        word = path.rstrip("/").rsplit("/", 1)[-1].removesuffix(".yaml").removesuffix(".html")
        if path.startswith("assets/"):
            return f"add the file to {ASSETS}/, or correct the path; case counts"
        if target.startswith("www."):
            return f"write https://{target}"
        if word in ids:
            return f"did you mean {base}{ids[word]}?"
        return did_you_mean(word, filter(None, ids))


def _with_slash(target: str) -> str:
    cut = min((target.find(mark) for mark in "?#" if mark in target), default=len(target))
    return f"{target[:cut]}/{target[cut:]}"


def _unusable(target: str, hint: str) -> _Fault:
    return _Fault("MC412", Severity.ERROR, f"the link {target} can't be followed", hint)


def _dead(target: str, hint: str) -> _Fault:
    return _Fault("MC410", Severity.ERROR, f"the link {target} leads nowhere on the site", hint)

"""Every file of a site that isn't a page, in groups that can be made beside each other."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from mcsite.content.rules.assets import ASSETS
from mcsite.exports.dcat import Format, dcat
from mcsite.exports.elm.graph import JsonLd, Turtle
from mcsite.exports.elm.loq import LOQ, LoqXml
from mcsite.exports.elm.opportunities import opportunities
from mcsite.exports.elm.resources import ELM
from mcsite.exports.elm.resources import Format as ElmFormat
from mcsite.exports.feed import feed
from mcsite.exports.moochub import moochub
from mcsite.exports.open_education import FOLDER, SPECIFICATION, open_education
from mcsite.exports.sitemap import robots, sitemap
from mcsite.exports.table import catalogue_csv, catalogue_json
from mcsite.site import urls
from mcsite.site.assets import (
    CATALOGUE_ONLY,
    browser_strings,
    catalogue_assets,
    static_files,
    stylesheet,
)
from mcsite.site.closing import as_offered, words_of_the_end
from mcsite.site.context import SiteContext
from mcsite.site.headers import headers_file
from mcsite.site.plan import PageKind
from mcsite.site.redirects import moves, redirects_file
from mcsite.site.search import facet_tables
from mcsite.site.trust import trust_files

Files: TypeAlias = Iterator[tuple[str, bytes]]  # path and content
MOOCHUB_SCHEMA = "https://github.com/moochub/schema"
ATOM_RFC = "https://www.rfc-editor.org/rfc/rfc4287"


def _interface(context: SiteContext) -> Files:
    """Yield what pages load, and what hosts and crawlers read."""
    yield urls.static("css/site.css"), stylesheet(context)
    yield urls.static("css/credential.css"), stylesheet(context, without=CATALOGUE_ONLY)
    yield from static_files(context)
    yield from browser_strings(context)
    yield urls.ROBOTS, robots(context.urls.absolute(urls.SITEMAP))
    yield "_headers", headers_file(context.urls.base_path, context.languages).encode()
    yield ".nojekyll", b""


def _redirects(context: SiteContext) -> Files:
    moved = moves(context.plan.pages, context.urls)
    if moved:
        yield "_redirects", redirects_file(moved).encode()


def _pictures(context: SiteContext) -> Files:
    context.depends_on(str(ASSETS))
    yield from catalogue_assets(context)


def _facets(context: SiteContext) -> Files:
    """Yield what the catalogue's pages search in."""
    for language, table in facet_tables(context):
        yield urls.facets(language), table


def _lists(context: SiteContext) -> Files:
    """Yield the lists of courses: tables, feeds, and the map of the site."""
    catalogue, base_url = as_offered(context), context.urls.base_url
    yield urls.CATALOGUE_CSV, catalogue_csv(catalogue, base_url)
    yield urls.CATALOGUE_JSON, catalogue_json(catalogue, base_url)
    yield urls.SITEMAP, sitemap(_sitemap_pages(context))
    for language in context.languages:
        end = words_of_the_end(context, language) if context.closed else ""
        written = feed(
            catalogue, language, context.today, base_url, context.dates,
            closed=end,
        )  # fmt: skip
        yield urls.feed(language), written


def _europass(context: SiteContext) -> Files:
    formats: list[tuple[str, ElmFormat]] = [
        (urls.CATALOGUE_JSONLD, JsonLd()), (urls.ELM_TURTLE, Turtle()), (urls.LOQ_XML, LoqXml()),
    ]  # fmt: skip
    for resource in opportunities(as_offered(context), context.today):
        for _, each in formats:
            each.add(resource)
    while formats:  # none is kept longer than it is needed: together they are large
        path, each = formats.pop(0)
        yield path, each.finished()


def _harvested(context: SiteContext) -> Files:
    """Yield the formats of other systems, and the description of all of them."""
    catalogue, base_url, today = as_offered(context), context.urls.base_url, context.today
    found = moochub(catalogue, base_url, urls.MOOCHUB, today)
    if found is not None:
        yield urls.MOOCHUB, _json(found)
    for path, document in open_education(catalogue, base_url, today):
        yield path, _json(document)
    described = dcat(catalogue, base_url, urls.DCAT, formats_of(context))
    yield urls.DCAT, _json(described)


def _trust(context: SiteContext) -> Files:
    registries = (registry.file for registry in context.catalogue.site.trust_registries)
    context.depends_on("credentials", *registries)
    yield from trust_files(context.catalogue)


GROUPS: Mapping[str, Callable[[SiteContext], Files]] = {
    "europass": _europass,  # takes longest, and so begins first
    "lists": _lists,
    "interface": _interface,
    "redirects": _redirects,
    "pictures": _pictures,
    "facets": _facets,
    "harvested": _harvested,
    "trust": _trust,
}

FOR_MACHINES = frozenset({"lists", "europass", "harvested"})  # groups of files that no page reads
READING_PROJECT = frozenset({"pictures", "trust"})  # groups that need the project's folder


def formats_of(context: SiteContext) -> Iterator[Format]:
    """Yield the formats in which the site gives its catalogue."""
    site = context.catalogue.site
    yield Format(urls.CATALOGUE_CSV, "CSV", "text/csv", "CSV")
    yield Format(urls.CATALOGUE_JSON, "JSON", "application/json", "JSON")
    yield Format(
        urls.CATALOGUE_JSONLD, "European Learning Model (JSON-LD)", "application/ld+json",
        "JSON_LD", ELM,
    )  # fmt: skip
    yield Format(
        urls.ELM_TURTLE, "European Learning Model (Turtle)", "text/turtle", "RDF_TURTLE", ELM
    )
    yield Format(
        urls.LOQ_XML, "Europass LOQ 3.1 (XML)", "application/xml",
        "XML", LOQ,
    )  # fmt: skip
    if site.data_license is not None:
        yield Format(urls.MOOCHUB, "MOOChub 3 (JSON)", "application/json", "JSON", MOOCHUB_SCHEMA)
    if site.publisher.email is not None:
        path = f"{FOLDER}/courses/index.json"
        yield Format(path, "Open Education API 6 (JSON)", "application/json", "JSON", SPECIFICATION)
    for language in context.languages:
        path = urls.feed(language)
        yield Format(path, f"Atom ({language})", "application/atom+xml", "ATOM", ATOM_RFC)


def _json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _sitemap_pages(context: SiteContext) -> Iterator[tuple[str, dict[str, str], dt.date | None]]:
    default = context.catalogue.site.default_language
    for spec in context.plan.pages:
        if not spec.indexed:
            continue
        path = urls.home(spec.language) if spec.path == urls.CHOOSER else spec.path
        alternates = {
            language: context.urls.absolute(urls.in_language(path, spec.language, language))
            for language in context.languages
        }
        others = urls.for_other_readers(path, spec.language, default)
        alternates["x-default"] = context.urls.absolute(others)
        dates = context.dates.get(spec.key) if spec.kind is PageKind.COURSE else None
        yield context.urls.absolute(spec.path), alternates, dates.changed.date() if dates else None

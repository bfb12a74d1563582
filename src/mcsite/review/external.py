"""What became of links to other sites, as findings at each place where such a link is written."""

from collections.abc import Iterator, Mapping
from itertools import chain
from urllib.parse import urldefrag

from mcsite.content.addresses import split_url
from mcsite.content.catalogue import Catalogue
from mcsite.content.rules.links import (
    PlacedLink,
    WrittenLinks,
    field_links,
    is_external,
    markdown_links,
)
from mcsite.content.rules.places import Places
from mcsite.findings import Finding, Severity
from mcsite.store.external_links import Dated, State


def external_links(catalogue: Catalogue) -> list[WrittenLinks]:
    """Return every text and field that links to another site. Vocabularies' URIs aren't links."""
    base_url = catalogue.site.base_url
    return [
        links
        for links in chain(markdown_links(catalogue), field_links(catalogue))
        if any(is_external(target, base_url) for target in links.targets)
    ]


def addresses_of(catalogue: Catalogue, found: list[WrittenLinks]) -> set[str]:
    """Return the addresses of other sites in `found`, each once; malformed ones are left out."""
    targets = chain.from_iterable(links.targets for links in found)
    base_url = catalogue.site.base_url
    return {url for url in targets if is_external(url, base_url) and split_url(url)}


def external_findings(
    places: Places, found: list[WrittenLinks], outcomes: Mapping[str, Dated]
) -> Iterator[Finding]:
    """Yield MC420 to MC422 for links that don't work any more, or work elsewhere."""
    for links in found:
        found_of = {url: outcomes.get(urldefrag(url).url) for url in links.targets}
        if any(map(_is_told, found_of.values())):
            for link in links.placed(places):
                yield from _findings(link, found_of[link.target])


def _is_told(found: Dated | None) -> bool:
    return found is not None and found.outcome.state not in (State.WORKS, State.GUARDED)


def _findings(link: PlacedLink, found: Dated | None) -> Iterator[Finding]:
    if found is None:
        return
    outcome, url, warning = found.outcome, link.target, Severity.WARNING
    match outcome.state:
        case State.WORKS | State.GUARDED:
            return
        case State.GONE:
            message = f"{url} isn't there any more ({outcome.status})"
            yield link.finding("MC420", warning, message, "find where it went, or delete the link")
        case State.MOVED:
            message = f"{url} has moved to {outcome.location}"
            yield link.finding("MC421", Severity.NOTE, message, "write the new address")
        case State.UNREACHABLE:
            said = f" ({outcome.status})" if outcome.status else ""
            hint = "open it in a browser: if it works there, ask again tomorrow"
            yield link.finding("MC422", warning, f"{url} doesn't answer{said}", hint)
        case State.PRIVATE:
            message = f"{url} is inside a private network, and wasn't asked"
            yield link.finding("MC422", warning, message, "readers outside can't follow it")

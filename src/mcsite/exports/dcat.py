"""The site's datasets, described for portals of open data (DCAT-AP 3.0, JSON-LD).

A catalogue of one dataset, the micro-credentials, with a distribution for each of its formats.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.site import Publisher
from mcsite.content.text import Text
from mcsite.exports.elm.nodes import AUTHORITY, language_of_text, languages, words
from mcsite.exports.moochub import PROPRIETARY, license_of

_THEME = f"{AUTHORITY}/data-theme/EDUC"
_DAILY = f"{AUTHORITY}/frequency/DAILY"
_IANA = "https://www.iana.org/assignments/media-types/"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    **{
        term: {"@id": term, "@container": "@language"}
        for term in ("dct:title", "dct:description", "foaf:name", "vcard:fn")
    },
}


@dataclass(frozen=True, slots=True)
class Format:
    """A file of the site: its path, media type, and code of the Publications Office."""

    path: str
    name: str
    media_type: str
    file_type: str
    conforms_to: str = ""


def dcat(
    catalogue: Catalogue, base_url: str, path: str, formats: Iterable[Format]
) -> dict[str, Any]:
    """Return the description that stands at `path` below `base_url`."""
    site = catalogue.site
    address = f"{base_url}/{path}"
    title = _words(site.title)
    common = {
        "dct:description": _words(site.description) if site.description else title,
        "dct:publisher": _publisher(site.publisher, address),
        "dct:language": _languages(site.languages),
    }
    dataset = {
        "@id": f"{address}#micro-credentials",
        "@type": "dcat:Dataset",
        "dct:title": _words_of("dataset", title),
        **common,
        "dct:identifier": f"{site.base_url}/#micro-credentials",
        "dcat:theme": {"@id": _THEME},
        "dct:accrualPeriodicity": {"@id": _DAILY},
        "dcat:landingPage": {"@id": f"{base_url}/"},
        "dcat:distribution": [
            _distribution(one, base_url, address, site.data_license) for one in formats
        ],
    }
    if site.publisher.email:
        dataset["dcat:contactPoint"] = _contact(site.publisher, site.publisher.email, address)
    return {
        "@context": _CONTEXT,
        "@id": f"{address}#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": title,
        **common,
        "foaf:homepage": {"@id": f"{base_url}/"},
        "dcat:dataset": dataset,
    }


def _publisher(publisher: Publisher, address: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@id": f"{address}#publisher",
        "@type": "foaf:Agent",
        "foaf:name": _words(publisher.name),
    }
    if publisher.url:
        found["foaf:homepage"] = {"@id": publisher.url}
    return found


def _contact(publisher: Publisher, email: str, address: str) -> dict[str, Any]:
    return {
        "@id": f"{address}#contact",
        "@type": "vcard:Organization",
        "vcard:fn": _words(publisher.name),
        "vcard:hasEmail": {"@id": f"mailto:{email}"},
    }


def _distribution(one: Format, base_url: str, address: str, spdx: str | None) -> dict[str, Any]:
    url = f"{base_url}/{one.path}"
    found: dict[str, Any] = {
        "@id": f"{address}#{one.path}",
        "@type": "dcat:Distribution",
        "dct:title": {"en": one.name},
        "dcat:accessURL": {"@id": url},
        "dcat:downloadURL": {"@id": url},
        "dcat:mediaType": {"@id": f"{_IANA}{one.media_type}"},
        "dct:format": {"@id": f"{AUTHORITY}/file-type/{one.file_type}"},
    }
    if spdx and spdx != PROPRIETARY:
        found["dct:license"] = {"@id": license_of(spdx)["url"]}
    if one.conforms_to:
        found["dct:conformsTo"] = {"@id": one.conforms_to}
    return found


def _words(text: Text) -> dict[str, str]:
    return dict(text.by_language)


def _words_of(key: str, title: dict[str, str]) -> dict[str, str]:
    """Return "what it is: the site's title" in each language of the title."""
    label = words(key)
    return {tag: f"{label.get(tag, label['en'])}: {text}" for tag, text in title.items()}


def _languages(tags: Iterable[str]) -> list[dict[str, str]]:
    known = dict.fromkeys(language_of_text(tag) for tag in tags)
    return [{"@id": f"{AUTHORITY}/language/{languages()[tag]}"} for tag in known if tag]

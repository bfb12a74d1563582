"""mcsite headers: a host's configuration for a project's site."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

from mcsite.content.catalogue import Catalogue
from mcsite.site.headers import cloudfront_policies, headers_file, nginx_snippet
from mcsite.site.plan import plan_site
from mcsite.site.redirects import moves, nginx_redirects
from mcsite.site.urls import Urls


def _netlify(catalogue: Catalogue, addresses: Urls) -> str:
    return headers_file(addresses.base_path, catalogue.site.languages)


def _nginx(catalogue: Catalogue, addresses: Urls) -> str:
    moved = moves(plan_site(catalogue).pages, addresses)
    return nginx_snippet(addresses.base_path, catalogue.site.languages) + nginx_redirects(moved)


def _cloudfront(catalogue: Catalogue, addresses: Urls) -> str:
    policies = cloudfront_policies(addresses.base_path, catalogue.site.languages)
    return json.dumps(policies, indent=2) + "\n"


HOSTS: Mapping[str, Callable[[Catalogue, Urls], str]] = MappingProxyType(
    {"netlify": _netlify, "nginx": _nginx, "cloudfront": _cloudfront}
)


def headers_for(host: str, catalogue: Catalogue, base_url: str = "") -> str:
    """Return the configuration; `base_url` is where the site stands, if not where it says."""
    return HOSTS[host](catalogue, Urls(base_url or catalogue.site.base_url))

"""mcsite headers: a host's configuration for a project's site."""

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from mcsite.content.catalogue import Catalogue
from mcsite.site.headers import cloudfront_policies, headers_file, nginx_snippet
from mcsite.site.urls import Urls


def _cloudfront(base_path: str, languages: Sequence[str]) -> str:
    return json.dumps(cloudfront_policies(base_path, languages), indent=2) + "\n"


HOSTS: Mapping[str, Callable[[str, Sequence[str]], str]] = MappingProxyType(
    {"netlify": headers_file, "nginx": nginx_snippet, "cloudfront": _cloudfront}
)


def headers_for(host: str, catalogue: Catalogue, base_url: str = "") -> str:
    """Return the configuration; `base_url` is where the site stands, if not where it says."""
    urls = Urls(base_url or catalogue.site.base_url)
    return HOSTS[host](urls.base_path, catalogue.site.languages)

"""Earlier addresses, for hosts that answer with the new one. Pages lead on by themselves too."""

from collections.abc import Iterable, Mapping

from mcsite.site import urls
from mcsite.site.plan import PageKind, PageSpec
from mcsite.site.urls import Urls


def moves(pages: Iterable[PageSpec], addresses: Urls) -> dict[str, str]:
    """Return the paths on the host that moved, each with the path of today."""
    return {
        addresses.href(spec.path): addresses.href(_target(spec))
        for spec in pages
        if spec.kind is PageKind.MOVED
    }


def _target(spec: PageSpec) -> str:
    kind, _, key = spec.key.partition("/")
    return urls.thing(spec.language, kind, key)


def redirects_file(moved: Mapping[str, str]) -> str:
    """Return `_redirects`, which Netlify, Cloudflare Pages and GitLab Pages read."""
    return "".join(f"{old} {new} 301\n" for old, new in moved.items())


def nginx_redirects(moved: Mapping[str, str]) -> str:
    """Return the part of an nginx configuration that does the same; "" where nothing moved."""
    if not moved:
        return ""
    lines = ["map $uri $mcsite_moved {", '    default "";']
    lines += [f'    "{old}" "{new}";' for old, new in moved.items()]
    lines += ["}", "if ($mcsite_moved) {", "    return 301 $mcsite_moved;", "}"]
    return "\n".join(lines) + "\n"

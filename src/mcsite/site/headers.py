"""What the browser may do on a page: one policy object, written as meta tag and as header files.

A meta tag can't forbid framing; hosts that take headers get that too.
"""

from collections.abc import Mapping
from types import MappingProxyType

_BASE: Mapping[str, str] = MappingProxyType(
    {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
)
POLICIES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "plain": {**_BASE, "form-action": "'self'"},
        "search": {
            **_BASE,
            "script-src": "'self' 'wasm-unsafe-eval'",
            "form-action": "'self'",
        },
        "credential": {
            **_BASE,
            "require-trusted-types-for": "'script'",
            "trusted-types": "'none'",
        },
    }
)
_SECURITY: Mapping[str, str] = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
)
_PLAIN_FOLDERS = (
    "providers", "pathways", "fields", "levels", "skills", "occupations", "languages", "about",
    "privacy", "accessibility",
)  # fmt: skip
_UNINDEXED = "noindex, nofollow, noarchive"


def policy_of(kind: str) -> str:
    """Return the name of the policy for a kind of page (`data-kind`)."""
    if kind in ("credential", "verify-file"):
        return "credential"
    return "search" if kind == "catalogue" else "plain"


def csp(policy: str, *, header: bool = False) -> str:
    """Return the policy's text; as a header it also forbids framing."""
    parts = [f"{name} {value}" for name, value in POLICIES[policy].items()]
    return "; ".join([*parts, "frame-ancestors 'none'"] if header else parts)


def headers_file(base_path: str, languages: tuple[str, ...]) -> str:
    """Return `_headers`, which Netlify and Cloudflare Pages read."""
    rules: list[tuple[str, Mapping[str, str]]] = [
        ("/*", {**_SECURITY, "Referrer-Policy": "strict-origin-when-cross-origin"}),
    ]
    unindexed = {"X-Robots-Tag": _UNINDEXED, "Referrer-Policy": "no-referrer"}
    rules.append((f"{base_path}c/*", {**_policy("credential"), **unindexed}))
    for language in languages:
        rules.append((f"{base_path}{language}/", _policy("plain")))
        rules.extend(
            (f"{base_path}{language}/{folder}/*", _policy("plain")) for folder in _PLAIN_FOLDERS
        )
        rules.append((f"{base_path}{language}/courses/*", _policy("search")))
        rules.append((f"{base_path}{language}/verify/*", _policy("credential")))
    lines: list[str] = []
    for path, headers in rules:
        lines.append(path)
        lines += [f"  {name}: {value}" for name, value in headers.items()]
    return "\n".join(lines) + "\n"


def _policy(name: str) -> dict[str, str]:
    return {"Content-Security-Policy": csp(name, header=True)}

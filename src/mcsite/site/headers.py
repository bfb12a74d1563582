"""What the browser may do on a page: one policy object, written as meta tag and for hosts.

A meta tag can't forbid framing; hosts that take headers get that too.
"""

from collections.abc import Iterable, Mapping, Sequence
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
        "picture": {  # that is opened by its own address
            "default-src": "'none'",
            "style-src": "'unsafe-inline'",
            "img-src": "data:",
            "sandbox": "",
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
_UNFRAMED = "frame-ancestors 'none'"
# What other checkers and harvesters read from pages of theirs.
_OPEN = (".well-known/did.json", "did.json", "status/*", "trust/*", "courses/*", "catalogue.json")
_ANYBODY = {"Access-Control-Allow-Origin": "*"}
_REFERRER = "strict-origin-when-cross-origin"
_UNSAID = "no-referrer"
_UNINDEXED = "noindex, nofollow, noarchive"

Rules = Sequence[tuple[str, Mapping[str, str]]]


def policy_of(kind: str) -> str:
    """Return the name of the policy for a kind of page (`data-kind`)."""
    if kind in ("credential", "verify-file", "pathway"):
        return "credential"
    return "search" if kind == "catalogue" else "plain"


def csp(policy: str, *, header: bool = False) -> str:
    """Return the policy's text; as a header it also forbids framing."""
    parts = [f"{name} {value}".rstrip() for name, value in POLICIES[policy].items()]
    return "; ".join([*parts, _UNFRAMED] if header else parts)


def header_rules(base_path: str, languages: Sequence[str]) -> Rules:
    """Return headers by path; "*" at a path's end stands for anything.

    All rules that match a path count, the narrowest last. Hosts join a header that two rules give:
    both policies then hold, so that a wider rule says no more than what all below it say. Three
    rules a language: Cloudflare takes a hundred. One for all languages ("/:language/courses/*")
    would match assets/courses/ too, and Firefox ignore the styles inside the SVG pictures there.
    """
    every = {**_SECURITY, "Content-Security-Policy": _UNFRAMED, "Referrer-Policy": _REFERRER}
    rules: list[tuple[str, Mapping[str, str]]] = [("/*", every)]
    rules.extend((base_path + path, _ANYBODY) for path in _OPEN)
    unindexed = {"X-Robots-Tag": _UNINDEXED, "Referrer-Policy": _UNSAID}
    rules.append((f"{base_path}c/*", {**_policy("credential"), **unindexed}))
    rules.append((f"{base_path}assets/*", _policy("picture")))
    for language in languages:
        below = f"{base_path}{language}/"
        verify = {**_policy("credential"), "Referrer-Policy": _UNSAID}
        rules.append((f"{below}*", _policy("search")))
        rules.append((f"{below}pathways/*", _policy("credential")))
        rules.append((f"{below}verify/*", verify))
    return rules


def _policy(name: str) -> dict[str, str]:
    return {"Content-Security-Policy": csp(name, header=True)}


def headers_of(path: str, rules: Rules) -> list[tuple[str, str]]:
    """Return the headers that `rules` give the answer to a request for `path`."""
    found: list[tuple[str, str]] = []
    for pattern, headers in rules:
        if path == pattern or (pattern.endswith("*") and path.startswith(pattern[:-1])):
            found.extend(headers.items())
    return found


def headers_file(base_path: str, languages: Sequence[str]) -> str:
    """Return `_headers`, which Netlify and Cloudflare Pages read."""
    lines: list[str] = []
    for path, headers in header_rules(base_path, languages):
        lines.append(path)
        lines += [f"  {name}: {value}" for name, value in headers.items()]
    return "\n".join(lines) + "\n"


def nginx_snippet(base_path: str, languages: Sequence[str]) -> str:
    """Return the part of an nginx configuration that gives the same headers."""
    courses = f"~^{base_path}({'|'.join(languages)})/courses/(page/|$)"
    verify = f"~^{base_path}({'|'.join(languages)})/verify/"
    pathways = f"~^{base_path}({'|'.join(languages)})/pathways/"
    credential = f"~^{base_path}c/"
    opened = "|".join(path.rstrip("*").replace(".", "\\.") for path in _OPEN)
    checked = csp("credential", header=True)
    maps = {
        "policy": [
            ("default", csp("plain", header=True)),
            (courses, csp("search", header=True)),
            (verify, checked),
            (pathways, checked),
            (credential, checked),
            (f"~^{base_path}assets/", csp("picture", header=True)),
        ],
        "referrer": [("default", _REFERRER), (verify, _UNSAID), (credential, _UNSAID)],
        "robots": [("default", ""), (credential, _UNINDEXED)],
        "origin": [("default", ""), (f"~^{base_path}({opened})", "*")],
    }
    lines: list[str] = []
    for name, values in maps.items():
        lines.append(f"map $uri $mcsite_{name} {{")
        lines += [f'    "{pattern}" "{value}";' for pattern, value in values]
        lines.append("}")
    headers = {
        "Content-Security-Policy": "$mcsite_policy",
        "Referrer-Policy": "$mcsite_referrer",
        "X-Robots-Tag": "$mcsite_robots",
        "Access-Control-Allow-Origin": "$mcsite_origin",
    }
    lines += [f"add_header {name} {value} always;" for name, value in headers.items()]
    lines += [f'add_header {name} "{value}" always;' for name, value in _SECURITY.items()]
    lines.append(f"error_page 404 {base_path}404.html;")
    return "\n".join(lines) + "\n"


def cloudfront_policies(base_path: str, languages: Sequence[str]) -> list[dict[str, object]]:
    """Return CloudFront's cache behaviours, the default last: a path pattern, and the
    ResponseHeadersPolicyConfig (CloudFront API 2020-05-31) to attach to it.
    """
    paths = [("credential", f"{base_path}c/*")]
    paths += [("verify", f"{base_path}{language}/verify/*") for language in languages]
    paths += [("pathways", f"{base_path}{language}/pathways/*") for language in languages]
    paths += [("search", f"{base_path}{language}/courses/*") for language in languages]
    paths += [("picture", f"{base_path}assets/*")]
    paths += [("open", base_path + path) for path in _OPEN]
    configs = {
        "credential": _cloudfront("credential", referrer=_UNSAID, robots=_UNINDEXED),
        "verify": _cloudfront("credential", referrer=_UNSAID),
        "pathways": _cloudfront("credential"),
        "search": _cloudfront("search"),
        "picture": _cloudfront("picture"),
        "open": _cloudfront("plain", anybody=True),
        "plain": _cloudfront("plain"),
    }
    return [
        {
            "PathPattern": path,
            "ResponseHeadersPolicyConfig": {"Name": f"mcsite-{name}", **configs[name]},
        }
        for name, path in [*paths, ("plain", "*")]
    ]


def _cloudfront(
    policy: str, *, referrer: str = _REFERRER, robots: str = "", anybody: bool = False
) -> dict[str, object]:
    """Return a policy's configuration. What has a slot of its own can't be a custom header."""
    seconds = int(_SECURITY["Strict-Transport-Security"].partition("=")[2].partition(";")[0])
    custom = {
        name: _SECURITY[name] for name in ("Permissions-Policy", "Cross-Origin-Opener-Policy")
    }
    if robots:
        custom["X-Robots-Tag"] = robots
    config: dict[str, object] = {
        "SecurityHeadersConfig": {
            "ContentSecurityPolicy": {
                "Override": True, "ContentSecurityPolicy": csp(policy, header=True),
            },
            "ContentTypeOptions": {"Override": True},
            "ReferrerPolicy": {"Override": True, "ReferrerPolicy": referrer},
            "StrictTransportSecurity": {
                "Override": True, "AccessControlMaxAgeSec": seconds, "IncludeSubdomains": True,
                "Preload": False,
            },
        },
        "CustomHeadersConfig": _listed(
            {"Header": name, "Value": value, "Override": True} for name, value in custom.items()
        ),
    }  # fmt: skip
    if anybody:
        config["CorsConfig"] = {
            "AccessControlAllowOrigins": _listed(["*"]),
            "AccessControlAllowHeaders": _listed(["*"]),
            "AccessControlAllowMethods": _listed(["GET", "HEAD"]),
            "AccessControlAllowCredentials": False,
            "OriginOverride": True,
        }
    return config


def _listed(items: Iterable[object]) -> dict[str, object]:
    """Return items as the API counts them."""
    found = list(items)
    return {"Quantity": len(found), "Items": found}

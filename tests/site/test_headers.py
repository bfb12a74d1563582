"""What the browser may do: one policy, said the same way by page, `_headers` and nginx."""

import re
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from itertools import groupby
from typing import Any, cast

import pytest

from mcsite.cli import main
from mcsite.site.headers import (
    POLICIES,
    cloudfront_policies,
    csp,
    header_rules,
    headers_file,
    headers_of,
    nginx_snippet,
    policy_of,
)
from mcsite.site.plan import PageKind, PageSpec
from tests.rendering import ROOT, one_of_each_kind, parsed, renderer

LANGUAGES = ("lv", "en")
UNFRAMED = "frame-ancestors 'none'"
POLICY = "Content-Security-Policy"


def policies(path: str, base: str = "/") -> list[str]:
    return [
        text for name, text in headers_of(path, header_rules(base, LANGUAGES)) if name == POLICY
    ]


Enforced = dict[str, set[str]]  # what each directive of a policy allows


def enforced(policies: Iterable[str]) -> Enforced:
    """Return what browsers enforce: what all policies allow (CSP 3, section 3.2)."""
    found: Enforced = {}
    for policy in policies:
        for part in policy.split("; "):
            name, *sources = part.split(" ")
            allowed = set(sources) - {"'none'"}
            found[name] = found.get(name, allowed) & allowed
    return found


def by_netlify(pattern: str, path: str) -> bool:
    """Tell whether a rule's path fits as netlify-cli reads it, which says that it is as Netlify
    does: a slash at the end is optional, case doesn't count, a last * fits the folder too.
    """
    parts = [part for part in pattern.split("/") if part]
    fits = "".join(f"/{re.escape(part)}/?" for part in parts if part != "*")
    if parts[-1:] == ["*"]:
        fits = fits.removesuffix("/?") + "(?:|/|/(.*)/?)"
    return re.fullmatch(fits or "/", path, re.IGNORECASE) is not None


def by_cloudflare(pattern: str, path: str) -> bool:
    """Tell whether a rule's path fits as Cloudflare's rules engine (workers-sdk) reads it."""
    fits = ".*".join(re.escape(part) for part in pattern.split("*"))
    return re.fullmatch(fits, path) is not None


@pytest.mark.parametrize("fits", [by_netlify, by_cloudflare])
@pytest.mark.parametrize("base", ["/", "/micro/"])
def test_hosts_match_the_paths_that_are_meant(fits: Callable[[str, str], bool], base: str) -> None:
    rules = header_rules(base, LANGUAGES)
    pages = [spec.path for spec in renderer().context.plan.pages]
    files = [
        "assets/courses/a.svg", "assets/verify/a.svg", "c/1.json", "c/1/", "catalogue.json",
        "courses/verify/achievement.json", "lv/courses/facets.json", "lv/feed.xml", "status/1.json",
        ".well-known/did.json", "static/css/site.css", "trust/issuers.json",
    ]  # fmt: skip

    for path in (base + name for name in (*pages, *files)):
        matched = [item for pattern, told in rules if fits(pattern, path) for item in told.items()]
        assert matched == headers_of(path, rules), path


def test_cloudflare_takes_the_rules_of_every_interface_language() -> None:
    languages = ["en", *(path.name for path in (ROOT / "theme/locale").iterdir())]

    assert len(languages) == 24
    assert len(header_rules("/", languages)) <= 100


def by_nginx(path: str, name: str, base: str = "/") -> str:
    """Return the value of a map as nginx chooses it: the first pattern that fits, else default."""
    text = nginx_snippet(base, LANGUAGES)
    block = text.split(f"map $uri $mcsite_{name} {{\n")[1].split("}\n")[0]
    rules: dict[str, str] = dict(re.findall(r'"(.*?)" "(.*?)";', block))
    fits = (
        value
        for pattern, value in rules.items()
        if pattern[0] == "~" and re.match(pattern[1:], path)
    )
    return next(fits, rules["default"])


@pytest.mark.parametrize("spec", list(one_of_each_kind("en")), ids=lambda spec: spec.kind.value)
def test_page_header_and_nginx_say_one_policy(spec: PageSpec) -> None:
    page = parsed(renderer().page(spec))
    said = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")

    assert said == csp(policy_of(page.get("data-kind")))
    assert by_nginx(f"/{spec.path}", "policy") == f"{said}; {UNFRAMED}"
    told = policies(f"/{spec.path}")
    assert enforced([said, *told]) == enforced([f"{said}; {UNFRAMED}"])
    alone = spec.kind in (PageKind.CHOOSER, PageKind.NOT_FOUND)
    assert told[:2] == [UNFRAMED, *([] if alone else [csp("search", header=True)])]
    checked = policy_of(page.get("data-kind")) == "credential"
    assert told[2:] == ([csp("credential", header=True)] if checked else [])


def test_a_wider_rule_allows_what_every_page_below_it_may() -> None:
    widest = enforced([csp("search", header=True)])

    for policy in POLICIES.keys() - {"picture"}:  # which isn't below a language
        for name, allowed in enforced([csp(policy, header=True)]).items():
            assert name not in widest or allowed <= widest[name], (policy, name)


def test_a_credential_s_page_may_run_only_the_site_s_modules() -> None:
    found = dict(part.split(" ", 1) for part in csp("credential").split("; "))

    assert found["default-src"] == found["base-uri"] == found["form-action"] == "'none'"
    assert found["script-src"] == "'self'"
    assert found["require-trusted-types-for"] == "'script'"
    assert found["trusted-types"] == "'none'"


@pytest.mark.parametrize("policy", ["plain", "search", "credential"])
def test_no_policy_allows_what_is_inline_or_another_host(policy: str) -> None:
    assert set(re.findall(r"'[^']*'", csp(policy))) <= {
        "'none'",
        "'self'",
        "'wasm-unsafe-eval'",
        "'script'",
    }
    assert ":" not in csp(policy)


@pytest.mark.parametrize("base", ["/", "/micro/"])
def test_credentials_are_kept_out_of_indexes_whatever_the_host(base: str) -> None:
    path = f"{base}c/1111111111111111111111.json"
    found = headers_of(path, header_rules(base, LANGUAGES))

    assert ("X-Robots-Tag", "noindex, nofollow, noarchive") in found
    assert ("Referrer-Policy", "no-referrer") in found
    assert by_nginx(path, "robots", base) == "noindex, nofollow, noarchive"
    assert by_nginx(path, "referrer", base) == "no-referrer"
    assert by_nginx(f"{base}lv/courses/", "robots", base) == ""


@pytest.mark.parametrize(
    ("path", "origin"),
    [("status/1.json", "*"), ("trust/issuers.json", "*"), (".well-known/did.json", "*"),
     ("courses/x/achievement.json", "*"), ("c/1.json", ""), ("lv/courses/", "")],
)  # fmt: skip
def test_other_checkers_may_read_keys_and_status_and_no_credential(path: str, origin: str) -> None:
    told = dict(headers_of(f"/{path}", header_rules("/", LANGUAGES)))

    assert told.get("Access-Control-Allow-Origin", "") == origin
    assert by_nginx(f"/{path}", "origin") == origin


def test_the_file_lists_headers_below_their_path() -> None:
    blocks: dict[str, dict[str, str]] = {}
    path = ""
    for line in headers_file("/micro/", LANGUAGES).splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            blocks[path][name] = value
        else:
            path = line
            blocks[path] = {}

    rules = {path: dict(headers) for path, headers in header_rules("/micro/", LANGUAGES)}
    assert blocks == rules
    assert blocks["/*"]["X-Content-Type-Options"] == "nosniff"
    assert all(path == "/*" or path.startswith("/micro/") for path in blocks)
    assert [len(list(same)) for _, same in groupby(sorted(blocks))] == [1] * len(rules)


def by_cloudfront(path: str, base: str = "/") -> dict[str, Any]:
    """Return the policy of the first behaviour whose pattern fits, as CloudFront chooses."""
    return next(
        rule["ResponseHeadersPolicyConfig"]
        for rule in cast("list[dict[str, Any]]", cloudfront_policies(base, LANGUAGES))
        if fnmatchcase(path, rule["PathPattern"])
    )


@pytest.mark.parametrize("spec", list(one_of_each_kind("en")), ids=lambda spec: spec.kind.value)
def test_cloudfront_says_the_page_s_policy_and_the_other_headers(spec: PageSpec) -> None:
    config = by_cloudfront(f"/{spec.path}")
    page = parsed(renderer().page(spec))
    said = csp("search" if spec.kind is PageKind.COURSE else policy_of(page.get("data-kind")))
    security = config["SecurityHeadersConfig"]

    assert security["ContentSecurityPolicy"]["ContentSecurityPolicy"] == f"{said}; {UNFRAMED}"
    assert security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] == 31536000
    assert security["ContentTypeOptions"] == {"Override": True}


@pytest.mark.parametrize("base", ["/", "/micro/"])
def test_a_picture_loads_nothing_and_runs_nothing_whatever_the_host(base: str) -> None:
    path = f"{base}assets/logos/a.svg"
    said = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; "
        "frame-ancestors 'none'"
    )

    assert policies(path, base) == [UNFRAMED, said]
    assert by_nginx(path, "policy", base) == said
    security = by_cloudfront(path, base)["SecurityHeadersConfig"]
    assert security["ContentSecurityPolicy"]["ContentSecurityPolicy"] == said


@pytest.mark.parametrize("base", ["/", "/micro/"])
def test_cloudfront_keeps_credentials_unsaid_and_open_files_open(base: str) -> None:
    credential = by_cloudfront(f"{base}c/x/", base)
    custom = {item["Header"]: item["Value"] for item in credential["CustomHeadersConfig"]["Items"]}

    assert custom["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert credential["CustomHeadersConfig"]["Quantity"] == len(custom) == 3
    referrer = credential["SecurityHeadersConfig"]["ReferrerPolicy"]["ReferrerPolicy"]
    assert referrer == "no-referrer"
    assert "CorsConfig" not in credential
    origins = by_cloudfront(f"{base}status/1.json", base)["CorsConfig"]["AccessControlAllowOrigins"]
    assert origins == {"Quantity": 1, "Items": ["*"]}


def test_policies_of_one_name_are_the_same() -> None:
    found: dict[str, object] = {}
    for rule in cast("list[dict[str, Any]]", cloudfront_policies("/", LANGUAGES)):
        config = rule["ResponseHeadersPolicyConfig"]
        assert found.setdefault(config["Name"], config) == config

    assert len(found) == 7


@pytest.mark.parametrize(
    ("host", "begins"),
    [("nginx", "map $uri $mcsite_policy {"), ("cloudfront", "["), ("netlify", "/*")],
)
def test_the_command_prints_a_host_s_configuration(
    host: str, begins: str, capsys: pytest.CaptureFixture[str]
) -> None:
    address = "https://uni.example/micro"

    assert main(["headers", host, "--project", str(ROOT), "--base-url", address]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(begins)
    assert "/micro/c/" in shown

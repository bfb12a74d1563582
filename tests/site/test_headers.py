"""What the browser may do: one policy, said the same way by page, `_headers` and nginx."""

import re
from itertools import groupby

import pytest

from mcsite.site.headers import (
    csp,
    header_rules,
    headers_file,
    headers_of,
    nginx_snippet,
    policy_of,
)
from mcsite.site.plan import PageKind, PageSpec
from tests.rendering import one_of_each_kind, parsed, renderer

LANGUAGES = ("lv", "en")
UNFRAMED = "frame-ancestors 'none'"
POLICY = "Content-Security-Policy"


def policies(path: str, base: str = "/") -> list[str]:
    return [
        text for name, text in headers_of(path, header_rules(base, LANGUAGES)) if name == POLICY
    ]


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
    if spec.kind is PageKind.COURSE:  # below the catalogue, which a pattern can't tell apart
        said = csp("search")
    alone = spec.kind in (PageKind.CHOOSER, PageKind.NOT_FOUND)
    assert policies(f"/{spec.path}") == [UNFRAMED, *([] if alone else [f"{said}; {UNFRAMED}"])]


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

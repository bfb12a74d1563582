"""Building: the whole site or nothing, the same bytes each time, and hostile content stays text."""

import datetime as dt
import hashlib
import json
import threading
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import lxml.html
import pytest

from mcsite.commands.build import BuildRequest, build_site
from mcsite.errors import ContentError, McsiteError, UsageError
from mcsite.site.headers import csp, headers_file
from mcsite.site.trust import did_path, did_path_prefix
from tests.content.test_load import COURSE, SITE, write

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
HOSTILE = "</script><script>alert(1)</script>{{ 7*7 }}{% raw %}<img src=x onerror=alert(1)>"


def request(project: Path, **changes: object) -> BuildRequest:
    """Return the request to build a small project without an index of words."""
    base = BuildRequest(
        project=project, output=project / "public", search=False, built_at=NOW, now=NOW
    )
    return replace(base, **changes)  # type: ignore[arg-type] # names are checked by replace


def files(folder: Path) -> dict[str, str]:
    """Return the digest of every file in a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_project_becomes_a_site(tmp_path: Path) -> None:
    project = write(tmp_path, {})

    report = build_site(request(project))

    public = project / "public"
    assert report.pages > 30
    for name in ("index.html", "lv/index.html", "en/courses/kurss/index.html", "404.html",
                 "sitemap.xml", "robots.txt", "_headers", "trust/issuers.json", "lv/feed.xml",
                 "courses/kurss/achievement.json", "courses/kurss/achievement.en.json",
                 "catalogue.csv", "catalogue.json", "lv/courses/facets.json"):  # fmt: skip
        assert (public / name).is_file(), name


def test_the_manifest_names_every_file_with_its_digest(tmp_path: Path) -> None:
    project = write(tmp_path, {})
    build_site(request(project))

    found = files(project / "public")
    manifest = json.loads((project / "public/manifest.json").read_bytes())

    found.pop("manifest.json")
    assert manifest == {"generator": "mcsite", "day": "2026-11-23", "files": found}


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    project = write(tmp_path, {})
    build_site(request(project))
    first = files(project / "public")
    build_site(request(project))

    assert files(project / "public") == first


def test_a_build_with_errors_writes_nothing(tmp_path: Path) -> None:
    project = write(tmp_path, {})
    build_site(request(project))
    before = files(project / "public")
    write(project, {"catalogue/courses/kurss.yaml": COURSE.replace("quiz", "quizz")})

    with pytest.raises(ContentError) as refused:
        build_site(request(project))

    assert [finding.code for finding in refused.value.findings if finding.severity == "error"] == [
        "MC210"
    ]
    assert files(project / "public") == before
    kept = ".public.mcsite-cache"
    assert [path.name for path in project.iterdir() if path.name.startswith(".")] == [kept]


def test_a_forged_line_of_credentials_stops_the_build(tmp_path: Path) -> None:
    project = write(tmp_path, {"credentials/x.jsonl": '{"id": "https://micro.uni.example/c/x/"}\n'})

    with pytest.raises(ContentError) as refused:
        build_site(request(project))

    assert "MC502" in [finding.code for finding in refused.value.findings]
    assert not (project / "public").exists()


def test_warnings_stop_a_strict_build_alone(tmp_path: Path) -> None:
    text = COURSE.replace("summary: {lv: Īsi, en: Short}\n", "")
    project = write(tmp_path, {"catalogue/courses/kurss.yaml": text})

    build_site(request(project))
    with pytest.raises(ContentError):
        build_site(request(project, strict=True))


@pytest.mark.parametrize("field", ["title", "summary", "description", "prerequisites"])
def test_hostile_text_stays_text(tmp_path: Path, field: str) -> None:
    lines = [line for line in COURSE.splitlines() if not line.startswith(f"{field}:")]
    text = "\n".join(lines) + f"\n{field}: {json.dumps(HOSTILE)}\n"
    project = write(tmp_path, {"catalogue/courses/kurss.yaml": text})
    build_site(request(project))

    for path in (project / "public").rglob("*.html"):
        page = path.read_text("utf-8")
        assert "<script>alert(1)" not in page, path
        assert "<img src=x" not in page, path
        assert "onerror=alert(1)>" not in page.replace("&gt;", "›"), path
    course = (project / "public/lv/courses/kurss/index.html").read_text("utf-8")
    assert "{{ 7*7 }}" in course


def test_a_picture_that_could_act_is_refused(tmp_path: Path) -> None:
    for number, svg in enumerate(
        ("<svg><script>1</script></svg>", "<svg onload='x'/>", "<svg><image href='https://x'/></svg>",
         "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", "<svg><foreignObject/></svg>")
    ):  # fmt: skip
        project = write(tmp_path / str(number), {"catalogue/assets/a.svg": svg})
        with pytest.raises(ContentError):
            build_site(request(project))


def test_somebody_else_s_folder_is_left_alone(tmp_path: Path) -> None:
    project = write(tmp_path / "project", {})
    foreign = tmp_path / "photos"
    foreign.mkdir()
    (foreign / "cat.jpg").write_bytes(b"x")

    with pytest.raises(UsageError, match="files that mcsite didn't make"):
        build_site(request(project, output=foreign))

    assert files(foreign) == {"cat.jpg": hashlib.sha256(b"x").hexdigest()}


@pytest.mark.parametrize("output", ["catalogue", "catalogue/public", "credentials", "."])
def test_what_the_site_is_made_from_is_never_its_output(tmp_path: Path, output: str) -> None:
    project = write(tmp_path, {})

    with pytest.raises(UsageError):
        build_site(request(project, output=project / output))


def test_two_builds_at_once_don_t_mix(tmp_path: Path) -> None:
    project = write(tmp_path, {})
    outcomes: list[str] = []

    def build() -> None:
        try:
            build_site(request(project))
            outcomes.append("built")
        except McsiteError as error:
            outcomes.append(str(error))

    threads = [threading.Thread(target=build) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert "built" in outcomes
    assert all("another build" in outcome or outcome == "built" for outcome in outcomes)
    manifest = json.loads((project / "public/manifest.json").read_bytes())
    assert set(manifest["files"]) == set(files(project / "public")) - {"manifest.json"}


def test_a_base_path_is_in_every_link(tmp_path: Path) -> None:
    site = SITE.replace("https://micro.uni.example", "https://uni.example/micro")
    project = write(tmp_path, {"catalogue/site.yaml": site})
    build_site(request(project))
    page = (project / "public/lv/index.html").read_text("utf-8")

    assert 'href="/micro/lv/courses/"' in page
    assert 'href="/lv/' not in page
    assert 'href="/static/' not in page


def test_credentials_are_in_no_list_for_crawlers(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent.parent
    build_site(request(root, output=tmp_path / "site"))
    ids = [path.name for path in (tmp_path / "site/c").iterdir() if path.is_dir()]
    assert len(ids) == 45

    for name in ("sitemap.xml", "robots.txt", "lv/feed.xml", "en/feed.xml", "catalogue.json",
                 "lv/courses/facets.json", "_headers"):  # fmt: skip
        text = (tmp_path / "site" / name).read_text("utf-8")
        assert not [one for one in ids if one in text], name
    page = (tmp_path / "site/c" / ids[0] / "index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex,nofollow,noarchive">' in page


def test_header_and_meta_tag_are_one_policy(tmp_path: Path) -> None:
    project = write(tmp_path, {})
    build_site(request(project))
    page = (project / "public/lv/verify/index.html").read_text("utf-8")
    text = headers_file("/", ("lv", "en"))

    assert page.index("charset") < page.index("Content-Security-Policy") < page.index("<title>")
    assert csp("credential").replace("'", "&#39;") in page
    assert f"{csp('credential')}; frame-ancestors 'none'" in text
    assert "unsafe-inline" not in page
    assert text.count("unsafe-inline") == 1  # of pictures that are opened, which run nothing


@pytest.mark.parametrize(
    ("did", "base_url", "path"),
    [
        ("did:web:a.example", "https://a.example", ".well-known/did.json"),
        ("did:web:a.example:b", "https://a.example/b", "did.json"),
        ("did:web:a.example:b:c", "https://a.example/b", "c/did.json"),
        ("did:web:a.example:c", "https://a.example", "c/did.json"),
        ("did:web:a.example", "https://a.example/b", None),
        ("did:web:other.example", "https://a.example", None),
        ("did:key:z6Mk", "https://a.example", None),
    ],
)
def test_a_did_document_stands_where_did_web_looks(did: str, base_url: str, path: str) -> None:
    assert did_path(did, did_path_prefix(base_url)) == path


def test_a_site_s_own_template_replaces_one_and_keeps_the_rest(tmp_path: Path) -> None:
    own = (
        '{% extends "default/pages/home.html" %}'
        "{% block main %}<p>mine</p>{{ super() }}{% endblock %}"
    )
    project = write(tmp_path, {"theme/templates/pages/home.html": own})
    build_site(request(project))
    page = (project / "public/lv/index.html").read_text("utf-8")

    assert "<p>mine</p>" in page
    assert "<h1" in page


@pytest.mark.parametrize(
    "base_url",
    ["micro.uni.example", "ftp://uni.example", "javascript:alert(1)", "https://", "https://u.example/?a",
     "https://u.example/#a", "https://u.example/a b", "https://u.example/\nX: y", "//u.example",
     'https://u.example/"><b>', "https://u.example/a/../b", "https://u:p@u.example"],
)  # fmt: skip
def test_what_isn_t_the_address_of_a_site_is_refused(tmp_path: Path, base_url: str) -> None:
    project = write(tmp_path, {})

    with pytest.raises(UsageError, match="can't be the address of a site"):
        build_site(request(project, base_url=base_url))

    assert not (project / "public").exists()


def test_a_preview_s_address_is_in_pages_and_no_signed_thing(tmp_path: Path) -> None:
    project = write(tmp_path, {})
    build_site(request(project, base_url="https://preview.example/x/"))
    public = project / "public"

    assert "https://preview.example/x/lv/courses/kurss/" in (public / "sitemap.xml").read_text()
    assert 'href="/x/lv/courses/"' in (public / "lv/index.html").read_text("utf-8")
    achievement = json.loads((public / "courses/kurss/achievement.json").read_bytes())
    assert achievement["id"] == "https://micro.uni.example/lv/courses/kurss/"


def test_the_sitemap_s_languages_are_complete_and_mutual(tmp_path: Path) -> None:
    project = write(tmp_path, {})
    build_site(request(project))
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root = ET.fromstring((project / "public/sitemap.xml").read_bytes())  # noqa: S314 -- our own
    found = {
        str(url.findtext("s:loc", namespaces=spaces)): {
            str(link.get("hreflang")): str(link.get("href"))
            for link in url.findall("{http://www.w3.org/1999/xhtml}link")
        }
        for url in root.findall("s:url", spaces)
    }

    assert "https://micro.uni.example/en/courses/kurss/" in found
    for page, links in found.items():
        assert list(links) == ["lv", "en", "x-default"]
        first = links["lv"] == "https://micro.uni.example/lv/"
        assert links["x-default"] == ("https://micro.uni.example/" if first else links["lv"])
        assert page in links.values()
        assert all(found[other] == links for other in links.values())
        path = page.removeprefix("https://micro.uni.example/")
        assert (project / "public" / path / "index.html").is_file()


@pytest.mark.parametrize(
    ("name", "line", "code"),
    [
        ("a%2f..%2fx", "", "MC211"),
        ("../courses/up..", "", "MC211"),
        ("kurss", "badge: {path: ../../x.svg, alt: x}", "MC215"),
        ("kurss", "offerings: [{url: 'javascript:1'}]", "MC213"),
        ("kurss", "further_info: !!python/object/apply:os.system [id]", "MC105"),
        ("kurss", "further_info: &a x\nprerequisites: *a", "MC105"),
        ("kurss", "further_info: " + "[" * 50_000, "MC105"),
    ],
)
def test_hostile_files_stop_the_build_before_anything_is_written(
    tmp_path: Path, name: str, line: str, code: str
) -> None:
    project = write(tmp_path, {f"catalogue/courses/{name}.yaml": f"{COURSE}{line}\n"})

    with pytest.raises(ContentError) as refused:
        build_site(request(project))

    assert [f.code for f in refused.value.findings if f.severity == "error"] == [code]
    assert not (project / "public").exists()


def test_links_in_markdown_lead_only_where_links_may(tmp_path: Path) -> None:
    text = "[a](javascript:alert(1)) [b](data:text/html,x) [c](https://good.example/)"
    course = f"{COURSE}description: {json.dumps(text)}\n"
    project = write(tmp_path, {"catalogue/courses/kurss.yaml": course})
    report = build_site(request(project))

    page = lxml.html.document_fromstring(
        (project / "public/lv/courses/kurss/index.html").read_text("utf-8")
    )
    links = [str(link.get("href")) for link in page.iter("a")]
    assert "https://good.example/" in links
    assert [link for link in links if link.startswith(("javascript:", "data:"))] == []
    assert "MC603" in [finding.code for finding in report.findings]

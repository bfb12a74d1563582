"""The same site for Hugo: a page for each course and language, each topic and each credential, of
about the bytes that ours have. Hugo renders them; it verifies nothing.
"""

import json
import shutil
from pathlib import Path

import lxml.html

_SINGLE = """\
<!doctype html><html lang="{{ .Params.lang }}"><head><meta charset="utf-8">
<title>{{ .Title }}</title><meta name="description" content="{{ .Params.summary }}">
<link rel="canonical" href="{{ .Permalink }}"></head>
<body>{{ partial "header.html" . }}<main><h1>{{ .Title }}</h1><p>{{ .Params.summary }}</p>
<dl>{{ range .Params.facts }}<dt>{{ .name }}</dt><dd>{{ .value }}</dd>{{ end }}</dl>
<ul>{{ range .Params.outcomes }}<li>{{ . }}</li>{{ end }}</ul>{{ .Content }}
{{ with .Params.document }}
<script type="application/json">{{ . | jsonify | safeJS }}</script>{{ end }}
{{ .Params.frame | safeHTML }}</main>{{ partial "footer.html" . }}</body></html>
"""
_LIST = """\
<!doctype html><html><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>
{{ partial "header.html" . }}<main><h1>{{ .Title }}</h1><ul>{{ range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> <p>{{ .Params.summary }}</p></li>{{ end }}</ul>
</main>{{ partial "footer.html" . }}</body></html>
"""


def make_peer(folder: Path, project: Path, site: Path) -> int:
    """Write Hugo's sources for the pages of a site that was built; return how many there are."""
    shutil.rmtree(folder, ignore_errors=True)
    layouts = folder / "layouts"
    for name, text in _layouts(site).items():
        path = layouts / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    config = {
        "baseURL": "https://micro.bench.example/", "title": "Bench", "languageCode": "en",
        "taxonomies": {"field": "fields", "level": "levels"}, "disableKinds": ["RSS", "sitemap"],
    }  # fmt: skip
    (folder / "hugo.json").write_text(json.dumps(config), "utf-8")
    return _courses(folder, site) + _credentials(folder, project)


def _layouts(site: Path) -> dict[str, str]:
    page = lxml.html.parse(str(site / "en/index.html")).getroot()
    (header,), (footer,) = page.xpath("//header"), page.xpath("//footer")
    markup = {
        name: lxml.html.tostring(found, encoding="unicode")
        for name, found in (("header", header), ("footer", footer))
    }
    return {
        "_default/single.html": _SINGLE,
        "_default/list.html": _LIST,
        "_default/terms.html": _LIST,
        "_default/taxonomy.html": _LIST,
        **{f"partials/{name}.html": text for name, text in markup.items()},
    }


def _courses(folder: Path, site: Path) -> int:
    count = 0
    for language in ("lv", "en"):
        for path in sorted((site / language / "courses").glob("course-*/index.html")):
            page = lxml.html.parse(str(path)).getroot()
            (main,) = page.xpath("//main")
            (title,) = page.xpath("//h1")
            front = {
                "title": title.text_content().strip(),
                "lang": language,
                "summary": "".join(page.xpath("//meta[@name='description']/@content")),
                "facts": [
                    {"name": dt.text_content().strip(), "value": dt.getnext().text_content()}
                    for dt in page.xpath("//dl/dt")[:12]
                ],
                "outcomes": [one.text_content() for one in page.xpath("//main//li")[:6]],
                "fields": [path.parent.name[-1]],
                "levels": [path.parent.name[-2]],
                "frame": "",
            }
            text = main.text_content()
            _write(folder / f"content/{language}/courses/{path.parent.name}.md", front, text)
            count += 1
    return count


def _credentials(folder: Path, project: Path) -> int:
    """Write a page for each credential: its claims, and the document in a script."""
    count = 0
    frame = "<p>checked in the reader's own browser</p>" * 60  # as the rest of our page has bytes
    for batch in sorted((project / "credentials").glob("*.jsonl")):
        for line in batch.read_text("utf-8").splitlines():
            document = json.loads(line)
            told = document["credentialSubject"]["achievement"]
            front = {
                "title": told["name"],
                "lang": "lv",
                "summary": document["issuer"]["name"],
                "facts": [{"name": "from", "value": document["validFrom"]}],
                "outcomes": told["criteria"]["narrative"].splitlines(),
                "document": line,
                "frame": frame,
            }
            _write(folder / f"content/c/{count:07}.md", front, "")
            count += 1
    return count


def _write(path: Path, front: dict[str, object], text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{json.dumps(front, ensure_ascii=False)}\n\n{text}\n", "utf-8")

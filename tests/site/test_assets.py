"""What a site takes over from its theme: one style sheet, the browser's words, modules joined."""

import json
import re
from pathlib import Path

import pytest

from mcsite.errors import ContentError, MachineError
from mcsite.site.assets import (
    CATALOGUE_ONLY,
    SAVED_COPY,
    browser_strings,
    static_files,
    stylesheet,
    verdict_table,
)
from mcsite.site.context import SiteContext
from mcsite.site.theme import Theme, packaged_theme
from tests.rendering import context_of, one_of_each_kind, page, sample

CONTEXT = context_of(sample())


def with_own(folder: Path, files: dict[str, str]) -> SiteContext:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    context = context_of(sample())
    object.__setattr__(context, "theme", Theme((packaged_theme(), folder)))
    return context


def test_the_style_sheet_begins_with_its_layers_and_has_no_comments() -> None:
    text = stylesheet(CONTEXT).decode()

    assert text.startswith("@layer tokens, base, components, print;\n")
    assert "/*" not in text
    assert "@import" not in text
    assert re.findall(r"url\((?!#|data:)", text) == []


def test_what_stands_in_quotes_is_no_comment(tmp_path: Path) -> None:
    css = 'a::after {\n  content: "/* x */";\n  /* gone\n  too */\n}\n'

    assert (
        'a::after {\ncontent: "/* x */";\n}'
        in stylesheet(with_own(tmp_path, {"static/css/components/own.css": css})).decode()
    )


def test_a_site_s_own_sheet_of_a_name_replaces_the_packaged_one(tmp_path: Path) -> None:
    own = stylesheet(with_own(tmp_path, {"static/css/base.css": ".own-base {}"}))
    alone = stylesheet(CONTEXT, without={"base"})

    assert own.replace(b".own-base {}\n", b"") == alone
    assert b".own-base {}" in own
    assert len(alone) < len(stylesheet(CONTEXT))


def test_what_credentials_never_show_is_left_out_of_their_sheet() -> None:
    names = {path.stem for path in packaged_theme().rglob("*.css")}

    assert names >= CATALOGUE_ONLY
    assert len(stylesheet(CONTEXT, without=CATALOGUE_ONLY)) < len(stylesheet(CONTEXT)) / 2


def test_every_area_of_words_is_there_in_each_language_with_the_same_keys() -> None:
    found = {path: json.loads(data) for path, data in browser_strings(CONTEXT)}
    areas = {path.stem for path in (packaged_theme() / "messages").glob("*.json")}

    assert set(found) == {
        f"static/i18n/{area}.{lang}.json" for area in areas for lang in ("lv", "en")
    }
    for area in areas:
        latvian, english = (found[f"static/i18n/{area}.{lang}.json"] for lang in ("lv", "en"))
        assert list(latvian) == list(english)
        assert latvian != english


def test_each_verdict_has_its_words_in_one_of_the_two_files() -> None:
    found = {path: json.loads(data) for path, data in browser_strings(CONTEXT)}
    common, trouble = (
        {
            key.split(".")[1]
            for key in found[f"static/i18n/{area}.lv.json"]
            if key.startswith("verdict.")
        }
        for area in ("verify", "verify-trouble")
    )

    assert common | trouble == {row["verdict"] for row in verdict_table(CONTEXT)}
    assert common & trouble == set()
    assert common == {"checking", "valid"}


def test_only_what_pages_load_is_published() -> None:
    found = dict(static_files(CONTEXT))
    modules = {path: data.decode() for path, data in found.items() if path.endswith(".js")}
    pages = {
        src.removeprefix("/")
        for spec in one_of_each_kind()
        for src in page(spec.path).xpath("//script/@src")
    }
    later = {
        f"{path.rpartition('/')[0]}/{name}"
        for path, text in modules.items()
        for name in re.findall(r'import\("\./([^"]+)"\)', text)
    }

    assert [path for path in found if path.endswith((".css", ".d.ts"))] == []
    assert later > {"static/verify/compromise.js"}
    assert modules.keys() == pages | later | {"static/verify/page.js", f"static/{SAVED_COPY}"}


def test_a_broken_file_of_words_is_named(tmp_path: Path) -> None:
    own = with_own(tmp_path, {"messages/own.json": "{"})

    with pytest.raises(ContentError, match=r"messages/own\.json: not JSON"):
        list(browser_strings(own))


def test_a_module_that_isn_t_there_is_named(tmp_path: Path) -> None:
    own = with_own(tmp_path, {"static/verify/page.js": 'import { x } from "./nowhere.js";\n'})

    with pytest.raises(MachineError, match=r"static/verify/nowhere\.js"):
        list(static_files(own))

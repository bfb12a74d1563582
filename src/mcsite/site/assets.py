"""Files that a site takes over: the theme's, the catalogue's pictures, the browser's words."""

import json
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from mcsite.content.models.site import Font
from mcsite.errors import ContentError, MachineError
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.modules import joined_modules, on_demand
from mcsite.site.pictures import published_pictures

LAYERS = "@layer tokens, base, components, print;\n"
SAVED_COPY = PurePosixPath("verify/offline-page.js")  # in a file of its own, with all it imports
# The modules that pages name; those that these import are joined into them.
PAGES = frozenset(
    map(
        PurePosixPath,
        ["verify/page.js", "verify/file-page.js", "verify/pathway-page.js", "catalogue/page.js",
         "catalogue/course.js", "catalogue/saved.js"],
    )
) | {SAVED_COPY}  # fmt: skip
_COMMON = ("checking", "valid")
# What a credential's page never shows: it has 30 KB for everything.
CATALOGUE_ONLY = frozenset(
    {
        "breadcrumbs", "catalogue", "course", "facets", "home", "layout-columns", "notice",
        "page-contents", "pagination", "pathway", "print", "prose", "provider", "result",
        "sample-credential", "search-field", "saved", "skills", "steps", "summary-panel", "tag",
        "topics", "verify-file",
    }
)  # fmt: skip
_CSS_COMMENT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)
_CSS_SPACE = re.compile(r"\s*\n\s*")


def stylesheet(context: SiteContext, *, without: Collection[str] = ()) -> bytes:
    """Return one style sheet: tokens, base, components but some, what a site has added, its colour
    and font.
    """
    unused = {"sunset"} if context.catalogue.site.sunset is None else set()
    parts = [LAYERS]
    packaged = context.theme.folders[0] / "static"
    files = context.theme.files("static").items()
    for name, path in sorted(files, key=lambda file: not (packaged / file[0]).is_file()):
        if name.suffix == ".css" and name.stem not in {*without, *unused}:
            text = _CSS_COMMENT.sub(r"\1", path.read_text("utf-8"))
            parts.append(_CSS_SPACE.sub("\n", text).strip() + "\n")
    theme = context.catalogue.site.theme
    if theme is not None and theme.accent is not None:
        parts.append(f":root {{ --accent-own: {theme.accent}; }}\n")
    if theme is not None and theme.font is not None and not without:
        parts.extend(_font(theme.font))
    return "".join(parts).encode()


def _font(font: Font) -> Iterator[str]:
    """Yield the rules of a font. The style sheet is two folders below the site's root."""
    for file in font.files:
        yield (
            f'@font-face {{ font-family: "{font.family}"; font-display: swap; '
            f'src: url("../../{quote(urls.asset(file.path))}") format("woff2"); '
            f"font-weight: {file.weight}; font-style: {file.style}; }}\n"
        )
    yield f':root {{ --font-own: "{font.family}"; }}\n'


def static_files(context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """Yield the theme's files but its style sheets and type declarations; modules that pages of
    a folder share are joined, one file a page.
    """
    files = context.theme.files("static")
    folders = {page.parent for page in PAGES}
    shared = {name: path for name, path in files.items() if name.parent in folders}
    later = {
        name.parent / other
        for name, path in shared.items()
        for other in on_demand(path.read_text("utf-8"))
    }
    for name, path in files.items():
        if name.suffix == ".css" or name.name.endswith(".d.ts"):
            continue
        if name not in shared:
            yield urls.static(str(name)), path.read_bytes()
        elif name in PAGES | later:
            read = partial(_module, files, name.parent)
            text = joined_modules(name.name, read, whole=name == SAVED_COPY)
            yield urls.static(str(name)), text.encode()


def _module(files: Mapping[PurePosixPath, Path], folder: PurePosixPath, name: str) -> str:
    wanted = PurePosixPath(posixpath.normpath(folder / name))
    path = files.get(wanted)
    if path is None:
        raise MachineError(f"the theme has no static/{wanted}, which a module imports")
    return path.read_text("utf-8")


def browser_strings(context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """Yield the words of browser modules: a JSON file an area and language."""
    for name, path in context.theme.files("messages").items():
        messages: dict[str, str] = _json(path)
        for language in context.languages:
            say = context.localiser(language).gettext_of
            words = {key: say(key, text) for key, text in messages.items()}
            if name.stem in ("verify", "verify-trouble"):
                words |= _verdicts(context, language, trouble=name.stem == "verify-trouble")
            data = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
            yield urls.static(f"i18n/{name.stem}.{language}.json"), data.encode()


def verdict_table(context: SiteContext) -> list[dict[str, str]]:
    """Return the theme's table of verdicts: what each is called, and how it looks."""
    path = next(
        folder / "verdicts.json"
        for folder in reversed(context.theme.folders)
        if (folder / "verdicts.json").is_file()
    )
    table: list[dict[str, str]] = _json(path)
    return table


def _json(path: Path) -> Any:
    """Return what a file of the theme holds."""
    try:
        return json.loads(path.read_bytes())
    except ValueError as error:
        raise ContentError(f"{path}: not JSON: {error}") from error


def _verdicts(context: SiteContext, language: str, *, trouble: bool) -> dict[str, str]:
    """Return the words of the verdicts that most pages need, or of all the others."""
    say = context.localiser(language).gettext
    words: dict[str, str] = {}
    rows = (row for row in verdict_table(context) if (row["verdict"] not in _COMMON) == trouble)
    for row in rows:
        for name in ("headline", "sentence"):
            words[f"verdict.{row['verdict']}.{name}"] = say(row[name]) if row[name] else ""
        for name in ("tone", "icon"):
            words[f"verdict.{row['verdict']}.{name}"] = row[name]
    return words


def catalogue_assets(context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of catalogue/assets/."""
    for name, data in published_pictures(context.catalogue.root):
        yield urls.asset(name), data

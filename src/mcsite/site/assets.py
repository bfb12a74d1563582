"""Files that a site takes over: the theme's, the catalogue's pictures, the browser's words."""

import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from mcsite.errors import ContentError
from mcsite.findings import Finding, Position, Severity
from mcsite.site import urls
from mcsite.site.context import SiteContext

LAYERS = "@layer tokens, base, components, print;\n"
_ACTIVE_SVG = re.compile(
    rb"<\s*(script|foreignobject|iframe|embed|object|handler)\b|\son[a-z]+\s*=|javascript:"
    rb"|<!entity|(href|src)\s*=\s*[\"']?\s*(https?:|//|data:text)|url\(\s*[\"']?(https?:|//)|@import",
    re.IGNORECASE,
)


def stylesheet(context: SiteContext) -> bytes:
    """Return the one style sheet: tokens, base, components, and the site's accent colour."""
    parts = [LAYERS]
    for name, path in context.theme.files("static").items():
        if name.suffix == ".css":
            parts.append(path.read_text("utf-8").strip() + "\n")
    theme = context.catalogue.site.theme
    if theme is not None and theme.accent is not None:
        parts.append(f":root {{ --accent-own: {theme.accent}; }}\n")
    return "".join(parts).encode()


def static_files(context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """Yield the theme's files but its style sheets and type declarations."""
    for name, path in context.theme.files("static").items():
        if name.suffix != ".css" and not name.name.endswith(".d.ts"):
            yield urls.static(str(name)), path.read_bytes()


def browser_strings(context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """Yield the words of browser modules: a JSON file an area and language."""
    for name, path in context.theme.files("messages").items():
        messages: dict[str, str] = json.loads(path.read_text("utf-8"))
        for language in context.languages:
            say = context.localiser(language).gettext
            words = {key: say(text) for key, text in messages.items()}
            if name.stem == "verify":
                words |= _verdicts(context, language)
            data = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
            yield urls.static(f"i18n/{name.stem}.{language}.json"), data.encode()


def verdict_table(context: SiteContext) -> list[dict[str, str]]:
    """Return the theme's table of verdicts: what each is called, and how it looks."""
    path = next(
        folder / "verdicts.json"
        for folder in reversed(context.theme.folders)
        if (folder / "verdicts.json").is_file()
    )
    table: list[dict[str, str]] = json.loads(path.read_text("utf-8"))
    return table


def _verdicts(context: SiteContext, language: str) -> dict[str, str]:
    say = context.localiser(language).gettext
    words: dict[str, str] = {}
    for row in verdict_table(context):
        for name in ("headline", "sentence"):
            words[f"verdict.{row['verdict']}.{name}"] = say(row[name]) if row[name] else ""
        for name in ("tone", "icon"):
            words[f"verdict.{row['verdict']}.{name}"] = row[name]
    return words


def catalogue_assets(context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """Yield the files of catalogue/assets/; SVG that could act is refused."""
    root = context.catalogue.root
    folder = root / "catalogue" / "assets"
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith("."):
            continue
        relative = PurePosixPath(path.relative_to(root).as_posix())
        if not path.resolve().is_relative_to(root.resolve()):
            raise _refused(relative, "MC110", f"leads out of the project, to {path.resolve()}")
        data = path.read_bytes()
        if path.suffix.lower() == ".svg" and _ACTIVE_SVG.search(data):
            raise _refused(relative, "MC402", "the SVG holds a script or loads something")
        yield urls.asset(path.relative_to(folder).as_posix()), data


def _refused(path: PurePosixPath, code: str, message: str) -> ContentError:
    finding = Finding(at=Position(path), code=code, severity=Severity.ERROR, message=message)
    return ContentError("a file of catalogue/assets/ can't be published", findings=[finding])

"""Jinja as mcsite uses it: everything escaped, nothing undefined, templates from folders only.

The one door to Jinja, and the one place where markup is called safe.
"""

import json
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup, escape

from mcsite.content.markdown import render_markdown
from mcsite.content.text import Localised
from mcsite.site.localise import Localiser
from mcsite.site.search import plain_spellings
from mcsite.site.theme import Theme


def environment_for(theme: Theme, localiser: Localiser) -> Environment:
    """Return the environment for pages in one language.

    A site's own template replaces the packaged one of the same name, which it can still reach
    as "default/<name>".
    """
    folders = [FileSystemLoader(folder) for folder in theme.templates()]
    environment = Environment(
        loader=ChoiceLoader([*folders, PrefixLoader({"default": folders[-1]})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(localiser.translations, newstyle=True)  # type: ignore[attr-defined] # added by the extension
    environment.filters.update(
        markdown=markdown_filter,
        json_data=json_data,
        iso=lambda moment: moment.isoformat(),
        long_date=localiser.date,
        short_date=localiser.short_date,
        number=localiser.number,
        foreign=foreign,
        plain_spellings=plain_spellings,
    )
    return environment


def markdown_filter(text: str | Localised, top: int = 3) -> Markup:
    """Return Markdown as HTML that nh3 has cleaned; its highest headings stand at level `top`."""
    return Markup(render_markdown(str(text), top))  # noqa: S704 -- cleaned by content.markdown


def json_data(value: Any) -> Markup:
    """Return `value` (or a JSON text) for a script element: nothing in it can end the element."""
    text = (
        value
        if isinstance(value, bytes)
        else json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    )
    return Markup(json_for_script(text).decode())  # noqa: S704 -- escaped there


def json_for_script(text: bytes) -> bytes:
    """Return a JSON text so written that nothing in it can end a script element."""
    for character, written in _WRITTEN:
        text = text.replace(character, written)
    return text


_WRITTEN = tuple(
    (character.encode(), f"\\u{ord(character):04x}".encode()) for character in "<>&\u2028\u2029"
)


def printed(text: str) -> bytes:
    """Return a text as a template prints it: escaped."""
    return escape(text).encode()


@pass_context
def foreign(context: Context, text: Localised) -> Markup:
    """Return the lang attribute of a text that isn't in the page's language, else nothing."""
    page: str = context["view"].head.language
    return Markup("") if text.language == page else Markup(' lang="{}"').format(text.language)

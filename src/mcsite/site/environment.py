"""Jinja as mcsite uses it: everything escaped, nothing undefined, templates from folders only.

The one door to Jinja, and the one place where markup is called safe.
"""

import json
import re
from collections.abc import Callable
from types import CodeType
from typing import Any

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    pass_context,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
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
    environment = _Environment(
        loader=ChoiceLoader([*folders, PrefixLoader({"default": folders[-1]})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_COMPILED,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(localiser.translations, newstyle=True)  # type: ignore[attr-defined] # added by the extension
    environment.globals["_"] = environment.globals["gettext"] = _saying(localiser)
    environment.filters.update(
        markdown=markdown_filter,
        json_data=json_data,
        iso=lambda moment: moment.isoformat(),
        long_date=_in_its_language(localiser.date),
        short_date=_in_its_language(localiser.short_date),
        number=_in_its_language(localiser.number),
        foreign=_foreign_to(localiser.language),
        plain_spellings=plain_spellings,
    )
    return environment


_SPECIAL = re.compile("[&<>\"']")


class _Generator(CodeGenerator):
    """Has what is printed pass `_Environment.escaped` instead of `markupsafe.escape`."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Environment(Environment):
    """An environment whose templates escape quickly: a page prints some five hundred values, and
    few of them have a character to escape.
    """

    code_generator_class = _Generator

    @staticmethod
    def escaped(value: Any) -> str:
        """Return a value as markup, to be joined with what is before and after it."""
        if type(value) is Markup:
            return value
        text = value if type(value) is str else str(value)
        return escape(value) if _SPECIAL.search(text) else text


class _Compiled(BytecodeCache):
    """Compiled templates by name and text: the environments of all languages, and the builds of a
    preview, share them. Nothing is written: what is kept between processes is JSON.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template that was compiled before."""
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one; an older text of the template is forgotten."""
        if bucket.code is not None:
            self._kept[bucket.key] = bucket.checksum, bucket.code


_COMPILED = _Compiled()


def _in_its_language(say: Callable[..., str]) -> Callable[..., str]:
    """Return a filter of one language. Jinja would work out its constants when it compiles, but
    for the context, and a compiled template is for every language.
    """

    @pass_context
    def filtered(context: Context, *values: Any, **options: Any) -> str:
        del context
        return say(*values, **options)

    return filtered


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


def _foreign_to(page: str) -> Callable[[Localised], str]:
    """Return the filter that gives the lang attribute of a text that isn't in the language of the
    page, else nothing.
    """

    def foreign(text: Localised) -> str:
        return "" if text.language == page else Markup(' lang="{}"').format(text.language)

    return foreign


def _saying(localiser: Localiser) -> Callable[..., Markup]:
    """Return `gettext` for templates: a message, each translated once, with its variables escaped.
    A page says some forty, mostly without variables.
    """
    said: dict[str, Markup] = {}

    def gettext(message: str, **variables: Any) -> Markup:
        if message not in said:
            said[message] = Markup(localiser.gettext(message))  # noqa: S704 -- of a translator
        return said[message] % variables

    return gettext

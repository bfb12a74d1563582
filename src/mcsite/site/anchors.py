"""Which anchors a page can have: the ids that the templates of its kind write."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mcsite.site.plan import PageKind
from mcsite.site.theme import Theme

_ID = re.compile(r"""(?<![-\w])id=(["'])(.*?)\1""")
_NAMED = re.compile(r"""["']([\w/-]+\.html)["']""")  # a template that another one uses
_MADE = "{{"  # begins what a template takes from its view


@dataclass(frozen=True, slots=True)
class Anchors:
    """Ids of a kind of page, and whether the templates make others that they don't spell out."""

    ids: frozenset[str]
    open_ended: bool

    def may_have(self, anchor: str) -> bool:
        """Tell whether a page of that kind can have an anchor."""
        return self.open_ended or anchor in self.ids


def anchors_of(theme: Theme, kind: PageKind) -> Anchors:
    """Return the anchors of a kind of page, whatever its content; a site's own templates count.

    Markdown brings none: its headings have no ids.
    """
    texts = "\n".join(_templates(theme, f"pages/{kind.value}.html"))
    ids = {found[2] for found in _ID.finditer(texts)}
    spelt = frozenset(name for name in ids if _MADE not in name)
    return Anchors(spelt, open_ended=len(spelt) < len(ids))


def _templates(theme: Theme, name: str) -> Iterator[str]:
    """Yield the text of a template, and of all that it uses."""
    waiting, seen = [name], {name}
    while waiting:
        name = waiting.pop()
        files = (folder / name for folder in theme.templates())
        file = next((path for path in files if path.is_file()), None)
        text = "" if file is None else file.read_text("utf-8")
        yield text
        further = set(_NAMED.findall(text)) - seen
        seen |= further
        waiting.extend(further)

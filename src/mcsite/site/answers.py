"""What the content of today answers to the asks of earlier pages, as short digests."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from mcsite.content.models.course import Course
from mcsite.content.models.pathway import Pathway
from mcsite.content.models.provider import Provider
from mcsite.site.context import BELOW, CLOSED, COMMIT, TODAY, SiteContext
from mcsite.site.tracing import Ask, answer

_FOLDERS: Mapping[type, str] = {Course: "courses", Provider: "providers", Pathway: "pathways"}


class Answers:
    """Answers asks of one state of the content.

    `digests` are those of the files that were loaded, by "courses/<id>": a model says what its
    file says. `files` are those of all files by path.
    """

    def __init__(
        self, context: SiteContext, digests: Mapping[str, str], files: Mapping[str, str]
    ) -> None:
        self._context = context
        self._collections = context.collections()
        self._digests = digests
        self._files = files
        self._scalars = {
            TODAY: context.day.isoformat(),
            COMMIT: context.revision,
            CLOSED: str(context.closed),
        }
        self._known: dict[Ask, str] = {}

    def of(self, ask: Ask) -> str:
        """Return the digest of the answer to `ask`."""
        if ask not in self._known:
            said = self._scalars[ask] if ask in self._scalars else self._asked(ask)
            self._known[ask] = blake2b(said.encode(), digest_size=12).hexdigest()
        return self._known[ask]

    def _asked(self, ask: Ask) -> str:
        *name, operation, key = ask
        if operation == BELOW:
            inside = f"{key}/"
            return repr([one for one in self._files.items() if f"{one[0]}/".startswith(inside)])
        if name[0] == "listed":
            return self._said(answer(self._context.listed(tuple(name[1:])), operation, key))
        content = self._collections.get(tuple(name))
        return "gone" if content is None else self._said(answer(content, operation, key))

    def _said(self, value: Any) -> str:
        """Return a value as a text that no other value has; a model as the digest of its file."""
        folder = _FOLDERS.get(type(value))
        if folder is not None:
            return f"{folder}/{value.id} {self._digests[f'{folder}/{value.id}']}"
        if isinstance(value, list | tuple):
            return f"[{', '.join(map(self._said, value))}]"
        return repr(value)

"""Addresses of a file on the forge that keeps it: where it is edited, and its history."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

from mcsite.content.models.forge import ForgeName, SourceRepository


@dataclass(frozen=True, slots=True)
class _Addresses:
    """Where a forge puts things, below the address of the repository."""

    edit: str
    history: str
    issues: str


_GITEA = _Addresses("_edit/{branch}/{path}", "commits/branch/{branch}/{path}", "issues")
_FORGES: Mapping[ForgeName, _Addresses] = MappingProxyType(
    {
        "github": _Addresses("edit/{branch}/{path}", "commits/{branch}/{path}", "issues"),
        "gitlab": _Addresses("-/edit/{branch}/{path}", "-/commits/{branch}/{path}", "-/issues"),
        "gitea": _GITEA,
        "forgejo": _GITEA,
    }
)


def edit_url(repository: SourceRepository | None, path: str) -> str:
    """Return where a file of the project is edited; "" where no forge is known. Whoever may not
    write there is offered a copy of the repository to suggest the change from.
    """
    return _of(repository, "edit", path)


def history_url(repository: SourceRepository | None, path: str) -> str:
    """Return where the history of a file is told; the repository where no forge is known."""
    return _of(repository, "history", path) or (repository.url if repository else "")


def issues_url(repository: SourceRepository | None) -> str:
    """Return where mistakes are reported; "" where no forge is known."""
    return _of(repository, "issues", "")


def _of(repository: SourceRepository | None, name: str, path: str) -> str:
    kind = repository.kind if repository else None
    if repository is None or kind is None:
        return ""
    pattern: str = getattr(_FORGES[kind], name)
    whole = f"{repository.folder}/{path}" if repository.folder else path
    rest = pattern.format(branch=quote(repository.branch), path=quote(whole))
    return f"{repository.url.rstrip('/').removesuffix('.git')}/{rest}"

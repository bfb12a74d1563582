"""Where the files of a catalogue are kept and edited: a repository on a forge."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, TypeAlias
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, model_validator

from mcsite.content.fields import ProjectPath, Url, Word, fault, written
from mcsite.content.models.base import ContentModel, scalar_as

ForgeName: TypeAlias = Literal["github", "gitlab", "gitea", "forgejo"]
FORGES: tuple[ForgeName, ...] = ("github", "gitlab", "gitea", "forgejo")
_HOSTS: Mapping[str, ForgeName] = MappingProxyType(
    {"github.com": "github", "gitlab.com": "gitlab", "gitea.com": "gitea",
     "codeberg.org": "forgejo"}
)  # fmt: skip


def _forge(value: object) -> str:
    text = written(value, ", ".join(FORGES))
    if text not in FORGES:
        raise fault("MC210", f"{text!r} isn't a forge that mcsite knows",
                    f"one of: {', '.join(FORGES)}; or leave it out")  # fmt: skip
    return text


class SourceRepository(ContentModel):
    """The Git repository of the site's files, and the program that it is kept with."""

    short_form: ClassVar = {"type": "string", "format": "uri"}
    url: Url = Field(description="address of the repository, as a browser opens it")
    branch: Word = Field("main", description="the branch that the site is built from")
    forge: Annotated[ForgeName, BeforeValidator(_forge)] | None = Field(
        None, description="absent: as the host tells"
    )
    folder: ProjectPath | None = Field(
        None, description="the project's folder in it, where it isn't the whole"
    )

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return scalar_as("url", value)

    @property
    def kind(self) -> ForgeName | None:
        """The forge; None where neither the file nor the host's name tells it."""
        return self.forge or _of_host(urlsplit(self.url).hostname or "")


def _of_host(host: str) -> ForgeName | None:
    """Return the forge at a host: a well-known one, or one that is named for its program."""
    first = host.partition(".")[0]
    return _HOSTS.get(host) or next((name for name in FORGES if name == first), None)

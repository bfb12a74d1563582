"""mcsite new: a commented skeleton of a course, a provider or a pathway."""

from pathlib import Path, PurePosixPath

from mcsite.commands import skeletons
from mcsite.commands.country import guessed_country
from mcsite.commands.project import site_of
from mcsite.commands.schema import FOLDER, modeline
from mcsite.content.fields import MAX_ID, is_identifier
from mcsite.content.source import Mapping, Scalar, SourceFault, read_source
from mcsite.errors import UsageError
from mcsite.store.atomic import write_in_project

KINDS = ("course", "provider", "pathway")


def start_file(project: Path, kind: str, name: str) -> Path:
    """Write a commented skeleton of a course, provider or pathway; never over an existing file."""
    if not is_identifier(name):
        raise UsageError(
            f"{name!r} can't be an id",
            hint=f"lower-case letters, digits and single hyphens, at most {MAX_ID}",
        )
    site = site_of(project)
    path = project / "catalogue" / f"{kind}s" / f"{name}.yaml"
    if path.exists():
        raise UsageError(f"{path} exists already")
    languages = site.languages if site else ("en",)
    title = name.replace("-", " ").capitalize()
    if kind == "course":
        text = skeletons.course(title, _ids(project, "providers") or ["my-institution"], languages)
    elif kind == "provider":
        country = _country(project) or guessed_country(site.base_url if site else "", languages)
        text = skeletons.provider(title, country, languages)
    else:
        text = skeletons.pathway(title, _ids(project, "courses") or ["first-course"], languages)
    if (project / FOLDER / f"{kind}.json").is_file():
        text = modeline(kind) + text
    write_in_project(project, path, text.encode())
    return path


def _ids(project: Path, folder: str) -> list[str]:
    return sorted(path.stem for path in (project / "catalogue" / folder).glob("*.yaml"))


def _country(project: Path) -> str:
    """Return the country of a provider that is there already, "" where none says it."""
    for path in sorted((project / "catalogue" / "providers").glob("*.yaml")):
        try:
            node = read_source(path.read_bytes(), PurePosixPath(path.name))
        except (OSError, SourceFault):
            continue  # mcsite check tells
        if isinstance(node, Mapping) and "country" in node.entries:
            value = node.entries["country"][1]
            return value.text if isinstance(value, Scalar) else ""
    return ""

"""mcsite init: a repository that passes check and builds."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mcsite.commands import skeletons
from mcsite.commands.country import guessed_country
from mcsite.commands.schema import modeline, schema_files
from mcsite.commands.workflow_files import workflow_files
from mcsite.content.models.base import ContentModel
from mcsite.content.models.provider import Provider
from mcsite.content.models.site import Site
from mcsite.content.source import Mapping, SourceFault, read_source
from mcsite.content.validation import read_model
from mcsite.errors import UsageError
from mcsite.store.atomic import write_in_project

SITE = "catalogue/site.yaml"
PROVIDER = "catalogue/providers/my-institution.yaml"
COURSE = "catalogue/courses/first-course.yaml"
GIT_ATTRIBUTES = """\
# Two branches that issue or withdraw are merged by taking the lines of both: an entry is a line.
# A status list that was merged so has to be signed anew: mcsite check says it, mcsite refresh does.
credentials/*.jsonl merge=union
credentials/status.yaml merge=union
credentials/status/*.json merge=union
# Written by mcsite schema --write
schemas/*.json linguist-generated
"""
GIT_IGNORE = """\
# What mcsite makes, and keeps between builds
public/
.public.mcsite-*
.mcsite/
credentials/.*/
# What is private: keys, lists of learners, links
*.pem
*.key
learners*.csv
learners*.yaml
links.csv
*-links.csv
"""
_KEPT = {".git", "LICENSE", "README.md"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """What a new repository is for. A `country` that isn't given is guessed."""

    folder: Path
    name: str
    base_url: str
    languages: tuple[str, ...]
    privacy: str
    country: str = ""
    forge: str = "both"  # whose workflows are written: one of workflow_files.FORGES

    @property
    def likely_country(self) -> str:
        """The country given, or else a guess."""
        return self.country or guessed_country(self.base_url, self.languages)


def start_project(wanted: NewProject) -> list[Path]:
    """Write a repository that passes check and builds; return the files that were written.

    A repository that a forge has just made is taken too: what is in it stays. Where a file can't
    be written, none is left.
    """
    there = refuse_full(wanted.folder)
    check_wanted(wanted)
    files = content_files(wanted) | schema_files(wanted.languages) | repository_files(wanted)
    files |= workflow_files(wanted.forge)
    written = [path for path in files if path not in there]
    made = [wanted.folder / path for path in written]
    with _all_or_none(made):
        for path in written:
            write_in_project(wanted.folder, wanted.folder / path, files[path].encode())
    return made


@contextlib.contextmanager
def _all_or_none(files: Sequence[Path]) -> Iterator[None]:
    """Remove new files, and the folders that were made for them, where the block fails."""
    folders = {folder for path in files for folder in path.parents if not folder.exists()}
    try:
        yield
    except BaseException:
        for path in files:
            with contextlib.suppress(OSError):
                path.unlink()
        for folder in sorted(folders, reverse=True):  # the inner ones first
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def refuse_full(folder: Path) -> set[str]:
    """Return the names of what is in the folder already, or refuse it for what isn't a forge's."""
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if there - _KEPT:
        raise UsageError(f"{folder} isn't empty", hint="name a new folder")
    return there


def content_files(wanted: NewProject) -> dict[str, str]:
    """Return what mcsite reads: the site, a provider, a first course; text by path."""
    languages = wanted.languages
    return {
        SITE: modeline("site") + _site(wanted),
        PROVIDER: modeline("provider") + _provider(wanted),
        COURSE: modeline("course")
        + skeletons.course("First course", ["my-institution"], languages),
        "credentials/.gitkeep": "",
    }


def repository_files(wanted: NewProject) -> dict[str, str]:
    """Return what Git, and who works in the repository, read; text by path."""
    return {
        ".gitignore": GIT_IGNORE,
        ".gitattributes": GIT_ATTRIBUTES,
        "build.py": _BUILD,
        "README.md": _README.format(name=wanted.name, folder=wanted.folder.name or "."),
    }


def check_wanted(wanted: NewProject) -> None:
    """Refuse what was asked for if a file made of it would have a fault."""
    _check(Site, SITE, _site(wanted), wanted.languages)
    _check(Provider, PROVIDER, _provider(wanted), wanted.languages, id="my-institution")


def _site(wanted: NewProject) -> str:
    return skeletons.site(
        wanted.name, wanted.base_url.rstrip("/"), wanted.languages, wanted.privacy
    )


def _provider(wanted: NewProject) -> str:
    return skeletons.provider(wanted.name, wanted.likely_country, wanted.languages)


def _check(
    model: type[ContentModel], path: str, text: str, languages: tuple[str, ...], **known: str
) -> None:
    try:
        node = read_source(text.encode(), PurePosixPath(path))
    except SourceFault as fault:
        raise UsageError(fault.finding.message) from fault
    if not isinstance(node, Mapping):
        raise UsageError("the name can't be written as YAML")
    context = {"default_language": languages[0]}
    _, findings = read_model(model, node, PurePosixPath(path), context, **known)
    # a language that is none is one in every text: what is said of the list tells it best
    for finding in sorted(findings, key=lambda one: not one.message.startswith("languages")):
        raise UsageError(finding.message, hint=finding.hint)


_BUILD = """\
\"\"\"`python build.py` builds the site of this folder: the same as `mcsite build`.\"\"\"

import sys
from pathlib import Path

from mcsite.cli import main

if __name__ == "__main__":
    sys.exit(main(["build", "--project", str(Path(__file__).parent), *sys.argv[1:]]))
"""
_README = """\
# {name}

A catalogue of micro-credentials, and the credentials that were issued, made into a static site by
mcsite. Every file is text; a change to it is a commit, and can be a pull request that somebody
reads.

| folder | what is in it |
|---|---|
| `catalogue/` | the site, its providers, courses and pathways: what you write |
| `credentials/` | what was issued and withdrawn: what mcsite writes, and you commit |
| `schemas/`, `.vscode/` | what an editor needs to complete and check the files |
| `public/` | the site, made from the others and never committed |

## Every day

    mcsite new course ID       # a course to fill in; also: provider, pathway
    mcsite check               # what is wrong, where, and what to do about it
    mcsite serve --open        # the site on this machine; shows each change as you save it
    mcsite build               # the site, in public/

## To issue and withdraw

    mcsite keygen --out ../key.pem                                        # once
    mcsite issue COURSE --learners ../learners.csv --key ../key.pem --links ../links.csv
    mcsite revoke LINK --reason "…" --key ../key.pem
    mcsite refresh --key ../key.pem       # at least once a month: status lists run out

Private keys, lists of learners and files of links never go into the repository.

After an update of mcsite, or of the site's languages: `mcsite schema --write`.
"""

"""mcsite init and new: a repository that builds, and skeletons of what goes into it."""

import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mcsite.commands.workflow_files import workflow_files
from mcsite.content.fields import MAX_ID, is_identifier
from mcsite.content.models.site import Site
from mcsite.content.source import Mapping, SourceFault, read_source
from mcsite.content.validation import read_model
from mcsite.errors import UsageError
from mcsite.store.atomic import write_in_project

GIT_ATTRIBUTES = """\
# Two branches that issue or withdraw are merged by taking the lines of both: an entry is a line.
# A status list that was merged so has to be signed anew: mcsite check says it, mcsite refresh does.
credentials/*.jsonl merge=union
credentials/status.yaml merge=union
credentials/status/*.json merge=union
"""
KINDS = ("course", "provider", "pathway")
_KEPT = {".git", "LICENSE", "README.md"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """What a new repository is for."""

    folder: Path
    name: str
    base_url: str
    languages: tuple[str, ...]
    privacy: str
    forge: str = "both"  # whose workflows are written: one of workflow_files.FORGES


def start_project(wanted: NewProject) -> list[Path]:
    """Write a repository that passes check and builds; return the files that were written.

    A repository that a forge has just made is taken too: what is in it stays.
    """
    there = {path.name for path in wanted.folder.iterdir()} if wanted.folder.exists() else set()
    if there - _KEPT:
        raise UsageError(f"{wanted.folder} isn't empty", hint="name a new folder")
    name = json.dumps(wanted.name, ensure_ascii=False)
    files = {
        "catalogue/site.yaml": _SITE.format(
            name=name,
            base_url=wanted.base_url.rstrip("/"),
            languages=", ".join(wanted.languages),
            privacy=wanted.privacy,
        ),
        "catalogue/providers/my-institution.yaml": _PROVIDER.format(name=name),
        "catalogue/courses/first-course.yaml": _COURSE.format(
            title='"First course"', provider="my-institution", language=wanted.languages[0]
        ),
        "credentials/.gitkeep": "",
        ".gitignore": "public/\n*.pem\n*-links.csv\ncredentials/.*/\n",
        ".gitattributes": GIT_ATTRIBUTES,
        "build.py": _BUILD,
        "README.md": _README.format(name=wanted.name),
        **workflow_files(wanted.forge),
    }
    _check_site(files["catalogue/site.yaml"], wanted.languages[0])
    written = [path for path in files if path not in there]
    for path in written:
        write_in_project(wanted.folder, wanted.folder / path, files[path].encode())
    return [wanted.folder / path for path in written]


def _check_site(text: str, language: str) -> None:
    """Refuse what was asked for if the site's file would have a fault."""
    path = PurePosixPath("catalogue/site.yaml")
    try:
        node = read_source(text.encode(), path)
    except SourceFault as fault:
        raise UsageError(fault.finding.message) from fault
    if not isinstance(node, Mapping):
        raise UsageError("the name can't be written as YAML")
    _, findings = read_model(Site, node, path, {"default_language": language})
    for finding in findings:
        raise UsageError(finding.message, hint=finding.hint)


def start_file(project: Path, kind: str, name: str) -> Path:
    """Write a commented skeleton of a course, provider or pathway; never over an existing file."""
    if not is_identifier(name):
        raise UsageError(
            f"{name!r} can't be an id",
            hint=f"lower-case letters, digits and single hyphens, at most {MAX_ID}",
        )
    if not (project / "catalogue").is_dir():
        raise UsageError(f"{project} has no folder catalogue/")
    path = project / "catalogue" / f"{kind}s" / f"{name}.yaml"
    if path.exists():
        raise UsageError(f"{path} exists already")
    title = json.dumps(name.replace("-", " ").capitalize(), ensure_ascii=False)
    providers = sorted((project / "catalogue" / "providers").glob("*.yaml"))
    provider = providers[0].stem if providers else "my-institution"
    courses = sorted((project / "catalogue" / "courses").glob("*.yaml"))
    course = courses[0].stem if courses else "first-course"
    text = {
        "course": _COURSE.format(title=title, provider=provider, language="en"),
        "provider": _PROVIDER.format(name=title),
        "pathway": _PATHWAY.format(title=title, course=course),
    }[kind]
    write_in_project(project, path, text.encode())
    return path


_SITE = """\
# The site as a whole. Every field: docs/reference/content.md, or `mcsite schema site`.
title: {name}
# Where the site will be published. Credentials carry this address for ever: settle it before you
# issue any.
base_url: {base_url}
# Interface languages; the first is the language of plain texts. Texts in several: {{lv: …, en: …}}
languages: [{languages}]
publisher:
  name: {name}
# sealed: only whoever has the link can read a credential. public: it stands on the web.
privacy: {privacy}
"""
_PROVIDER = """\
# An awarding body. The id is the file's name.
legal_name: {name}
country: LV                    # ISO 3166-1, capitals
# region: Vidzeme
# homepage: https://www.example.org/
# logo: {{path: logos/institution.svg}}
# accreditations:
#   - {{by: Quality agency, type: institutional-quality-assurance, valid_until: 2030-12-31}}
"""
_COURSE = """\
# A micro-credential. The id is the file's name. Fields above the line are required: they are
# those of Annex I of Council Recommendation 2022/C 243/02.
title: {title}
provider: {provider}
learning_outcomes:             # what the learner can do afterwards, verb first
  - Describe what this course is about
workload: {{ects: 1, hours: 25}} # ECTS wherever possible
level: {{eqf: 5}}                # or level: none, with a level_reason
assessment:
  - {{type: project-work, description: A small project}}
participation: online          # online, blended, onsite, work-based, project-based, research-lab
quality_assurance: {{type: internal, body: The institution itself}}
# ---
summary: One sentence for lists and search.
description: |
  What the course is about, in *Markdown*.
field: "0031"                  # ISCED-F 2013
language: {language}                   # language of instruction
# offerings:
#   - {{start: 2027-01-12, apply_by: 2027-01-05, price: 0, url: https://www.example.org/apply}}
"""
_PATHWAY = """\
# Micro-credentials that together lead somewhere. Credits are computed.
title: {title}
outcome: {{qualification: What the whole leads to}}
steps:
  - {course}
"""
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
mcsite.

    mcsite check          # what is wrong, and where
    mcsite serve --open   # the site on this machine
    mcsite build          # the site, in public/

Private keys and files of links are never committed.
"""

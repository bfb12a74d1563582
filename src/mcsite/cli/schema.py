"""`mcsite schema`: what editors that complete and check YAML need, and those that hide it."""

import argparse
from collections import Counter
from pathlib import Path

from mcsite.cli.arguments import add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import counted, say, tell
from mcsite.commands.editor import CMS, PACKAGES, SCRIPTS, config_text, write_editor
from mcsite.commands.editor import FOLDER as EDITOR_FOLDER
from mcsite.commands.editor_shapes import short_forms
from mcsite.commands.project import site_of
from mcsite.commands.schema import FOLDER, KINDS, json_text, schema_of, write_schemas
from mcsite.content.models.site import Site
from mcsite.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument(
        "kind", nargs="?", choices=KINDS, default="course", metavar="KIND",
        help=f"the kind of file whose schema is printed: {', '.join(KINDS)} (default: course)",
    )  # fmt: skip
    parser.add_argument(
        "--cms", choices=CMS, help="the configuration of an editor in the browser instead"
    )
    parser.add_argument(
        "--write", nargs="?", const="", metavar="FOLDER",
        help="write the schemas of all kinds, or the editor's files, into a folder of the project "
        f"(default: {FOLDER}, {EDITOR_FOLDER})",
    )  # fmt: skip
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Print the schema of one kind of file, or write all of them; the same for an editor."""
    if args.cms:
        return _editor(args)
    if args.write is None:
        say(json_text(schema_of(args.kind)).rstrip())
        return Exit.FINE
    site = site_of(args.project)
    folder = Path(args.write or FOLDER)
    for path in write_schemas(args.project, folder, site.languages if site else ()):
        say(f"{path}")
    return Exit.FINE


def _editor(args: argparse.Namespace) -> Exit:
    site = site_of(args.project)
    if site is None:
        raise UsageError("catalogue/site.yaml has errors", hint="mcsite check tells which")
    if args.write is None:
        say(config_text(site, args.cms).rstrip())
        return Exit.FINE
    for path in write_editor(args.project, Path(args.write or EDITOR_FOLDER), site, args.cms):
        say(f"{path}")
    say(f"Next: put {SCRIPTS[args.cms]} of npm's package {PACKAGES[args.cms]} beside them.")
    _tell_short_forms(args, site)
    return Exit.FINE


def _tell_short_forms(args: argparse.Namespace, site: Site) -> None:
    """Tell which files have forms that the editor doesn't show, each with its first place."""
    found = list(short_forms(args.project, site, args.cms))
    counts = Counter(position.path for position, _ in found)
    for position, name in found:
        if counts.get(position.path):
            more = counts.pop(position.path) - 1
            rest = f", and {counted(more, 'other place')}" if more else ""
            tell(f"{position}: {name} is in a form that the editor doesn't show{rest}")

"""`mcsite build`."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from mcsite.cli.arguments import add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import counted, say, show_findings, summary_of
from mcsite.commands.build import BuildRequest, build_site
from mcsite.errors import ContentError, UsageError
from mcsite.findings import Severity


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="default: public/ in the project"
    )
    parser.add_argument("--base-url", default="", metavar="URL", help="default: as in site.yaml")
    parser.add_argument(
        "--jobs",
        type=int,
        default=0,
        metavar="N",
        help="processes at most (default: all processors)",
    )
    parser.add_argument("--strict", action="store_true", help="take warnings for errors")
    parser.add_argument(
        "--clean", action="store_true", help="take nothing over from earlier builds"
    )
    parser.add_argument("--no-search", action="store_true", help="make no index of words")
    parser.add_argument("--no-images", action="store_true", help="draw no pictures for sharing")
    parser.add_argument(
        "--gallery", action="store_true", help="show the theme's components too, in gallery/"
    )
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Build, and say what was made."""
    output = args.output or args.project / "public"
    request = BuildRequest(
        project=args.project,
        output=output,
        base_url=args.base_url,
        strict=args.strict,
        search=not args.no_search,
        images=not args.no_images,
        gallery=args.gallery,
        clean=args.clean,
        jobs=args.jobs,
        built_at=build_time(),
        now=datetime.now(UTC),
    )
    try:
        report = build_site(request)
    except ContentError as error:
        show_findings(error.findings, args.project)
        raise ContentError(str(error), hint=error.hint) from error
    shown = [f for f in report.findings if f.severity is not Severity.NOTE]
    show_findings(shown, args.project)
    made = [
        counted(report.pages, "page"),
        counted(report.credentials, "credential"),
        counted(report.files, "file"),
    ]
    written = "" if report.written == report.files else f" ({report.written} of them changed)"
    say(f"{output}: {', '.join(made)}{written}; {summary_of(report.findings)}")
    return Exit.FINE


def build_time() -> datetime:
    """Return the time that pages are dated by: SOURCE_DATE_EPOCH where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"SOURCE_DATE_EPOCH is {epoch!r}, not seconds since 1970") from error

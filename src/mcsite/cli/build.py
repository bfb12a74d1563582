"""`mcsite build`."""

import argparse
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mcsite.cli.arguments import add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import counted, say, show_findings, summary_of, tell
from mcsite.commands.build import BuildReport, BuildRequest, build_site
from mcsite.errors import ContentError, UsageError
from mcsite.findings import Severity

_S3 = "s3://"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument(
        "--output",
        metavar="DIR",
        help="default: public/ in the project; or s3://BUCKET/PATH (mcsite[s3])",
    )
    parser.add_argument("--base-url", default="", metavar="URL", help="default: as in site.yaml")
    parser.add_argument(
        "--jobs", type=int, default=0, metavar="N",
        help="processes at most, or shards at a time (default: as many as there are processors)",
    )  # fmt: skip
    parser.add_argument(
        "--executor", choices=("processes", "dask"), default="processes",
        help="who does the work: this machine (default), or a Dask cluster (mcsite[dask])",
    )  # fmt: skip
    parser.add_argument(
        "--scheduler", default="", metavar="ADDRESS",
        help="of the Dask cluster, e.g. tcp://10.0.0.5:8786",
    )  # fmt: skip
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
    if (args.executor == "dask") != bool(args.scheduler):
        raise UsageError(
            "--executor dask and --scheduler go together",
            hint="mcsite build --executor dask --scheduler tcp://10.0.0.5:8786",
        )
    to_storage = (args.output or "").startswith(_S3)
    request = BuildRequest(
        project=args.project,
        output=args.project / "public" if to_storage or not args.output else Path(args.output),
        base_url=args.base_url,
        strict=args.strict,
        search=not args.no_search,
        images=not args.no_images,
        gallery=args.gallery,
        clean=args.clean,
        jobs=args.jobs,
        scheduler=args.scheduler,
        built_at=build_time(),
        now=datetime.now(UTC),
    )
    try:
        built = _published(request, args.output) if to_storage else _built(request)
    except ContentError as error:
        show_findings(error.findings, args.project)
        raise ContentError(str(error), hint=error.hint) from error
    _show(built, args.project)
    return Exit.FINE


@dataclass(frozen=True, slots=True)
class _Built:
    report: BuildReport
    place: str
    changes: str  # in words, "" where everything is new


def _built(request: BuildRequest) -> _Built:
    report = build_site(request)
    new = report.written == report.files
    return _Built(
        report, str(request.output), "" if new else f" ({report.written} of them changed)"
    )


def _published(request: BuildRequest, place: str) -> _Built:
    """Build into S3 storage, for which an extra is needed."""
    try:
        from mcsite.commands.publish import PublishRequest, publish_site  # noqa: PLC0415 -- an extra
    except ModuleNotFoundError as error:
        raise UsageError(
            f"S3 storage needs a library that isn't installed: {error.name}",
            hint="pip install 'mcsite[s3]'",
        ) from error
    done = publish_site(PublishRequest(build=request, place=place, holder=secrets.token_hex(16)))
    if not done.exclusive:
        tell("the storage knows no conditional writes: see that only one build publishes at a time")
    return _Built(done.report, done.place, f" ({done.written} written, {done.removed} removed)")


def _show(built: _Built, project: Path) -> None:
    report = built.report
    shown = [f for f in report.findings if f.severity is not Severity.NOTE]
    show_findings(shown, project)
    made = [
        counted(report.pages, "page"),
        counted(report.credentials, "credential"),
        counted(report.files, "file"),
    ]
    say(f"{built.place}: {', '.join(made)}{built.changes}; {summary_of(report.findings)}")


def build_time() -> datetime:
    """Return the time that pages are dated by: SOURCE_DATE_EPOCH where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"SOURCE_DATE_EPOCH is {epoch!r}, not seconds since 1970") from error

"""`mcsite check`: findings as text, JSON, or what forges read."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from mcsite.cli.arguments import add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import say, show_findings, summary_of, tell
from mcsite.commands.check import Further, check_project, completeness_report, over_the_network
from mcsite.commands.policy import DEFAULT_BASE
from mcsite.errors import UsageError
from mcsite.findings import Finding, stopping, taken_strictly
from mcsite.review.completeness import as_json, as_table
from mcsite.review.formats import FORMATS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="report on these alone")
    parser.add_argument("--strict", action="store_true", help="take warnings for errors")
    parser.add_argument("--format", choices=["text", *FORMATS], default="text")
    parser.add_argument(
        "--translations", action="store_true",
        help="report every text that isn't translated, or was changed after its translation",
    )  # fmt: skip
    parser.add_argument(
        "--policy", nargs="?", const=DEFAULT_BASE, metavar="BASE",
        help="report also what changed since BASE and may not: issued lines, status entries, keys "
        f"(default: {DEFAULT_BASE})",
    )  # fmt: skip
    parser.add_argument(
        "--external",
        action="store_true",
        help="ask for links to other sites too; good answers count for 7 days, others for one",
    )
    parser.add_argument(
        "--completeness", action="store_true",
        help="show instead how complete each course is: Annex I's optional elements, guidance, "
        "translations; as text or json",
    )  # fmt: skip
    parser.add_argument(
        "--no-cache",
        action="store_true",
        help="believe nothing that an earlier run kept in .mcsite/: verify and ask anew",
    )
    parser.add_argument(
        "--jobs", type=int, default=0, metavar="N",
        help="processes at most that verify credentials (default: as many as there are processors)",
    )  # fmt: skip
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Print what is wrong; 0 when nothing stops a build."""
    if args.completeness:
        return _show_completeness(args)
    report = check_project(
        args.project,
        now=datetime.now(UTC),
        paths=args.paths,
        further=Further(
            translations=args.translations,
            policy=args.policy,
            external=over_the_network() if args.external else None,
        ),
        fresh=args.no_cache,
        jobs=args.jobs,
    )
    findings = taken_strictly(report.findings) if args.strict else report.findings
    if args.format == "text":
        show_findings(findings, args.project)
        tell(summary_of(findings))
    else:
        say(FORMATS[args.format](_for_program(findings, args)))
    for coverage in report.translations:
        tell(str(coverage))
    if args.translations and not report.history:
        tell("the project isn't in Git, which knows what was changed after its translation")
    if report.policy is not None:
        alone = "; it is HEAD, so just what isn't committed" if report.policy.is_head else ""
        tell(f"compared with {report.policy.base[:12]}{alone}")
    return Exit.AT_FAULT if stopping(findings) else Exit.FINE


def _for_program(findings: Sequence[Finding], args: argparse.Namespace) -> Sequence[Finding]:
    """Return findings as a program looks for them: forges name files from the repository's root,
    where their jobs run, and the project may be a folder of it.
    """
    here, project = Path.cwd(), args.project.resolve()
    if args.format == "json" or project == here or not project.is_relative_to(here):
        return findings
    below = PurePosixPath(project.relative_to(here).as_posix())
    return [replace(one, at=replace(one.at, path=below / one.at.path)) for one in findings]


def _show_completeness(args: argparse.Namespace) -> Exit:
    if args.format not in ("text", "json") or args.paths:
        raise UsageError("--completeness is of the whole catalogue, as text or json")
    courses = completeness_report(args.project, now=datetime.now(UTC))
    if args.format == "json":
        say(as_json(courses))
    else:
        for line in as_table(courses):
            say(line)
    return Exit.FINE

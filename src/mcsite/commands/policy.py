"""mcsite check --policy: what a change may not do to what was issued, compared with its base."""

from dataclasses import dataclass
from pathlib import Path

from mcsite.commands.comparing import commit_of, common_commit, compared, repository_of
from mcsite.findings import Finding
from mcsite.review.policy import policy_findings

DEFAULT_BASE = "origin/HEAD"


@dataclass(frozen=True, slots=True)
class PolicyReport:
    """What was found, and the commit that the files were compared with."""

    findings: tuple[Finding, ...]
    base: str
    is_head: bool  # nothing but what isn't committed was compared


def check_policy(project: Path, base: str = DEFAULT_BASE) -> PolicyReport:
    """Compare the files of `project` with those where its branch went off from `base`.

    Whoever proposes a change can't choose what it is compared with: what happened in `base`
    meanwhile isn't theirs, and everything since then is. Raises UsageError where Git can't tell.
    """
    repository = repository_of(project)
    head = commit_of(repository, "HEAD")
    start = common_commit(repository, commit_of(repository, base), head)
    found = policy_findings(compared(repository, start, None))
    return PolicyReport(tuple(found), start, start == head)

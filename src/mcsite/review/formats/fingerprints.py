"""What a finding is known by from one run to the next, so that forges tell new ones from old."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from mcsite.findings import Finding


def fingerprints_of(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield a fingerprint a finding, each another. It stays the same when lines above the finding
    change; equal findings of a file are told apart by their order.
    """
    seen: Counter[str] = Counter()
    for finding in findings:
        what = f"{finding.at.path}\0{finding.code}\0{finding.message}"
        seen[what] += 1
        yield hashlib.sha256(f"{what}\0{seen[what]}".encode()).hexdigest()

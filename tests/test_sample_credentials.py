"""The sample's credentials: each state is there to be seen, and every link opens."""

import datetime as dt
import re
from collections import Counter
from pathlib import Path

from mcsite.commands.verify import verify_all
from mcsite.credentials.verdict import Check, Verdict
from mcsite.store.batches import StoredCredential, batch_files, read_batches
from mcsite.store.status_log import read_status_log

ROOT = Path(__file__).parent.parent
LATER = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
LINKS = re.findall(r"<(https://[^>]+/c/[^>]+)>", (ROOT / "docs/sample-links.md").read_text("utf-8"))


def test_there_are_enough_of_both_kinds() -> None:
    stored = [item for item in read_batches(ROOT) if isinstance(item, StoredCredential)]

    assert len(stored) >= 44
    assert len(batch_files(ROOT)) >= 4
    assert Counter(item.sealed for item in stored) == {True: len(LINKS), False: 21}


def test_every_state_can_be_seen() -> None:
    folder = str(ROOT / "credentials")
    found = [answer.verification for answer in verify_all([folder], offline=ROOT, now=LATER)]

    assert Counter(each.verdict for each in found) == {
        Verdict.NO_KEY: len(LINKS),
        Verdict.VALID: 16,
        Verdict.REVOKED: 2,
        Verdict.EXPIRED: 2,
        Verdict.SUSPENDED: 1,
    }
    assert {event.action for event in read_status_log(ROOT)[0].events} == {
        "revoke", "suspend", "reinstate", "supersede",
    }  # fmt: skip


def test_every_link_opens_and_shows_the_course_as_it_is_described_today() -> None:
    found = [answer.verification for answer in verify_all(LINKS, offline=ROOT, now=LATER)]

    assert Counter(each.verdict for each in found) == {
        Verdict.VALID: len(LINKS) - 1,
        Verdict.REVOKED: 1,
    }
    reasons = {
        result.reason
        for each in found
        for result in each.checks
        if result.check is Check.ACHIEVEMENT
    }
    assert reasons == {"as-today"}

"""Years of an institution at random: whatever the order of commands, what was issued keeps its
worth, what was withdrawn stays withdrawn, and check finds nothing.
"""

import datetime as dt
import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mcsite.commands.compromise import compromised_key
from mcsite.commands.erase import erase_credentials
from mcsite.commands.keygen import make_key
from mcsite.commands.keys import KeyState, key_reports, retire_key
from mcsite.commands.signing import signer_of
from mcsite.commands.status import StatusRequest, change_status, refresh, supersede
from mcsite.commands.verify import verify_all
from mcsite.store.audit import credential_findings
from mcsite.store.batches import StoredCredential, read_batches
from tests.project import NOW, Project

STEPS = 25


@dataclass
class History:
    """A project, what it should be worth, and a clock that goes on by a day a step."""

    project: Project
    chance: random.Random
    now: dt.datetime = NOW
    key: Path = field(init=False)
    keys: int = 1
    refreshed: dt.datetime = NOW
    verdicts: dict[str, str] = field(default_factory=dict)  # of every credential ever issued
    kept: Path = field(init=False)  # copies, as learners keep them

    def __post_init__(self) -> None:
        self.key = self.project.key
        self.kept = self.project.private / "kept"
        self.kept.mkdir()

    def step(self) -> str:
        """Do something, and return what."""
        self.now += dt.timedelta(days=1)
        acts = [self.issue, self.issue, self.revoke, self.suspend, self.reinstate]
        acts += [self.replace, self.erase, self.rotate, self.steal]
        act = self.chance.choice(acts)
        act()
        if self.chance.random() < 0.1 or self.now - self.refreshed > dt.timedelta(days=20):
            refresh(self.project.root, self.project.catalogue, self.key, now=self.now)
            self.refreshed = self.now
        return act.__name__

    def issue(self) -> None:
        """Issue one to three credentials."""
        names = [f"Anna {number}" for number in range(self.chance.randint(1, 3))]
        batch = self.chance.choice(["a", "b"])
        made = self.project.issue(
            *names, key_file=self.key, now=self.now, batch=batch, list_capacity=4
        )
        self.keep({one.id: "valid" for one in made.issued})

    def keep(self, new: dict[str, str]) -> None:
        """Keep copies of new credentials, and what they should be worth."""
        self.verdicts |= new
        for stored in read_batches(self.project.root):
            if isinstance(stored, StoredCredential) and stored.id in new:
                (self.kept / f"{stored.id}.json").write_bytes(stored.text)

    def here(self, *states: str) -> list[str]:
        """Return the ids in the repository that are worth one of those."""
        ids = [s.id for s in read_batches(self.project.root) if isinstance(s, StoredCredential)]
        return [one for one in ids if self.verdicts[one] in states]

    def change(self, action: str, verdict: str, *states: str) -> None:
        """Change the status of one credential that is worth one of `states`."""
        found = self.here(*states)
        if found:
            chosen = self.chance.choice(found)
            change_status(self.request(chosen, action), self.project.catalogue)
            self.verdicts[chosen] = verdict

    def request(self, credential: str, action: str) -> StatusRequest:
        """Return a request that the current key signs."""
        return StatusRequest(
            project=self.project.root, credential=credential, action=action, reason="Iemesls",
            key_file=self.key, now=self.now,
        )  # fmt: skip

    def revoke(self) -> None:
        """Withdraw one."""
        self.change("revoke", "revoked", "valid", "suspended")

    def suspend(self) -> None:
        """Suspend one."""
        self.change("suspend", "suspended", "valid")

    def reinstate(self) -> None:
        """End a suspension."""
        self.change("reinstate", "valid", "suspended")

    def replace(self) -> None:
        """Replace one by another."""
        found = self.here("valid", "suspended")
        if found:
            chosen = self.chance.choice(found)
            made = supersede(
                self.request(chosen, "supersede"), self.project.catalogue,
                learners=self.project.learners("Berta B"), links=None,
                random_bytes=self.project.random,
            )  # fmt: skip
            self.verdicts[chosen] = "revoked"
            self.keep({made.issued[0].id: "valid"})

    def erase(self) -> None:
        """Erase up to two; their copies are worth what they were."""
        found = self.here("valid", "suspended", "revoked")
        chosen = self.chance.sample(found, min(len(found), 2))
        if chosen:
            erase_credentials(self.project.root, chosen, now=self.now)

    def another_key(self) -> str:
        """Make the next key, which signs from now on, and return the name of the last."""
        last, self.keys = f"key-{self.keys}", self.keys + 1
        self.key = self.project.private / f"{self.keys}.pem"
        kind = self.chance.choice(["ed25519", "p256"])
        make_key(self.project.root, self.key, kind=kind, did="", now=self.now)
        return last

    def rotate(self) -> None:
        """Retire the key that signed until now."""
        retire_key(self.project.catalogue, self.another_key(), at=self.now, now=self.now)

    def steal(self) -> None:
        """The newest key, or one that retired long ago, is stolen."""
        last = self.another_key()
        reports = key_reports(self.project.catalogue, now=self.now)
        usable = [one.key.id for one in reports if one.state is KeyState.RETIRED]
        name = self.chance.choice([last, *usable])
        by = signer_of(self.project.catalogue, self.key, now=self.now)
        compromised_key(self.project.catalogue, name, by, at=self.now, now=self.now)
        stolen = {one.id for one in key_reports(self.project.catalogue, now=self.now)
                  if one.key.id == name}  # fmt: skip
        here = set(self.here("valid", "suspended", "revoked"))
        for identifier in set(self.verdicts) - here:  # erased: on no list
            text = (self.kept / f"{identifier}.json").read_text()
            if any(f'"{method}"' in text for method in stolen):
                self.verdicts[identifier] = "unknown-issuer"

    def found(self) -> dict[str, str]:
        """Return the verdict on every copy that was kept; who is told of a withdrawal is told
        why.
        """
        answers = verify_all([str(self.kept)], offline=self.project.root, now=self.now)
        found = {Path(one.source).stem: one.verification for one in answers}
        told = ("revoked", "suspended")
        assert all((one.notice is not None) == (one.verdict.value in told)
                   for one in found.values() if one.verdict.value != "unknown-issuer")  # fmt: skip
        return {identifier: one.verdict.value for identifier, one in found.items()}


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_what_was_issued_keeps_its_worth(tmp_path: Path, seed: int) -> None:
    history = History(Project(tmp_path).with_key(), random.Random(seed))  # noqa: S311 -- the same in every run
    history.issue()
    for _ in range(STEPS):
        done = history.step()

        wrong = credential_findings(history.project.catalogue, now=history.now)
        assert [str(one) for one in wrong] == [], done
        assert history.found() == history.verdicts, done

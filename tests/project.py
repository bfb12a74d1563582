"""A small institution's folder on disk, for tests of what reads and writes it."""

import argparse
import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from mcsite.commands.issue import IssueReport, IssueRequest, issue_credentials
from mcsite.commands.keygen import make_key
from mcsite.commands.project import catalogue_of
from mcsite.content.catalogue import Catalogue

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
BASE = "https://micro.uni.example"
DID = "did:web:micro.uni.example"
SITE = f"""\
title: {{lv: Parauga katalogs, en: Sample catalogue}}
base_url: {BASE}
languages: [lv, en]
publisher: {{name: Parauga universitāte}}
"""
PROVIDER = """\
legal_name: Parauga universitāte
country: LV
"""
COURSE = """\
title: {lv: Datu pārvaldība, en: Data stewardship}
provider: uni
summary: Dati
learning_outcomes: [Apraksta datus, Kārto datus]
workload: {ects: 1.5, hours: 40}
level: {eqf: 6, qf_ehea: first-cycle}
assessment: project-work
participation: online
quality_assurance: {type: internal}
supervision: online-with-identity
grading: {scheme: 10 ballu skala, pass: "4"}
field: "0612"
language: lv
version: "1"
"""


class Randomness:
    """Bytes that look random and are the same in every run."""

    def __init__(self, start: int = 0) -> None:
        self.numbers = count(start)

    def __call__(self, length: int) -> bytes:
        """Return the next `length` bytes, at most 64."""
        return hashlib.sha512(str(next(self.numbers)).encode()).digest()[:length]


class Project:
    """A folder with a catalogue of one course, beside it a folder for what isn't published."""

    def __init__(self, folder: Path) -> None:
        self.root, self.private = folder / "site", folder / "private"
        self.private.mkdir(parents=True)
        self.write("catalogue/site.yaml", SITE)
        self.write("catalogue/providers/uni.yaml", PROVIDER)
        self.write("catalogue/courses/data.yaml", COURSE)
        self.key = self.private / "key.pem"
        self.random: Callable[[int], bytes] = Randomness()
        self.numbers = count()

    def write(self, path: str, text: str) -> None:
        """Write a file of the project."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    def with_key(self, kind: str = "ed25519") -> "Project":
        """Make a key that signs since the year before."""
        make_key(self.root, self.key, kind=kind, did="", now=NOW - dt.timedelta(days=365))
        return self

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue as it is now."""
        return catalogue_of(self.root, today=NOW.date())

    def learners(self, *rows: str, header: str = "name") -> Path:
        """Write a learners' file and return it."""
        path = self.private / f"learners-{next(self.numbers)}.csv"
        path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
        return path

    def request(self, learners: Path, **changes: object) -> IssueRequest:
        """Return a request for public credentials, with changes."""
        values: dict[str, object] = {
            "project": self.root, "course": "data", "learners": learners, "key_file": self.key,
            "privacy": "public", "batch": "batch", "now": NOW, "random_bytes": self.random,
        }  # fmt: skip
        return IssueRequest(**(values | changes))  # type: ignore[arg-type] # names are checked when called

    def issue(self, *names: str, **changes: object) -> IssueReport:
        """Issue credentials to people."""
        return issue_credentials(self.request(self.learners(*names), **changes), self.catalogue)

    def issue_sealed(self, *names: str) -> IssueReport:
        """Issue sealed credentials to people."""
        links = self.private / f"links-{next(self.numbers)}.csv"
        return self.issue(*names, privacy="sealed", links=links)

    def snapshot(self) -> dict[str, bytes]:
        """Return every file of the project and of the private folder."""
        found = [*self.root.rglob("*"), *self.private.rglob("*")]
        return {str(path): path.read_bytes() for path in found if path.is_file()}


def parsed(
    add_arguments: Callable[[argparse.ArgumentParser], None], arguments: Sequence[str]
) -> argparse.Namespace:
    """Return the arguments of a command as its parser reads them."""
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(arguments)

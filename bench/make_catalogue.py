"""Makes an institution of any size, to measure builds with: python -m bench.make_catalogue DIR
--courses N ...

Everything in it is invented, and the same in every run. Its key is made for the measurement and
not kept.
"""

import argparse
import datetime as dt
import itertools
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ed25519

from mcsite.commands.init import NewProject, start_project
from mcsite.content.catalogue import Catalogue
from mcsite.content.load import load_catalogue
from mcsite.content.vocabulary import VOCABULARIES
from mcsite.credentials.cryptosuites import PrivateKeySigner, public_key_of
from mcsite.credentials.ids import credential_url, new_credential_id
from mcsite.credentials.issue import Learner, Terms, credential_document, sign
from mcsite.credentials.jcs import canonical
from mcsite.credentials.proofs import secure, timestamp
from mcsite.credentials.status_list import (
    MIN_LENGTH,
    PURPOSES,
    StatusList,
    status_entries,
    status_list_document,
)
from mcsite.exports.open_badges import achievement

BASE = "https://micro.bench.example"
DID = "did:web:micro.bench.example"
BATCH = 1000
WORDS = [
    "data",
    "energy",
    "forest",
    "health",
    "language",
    "music",
    "network",
    "policy",
    "quality",
    "river",
    "safety",
    "school",
    "sensor",
    "service",
    "shore",
    "skill",
    "software",
    "statistics",
    "story",
    "supply",
    "system",
    "teacher",
    "team",
    "theory",
    "timber",
    "trade",
]


def main() -> None:
    """Write the institution."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--courses", type=int, default=2000)
    parser.add_argument("--credentials", type=int, default=20000)
    args = parser.parse_args()
    make(args.folder, courses=args.courses, credentials=args.credentials)


def make(
    folder: Path, *, courses: int, credentials: int, vocabulary: Sequence[str] = WORDS
) -> None:
    """Write an institution with that many courses and public credentials. The first words of the
    vocabulary stand in most texts, the last in few, as those of a language do.
    """
    start_project(
        NewProject(
            folder=folder, name="Bench", base_url=BASE, languages=("lv", "en"), privacy="public"
        )
    )
    (folder / "catalogue/courses/first-course.yaml").unlink()
    chance = random.Random(courses)  # noqa: S311 -- the same in every run
    fields = [code for code in VOCABULARIES["isced-f"].terms if len(code) == 4]  # noqa: PLR2004
    for number in range(courses):
        path = folder / "catalogue/courses" / f"course-{number:05}.yaml"
        path.write_text(course(number, chance, fields, vocabulary), "utf-8")
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    write_credentials(folder, credentials, now)


def course(number: int, chance: random.Random, fields: list[str], vocabulary: Sequence[str]) -> str:
    """Return the YAML of a course."""
    weights = [*itertools.accumulate(1 / (rank + 3) for rank in range(len(vocabulary)))]

    def words(count: int) -> str:
        return " ".join(chance.choices(vocabulary, cum_weights=weights, k=count))

    return f"""\
title: {{lv: {words(3)} {number}, en: {words(3)} {number}}}
provider: my-institution
summary: {{lv: {words(12)}, en: {words(12)}}}
description:
  lv: {words(120)}
  en: {words(120)}
learning_outcomes:
  - {{lv: {words(8)}, en: {words(8)}}}
  - {{lv: {words(8)}, en: {words(8)}}}
workload: {{ects: {chance.randint(1, 12)}, hours: {chance.randint(20, 300)}}}
level: {{eqf: {chance.randint(3, 7)}}}
assessment: {{type: project-work, description: {words(6)}}}
participation: {chance.choice(["online", "blended", "onsite"])}
quality_assurance: {{type: internal, body: {words(2)}}}
field: "{chance.choice(fields)}"
language: {chance.choice(["lv", "en", "et", "lt"])}
offerings:
  - {{start: 2027-0{chance.randint(1, 9)}-12, price: {chance.randint(0, 400)}}}
"""


def write_credentials(folder: Path, count: int, now: dt.datetime) -> None:
    """Sign `count` public credentials, in batches of a thousand, with lists and issuers.yaml."""
    private = ed25519.Ed25519PrivateKey.generate()
    public = public_key_of(private).multibase
    since = timestamp(now - dt.timedelta(days=1))
    (folder / "credentials/issuers.yaml").write_text(
        f"- did: {DID}\n  name: Bench\n  keys:\n"
        f"    - id: key-1\n      public_key: {public}\n      valid_from: {since}\n",
        "utf-8",
    )
    loaded = load_catalogue(folder, today=now.date())
    if loaded.catalogue is None:
        raise SystemExit(str(loaded.findings[0]))
    signer = PrivateKeySigner(f"{DID}#key-1", private)
    lines = signed_lines(loaded.catalogue, signer, count, now)
    for batch in itertools.count():
        part = list(itertools.islice(lines, BATCH))
        if not part:
            break
        path = folder / "credentials" / f"batch-{batch:05}.jsonl"
        path.write_bytes(b"".join(line + b"\n" for line in part))
    status = folder / "credentials/status"
    status.mkdir(exist_ok=True)
    for number in range(1, 2 * (count // MIN_LENGTH + 1) + 1):
        document = status_list_document(
            url=f"{BASE}/status/{number}.json",
            issuer=DID,
            purpose=PURPOSES[(number - 1) % 2],
            content=StatusList.of(set()),
            valid_from=now,
            valid_until=now + dt.timedelta(days=30),
        )
        (status / f"{number}.json").write_bytes(canonical(secure(document, signer, now)))


def signed_lines(
    catalogue: Catalogue, signer: PrivateKeySigner, count: int, now: dt.datetime
) -> Iterator[bytes]:
    """Yield the lines of the batches."""
    achievements = [achievement(one, catalogue, "lv") for one in catalogue.courses.values()]
    profile = {"id": DID, "type": ["Profile"], "name": "Bench"}
    for number in range(count):
        terms = Terms(
            url=credential_url(BASE, new_credential_id((number + 1).to_bytes(16))),
            issuer=dict(profile),
            achievement=achievements[number % len(achievements)],
            status=status_entries(BASE, 1 + 2 * (number // MIN_LENGTH), number % MIN_LENGTH),
            valid_from=now,
        )
        learner = Learner(name=f"Paraugs {number}")
        yield canonical(sign(credential_document(learner, terms), signer, now))


if __name__ == "__main__":
    main()

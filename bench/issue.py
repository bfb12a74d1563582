"""Measures what one signed credential costs, beside openvc-core in the same run.

    python -m bench.issue            or: make bench

Ours carry both proofs, RDFC and JCS. "all in" is the document built, both proofs made, and the
text that is stored; "own check" is what `mcsite issue` does besides: it reads each credential back
and verifies it. openvc-core signs the same documents, with a proof of each kind.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ed25519
from openbadgeslib.ob3.contexts import load_context
from openvc.keys import Ed25519SigningKey
from openvc.proof.data_integrity import DataIntegrityProofSuite
from openvc.proof.di_jcs import EddsaJcsProofSuite

from mcsite.credentials.contexts import OPEN_BADGES
from mcsite.credentials.issue import Learner, Terms, credential_document, sign
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.proofs import secure_jcs
from mcsite.credentials.rdfc import canonical_nquads
from mcsite.credentials.status_list import status_entries
from mcsite.credentials.verify import verify
from tests.institution import ACHIEVEMENT, BASE, NOW, Institution, private_key

GOAL = 1500  # credentials a second on one processor
ROUNDS = 5


def main() -> None:
    """Print microseconds of processor time for each step, and the ratio to openvc-core."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--credentials", type=int, default=2000)
    parser.add_argument("--of-openvc", type=int, default=20, help="it takes much longer")
    args = parser.parse_args()
    institution = Institution()
    signer = institution.signer()
    numbers = range(args.credentials)
    documents = [_document(institution, number) for number in numbers]
    size = len(canonical(sign(documents[0], signer, NOW)))
    print(f"{args.credentials} credentials of {size / 1000:.1f} kB, best of {ROUNDS} rounds")
    print(f"{'what':<28} {'µs':>9} {'a second':>9}")

    def all_in(number: int) -> None:
        canonical(sign(_document(institution, number), signer, NOW))

    ours = _measure("mcsite, all in", numbers, all_in)
    _measure("  document", numbers, lambda number: _document(institution, number))
    _measure("  RDFC of it", numbers, lambda number: canonical_nquads(documents[number]))
    _measure("  JCS of it", numbers, lambda number: canonical(documents[number]))
    _measure(
        "  JCS proof alone", numbers, lambda number: secure_jcs(documents[number], signer, NOW)
    )
    signed = [sign(document, signer, NOW) for document in documents]
    evidence = replace(institution.evidence(), status_lists={})
    _measure(
        "mcsite, own check",
        numbers,
        lambda number: verify(canonical(signed[number]), evidence, NOW),
    )
    theirs = sum(_openvc(documents[: args.of_openvc]))
    print(f"openvc-core / mcsite: {theirs / ours:.0f}")
    print(f"goal of {GOAL} a second: {'reached' if ours <= 1e6 / GOAL else 'missed'}")


def _openvc(documents: list[JsonObject]) -> Iterator[float]:
    private = private_key(0)
    if not isinstance(private, ed25519.Ed25519PrivateKey):
        raise TypeError("the institution of the tests signs with Ed25519")
    key = Ed25519SigningKey(private, "did:web:micro.uni.example#key-1")
    contexts = {OPEN_BADGES: load_context(OPEN_BADGES)}
    suites: tuple[tuple[str, Any, dict[str, Any]], ...] = (
        ("RDFC", DataIntegrityProofSuite(), {"extra_contexts": contexts}),
        ("JCS", EddsaJcsProofSuite(), {}),
    )
    for name, suite, how in suites:

        def proof(number: int, suite: Any = suite, how: dict[str, Any] = how) -> None:
            suite.add_proof(
                documents[number],
                signing_key=key,
                verification_method="did:web:micro.uni.example#key-1",
                created=NOW,
                **how,
            )

        yield _measure(f"openvc-core, {name} proof", range(len(documents)), proof)


def _document(institution: Institution, number: int) -> JsonObject:
    return credential_document(
        Learner(name=f"Jānis Bērziņš {number}"),
        Terms(
            url=f"{BASE}/c/{number:022d}/",
            issuer=institution.profile(),
            achievement=ACHIEVEMENT,
            status=status_entries(BASE, 1, number),
            valid_from=NOW,
        ),
    )


def _measure(name: str, numbers: range, work: Callable[[int], object]) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        for number in numbers:
            work(number)
        best = min(best, (time.process_time() - started) / len(numbers))
    micro = best * 1e6
    print(f"{name:<28} {micro:>9.0f} {1 / best:>9.0f}")
    return micro


if __name__ == "__main__":
    main()

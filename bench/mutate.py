"""Alters credentials by chance, and counts what verifying says of them.

    python -m bench.mutate --python 1000000 --browser 20000

Credentials of every kind (public, sealed, tokens), changed in bytes and in parts. No change of
what was signed may be valid, nothing may crash, and the browser's modules must say the same as
Python. tests/credentials/test_mutations.py is the short run.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from mcsite.credentials.verdict import Verdict
from mcsite.credentials.verify import verify
from tests.browser_twin import answer_of, browser_answers
from tests.institution import NOW
from tests.mutations import mutated, originals, says_the_same

STEP = 50_000  # of the report while it runs


def main() -> int:
    """Run both, print what was found, and return 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", type=int, default=1_000_000)
    parser.add_argument("--browser", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=20261123)
    args = parser.parse_args()
    faults = in_python(args.python, args.seed) + in_browser(args.browser, args.seed + 1)
    print(f"{len(faults)} faults")
    for fault in faults[:10]:
        print(repr(fault[:400]))
    return 1 if faults else 0


def in_python(number: int, seed: int) -> list[bytes]:
    """Return the documents that are valid and shouldn't be; a crash ends the run."""
    chance = random.Random(seed)  # noqa: S311 -- the same changes in every run
    kinds, evidence = originals()
    verdicts: Counter[str] = Counter()
    slowest, faults = 0.0, []
    started = time.monotonic()
    for turn in range(number):
        one = kinds[turn % len(kinds)]
        data = mutated(one, chance, kinds)
        before = time.monotonic()
        verdict = verify(data, evidence, NOW, key=one.key).verdict
        slowest = max(slowest, time.monotonic() - before)
        verdicts[verdict.value] += 1
        if verdict is Verdict.VALID and not says_the_same(one, data):
            faults.append(data)
        if (turn + 1) % STEP == 0:
            print(f"{turn + 1} in Python, {len(faults)} falsely valid", flush=True)
    took = time.monotonic() - started
    print(f"Python: {number} in {took:.0f} s, the slowest verification {slowest * 1000:.0f} ms")
    print(f"  {len(faults)} falsely valid; {_counts(verdicts)}")
    return faults


def in_browser(number: int, seed: int) -> list[bytes]:
    """Return the documents of which the browser's modules say something else than Python."""
    chance = random.Random(seed)  # noqa: S311 -- the same changes in every run
    kinds, evidence = originals()
    verdicts: Counter[str] = Counter()
    faults: list[bytes] = []
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for first in range(0, number, 2000):
            chosen = [kinds[n % len(kinds)] for n in range(first, min(first + 2000, number))]
            changed = [(mutated(one, chance, kinds), one.key) for one in chosen]
            answers = browser_answers(Path(folder), changed, evidence)
            verdicts.update(answer[0] for answer in answers)
            for (data, key), answer in zip(changed, answers, strict=True):
                if answer != answer_of(verify(data, evidence, NOW, key=key, check_rdfc=False)):
                    faults.append(data)
    took = time.monotonic() - started
    print(f"Browser's modules: {number} in {took:.0f} s, Python's included")
    print(f"  {len(faults)} unlike Python; {_counts(verdicts)}")
    return faults


def _counts(verdicts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in verdicts.most_common())


if __name__ == "__main__":
    sys.exit(main())

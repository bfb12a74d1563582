"""Chance alters credentials: no change of what was signed is ever valid, and nothing crashes.

The long run is bench/mutate.py.
"""

import random
from pathlib import Path

from mcsite.credentials.verdict import Verdict
from mcsite.credentials.verify import verify
from tests.browser_twin import answer_of, browser_answers
from tests.institution import NOW
from tests.mutations import mutated, originals, says_the_same

IN_PYTHON, IN_BROWSER = 2400, 480


def test_the_originals_are_valid_and_say_the_same_as_themselves() -> None:
    found, evidence = originals()

    for one in found:
        assert verify(one.data, evidence, NOW, key=one.key).verdict is Verdict.VALID, one.name
        assert says_the_same(one, one.data)


def test_no_changed_credential_is_valid() -> None:
    chance = random.Random(20261123)  # noqa: S311 -- the same changes in every run
    found, evidence = originals()
    valid = 0

    for number in range(IN_PYTHON):
        one = found[number % len(found)]
        data = mutated(one, chance, found)
        verdict = verify(data, evidence, NOW, key=one.key).verdict
        valid += verdict is Verdict.VALID
        assert verdict is not Verdict.VALID or says_the_same(one, data), data

    assert 0 < valid < IN_PYTHON / 10  # some changes are only of white space, order and the like


def test_the_browser_says_the_same_of_changed_credentials(tmp_path: Path) -> None:
    chance = random.Random(1123)  # noqa: S311 -- the same changes in every run
    found, evidence = originals()
    chosen = [found[number % len(found)] for number in range(IN_BROWSER)]
    changed = [(mutated(one, chance, found), one.key) for one in chosen]

    answers = browser_answers(tmp_path, changed, evidence)

    for (data, key), answer in zip(changed, answers, strict=True):
        ours = answer_of(verify(data, evidence, NOW, key=key, check_rdfc=False))
        assert answer == ours, data

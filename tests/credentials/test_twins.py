"""Python and the browser's modules, compared on documents that hypothesis makes up."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.proofs import secure_jcs
from mcsite.credentials.strict_json import JsonFault, parse
from mcsite.credentials.verdict import Verdict
from mcsite.credentials.verify import verify
from tests.browser_twin import Document, answer_of, browser_answers
from tests.generated import JSON, VOCABULARY, documents, nodes, texts
from tests.institution import LINK_KEY, NOW, Institution, private_key

TEXTS, DOCUMENTS = 400, 120


def drawn(strategy: st.SearchStrategy[Any], number: int) -> list[Any]:
    """Return values of a strategy, the same in every run."""
    found: list[Any] = []

    @settings(
        max_examples=number, derandomize=True, deadline=None, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found


def as_texts(value: Any) -> list[bytes]:
    """Return JSON texts of a value: plain, escaped, and spread out."""
    return [
        json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"),
        json.dumps(value, ensure_ascii=True, indent=1).encode(),
    ]


def test_json_is_read_and_written_alike(tmp_path: Path) -> None:
    made = [text for value in drawn(JSON, TEXTS) for text in as_texts(value)]
    cut = [text[: len(text) * 2 // 3] for text in made[::5]]
    asked = [*made, *cut]

    for text, answer in zip(asked, browser_answers(tmp_path, texts=asked), strict=True):
        try:
            ours = ["ok", canonical(parse(text)).decode()]
        except JsonFault as fault:
            ours = [fault.reason, ""]
        assert answer == ours, text


def claims() -> st.SearchStrategy[JsonObject]:
    """Return a subject with an achievement, of any terms and texts."""
    return st.builds(
        lambda name, achievement, more: {
            **more,
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": name,
                 "identityType": "name"}
            ],
            "achievement": achievement,
        },
        texts(), nodes(2, "Achievement"), nodes(1, "AchievementSubject"),
    )  # fmt: skip


def issued(it: Institution, subject: JsonObject, *, sealed: bool, curve: bool) -> Document:
    """Return a signed credential with that subject, and the key of its link."""
    bare = {k: v for k, v in it.issue().items() if k != "proof"}
    signer = it.signer(1 if curve else 0)
    document = secure_jcs({**bare, "credentialSubject": subject}, signer, NOW)
    return (canonical(it.seal(document)), LINK_KEY) if sealed else (canonical(document), None)


def with_two_keys() -> Institution:
    """Return an institution with an Ed25519 key and one of P-384."""
    it = Institution()
    it.add_key(private_key(4, curve=ec.SECP384R1()), since=NOW - dt.timedelta(days=365))
    return it


def test_credentials_of_any_content_have_the_same_verdict(tmp_path: Path) -> None:
    it = with_two_keys()
    evidence = it.evidence()
    kinds = st.tuples(claims(), st.booleans(), st.booleans())
    made = [
        issued(it, subject, sealed=sealed, curve=curve)
        for subject, sealed, curve in drawn(kinds, DOCUMENTS)
    ]

    answers = browser_answers(tmp_path, made, evidence)

    for (data, key), answer in zip(made, answers, strict=True):
        assert answer == answer_of(verify(data, evidence, NOW, key=key, check_rdfc=False)), data
    verdicts = [answer[0] for answer in answers]
    assert verdicts.count(Verdict.VALID) > DOCUMENTS / 2


def test_documents_of_any_form_are_refused_for_the_same_reason(tmp_path: Path) -> None:
    """Most of these are no credentials at all."""
    it = Institution()
    odd = st.one_of(documents(), documents().flatmap(unlike), JSON.map(lambda value: {"x": value}))
    made = [(json.dumps(document).encode(), None) for document in drawn(odd, DOCUMENTS)]

    answers = browser_answers(tmp_path, made, it.evidence())

    for (data, key), answer in zip(made, answers, strict=True):
        assert answer == answer_of(verify(data, it.evidence(), NOW, key=key)), data


def unlike(document: JsonObject) -> st.SearchStrategy[JsonObject]:
    """Return documents with a property of any name and value more."""
    names = st.one_of(
        st.sampled_from(sorted(VOCABULARY.everywhere | {"@context", "proof"})), texts()
    )
    return st.builds(lambda name, value: {**document, name: value}, names, JSON)

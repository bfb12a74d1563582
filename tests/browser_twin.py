"""The browser's modules, asked by Python: many documents in one run of Node."""

import base64
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mcsite.credentials import base64url
from mcsite.credentials.evidence import Evidence
from mcsite.credentials.proofs import timestamp
from mcsite.credentials.verify import Verification
from tests.institution import NOW
from tests.vectors.make_verification import as_json

BATCH = Path(__file__).parent / "js" / "batch.mjs"
Document = tuple[bytes, bytes | None]  # with the key of its link


def browser_answers(
    folder: Path,
    documents: Sequence[Document] = (),
    evidence: Evidence | None = None,
    *,
    texts: Sequence[bytes] = (),
) -> list[list[str]]:
    """Return what the browser's modules say of texts, then of documents.

    Of a text: "ok" and its canonical form, or the reason why it is refused. Of a document: the
    verdict, then state and reason of each check.
    """
    asked = folder / "asked.json"
    asked.write_text(
        json.dumps(
            {
                "now": timestamp(NOW),
                "evidence": [as_json(evidence or Evidence())],
                "texts": [base64.b64encode(text).decode() for text in texts],
                "documents": [
                    [base64.b64encode(data).decode(), key and base64url.encode(key), 0]
                    for data, key in documents
                ],
            }
        ),
        "utf-8",
    )
    done = subprocess.run(["node", str(BATCH), str(asked)], capture_output=True, check=True)
    answers: list[list[str]] = [
        json.loads(line) for line in done.stdout.decode().rstrip("\n").split("\n")
    ]
    assert len(answers) == len(texts) + len(documents)
    return answers


def answer_of(found: Verification) -> list[str]:
    """Return a verification of Python's in the same form."""
    checks: list[Any] = [f"{result.state} {result.reason}" for result in found.checks]
    return [found.verdict.value, *checks]

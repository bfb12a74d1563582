"""RDFC proofs in check: verified once, by digest, and verified again when a byte has changed."""

import json
from pathlib import Path

import pytest

from mcsite.commands.check import check_project
from mcsite.credentials.checks import issuer_keys
from mcsite.credentials.cryptosuites import PrivateKeySigner
from mcsite.credentials.jcs import canonical
from mcsite.credentials.proofs import _proof as proof
from mcsite.credentials.proofs import binding
from mcsite.store.audit import credential_findings
from mcsite.store.batches import StoredCredential, read_batches
from mcsite.store.cache import read_cache, write_cache
from mcsite.store.issued_lists import published_evidence
from mcsite.store.key_files import read_private_key
from mcsite.store.whole_proofs import _HEADING, CACHE, WholeProofs
from mcsite.store.whole_proofs import _digest as digest_of
from tests.project import DID, NOW, Project

BATCH = "credentials/batch.jsonl"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path).with_key()
    project.issue("Anna", "Bruno")
    return project


def run(project: Project) -> tuple[int, list[str]]:
    """Check once as the command does; return how many were verified, and what is wrong."""
    whole = WholeProofs.kept(project.root)
    found = [*credential_findings(project.catalogue, now=NOW, whole=whole)]
    whole.keep(project.root)
    return whole.verified, [f"{f.at.line} {f.code} {f.message}" for f in found]


def with_a_false_rdfc_proof(project: Project) -> None:
    """Let the issuer's key bind a JCS proof to an RDFC proof that is another document's."""
    lines = (project.root / BATCH).read_bytes().splitlines()
    document, other = (json.loads(line) for line in lines)
    false = {**document["proof"][0], "proofValue": other["proof"][0]["proofValue"]}
    signer = PrivateKeySigner(
        document["proof"][0]["verificationMethod"], read_private_key(project.key)
    )
    body = {name: value for name, value in document.items() if name != "proof"}
    jcs = proof(body, signer, NOW, canonicalization="jcs", nonce=binding(false))
    lines[0] = canonical({**body, "proof": [false, jcs]})
    (project.root / BATCH).write_bytes(b"".join(line + b"\n" for line in lines))


def test_a_proof_is_verified_once(project: Project) -> None:
    assert run(project) == (2, [])
    assert run(project) == (0, [])
    project.issue("Cilda", batch="more")
    assert run(project) == (1, [])


def test_a_build_s_check_would_take_a_false_rdfc_proof_and_check_does_not(project: Project) -> None:
    run(project)
    with_a_false_rdfc_proof(project)

    assert list(credential_findings(project.catalogue, now=NOW)) == []
    assert run(project) == (1, ["1 MC503 the RDFC proof doesn't hold (does-not-match)"])
    assert run(project) == (1, ["1 MC503 the RDFC proof doesn't hold (does-not-match)"])


def test_the_command_verifies_and_says_what_to_do(project: Project) -> None:
    with_a_false_rdfc_proof(project)

    (found,) = [f for f in check_project(project.root, now=NOW).findings if f.code == "MC503"]

    assert found.hint.startswith("other verifiers check this one")
    assert len(read_cache(project.root, CACHE)) == len(_HEADING) + 16  # the good one


def keep_as_good(project: Project) -> None:
    """Write the cache as somebody would who means to deceive."""
    keys = issuer_keys(DID, published_evidence(project.catalogue))
    stored = [one for one in read_batches(project.root) if isinstance(one, StoredCredential)]
    WholeProofs(good=bytearray().join(digest_of(one, keys) for one in stored)).keep(project.root)


def test_fresh_believes_nothing_that_was_kept(project: Project) -> None:
    with_a_false_rdfc_proof(project)
    keep_as_good(project)

    kept = {f.code for f in check_project(project.root, now=NOW).findings}
    fresh = {f.code for f in check_project(project.root, now=NOW, fresh=True).findings}

    assert "MC503" not in kept
    assert "MC503" in fresh


@pytest.mark.parametrize(
    "cache", [b"", b"x", b"mcsite verified proofs 0\n", _HEADING, _HEADING + b"z" * 15,
              _HEADING + b"z" * 32, b"\xff\xfe"],
)  # fmt: skip
def test_a_cache_that_can_t_be_read_costs_time_and_nothing_else(
    project: Project, cache: bytes
) -> None:
    write_cache(project.root, CACHE, cache)

    assert run(project) == (2, [])
    assert run(project) == (0, [])


def test_sealed_credentials_have_no_rdfc_proof_to_check(tmp_path: Path) -> None:
    project = Project(tmp_path).with_key()
    project.issue_sealed("Anna")

    assert run(project) == (0, [])
    assert not (project.root / ".mcsite").exists()


def test_a_cache_that_leads_out_of_the_project_is_not_written(
    project: Project, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (project.root / ".mcsite").symlink_to(outside)

    assert run(project) == (2, [])
    assert list(outside.iterdir()) == []

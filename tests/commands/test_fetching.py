"""mcsite verify of other issuers: whom it asks, for what, and only where somebody agreed."""

import io
import json
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from mcsite.cli import verify as cli
from mcsite.cli.exits import Exit
from mcsite.commands.verify import Answer, Verifier, verify_all
from mcsite.credentials.cryptosuites import PrivateKeySigner, public_key_of
from mcsite.credentials.did import did_document
from mcsite.credentials.evidence import Registry
from mcsite.credentials.issue import Learner, Terms, credential_document, sign
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.reading import link_of
from mcsite.credentials.verdict import Check, CheckResult
from mcsite.credentials.verify import needs
from mcsite.errors import UsageError
from mcsite.store.carriers import MAX_FILE
from mcsite.store.evidence import FolderSource
from tests.https_server import HttpsServer, answering, https_server, moved
from tests.institution import ACHIEVEMENT, LINK_KEY, NOW, Institution, private_key
from tests.project import parsed


@pytest.fixture
def server() -> Iterator[HttpsServer]:
    with https_server() as running:
        yield running


@pytest.fixture
def institution(server: HttpsServer) -> Institution:
    """An issuer that publishes what it has to at the server."""
    found = Institution(server.base)
    publish(server, found)
    return found


def publish(server: HttpsServer, institution: Institution) -> None:
    def put(path: str, document: JsonObject) -> None:
        server.routes[path] = answering(canonical(document))

    put("/.well-known/did.json", did_document(institution.did, institution.keys))
    for url, document in institution.lists().items():
        put(url.removeprefix(institution.base), document)
    registry: JsonObject = {"name": "EU trusted issuers", "issuers": [{"id": institution.did}]}
    put("/trust/issuers.json", {"languages": ["lv"], "registries": [registry]})


def page(document: JsonObject, identifier: str = "credential") -> bytes:
    kind = "json" if identifier.startswith("sealed") else "vc+json"
    text = json.dumps(document).replace("<", "\\u003c")
    return f'<html><script type="application/{kind}" id="{identifier}">{text}</script>'.encode()


def asked_for(server: HttpsServer) -> list[str]:
    return [heard.split(" ", 2)[1] for heard in server.heard]


def result(answer: Answer, check: Check) -> CheckResult:
    return next(one for one in answer.verification.checks if one.check is check)


def verdicts(verifier: Verifier, *names: str | Path) -> list[str]:
    return [found.verification.verdict.value for found in verifier.answers([str(n) for n in names])]


def agreeing(server: HttpsServer) -> Verifier:
    return Verifier(now=NOW, may_ask=lambda _, host: host in server.base, client=server.client())


def test_an_issuers_host_is_asked_for_what_is_needed_and_for_each_thing_once(
    institution: Institution, server: HttpsServer, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.json").write_bytes(canonical(institution.issue(name=name)))
    told: list[str] = []
    verifier = agreeing(server)
    verifier.asked = told.append

    assert verdicts(verifier, tmp_path) == ["valid", "valid"]
    assert told == [f"{server.base}{path}" for path in asked_for(server)]
    assert len(set(told)) == len(told)
    notices = [path for path in asked_for(server) if path.endswith("/notice.json")]
    assert [path for path in asked_for(server) if path not in notices] == [
        "/.well-known/did.json",
        "/status/1.json",
        "/status/2.json",
        "/trust/issuers.json",
    ]
    assert len(notices) == 2


def test_a_host_is_not_asked_where_nobody_agreed(
    institution: Institution, server: HttpsServer, tmp_path: Path
) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(canonical(institution.issue()))
    questions: list[tuple[str, str]] = []

    def refuse(source: str, host: str) -> bool:
        questions.append((source, host))
        return False

    verifier = Verifier(now=NOW, may_ask=refuse, client=server.client())
    (answer, again) = verifier.answers([str(path), str(path)])

    assert answer.verification.verdict == "issuer-unreachable"
    assert again.verification.verdict == "issuer-unreachable"
    assert result(answer, Check.ISSUER_KEY).reason == "not-asked"
    assert questions == [(str(path), f"localhost:{server.port}")]
    assert server.heard == []


def test_a_link_agrees_to_its_own_host_and_its_key_stays_here(
    institution: Institution, server: HttpsServer
) -> None:
    sealed = institution.seal(institution.issue())
    url = str(sealed["id"])
    server.routes[url.removeprefix(server.base)] = answering(page(sealed, "sealed-credential"))
    link = link_of(url, LINK_KEY)

    assert verdicts(Verifier(now=NOW, client=server.client()), link) == ["valid"]
    assert link.partition("#")[2] not in "".join(server.heard)
    assert verdicts(Verifier(now=NOW, client=server.client()), url) == ["no-key"]


def test_a_link_agrees_to_no_other_host(institution: Institution, server: HttpsServer) -> None:
    with https_server() as evil:
        document = institution.issue()
        path = str(document["id"]).removeprefix(server.base)
        evil.routes[path] = answering(page(document))
        verifier = Verifier(now=NOW, client=evil.client())

        assert verdicts(verifier, f"{evil.base}{path}") == ["issuer-unreachable"]
    assert server.heard == []


def test_a_list_that_an_issuer_publishes_is_told_to_be_its_own(
    institution: Institution, server: HttpsServer, tmp_path: Path
) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(canonical(institution.issue()))

    (answer,) = agreeing(server).answers([str(path)])

    assert result(answer, Check.TRUST_REGISTRY).details["list"] == (
        f"EU trusted issuers (published by localhost:{server.port})"
    )
    verifier = agreeing(server)
    verifier.trusted = (Registry("ours", frozenset({"did:web:other.example"})),)
    assert verdicts(verifier, path) == ["unknown-issuer"]


def test_many_status_lists_are_not_all_fetched(
    institution: Institution, server: HttpsServer, tmp_path: Path
) -> None:
    document = institution.issue()
    entries = [
        {
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "1",
            "statusListCredential": f"{server.base}/lists/{number}",
        }
        for number in range(500)
    ]
    path = tmp_path / "one.json"
    path.write_bytes(canonical({**document, "credentialStatus": entries}))

    (verdict,) = verdicts(agreeing(server), path)

    assert verdict in ("tampered", "unreadable")
    assert len([one for one in asked_for(server) if one.startswith("/lists/")]) <= 8


def test_lists_of_another_host_are_not_fetched(
    institution: Institution, server: HttpsServer, tmp_path: Path
) -> None:
    unsigned = {key: value for key, value in institution.issue().items() if key != "proof"}
    entry: JsonObject = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "1",
        "statusListCredential": "https://lists.example/1",
    }
    path = tmp_path / "one.json"
    path.write_bytes(
        canonical(sign({**unsigned, "credentialStatus": entry}, institution.signer(), NOW))
    )

    (answer,) = agreeing(server).answers([str(path)])

    assert answer.verification.verdict == "valid-status-unknown"
    assert result(answer, Check.REVOCATION).reason == "other-host"


@pytest.mark.parametrize("address", ["https://[x", "https://a\u2100b", "{base}/" + "a" * 300])
@pytest.mark.parametrize("field", ["id", "status", "achievement", "issuer"])
def test_addresses_that_are_none_have_a_verdict(
    institution: Institution, server: HttpsServer, tmp_path: Path, field: str, address: str
) -> None:
    url = address.format(base=server.base)
    document = json.loads(canonical(institution.issue()))
    if field == "id":
        document["id"] = url
    elif field == "issuer":
        document["issuer"]["id"] = url.replace("https://", "did:web:")
    elif field == "achievement":
        document["credentialSubject"]["achievement"]["id"] = f"{url}/courses/x"
    else:
        document["credentialStatus"][0]["statusListCredential"] = url
    path = tmp_path / "one.json"
    path.write_bytes(canonical(document))
    offline = Verifier(now=NOW, offline=FolderSource(tmp_path))

    for verifier in (agreeing(server), offline):
        (verdict,) = verdicts(verifier, path)
        assert verdict in ("tampered", "unreadable", "issuer-unreachable")


def by_did_key() -> JsonObject:
    """Return a credential whose issuer is its own key."""
    private = private_key(7)
    multibase = public_key_of(private).multibase
    did = f"did:key:{multibase}"
    terms = Terms(
        url="urn:uuid:3978344f-8596-4c3a-a978-8fcaba3903c5",
        issuer={"id": did, "type": ["Profile"], "name": "Somebody"},
        achievement=ACHIEVEMENT,
        valid_from=NOW,
    )
    signer = PrivateKeySigner(f"{did}#{multibase}", private)
    return sign(credential_document(Learner(name="Anna"), terms), signer, NOW)


def test_a_did_key_needs_nobody_and_proves_nobody(tmp_path: Path) -> None:
    document = by_did_key()
    path = tmp_path / "one.json"
    path.write_bytes(canonical(document))
    issuer = document["issuer"]
    assert isinstance(issuer, dict)

    (answer,) = Verifier(now=NOW).answers([str(path)])

    assert answer.verification.verdict == "unknown-issuer"
    assert result(answer, Check.ISSUER_KEY).reason == "ok"
    assert result(answer, Check.TRUST_REGISTRY).reason == "not-listed"
    known = (Registry("ours", frozenset({str(issuer["id"])})),)
    assert verdicts(Verifier(now=NOW, trusted=known), path) == ["valid"]


def test_a_site_of_another_kind_is_asked_for_keys_and_lists_alone(
    institution: Institution, server: HttpsServer, tmp_path: Path
) -> None:
    """Descriptions, notices and lists of issuers are what sites like ours publish."""
    unsigned = {key: value for key, value in institution.issue().items() if key != "proof"}
    unsigned["id"] = f"{server.base}/credentials/3732"
    path = tmp_path / "one.json"
    path.write_bytes(canonical(sign(unsigned, institution.signer(), NOW)))

    (answer,) = agreeing(server).answers([str(path)])

    assert asked_for(server) == ["/.well-known/did.json", "/status/1.json", "/status/2.json"]
    assert answer.verification.verdict == "unknown-issuer"
    assert result(answer, Check.TRUST_REGISTRY).reason == "not-listed"
    assert result(answer, Check.ISSUER_KEY).reason == "ok"


def test_offline_the_folders_lists_count_for_issuers_of_every_kind(tmp_path: Path) -> None:
    document = by_did_key()
    path, folder = tmp_path / "one.json", tmp_path / "folder"
    path.write_bytes(canonical(document))
    (folder / "trust").mkdir(parents=True)
    issuer = document["issuer"]
    assert isinstance(issuer, dict)
    trust = {"registries": [{"name": "Ours", "issuers": [{"id": issuer["id"]}]}]}
    (folder / "trust/issuers.json").write_text(json.dumps(trust))

    (answer,) = verify_all([str(path)], offline=folder, now=NOW)

    assert answer.verification.verdict == "valid"


TOKENS = json.loads((Path(__file__).parent.parent / "vectors/jwt.json").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("name", ["did:key, EdDSA", "did:jwk, ES256", "did:jwk, RS256"])
def test_tokens_are_read_from_files_and_images(name: str, tmp_path: Path) -> None:
    text = next(case["document"] for case in TOKENS if case["name"] == name)
    wanted = needs(text.encode())
    assert wanted is not None
    (tmp_path / "a.jwt").write_text(text + "\n")
    (tmp_path / "b.svg").write_text(f'<svg><openbadges:credential verify="{text}"/></svg>')
    baked = chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0" + text.encode())
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n" + baked + chunk(b"IEND", b""))
    known = (Registry("ours", frozenset({wanted.did})),)

    assert verdicts(Verifier(now=NOW, trusted=known), tmp_path) == ["valid"] * 3
    # its id names a site that would have lists of issuers, and nobody agreed to ask it
    assert verdicts(Verifier(now=NOW), tmp_path) == ["issuer-unreachable"] * 3


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_badge_images_pages_and_files_are_read_alike(
    institution: Institution, server: HttpsServer, tmp_path: Path
) -> None:
    data = canonical(institution.issue())
    png = chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + zlib.compress(data))
    (tmp_path / "badge.png").write_bytes(b"\x89PNG\r\n\x1a\n" + png + chunk(b"IEND", b""))
    (tmp_path / "badge.svg").write_bytes(
        b"<svg><openbadges:credential><![CDATA[" + data + b"]]></openbadges:credential></svg>"
    )
    (tmp_path / "page.html").write_bytes(page(json.loads(data)))
    (tmp_path / "plain.svg").write_bytes(b"<svg/>")  # a picture, and no badge

    found = list(agreeing(server).answers([str(tmp_path)]))

    assert [Path(answer.source).name for answer in found] == [
        "badge.png", "badge.svg", "page.html",
    ]  # fmt: skip
    assert {answer.verification.verdict.value for answer in found} == {"valid"}
    assert verdicts(agreeing(server), tmp_path / "plain.svg") == ["unreadable"]


def test_a_badge_behind_a_link_is_read(institution: Institution, server: HttpsServer) -> None:
    server.routes["/badge.json"] = answering(canonical(institution.issue()))
    server.routes["/none"] = answering(b"hello")
    verifier = Verifier(now=NOW, client=server.client())

    assert verdicts(verifier, f"{server.base}/badge.json") == ["valid"]


def test_a_link_that_leads_to_nothing_has_a_verdict_and_the_rest_is_verified(
    institution: Institution, server: HttpsServer
) -> None:
    server.routes |= {
        "/badge.json": answering(canonical(institution.issue())),
        "/none": answering(b"hello"),
        "/away": moved("https://other.example/"),
        "/big": answering(b"x" * (MAX_FILE + 1)),
    }
    names = ("none", "gone#k=secret", "away", "big", "badge.json")
    links = [f"{server.base}/{name}" for name in names]

    found = list(Verifier(now=NOW, client=server.client()).answers(links))

    assert [answer.source for answer in found] == [link.partition("#")[0] for link in links]
    assert [answer.verification.verdict.value for answer in found] == [
        "unreadable", "issuer-unreachable", "issuer-unreachable", "issuer-unreachable", "valid",
    ]  # fmt: skip
    states = [(result(one, Check.FORMAT).state.value, result(one, Check.FORMAT).reason)
              for one in found]  # fmt: skip
    assert states == [
        ("failed", "not-a-credential"), ("unknown", "unreachable"), ("unknown", "other-host"),
        ("unknown", "too-large"), ("passed", "ok"),
    ]  # fmt: skip
    assert [len(answer.verification.checks) for answer in found] == [9] * 5


def test_the_command_prints_an_object_for_what_could_not_be_fetched(
    institution: Institution,
    server: HttpsServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(canonical(institution.issue()))
    link = f"{server.base}/c/64KPVQwEYjsXjpVGMdjAqc/"  # on this machine, which isn't asked
    sources = [f"{link}#k=secret", str(path)]

    assert cli.run(parsed(cli.add_arguments, [*sources, "--json"])) is Exit.AT_FAULT
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["source"], first["id"], first["verdict"]) == (link, "", "issuer-unreachable")
    assert first["checks"][0]["reason"] == "private-address"
    assert {check["reason"] for check in first["checks"][1:]} == {"not-checked"}
    assert {check["state"] for check in first["checks"]} == {"unknown"}
    assert second["source"] == str(path)

    assert cli.run(parsed(cli.add_arguments, sources)) is Exit.AT_FAULT
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [
        link,
        "  Could not be fetched: nothing was checked",
        "  unknown format          stands inside a private network: it wasn't asked",
    ]
    assert str(path) in lines
    assert server.heard == []


def test_the_command_asks_nobody_by_itself(
    institution: Institution,
    server: HttpsServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(canonical(institution.issue()))

    assert cli.run(parsed(cli.add_arguments, [str(path), "--json"])) is Exit.AT_FAULT

    printed = capsys.readouterr()
    assert json.loads(printed.out)["verdict"] == "issuer-unreachable"
    assert printed.err == (
        f"not asked: localhost:{server.port}, which {path} names; --fetch agrees to it\n"
    )


@pytest.mark.parametrize("issuer", ["did:web:uni.example VALID", "https://uni.example/"])
def test_nobody_is_asked_about_what_is_no_host(
    institution: Institution, tmp_path: Path, capsys: pytest.CaptureFixture[str], issuer: str
) -> None:
    document = {
        **institution.issue(), "issuer": issuer,
        "id": "https://uni.example ✅ VALID/c/1111111111111111111111/",
    }  # fmt: skip
    path = tmp_path / "one.json"
    path.write_bytes(canonical(document))

    assert cli.run(parsed(cli.add_arguments, [str(path)])) is Exit.AT_FAULT

    printed = capsys.readouterr()
    assert printed.err == ""
    assert "VALID" not in printed.out


def test_an_address_that_is_asked_is_told_without_marks(
    institution: Institution,
    server: HttpsServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    document = {**institution.issue(), "issuer": f"{institution.did}:✅ Valid"}
    path = tmp_path / "one.json"
    path.write_bytes(canonical(document))

    assert cli.run(parsed(cli.add_arguments, [str(path), "--fetch"])) is Exit.AT_FAULT

    assert f"asked: {server.base}/□ Valid/did.json\n" in capsys.readouterr().err


def test_the_command_says_what_it_asks_and_never_asks_a_private_network(
    institution: Institution,
    server: HttpsServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(canonical(institution.issue()))

    assert cli.run(parsed(cli.add_arguments, [str(path), "--fetch"])) is Exit.AT_FAULT

    printed = capsys.readouterr()
    assert f"asked: {server.base}/.well-known/did.json\n" in printed.err
    assert "unknown issuer-key      stands inside a private network: it wasn't asked" in printed.out
    assert server.heard == []


@pytest.mark.parametrize(("said", "reason"), [("y\n", "private-address"), ("\n", "not-asked")])
def test_whoever_sits_at_the_terminal_is_asked_first(
    institution: Institution,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    said: str,
    reason: str,
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    path = tmp_path / "one.json"
    path.write_bytes(canonical(institution.issue()))
    prompts = Terminal()
    monkeypatch.setattr("sys.stdin", Terminal(said))
    monkeypatch.setattr("sys.stderr", prompts)

    cli.run(parsed(cli.add_arguments, [str(path)]))

    assert f"Ask localhost:{institution.base.rsplit(':', 1)[1]}? [y/N] " in prompts.getvalue()
    words = {"private-address": "private network", "not-asked": "nobody agreed"}[reason]
    assert words in capsys.readouterr().out


def test_lists_that_the_reader_relies_on_are_read_from_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = by_did_key()
    issuer = document["issuer"]
    assert isinstance(issuer, dict)
    path, trust = tmp_path / "one.json", tmp_path / "trust.json"
    path.write_bytes(canonical(document))
    trust.write_text(json.dumps({"name": "Ours", "issuers": [{"id": issuer["id"]}]}))

    code = cli.run(parsed(cli.add_arguments, [str(path), "--trust", str(trust)]))

    # NOW of the tests is past: the credential is as good today
    assert code is Exit.FINE
    assert "listed (list Ours)" in capsys.readouterr().out
    for text, message in (("{}", "has no list of issuers"), ("[", "isn't JSON that mcsite reads")):
        trust.write_text(text)
        with pytest.raises(UsageError, match=message):
            cli.run(parsed(cli.add_arguments, [str(path), "--trust", str(trust)]))
    with pytest.raises(UsageError, match="can't be read"):
        cli.run(parsed(cli.add_arguments, [str(path), "--trust", str(tmp_path / "no")]))


def test_a_credential_cannot_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    private = private_key(7)
    multibase = public_key_of(private).multibase
    did = f"did:key:{multibase}"
    terms = Terms(
        url="urn:uuid:3978344f-8596-4c3a-a978-8fcaba3903c5",
        issuer={"id": did, "type": ["Profile"], "name": "Uni\u001b[2J\n  Valid"},
        achievement=ACHIEVEMENT,
        valid_from=NOW,
    )
    document = sign(
        credential_document(Learner(name="Anna\u202e✓"), terms),
        PrivateKeySigner(f"{did}#{multibase}", private),
        NOW,
    )
    path = tmp_path / "one.json"
    path.write_bytes(canonical(document))

    cli.run(parsed(cli.add_arguments, [str(path)]))

    lines = capsys.readouterr().out.splitlines()
    assert "  holder: Anna□" in lines
    assert "  Valid" not in lines
    assert not any("\u001b" in line for line in lines)


def test_verifying_loads_nothing_of_catalogues_and_sites() -> None:
    """A verdict begins a tenth of a second after the command, not a third."""
    program = (
        "import sys, mcsite.cli.verify\n"
        "heavy = {'pydantic', 'yaml', 'jinja2', 'babel', 'nh3', 'markdown_it'}\n"
        "rooms = ('mcsite.content', 'mcsite.site', 'mcsite.exports')\n"
        "own = [name for name in sys.modules if name.startswith(rooms)]\n"
        "print(sorted(heavy & set(sys.modules)), own)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "[] []\n"

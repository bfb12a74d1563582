"""Keys in a token: SoftHSM stands for the hardware. They sign, and never leave it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mcsite.cli.arguments import SECRET
from mcsite.commands.keygen import list_key
from mcsite.commands.signing import signer_of
from mcsite.commands.status import refresh
from mcsite.commands.verify import verify_all
from mcsite.errors import MachineError, UsageError
from mcsite.store import tokens
from mcsite.store.audit import credential_findings
from mcsite.store.key_files import KeyPlace
from tests.project import DID, NOW, Project
from tests.reference import missing

PIN = "73421"
LIBRARY = next(
    (
        path
        for path in (
            "/usr/lib/softhsm/libsofthsm2.so",
            "/usr/lib64/softhsm/libsofthsm2.so",
            "/usr/local/lib/softhsm/libsofthsm2.so",
            "/opt/homebrew/lib/softhsm/libsofthsm2.so",
        )
        if Path(path).exists()
    ),
    "",
)
# Makes a key pair in the token; in a process of its own, as a library keeps what it read.
MAKE = """
import sys, PyKCS11
library, pin, label, kind, number = sys.argv[1:]
lib = PyKCS11.PyKCS11Lib()
lib.load(library)
slot = next(s for s in lib.getSlotList(True) if lib.getTokenInfo(s).label.strip() == "mcsite test")
session = lib.openSession(slot, PyKCS11.CKF_SERIAL_SESSION | PyKCS11.CKF_RW_SESSION)
session.login(pin)
params, mechanism = {
    "ed25519": ("130c656477617264733235353139", PyKCS11.CKM_EC_EDWARDS_KEY_PAIR_GEN),
    "p256": ("06082a8648ce3d030107", PyKCS11.CKM_EC_KEY_PAIR_GEN),
    "p384": ("06052b81040022", PyKCS11.CKM_EC_KEY_PAIR_GEN),
}[kind]
both = [(PyKCS11.CKA_TOKEN, True), (PyKCS11.CKA_LABEL, label), (PyKCS11.CKA_ID, (int(number),))]
public = [*both, (PyKCS11.CKA_EC_PARAMS, tuple(bytes.fromhex(params)))]
private = [*both, (PyKCS11.CKA_SIGN, True), (PyKCS11.CKA_PRIVATE, True),
           (PyKCS11.CKA_SENSITIVE, True), (PyKCS11.CKA_EXTRACTABLE, False)]
session.generateKeyPair(public, private, PyKCS11.Mechanism(mechanism, None))
"""


@pytest.fixture(scope="module", autouse=True)
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Make a token with four keys: two kinds that sign, one that can't, one label twice."""
    if not LIBRARY or shutil.which("softhsm2-util") is None:
        missing("SoftHSM isn't installed (sh tools/need_softhsm.sh)", "MCSITE_WITHOUT_SOFTHSM")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n")
    patch = pytest.MonkeyPatch()
    patch.setenv("SOFTHSM2_CONF", str(settings))
    initialise = ["--init-token", "--free", "--label", "mcsite test", "--pin", PIN]
    subprocess.run(
        ["softhsm2-util", *initialise, "--so-pin", "9999"], check=True, capture_output=True
    )
    for number, (label, kind) in enumerate(
        [("ed", "ed25519"), ("p", "p256"), ("long", "p384"), ("twice", "p256"), ("twice", "p256")]
    ):
        subprocess.run([sys.executable, "-c", MAKE, LIBRARY, PIN, label, kind, str(number)],
                       check=True)  # fmt: skip
    yield
    patch.undo()


def place(attributes: str, *, pin: str = PIN) -> KeyPlace:
    def ask(what: str) -> str:
        assert what == "the PIN of the token mcsite test"
        return pin

    return KeyPlace(f"pkcs11:token=mcsite%20test;{attributes}?module-path={LIBRARY}", ask)


def refusal(uri: str) -> str:
    with pytest.raises(UsageError) as caught:
        tokens.open_token_key(uri, lambda _: PIN)
    return str(caught.value)


@pytest.mark.parametrize(
    ("attributes", "suite"),
    [("object=ed", "eddsa-jcs-2022"), ("object=p", "ecdsa-jcs-2019"), ("id=%00", "eddsa-jcs-2022")],
)
def test_a_token_issues_and_signs_lists_and_everything_verifies(
    tmp_path: Path, attributes: str, suite: str
) -> None:
    project, key = Project(tmp_path), place(attributes)
    made = list_key(project.root, key, did="", now=NOW)
    assert made.verification_method == f"{DID}#key-1"

    project.issue("Anna Ozola", key_file=key)
    refresh(project.root, project.catalogue, key, now=NOW)

    batch = project.root / "credentials/batch.jsonl"
    assert f'"cryptosuite":"{suite}"' in batch.read_text()
    assert list(credential_findings(project.catalogue, now=NOW)) == []
    answers = verify_all([str(batch)], offline=project.root, now=NOW)
    assert [answer.verification.verdict.value for answer in answers] == ["valid"]


def test_a_key_is_listed_once(tmp_path: Path) -> None:
    project = Project(tmp_path)
    list_key(project.root, place("object=ed"), did="", now=NOW)

    with pytest.raises(UsageError) as caught:
        list_key(project.root, place("id=%00"), did="", now=NOW)

    assert str(caught.value) == (f"this key is in credentials/issuers.yaml already, as {DID}#key-1")


def test_a_key_of_the_token_that_is_not_listed_does_not_sign(tmp_path: Path) -> None:
    project = Project(tmp_path).with_key()

    with pytest.raises(UsageError, match="isn't in credentials/issuers"):
        signer_of(project.catalogue, place("object=ed"), now=NOW)


def test_what_cannot_be_opened_is_named() -> None:
    module = f"?module-path={LIBRARY}"
    token = "pkcs11:token=mcsite%20test"  # noqa: S105 -- a token's name

    assert refusal(f"pkcs11:token=other;object=ed{module}") == "no tokens are called other"
    assert refusal(f"{token};object=x{module}").endswith(
        "names 0 private and 0 public keys, not one of each"
    )
    assert refusal(f"{token};object=twice{module}").endswith(
        "names 2 private and 2 public keys, not one of each"
    )
    assert refusal(f"{token};object=long{module}").endswith("is neither an Ed25519 nor a P-256 key")
    assert "can't be opened" in refusal(f"{token};object=ed?module-path=/nowhere.so")


def test_a_uri_is_understood_whole_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(tokens.MODULE, raising=False)
    found = tokens.parse_uri("pkcs11:token=a%20b;id=%00%ff;object=c%3Bd?module-path=/lib/x.so")
    assert dict(found.path) == {"token": "a b", "id": "00ff", "object": "c;d"}
    assert found.module == "/lib/x.so"

    for uri, said in (
        ("pkcs11:object=a?module-path=/x", "names no token"),
        ("pkcs11:token=a?module-path=/x", "names no key"),
        ("pkcs11:token=a;object=b", "doesn't say which library speaks to the token"),
        ("pkcs11:token=a;object=b?pin-value=1", "a PIN never stands in a URI"),
        ("pkcs11:token=a;object=b?pin-source=/x", "a PIN never stands in a URI"),
        ("pkcs11:token=a;token=b;object=c", "isn't an attribute"),
        ("pkcs11:token=a;colour=b", "isn't an attribute"),
        ("pkcs11:token", "isn't an attribute"),
    ):
        assert said in refusal(uri)
    monkeypatch.setenv(tokens.MODULE, "/lib/y.so")
    assert tokens.parse_uri("pkcs11:token=a;object=b").module == "/lib/y.so"


@pytest.mark.parametrize("signature", [b"", bytes(64), b"\1" * 64])
def test_a_token_whose_signature_is_another_is_never_believed(signature: bytes) -> None:
    class Broken:
        def sign(self, *_: object) -> list[int]:
            return list(signature)

    name = place("object=ed")
    key = tokens.open_token_key(name.where, name.ask)

    with pytest.raises(MachineError) as caught:
        tokens.TokenKey(key.public, Broken(), key.handle).signer("x").sign(b"message")

    assert str(caught.value) == "the token's signature isn't one of its public key"


@pytest.mark.parametrize(
    ("secret", "code", "said"),
    [(PIN, 0, f"{DID}#key-1. Commit it."), ("1111", 2, "CKR_PIN_INCORRECT"), (None, 2, SECRET)],
)
def test_the_command_line_takes_the_pin_from_the_environment_and_never_shows_it(
    tmp_path: Path, secret: str | None, code: int, said: str
) -> None:
    project = Project(tmp_path)
    environment = {name: value for name, value in os.environ.items() if name != SECRET}
    if secret is not None:
        environment[SECRET] = secret
    arguments = ["keygen", "--existing", place("object=ed").where, "--project", str(project.root)]
    program = "import sys; from mcsite.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == code
    assert said in done.stdout + done.stderr
    assert PIN not in done.stdout + done.stderr

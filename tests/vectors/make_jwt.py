"""Remakes jwt.json, which pytest and Node both run: credentials secured as JSON Web Tokens.

    python -m tests.vectors.make_jwt

Tokens are made by joserfc, and some by openbadgeslib; what no library would make is put together
here. The expected results are Python's, read by a person before they were committed. Keys of RSA
and signatures of ECDSA are new each time.
"""

import copy
import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jws
from joserfc.jwk import ECKey, OKPKey, RSAKey
from openbadgeslib.ob3 import Achievement, Issuer, OB3Signer, OpenBadgeCredential

from mcsite.credentials import base64url
from mcsite.credentials.contexts import OB_EXTENSIONS
from mcsite.credentials.cryptosuites import public_key_of
from mcsite.credentials.evidence import Evidence, Registry, Unavailable
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.notices import Status
from tests.institution import NOW, Institution, private_key
from tests.vectors.make_verification import Case, shared_vectors

PATH = Path(__file__).with_name("jwt.json")
IT = Institution()
GOOD: dict[str, Any] = {k: v for k, v in IT.issue().items() if k != "proof"}
KID = f"{IT.did}#key-1"
ED = private_key(0)
P256, P384 = (ec.derive_private_key(7, curve) for curve in (ec.SECP256R1(), ec.SECP384R1()))
RSA, SHORT = (rsa.generate_private_key(65537, bits) for bits in (2048, 1024))
EXPONENT_3 = rsa.generate_private_key(3, 2048)
ALL = ["EdDSA", "Ed25519", "ES256", "ES384", "RS256", "HS256"]
_KINDS: dict[type, Any] = {
    ed25519.Ed25519PrivateKey: OKPKey,
    ec.EllipticCurvePrivateKey: ECKey,
    rsa.RSAPrivateKey: RSAKey,
}


def jose_key(private: Any) -> Any:
    """Return a private key of `cryptography` as joserfc has it."""
    kind = next(made for cls, made in _KINDS.items() if isinstance(private, cls))
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return kind.import_key(pem)


def jwk(private: Any) -> dict[str, Any]:
    """Return the public half of a key as a JWK."""
    return dict(jose_key(private).as_dict(private=False, kid=None))


def token(payload: Any, private: Any = ED, **header: Any) -> bytes:
    """Return a compact JWS by joserfc; the header names EdDSA unless it says otherwise."""
    full = {"alg": "EdDSA", "typ": "vc+jwt", **header}
    data = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    shown = {name: value for name, value in full.items() if value is not None}
    registry = jws.JWSRegistry(algorithms=ALL, strict_check_header=False)
    made = jws.serialize_compact(shown, data, jose_key(private), registry=registry)
    return str(made).encode()


def by_hand(header: bytes, payload: bytes, signature: bytes | None = None) -> bytes:
    """Return three parts joined, signed with the institution's key unless there is a signature."""
    head = ".".join(base64url.encode(part) for part in (header, payload)).encode()
    if signature is None:
        assert isinstance(ED, ed25519.Ed25519PrivateKey)
        signature = ED.sign(head)
    return head + b"." + base64url.encode(signature).encode()


def did_key(private: Any) -> str:
    """Return the did:key of a private key."""
    return f"did:key:{public_key_of(private).multibase}"


def did_jwk(private: Any) -> str:
    """Return the did:jwk of a private key."""
    return f"did:jwk:{base64url.encode(canonical(jwk(private)))}"


def of_issuer(did: str, **changes: Any) -> dict[str, Any]:
    """Return a credential of another issuer, who keeps no lists."""
    document = {**copy.deepcopy(GOOD), **changes}
    document["issuer"] = {**document["issuer"], "id": did}
    document.pop("credentialStatus", None)
    return document


def trusting(*issuers: str) -> Evidence:
    """Return the evidence of a reader who relies on these issuers too."""
    return replace(
        IT.evidence(), registries=(Registry("Parauga reģistrs", frozenset({IT.did, *issuers})),)
    )


def relied(name: str, data: bytes, *issuers: str) -> Case:
    """Return a case for a reader who relies on these issuers too."""
    return name, data, None, trusting(*issuers)


def cases() -> Iterator[Case]:
    """Yield name, token, no key, and evidence of each case."""
    for name, data in (*_good(), *_headers(), *_forms(), *_claims()):
        yield name, data, None, IT.evidence()
    yield from _of_other_issuers()
    yield from _of_evidence()
    yield from _by_openbadgeslib()


def _good() -> Iterator[tuple[str, bytes]]:
    moment = int(dt.datetime.fromisoformat(GOOD["validFrom"]).timestamp())
    claims = {"iss": IT.did, "jti": GOOD["id"], "nbf": moment}
    older = {k: v for k, v in GOOD.items() if k not in ("id", "issuer", "validFrom")}
    good = token(GOOD, kid=KID)
    yield "valid", good
    yield "kid is a fragment", token(GOOD, kid="#key-1")
    yield "kid is a name", token(GOOD, kid="key-1")
    yield "no kid, and the issuer has one key", token(GOOD)
    yield "the listed key in the header", token(GOOD, jwk=jwk(ED))
    yield "both kid and key", token(GOOD, kid=KID, jwk=jwk(ED), cty="vc")
    yield "registered claims beside it", token({**GOOD, **claims}, kid=KID, typ="JWT")
    yield "in the claim vc", token({**claims, "vc": GOOD}, kid=KID, typ=None)
    yield "claims in place of properties", token({**claims, "vc": older}, kid=KID, typ="JWT")
    yield "subject in a claim", token({**GOOD, "sub": "did:example:learner"}, kid=KID)
    yield "RFC 9864's name of the algorithm", token(GOOD, kid=KID, alg="Ed25519")
    yield "white space around", b" \n" + good + b"\n"
    envelope = {
        "@context": GOOD["@context"][0],
        "id": f"data:application/vc+jwt,{good.decode()}",
        "type": "EnvelopedVerifiableCredential",
    }
    yield "enveloped", json.dumps(envelope).encode()
    yield "enveloped, with more", json.dumps({**envelope, "name": "forged"}).encode()
    nothing = {**envelope, "id": "data:application/vc+jwt,x"}
    yield "enveloped, and no token", json.dumps(nothing).encode()


def _headers() -> Iterator[tuple[str, bytes]]:
    payload = json.dumps(GOOD).encode()
    plain = {"alg": "EdDSA", "typ": "vc+jwt", "kid": KID}
    made = [
        ("alg none, signed", {**plain, "alg": "none"}),
        ("alg in capitals", {**plain, "alg": "NONE"}),
        ("alg of a shared key", {**plain, "alg": "HS256"}),
        ("alg a list", {**plain, "alg": ["EdDSA"]}),
        ("alg missing", {"kid": KID}),
        ("alg of another key", {**plain, "alg": "ES256"}),
        ("alg that isn't known", {**plain, "alg": "ES256K"}),
        ("critical extension", {**plain, "crit": ["exp"], "exp": 1}),
        ("unencoded payload", {**plain, "b64": False}),
        ("a token for access", {**plain, "typ": "at+jwt"}),
        ("a presentation", {**plain, "typ": "vp+jwt"}),
        ("type as a whole media type", {**plain, "typ": "application/vc+jwt"}),
        ("a token in a token", {**plain, "cty": "JWT"}),
        ("the issuer in the header", {**plain, "iss": IT.did}),
        ("another issuer in the header", {**plain, "iss": "did:web:evil.example"}),
        ("kid of another issuer", {**plain, "kid": did_key(P256) + "#0"}),
        ("kid that isn't listed", {**plain, "kid": f"{IT.did}#key-2"}),
        ("kid that isn't text", {**plain, "kid": ["key-1"]}),
        ("kid that continues the issuer's name", {**plain, "kid": f"{IT.did}.evil.example#key-1"}),
        ("a key that the issuer doesn't list", {**plain, "jwk": jwk(private_key(5))}),
        ("a private key in the header", {**plain, "jwk": {**jwk(ED), "d": jwk(ED)["x"]}}),
        ("a key for encryption", {**plain, "jwk": {**jwk(ED), "use": "enc"}}),
        ("a key for another algorithm", {**plain, "jwk": {**jwk(ED), "alg": "ES256"}}),
        ("a key that can't verify", {**plain, "jwk": {**jwk(ED), "key_ops": ["sign"]}}),
        ("a key of small order", {**plain, "jwk": {**jwk(ED), "x": base64url.encode(bytes(32))}}),
        ("a key written with padding", {**plain, "jwk": {**jwk(ED), "x": jwk(ED)["x"] + "="}}),
        ("a key that is text", {**plain, "jwk": "key"}),
    ]
    for name, header in made:
        yield name, by_hand(json.dumps(header).encode(), payload)
    yield "alg none, not signed", by_hand(b'{"alg":"none"}', payload, b"")
    yield "a name twice in the header", by_hand(b'{"alg":"none","alg":"EdDSA"}', payload)
    yield "a header that isn't an object", by_hand(b"[]", payload)


def _forms() -> Iterator[tuple[str, bytes]]:
    good = token(GOOD, kid=KID)
    head, body, signature = good.split(b".")
    other = "A" if chr(signature[5]) != "A" else "B"
    yield (
        "another signature",
        b".".join((head, body, signature[:5] + other.encode() + signature[6:])),
    )
    forged = base64url.encode(json.dumps({**GOOD, "name": "Forged"}).encode()).encode()
    yield "another payload", b".".join((head, forged, signature))
    yield "a short signature", b".".join((head, body, signature[:80]))
    yield "a long signature", b".".join((head, body, signature + b"AAAA"))
    yield "no signature", b".".join((head, body, b""))
    yield "two parts", b".".join((head, body))
    yield "five parts", b".".join((head, body, signature, head, body))
    yield "padding", b".".join((head, body, signature + b"=="))
    last = chr(signature[-1])
    twin = {"A": "B", "Q": "R", "g": "h", "w": "x"}[last]
    yield "a second text of the signature", b".".join((head, body, signature[:-1] + twin.encode()))
    yield "disclosures after it", good + b"~"
    text = json.dumps(GOOD)
    for name, payload in (
        ("a name twice in the payload", text[:-1] + ', "name": "Forged"}'),
        ("a payload that isn't an object", "[1]"),
        ("a payload that isn't JSON", "{"),
        ("a number that isn't one", text[:-1] + ', "nbf": NaN}'),
    ):
        yield name, token(payload.encode(), kid=KID)
    yield "a payload that isn't text", token(b'{"a":"\xff"}', kid=KID)


def _claims() -> Iterator[tuple[str, bytes]]:
    now = int(NOW.timestamp())
    another = {**GOOD["credentialSubject"], "id": "did:example:2"}
    status = {"id": "https://a.example/1#2", "type": "StatusList2021Entry"}
    contexts = GOOD["@context"]
    made: list[tuple[str, Any]] = [
        ("another issuer in iss", {**GOOD, "iss": "did:web:evil.example"}),
        ("another id in jti", {**GOOD, "jti": "https://evil.example/c/1/"}),
        ("another subject in sub", {**GOOD, "sub": "did:example:1", "credentialSubject": another}),
        ("another issuer around vc", {"iss": "did:web:evil.example", "vc": GOOD}),
        ("more beside vc", {"vc": GOOD, "name": "Forged"}),
        ("vc that isn't an object", {"vc": [GOOD]}),
        ("for an audience", {**GOOD, "aud": "https://somebody.example"}),
        ("not before tomorrow", {**GOOD, "nbf": now + 86400}),
        ("over by exp", {**GOOD, "exp": now - 1}),
        ("exp after validUntil", {**GOOD, "validUntil": "2026-01-01T00:00:00Z", "exp": now + 9}),
        ("exp ahead", {**GOOD, "exp": now + 1}),
        ("nbf as text", {**GOOD, "nbf": "1700000000"}),
        ("nbf with a fraction", {**GOOD, "nbf": 1700000000.5}),
        ("nbf that is true", {**GOOD, "nbf": True}),
        ("exp of a far year", {**GOOD, "exp": 253402300800}),
        ("exp before all years", {**GOOD, "exp": -1}),
        ("signed before the key was in use", {**GOOD, "iat": now - 86400 * 400}),
        ("a proof inside", {**GOOD, "proof": IT.issue()["proof"]}),
        ("an unknown context", {**GOOD, "@context": [*contexts, "https://other.example/context"]}),
        ("an unmapped term", {**GOOD, "honours": True}),
        ("an unknown type", {**GOOD, "type": [*GOOD["type"], "DiplomaCredential"]}),
        ("another kind of status", {**GOOD, "credentialStatus": status}),
        ("contexts in another order", {**GOOD, "@context": contexts[::-1]}),
        ("with Open Badges' extensions", {**GOOD, "@context": [*contexts, OB_EXTENSIONS]}),
        ("a presentation's content", {"@context": contexts, "type": "VerifiablePresentation"}),
    ]
    for name, payload in made:
        yield name, token(payload, kid=KID)


def _of_other_issuers() -> Iterator[Case]:
    for alg, private in (("EdDSA", private_key(3)), ("ES256", P256), ("ES384", P384)):
        did = did_key(private)
        method = f"{did}#{did.removeprefix('did:key:')}"
        good = token(of_issuer(did), private, alg=alg, kid=method)
        yield relied(f"did:key, {alg}", good, did)
        yield f"did:key, {alg}, not relied on", good, None, IT.evidence()
    own: tuple[tuple[str, Any], ...] = (("EdDSA", ED), ("ES256", P256), ("RS256", RSA))
    for alg, key in own:
        did = did_jwk(key)
        good = token(of_issuer(did), key, alg=alg, kid="#0")
        yield relied(f"did:jwk, {alg}", good, did)
        yield relied(f"did:jwk, {alg}, changed", good[:-8] + b"AAAAAAAA", did)
    did = did_key(P256)
    yield relied(
        "somebody else's key", token(of_issuer(did), P384, alg="ES384", jwk=jwk(P384)), did
    )
    yield from _of_ecdsa_forms(did)
    for name, weak in (("short", SHORT), ("of exponent 3", EXPONENT_3)):
        did = did_jwk(weak)
        yield relied(f"RSA key {name}", token(of_issuer(did), weak, alg="RS256"), did)
    for name, did in (
        ("not base64url", "did:jwk:e30="),
        ("no key", "did:jwk:e30"),
        ("empty", "did:jwk:"),
    ):
        yield relied(f"did:jwk, {name}", token(of_issuer(did), kid=f"{did}#0"), did)
    yield from _of_addresses()


def _of_ecdsa_forms(did: str) -> Iterator[Case]:
    good = token(of_issuer(did), P256, alg="ES256")
    head, body, signature = good.split(b".")
    raw = base64url.decode(signature.decode())
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    r, s = int.from_bytes(raw[:32]), int.from_bytes(raw[32:])
    for name, changed in (
        ("as DER", encode_dss_signature(r, s)),
        ("of 63 bytes", raw[:63]),
        ("of zeros", bytes(64)),
        ("with r of the order", order.to_bytes(32) + raw[32:]),
        ("with s beyond the order", raw[:32] + min(s + order, 2**256 - 1).to_bytes(32)),
    ):
        yield relied(
            f"ES256 signature {name}",
            b".".join((head, body, base64url.encode(changed).encode())),
            did,
        )
    yield relied("ES256 key under the name ES384", token(of_issuer(did), P384, alg="ES384"), did)


def _of_addresses() -> Iterator[Case]:
    """Issuers named by an address, as Open Badges allows: nothing says which keys are theirs."""
    url = "https://uni.example/issuer"
    own = of_issuer(url)
    yield relied(
        "issuer by address, key in the header",
        token(own, RSA, alg="RS256", typ="JWT", jwk=jwk(RSA)),
        url,
    )
    yield relied(
        "issuer by address, changed", token(own, RSA, alg="RS256", jwk=jwk(private_rsa())), url
    )
    yield relied("issuer by address, kid at it", token(own, RSA, alg="RS256", kid=f"{url}#1"), url)
    yield relied(
        "issuer by address, kid elsewhere",
        token(own, RSA, alg="RS256", kid="https://uni.example/jwks#1"),
        url,
    )
    yield relied("issuer by address, no key at all", token(own, RSA, alg="RS256"), url)
    yield relied(
        "issuer with a method that isn't known",
        token(of_issuer("did:example:1"), jwk=jwk(ED)),
        "did:example:1",
    )


def private_rsa() -> rsa.RSAPrivateKey:
    """Return another RSA key."""
    return rsa.generate_private_key(65537, 2048)


def _of_evidence() -> Iterator[Case]:
    document = IT.evidence().did_documents[IT.did]
    assert isinstance(document, dict)
    method: JsonObject = {
        "id": KID,
        "type": "JsonWebKey",
        "controller": IT.did,
        "publicKeyJwk": jwk(RSA),
    }
    with_jwk: JsonObject = {**document, "verificationMethod": [method]}
    evidence = replace(IT.evidence(), did_documents={IT.did: with_jwk}, status_lists={})
    yield "a JWK in the DID document", token(of_issuer(IT.did), RSA, alg="RS256"), None, evidence
    empty = replace(IT.evidence(), did_documents={IT.did: {**document, "assertionMethod": []}})
    yield "an issuer without keys, key in the header", token(GOOD, jwk=jwk(ED)), None, empty
    for name, found in (
        ("unreachable", Unavailable("unreachable")),
        ("on another host", Unavailable("other-host", document)),
    ):
        away = replace(IT.evidence(), did_documents={IT.did: found})
        yield f"DID document {name}, kid", token(GOOD, kid=KID), None, away
        yield f"DID document {name}, key in the header", token(GOOD, jwk=jwk(ED)), None, away
    other = Institution()
    other.revoke({**GOOD, "proof": []}, status=Status.REVOKED)
    yield "revoked", token(GOOD, kid=KID), None, other.evidence()


def _by_openbadgeslib() -> Iterator[Case]:
    url = "https://badges.example/issuer"
    learned = Achievement("https://badges.example/a", "Latvian A1", "Speaks a little", "An exam")
    for alg, private in (("RS256", RSA), ("ES256", P256), ("EdDSA", ED)):
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        for issuer in (url, did_jwk(private)):
            badge = OpenBadgeCredential(
                issuer=Issuer(issuer, "Badges"),
                recipient_id="did:example:learner",
                achievement=learned,
                id="https://badges.example/c/1",
                name="Latvian A1",
                issuance_date=NOW - dt.timedelta(days=9),
            )
            signed = OB3Signer(pem, alg).sign(badge).encode()
            kind = "address" if issuer == url else "did:jwk"
            yield relied(f"by openbadgeslib, {alg}, {kind}", signed, url, issuer)


def main() -> None:
    """Write the file."""
    found = shared_vectors(cases(), "made by tests/vectors/make_jwt.py; Apache-2.0")
    PATH.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

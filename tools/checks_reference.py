"""Makes docs/reference/checks.md from the cases that Python and the browser's modules share.

python tools/checks_reference.py            write the page
python tools/checks_reference.py --check    say whether it is out of date, and fail
"""

import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reference" / "checks.md"
VECTORS = ("verification", "jwt", "compromise")
SITUATIONS = ("valid", "altered", "missing", "unreachable")
SHOWN = 4  # cases of a reason

VC = "[VC Data Model 2.0](https://www.w3.org/TR/vc-data-model-2.0/)"
DI = "[VC Data Integrity 1.0](https://www.w3.org/TR/vc-data-integrity/)"
JOSE = "[VC-JOSE-COSE](https://www.w3.org/TR/vc-jose-cose/)"
STATUS = "[Bitstring Status List 1.0](https://www.w3.org/TR/vc-bitstring-status-list/)"
BADGES = "[Open Badges 3.0](https://www.imsglobal.org/spec/ob/v3p0)"
DID = "[DID Core 1.0](https://www.w3.org/TR/did-core/)"


@dataclass(frozen=True, slots=True)
class Held:
    """What holds a check: the specification, a shared case a situation, and tests in Chromium.

    A case that starts with "—" says why there is none.
    """

    check: str
    specification: str
    cases: tuple[str, str, str, str]  # in the order of SITUATIONS
    in_chromium: tuple[str, ...]


HELD = (
    Held(
        "format",
        f"{VC}, sections 4 and 6; [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259), "
        f"[RFC 7493](https://www.rfc-editor.org/rfc/rfc7493); {JOSE}, section 3",
        ("valid", "duplicate key", "no credential", "— nothing is fetched"),
        ("test_bad_bytes_are_not_mended", "test_what_holds_no_credential_is_named"),
    ),
    Held(
        "signature",
        f"{DI}, section 4.5; EdDSA and ECDSA cryptosuites 1.0, section 3; {JOSE}, section 3.1; "
        f"{BADGES}, section 8",
        ("valid", "altered: change_name", "no proof", "DID document unreachable"),
        ("test_a_changed_letter_in_the_page_is_seen", "test_a_token_of_another_issuer_is_checked"),
    ),
    Held(
        "issuer-key",
        f"{DID}, section 5.3.2; did:web, did:key and did:jwk methods",
        (
            "valid",
            "DID document with a broken key",
            "DID document without keys",
            "DID document unreachable",
        ),
        (
            "test_a_key_that_does_not_count_is_never_green",
            "test_only_the_issuers_own_address_speaks_for_it",
            "test_what_can_t_be_reached_is_said_and_decides_as_it_should",
        ),
    ),
    Held(
        "valid-from",
        f"{VC}, section 4.9; {JOSE}, section 3 (`nbf`)",
        ("valid", "not yet valid", "no start date", "— nothing is fetched"),
        ("test_each_state_has_its_page",),
    ),
    Held(
        "valid-until",
        f"{VC}, section 4.9; {JOSE}, section 3 (`exp`)",
        ("valid until later", "expired", "valid", "— nothing is fetched"),
        ("test_an_expired_credential_names_its_days",),
    ),
    Held(
        "revocation",
        f"{STATUS}, section 3.2",
        ("valid", "list with a changed bit", "no status", "list unreachable"),
        (
            "test_each_state_has_its_page",
            "test_a_changed_letter_in_the_evidence_is_seen",
            "test_an_old_list_is_no_evidence",
        ),
    ),
    Held(
        "suspension",
        f"{STATUS}, section 3.2",
        ("valid", "suspended", "no status", "suspension list unreachable"),
        ("test_each_state_has_its_page",),
    ),
    Held(
        "achievement",
        f"{BADGES}, the class Achievement",
        (
            "valid",
            "course changed, same version",
            "course no longer in the catalogue",
            "course unreachable",
        ),
        ("test_what_the_catalogue_says_today_stands_beside_what_was_issued",),
    ),
    Held(
        "trust-registry",
        f"{VC}, section 5.2 (trust model)",
        ("valid", "on no registry", "no registry", "registries unreachable"),
        ("test_each_state_has_its_page",),
    ),
)


def results() -> dict[str, list[tuple[str, dict[str, tuple[str, str]]]]]:
    """Return the shared cases by file: name, and state and reason of each check."""
    found: dict[str, list[tuple[str, dict[str, tuple[str, str]]]]] = {}
    for name in VECTORS:
        file: dict[str, Any] = json.loads((ROOT / f"tests/vectors/{name}.json").read_bytes())
        found[name] = [
            (case["name"], {check: (state, reason) for check, state, reason in case["checks"]})
            for case in file["cases"]
        ]
    return found


def page() -> str:
    """Return docs/reference/checks.md."""
    cases = results()
    rows = "".join(
        f"| [`{held.check}`](#{held.check}) | {held.specification} | "
        + " | ".join(case if case.startswith("—") else f"“{case}”" for case in held.cases)
        + f" | {', '.join(f'`{name}`' for name in held.in_chromium)} |\n"
        for held in HELD
    )
    head = (
        "# Checks, and what holds them\n\n"
        "Made by `tools/checks_reference.py` from the shared cases in `tests/vectors/`; a test "
        "compares it. Each case names the verdict\nand the state and reason of all nine checks. "
        "Python runs them as the command line does and as the browser does\n"
        "(`tests/credentials/test_vectors.py`, `test_tokens.py`, `test_compromise.py`), and the "
        "browser's modules run them under Node (`tests/js/`).\nThe last column names tests of the "
        "whole page in Chromium (`tests/browser/`). What the words mean: "
        "[how verification works](../explanation/verification.md).\n\n"
        f"There are {sum(map(len, cases.values()))} shared cases. Beside them, chance alters "
        "credentials (`bench/mutate.py`), and hypothesis makes some up\n"
        "(`tests/credentials/test_twins.py`): both sides have to agree on each.\n\n"
    )
    titles = "| check | specification | valid | altered | missing | unreachable | in Chromium |\n"
    return f"{head}{titles}|{'---|' * 7}\n{rows}" + "".join(_reasons(h.check, cases) for h in HELD)


def _reasons(check: str, cases: dict[str, list[tuple[str, dict[str, tuple[str, str]]]]]) -> str:
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for found in cases.values():
        for name, checks in found:
            names[checks[check]].append(name)
    rows = "".join(
        f"| {state} | `{reason}` | {len(held)} | {_some(held)} |\n"
        for (state, reason), held in sorted(names.items(), key=lambda one: _order(*one[0]))
    )
    return f"\n## {check}\n\n| state | reason | cases | such as |\n|---|---|---|---|\n{rows}"


def _order(state: str, reason: str) -> tuple[int, bool, str]:
    return (("passed", "failed", "unknown").index(state), reason != "ok", reason)


def _some(names: list[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:SHOWN])
    return shown + (", …" if len(names) > SHOWN else "")


def main() -> int:
    """Write the page, or with --check compare it."""
    text = page()
    if "--check" not in sys.argv:
        PAGE.write_text(text, "utf-8")
    elif not PAGE.is_file() or PAGE.read_text("utf-8") != text:
        print("out of date: checks.md; run python tools/checks_reference.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The page of a credential states what its document states, however many have been drawn before."""

import copy
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from mcsite.credentials.jcs import canonical
from mcsite.findings import Position
from mcsite.site.environment import environment_for
from mcsite.site.frame import hole
from mcsite.site.render import Renderer
from mcsite.site.theme import Theme
from mcsite.site.views.credential import claims_of
from mcsite.store.batches import StoredCredential
from tests.institution import Institution
from tests.rendering import context_of, sample

COMPONENT = "components/credential-claims.html"
ISSUED: Any = Institution().issue()


def issued(*, holder: str = "Anna", **changes: Any) -> Any:
    """Return a credential of another holder, with other dates or another achievement."""
    document = copy.deepcopy(ISSUED)
    document["credentialSubject"]["identifier"] = [{"identityType": "name", "identityHash": holder}]
    document["credentialSubject"]["achievement"] |= changes.pop("achievement", {})
    return document | changes


STATED = [
    issued(),
    issued(holder="Jānis Bērziņš"),
    issued(holder="<script>alert(1)</script> & \"'", validUntil="2030-01-02T00:00:00Z"),
    issued(holder="\u202egnp.exe ✅"),
    issued(holder=hole("dates")),
    issued(holder="", validFrom="someday"),
    issued(validFrom="2026-02-03T00:00:00Z", validUntil=["2030-01-01"]),
    issued(achievement={"name": "Another course"}),
    issued(achievement={"name": hole("holder")}),
    issued(achievement={"name": hole("strange"), "criteria": {"narrative": "- one\n\ntwo"}}),
    issued(issuer={"id": "did:web:other.example", "name": "Other"}),
    issued(issuer="did:web:a.example%3A8443"),
    issued(credentialSubject="nobody"),
]


def stored(document: Any) -> StoredCredential:
    at = Position(PurePosixPath("credentials/a.jsonl"))
    text = canonical(document)
    return StoredCredential(id="1" * 22, text=text, document=document, sealed=False, at=at)


def drawn(rendering: Renderer, document: Any) -> str:
    """Return what the component draws of all that one credential states."""
    context = rendering.context
    localiser = context.localiser(context.catalogue.site.default_language)
    component = environment_for(context.theme, localiser).get_template(COMPONENT).module
    return str(component.credential_claims(claims_of(document, localiser)))  # type: ignore[attr-defined] # its macro


def test_each_credential_states_its_own_after_others_of_its_course() -> None:
    rendering = Renderer(context_of(sample()))

    for document in (*STATED, *reversed(STATED)):
        page = rendering.credential(stored(document)).decode()
        assert drawn(rendering, document) in page


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (["ext:QF-EHEA", "ext:EQF"], " — as ext:EQF"),
        (["ext:QF-EHEA"], " — as ext:QF-EHEA"),
        (["ext:Level"], ""),
    ],
)
def test_the_level_stands_beside_the_title_and_without_one_the_cycle(
    kinds: list[str], told: str
) -> None:
    alignments = [{"targetType": kind, "targetName": f"as {kind}"} for kind in kinds]
    document = issued(
        achievement={"name": "Course", "alignment": alignments, "creditsAvailable": None}
    )

    page = drawn(Renderer(context_of(sample())), document)

    assert f'<p class="claims__title">Course{told}</p>' in page


def test_what_many_credentials_state_alike_is_drawn_once() -> None:
    rendering = Renderer(context_of(sample()))

    for number in range(20):
        rendering.credential(stored(issued(holder=f"Holder {number}")))

    assert len(rendering.claims) == 1


@pytest.mark.parametrize(
    "markup",
    [
        "{{ claims.holder | upper }}",
        "{% if claims.holder == 'Anna' %}A{% else %}B{% endif %}",
    ],
)
def test_a_site_s_own_template_may_do_more_with_a_text_than_print_it(
    tmp_path: Path, markup: str
) -> None:
    own = tmp_path / "templates" / COMPONENT
    own.parent.mkdir(parents=True)
    own.write_text(
        f"{{% macro credential_claims(claims) %}}<b>{markup}</b>{{% endmacro %}}", "utf-8"
    )
    context = context_of(sample())
    theme = Theme((*context.theme.folders, tmp_path))
    rendering = Renderer(replace(context, theme=theme))

    for name in ("Anna", "Jānis"):
        document = issued(holder=name)
        assert drawn(rendering, document) in rendering.credential(stored(document)).decode()


def test_nothing_in_a_document_can_end_the_element_that_holds_it() -> None:
    rendering = Renderer(context_of(sample()))
    document = issued(holder="</script><script>alert(1)</script>&\u2028\u2029")

    page = rendering.credential(stored(document))

    assert b"alert(1)</script>" not in page
    assert b"\\u003c/script\\u003e\\u003cscript\\u003ealert(1)" in page
    assert b"\\u0026\\u2028\\u2029" in page

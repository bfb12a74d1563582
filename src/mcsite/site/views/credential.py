"""The verification page of a credential. What it claims is only "as stated" until a check was
made.
"""

from dataclasses import dataclass

from mcsite.credentials.claim_text import harmless
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.reading import listed
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.localise import own_name
from mcsite.site.views.head import About, Alternate, Head, head_of_credential
from mcsite.store.batches import StoredCredential


@dataclass(frozen=True, slots=True)
class Claims:
    """What a public credential states, for readers without JavaScript."""

    holder: str
    title: str
    issuer: str
    awarding_body: str
    valid_from: str
    outcomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialView:
    """What pages/credential.html shows. A sealed one has no claims: nothing in it can be read."""

    head: Head
    id: str
    sealed: bool
    document: bytes  # the signed JSON, as it is stored
    claims: Claims | None
    strings: tuple[Alternate, ...]  # the languages, and where the module finds its words
    host: str
    json_href: str


def credential_view(context: SiteContext, stored: StoredCredential) -> CredentialView:
    """Return the page of a stored credential."""
    say = context.localiser(context.catalogue.site.default_language).gettext
    path = urls.credential(stored.id)
    href = context.urls.href
    return CredentialView(
        head=head_of_credential(
            context,
            path,
            About(title=say("Credential"), kind="credential", modules=("verify/page.js",)),
        ),
        id=stored.id,
        sealed=stored.sealed,
        document=stored.text,
        claims=None if stored.sealed else _claims(stored.document),
        strings=tuple(
            Alternate(
                language, own_name(language), f"?lang={language}",
                href(urls.static(f"i18n/verify.{language}.json")),
            )
            for language in context.languages
        ),
        host=context.urls.base_url.split("/")[2],
        json_href="" if stored.sealed else href(urls.credential_json(stored.id)),
    )  # fmt: skip


def _claims(document: JsonObject) -> Claims:
    subject = _object(document.get("credentialSubject"))
    achievement = _object(subject.get("achievement"))
    names = [
        _text(entry.get("identityHash"))
        for entry in listed(subject.get("identifier"))
        if isinstance(entry, dict) and entry.get("identityType") == "name"
    ]
    return Claims(
        holder=", ".join(names),
        title=_text(achievement.get("name")),
        issuer=_text(_object(document.get("issuer")).get("name")),
        awarding_body=_text(_object(achievement.get("creator")).get("name")),
        valid_from=_text(document.get("validFrom"))[:10],
        outcomes=_text(_object(achievement.get("criteria")).get("narrative")),
    )


def _object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _text(value: JsonValue) -> str:
    return harmless(value) if isinstance(value, str) else ""

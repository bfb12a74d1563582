"""The verification page of a credential. What it claims is only "as stated" until a check was
made.
"""

import datetime as dt
from dataclasses import dataclass, replace

from mcsite.credentials.claim_text import harmless
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.reading import issuer_of, listed
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.localise import Localiser, own_name
from mcsite.site.qr_code import QrCode, qr_code
from mcsite.site.views.head import About, Head, head_of_credential
from mcsite.store.batches import StoredCredential


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a public credential states, for readers without JavaScript."""

    language: str
    holder: str
    title: str
    measures: str
    issuer: str
    domain: str
    awarding_body: str
    dates: str
    outcomes: tuple[str, ...]
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerdictView:
    """What a verdict says and how it looks."""

    name: str
    tone: str
    host: str
    headline: str
    sentence: str


@dataclass(frozen=True, slots=True)
class InterfaceLanguage:
    """A language that the page can be switched to, where its words are, and what the frame says
    in it.
    """

    language: str
    name: str
    strings: str
    site_name: str
    publisher: str
    built: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How to check the credential without the page."""

    download: str
    filename: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialView:
    """What pages/credential.html shows. A sealed one has no claims: nothing in it can be read;
    and no QR code: what its link ends in is known to the browser alone.
    """

    head: Head
    sealed: bool
    document: bytes  # the signed JSON, as it is stored
    verdict: VerdictView
    claims: Claims | None
    interface: tuple[InterfaceLanguage, ...]
    elsewhere: Elsewhere
    qr_code: QrCode | None


def credential_view(context: SiteContext, stored: StoredCredential) -> CredentialView:
    """Return the page of a stored credential."""
    localiser = context.localiser(context.catalogue.site.default_language)
    path = urls.credential(stored.id)
    about = About(
        title=localiser.gettext("Credential"), kind="credential", modules=("verify/page.js",)
    )
    head = head_of_credential(context, path, about)
    return CredentialView(
        head=replace(head, description=""),  # no search engine may list it, and it has to be light
        sealed=stored.sealed,
        document=stored.text,
        verdict=_unchecked(context, localiser),
        claims=None if stored.sealed else _claims(stored.document, localiser),
        interface=tuple(_interface(context, language) for language in context.languages),
        elsewhere=_elsewhere(context, stored, head.canonical),
        qr_code=None if stored.sealed else _qr_code(stored, head.canonical),
    )


def _qr_code(stored: StoredCredential, address: str) -> QrCode:
    before, after = address.rsplit(stored.id, 1)
    return qr_code(before, stored.id, after)


def _unchecked(context: SiteContext, localiser: Localiser) -> VerdictView:
    """Return the verdict before any check; its words are those of theme/verdicts.json."""
    say = localiser.gettext
    return VerdictView(
        name="unchecked",
        tone="unknown",
        host=context.urls.base_url.split("/")[2],
        headline=say("Not checked yet"),
        sentence=say(
            "To check this credential, turn on JavaScript, or download it and use another "
            "checker. What you see below is only what the page says."
        ),
    )


def _interface(context: SiteContext, language: str) -> InterfaceLanguage:
    site, localiser = context.catalogue.site, context.localiser(language)
    day = {"day": localiser.date(context.today)}
    return InterfaceLanguage(
        language,
        own_name(language),
        context.urls.href(urls.static(f"i18n/verify.{language}.json")),
        str(site.title.in_language(language)),
        str(site.publisher.name.in_language(language)),
        localiser.gettext("Built on %(day)s") % day,
    )


def _elsewhere(context: SiteContext, stored: StoredCredential, address: str) -> Elsewhere:
    """Return the ways; a sealed credential's file can only be made where its key is."""
    filename = f"{stored.id}.json"
    if stored.sealed:
        return Elsewhere("", filename, f"mcsite verify --fetch {filename}")
    download = context.urls.href(urls.credential_json(stored.id))
    return Elsewhere(download, filename, f"mcsite verify {address}")


def _claims(document: JsonObject, localiser: Localiser) -> Claims:
    subject = _object(document.get("credentialSubject"))
    achievement = _object(subject.get("achievement"))
    issuer = _text(_object(document.get("issuer")).get("name"))
    body = _text(_object(achievement.get("creator")).get("name"))
    lines = _text(_object(achievement.get("criteria")).get("narrative")).splitlines()
    lines = [line.strip() for line in lines if line.strip()]
    names = [
        _text(entry.get("identityHash"))
        for entry in listed(subject.get("identifier"))
        if isinstance(entry, dict) and entry.get("identityType") == "name"
    ]
    days = [_day(document.get(name), localiser) for name in ("validFrom", "validUntil")]
    return Claims(
        language=localiser.language,
        holder=", ".join(names),
        title=_text(achievement.get("name")),
        measures=_measures(achievement),
        issuer=issuer,
        domain=_domain(issuer_of(document)),
        awarding_body="" if body == issuer else body,
        dates=" – ".join(day for day in days if day),
        outcomes=tuple(line[2:] for line in lines if line.startswith("- ")),
        criteria=tuple(line for line in lines if not line.startswith("- ")),
    )


def _measures(achievement: JsonObject) -> str:
    levels = [
        _text(entry.get("targetName"))
        for entry in listed(achievement.get("alignment"))
        if isinstance(entry, dict) and entry.get("targetType") == "ext:EQF"
    ]
    credit = achievement.get("creditsAvailable")
    stated = [*levels[:1], f"{credit} ECTS" if isinstance(credit, int | float) else ""]
    return ", ".join(text for text in stated if text)


def _domain(issuer: str) -> str:
    method, _, rest = issuer.partition("did:web:")
    return harmless(rest.split(":")[0].replace("%3A", ":")) if not method else ""


def _day(value: JsonValue, localiser: Localiser) -> str:
    try:
        return localiser.date(dt.date.fromisoformat(_text(value)[:10]))
    except ValueError:
        return ""


def _object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _text(value: JsonValue) -> str:
    return harmless(value) if isinstance(value, str) else ""

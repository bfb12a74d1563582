"""The verification page of a credential. What it claims is only "as stated" until a check was
made.
"""

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache

from mcsite.credentials.claim_text import harmless
from mcsite.credentials.ids import ID_LENGTH
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.credentials.reading import issuer_of, listed
from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.frame import hole
from mcsite.site.localise import Localiser, own_name
from mcsite.site.qr_code import QrCode, qr_code
from mcsite.site.views.head import About, Head, SunsetView, head_of_credential, sunset_of

NO_ID = "0" * ID_LENGTH  # base58 has no 0: stands in addresses for the id of any credential


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
    link_needed: str
    sunset: SunsetView | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How to check the credential without the page."""

    download: str
    filename: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialFrame:
    """What pages/credential.html shows of every credential alike. What differs between them is a
    hole in the page (site.frame): the document; the claims; the QR code. Addresses have NO_ID.

    A sealed one has no claims, since nothing in it can be read; and no QR code, since what its
    link ends in is known to the browser alone: `qr_size` is 0.
    """

    head: Head
    sealed: bool
    verdict: VerdictView
    interface: tuple[InterfaceLanguage, ...]
    elsewhere: Elsewhere
    qr_size: int
    link_needed: str
    document: str = hole("document")
    claims: str = hole("claims")
    qr_strokes: str = hole("strokes")


def credential_frame(context: SiteContext, *, sealed: bool) -> CredentialFrame:
    """Return the page of all public, or all sealed, credentials."""
    localiser = context.localiser(context.catalogue.site.default_language)
    about = About(
        title=localiser.gettext("Credential"), kind="credential", modules=("verify/page.js",)
    )
    head = head_of_credential(context, urls.credential(NO_ID), about)
    return CredentialFrame(
        head=replace(head, description=""),  # no search engine may list it, and it has to be light
        sealed=sealed,
        verdict=_unchecked(context, localiser, sealed=sealed),
        interface=tuple(_interface(context, language) for language in context.languages),
        elsewhere=_elsewhere(context, head.canonical, sealed=sealed),
        qr_size=0 if sealed else qr_code_of(context, NO_ID).size,
        link_needed=_link_needed(localiser),
    )


def qr_code_of(context: SiteContext, identifier: str) -> QrCode:
    """Return the QR code of a credential's address."""
    before, after = _around_id(context.urls)
    return qr_code(before, identifier, after)


@lru_cache(maxsize=4)
def _around_id(site: urls.Urls) -> tuple[str, str]:
    before, after = site.absolute(urls.credential(NO_ID)).split(NO_ID)
    return before, after


def _link_needed(localiser: Localiser) -> str:
    """Return what is printed of a sealed credential, whose key stands on no paper."""
    return localiser.gettext(
        "The address alone does not open this credential: ask the holder for the whole link."
    )


def _unchecked(context: SiteContext, localiser: Localiser, *, sealed: bool) -> VerdictView:
    """Return the verdict before any check; its words are those of theme/verdicts.json, but for a
    sealed credential, of which the page has nothing to show.
    """
    say = localiser.gettext
    return VerdictView(
        name="unchecked",
        tone="unknown",
        host=context.urls.base_url.split("/")[2],
        headline=say("Not checked yet"),
        sentence=say(
            "This credential is sealed: only a browser with JavaScript, and the whole link, "
            "can open it."
        )
        if sealed
        else say(
            "To check this credential, turn on JavaScript, or download it and use another "
            "checker. What you see below is only what the page says."
        ),
    )


def _interface(context: SiteContext, language: str) -> InterfaceLanguage:
    site = context.catalogue.site
    return InterfaceLanguage(
        language,
        own_name(language),
        context.urls.href(urls.static(f"i18n/verify.{language}.json")),
        str(site.title.in_language(language)),
        str(site.publisher.name.in_language(language)),
        _link_needed(context.localiser(language)),
        sunset_of(context, language),
    )


def _elsewhere(context: SiteContext, address: str, *, sealed: bool) -> Elsewhere:
    """Return the ways; a sealed credential's file can only be made where its key is, and the
    page's own text doesn't know the end of its link.
    """
    filename = f"{NO_ID}.json"
    if sealed:
        return Elsewhere("", filename, f"mcsite verify '{address}#k=…'")
    download = context.urls.href(urls.credential_json(NO_ID))
    return Elsewhere(download, filename, f"mcsite verify {address}")


def claims_of(document: JsonObject, localiser: Localiser) -> Claims:
    """Return what a public credential states."""
    return replace(
        shared_claims(document, localiser),
        holder=holder_of(document),
        dates=dates_of(document, localiser),
    )


def shared_by(document: JsonObject) -> JsonValue:
    """Return all of a credential that `shared_claims` looks at."""
    return [_object(document.get("credentialSubject")).get("achievement"), document.get("issuer")]


def shared_claims(document: JsonObject, localiser: Localiser) -> Claims:
    """Return what credentials state alike that one issuer gave for one course; holes stand for the
    rest.
    """
    achievement = _object(_object(document.get("credentialSubject")).get("achievement"))
    issuer = _text(_object(document.get("issuer")).get("name"))
    body = _text(_object(achievement.get("creator")).get("name"))
    lines = _text(_object(achievement.get("criteria")).get("narrative")).splitlines()
    lines = [line.strip() for line in lines if line.strip()]
    return Claims(
        language=localiser.language,
        holder=hole("holder"),
        title=_text(achievement.get("name")),
        measures=_measures(achievement),
        issuer=issuer,
        domain=_domain(issuer_of(document)),
        awarding_body="" if body == issuer else body,
        dates=hole("dates"),
        outcomes=tuple(line[2:] for line in lines if line.startswith("- ")),
        criteria=tuple(line for line in lines if not line.startswith("- ")),
    )


def holder_of(document: JsonObject) -> str:
    """Return the names of the holder, as a credential states them."""
    names = [
        _text(entry.get("identityHash"))
        for entry in listed(_object(document.get("credentialSubject")).get("identifier"))
        if isinstance(entry, dict) and entry.get("identityType") == "name"
    ]
    return ", ".join(names)


def dates_of(document: JsonObject, localiser: Localiser) -> str:
    """Return the days from and until when a credential is valid, in words."""
    stated = [document.get(name) for name in ("validFrom", "validUntil")]
    days = [_day(value, localiser) for value in stated if isinstance(value, str)]
    return " – ".join(day for day in days if day)


def _measures(achievement: JsonObject) -> str:
    alignments = [one for one in listed(achievement.get("alignment")) if isinstance(one, dict)]
    levels = [
        _text(one.get("targetName"))
        for kind in ("ext:EQF", "ext:QF-EHEA")
        for one in alignments
        if one.get("targetType") == kind
    ]
    credit = achievement.get("creditsAvailable")
    stated = [*levels[:1], f"{credit} ECTS" if isinstance(credit, int | float) else ""]
    return ", ".join(text for text in stated if text)


def _domain(issuer: str) -> str:
    method, _, rest = issuer.partition("did:web:")
    return harmless(rest.split(":")[0].replace("%3A", ":")) if not method else ""


@lru_cache(maxsize=256)  # a batch is of one moment, mostly
def _day(moment: str, localiser: Localiser) -> str:
    try:
        return localiser.date(dt.date.fromisoformat(harmless(moment)[:10]))
    except ValueError:
        return ""


def _object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _text(value: JsonValue) -> str:
    return harmless(value) if isinstance(value, str) else ""

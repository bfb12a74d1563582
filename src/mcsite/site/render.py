"""From a page's spec to its bytes: a view, and the template of its kind."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from traceback import extract_tb

from jinja2 import Environment, TemplateError, TemplateSyntaxError

from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject
from mcsite.errors import ContentError
from mcsite.site.context import SiteContext
from mcsite.site.environment import environment_for, json_for_script, printed
from mcsite.site.frame import Frame, hole, looks_like_hole
from mcsite.site.plan import PageKind, PageSpec
from mcsite.site.views import VIEWS, View
from mcsite.site.views.credential import (
    NO_ID,
    Claims,
    CredentialFrame,
    claims_of,
    credential_frame,
    dates_of,
    holder_of,
    qr_code_of,
    shared_by,
    shared_claims,
)
from mcsite.store.batches import StoredCredential

_CLAIMS = "components/credential-claims.html"
_REMEMBERED = 4000  # courses of which credentials were issued


@dataclass
class Renderer:
    """Renders pages, keeping one environment a language, and what credentials state alike."""

    context: SiteContext
    environments: dict[str, Environment] = field(default_factory=dict)
    claims: dict[bytes, Frame] = field(default_factory=dict)  # by digest of what is shared

    def page(self, spec: PageSpec) -> bytes:
        """Return the page of `spec`."""
        view = VIEWS[spec.kind](self.context, spec)
        return self._rendered(spec.language, f"pages/{spec.kind.value}.html", view).encode()

    def prepare(self) -> None:
        """Compile the templates of every kind of page, for all processes that are forked later."""
        for language in self.context.languages:
            for kind in PageKind:
                self._environment(language).get_template(f"pages/{kind.value}.html")

    def credential(self, stored: StoredCredential) -> bytes:
        """Return the verification page of a credential."""
        frame = self.context.trace.once(
            ("frame", str(stored.sealed)), partial(self._frame, sealed=stored.sealed)
        )
        texts = {"id": stored.id.encode(), "document": json_for_script(stored.text)}
        if not stored.sealed:
            texts["claims"] = self._claims(stored.document)
            texts["strokes"] = qr_code_of(self.context, stored.id).strokes.encode()
        return frame.filled(texts)

    def _frame(self, *, sealed: bool) -> Frame:
        view = credential_frame(self.context, sealed=sealed)
        page = self._rendered(self._language, "pages/credential.html", view)
        return Frame(page.replace(NO_ID, hole("id")))

    @property
    def _language(self) -> str:
        return self.context.catalogue.site.default_language

    def _claims(self, document: JsonObject) -> bytes:
        """Return what a public credential states, as the component draws it."""
        localiser = self.context.localiser(self._language)
        shared = canonical(shared_by(document))
        if not self._has_packaged_claims or looks_like_hole(shared):
            return self._drawn(claims_of(document, localiser)).encode()
        digest = hashlib.sha256(shared).digest()
        if digest not in self.claims:
            if len(self.claims) >= _REMEMBERED:
                self.claims.clear()
            self.claims[digest] = Frame(self._drawn(shared_claims(document, localiser)))
        texts = {"holder": holder_of(document), "dates": dates_of(document, localiser)}
        return self.claims[digest].filled({name: printed(text) for name, text in texts.items()})

    def _drawn(self, claims: Claims) -> str:
        with _faults_placed():
            component = self._environment(self._language).get_template(_CLAIMS).module
            return str(component.credential_claims(claims))  # type: ignore[attr-defined] # its macro

    @cached_property
    def _has_packaged_claims(self) -> bool:
        """Tell whether the component prints each text and does nothing else with it; a site's own
        may.
        """
        with _faults_placed():
            template = self._environment(self._language).get_template(_CLAIMS)
        return str(template.filename).startswith(f"{self.context.theme.folders[0]}/")

    def _rendered(self, language: str, name: str, view: View | CredentialFrame) -> str:
        with _faults_placed():
            return self._environment(language).get_template(name).render(view=view)

    def _environment(self, language: str) -> Environment:
        if language not in self.environments:
            localiser = self.context.localiser(language)
            self.environments[language] = environment_for(self.context.theme, localiser)
        return self.environments[language]


@contextmanager
def _faults_placed() -> Iterator[None]:
    """Say in which file and line a template is at fault."""
    try:
        yield
    except TemplateError as error:
        raise ContentError(f"{_place_of(error)}: {error.message}") from error


def _place_of(error: TemplateError) -> str:
    """Return file and line of the template that is at fault."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name}:{error.lineno}"
    frames = extract_tb(error.__traceback__)
    places = [f"{at.filename}:{at.lineno}" for at in frames if at.filename.endswith(".html")]
    return places[-1] if places else "theme/templates"

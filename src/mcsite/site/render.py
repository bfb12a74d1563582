"""From a page's spec to its bytes: a view, and the template of its kind."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from traceback import extract_tb

from jinja2 import Environment, TemplateError, TemplateSyntaxError

from mcsite.errors import ContentError
from mcsite.site.context import SiteContext
from mcsite.site.environment import environment_for, json_data
from mcsite.site.frame import Frame, hole
from mcsite.site.plan import PageKind, PageSpec
from mcsite.site.views import VIEWS, View
from mcsite.site.views.credential import (
    NO_ID,
    CredentialFrame,
    claims_of,
    credential_frame,
    qr_code_of,
)
from mcsite.store.batches import StoredCredential

_CLAIMS = "components/credential-claims.html"


@dataclass(slots=True)
class Renderer:
    """Renders pages, keeping one environment a language."""

    context: SiteContext
    environments: dict[str, Environment] = field(default_factory=dict)

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
        texts = {"id": stored.id.encode(), "document": json_data(stored.text).encode()}
        if not stored.sealed:
            texts["claims"] = self._claims(stored).encode()
            texts["strokes"] = qr_code_of(self.context, stored.id).strokes.encode()
        return frame.filled(texts)

    def _frame(self, *, sealed: bool) -> Frame:
        view = credential_frame(self.context, sealed=sealed)
        page = self._rendered(self._language, "pages/credential.html", view)
        return Frame(page.replace(NO_ID, hole("id")))

    @property
    def _language(self) -> str:
        return self.context.catalogue.site.default_language

    def _claims(self, stored: StoredCredential) -> str:
        """Return what a public credential states, as the component draws it."""
        claims = claims_of(stored.document, self.context.localiser(self._language))
        with _faults_placed():
            component = self._environment(self._language).get_template(_CLAIMS).module
            return str(component.credential_claims(claims))  # type: ignore[attr-defined] # its macro

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

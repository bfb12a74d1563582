"""From a page's spec to its bytes: a view, and the template of its kind."""

from dataclasses import dataclass, field
from traceback import extract_tb

from jinja2 import Environment, TemplateError, TemplateSyntaxError

from mcsite.errors import ContentError
from mcsite.site.context import SiteContext
from mcsite.site.environment import environment_for
from mcsite.site.plan import PageSpec
from mcsite.site.views import VIEWS, View
from mcsite.site.views.credential import credential_view
from mcsite.store.batches import StoredCredential


@dataclass(slots=True)
class Renderer:
    """Renders pages, keeping one environment a language."""

    context: SiteContext
    environments: dict[str, Environment] = field(default_factory=dict)

    def page(self, spec: PageSpec) -> bytes:
        """Return the page of `spec`."""
        view = VIEWS[spec.kind](self.context, spec)
        return self._rendered(spec.language, spec.kind.value, view)

    def credential(self, stored: StoredCredential) -> bytes:
        """Return the verification page of a credential."""
        language = self.context.catalogue.site.default_language
        view = credential_view(self.context, stored)
        return self._rendered(language, "credential", view)

    def _rendered(self, language: str, name: str, view: View) -> bytes:
        if language not in self.environments:
            localiser = self.context.localiser(language)
            self.environments[language] = environment_for(self.context.theme, localiser)
        try:
            template = self.environments[language].get_template(f"pages/{name}.html")
            return template.render(view=view).encode()
        except TemplateError as error:
            raise ContentError(f"{_place_of(error)}: {error.message}") from error


def _place_of(error: TemplateError) -> str:
    """Return file and line of the template that is at fault."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name}:{error.lineno}"
    frames = extract_tb(error.__traceback__)
    places = [f"{at.filename}:{at.lineno}" for at in frames if at.filename.endswith(".html")]
    return places[-1] if places else "theme/templates"

"""From a page's spec to its bytes: a view, and the template of its kind."""

from dataclasses import dataclass, field

from jinja2 import Environment, Template

from mcsite.site.context import SiteContext
from mcsite.site.environment import environment_for
from mcsite.site.plan import PageSpec
from mcsite.site.views import VIEWS
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
        return self._template(spec.language, spec.kind.value).render(view=view).encode()

    def credential(self, stored: StoredCredential) -> bytes:
        """Return the verification page of a credential."""
        language = self.context.catalogue.site.default_language
        view = credential_view(self.context, stored)
        return self._template(language, "credential").render(view=view).encode()

    def _template(self, language: str, name: str) -> Template:
        if language not in self.environments:
            localiser = self.context.localiser(language)
            self.environments[language] = environment_for(self.context.theme, localiser)
        return self.environments[language].get_template(f"pages/{name}.html")

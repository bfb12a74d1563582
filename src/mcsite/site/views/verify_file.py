"""The page that checks files which a reader chooses."""

from dataclasses import dataclass

from mcsite.site import urls
from mcsite.site.context import SiteContext
from mcsite.site.plan import PageSpec
from mcsite.site.views.head import About, Head, Link, head_for


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyFileView:
    """What pages/verify-file.html shows. `strings` is where the module finds its words,
    `host` where the site is published.
    """

    head: Head
    strings: str
    host: str


def verify_file_view(context: SiteContext, spec: PageSpec) -> VerifyFileView:
    """Return the page of a language."""
    say, href = context.localiser(spec.language).gettext, context.urls.href
    title = say("Check a credential file")
    return VerifyFileView(
        head=head_for(
            context,
            spec,
            About(
                title=title,
                kind="verify-file",
                description=say("Check a credential on your own computer. Nothing is sent."),
                crumbs=(Link(href(urls.home(spec.language)), say("Home")),),
                modules=("verify/file-page.js",),
            ),
        ),
        strings=href(urls.static(f"i18n/verify.{spec.language}.json")),
        host=context.urls.base_url.split("/")[2],
    )

"""Pictures are in catalogue/assets/, and are pictures."""

from collections.abc import Iterator

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.course import Image
from mcsite.content.rules.places import Places
from mcsite.findings import Finding, Severity

FORMATS = (".svg", ".png", ".jpg", ".jpeg", ".webp")


def assets_are_there(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC401, MC402, MC403: a named picture exists, is one, and says what it shows."""
    folder = catalogue.root / "catalogue" / "assets"
    for key, name, image in _images(catalogue):
        path = folder / image.path
        loc = (*name.split("."), "path")
        if not path.is_file():
            yield places.finding(key, loc, "MC401", f"catalogue/assets/{image.path} isn't there")
        elif not path.resolve().is_relative_to(catalogue.root.resolve()):
            yield places.finding(
                key, loc, "MC110", f"{path} leads out of the project, to {path.resolve()}"
            )
        if path.suffix.lower() not in FORMATS:
            hint = f"one of {', '.join(FORMATS)}"
            yield places.finding(key, loc, "MC402", f"{image.path} isn't a picture", hint=hint)
        if image.alt is None and name == "image":
            yield places.finding(
                key, loc, "MC403", "the picture has no alt", severity=Severity.WARNING,
                hint="say in a few words what it shows",
            )  # fmt: skip


def _images(catalogue: Catalogue) -> Iterator[tuple[str, str, Image]]:
    theme = catalogue.site.theme
    if theme and theme.logo:
        yield "site", "theme.logo", theme.logo
    for provider in catalogue.providers.values():
        if provider.logo:
            yield f"providers/{provider.id}", "logo", provider.logo
    for course in catalogue.courses.values():
        for name, image in (("image", course.image), ("badge", course.badge)):
            if image:
                yield f"courses/{course.id}", name, image

"""Pictures are in catalogue/assets/, and are pictures; files that are named are there."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from mcsite.content.catalogue import Catalogue
from mcsite.content.files import read_file
from mcsite.content.models.course import Image
from mcsite.content.rules.places import Places
from mcsite.content.source import SourceFault
from mcsite.findings import Finding, Severity

ASSETS = PurePosixPath("catalogue/assets")
MAX_REGISTRY = 5 * 1024 * 1024
FORMATS = (".svg", ".png", ".jpg", ".jpeg", ".webp")


def assets_are_there(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC401, MC402, MC403: a named picture exists, is one, and says what it shows."""
    for key, name, image in _images(catalogue):
        path = ASSETS / image.path
        loc = (*name.split("."), "path")
        if not (catalogue.root / path).is_file():
            hint = "add it, or correct the path; case counts"
            yield places.finding(key, loc, "MC401", f"{path} isn't there", hint=hint)
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


def registries_are_there(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC109, MC110: the copies of trust registries are files of the project."""
    for index, registry in enumerate(catalogue.site.trust_registries):
        try:
            read_file(catalogue.root, PurePosixPath(registry.file), max_bytes=MAX_REGISTRY)
        except SourceFault as fault:
            found = fault.finding
            loc = ("trust_registries", index, "file")
            message = f"{registry.file}: {found.message}"
            yield places.finding("site", loc, found.code, message, hint=found.hint)

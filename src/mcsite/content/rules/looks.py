"""What a site says of its looks: the accent colour can be read, and the font's files are there."""

from collections.abc import Iterator

from mcsite.content.catalogue import Catalogue
from mcsite.content.rules.assets import ASSETS
from mcsite.content.rules.places import Places
from mcsite.findings import Finding, Severity

ENOUGH = 4.5  # WCAG 2.2, 1.4.3
FONT = ".woff2"
# --surface of tokens.css in both schemes: links stand on nothing that is nearer to them
_LIGHT, _DARK = "#f4f6f8", "#1a2128"
_KEPT = 0.45  # of the accent in the dark scheme, mixed with white in Oklab

# Björn Ottosson, "A perceptual color space for image processing": linear sRGB to LMS to Oklab
_TO_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_FROM_LMS = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)


def accent_can_be_read(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC630: links in the accent colour stand out from their ground, in both schemes."""
    theme = catalogue.site.theme
    if theme is None or theme.accent is None:
        return
    light = contrast(_linear(theme.accent), _linear(_LIGHT))
    dark = contrast(_lightened(_linear(theme.accent)), _linear(_DARK))
    for scheme, ratio, hint in (
        ("light", light, "choose a darker one"), ("dark", dark, "choose a lighter one"),
    ):  # fmt: skip
        if ratio < ENOUGH:
            yield places.finding(
                "site", ("theme", "accent"), "MC630",
                f"{theme.accent} has a contrast of {ratio:.1f}:1 in the {scheme} scheme",
                severity=Severity.WARNING, hint=f"{hint}: text needs {ENOUGH}:1",
            )  # fmt: skip


def fonts_are_there(catalogue: Catalogue, places: Places) -> Iterator[Finding]:
    """MC631, MC632: each file of the font is there, and is one."""
    theme = catalogue.site.theme
    for number, file in enumerate(theme.font.files if theme and theme.font else ()):
        path, loc = ASSETS / file.path, ("theme", "font", "files", number, "path")
        if path.suffix.lower() != FONT:
            hint = "WOFF2 is what browsers read fastest; tools convert others to it"
            yield places.finding("site", loc, "MC632", f"{file.path} isn't {FONT}", hint=hint)
        elif not (catalogue.root / path).is_file():
            hint = "add it, or correct the path; case counts"
            yield places.finding("site", loc, "MC631", f"{path} isn't there", hint=hint)


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Return the contrast ratio of two linear sRGB colours (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[float, ...]) -> float:
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> tuple[float, ...]:
    """Return "#rrggbb" as linear sRGB, each 0 to 1."""
    values = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)  # noqa: PLR2004 -- of sRGB


def _lightened(colour: tuple[float, ...]) -> tuple[float, ...]:
    """Return a colour as the dark scheme mixes it with white. Oklab is linear in the cube roots of
    LMS, so that these can be mixed; white's are 1.
    """
    roots = (max(0.0, value) ** (1 / 3) for value in _times(_TO_LMS, colour))
    mixed = tuple((_KEPT * root + 1 - _KEPT) ** 3 for root in roots)
    return tuple(min(1.0, max(0.0, value)) for value in _times(_FROM_LMS, mixed))


def _times(
    matrix: tuple[tuple[float, float, float], ...], vector: tuple[float, ...]
) -> tuple[float, ...]:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)

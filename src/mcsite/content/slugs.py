"""Ids made of titles, in the letters of the Union's three alphabets."""

import re
import unicodedata

from mcsite.content.fields import MAX_ID, is_identifier

_LATIN = "ß:ss æ:ae œ:oe ø:o đ:d ð:d þ:th ł:l ħ:h ı:i ŋ:n ĸ:k ŧ:t"
# ELOT 743, simplified
_GREEK = (
    "α:a β:v γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s ς:s τ:t υ:y φ:f "
    "χ:ch ψ:ps ω:o"
)
# the Bulgarian law on transliteration, and the letters of its neighbours
_CYRILLIC = (
    "а:a б:b в:v г:g д:d е:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:h "
    "ц:ts ч:ch ш:sh щ:sht ъ:a ы:y ь:y э:e ю:yu я:ya є:ye і:i ѓ:g ґ:g љ:lj њ:nj ћ:c џ:dz ј:j"
)
_LETTERS = str.maketrans(dict(pair.split(":") for pair in f"{_LATIN} {_GREEK} {_CYRILLIC}".split()))


def slug_of(text: str) -> str:
    """Return an id made of a text; "" where none can be: "Datu pārvaldība" → datu-parvaldiba."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    words = re.findall("[a-z0-9]+", bare.translate(_LETTERS).replace("'", "").replace("’", ""))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:MAX_ID]
        if len(longer) > MAX_ID:
            break
        slug = longer
    return slug if is_identifier(slug) else ""

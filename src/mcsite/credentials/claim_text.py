"""Text from a credential, made harmless to show: it can't imitate the page or turn its
direction.
"""

import re
import unicodedata

_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f"  # controls C0 and C1; tab and line feed stay
    "\u061c\u200e\u200f\u202a-\u202e"  # direction
    "\u00ad\u180e\u200b\u2060-\u206f\ufeff\ufff9-\ufffb"  # invisible, or direction too
    "\U000e0000-\U000e007f]"  # tags
)
# What a verdict is drawn with: ticks, crosses, boxes, locks, shields, signs and coloured discs.
_MARKS = re.compile(
    "[\u25a0-\u27bf\u2b00-\u2bff\u2300-\u23ff\u203c\u2049\u2139\u221a"
    "\U0001f110-\U0001f1ff\U0001f300-\U0001faff\U0001fbc0-\U0001fbff]\ufe0f?"
)


def harmless(text: str) -> str:
    """Return `text` without direction controls and invisible characters, its marks replaced by "□".

    ZWJ and ZWNJ stay: scripts need them.
    """
    if text.isascii() and text.isprintable():
        return text
    return _MARKS.sub("\u25a1", _UNSEEN.sub("", unicodedata.normalize("NFC", text)))

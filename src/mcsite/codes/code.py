"""What is said of a code of a finding."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """What a code means, why that matters, what to do about it, and perhaps what it looks like."""

    meaning: str
    why: str
    remedy: str
    example: str = ""

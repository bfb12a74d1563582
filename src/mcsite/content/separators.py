"""What stands between the cells of a table in text, which differs from country to country."""

SEPARATORS = ",;\t"


def without_mark(text: str) -> tuple[str, str]:
    """Return the text without the line sep=; that Excel may write first, and that separator."""
    line, end, rest = text.partition("\n")
    mark = line.strip(" \r").lower()
    if end and len(mark) == len("sep=;") and mark.startswith("sep=") and mark[-1] in SEPARATORS:
        return rest, mark[-1]
    return text, ""


def separator_of(text: str) -> str:
    """Return what stands most often between the cells of the header."""
    counts = dict.fromkeys(SEPARATORS, 0)
    quoted = False
    for character in text:
        if character == '"':
            quoted = not quoted
        elif not quoted and character in counts:
            counts[character] += 1
        elif not quoted and character in "\r\n":
            break
    return max(counts, key=lambda separator: counts[separator])

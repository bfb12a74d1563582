"""The pictures and fonts of catalogue/assets/: which are published, and what is wrong with the
others.
"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from mcsite.content.rules.assets import ASSETS, FORMATS
from mcsite.content.rules.looks import FONT
from mcsite.findings import Finding, Position, Severity
from mcsite.site.svg import svg_fault

PUBLISHED = (*FORMATS, FONT)


def published_pictures(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the pictures and fonts of a project without `picture_findings`."""
    folder = root / ASSETS
    for path in _files(root):
        if path.suffix.lower() in PUBLISHED:
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def picture_findings(root: Path) -> Iterator[Finding]:
    """Yield what is wrong with the files of catalogue/assets/, whether something names them or
    not: all of them would be published.
    """
    folder = (root / ASSETS).resolve()
    if not folder.is_relative_to(root.resolve()):
        yield _linked(Position(ASSETS), f"the link leads out of the project, to {folder}")
        return
    for path in _files(root):
        at = Position(PurePosixPath(path.relative_to(root).as_posix()))
        if not path.resolve().is_relative_to(folder):
            yield _linked(at, f"the link leads out of {ASSETS}, to {path.resolve()}")
        elif not path.is_file():
            yield _linked(at, f"the link leads to {path.resolve()}, which isn't a file")
        elif path.suffix.lower() not in PUBLISHED:
            yield _finding(
                at, "MC402", "it isn't a picture, and isn't published",
                hint=f"pictures are {', '.join(FORMATS)}", severity=Severity.WARNING,
            )  # fmt: skip
        elif path.suffix.lower() == ".svg":
            fault = svg_fault(path.read_bytes())
            if fault:
                hint = "save it as plain SVG, without scripts and links, or as PNG"
                yield _finding(at, "MC402", f"the picture can't be published: {fault}", hint=hint)


def _files(root: Path) -> Iterator[Path]:
    """Yield files and links to folders, which aren't followed; hidden files are left alone."""
    folder = root / ASSETS
    for path in sorted(folder.rglob("*")):
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        if path.is_file() or path.is_symlink():
            yield path


def _linked(at: Position, message: str) -> Finding:
    return _finding(at, "MC110", message, hint="copy the file into the folder")


def _finding(
    at: Position, code: str, message: str, *, hint: str, severity: Severity = Severity.ERROR
) -> Finding:
    return Finding(at=at, code=code, severity=severity, message=message, hint=hint)

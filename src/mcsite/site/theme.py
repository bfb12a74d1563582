"""Where the theme is: the packaged one, and a site's own files over it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import mcsite


def packaged_theme() -> Path:
    """Return the theme that travels with mcsite: in the package, or beside src/ in a checkout."""
    package = Path(mcsite.__file__).parent
    installed = package / "theme"
    return installed if installed.is_dir() else package.parent.parent / "theme"


@dataclass(frozen=True, slots=True)
class Theme:
    """Theme folders, the packaged one first. A later folder's file replaces an earlier one's."""

    folders: tuple[Path, ...]

    def files(self, kind: str) -> dict[PurePosixPath, Path]:
        """Return the files below `kind` ("static", "messages" …) by relative path, sorted."""
        found: dict[PurePosixPath, Path] = {}
        for folder in self.folders:
            for path in sorted((folder / kind).rglob("*")):
                if path.is_file():
                    found[PurePosixPath(path.relative_to(folder / kind).as_posix())] = path
        return dict(sorted(found.items()))

    def templates(self) -> Iterator[Path]:
        """Yield template folders, the site's own first, as a template is looked for."""
        for folder in reversed(self.folders):
            yield folder / "templates"


def theme_of(project: Path) -> Theme:
    """Return the theme of a project. mcsite's own repository is a project too: one theme."""
    packaged, own = packaged_theme(), project / "theme"
    if not own.is_dir() or own.resolve() == packaged.resolve():
        return Theme((packaged,))
    return Theme((packaged, own))

"""Archives of sites: a folder or ZIP file with a site, its keys and how to read them."""

import zipfile
from pathlib import Path

from mcsite.errors import UsageError

ABOUT = "archive.json"  # what makes a folder an archive
SITE = "site"  # the folder of the site in it


def site_in(archive: Path) -> Path | zipfile.Path | None:
    """Return the site in an archive, None where `archive` isn't one. Nothing is unpacked."""
    if (archive / ABOUT).is_file():
        return archive / SITE
    if not archive.is_file():
        return None
    try:
        root = zipfile.Path(zipfile.ZipFile(archive))
    except (OSError, zipfile.BadZipFile) as error:
        raise UsageError(f"{archive} isn't a folder, nor a ZIP file that can be read") from error
    for folder in (root, *root.iterdir()):
        if folder.is_dir() and folder.joinpath(ABOUT).is_file():
            return folder.joinpath(SITE)
    raise UsageError(f"{archive} isn't an archive of mcsite: it has no {ABOUT}")

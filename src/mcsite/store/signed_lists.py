"""credentials/status/<n>.json on disk: the signed lists, and the address that they are for."""

from pathlib import Path

from mcsite.credentials.ids import credential_url
from mcsite.credentials.json_types import JsonObject
from mcsite.credentials.strict_json import JsonFault, parse_object
from mcsite.store.batches import StoredCredential, read_batches


def status_files(root: Path) -> list[Path]:
    """Return the signed lists of a project, by number."""
    found = (root / "credentials/status").glob("*.json")
    lists = (path for path in found if path.stem.isdecimal() and path.is_file())
    return sorted(lists, key=lambda path: int(path.stem))


def read_list(path: Path) -> JsonObject:
    """Return a signed list; JsonFault where it isn't JSON."""
    return parse_object(path.read_bytes())


def moved_from(root: Path, base_url: str) -> str:
    """Return the address that a project has issued for, where it isn't `base_url`; else nothing.

    Its lists tell. Where the first credential is of `base_url`, only they are wrong.
    """
    addresses = {_address_of(path) for path in status_files(root)} - {"", base_url}
    if not addresses:
        return ""
    first = next((one for one in read_batches(root) if isinstance(one, StoredCredential)), None)
    if first is not None and first.document["id"] == credential_url(base_url, first.id):
        return ""
    return min(addresses)


def is_for(document: JsonObject, base_url: str) -> bool:
    """Tell whether a list is one of the site at `base_url`, as it says itself."""
    return str(document.get("id")).startswith(f"{base_url}/status/")


def _address_of(path: Path) -> str:
    """Return the address of the site that a list says it is for; nothing where it says none."""
    try:
        address, found, _ = str(read_list(path).get("id")).rpartition("/status/")
    except JsonFault:
        return ""
    return address if found else ""

"""Publishes credentials of the simulated institution as a site: pages from the real templates,
and its evidence.
"""

import datetime as dt
import shutil
from pathlib import Path

from mcsite.content.load import load_catalogue
from mcsite.credentials.did import did_document
from mcsite.credentials.ids import id_in_url
from mcsite.credentials.jcs import canonical
from mcsite.credentials.json_types import JsonObject
from mcsite.findings import Position
from mcsite.site.context import SiteContext
from mcsite.site.plan import plan_site
from mcsite.site.render import Renderer
from mcsite.site.theme import theme_of
from mcsite.site.urls import Urls
from mcsite.store.batches import StoredCredential
from tests.institution import ACHIEVEMENT, Institution

ROOT = Path(__file__).parent.parent


def publish(
    institution: Institution, documents: list[JsonObject], folder: Path, sample: Path
) -> Path:
    """Write a site with the credentials' pages into `folder`, whether or not they would pass a
    build.
    """
    now = dt.datetime.now(dt.UTC)
    loaded = load_catalogue(ROOT, today=now.date())
    assert loaded.catalogue is not None
    context = SiteContext(
        catalogue=loaded.catalogue,
        plan=plan_site(loaded.catalogue),
        urls=Urls(institution.base),
        theme=theme_of(ROOT),
        day=now.date(),
    )
    for name in ("static", "assets"):
        shutil.copytree(sample / name, folder / name)
    renderer = Renderer(context)
    for document in documents:
        identifier = id_in_url(str(document["id"]))
        assert identifier is not None
        text = canonical(document)
        stored = StoredCredential(
            id=identifier, text=text, document=document, sealed="jwe" in document,
            at=Position(Path("credentials/x.jsonl")),  # type: ignore[arg-type] # never shown
        )  # fmt: skip
        write(folder / "c" / identifier / "index.html", renderer.credential(stored))
        notice = institution.notices.get(str(document["id"]))
        if notice is not None:
            write(folder / "c" / identifier / "notice.json", canonical(notice))
    write_evidence(institution, folder, now)
    return folder


def write_evidence(institution: Institution, folder: Path, now: dt.datetime) -> None:
    """Write the DID document, status lists, trust list and achievement."""
    document = did_document(institution.did, institution.keys)
    write(folder / ".well-known/did.json", canonical(document))
    for url, signed in institution.lists(at=now).items():
        write(folder / url.removeprefix(institution.base + "/"), canonical(signed))
    registry: JsonObject = {"name": "Parauga reģistrs", "issuers": [{"id": institution.did}]}
    write(folder / "trust/issuers.json", canonical({"languages": ["lv"], "registries": [registry]}))
    course = str(ACHIEVEMENT["id"]).rstrip("/").rsplit("/", 1)[-1]
    write(folder / "courses" / course / "achievement.json", canonical(ACHIEVEMENT))


def write(path: Path, data: bytes) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)

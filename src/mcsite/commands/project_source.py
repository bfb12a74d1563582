"""A project's folder as a place that answers like its published site, for `verify --offline`."""

import datetime as dt
from pathlib import Path

from mcsite.commands.project import catalogue_of
from mcsite.content.catalogue import Catalogue
from mcsite.credentials.did import did_web_parts, did_web_url
from mcsite.credentials.evidence import Unavailable
from mcsite.credentials.json_types import JsonObject
from mcsite.exports.open_badges import achievement
from mcsite.site import urls
from mcsite.site.trust import trusted_issuers
from mcsite.store.evidence import FolderSource, Source
from mcsite.store.https import address_parts
from mcsite.store.issued_lists import published_document, published_parts
from mcsite.store.status_log import read_status_log


def project_source(folder: Path, *, now: dt.datetime) -> Source:
    """Return what answers for the addresses of a project's site."""
    return ProjectSource(catalogue_of(folder, today=now.date()))


class ProjectSource:
    """Answers as the site built from `catalogue` would; status lists are those on disk."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.folder = FolderSource(catalogue.root)
        base = catalogue.site.base_url
        self.trust = trusted_issuers(catalogue)
        self.made: dict[str, JsonObject] = {}
        for issuer in catalogue.issuers:
            if did_web_parts(issuer.did) is not None:
                self.made[did_web_url(issuer.did)] = published_document(catalogue, issuer)
            self.made.update(published_parts(catalogue, issuer))
        for course in catalogue.courses.values():
            for number, language in enumerate(catalogue.site.languages):
                for name in (course.id, *course.aliases):
                    path = urls.achievement(name, language if number else None)
                    made = achievement(course, catalogue, language, alias=name)
                    self.made[f"{base}/{path}"] = made
        self.log, _ = read_status_log(catalogue.root)

    def trust_list(self, base: str) -> JsonObject | Unavailable:
        """Return the project's own, whoever issued the credential."""
        del base
        return self.trust

    def read(self, url: str) -> JsonObject | Unavailable:
        """Return the JSON object at `url`, or why there is none."""
        made = self.made.get(url)
        if made is not None:
            return made
        path = address_parts(url).path
        if path.endswith("/notice.json"):
            return self.log.notice_of(path.split("/")[-2]) or Unavailable("unreachable")
        return self.folder.read(url)

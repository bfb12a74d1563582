"""A closed catalogue can be left alone."""

import datetime as dt
from collections.abc import Iterator

from mcsite.content.catalogue import Catalogue
from mcsite.content.rules.places import Places
from mcsite.findings import Finding, Severity

ENOUGH = 366  # days that nobody has to think of the lists


def lists_of_a_closed_catalogue_last(
    catalogue: Catalogue, places: Places, today: dt.date
) -> Iterator[Finding]:
    """MC312: status lists of a closed catalogue don't run out within the month."""
    site = catalogue.site
    if site.sunset is None or site.sunset.since > today or not catalogue.issuers:
        return
    if site.status_list_days < ENOUGH:
        yield places.finding(
            "site", ("sunset",), "MC312",
            f"the catalogue is closed, and status lists count for {site.status_list_days} days",
            severity=Severity.WARNING,
            hint="write status_list_days: 3660, and run mcsite refresh a last time",
        )  # fmt: skip

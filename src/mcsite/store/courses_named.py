"""Which courses issued credentials name, and whether their addresses still lead somewhere."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from mcsite.content.catalogue import Catalogue
from mcsite.findings import Finding, Position, Severity
from mcsite.store.batches import StoredCredential


@dataclass(slots=True)
class CoursesNamed:
    """Takes every credential once. Sealed ones tell nothing: only their holders read them."""

    base_url: str
    first: dict[str, Position] = field(default_factory=dict)  # by the course's id
    counts: Counter[str] = field(default_factory=Counter)

    def take(self, stored: StoredCredential) -> None:
        """Note which course a credential is of, where it is one of this site."""
        name = "" if stored.sealed else self._course(stored)
        if name:
            self.first.setdefault(name, stored.at)
            self.counts[name] += 1

    def add(self, later: "CoursesNamed") -> None:
        """Take what was noted of credentials that come after these."""
        self.first = later.first | self.first
        self.counts += later.counts

    def _course(self, stored: StoredCredential) -> str:
        subject = stored.document.get("credentialSubject")
        achievement = subject.get("achievement") if isinstance(subject, dict) else None
        address = achievement.get("id") if isinstance(achievement, dict) else None
        site, _, rest = str(address).partition("/courses/")
        return rest.rstrip("/") if site.rpartition("/")[0] == self.base_url else ""

    def findings(self, catalogue: Catalogue) -> Iterator[Finding]:
        """Yield the courses that aren't there any more, under no name."""
        known = catalogue.ids("courses") | catalogue.aliases("courses").keys()
        for name in sorted(self.first.keys() - known):
            count = self.counts[name]
            issued = "one credential was" if count == 1 else f"{count} credentials were"
            yield Finding(
                at=self.first[name], code="MC310", severity=Severity.WARNING,
                message=f"{issued} issued for {name!r}, which isn't in the catalogue",
                hint=f"renamed: write aliases: [{name}] into the course's file; "
                "given up: keep the file, with withdrawn",
            )  # fmt: skip

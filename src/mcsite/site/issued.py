"""The pages of issued credentials: chunks that are made, or known from an earlier build."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from mcsite.content.catalogue import Catalogue
from mcsite.credentials.jcs import canonical
from mcsite.findings import Finding
from mcsite.site.records import Record
from mcsite.site.shards import CHUNK
from mcsite.site.state import Archive, Issued, Writer
from mcsite.site.tracing import Ask
from mcsite.site.workers import Pool
from mcsite.store.batches import Chunk, chunks_of
from mcsite.store.entries import Entry
from mcsite.store.ledger import Ledger
from mcsite.store.status_log import StatusLog


@dataclass(slots=True)
class Verified:
    """What became of the credentials. `findings` are of single ones, `between` of all."""

    count: int = 0
    findings: list[Finding] = field(default_factory=list)
    between: tuple[Finding, ...] = ()
    asks: dict[Ask, None] = field(default_factory=dict)


class Stream:
    """The chunks of a project, cut. Those that an earlier build had are kept, where `reuse`."""

    def __init__(
        self, catalogue: Catalogue, log: StatusLog, earlier: Archive | None, *, reuse: bool = True
    ) -> None:
        self.catalogue = catalogue
        self.log = log
        cut = list(chunks_of(catalogue.root, CHUNK))
        self.chunks = [one for one in cut if isinstance(one, Chunk)]
        self.faults = [one for one in cut if isinstance(one, Finding)]
        self.earlier = earlier
        self.kept = {chunk for chunk in self.chunks if reuse and self._is_kept(chunk)}

    def _is_kept(self, chunk: Chunk) -> bool:
        if self.earlier is None or chunk not in self.earlier:
            return False
        issued = self.earlier[chunk]
        return issued.notices == _notices(issued.entries, self.log)

    @property
    def to_do(self) -> list[Chunk]:
        """The chunks that are to be made."""
        return [chunk for chunk in self.chunks if chunk not in self.kept]

    @property
    def gone(self) -> list[Chunk]:
        """The earlier chunks that aren't kept."""
        return [chunk for chunk in self.earlier or () if chunk not in self.kept]

    def replaced(self) -> dict[str, str]:
        """Return the files of the chunks that are gone."""
        earlier = self.earlier
        if earlier is None:
            return {}
        return {name: digest for chunk in self.gone for name, digest in earlier[chunk].records}

    def make(
        self, pool: Pool, writer: Writer, take: Callable[[Iterable[Record]], None]
    ) -> Verified:
        """Verify and write what is to do; `take` gets the files that were written."""
        found = Verified(findings=list(self.faults))
        ledger = Ledger(self.log, self.catalogue.site.base_url)
        made = pool.made(self.to_do)
        for chunk in self.chunks:
            if self.earlier is not None and chunk in self.kept:
                issued = self.earlier[chunk]
            else:
                done = next(made)
                take(done.records)
                found.findings.extend(done.findings)
                found.asks.update(dict.fromkeys(done.asks))
                entries = tuple(done.entries)
                notices = _notices(entries, self.log)
                issued = Issued(chunk, entries, notices, tuple(done.records))
            ledger.enter(chunk.path, issued.entries)
            writer.add(issued)
            found.count += len(issued.entries)
        found.between = tuple(pool.worker.audit.between_findings(ledger))
        return found


def _notices(entries: Iterable[Entry], log: StatusLog) -> Mapping[str, str]:
    """Return the digest of each notice that stands beside a credential's page."""
    found = {}
    for entry in entries:
        notice = log.notice_of(entry.id)
        if notice is not None:
            found[entry.id] = hashlib.sha256(canonical(notice)).hexdigest()
    return found

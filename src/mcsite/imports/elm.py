"""Courses from the European Learning Model 3: learning opportunities, what they lead to.

Read as our own catalogue.jsonld writes it (LOQ), and as European Digital Credentials do (EDC),
where a Qualification stands within what a person achieved. Codes are known by their URIs.
"""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from mcsite.content.shapes import fields_of
from mcsite.content.source import Mapping, Node, Scalar, Sequence
from mcsite.content.vocabulary import VOCABULARIES
from mcsite.exports.elm.nodes import AUTHORITY
from mcsite.exports.elm.nodes import words as own_words
from mcsite.findings import Position
from mcsite.imports.codes import code_of, country_of
from mcsite.imports.drafting import Draft, key_of, reading_of
from mcsite.imports.linked import Graph, Thing, day_of, hours_of, items, words
from mcsite.imports.reading import Reading, Record, Wanted, word

_ECTS = VOCABULARIES["credit-system"].terms["ects"].uri
_LEADS_TO = ("Qualification", "LearningAchievementSpecification")
_QUALITY = "quality-assurance"
_PREFIXES = ("course-", "achievement-", "provider-")  # of ids that mcsite makes
_CURRENCY = f"{AUTHORITY}/currency/"


def read_elm(root: Node, path: PurePosixPath, wanted: Wanted) -> Reading:
    """Return the courses of a document, or raise Unreadable."""
    graph, at = Graph(root), Position(path)
    pairs = [
        (offered, graph.first(offered, "learningAchievementSpecification"))
        for offered in graph.things("LearningOpportunity")
    ]
    offered = {id(leads_to.node) for _, leads_to in pairs if leads_to is not None}
    pairs += [(one, one) for one in graph.things(*_LEADS_TO) if id(one.node) not in offered]
    drafts = [(Draft(wanted, at, source), leads_to) for source, leads_to in pairs]
    records = [(draft, _Course(draft, graph, leads_to).record()) for draft, leads_to in drafts]
    return reading_of(records, at, "course (LearningOpportunity, Qualification)")


class _Course:
    """Reads one course: the opportunity, and what it leads to."""

    def __init__(self, draft: Draft, graph: Graph, leads_to: Thing | None) -> None:
        self.draft = draft
        self.graph = graph
        self.offered = draft.source
        self.leads_to = leads_to or draft.source
        self.achieved = [
            one
            for one in graph.things("LearningAchievement")
            if any(found.node is self.leads_to.node for found in graph.of(one, "specifiedBy"))
        ]

    def record(self) -> Record:
        """Return all that it says."""
        draft, offered, leads_to = self.draft, self.offered, self.leads_to
        for thing in (offered, leads_to):
            draft.put("title", self._words(thing, "title"))
            draft.text("summary", self._words(thing, "description"))
        draft.put_list("learning_outcomes", self._outcomes())
        self._measures()
        self._assessments()
        modes = [*self._uris(offered, "mode"), *self._uris(leads_to, "mode")]
        draft.put_list("participation", draft.codes("participation", modes, "the form"))
        draft.put_list("quality_assurance", self._quality())
        draft.put("prerequisites", self._notes(leads_to, "entryRequirement"))
        draft.put_list("field", draft.codes("isced-f", self._fields(), "the field"))
        spoken = draft.codes("language", self._uris(leads_to, "language"), "the language")
        draft.put_list("language", spoken)
        kinds = draft.codes("learning-opportunity-type", self._uris(offered, "dcType"), "the kind")
        draft.put("type", next(iter(kinds), None) if offered is not leads_to else None)
        partial = next(leads_to.scalars("isPartialQualification"), None)
        if partial is not None:
            said = "stackable" if partial.text == "true" else "standalone"
            draft.put_part("stackability", type=word(said, partial))
        draft.put_list("offerings", self._runs())
        draft.put_list("funding", self._funding())
        return self._named()

    def _named(self) -> Record:
        graph, known = self.graph, [self.offered, self.leads_to]
        bodies = [body for one in known for body in graph.of(one, "providedBy")]
        awarding = [
            *graph.of(self.leads_to, "awardingOpportunity"),
            *(process for one in self.achieved for process in graph.of(one, "awardedBy")),
        ]
        bodies += [body for one in awarding for body in graph.of(one, "awardingBody")]
        clues = [clue for body in bodies[:1] for clue in self._clues(body)]
        key = next(filter(None, (_own_name(one.id) for one in known)), "")
        codes = (code for one in known for id_ in graph.of(one, "identifier")
                 for code in [id_.text("notation")])  # fmt: skip
        key = key or key_of(*codes, *(one.id for one in known if not one.id.startswith("urn:")))
        at = bodies[0].node if bodies else None
        return self.draft.record(key, clues, at, partial=("skills", "offerings"))

    def _clues(self, body: Thing) -> Iterator[str]:
        for name in ("legalName", "altLabel", "prefLabel", "title"):
            said = self._words(body, name)
            yield from (node.text for node in _texts(said))
        yield _own_name(body.id)
        for page in self.graph.of(body, "homepage"):
            yield page.text("contentUrl") or page.text("contentURL")

    def _words(self, thing: Thing | None, name: str) -> Mapping | None:
        return words(items(thing.values.get(name)), self.draft.wanted) if thing else None

    def _notes(self, thing: Thing, name: str) -> Mapping | None:
        """Return the text of a note."""
        return self._words(self.graph.first(thing, name), "noteLiteral")

    def _uris(self, thing: Thing, *names: str) -> list[Scalar]:
        """Return the URIs of concepts, which stand alone or with labels."""
        found = []
        for name in names:
            for one in items(thing.values.get(name)):
                uri = (
                    one
                    if isinstance(one, Scalar)
                    else next(self.graph.resolved(one).scalars("id", "@id"), None)
                )
                found += [uri] if uri is not None else []
        return found

    def _fields(self) -> list[Scalar]:
        return self._uris(self.leads_to, "ISCEDFCode") + self._uris(self.leads_to, "thematicArea")

    def _outcomes(self) -> Iterator[Mapping]:
        skills: dict[str, Node] = {}
        for outcome in self.graph.of(self.leads_to, "learningOutcome"):
            said = self._words(outcome, "title")
            uris = self._uris(outcome, "relatedESCOSkill")
            for uri in uris:
                label = self._words(self.graph.resolved(uri), "prefLabel")
                if label is not None:
                    skills.setdefault(uri.text, fields_of({"uri": uri, "label": label}, uri))
            labelled: tuple[Node, ...] = tuple(uri for uri in uris if uri.text in skills)
            if said is not None:
                several = Sequence(labelled, said.line, said.column)
                yield fields_of({"text": said} | ({"skills": several} if labelled else {}), said)
        self.draft.put_list("skills", skills.values())

    def _measures(self) -> None:
        draft, graph, leads_to = self.draft, self.graph, self.leads_to
        for points in graph.of(leads_to, "creditPoint"):
            framework = [uri.text for uri in self._uris(points, "framework")]
            if framework and framework[0] == _ECTS:
                draft.put_part("workload", ects=next(points.scalars("point"), None))
            else:
                draft.left_out(points.node, "the credits aren't ECTS")
        volume = next(leads_to.scalars("volumeOfLearning"), None)
        hours = hours_of(volume) if volume is not None else None
        draft.put_part("workload", hours=hours)
        if volume is not None and hours is None:
            draft.left_out(volume, f"the workload {volume.text[:40]!r} isn't told in hours")
        for name, vocabulary, terms in (
            ("eqf", "eqf", ("EQFLevel", "eqfLevel")),
            ("nqf_code", "nqf", ("NQFLevel", "nqfLevel")),
            ("qf_ehea", "qf-ehea", ("educationLevel",)),
        ):
            found = draft.codes(vocabulary, self._uris(leads_to, *terms), "the level")
            draft.put_part("level", **{name: next(iter(found), None)})

    def _assessments(self) -> None:
        """Take how it is assessed: as specified, or as it was where somebody achieved it."""
        specified = self.graph.of(self.leads_to, "provenBy")
        taken = [done for one in self.achieved for done in self.graph.of(one, "provenBy")]
        specified += [one for done in taken for one in self.graph.of(done, "specifiedBy")]
        found = []
        for one in specified:
            kind = self.draft.codes("assessment-type", self._uris(one, "dcType"), "the assessment")
            if not kind:
                continue
            said = self._words(one, "description")
            found.append(
                fields_of({"type": kind[0]} | ({"description": said} if said else {}), kind[0])
            )
        self.draft.put_list("assessment", found)
        self._supervision(specified, taken)
        scheme = next((s for one in specified for s in self.graph.of(one, "gradingScheme")), None)
        self.draft.put_part("grading", scheme=self._words(scheme, "title"),
                            **{"pass": self._words(scheme, "description")})  # fmt: skip

    def _supervision(self, specified: Iterable[Thing], taken: Iterable[Thing]) -> None:
        uris = [uri for done in taken for uri in self._uris(done, "idVerification")]
        notes = [self._notes(one, "additionalNote") for one in specified]
        said = [*uris, *(text for note in notes for text in _texts(note))]
        for one in said:
            code = code_of("supervision", one.text)
            if code:
                self.draft.put("supervision", word(code, one))

    def _quality(self) -> Iterator[Mapping]:
        for accreditation in self.graph.of(self.leads_to, "accreditation"):
            kind = self.draft.codes(
                "accreditation-type", self._uris(accreditation, "dcType"), "the accreditation"
            )
            if kind:
                parts = {"type": kind[0]} | self._accredited(accreditation)
                yield fields_of(parts, accreditation.node)
        yield from self._quality_in_notes()

    def _accredited(self, accreditation: Thing) -> dict[str, Node]:
        graph, agent = self.graph, self.graph.first(accreditation, "accreditingAgent")
        address = graph.first(graph.first(agent, "location"), "address")
        country = self._uris(address, "countryCode") if address else []
        report = graph.first(accreditation, "report")
        url = next(report.scalars("contentUrl", "contentURL"), None) if report else None
        first, last = (next(accreditation.scalars(name), None) for name in ("valid", "expiryDate"))
        valid = {"from": day_of(first) if first else None, "until": day_of(last) if last else None}
        dates = {name: day for name, day in valid.items() if day is not None}
        code = country_of(country[0].text) if country else ""
        found: dict[str, Node | None] = {
            "body": self._words(agent, "legalName"),
            "country": word(code, country[0]) if code else None,
            "url": url,
            "valid": fields_of(dict(dates), accreditation.node) if dates else None,
        }
        return {name: node for name, node in found.items() if node is not None}

    def _quality_in_notes(self) -> Iterator[Mapping]:
        """Yield what our own exports say in notes: "Quality assurance: kind", a dash, the body."""
        labels = {f"{label}: " for label in own_words(_QUALITY).values()}
        for note in self.graph.of(self.leads_to, "additionalNote"):
            said = self._words(note, "noteLiteral")
            bodies: dict[str, Node] = {}
            code = ""
            for tag, (_, node) in (said.entries if said else {}).items():
                text = node.text if isinstance(node, Scalar) else ""
                start = next((label for label in labels if text.startswith(label)), "")
                kind, _, body = text.removeprefix(start).partition(" – ")
                code = code or (code_of("accreditation-type", kind) if start else "")
                bodies |= {tag: word(body, node)} if start and body else {}
            if said is not None and code:
                whole = {"body": fields_of(bodies, said)} if bodies else {}
                yield fields_of({"type": word(code, said), **whole}, said)

    def _runs(self) -> Iterator[Mapping]:
        """Yield the run that the model can tell of, the next one. Of several, it doesn't tell whose
        the deadlines and prices are.
        """
        period = self.graph.first(self.offered, "temporal")
        found: dict[str, Node] = {}
        for name, ours in (("startDate", "start"), ("endDate", "end")):
            day = next(period.scalars(name), None) if period else None
            found |= {ours: day_of(day)} if day is not None else {}
        if not found:
            return
        if "scheduleInformation" in self.offered.values:
            yield fields_of(found, self.offered.node)
            return
        deadlines = [*self.offered.scalars("applicationDeadline")]
        if len(deadlines) == 1:
            found["apply_by"] = day_of(deadlines[0])
        prices = self.graph.of(self.offered, "priceDetail")
        price = self._price(prices[0]) if len(prices) == 1 else None
        yield fields_of(found | ({"price": price} if price is not None else {}), self.offered.node)

    def _price(self, detail: Thing) -> Mapping | None:
        amount = self.graph.first(detail, "amount")
        value = next(amount.scalars("value"), None) if amount else None
        if amount is None or value is None:
            return None
        unit = [uri for uri in self._uris(amount, "unit") if uri.text.startswith(_CURRENCY)]
        parts: dict[str, Node] = {"amount": value}
        if unit:
            parts["currency"] = word(unit[0].text.removeprefix(_CURRENCY), unit[0])
        note = self._words(detail, "description")
        return fields_of(parts | ({"note": note} if note is not None else {}), value)

    def _funding(self) -> Iterator[Mapping]:
        for grant in self.graph.of(self.offered, "grant"):
            programme = self._words(grant, "title")
            if programme is None:
                continue
            said = self._words(grant, "description")
            url = next(grant.scalars("contentUrl", "contentURL"), None)
            parts: dict[str, Node | None] = {
                "programme": programme, "eligibility": said, "url": url,
            }  # fmt: skip
            known = {name: node for name, node in parts.items() if node is not None}
            yield fields_of(known, programme)


def _own_name(address: str) -> str:
    """Return the id in an id that mcsite made: …/catalogue.jsonld#course-first → first."""
    fragment = address.partition("#")[2]
    start = next((prefix for prefix in _PREFIXES if fragment.startswith(prefix)), "")
    return fragment.removeprefix(start) if start else ""


def _texts(said: Mapping | None) -> list[Scalar]:
    found = said.entries.values() if said is not None else ()
    return [node for _, node in found if isinstance(node, Scalar)]

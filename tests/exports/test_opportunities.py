"""The catalogue for Europass: against the official schema of the file, the shapes of the model, and
in three formats alike.
"""

import datetime as dt
import json
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from lxml import etree
from pyld import jsonld
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, RDF, SH

from mcsite.commands.check import check_project
from mcsite.content.catalogue import Catalogue
from mcsite.content.models.course import Course, LearningOutcome, Offering, Price
from mcsite.content.text import Text
from mcsite.exports.elm.graph import json_ld, turtle
from mcsite.exports.elm.loq import LOQ, loq_xml
from mcsite.exports.elm.opportunities import missing_in, opportunities
from mcsite.exports.elm.resources import ELM
from tests.project import NOW, Project
from tests.reference import reference
from tests.rendering import sample

TODAY = dt.date(2026, 11, 23)
BASE = "https://micro.baltija.example/catalogue.jsonld#"
NS = {"loq": LOQ, "skos": "http://www.w3.org/2004/02/skos/core#"}


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(reference("elm/loq/loq.xsd")))


def xml_of(catalogue: Catalogue) -> etree._Element:
    """Return the file, which is valid."""
    root = etree.fromstring(loq_xml(opportunities(catalogue, TODAY)))
    assert schema().validate(root), schema().error_log
    return root


def changed(key: str, **change: Any) -> Catalogue:
    course = sample().courses[key].model_copy(update=change)
    return replace(sample(), courses={**sample().courses, key: course})


def one(root: etree._Element, path: str) -> etree._Element:
    (found,) = root.findall(path, NS)
    return found


def said(root: etree._Element, path: str) -> list[str]:
    return [
        element.get("uri") or element.get("idref") or element.text or ""
        for element in root.findall(path, NS)
    ]


def opportunity(root: etree._Element, key: str) -> etree._Element:
    return one(root, f".//loq:learningOpportunity[@id='{BASE}course-{key}']")


def achievement(root: etree._Element, key: str) -> etree._Element:
    return one(root, f".//*[@id='{BASE}achievement-{key}']")


def test_the_file_is_valid_and_has_every_course_that_is_offered() -> None:
    root = xml_of(sample())

    ids = {element.get("id") for element in root.iterfind(".//loq:learningOpportunity", NS)}
    offered = {key for key, course in sample().courses.items() if course.withdrawn is None}
    assert ids == {f"{BASE}course-{key}" for key in offered}
    assert len(root.findall(".//loq:organisation[loq:homepage]", NS)) == len(sample().providers)


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        (".//loq:EQFLevel", "uri"),
        (".//loq:providedBy", "idref"),
        (".//loq:homepage", None),
        (".//loq:NQFLevel", None),
    ],
)
def test_the_schema_refuses_what_lacks_something(path: str, fault: str | None) -> None:
    root = xml_of(sample())
    element = next(root.iterfind(path, NS))
    if fault:
        element.set(fault, "http://data.europa.eu/snb/eqf/9")
    else:
        parent = element.getparent()
        assert parent is not None
        for same in parent.findall(element.tag):
            parent.remove(same)

    assert not schema().validate(root)


def test_what_a_course_says_stands_where_europass_looks() -> None:
    root = xml_of(sample())
    course = sample().courses["data-stewardship"]
    found, leads_to = opportunity(root, course.id), achievement(root, course.id)

    assert said(found, "loq:homepage/loq:contentUrl") == [
        f"https://micro.baltija.example/{tag}/courses/{course.id}/" for tag in ("lv", "en")
    ]
    assert said(found, "loq:learningAchievementSpecification") == [leads_to.get("id")]
    assert {e.get("language"): e.text for e in found.findall("loq:title", NS)} == dict(
        course.title.by_language
    )
    assert leads_to.tag == f"{{{LOQ}}}qualification"
    assert said(leads_to, "loq:EQFLevel") == ["http://data.europa.eu/snb/eqf/6"]
    assert said(leads_to, "loq:NQFLevel") == ["http://data.europa.eu/snb/qdr/c_a828cd20"]
    assert said(leads_to, "loq:creditPoint/loq:point") == [str(course.workload.ects)]
    assert said(leads_to, "loq:ISCEDFCode") == [
        f"http://data.europa.eu/snb/isced-f/{code}" for code in course.field
    ]
    assert len(said(leads_to, "loq:learningOutcome")) == len(course.learning_outcomes)
    assert len(said(leads_to, "loq:provenBy")) == len(course.assessment)
    first = one(root, f".//loq:learningOutcome[@id='{BASE}outcome-{course.id}-1']")
    assert said(first, "loq:relatedESCOSkill") == list(course.learning_outcomes[0].skills)


def test_without_a_national_level_it_is_no_qualification_and_keeps_the_rest() -> None:
    course = sample().courses["data-stewardship"]
    assert course.level is not None
    level = course.level.model_copy(update={"nqf_code": None})

    root = xml_of(changed(course.id, level=level))

    found = achievement(root, course.id)
    assert found.tag == f"{{{LOQ}}}learningAchievementSpecification"
    assert said(found, "loq:EQFLevel") == []
    notes = said(found, "loq:additionalNote/loq:noteLiteral")
    assert any(note.startswith("Quality assurance: ") for note in notes)


def test_runs_that_are_over_are_left_out() -> None:
    def run(start: str, price: int) -> Offering:
        day = dt.date.fromisoformat(start)
        amount = Price.model_construct(amount=Decimal(price), currency="EUR", note=None)
        return Offering.model_construct(
            start=day, end=day, apply_by=day - dt.timedelta(days=9), place=None, mode=None,
            price=amount, seats=None, url=None,
        )  # fmt: skip

    runs = (run("2027-05-03", 20), run("2026-01-12", 10), run("2027-01-12", 30))
    found = opportunity(xml_of(changed("beekeeping", offerings=runs)), "beekeeping")

    assert said(found, "loq:temporal/loq:startDate") == ["2027-01-12T00:00:00Z"]
    assert said(found, "loq:applicationDeadline") == [
        "2027-04-24T00:00:00Z", "2027-01-03T00:00:00Z",
    ]  # fmt: skip
    assert said(found, "loq:priceDetail/loq:amount/loq:value") == ["20", "30"]
    assert said(found, "loq:scheduleInformation/loq:noteLiteral") == [
        "Sākas: 2027-01-12, 2027-05-03"
    ]


def test_hostile_text_stays_text() -> None:
    text = "<b>&amp; \"quoted\" ]]> 'x' \\ \t ends"
    words = Text({"lv": text}, "lv")
    outcomes = (LearningOutcome.model_construct(text=words, skills=()),)

    catalogue = changed("beekeeping", title=words, learning_outcomes=outcomes)

    root = xml_of(catalogue)
    assert said(opportunity(root, "beekeeping"), "loq:title") == [text]
    graph = Graph().parse(data=turtle(opportunities(catalogue, TODAY)), format="turtle")
    subject = URIRef(f"{BASE}outcome-beekeeping-1")
    assert graph.value(subject, DCTERMS.title) == Literal(text, lang="lv")


def test_json_ld_and_turtle_are_one_graph() -> None:
    resources = list(opportunities(sample(), TODAY))
    linked = json_ld(resources)

    quads = jsonld.to_rdf(json.loads(linked), {"format": "application/n-quads"})
    one_graph = Graph().parse(data=quads, format="nt")
    other = Graph().parse(data=turtle(resources), format="turtle")

    assert len(one_graph) > 3000
    assert isomorphic(one_graph, other)


def shapes() -> Graph:
    """Return the official shapes, as far as Python can run them: patterns that Java alone reads
    are left out, and so is the one that no concept of ESCO satisfies.
    """
    text = reference("elm/LOQ-constraints.ttl").read_text("utf-8")
    graph = Graph().parse(data=text, format="turtle")
    for subject, pattern in list(graph.subject_objects(SH.pattern)):
        if re.search(r"\(\?i\)|\\p\{", str(pattern)):
            graph.remove((subject, SH.pattern, None))
    return graph


CLASSES = (
    "Accreditation", "GradingScheme", "LearningAchievementSpecification",
    "LearningAssessmentSpecification", "LearningOpportunity", "LearningOutcome", "Organisation",
    "Qualification",
)  # fmt: skip


def conforms(graph: Graph) -> tuple[bool, str]:
    found, _, text = pyshacl.validate(graph, shacl_graph=shapes(), inference="none")
    return bool(found), str(text)


def test_the_graph_conforms_to_the_shapes_of_the_model() -> None:
    graph = Graph().parse(data=turtle(opportunities(sample(), TODAY)), format="turtle")

    for name in CLASSES:
        assert any(graph.subjects(RDF.type, URIRef(ELM + name))), name
    found, text = conforms(graph)
    assert found, text[:3000]


@pytest.mark.parametrize("name", ["providedBy", "defaultLanguage", "NQFLevel", "learningOutcome"])
def test_the_shapes_refuse_a_graph_that_lacks_something(name: str) -> None:
    graph = Graph().parse(data=turtle(opportunities(sample(), TODAY)), format="turtle")
    subject = next(graph.subjects(URIRef(ELM + name)))
    graph.remove((subject, URIRef(ELM + name), None))

    assert not conforms(graph)[0]


def test_the_same_catalogue_gives_the_same_bytes() -> None:
    for write in (loq_xml, json_ld, turtle):
        made = [write(opportunities(sample(), TODAY)) for _ in range(2)]
        assert made[0] == made[1]


def lacking(project: Project) -> list[str]:
    report = check_project(project.root, now=NOW)
    return [f"{f.at} {f.message}" for f in report.findings if f.code == "MC610"]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_what_is_left_out_is_told_at_its_place(project: Project) -> None:
    course = "catalogue/courses/whole.yaml"
    path = next((project.root / "catalogue/courses").iterdir())
    text = path.read_text("utf-8")
    with_code = text.replace("{eqf: 6,", "{eqf: 6, nqf_code: lqf-6,")
    assert lacking(project) == [
        "catalogue/site.yaml:1:1 data/loq.xml has no levels: no course gives level.nqf_code"
    ]

    project.write(course, with_code)
    project.write("catalogue/courses/bare.yaml", re.sub("(field|language): .*\n", "", text))

    line = text.splitlines().index("level: {eqf: 6, qf_ehea: first-cycle}") + 1
    bare, short = lacking(project)
    assert bare == (
        "catalogue/courses/bare.yaml:1:1 data/loq.xml leaves the course out: no field, no language"
    )
    assert short == (
        f"catalogue/courses/{path.name}:{line}:8 data/loq.xml leaves the level out: no nqf_code "
        "beside eqf"
    )


def test_a_course_in_a_language_without_a_code_is_left_out() -> None:
    course: Course = sample().courses["beekeeping"]

    assert missing_in(course) == ()
    assert missing_in(course.model_copy(update={"language": ("ltg",)})) == ("language",)

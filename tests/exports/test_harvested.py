"""What other systems harvest: MOOChub, the Open Education API, and DCAT, against their schemas."""

import datetime as dt
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pyld import jsonld
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from mcsite.commands.check import check_project
from mcsite.content.catalogue import Catalogue
from mcsite.content.models.course import Stackability
from mcsite.exports.dcat import Format, dcat
from mcsite.exports.moochub import moochub
from mcsite.exports.open_education import open_education
from mcsite.site.files import formats_of
from tests.project import NOW, SITE, Project
from tests.reference import reference
from tests.rendering import context_of, sample

TODAY = dt.date(2026, 11, 23)
BASE = "https://micro.baltija.example"


@cache
def json_of(name: str) -> Any:
    return json.loads(reference(name).read_bytes())


def with_site(**change: Any) -> Catalogue:
    return replace(sample(), site=sample().site.model_copy(update=change))


def moochub_of(catalogue: Catalogue) -> dict[str, Any]:
    found = moochub(catalogue, BASE, "data/moochub.json", TODAY)
    assert found is not None
    return found


def faults(document: Any, schema: Any) -> list[str]:
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(document)]


def test_moochub_is_valid_and_has_every_course_that_is_offered() -> None:
    found = moochub_of(sample())
    offered = [course for course in sample().courses.values() if course.withdrawn is None]

    assert faults(found, json_of("moochub/moochub-schema.json")) == []
    assert [one["attributes"]["courseCode"] for one in found["data"]] == [c.id for c in offered]


@pytest.mark.parametrize("name", ["name", "publisher", "license", "url", "creator"])
def test_moochub_s_schema_refuses_a_course_that_lacks_something(name: str) -> None:
    found = moochub_of(sample())
    del found["data"][0]["attributes"][name]

    assert faults(found, json_of("moochub/moochub-schema.json"))


def test_moochub_tells_what_a_course_says() -> None:
    found = next(
        one["attributes"]
        for one in moochub_of(sample())["data"]
        if one["attributes"]["courseCode"] == "data-stewardship"
    )
    course = sample().courses["data-stewardship"]

    assert found["numberOfCredits"] == float(course.workload.ects or 0)
    assert found["inLanguage"] == list(course.language)
    assert [one["shortCode"] for one in found["educationalAlignment"]] == list(course.field)
    assert found["license"] == [
        {"identifier": "CC-BY-4.0", "url": "https://spdx.org/licenses/CC-BY-4.0.html"}
    ]
    assert all(day >= TODAY.isoformat() for day in found["endDate"])


def test_without_a_licence_there_is_no_moochub() -> None:
    catalogue = with_site(data_license=None)

    assert moochub(catalogue, BASE, "data/moochub.json", TODAY) is None
    assert "data/moochub.json" not in {one.path for one in formats_of(context_of(catalogue))}


def test_a_proprietary_licence_is_named_so() -> None:
    found = moochub_of(with_site(data_license="proprietary"))

    assert faults(found, json_of("moochub/moochub-schema.json")) == []
    assert found["data"][0]["attributes"]["license"][0]["url"] is None


@cache
def answers() -> dict[str, Any]:
    return dict(open_education(sample(), BASE, TODAY))


def answer_faults(path: str, document: Any) -> list[str]:
    """Return what the API's description finds wrong with the answer at one of its paths."""
    specification = json_of("oeapi/oeapi-v6.json")
    content = specification["paths"][path]["get"]["responses"]["200"]["content"]
    schema = content["application/json"]["schema"]
    return faults(document, {**schema, "components": specification["components"]})


def api_path(path: str) -> str:
    """Return the path of the API that a file answers."""
    name = path.removeprefix("ooapi/v6").removesuffix("/index.json")
    if not name:
        return "/"
    kind, _, rest = name.removeprefix("/").partition("/")
    if not rest:
        return f"/{kind}"
    _, _, below = rest.partition("/")
    return f"/{kind}/{{{kind[:-1]}Id}}" + (f"/{below}" if below else "")


def test_every_answer_of_the_open_education_api_is_valid() -> None:
    asked = {api_path(path) for path in answers()}

    for path, document in answers().items():
        assert answer_faults(api_path(path), document) == [], path
    assert asked == {
        "/", "/courses", "/courses/{courseId}", "/courses/{courseId}/course-offerings",
        "/programmes", "/programmes/{programmeId}", "/organisations",
        "/organisations/{organisationId}",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["courseId", "name", "primaryCode"])
def test_the_api_s_description_refuses_a_course_that_lacks_something(name: str) -> None:
    document = json.loads(json.dumps(answers()["ooapi/v6/courses/index.json"]))
    del document["items"][0][name]

    assert answer_faults("/courses", document)


def test_the_answers_refer_to_each_other() -> None:
    found = answers()
    courses = found["ooapi/v6/courses/index.json"]["items"]

    for course in courses:
        assert found[f"ooapi/v6/courses/{course['courseId']}/index.json"] == course
        assert f"ooapi/v6/organisations/{course['organisationId']}/index.json" in found
        for programme in course.get("programmeIds", ()):
            assert f"ooapi/v6/programmes/{programme}/index.json" in found
        folder = f"ooapi/v6/courses/{course['courseId']}"
        runs = found[f"{folder}/course-offerings/index.json"]["items"]
        assert all(run["courseId"] == course["courseId"] for run in runs)
    assert len(courses) == found["ooapi/v6/courses/index.json"]["pageSize"] > 20


def exchanged(key: str, **change: Any) -> dict[str, Any]:
    """Return the answers where one course of the sample is exchanged in two alliances."""
    change = {"alliances": ("euroteq", "lde"), **change}
    courses = {**sample().courses, key: sample().courses[key].model_copy(update=change)}
    return dict(open_education(replace(sample(), courses=courses), BASE, TODAY))


def answered(answers: dict[str, Any], key: str) -> Any:
    items = answers["ooapi/v6/courses/index.json"]["items"]
    return next(one for one in items if one["primaryCode"]["code"] == key)


def test_eduxchange_is_told_of_micro_credentials_and_by_whom_they_are_given() -> None:
    found = exchanged("data-stewardship")
    course = answered(found, "data-stewardship")
    runs = found[f"ooapi/v6/courses/{course['courseId']}/course-offerings/index.json"]["items"]
    provider = found[f"ooapi/v6/organisations/{course['organisationId']}/index.json"]
    names = [{"name": "euroteq"}, {"name": "lde"}]

    assert course["consumer"] == {
        "consumerKey": "eduxchange",
        "alliances": [one | {"microcredential": "stackable"} for one in names],
    }
    assert [one["consumer"]["alliances"] for one in (*runs, provider)] == [names] * (len(runs) + 1)
    for path, document in found.items():
        assert answer_faults(api_path(path), document) == [], path


@pytest.mark.parametrize(
    ("key", "stated", "told"),
    [
        ("data-stewardship", Stackability(type="standalone"), "standalone"),
        ("data-stewardship", None, "stackable"),  # a pathway has it
        ("beekeeping", None, "standalone"),
    ],
)
def test_every_course_of_an_alliance_is_told_to_be_a_micro_credential(
    key: str, stated: Stackability | None, told: str
) -> None:
    (one, _) = answered(exchanged(key, stackability=stated), key)["consumer"]["alliances"]

    assert one["microcredential"] == told


def test_what_is_in_no_alliance_is_not_for_eduxchange() -> None:
    assert "eduxchange" not in json.dumps(answers())
    assert json.dumps(exchanged("plain-language")).count("eduxchange") > 2
    withdrawn = sample().courses["project-management-basics"].withdrawn
    assert withdrawn is not None
    assert "eduxchange" not in json.dumps(exchanged("plain-language", withdrawn=withdrawn))


def test_without_an_address_to_write_to_there_is_no_service() -> None:
    publisher = sample().site.publisher.model_copy(update={"email": None})
    catalogue = with_site(publisher=publisher)

    assert list(open_education(catalogue, BASE, TODAY)) == []
    assert not any("ooapi" in one.path for one in formats_of(context_of(catalogue)))


def described(catalogue: Catalogue) -> Graph:
    formats = formats_of(context_of(catalogue))
    document = dcat(catalogue, BASE, "data/dcat.jsonld", formats)
    quads = jsonld.to_rdf(document, {"format": "application/n-quads"})
    return Graph().parse(data=quads, format="nt")


def test_the_datasets_have_what_dcat_ap_demands_and_recommends() -> None:
    graph = described(sample())
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)

    for name in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.language):
        assert graph.value(catalogue, name) is not None, name
        assert graph.value(dataset, name) is not None, name
    assert (catalogue, DCAT.dataset, dataset) in graph
    assert graph.value(graph.value(dataset, DCTERMS.publisher), FOAF.name) is not None
    assert graph.value(dataset, DCAT.theme) == URIRef(
        "http://publications.europa.eu/resource/authority/data-theme/EDUC"
    )
    distributions = set(graph.objects(dataset, DCAT.distribution))
    assert len(distributions) == len(list(formats_of(context_of(sample())))) == 9
    for one in distributions:
        for name in (DCAT.accessURL, DCAT.mediaType, DCTERMS.format, DCTERMS.license):
            assert graph.value(one, name) is not None, name
    title = Literal("Micro-credentials: Baltic Micro-credentials", "en")
    assert (dataset, DCTERMS.title, title) in graph


def test_a_dataset_without_a_licence_names_none() -> None:
    assert list(described(with_site(data_license=None)).objects(None, DCTERMS.license)) == []


def test_what_a_format_conforms_to_is_named() -> None:
    one = Format("x.csv", "CSV", "text/csv", "CSV", "https://uni.example/schema")
    document = dcat(sample(), BASE, "data/dcat.jsonld", [one])

    (found,) = document["dcat:dataset"]["dcat:distribution"]
    assert found["dct:conformsTo"] == {"@id": "https://uni.example/schema"}


def told(project: Project) -> list[str]:
    report = check_project(project.root, now=NOW)
    return [f"{found.at} {found.message}" for found in report.findings if found.code == "MC620"]


def test_what_isn_t_written_is_told(tmp_path: Path) -> None:
    project = Project(tmp_path)

    (message,) = told(project)
    assert message == (
        "catalogue/site.yaml:1:1 not written: data/moochub.json: no data_license; "
        "ooapi/v6/: no publisher.email"
    )
    project.write(
        "catalogue/site.yaml",
        SITE.replace("publisher: {", "data_license: CC0-1.0\npublisher: {email: a@uni.example, "),
    )
    assert told(project) == []

"""European Digital Credentials: the official shapes and schema accept them, and they say what was
signed, in every language in which the catalogue says the same.
"""

import copy
import datetime as dt
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pyld.jsonld import JsonLdError

from mcsite.commands.project import catalogue_of
from mcsite.content.catalogue import Catalogue
from mcsite.credentials.issue import Learner, Terms, credential_document
from mcsite.credentials.reading import key_of_link, open_credential
from mcsite.errors import ContentError
from mcsite.exports.elm.edc import Picture, european_credential
from mcsite.exports.elm.learning import duration
from mcsite.exports.open_badges import achievement
from mcsite.store.batches import StoredCredential, read_batches
from tests.exports.european import (
    ADDED_BY_SEALING,
    CREDENTIAL,
    ISSUED_IS_MISSING,
    focus_nodes,
    graph_of,
    keys_of,
    mapped_keys,
    nodes_of,
    schema_errors,
    violations,
)
from tests.project import BASE, COURSE, NOW, PROVIDER, SITE, Project
from tests.reference import reference

ROOT = Path(__file__).parent.parent.parent
SAMPLE = catalogue_of(ROOT, today=NOW.date())
STORED = [one for one in read_batches(ROOT) if isinstance(one, StoredCredential)]
PICTURE = Picture(b"\x89PNG\r\n\x1a\n", "PNG")
CLASSES = (
    "EuropeanDigitalCredential", "Person", "LearningAchievement", "Qualification",
    "LearningOutcome", "LearningAssessment", "LearningAssessmentSpecification", "LearningActivity",
    "LearningActivitySpecification", "AwardingProcess", "Organisation", "Address", "CreditPoint",
    "Accreditation", "Identifier", "DisplayParameter", "IndividualDisplay", "MediaObject",
)  # fmt: skip
LEARNER = Learner(name="Anna Ozola", grade="9")


def signed(
    catalogue: Catalogue, course: str = "data", language: str = "lv", learner: Learner = LEARNER
) -> Any:
    """Return a credential as `mcsite issue` makes it, but for its proofs."""
    return credential_document(
        learner,
        Terms(
            url=f"{BASE}/c/{'2' * 22}/",
            issuer={"id": "did:web:micro.uni.example", "type": ["Profile"], "name": "Uni"},
            achievement=achievement(catalogue.courses[course], catalogue, language),
            valid_from=NOW,
            valid_until=NOW + dt.timedelta(days=365),
        ),
    )


def european(document: Any, catalogue: Catalogue) -> Any:
    found = european_credential(document, catalogue, PICTURE)
    return json.loads(json.dumps(found["credential"]))


def made(tmp_path: Path, course: str = COURSE, **changes: Any) -> Any:
    """Return what is made of a credential of `course`, as it is described today."""
    project = Project(tmp_path)
    project.write("catalogue/courses/data.yaml", course)
    return european(signed(project.catalogue, **changes), project.catalogue)


def qualification(credential: Any) -> Any:
    return credential["credentialSubject"]["hasClaim"]["specifiedBy"]


@pytest.mark.parametrize("number", range(len(SAMPLE.courses)))
def test_shapes_and_schema_find_what_sealing_adds_and_nothing_else(number: int) -> None:
    course = list(SAMPLE.courses)[number]
    language = ("lv", "en")[number % 2]

    found = european(signed(SAMPLE, course, language), SAMPLE)

    assert violations(graph_of(found)) == ADDED_BY_SEALING
    assert schema_errors(found) == ISSUED_IS_MISSING


def test_the_shapes_have_nodes_of_each_class_to_look_at() -> None:
    """A document whose context can't be read has none, and conforms."""
    found = european(signed(SAMPLE, "data-stewardship"), SAMPLE)

    counts = focus_nodes(graph_of(found), CLASSES)

    assert {name for name, count in counts.items() if count == 0} == set()
    assert counts["EuropeanDigitalCredential"] == counts["Person"] == 1
    assert counts["LearningOutcome"] == 7  # six, and the skills that belong to none of them


def opened(stored: StoredCredential) -> Any:
    """Return a credential of the sample; the sealed ones open with the links in docs/."""
    if not stored.sealed:
        return stored.document
    page = (ROOT / "docs/sample-links.md").read_text("utf-8")
    link = next(link for link in re.findall(r"<(https://\S+)>", page) if stored.id in link)
    return open_credential(stored.text, key_of_link(link.partition("#")[2])).document


@pytest.mark.parametrize("stored", STORED, ids=lambda stored: stored.id)
def test_every_credential_of_the_sample_gives_one_that_conforms(stored: StoredCredential) -> None:
    found = european(opened(stored), SAMPLE)

    assert schema_errors(found) == ISSUED_IS_MISSING
    assert keys_of(found) - mapped_keys() == set()


def test_a_node_that_stands_in_several_places_says_the_same_in_each() -> None:
    """Readers of RDF make one node of them."""
    found = european(signed(SAMPLE, "data-stewardship"), SAMPLE)
    first: dict[str, Any] = {}

    for node in nodes_of(found):
        if "id" in node:
            assert first.setdefault(node["id"], node) == node
    assert len(first) > 40


def test_what_sealing_adds_makes_it_conform() -> None:
    found = european(signed(SAMPLE, "data-stewardship"), SAMPLE)
    found["issued"] = "2026-11-23T12:00:00Z"
    country = found["issuer"]["location"]["address"]["countryCode"]
    for body in (found["issuer"], _awarding(found)["awardingBody"]):
        body["eIDASIdentifier"] = {
            "id": "urn:epass:legalIdentifier:1",
            "type": "LegalIdentifier",
            "notation": "VATLV-40000000000",
            "spatial": country,
        }

    assert violations(graph_of(found)) == set()
    assert schema_errors(found) == []


def test_the_commissions_own_sample_lacks_the_same_before_it_is_sealed() -> None:
    path = reference("elm/sample-micro-credential-annex-1.trimmed.jsonld")
    sample = json.loads(path.read_text("utf-8"))

    # its displayParameter, which holds pictures, was cut away
    assert violations(graph_of(sample)) == ADDED_BY_SEALING | {("displayParameter", "MinCount")}
    assert schema_errors(sample) == [
        "'displayParameter' is a required property",
        *ISSUED_IS_MISSING,
    ]


def _claim(found: Any) -> Any:
    return found["credentialSubject"]["hasClaim"]


def _awarding(found: Any) -> Any:
    return _claim(found)["awardedBy"]


def _without_award(found: Any) -> None:
    _claim(found).pop("awardedBy")


def _without_grade(found: Any) -> None:
    _claim(found)["provenBy"].pop("grade")


def _without_country(found: Any) -> None:
    for value in found.values() if isinstance(found, dict) else found:
        if isinstance(value, (dict, list)):
            _without_country(value)
    if isinstance(found, dict):
        found.pop("countryCode", None)


def _without_display(found: Any) -> None:
    found.pop("displayParameter")


def _without_scheme(found: Any) -> None:
    qualification(found)["eqfLevel"].pop("inScheme")


def _level_of_another_vocabulary(found: Any) -> None:
    qualification(found)["eqfLevel"]["inScheme"]["id"] = "http://data.europa.eu/snb/qdr/25831c2"


def _level_without_concept(found: Any) -> None:
    qualification(found)["eqfLevel"] = "http://data.europa.eu/snb/eqf/6"


@pytest.mark.parametrize(
    ("spoil", "property_", "constraint"),
    [
        (_without_award, "awardedBy", "MinCount"),
        (_without_grade, "grade", "MinCount"),
        (_without_country, "countryCode", "MinCount"),
        (_without_display, "displayParameter", "MinCount"),
        (_without_scheme, "inScheme", "HasValue"),
        (_level_of_another_vocabulary, "inScheme", "HasValue"),
        (_level_without_concept, "EQFLevel", "Class"),
    ],
)
def test_the_shapes_see_what_is_missing(
    tmp_path: Path, spoil: Callable[[Any], None], property_: str, constraint: str
) -> None:
    found = made(tmp_path)
    spoil(found)

    assert (property_, constraint) in violations(graph_of(found)) - ADDED_BY_SEALING


@pytest.mark.parametrize(
    ("place", "value"),
    [("validFrom", "2026-11-23"), ("id", "no address"), ("type", ["Person"]), ("extra", 1)],
)
def test_the_schema_sees_what_has_another_form(tmp_path: Path, place: str, value: object) -> None:
    found = made(tmp_path)
    target = found["credentialSubject"] if place == "extra" else found
    target[place] = value

    assert schema_errors(found) != ISSUED_IS_MISSING


def test_a_context_that_is_not_pinned_is_refused_rather_than_read_as_nothing(
    tmp_path: Path,
) -> None:
    found = made(tmp_path)
    found["@context"].append("https://example.org/context")

    with pytest.raises(JsonLdError):
        graph_of(found)


def test_without_its_first_context_nothing_is_left_to_validate(tmp_path: Path) -> None:
    """Why the tests count nodes: this is what a context that wasn't read looks like."""
    found = made(tmp_path)
    found["@context"] = found["@context"][1:]
    for key in ("type", "id"):
        found.pop(key)

    assert sum(focus_nodes(graph_of(found), ["EuropeanDigitalCredential"]).values()) == 0
    assert CREDENTIAL not in "".join(map(str, graph_of(found).predicates()))


def test_the_mandatory_elements_of_annex_i_are_there() -> None:
    found = european(signed(SAMPLE, "data-stewardship", "en"), SAMPLE)
    claim, what = _claim(found), qualification(found)

    assert found["credentialSubject"]["fullName"] == {"en": "Anna Ozola"}
    assert (
        claim["title"]
        == what["title"]
        == dict(SAMPLE.courses["data-stewardship"].title.by_language)
    )
    country = found["issuer"]["location"]["address"]["countryCode"]
    assert country["id"].endswith("/authority/country/LVA")
    assert country["prefLabel"] == {"en": "Latvia", "lv": "Latvija"}
    assert _awarding(found)["awardingBody"]["legalName"]["lv"]
    assert _awarding(found)["awardingDate"] == "2026-11-23T12:00:00Z"
    assert what["learningOutcome"][0]["title"]["en"].startswith("Write a data")
    assert what["creditPoint"]["point"] == "3"
    assert what["creditPoint"]["framework"]["id"].endswith("/education-credit/6fcec5c5af")
    assert what["volumeOfLearning"] == "PT78H"
    assert what["eqfLevel"]["id"] == "http://data.europa.eu/snb/eqf/6"
    assert what["educationLevel"]["prefLabel"]["en"] == "First cycle (bachelor)"
    kinds = [part["specifiedBy"]["dcType"]["id"] for part in claim["provenBy"]["hasPart"]]
    assert all(uri.startswith("http://data.europa.eu/snb/assessment/") for uri in kinds)
    assert len(kinds) == len(SAMPLE.courses["data-stewardship"].assessment)
    assert what["mode"]["id"].startswith("http://data.europa.eu/snb/learning-assessment/")
    assert what["mode"] == claim["influencedBy"]["specifiedBy"]["mode"]
    quality = what["accreditation"]
    assert quality["dcType"]["id"].startswith("http://data.europa.eu/snb/accreditation/")
    assert quality["accreditingAgent"]["legalName"]["en"].startswith("Sample ")


def test_the_optional_elements_of_annex_i_are_there() -> None:
    found = european(signed(SAMPLE, "data-stewardship", "en"), SAMPLE)
    claim, what = _claim(found), qualification(found)

    assert what["entryRequirement"]["noteLiteral"]["en"]
    assert claim["provenBy"]["idVerification"]["id"].startswith(
        "http://data.europa.eu/snb/supervision-verification/"
    )
    assert claim["provenBy"]["grade"]["noteLiteral"] == {"en": "9"}
    assert claim["provenBy"]["specifiedBy"]["gradingScheme"]["title"]["en"]
    assert what["isPartialQualification"] is True
    assert what["isPartOf"]
    assert what["additionalNote"]


def test_an_outcome_keeps_the_skills_that_were_signed() -> None:
    found = european(signed(SAMPLE, "data-stewardship"), SAMPLE)

    first = qualification(found)["learningOutcome"][0]["relatedESCOSkill"]

    assert [skill["id"].rsplit("/", 1)[-1][:8] for skill in first] == ["9ff9db9d", "08b04e53"]
    assert {skill["inScheme"]["id"] for skill in first} == {
        "http://data.europa.eu/esco/concept-scheme/skills"
    }


def test_other_languages_stand_beside_only_what_is_the_same_today(tmp_path: Path) -> None:
    project = Project(tmp_path)
    document = signed(project.catalogue, language="en")
    project.write(
        "catalogue/courses/data.yaml",
        COURSE.replace("en: Data stewardship", "en: Data management").replace(
            "workload: {ects: 1.5", "stackability: standalone\nworkload: {ects: 30"
        ),
    )

    found = european(document, project.catalogue)

    assert _claim(found)["title"] == {"en": "Data stewardship"}
    assert found["displayParameter"]["primaryLanguage"]["id"].endswith("/ENG")
    assert found["displayParameter"]["individualDisplay"]["language"]["id"].endswith("/ENG")
    assert qualification(found)["creditPoint"]["point"] == "1.5"
    assert "isPartialQualification" not in qualification(found)
    # said in Latvian then, as the course had no English, and said so now: known to be Latvian
    assert qualification(found)["description"] == {"lv": "Dati"}


def test_what_was_signed_is_told_when_the_course_is_gone(tmp_path: Path) -> None:
    project = Project(tmp_path)
    document = signed(project.catalogue)
    (project.root / "catalogue/courses/data.yaml").unlink()

    found = european(document, project.catalogue)

    assert _claim(found)["title"] == {"lv": "Datu pārvaldība"}
    outcomes = qualification(found)["learningOutcome"]
    assert [one["title"] for one in outcomes] == [{"lv": "Apraksta datus"}, {"lv": "Kārto datus"}]
    labels = qualification(found)["mode"]["prefLabel"]
    assert (labels["en"], labels["lv"]) == ("Online", "Tiešsaistē")
    assert violations(graph_of(found)) == ADDED_BY_SEALING


def test_a_narrative_of_another_shape_is_kept_whole(tmp_path: Path) -> None:
    project = Project(tmp_path)
    document = signed(project.catalogue)
    document["credentialSubject"]["achievement"]["criteria"]["narrative"] = "Pārvalda datus."

    found = european(document, project.catalogue)

    assert "learningOutcome" not in qualification(found)
    assert qualification(found)["learningOutcomeSummary"]["noteLiteral"] == {
        "lv": "Pārvalda datus."
    }


def test_a_sealed_credentials_own_data_are_in_the_persons_place(tmp_path: Path) -> None:
    esi = "urn:schac:personalUniqueCode:int:esi:uni.example:1"
    learner = Learner(
        name="Anna Ozola",
        given_name="Anna",
        family_name="Ozola",
        date_of_birth=dt.date(1999, 10, 1),
        student_id=esi,
        did="did:key:z6Mk",
    )

    person = made(tmp_path, learner=learner)["credentialSubject"]

    assert person["givenName"] == {"lv": "Anna"}
    assert person["familyName"] == {"lv": "Ozola"}
    assert person["dateOfBirth"] == "1999-10-01T00:00:00Z"
    assert [(one["schemeName"], one["notation"]) for one in person["identifier"]] == [
        ("European Student Identifier", esi),
        ("Decentralised Identifier", "did:key:z6Mk"),
    ]


def test_without_a_grade_the_result_is_that_the_holder_passed(tmp_path: Path) -> None:
    found = made(tmp_path, learner=Learner(name="Anna Ozola"))

    assert _claim(found)["provenBy"]["grade"]["noteLiteral"] == {"en": "Passed", "lv": "Nokārtots"}


def test_quality_assurance_without_an_official_code_is_a_note(tmp_path: Path) -> None:
    notes = qualification(made(tmp_path))["additionalNote"]

    assert notes["noteLiteral"]["en"] == "Internal quality assurance"
    assert notes["subject"]["id"] == "urn:epass:concept:accreditation-type:internal"


def test_no_country_is_invented_for_who_assures_quality(tmp_path: Path) -> None:
    course = COURSE.replace("{type: internal}", "{type: programme-licence, body: Dienests}")

    agent = qualification(made(tmp_path, course))["accreditation"]["accreditingAgent"]

    assert agent["location"]["address"]["countryCode"]["id"].endswith("/country/OP_DATPRO")


def test_the_country_of_who_assures_quality_is_the_catalogues(tmp_path: Path) -> None:
    course = COURSE.replace(
        "{type: internal}", "{type: programme-licence, body: Dienests, country: EE}"
    )

    agent = qualification(made(tmp_path, course))["accreditation"]["accreditingAgent"]

    country = agent["location"]["address"]["countryCode"]
    assert country["id"].endswith("/country/EST")
    assert country["prefLabel"] == {"lv": "Igaunija", "en": "Estonia"}


def test_supervision_without_an_official_code_is_told_in_words(tmp_path: Path) -> None:
    course = COURSE.replace("online-with-identity", "onsite-without-identity")

    proven = _claim(made(tmp_path, course))["provenBy"]

    assert "idVerification" not in proven
    assert proven["additionalNote"]["noteLiteral"]["en"] == (
        "Supervised on site, identity not verified"
    )


def test_a_regional_language_stands_under_its_two_letters(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("catalogue/site.yaml", SITE.replace("[lv, en]", "[pt-PT, en]"))
    project.write("catalogue/providers/uni.yaml", PROVIDER)
    project.write(
        "catalogue/courses/data.yaml", COURSE.replace("lv: Datu pārvaldība", "pt-PT: Dados")
    )

    found = european(signed(project.catalogue, language="pt-PT"), project.catalogue)

    assert _claim(found)["title"] == {"pt": "Dados", "en": "Data stewardship"}
    assert schema_errors(found) == ISSUED_IS_MISSING


def test_a_language_that_the_model_has_no_code_for_is_said(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("catalogue/site.yaml", SITE.replace("[lv, en]", "[sgs]"))
    course = COURSE.replace("{lv: Datu pārvaldība, en: Data stewardship}", "Doumenū valdīms")
    project.write("catalogue/courses/data.yaml", course)
    project.write(
        "catalogue/site.yaml",
        SITE.replace("[lv, en]", "[sgs]").replace(
            "{lv: Parauga katalogs, en: Sample catalogue}", "Katalogs"
        ),
    )

    with pytest.raises(ContentError) as caught:
        european(signed(project.catalogue, language="sgs"), project.catalogue)
    assert str(caught.value) == "European Digital Credentials have no code for the language 'sgs'"


def test_a_language_of_instruction_without_a_code_is_told_in_words(tmp_path: Path) -> None:
    found = made(tmp_path, COURSE.replace("language: lv", "language: ltg"))

    notes = [one["noteLiteral"] for one in qualification(found)["additionalNote"]]
    assert {"lv": "Mācību valoda: Latgalian", "en": "Language of instruction: Latgalian"} in notes
    assert "language" not in qualification(found)
    assert schema_errors(found) == ISSUED_IS_MISSING


@pytest.mark.parametrize(
    ("hours", "written"),
    [("26", "PT26H"), ("1.5", "PT1H30M"), ("0.5", "PT30M"), ("100", "PT100H")],
)
def test_hours_are_an_xsd_duration(hours: str, written: str) -> None:
    assert duration(Decimal(hours)) == written


def test_the_same_credential_gives_the_same_document(tmp_path: Path) -> None:
    project = Project(tmp_path)
    document = signed(project.catalogue)

    first = european(copy.deepcopy(document), project.catalogue)

    assert european(document, project.catalogue) == first


def test_codes_of_countries_and_languages_are_the_official_ones() -> None:
    for name, key in (("country", "iso2"), ("language", "iso1")):
        path = ROOT / f"src/mcsite/exports/elm/{name}.tsv"
        ours = dict(line.split("\t") for line in path.read_text("utf-8").splitlines()[1:])
        listed = json.loads(reference(f"vocab/{name}.json").read_text("utf-8"))["items"]

        assert ours == {item[key]: item["code"] for item in listed if item.get(key)}


@pytest.mark.parametrize("level", ["{eqf: 6, nqf: LKI 6}", "{qf_ehea: first-cycle, nqf: LKI 6}"])
def test_the_national_level_is_a_note_beside_a_level_or_a_cycle(tmp_path: Path, level: str) -> None:
    course = COURSE.replace("level: {eqf: 6, qf_ehea: first-cycle}", f"level: {level}")

    notes = qualification(made(tmp_path, course))["additionalNote"]

    assert "LKI 6" in json.dumps(notes)

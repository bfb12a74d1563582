"""A course as an Open Badges achievement: the schema's shape, Annex I whole, every term mapped."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft201909Validator

from mcsite.commands.project import catalogue_of
from mcsite.content.catalogue import Catalogue
from mcsite.credentials.cryptosuites import PrivateKeySigner
from mcsite.credentials.issue import Learner, Terms, credential_document, sign
from mcsite.credentials.json_types import JsonObject
from mcsite.exports.open_badges import achievement
from tests.institution import private_key
from tests.project import BASE, COURSE, NOW, Project
from tests.reference import reference

ROOT = Path(__file__).parent.parent.parent
SAMPLE = catalogue_of(ROOT, today=NOW.date())


@pytest.fixture(scope="module")
def schema() -> Draft201909Validator:
    path = reference("openbadges/achievement-credential.schema.json")
    return Draft201909Validator(json.loads(path.read_text("utf-8")))


def credential(course: str, catalogue: Catalogue, language: str) -> JsonObject:
    """Return a signed credential; signing refuses terms that no context maps."""
    did = "did:web:micro.uni.example"
    terms = Terms(
        url=f"{BASE}/c/{'2' * 22}/",
        issuer={"id": did, "type": ["Profile"], "name": "Parauga universitāte"},
        achievement=achievement(catalogue.courses[course], catalogue, language),
        valid_from=NOW,
    )
    signer = PrivateKeySigner(f"{did}#key-1", private_key(0))
    return sign(credential_document(Learner(name="Anna Ozola", grade="9"), terms), signer, NOW)


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize("course", SAMPLE.courses)
def test_every_course_of_the_sample_conforms_and_can_be_signed(
    schema: Draft201909Validator, course: str, language: str
) -> None:
    document = credential(course, SAMPLE, language)

    assert [error.message for error in schema.iter_errors(document)] == []


def made(tmp_path: Path, course: str = COURSE, language: str = "en") -> JsonObject:
    project = Project(tmp_path)
    project.write("catalogue/courses/data.yaml", course)
    catalogue = project.catalogue
    return achievement(catalogue.courses["data"], catalogue, language)


def alignments(found: JsonObject) -> dict[str, JsonObject]:
    listed = found["alignment"]
    assert isinstance(listed, list)
    return {str(a["targetType"]): a for a in listed if isinstance(a, dict)}


def test_the_mandatory_elements_of_annex_i_are_there(tmp_path: Path) -> None:
    found = made(tmp_path)
    by_type = alignments(found)

    assert found["name"] == "Data stewardship"
    assert found["achievementType"] == "MicroCredential"
    assert found["creditsAvailable"] == 1.5
    assert found["creator"] == {
        "id": f"{BASE}/lv/providers/uni/",
        "type": ["Profile"],
        "name": "Parauga universitāte",
        "address": {"type": ["Address"], "addressCountryCode": "LV"},
    }
    assert found["criteria"] == {
        "narrative": "- Apraksta datus\n- Kārto datus\n\n40 h\n\nProject work"
    }
    assert by_type["ext:EQF"]["targetUrl"] == "http://data.europa.eu/snb/eqf/6"
    assert by_type["ext:AssessmentType"]["targetName"] == "Project work"
    assert str(by_type["ext:ModeOfLearning"]["targetUrl"]).startswith("http://data.europa.eu/snb/")
    assert by_type["ext:QualityAssurance"]["targetCode"] == "internal"
    assert by_type["ext:ISCED-F"]["targetCode"] == "0612"


def test_optional_elements_are_there_where_a_course_has_them(tmp_path: Path) -> None:
    found = made(tmp_path)

    assert alignments(found)["ext:Supervision"]["targetCode"] == "online-with-identity"
    assert alignments(found)["ext:QF-EHEA"]["targetCode"] == "first-cycle"
    assert found["resultDescription"] == [
        {
            "id": f"{BASE}/lv/courses/data/#grade",
            "type": ["ResultDescription"],
            "name": "10 ballu skala",
            "resultType": "Result",
            "requiredValue": "4",
        }
    ]


def test_what_has_no_official_uri_leads_to_the_course(tmp_path: Path) -> None:
    quality = alignments(made(tmp_path))["ext:QualityAssurance"]

    assert quality["targetUrl"] == f"{BASE}/lv/courses/data/#accreditation-type"
    assert quality["targetFramework"] == "Council Recommendation 2022/C 243/02, Annex I"


def test_the_id_is_the_same_in_every_language(tmp_path: Path) -> None:
    latvian, english = made(tmp_path / "lv", language="lv"), made(tmp_path / "en")

    assert latvian["id"] == english["id"] == f"{BASE}/lv/courses/data/"
    assert latvian["name"] == "Datu pārvaldība"


LEVEL = "level: {eqf: 6, qf_ehea: first-cycle}"


def test_a_course_without_level_says_so_and_why(tmp_path: Path) -> None:
    found = made(tmp_path, COURSE.replace(LEVEL, "level: none\nlevel_reason: Vaļasprieks"))

    assert "ext:EQF" not in alignments(found)
    assert alignments(found)["ext:Level"] == {
        "type": ["Alignment"],
        "targetType": "ext:Level",
        "targetName": "Not tied to a level",
        "targetUrl": f"{BASE}/lv/courses/data/#level",
        "targetCode": "none",
        "targetFramework": "Council Recommendation 2022/C 243/02, Annex I",
        "targetDescription": "Vaļasprieks",
    }


@pytest.mark.parametrize(
    ("level", "beside"),
    [("{eqf: 6, qf_ehea: first-cycle, nqf: LKI 6}", "ext:EQF"),
     ("{qf_ehea: first-cycle, nqf: LKI 6}", "ext:QF-EHEA")],
)  # fmt: skip
def test_the_national_level_stands_beside_a_european_one(
    tmp_path: Path, level: str, beside: str
) -> None:
    found = made(tmp_path, COURSE.replace(LEVEL, f"level: {level}"))["alignment"]

    assert isinstance(found, list)
    named = [one["targetType"] for one in found if one.get("targetDescription") == "LKI 6"]
    assert named == [beside]


QUALITY = "quality_assurance: {type: internal}"


def test_who_assures_quality_is_told_as_it_was(tmp_path: Path) -> None:
    quality = (
        "quality_assurance: {type: internal, body: Aģentūra, country: LV, register: '12345', "
        "url: 'https://agency.example/1', valid: {from: 2024-01-01, until: 2029-12-31}}"
    )

    found = alignments(made(tmp_path, COURSE.replace(QUALITY, quality)))

    assert found["ext:QualityAssurance"]["targetDescription"] == "Aģentūra"
    assert found["ext:QualityAssuranceBody"] == {
        "type": ["Alignment"],
        "targetType": "ext:QualityAssuranceBody",
        "targetName": "Aģentūra",
        "targetUrl": "https://agency.example/1",
        "targetCode": "12345",
        "targetFramework": "DEQAR",
        "targetDescription": "LV, DEQAR 12345, 2024-01-01 – 2029-12-31",
    }


def test_what_it_counts_towards_is_told_as_it_was(tmp_path: Path) -> None:
    project = Project(tmp_path)
    stackability = "stackability: {into: [data], recognised_by: [Cita augstskola]}"
    project.write("catalogue/courses/data.yaml", COURSE)
    further = "further_info: Grāmata ir līdzi jāņem."
    project.write("catalogue/courses/part.yaml", f"{COURSE}\n{stackability}\n{further}\n")

    found = achievement(project.catalogue.courses["part"], project.catalogue, "en")["alignment"]

    assert isinstance(found, list)
    told = [(one["targetType"], one["targetName"], one["targetUrl"]) for one in found[-4:]]
    here = f"{BASE}/lv/courses/part/"
    assert told == [
        ("ext:Stackability", "It can count towards a larger credential", f"{here}#stackability"),
        ("ext:Stackability", "Data stewardship", f"{BASE}/lv/courses/data/"),
        ("ext:RecognisedBy", "Cita augstskola", f"{here}#stackability"),
        ("ext:FurtherInformation", "Grāmata ir līdzi jāņem.", f"{here}#further-information"),
    ]

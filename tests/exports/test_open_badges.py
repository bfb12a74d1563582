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
    assert "targetFramework" not in quality


def test_the_id_is_the_same_in_every_language(tmp_path: Path) -> None:
    latvian, english = made(tmp_path / "lv", language="lv"), made(tmp_path / "en")

    assert latvian["id"] == english["id"] == f"{BASE}/lv/courses/data/"
    assert latvian["name"] == "Datu pārvaldība"


def test_a_course_without_level_has_no_level(tmp_path: Path) -> None:
    course = COURSE.replace(
        "level: {eqf: 6, qf_ehea: first-cycle}", "level: none\nlevel_reason: Vaļasprieks"
    )

    assert "ext:EQF" not in alignments(made(tmp_path, course))

"""A course as an Open Badges 3.0 Achievement (Open Badges 3.0, section 5.3; design, section 3).

Elements of Annex I that Open Badges has a property for use it; the others are alignments to
official EU URIs, with `targetType` "ext:" and the element's name. Where there is no official URI,
they lead to the course's own page.
"""

from collections.abc import Iterator

from mcsite.content.catalogue import Catalogue
from mcsite.content.models.course import Course, QualityAssurance
from mcsite.content.models.provider import Provider
from mcsite.content.text import Text
from mcsite.content.vocabulary import VOCABULARIES, stated
from mcsite.credentials.json_types import JsonObject, JsonValue
from mcsite.exports.criteria import narrative_of

EQF = "European Qualifications Framework"
ELM = "European Learning Model"
ISCED_F = "ISCED-F 2013"
ESCO = "ESCO"
QF_EHEA = "Qualifications Framework of the European Higher Education Area"
DEQAR = "DEQAR"
ANNEX_I = "Council Recommendation 2022/C 243/02, Annex I"  # of what no vocabulary has a code for
_FRAMEWORKS = {"isced-f": ISCED_F, "eqf": EQF, "qf-ehea": QF_EHEA}


def achievement(
    course: Course, catalogue: Catalogue, language: str, *, alias: str = ""
) -> JsonObject:
    """Return the Achievement that credentials of `course` carry, as it is described today.

    `id` is the course's address in the site's default language, whatever `language` is. Under an
    `alias` it is the address of before, which credentials that were issued then carry.
    """
    default = catalogue.site.default_language
    course_url = f"{catalogue.site.base_url}/{default}/courses/{alias or course.id}/"
    found: JsonObject = {
        "id": course_url,
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": str(course.title.in_language(language)),
        "description": _description(course, language),
        "criteria": {"narrative": narrative_of(course, language)},
        "creator": _creator(catalogue.providers[course.provider], catalogue, language),
        "version": course.version,
    }
    if course.workload.ects is not None:
        found["creditsAvailable"] = _number(float(course.workload.ects))
    if course.language:
        found["inLanguage"] = course.language[0]
    if course.field:
        found["fieldOfStudy"] = VOCABULARIES["isced-f"].terms[course.field[0]].label(language)
    if course.badge is not None:
        url = f"{catalogue.site.base_url}/assets/{course.badge.path}"
        found["image"] = {"id": url, "type": "Image"}
    if course.grading is not None:
        found["resultDescription"] = [_grading(course, course_url, language)]
    found["alignment"] = [
        *_alignments(course, course_url, language),
        *_quality(course, course_url, language),
        *_skills(course, language),
        *_stackability(course, catalogue, course_url, language),
        *_further(course, course_url, language),
    ]
    return found


def _number(value: float) -> JsonValue:
    return int(value) if value.is_integer() else value


def _description(course: Course, language: str) -> str:
    text = course.summary or course.description or course.title
    return str(text.in_language(language))


def _creator(provider: Provider, catalogue: Catalogue, language: str) -> JsonObject:
    site = catalogue.site
    address: JsonObject = {"type": ["Address"], "addressCountryCode": provider.country}
    if provider.region is not None:
        address["addressRegion"] = str(provider.region.in_language(language))
    creator: JsonObject = {
        "id": f"{site.base_url}/{site.default_language}/providers/{provider.id}/",
        "type": ["Profile"],
        "name": str(provider.legal_name.in_language(language)),
        "address": address,
    }
    if provider.homepage is not None:
        creator["url"] = provider.homepage
    return creator


def _grading(course: Course, course_url: str, language: str) -> JsonObject:
    grading = course.grading
    described: JsonObject = {
        "id": f"{course_url}#grade",
        "type": ["ResultDescription"],
        "name": str(grading.scheme.in_language(language)) if grading else "",
        "resultType": "LetterGrade" if _letters(grading.scheme if grading else None) else "Result",
    }
    if grading is not None and grading.passing is not None:
        described["requiredValue"] = str(grading.passing.in_language(language))
    return described


def _letters(scheme: Text | None) -> bool:
    return scheme is not None and "A" in str(scheme) and "F" in str(scheme)


def _alignment(
    target_type: str, name: str, url: str, *, code: str = "", framework: str = "", text: str = ""
) -> JsonObject:
    found: JsonObject = {
        "type": ["Alignment"],
        "targetType": target_type,
        "targetName": name,
        "targetUrl": url,
    }
    for key, value in (
        ("targetCode", code),
        ("targetFramework", framework),
        ("targetDescription", text),
    ):
        if value:
            found[key] = value
    return found


def _coded(
    target_type: str, vocabulary: str, code: str, url: str, language: str, *, text: str = ""
) -> JsonObject:
    """Return the alignment to a code. Where no official URI exists, it points to the course."""
    term = VOCABULARIES[vocabulary].terms[code]
    framework = _FRAMEWORKS.get(vocabulary, ELM if term.uri else ANNEX_I)
    return _alignment(
        target_type,
        term.label(language),
        term.uri or f"{url}#{vocabulary}",
        code=code,
        framework=framework,
        text=text,
    )


def _alignments(course: Course, url: str, language: str) -> Iterator[JsonValue]:
    yield from _level(course, url, language)
    coded = [("ext:AssessmentType", "assessment-type", item.type) for item in course.assessment]
    coded += [("ext:ModeOfLearning", "participation", mode) for mode in course.participation]
    if course.supervision is not None:
        coded.append(("ext:Supervision", "supervision", course.supervision))
    coded += [("ext:ISCED-F", "isced-f", field) for field in course.field]
    for target_type, vocabulary, code in coded:
        yield _coded(target_type, vocabulary, code, url, language)


def _level(course: Course, url: str, language: str) -> Iterator[JsonValue]:
    """Yield the level and the cycle, or that there is none, and why. The level in the national
    framework stands beside the first of them.
    """
    level = course.level
    if level is None:
        reason = course.level_reason
        yield _alignment(
            "ext:Level", stated("no-level", language), f"{url}#level",
            code="none", framework=ANNEX_I,
            text=str(reason.in_language(language)) if reason else "",
        )  # fmt: skip
        return
    national = str(level.nqf.in_language(language)) if level.nqf else ""
    if level.eqf is not None:
        yield _coded("ext:EQF", "eqf", str(level.eqf), url, language, text=national)
    if level.qf_ehea is not None:
        text = national if level.eqf is None else ""
        yield _coded("ext:QF-EHEA", "qf-ehea", level.qf_ehea, url, language, text=text)


def _quality(course: Course, url: str, language: str) -> Iterator[JsonValue]:
    """Yield the kinds of quality assurance, each with what is known of who assures it."""
    for quality in course.quality_assurance:
        body = str(quality.body.in_language(language)) if quality.body else ""
        kind = "accreditation-type"
        yield _coded("ext:QualityAssurance", kind, quality.type, url, language, text=body)
        known = ", ".join(_known(quality))
        if known or quality.url:
            yield _alignment(
                "ext:QualityAssuranceBody",
                body or VOCABULARIES[kind].terms[quality.type].label(language),
                quality.url or f"{url}#{kind}",
                code=quality.register_id or "",
                framework=DEQAR if quality.register_id else ANNEX_I,
                text=known,
            )


def _known(quality: QualityAssurance) -> Iterator[str]:
    if quality.country:
        yield quality.country
    if quality.register_id:
        known = quality.register_id.startswith(DEQAR)
        yield quality.register_id if known else f"{DEQAR} {quality.register_id}"
    if quality.valid is not None:
        days = (quality.valid.valid_from, quality.valid.valid_until)
        yield " – ".join(day.isoformat() if day else "…" for day in days)


def _skills(course: Course, language: str) -> Iterator[JsonValue]:
    for skill in course.skills:
        label = str(skill.label.in_language(language))
        yield _alignment("ext:ESCOSkill", label, skill.uri, framework=ESCO)


def _stackability(
    course: Course, catalogue: Catalogue, url: str, language: str
) -> Iterator[JsonValue]:
    """Yield whether it counts towards more, towards what, and who recognises it."""
    stackability, kind = course.stackability, "ext:Stackability"
    if stackability is None:
        return
    here = f"{url}#stackability"
    name = stated(stackability.type, language)
    yield _alignment(kind, name, here, code=stackability.type, framework=ANNEX_I)
    site = catalogue.site
    for target in stackability.into:
        folder = "pathways" if target in catalogue.pathways else "courses"
        whole = catalogue.pathways.get(target) or catalogue.courses[target]
        address = f"{site.base_url}/{site.default_language}/{folder}/{target}/"
        title = str(whole.title.in_language(language))
        yield _alignment(kind, title, address, framework=ANNEX_I)
    for body in stackability.recognised_by:
        name = str(body.in_language(language))
        yield _alignment("ext:RecognisedBy", name, here, framework=ANNEX_I)


def _further(course: Course, url: str, language: str) -> Iterator[JsonValue]:
    if course.further_info is not None:
        text = str(course.further_info.in_language(language))
        yield _alignment(
            "ext:FurtherInformation", text, f"{url}#further-information", framework=ANNEX_I
        )

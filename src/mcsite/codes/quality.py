"""Codes of findings: what a reader would miss."""

from collections.abc import Mapping

from mcsite.codes.code import Code

QUALITY: Mapping[str, Code] = {
    "MC601": Code(
        "A text isn't translated.",
        "Readers of that language see the text in another, with a notice.",
        "Add the translation when you can.",
        example="title: {lv: Datu pārvaldība, en: Data stewardship}",
    ),
    "MC602": Code(
        "An accreditation has expired.",
        "Readers would rely on quality assurance that has ended.",
        "Renew the entry, or remove it.",
    ),
    "MC603": Code(
        "Markdown holds something that isn't shown.",
        "Readers don't see what the writer sees.",
        "HTML and remote images aren't.",
    ),
    "MC604": Code(
        "A course has no summary, field or language.",
        "Readers who search and filter don't find the course.",
        "Add it: readers filter by it.",
    ),
    "MC605": Code(
        "A title or summary is too long for lists.",
        "Lists and search results cut it, or become hard to read.",
        "Shorten it.",
    ),
    "MC606": Code(
        "The home page or a pathway leads to a withdrawn course.",
        "Learners are led to a course that they can't take.",
        "Name what replaces it.",
    ),
    "MC607": Code(
        "A text was changed after its translation.",
        "Readers of that language may be told what isn't true any more.",
        "Bring the translation up to date.",
    ),
    "MC610": Code(
        "A course lacks what Europass asks for, so that its file leaves the course, or its "
        "level, out.",
        "The course can't be found on Europass, or without its level.",
        "Add the fields, if the site is registered with Europass.",
    ),
    "MC620": Code(
        "The site lacks what an export asks for, so that the file isn't written.",
        "Aggregators don't list the catalogue.",
        "Add the field, if the site is to be harvested in that format.",
    ),
    "MC630": Code(
        "The accent colour is hard to read on the site's grounds.",
        "Readers with weak eyes, or in sunlight, can't read links.",
        "Choose one with more contrast.",
    ),
    "MC631": Code(
        "A file of the site's font isn't there.",
        "Pages fall back on another font.",
        "Add it, or correct the path.",
    ),
    "MC632": Code(
        "A file of the site's font isn't WOFF2.",
        "Pages would load more than they need, or the font not at all.",
        "Convert it.",
    ),
    "MC633": Code(
        "A font's name or weight isn't one.",
        "The style sheet would be broken by it.",
        "Write it as the hint says, without quotes.",
    ),
    "MC640": Code(
        "A step asks for more credits than its courses bring.",
        "Nobody could finish the pathway.",
        "Lower minimum_ects.",
    ),
}

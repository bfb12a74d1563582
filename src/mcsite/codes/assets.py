"""Codes of findings: pictures and links."""

from collections.abc import Mapping

from mcsite.codes.code import Code

ASSETS: Mapping[str, Code] = {
    "MC401": Code(
        "A file under catalogue/assets/ is missing.",
        "The page would have a hole.",
        "Add it, or correct the path.",
    ),
    "MC402": Code(
        "A file isn't a picture that can be published.",
        "An SVG can hold scripts; other files aren't shown by browsers.",
        "SVG that neither acts nor loads anything, or PNG, JPEG, WebP.",
    ),
    "MC403": Code(
        "A picture has no text alternative.",
        "Who can't see the picture is told nothing.",
        "Add alt, or use it as decoration.",
        example="image: {path: courses/bees.jpg, alt: Two people at a beehive}",
    ),
    "MC410": Code(
        "A link in a text leads to no page or file of the site.",
        "A reader who follows it finds an error page.",
        "Correct it as the hint says, or delete it.",
        example="../data-stewardship/",
    ),
    "MC411": Code(
        "A link names a place that the page it leads to doesn't have.",
        "A reader who follows it lands at the top of the page, not where the text says.",
        "Correct what stands after #, or leave it out.",
        example="../data-stewardship/#outcomes",
    ),
    "MC412": Code(
        "A link in a text can't be followed.",
        "Nothing happens when a reader follows it.",
        "Write the address whole.",
        example="mailto:studies@university.example",
    ),
    "MC413": Code(
        "A link to a page of the site lacks the / at its end.",
        "Most hosts send the reader on, at the price of a detour; some answer with an error.",
        "Write it: it saves a detour.",
        example="../data-stewardship/",
    ),
    "MC420": Code(
        "A link to another site is dead.",
        "A reader who follows it finds an error page of somebody else.",
        "Correct it, or delete it.",
    ),
    "MC421": Code(
        "A link to another site has moved for good.",
        "Redirects end one day, and the link with them.",
        "Write the new address.",
    ),
    "MC422": Code(
        "A link to another site got no answer, or none that readers could get.",
        "A reader may find nothing there either.",
        "Open it in a browser; correct it, or ask again tomorrow.",
    ),
}

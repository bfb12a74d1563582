"""Every code of a finding: what it means, and what to do. docs/reference/findings.md is made from
it.

MC1xx files and YAML, MC2xx fields, MC3xx references between files, MC4xx assets, MC5xx
credentials, MC6xx quality.
A code keeps its meaning for ever; a new meaning gets a new code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Code:
    """What a code means, and what to do about it."""

    meaning: str
    remedy: str


CODES: Mapping[str, Code] = MappingProxyType(
    {
        "MC101": Code("A file is too large.", "Keep content files below 256 KB."),
        "MC102": Code("A file isn't UTF-8.", "Save it as UTF-8."),
        "MC103": Code("A character isn't text.", "Delete the control character at that place."),
        "MC104": Code(
            "A file isn't YAML.", "Check indentation, quotes and colons near that place."
        ),
        "MC105": Code(
            "A construct of YAML that mcsite doesn't read: anchors, aliases, tags, merge keys, "
            "several documents, deep nesting.",
            "Write the value out in plain YAML.",
        ),
        "MC106": Code("A key stands twice.", "Delete one of the two."),
        "MC107": Code("A file is empty.", "Fill it in, or delete it."),
        "MC108": Code("A file doesn't belong here.", "Content files end in .yaml; move others."),
        "MC109": Code("A file or folder that has to be there is missing.", "Create it."),
        "MC110": Code("A link leads out of the project.", "Copy the file into the project."),
        "MC201": Code(
            "A required field is missing.",
            "Add it. Most required fields are elements of Annex I of Council Recommendation "
            "2022/C 243/02, without which a micro-credential can't be compared or recognised.",
        ),
        "MC202": Code("A field isn't known.", "Correct its name, or delete it."),
        "MC203": Code("A value has another shape than the field.", "See the reference of fields."),
        "MC204": Code("A field has no value.", "Write one, or leave the line out."),
        "MC205": Code("A text is too long.", "Shorten it."),
        "MC206": Code("A language tag isn't one.", "Write BCP 47 tags: lv, en, pt-PT."),
        "MC207": Code("A text is in a language that the site doesn't have.", "See site.yaml."),
        "MC208": Code("A number, or true or false, is expected.", "Write it without quotes."),
        "MC209": Code("A date is expected.", "Write year-month-day, e.g. 2027-01-12."),
        "MC210": Code("A code isn't in the vocabulary.", "See the reference of vocabularies."),
        "MC211": Code(
            "An id isn't one.", "Lower-case letters, digits, single hyphens; at most 64."
        ),
        "MC212": Code("A country or currency code isn't one.", "ISO 3166-1 alpha-2; ISO 4217."),
        "MC213": Code("A web address isn't one.", "Write it whole, beginning with https://."),
        "MC214": Code("An ESCO URI isn't one.", "Copy it from the ESCO portal."),
        "MC215": Code("A path leaves catalogue/assets/.", "Name a file below that folder."),
        "MC216": Code("A number is out of range.", "See the reference of fields."),
        "MC217": Code("The site's address isn't usable.", "https://, a host, perhaps a path."),
        "MC218": Code("A colour isn't one.", "Six hexadecimal digits after #."),
        "MC219": Code("A DID isn't one.", "did:web:… or did:key:…"),
        "MC220": Code("A workload has neither ects nor hours.", "Give one; ECTS where you can."),
        "MC221": Code("A level has neither eqf nor qf_ehea.", "Give one, or write level: none."),
        "MC222": Code("Something ends before it begins.", "Correct the dates."),
        "MC223": Code("There is no level, and no reason why.", "Add level_reason."),
        "MC224": Code("An e-mail address isn't one.", "Write it whole, without a name."),
        "MC225": Code(
            "An identifier of a register isn't one.", "Copy it as the register shows it."
        ),
        "MC226": Code("A path leaves the project.", "Copy the file into the project; name that."),
        "MC227": Code("A public key isn't one.", "Take the line that mcsite keygen wrote."),
        "MC228": Code("An entry stands twice in a list.", "Delete one of the two."),
        "MC229": Code(
            "A licence isn't an identifier of SPDX.", "Look it up in SPDX's list: CC-BY-4.0 …"
        ),
        "MC301": Code("An id that another file should define isn't there.", "Correct the id."),
        "MC302": Code("Two files have the same id.", "Rename one; case doesn't distinguish them."),
        "MC303": Code("Courses or pathways count towards each other in a circle.", "Break it."),
        "MC304": Code("A skill or occupation has two labels.", "Agree on one label for its URI."),
        "MC305": Code("A skill of an outcome has no label.", "Add it to skills, with its label."),
        "MC306": Code("A step asks for more courses than it has.", "Lower any_of."),
        "MC307": Code("A list of trusted issuers can't be used.", "See trust_registries."),
        "MC401": Code("A file under catalogue/assets/ is missing.", "Add it, or correct the path."),
        "MC402": Code(
            "A file isn't a picture that can be published.",
            "SVG that neither acts nor loads anything, or PNG, JPEG, WebP.",
        ),
        "MC403": Code("A picture has no text alternative.", "Add alt, or use it as decoration."),
        "MC410": Code(
            "A link in a text leads to no page or file of the site.",
            "Correct it as the hint says, or delete it.",
        ),
        "MC411": Code(
            "A link names a place that the page it leads to doesn't have.",
            "Correct what stands after #, or leave it out.",
        ),
        "MC412": Code("A link in a text can't be followed.", "Write the address whole."),
        "MC413": Code(
            "A link to a page of the site lacks the / at its end.", "Write it: it saves a detour."
        ),
        "MC420": Code("A link to another site is dead.", "Correct it, or delete it."),
        "MC421": Code("A link to another site has moved for good.", "Write the new address."),
        "MC422": Code(
            "A link to another site got no answer, or none that readers could get.",
            "Open it in a browser; correct it, or ask again tomorrow.",
        ),
        "MC501": Code("A line isn't JSON that mcsite reads.", "Restore the line from Git."),
        "MC502": Code("A line is neither a credential nor a sealed one.", "Restore it from Git."),
        "MC503": Code(
            "A proof doesn't match its document.", "Somebody changed the line: restore it."
        ),
        "MC504": Code(
            "The issuer or its key isn't in issuers.yaml, or not for that time.", "See it."
        ),
        "MC505": Code("An id stands twice.", "Delete the line that was added later."),
        "MC506": Code("An id isn't an address of this site.", "Check base_url in site.yaml."),
        "MC507": Code("A status index was given twice.", "Issue one of the two again."),
        "MC510": Code("status.yaml has an entry that can't be read.", "Correct the entry."),
        "MC511": Code("A status list doesn't match status.yaml.", "Run mcsite refresh."),
        "MC512": Code("A status list runs out soon, or has run out.", "Run mcsite refresh."),
        "MC513": Code("status.yaml names a credential that isn't there.", "Check the id."),
        "MC514": Code(
            "A status list is signed with a key that doesn't count.", "Run mcsite refresh."
        ),
        "MC515": Code(
            "The list of what a stolen key signed can't be used.",
            "Restore it from Git, or run mcsite keys compromised again.",
        ),
        "MC516": Code("An erased credential is still there.", "Run mcsite erase again."),
        "MC517": Code(
            "A command was interrupted while it changed credentials/.",
            "Run it again: what was decided is carried out first.",
        ),
        "MC520": Code("A row of a learners' file can't be issued from.", "Correct the cell."),
        "MC601": Code("A text isn't translated.", "Add the translation when you can."),
        "MC602": Code("An accreditation has expired.", "Renew the entry, or remove it."),
        "MC603": Code(
            "Markdown holds something that isn't shown.", "HTML and remote images aren't."
        ),
        "MC604": Code(
            "A course has no summary, field or language.", "Add it: readers filter by it."
        ),
        "MC605": Code("A title or summary is too long for lists.", "Shorten it."),
        "MC606": Code(
            "The home page or a pathway leads to a withdrawn course.", "Name what replaces it."
        ),
        "MC607": Code(
            "A text was changed after its translation.", "Bring the translation up to date."
        ),
        "MC610": Code(
            "A course lacks what Europass asks for, so that its file leaves the course, or its "
            "level, out.",
            "Add the fields, if the site is registered with Europass.",
        ),
        "MC620": Code(
            "The site lacks what an export asks for, so that the file isn't written.",
            "Add the field, if the site is to be harvested in that format.",
        ),
        "MC630": Code(
            "The accent colour is hard to read on the site's grounds.",
            "Choose one with more contrast.",
        ),
        "MC631": Code("A file of the site's font isn't there.", "Add it, or correct the path."),
        "MC632": Code("A file of the site's font isn't WOFF2.", "Convert it."),
        "MC633": Code(
            "A font's name or weight isn't one.", "Write it as the hint says, without quotes."
        ),
        "MC640": Code(
            "A step asks for more credits than its courses bring.", "Lower minimum_ects."
        ),
    }
)

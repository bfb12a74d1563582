"""Codes of findings: files, fields and references between files."""

from collections.abc import Mapping

from mcsite.codes.code import Code

CONTENT: Mapping[str, Code] = {
    "MC101": Code(
        "A file is too large.",
        "A file that size takes long to read and can't be reviewed; a limit also stops files "
        "made to hurt the build.",
        "Keep content files below 256 KB.",
    ),
    "MC102": Code(
        "A file isn't UTF-8.",
        "Letters beyond ASCII would be read as others than were written.",
        "Save it as UTF-8.",
    ),
    "MC103": Code(
        "A character isn't text.",
        "Invisible characters survive copying, break searches and can hide what a text says.",
        "Delete the control character at that place.",
    ),
    "MC104": Code(
        "A file isn't YAML.",
        "Nothing of the file can be trusted to mean what was meant.",
        "Check indentation, quotes and colons near that place.",
    ),
    "MC105": Code(
        "A construct of YAML that mcsite doesn't read: anchors, aliases, tags, merge keys, "
        "several documents, deep nesting.",
        "These make short files grow without end, or give a text a meaning that nobody sees in it.",
        "Write the value out in plain YAML.",
        example="&name, *name, !!str, <<",
    ),
    "MC106": Code(
        "A key stands twice.",
        "YAML keeps one of the two without a word, and not the one that the writer thinks of.",
        "Delete one of the two.",
    ),
    "MC107": Code(
        "A file is empty.",
        "An id without content would become an empty page.",
        "Fill it in, or delete it.",
    ),
    "MC108": Code(
        "A file doesn't belong here.",
        "Nothing reads the file, which looks as if it were published.",
        "Content files end in .yaml; move others.",
    ),
    "MC109": Code(
        "A file or folder that has to be there is missing.",
        "What refers to it has nothing to show.",
        "Create it.",
    ),
    "MC110": Code(
        "A link leads out of the project.",
        "A build that reads outside the project could publish what was never meant to be public.",
        "Copy the file into the project.",
    ),
    "MC111": Code(
        "A merge conflict was left in a file.",
        "Git found two versions of the same lines, and somebody has to say which of them hold.",
        "Keep what holds of the two sides, and delete the lines of the markers. In `credentials/` "
        "keep the lines of both sides: each says what was issued or withdrawn.",
        example="<<<<<<<, |||||||, =======, >>>>>>>",
    ),
    "MC201": Code(
        "A required field is missing.",
        "Readers and other institutions can't compare or recognise what they aren't told.",
        "Add it. Most required fields are elements of Annex I of Council Recommendation "
        "2022/C 243/02, without which a micro-credential can't be compared or recognised.",
        example="workload: {ects: 3}",
    ),
    "MC202": Code(
        "A field isn't known.",
        "Nothing reads it: a slip in a name would leave out what it says.",
        "Correct its name, or delete it.",
    ),
    "MC203": Code(
        "A value has another shape than the field.",
        "The value can't be understood, and isn't guessed.",
        "See the reference of fields.",
    ),
    "MC204": Code(
        "A field has no value.",
        '"Nothing" and "not applicable" are written here, never implied.',
        "Write one, or leave the line out.",
    ),
    "MC205": Code(
        "A text is too long.", "Pages and credentials carry every text whole.", "Shorten it."
    ),
    "MC206": Code(
        "A language tag isn't one.",
        "Screen readers choose their voice by it, and readers their translation.",
        "Write BCP 47 tags: lv, en, pt-PT.",
        example="lv, en, pt-PT",
    ),
    "MC207": Code(
        "A text is in a language that the site doesn't have.",
        "No page would show the text.",
        "See site.yaml.",
    ),
    "MC208": Code(
        "A number, or true or false, is expected.",
        "Sums, filters and exports calculate with it.",
        "Write it without quotes.",
    ),
    "MC209": Code(
        "A date is expected.",
        "07-01 is January or July, depending on the reader.",
        "Write year-month-day, e.g. 2027-01-12.",
        example="2027-01-12",
    ),
    "MC210": Code(
        "A code isn't in the vocabulary.",
        "Official codes are what makes courses comparable across Europe; a word of one's own "
        "isn't.",
        "See the reference of vocabularies.",
    ),
    "MC211": Code(
        "An id isn't one.",
        "The id is the page's address and the credential's reference, on every file system.",
        "Lower-case letters, digits, single hyphens; at most 64.",
    ),
    "MC212": Code(
        "A country or currency code isn't one.",
        "The country of the issuer is an element of Annex I, and prices need a currency.",
        "ISO 3166-1 alpha-2; ISO 4217.",
    ),
    "MC213": Code(
        "A web address isn't one.",
        "The link wouldn't work, or could do something else than open a page.",
        "Write it whole, beginning with https://.",
        example="https://university.example/courses",
    ),
    "MC214": Code(
        "An ESCO URI isn't one.",
        "Guidance, search and other systems join on these addresses.",
        "Copy it from the ESCO portal.",
        example="http://data.europa.eu/esco/skill/… with a UUID",
    ),
    "MC215": Code(
        "A path leaves catalogue/assets/.",
        "Only files of that folder are published.",
        "Name a file below that folder.",
    ),
    "MC216": Code(
        "A number is out of range.",
        "It is a slip, or misleads readers and exports.",
        "See the reference of fields.",
    ),
    "MC217": Code(
        "The site's address isn't usable.",
        "Every credential carries this address for ever, and the issuer's DID is made of it.",
        "https://, a host, perhaps a path; ASCII alone: `xn--…` for a host with other letters, "
        "`%XX` in the path.",
    ),
    "MC218": Code(
        "A colour isn't one.",
        "Browsers would ignore it, and the style sheet could be altered by it.",
        "Six hexadecimal digits after #.",
    ),
    "MC219": Code(
        "A DID isn't one.", "Nobody could find the issuer's keys.", "did:web:… or did:key:…"
    ),
    "MC220": Code(
        "A workload has neither ects nor hours.",
        "Annex I asks for the notional workload; without it no credits can be recognised.",
        "Give one; ECTS where you can.",
        example="workload: {ects: 3, hours: 75}",
    ),
    "MC221": Code(
        "A level has neither eqf nor qf_ehea.",
        "Annex I asks for the level; a reader abroad knows no national name.",
        "Give one, or write level: none.",
        example="level: {eqf: 6}",
    ),
    "MC222": Code(
        "Something ends before it begins.",
        "Readers would be told of something that can't be.",
        "Correct the dates.",
    ),
    "MC223": Code(
        "There is no level, and no reason why.",
        "Annex I allows no level only where it isn't applicable, and readers want to know why.",
        "Add level_reason.",
        example="level_reason: Continuing training outside the framework",
    ),
    "MC224": Code(
        "An e-mail address isn't one.",
        "Letters would come back.",
        "Write it whole, without a name.",
    ),
    "MC225": Code(
        "An identifier of a register isn't one.",
        "Registers and other systems would find nobody under it, or somebody else.",
        "Copy it as the register shows it.",
    ),
    "MC226": Code(
        "A path leaves the project.",
        "The project has to build anywhere, and publishes nothing from outside.",
        "Copy the file into the project; name that.",
    ),
    "MC227": Code(
        "A public key isn't one.",
        "No credential could be verified with it.",
        "Take the line that mcsite keygen wrote.",
    ),
    "MC228": Code(
        "An entry stands twice in a list.",
        "One of the two is a slip, or contradicts the other.",
        "Delete one of the two.",
    ),
    "MC229": Code(
        "A licence isn't an identifier of SPDX.",
        "Harvesters reuse data only under a licence that they recognise.",
        "Look it up in SPDX's list: CC-BY-4.0 …",
        example="CC-BY-4.0",
    ),
    "MC301": Code(
        "An id that another file should define isn't there.",
        "A link on the site would lead nowhere.",
        "Correct the id.",
    ),
    "MC302": Code(
        "Two files have the same id.",
        "Some file systems and hosts keep one of two names that differ in case alone.",
        "Rename one; case doesn't distinguish them.",
    ),
    "MC303": Code(
        "Courses or pathways count towards each other in a circle.",
        "No learner could ever finish.",
        "Break it.",
    ),
    "MC304": Code(
        "A skill or occupation has two labels.",
        "The same skill would have two names in filters and on its page.",
        "Agree on one label for its URI.",
    ),
    "MC305": Code(
        "A skill of an outcome has no label.",
        "Readers would see a bare address.",
        "Add it to skills, with its label.",
        example="skills: [{uri: …, label: data management}]",
    ),
    "MC306": Code(
        "A step asks for more courses than it has.", "Nobody could take the step.", "Lower any_of."
    ),
    "MC307": Code(
        "A list of trusted issuers can't be used.",
        "The ninth check of a credential asks these lists.",
        "See trust_registries.",
    ),
    "MC308": Code(
        "An alias is the id of a file that is there, so that its address is taken.",
        "An address leads to one page, and that of the file comes first.",
        "Remove the alias, or the file that it once named.",
    ),
    "MC309": Code(
        "An alias stands twice.",
        "One address leads to one page.",
        "Keep one of them.",
    ),
    "MC310": Code(
        "Credentials were issued for a course that is neither in the catalogue nor an alias. Only "
        "public credentials tell it.",
        "The address that they carry leads nowhere.",
        "Add the id to the aliases of the course that it became, or bring the file back with "
        "withdrawn.",
    ),
    "MC311": Code(
        "The program that keeps the repository can't be told from its host's name.",
        "Forges have different addresses for a file, and pages don't link to theirs.",
        "Name it: repository: {url: …, forge: gitlab}.",
    ),
    "MC312": Code(
        "The catalogue is closed, and its status lists run out soon.",
        "Once they have, pages of credentials can't say any more that nothing was withdrawn.",
        "Let the last ones count for long: status_list_days: 3660, then mcsite refresh.",
    ),
}

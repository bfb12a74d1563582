"""Codes of findings: what can't be imported as it is."""

from collections.abc import Mapping

from mcsite.codes.code import Code

IMPORTS: Mapping[str, Code] = {
    "MC530": Code(
        "A file to import can't be read as what it should be.",
        "Nothing is imported of it: a half that was understood would be worse than none.",
        "Save it anew as the hint says: CSV as UTF-8, workbooks as .xlsx.",
    ),
    "MC531": Code(
        "A column of a table to import isn't known, or stands twice.",
        "What it holds would be left out, or overwritten, without a word.",
        "Correct its name, name our field with --map, or leave it out with --ignore.",
    ),
    "MC532": Code(
        "A row of a table to import has more or fewer cells than the header.",
        "Every cell after the slip would stand in another column.",
        "Put texts that hold the separator in quotes.",
    ),
    "MC533": Code(
        "A cell can't be read: a formula, an error, a control character, a number that "
        "could be two.",
        "A guess would become a statement of the institution.",
        "Write what the cell should say.",
    ),
    "MC534": Code(
        "Cells of a row that go together line by line have different numbers of lines.",
        "Dates would meet other prices, and types other descriptions.",
        "Write a line in each for each thing, in the same order.",
    ),
    "MC535": Code(
        "A course to import is there already, and its file says otherwise or has faults.",
        "Somebody's work would be lost.",
        "Look at the difference; import with --update to change the file.",
    ),
    "MC536": Code(
        "A course to import has no id, or the id of another one.",
        "The id is the file's name and the page's address.",
        "Add a column id.",
    ),
    "MC537": Code(
        "The provider of a course to import isn't in the catalogue.",
        "Annex I asks for the awarding body, and its country.",
        "Add it with mcsite new provider, or correct its name.",
    ),
    "MC538": Code(
        "What a source says has no place or no code here, and is left out.",
        "Readers of the course wouldn't learn it.",
        "Write it into the course's file, in our words.",
    ),
}

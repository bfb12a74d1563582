"""Codes of findings: issued credentials, their keys and states."""

from collections.abc import Mapping

from mcsite.codes.code import Code

CREDENTIALS: Mapping[str, Code] = {
    "MC501": Code(
        "A line isn't JSON that mcsite reads.",
        "The credential can't be published or verified.",
        "Restore the line from Git.",
    ),
    "MC502": Code(
        "A line is neither a credential nor a sealed one.",
        "Nothing else may stand among the issued credentials.",
        "Restore it from Git.",
    ),
    "MC503": Code(
        "A proof doesn't match its document.",
        "Verification pages would call the credential altered.",
        "Somebody changed the line: restore it.",
    ),
    "MC504": Code(
        "The issuer or its key isn't in issuers.yaml, or not for that time.",
        "Nobody could tell who issued the credential.",
        "See it.",
    ),
    "MC505": Code(
        "An id stands twice.",
        "One address can't stand for two credentials.",
        "Delete the line that was added later.",
    ),
    "MC506": Code(
        "An id isn't an address of this site.",
        "The credential's page would be at an address that nobody is sent to.",
        "Check base_url in site.yaml.",
    ),
    "MC507": Code(
        "A status index was given twice.",
        "Revoking one credential would revoke the other.",
        "Issue one of the two again.",
    ),
    "MC510": Code(
        "status.yaml has an entry that can't be read.",
        "A withdrawn credential could pass as valid.",
        "Correct the entry.",
    ),
    "MC511": Code(
        "A status list doesn't match status.yaml.",
        "Readers would be told of a state that isn't the institution's.",
        "Run mcsite refresh; where the hint says so, restore lines of status.yaml first.",
    ),
    "MC512": Code(
        "A status list runs out soon, or has run out.",
        "With an old list a verifier can't tell whether a credential was revoked, and says so.",
        "Run mcsite refresh.",
    ),
    "MC513": Code(
        "status.yaml names a credential that isn't there.",
        "The entry withdraws nothing, which may not be what was meant.",
        "Check the id.",
    ),
    "MC514": Code(
        "A status list is signed with a key that doesn't count.",
        "Verifiers don't believe the list.",
        "Run mcsite refresh.",
    ),
    "MC515": Code(
        "The list of what a stolen key signed can't be used.",
        "Credentials that were signed with that key before the theft can't be told from "
        "forged ones.",
        "Restore it from Git, or run mcsite keys compromised again.",
    ),
    "MC516": Code(
        "An erased credential is still there.",
        "A person's data is still published after it was to be deleted.",
        "Run mcsite erase again.",
    ),
    "MC517": Code(
        "A command was interrupted while it changed credentials/.",
        "Batches, log and lists may not agree until it is finished.",
        "Run it again: what was decided is carried out first.",
    ),
    "MC518": Code(
        "An issuer's document isn't published by this site.",
        "A did:web has one address, which follows from its name. While the document isn't there, "
        "pages and other verifiers can't confirm who signed.",
        "Publish did.json at that address yourself; or put base_url back, where it was changed "
        "after mcsite keygen; or make a key for this site's address, before anything is issued.",
    ),
    "MC519": Code(
        "A status notice isn't signed with a key that counts.",
        "Readers learn that the credential was withdrawn, and not when, why, or what replaced it.",
        "Run mcsite refresh; restore a notice that was altered from Git.",
    ),
    "MC520": Code(
        "A row of a learners' file can't be issued from.",
        "A signed credential can't be corrected, so that nothing is issued from a row in doubt.",
        "Correct the cell.",
    ),
}

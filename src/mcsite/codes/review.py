"""Codes of findings: what a change may not do to what was issued."""

from collections.abc import Mapping

from mcsite.codes.code import Code

REVIEW: Mapping[str, Code] = {
    "MC701": Code(
        "A change alters the line of an issued credential.",
        "Its holder has another one, and one of the two is then taken for a forgery.",
        "Restore the line from Git: what was issued never changes.",
    ),
    "MC702": Code(
        "A change removes an issued credential, or moves it to another file.",
        "Its link leads nowhere, and nobody sees that it was issued.",
        "Restore the line from Git. What has to disappear is removed by mcsite erase.",
    ),
    "MC703": Code(
        "A change puts the lines of a batch in another order.",
        "Reviewers can't see any more what was added.",
        "Restore the file from Git.",
    ),
    "MC704": Code(
        "What is signed was signed with a key that wasn't listed, or didn't count, "
        "before the change.",
        "Whoever could add a key and sign with it in one change could issue alone.",
        "Merge the key first, with the review of a second person; then what it signs.",
    ),
    "MC705": Code(
        "A change removes or changes an entry of status.yaml.",
        "A withdrawal would be taken back without a trace.",
        "Restore it; what happened since is an entry more.",
    ),
    "MC706": Code(
        "A new entry of status.yaml gives no reason.",
        "Nobody could judge later whether it was right.",
        "Say why.",
    ),
    "MC707": Code(
        "A status list forgets that credentials were withdrawn or suspended.",
        "Pages would call them valid.",
        "Restore status.yaml from Git, then run mcsite refresh.",
    ),
    "MC708": Code(
        "Outcomes, workload, level or assessment change, and credentials were issued "
        "under the same version.",
        "Two credentials of one version would attest different things.",
        "Give the description a version of its own, e.g. the next number.",
    ),
    "MC709": Code(
        "A new file has the id of something else that was removed.",
        "Credentials that were issued for the other one would seem to be of this one.",
        "Call it otherwise.",
    ),
    "MC710": Code(
        "A key that was listed is removed, replaced, or may sign more than it did.",
        "What it signed couldn't be verified, or what it mustn't sign could.",
        "Restore its entry. Another key is another entry.",
    ),
    "MC711": Code(
        "Something in credentials/ is a link.",
        "What stands behind a link can change without a change in Git.",
        "Put the file itself there.",
    ),
}

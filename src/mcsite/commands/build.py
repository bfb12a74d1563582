"""mcsite build: load, check, plan, render, write; of an earlier site, what isn't as it was.

This module tells whether anything is to do, and imports what does it only then.
"""

from mcsite.commands.building import (
    BuildReport,
    BuildRequest,
    digests_of,
    report_of,
    stop_at_errors,
)
from mcsite.content.known import Known
from mcsite.errors import MachineError, UsageError
from mcsite.site import urls
from mcsite.site.inputs import digest_of_file
from mcsite.site.output import Output, held
from mcsite.site.state import Head, State

__all__ = ["BuildReport", "BuildRequest", "build_site"]


def build_site(request: BuildRequest, known: Known | None = None) -> BuildReport:
    """Build the site of a project, whole, or raise McsiteError and leave the old one. Of files that
    are `known` from earlier builds of this process nothing is read again.
    """
    check_request(request)
    try:
        with held(request.output, request.project) as output:
            return _build(request, output, known)
    except OSError as error:
        raise MachineError(f"the build stopped, and the site is as before: {error}") from error


def _build(request: BuildRequest, output: Output, known: Known | None) -> BuildReport:
    state = State(output.cache)
    head = None if request.clean else state.head()
    inputs = digests_of(request, head.extra if head else ())
    if head is not None and not _is_whole(output, head):
        head = None
    if head is not None and head.whole == inputs.whole:
        stop_at_errors(head.findings, strict=request.strict)
        return report_of(head, written=0)
    from mcsite.commands.making import make_site  # noqa: PLC0415 -- takes longer than telling

    return make_site(request, output, state, head, inputs, known)


def _is_whole(output: Output, head: Head) -> bool:
    """Tell whether the site is the one that the last build left."""
    try:
        return digest_of_file(output.folder / urls.MANIFEST) == head.manifest
    except OSError:
        return False


def check_request(request: BuildRequest) -> None:
    """Refuse what can't be built, before anything is read."""
    if not (request.project / "catalogue").is_dir():
        raise UsageError(
            f"{request.project} has no folder catalogue/",
            hint="run mcsite in an institution's repository, or name it with --project",
        )
    if request.base_url and not _can_stand_at(request.base_url):
        raise UsageError(
            f"{request.base_url!r} can't be the address of a site",
            hint="https://, a host, and where needed a path",
        )


def _can_stand_at(url: str) -> bool:
    """Tell whether a site can stand at `url`."""
    from mcsite.content.addresses import split_url  # noqa: PLC0415 -- as above

    address = split_url(url)
    return (
        address is not None
        and address.scheme in ("http", "https")
        and not address.query
        and not address.fragment
        and {".", ".."}.isdisjoint(address.path.split("/"))
    )

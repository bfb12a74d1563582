"""What stops the program, as against what is reported: one family, three exit codes.

The command line alone turns these into an exit code; nothing else catches them.
"""

from collections.abc import Sequence

from mcsite.findings import Finding


class McsiteError(Exception):
    """The program can't go on. The message is for the person at the terminal; `hint` says what to
    do.
    """

    exit_code = 3

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class ContentError(McsiteError):
    """The content or a credential is at fault (exit 1); `findings` say where."""

    exit_code = 1

    def __init__(self, message: str, *, findings: Sequence[Finding] = (), hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.findings = tuple(findings)


class UsageError(McsiteError):
    """The command was used wrongly (exit 2)."""

    exit_code = 2


class MachineError(McsiteError):
    """mcsite, the disk, the network or another process is at fault (exit 3)."""

"""How a command ends (design: exit codes)."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes that scripts rely on."""

    FINE = 0
    AT_FAULT = 1  # the content or a credential; findings were printed
    MISUSED = 2  # the command line
    FAILED = 3  # mcsite or the machine

"""`python -m mcsite`, and the `mcsite` command."""

import importlib
import sys


def run() -> int:
    """Run the command; an interruption while its modules are loaded stops it too."""
    try:
        return int(importlib.import_module("mcsite.cli").main())
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        return 3


if __name__ == "__main__":
    sys.exit(run())

"""`python build.py` builds the site of this folder: the same as `mcsite build`."""

import sys
from pathlib import Path

from mcsite.cli import main

if __name__ == "__main__":
    sys.exit(main(["build", "--project", str(Path(__file__).parent), *sys.argv[1:]]))

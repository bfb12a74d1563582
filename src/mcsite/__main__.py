"""`python -m mcsite`: the same as the `mcsite` command."""

import sys

from mcsite.cli import main

sys.exit(main())

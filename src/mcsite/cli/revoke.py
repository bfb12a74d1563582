"""`mcsite revoke`: withdraw a credential for good."""

import argparse

from mcsite.cli.exits import Exit
from mcsite.cli.status_change import add_status_arguments, run_status_change


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    add_status_arguments(parser)


def run(args: argparse.Namespace) -> Exit:
    """Withdraw a credential for good."""
    return run_status_change(args, "revoke")

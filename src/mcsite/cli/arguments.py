"""Arguments that several commands share."""

import argparse
from pathlib import Path


def add_project(parser: argparse.ArgumentParser, *, default: Path | str = Path()) -> None:
    """Add --project: the institution's folder."""
    parser.add_argument(
        "--project",
        type=Path,
        default=default,
        metavar="DIR",
        help="the institution's folder (default: this one)",
    )


def add_key(parser: argparse.ArgumentParser) -> None:
    """Add --key: the private key that signs."""
    parser.add_argument(
        "--key", type=Path, required=True, metavar="KEYFILE", help="the private key that signs"
    )


def add_learners(parser: argparse.ArgumentParser) -> None:
    """Add --learners and --links."""
    parser.add_argument(
        "--learners", type=Path, required=True, metavar="FILE", help="CSV or YAML list of learners"
    )
    parser.add_argument(
        "--links", type=Path, metavar="FILE", help="where to write name, e-mail and link as CSV"
    )

"""Rows of the tables that benchmarks print, as soon as each is measured."""

from bench.measured import Cost


def head() -> None:
    """Print what the columns are."""
    print(f"{'':<44}{'wall s':>9}{'CPU s':>9}{'MB':>7}   goal", flush=True)


def row(name: str, cost: Cost, goal: str = "") -> None:
    """Print what something cost."""
    print(f"{name:<44}{cost.wall:>9.2f}{cost.cpu:>9.2f}{cost.memory:>7.0f}   {goal}", flush=True)


def verdict(name: str, found: float, most: float) -> None:
    """Print a ratio, and whether it is what it should be."""
    reached = "reached" if found <= most else "MISSED"
    print(f"{name:<44}{found:>9.2f}{'':>16}   ≤ {most} {reached}", flush=True)

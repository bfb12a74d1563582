"""What benchmarks measure with, at a size that takes no time."""

import sys
from pathlib import Path

from bench.make_catalogue import make
from bench.measured import cost_of, typical
from bench.peer import make_peer

from mcsite.commands.build import BuildRequest, build_site
from tests.project import NOW


def test_the_peer_has_a_page_for_each_of_ours(tmp_path: Path) -> None:
    project, site = tmp_path / "project", tmp_path / "site"
    make(project, courses=3, credentials=5)
    report = build_site(
        BuildRequest(
            project=project, output=site, search=False, images=False, built_at=NOW, now=NOW
        )
    )

    assert report.credentials == 5
    assert make_peer(tmp_path / "peer", project, site) == 3 * 2 + 5
    pages = sorted((tmp_path / "peer/content").rglob("*.md"))
    assert len(pages) == 11
    assert "Paraugs 0" in pages[0].read_text("utf-8")


def test_a_command_is_measured_with_what_it_starts() -> None:
    work = "sum(range(6_000_000)); x = bytearray(40_000_000)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])"
    alone, both = (cost_of([sys.executable, "-c", text]) for text in ("pass", parent))

    assert both.cpu > alone.cpu
    assert both.wall > alone.wall
    assert typical(lambda number: both if number else alone, 2).memory >= alone.memory

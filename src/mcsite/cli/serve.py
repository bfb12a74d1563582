"""`mcsite serve`."""

import argparse
import tempfile
import threading
import webbrowser
from datetime import UTC, datetime
from pathlib import Path

from mcsite.cli.arguments import add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import say, show_findings
from mcsite.commands.build import BuildReport, BuildRequest
from mcsite.commands.serve import Preview, server_for, watch


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--open", action="store_true", help="open the site in a browser")
    parser.add_argument("--search", action="store_true", help="index words too, at each build")
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Serve until interrupted."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory(prefix="mcsite-") as folder:
        request = BuildRequest(
            project=args.project,
            output=Path(folder) / "site",
            base_url=f"http://localhost:{args.port}",
            search=args.search,
            built_at=now,
            now=now,
        )
        preview = Preview(request, lambda: datetime.now(UTC))

        def told(report: BuildReport | None) -> None:
            show_findings(preview.findings, args.project)
            say(f"built: {report.pages} pages" if report else "not built: mend these first")

        report = preview.build()
        told(report)
        if report is None and preview.builds == 0:
            return Exit.AT_FAULT
        server = server_for(preview, args.port, "/")
        stop = threading.Event()
        threading.Thread(target=watch, args=(preview, told, stop), daemon=True).start()
        say(f"http://localhost:{args.port}/ — stop with Ctrl+C")
        if args.open:
            webbrowser.open(f"http://localhost:{args.port}/")
        try:
            server.serve_forever()
        finally:
            stop.set()
            server.server_close()
    return Exit.FINE

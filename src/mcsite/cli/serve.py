"""`mcsite serve`."""

import argparse
import contextlib
import signal
import tempfile
import threading
import webbrowser
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from mcsite.cli.arguments import add_project
from mcsite.cli.exits import Exit
from mcsite.cli.output import counted, say, show_findings, tell
from mcsite.commands.build import BuildReport, BuildRequest
from mcsite.commands.preview_server import server_for
from mcsite.commands.serve import Preview, watch
from mcsite.errors import ContentError, McsiteError, UsageError
from mcsite.findings import Severity


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("--port", type=int, default=8000, help="default: 8000; 0: any")
    parser.add_argument("--open", action="store_true", help="open the site in a browser")
    parser.add_argument(
        "--stay", action="store_true", help="stay on a page when the file of another is saved"
    )
    parser.add_argument("--search", action="store_true", help="index words too, at each build")
    add_project(parser)


def run(args: argparse.Namespace) -> Exit:
    """Serve until interrupted, by a terminal or by whatever started it."""
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell's background jobs ignore the first
        signal.signal(number, signal.default_int_handler)
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory(prefix="mcsite-") as folder:
        request = BuildRequest(
            project=args.project,
            output=Path(folder) / "site",
            search=args.search,
            built_at=now,
            now=now,
        )
        preview = Preview(request, lambda: datetime.now(UTC), follows=not args.stay)
        with server_for(preview, args.port) as server:
            origin = f"http://localhost:{server.server_address[1]}"
            preview.request = replace(request, origin=origin)
            first = preview.build()
            if isinstance(first, UsageError):
                raise first
            _show(preview, first)
            stop = threading.Event()
            told = partial(_show, preview)
            watcher = threading.Thread(target=watch, args=(preview, told, stop), daemon=True)
            watcher.start()
            tell(f"{origin}{preview.base_path} — stop with Ctrl+C")
            if args.open:
                webbrowser.open(origin + preview.base_path)
            with contextlib.suppress(KeyboardInterrupt):
                server.serve_forever()
            stop.set()
            watcher.join()
    return Exit.FINE


def _show(preview: Preview, outcome: BuildReport | McsiteError) -> None:
    match outcome:
        case BuildReport():
            pages, changed = counted(outcome.pages, "page"), counted(outcome.written, "file")
            warned = [one for one in outcome.findings if one.severity is Severity.WARNING]
            show_findings(warned, preview.request.project)
            say(f"built in {preview.took:.2f} s: {pages}; {changed} changed")
        case ContentError():
            show_findings(outcome.findings, preview.request.project)
            say(f"not built: {outcome}")
        case _:
            say(f"not built: {outcome}")

"""mcsite serve: builds, shows the site on this machine, and builds again when a file changes."""

import datetime as dt
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from mcsite.commands.build import BuildReport, BuildRequest, build_site
from mcsite.errors import ContentError
from mcsite.findings import Finding

WATCHED = ("catalogue", "credentials", "theme")
PAUSE = 0.15  # seconds between looks at the files
_RELOAD = "/mcsite-reload.js"
_STATE = "/mcsite-state.json"
_SCRIPT = """\
const ask = async () => (await fetch("/mcsite-state.json", { cache: "no-store" })).json();
let known = (await ask()).build;
for (;;) {
  await new Promise((wake) => setTimeout(wake, 300));
  const state = await ask().catch(() => null);
  if (!state) continue;
  const shown = document.getElementById("mcsite-findings");
  if (state.findings.length > 0) {
    const box = shown ?? document.createElement("pre");
    box.id = "mcsite-findings";
    box.textContent = state.findings.join("\\n");
    if (!shown) document.body.prepend(box);
  } else if (shown) shown.remove();
  if (state.build !== known) location.reload();
}
"""


@dataclass(slots=True)
class Preview:
    """A site that is built again when its files change."""

    request: BuildRequest
    clock: Callable[[], dt.datetime]
    builds: int = 0
    findings: tuple[Finding, ...] = ()
    seen: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def build(self) -> BuildReport | None:
        """Build; None where errors left the old site, and `findings` say which."""
        self.seen = self.files()
        now = self.clock()
        try:
            report = build_site(replace(self.request, now=now, built_at=now))
        except ContentError as error:
            self.findings = error.findings
            return None
        self.findings = ()
        self.builds += 1
        return report

    def changed(self) -> bool:
        """Tell whether a file was added, changed or removed since the last build."""
        return self.files() != self.seen

    def files(self) -> dict[Path, tuple[int, int]]:
        """Return size and time of every file that the site is made from."""
        found = {}
        for name in WATCHED:
            for path in (self.request.project / name).rglob("*"):
                if path.is_file():
                    status = path.stat()
                    found[path] = (status.st_size, status.st_mtime_ns)
        return found


class _Handler(SimpleHTTPRequestHandler):
    """Serves the site below its base path; pages get the script that reloads them."""

    extensions_map = {  # noqa: RUF012 -- the library's own form
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".wasm": "application/wasm",
    }

    def __init__(self, preview: Preview, base_path: str, *args: object, **kwargs: object) -> None:
        self.preview, self.base_path = preview, base_path
        super().__init__(*args, directory=str(preview.request.output), **kwargs)  # type: ignore[arg-type] # the library's

    def do_GET(self) -> None:
        """Answer a request for a file, a page, or the state of the build."""
        path = urlsplit(self.path).path
        if path == _STATE:
            state = {
                "build": self.preview.builds,
                "findings": [str(finding) for finding in self.preview.findings],
            }
            self._send(json.dumps(state).encode(), "application/json")
        elif path == _RELOAD:
            self._send(_SCRIPT.encode(), "text/javascript")
        elif not path.startswith(self.base_path):
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", self.base_path)
            self.end_headers()
        else:
            self._file(path.removeprefix(self.base_path))

    def _file(self, path: str) -> None:
        root = self.preview.request.output.resolve()
        found = (root / path).resolve()
        if found.is_dir():
            found = found / "index.html"
        if not found.is_relative_to(root) or not found.is_file():
            self._send((root / "404.html").read_bytes(), "text/html; charset=utf-8", status=404)
            return
        data = found.read_bytes()
        if found.suffix == ".html":
            script = f'<script type="module" src="{_RELOAD}"></script></body>'.encode()
            data = data.replace(b"</body>", script)
        self._send(data, self.guess_type(str(found)))

    def _send(self, data: bytes, kind: str, *, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for findings."""


def server_for(preview: Preview, port: int, base_path: str) -> ThreadingHTTPServer:
    """Return a server on this machine alone."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, preview, base_path))


def watch(
    preview: Preview, told: Callable[[BuildReport | None], None], stop: threading.Event
) -> None:
    """Build again whenever a file changes, until `stop` is set."""
    while not stop.wait(PAUSE):
        if preview.changed():
            told(preview.build())

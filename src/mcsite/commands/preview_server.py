"""The server of `mcsite serve`: this machine's browsers alone, one folder, and news of builds."""

import html
import json
import mimetypes
from dataclasses import asdict
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from mcsite.commands.serve import Fault, Preview
from mcsite.errors import MachineError, UsageError
from mcsite.site import urls
from mcsite.site.headers import header_rules, headers_of
from mcsite.site.media_types import UNKNOWN, content_type

SCRIPT = "/mcsite-preview.js"
EVENTS = "/mcsite-events"
_SOURCE = Path(__file__).with_name("preview_page.js")
HEARTBEAT = 10.0  # seconds after which a browser that has gone is noticed
_LAST_PORT = 65535
_HOSTS = ("localhost", "127.0.0.1", "::1")  # no name that a stranger's page could point here
_HTML, _SCRIPTS = content_type("index.html"), content_type("preview.js")
_NOT_BUILT = """\
<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Not built yet</title></head>
<body><h1>Not built yet</h1><pre>{}</pre></body>
</html>
"""


class Handler(BaseHTTPRequestHandler):
    """Serves the site below its base path; pages get the script that reloads them."""

    def __init__(self, preview: Preview, *args: object) -> None:
        self.preview = preview
        super().__init__(*args)  # type: ignore[arg-type] # the library's own three

    def do_GET(self) -> None:
        """Answer a request for a file, a page, the script, or the news of builds."""
        if urlsplit(f"//{self.headers.get('Host', '')}").hostname not in _HOSTS:
            self._send(b"not this host\n", "text/plain", HTTPStatus.MISDIRECTED_REQUEST)
            return
        path = urlsplit(self.path).path
        base = self.preview.base_path
        if path == EVENTS:
            self._tell_news()
        elif path == SCRIPT:
            self._send(_SOURCE.read_bytes(), _SCRIPTS)
        elif path.startswith(base):
            self._send_file(unquote(path.removeprefix(base)))
        elif base.startswith(path):
            self._redirect(base)
        else:
            self._send_missing()

    def do_HEAD(self) -> None:
        """Answer as for GET, without a body."""
        self.do_GET()

    def _send_file(self, name: str) -> None:
        root = self.preview.request.output.resolve()
        found = root / name
        try:
            found = found.resolve()
            inside = found.is_relative_to(root)
            if inside and found.is_dir():
                if name and not name.endswith("/"):
                    self._redirect(f"{self.preview.base_path}{quote(name)}/")
                    return
                found /= "index.html"
            data = found.read_bytes() if inside else None
        except (OSError, ValueError):  # not there, replaced at this moment, or no file name
            data = None
        if data is None:
            self._send_missing()
        else:
            self._send(data, _type_of(found))

    def _send_missing(self) -> None:
        """Send the site's own page for what isn't there, or why there is no site yet."""
        faults = "\n\n".join(map(_told, self.preview.shown.faults))
        if self.preview.shown.builds == 0:
            page = _NOT_BUILT.format(html.escape(faults)).encode()
            self._send(page, _HTML, HTTPStatus.SERVICE_UNAVAILABLE)
            return
        try:
            page = (self.preview.request.output / urls.NOT_FOUND).read_bytes()
        except OSError:
            page = b""
        self._send(page, _HTML, HTTPStatus.NOT_FOUND)

    def _redirect(self, target: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        if kind == _HTML:
            data = _with_script(data, self.preview)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        rules = header_rules(self.preview.base_path, self.preview.languages)
        for name, value in headers_of(unquote(urlsplit(self.path).path), rules):
            if name != "Strict-Transport-Security":  # http, on this machine
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _tell_news(self) -> None:
        """Send what is shown, and again whenever it changes, until the browser goes."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        shown = self.preview.shown
        try:
            while self.command != "HEAD":
                news = {
                    "build": shown.builds,
                    "page": shown.page,
                    "broken": shown.broken,
                    "faults": [asdict(fault) for fault in shown.faults],
                }
                self.wfile.write(f"data: {json.dumps(news)}\n\n".encode())
                shown = self.preview.wait(shown, HEARTBEAT)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for findings."""


def _type_of(path: Path) -> str:
    known = content_type(path.name)
    return known if known != UNKNOWN else mimetypes.guess_type(path.name)[0] or UNKNOWN


def _told(fault: Fault) -> str:
    """Return a fault as text, for a page that nothing else stands on."""
    said = (f"{fault.place} {fault.message}".strip(), fault.source, fault.hint)
    return "\n".join(one for one in said if one)


def _with_script(page: bytes, preview: Preview) -> bytes:
    """Return a page with the script that loads it anew after the next build."""
    before, end, after = page.rpartition(b"</body>")
    about = {
        "data-build": str(preview.shown.builds),
        "data-base": preview.base_path,
        "data-languages": " ".join(preview.languages),
        "data-follow": str(preview.follows).lower(),
    }
    said = "".join(f' {name}="{html.escape(value)}"' for name, value in about.items())
    script = f'<script type="module" src="{SCRIPT}"{said}></script>'
    return before + script.encode() + end + after if end else page


def server_for(preview: Preview, port: int) -> ThreadingHTTPServer:
    """Return a server on this machine alone; `port` 0 takes any that is free."""
    if not 0 <= port <= _LAST_PORT:
        raise UsageError(f"there is no port {port}", hint=f"1 to {_LAST_PORT}; 0: any that is free")
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, preview))
    except OSError as error:
        raise MachineError(
            f"port {port} can't be used: {error.strerror}", hint="name another with --port"
        ) from error

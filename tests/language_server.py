"""The language server that editors run for YAML, spoken to as an editor does (LSP 3.17)."""

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parent.parent
PROGRAM = ROOT / "node_modules/yaml-language-server/bin/yaml-language-server"
SETTINGS = {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}


class LanguageServer:
    """yaml-language-server in a project's folder."""

    def __init__(self, project: Path) -> None:
        self.process = subprocess.Popen(
            ["node", str(PROGRAM), "--stdio"],
            cwd=project,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.last_id = 0
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}
        uri = project.as_uri()
        capabilities = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {
                "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
                "hover": {"contentFormat": ["markdown"]},
            },
        }
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": uri,
                "capabilities": capabilities,
                "workspaceFolders": [{"uri": uri, "name": "project"}],
            },
        )
        self._send({"method": "initialized", "params": {}})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.communicate()

    def problems(self, file: Path, text: str) -> list[str]:
        """Open a file with a text, and return what is underlined in it, with the line."""
        uri = file.as_uri()
        self.diagnostics.pop(uri, None)
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while uri not in self.diagnostics:
            self._take(self._receive())
        return [
            f"{one['range']['start']['line'] + 1}: {one['message'].splitlines()[0]}"
            for one in self.diagnostics[uri]
        ]

    def completions(self, file: Path, line: int, column: int) -> dict[str, str]:
        """Return what is offered at a place, each with what is told of it. Both count from 1."""
        found = self.ask("textDocument/completion", _at(file, line, column))
        return {item["label"]: _text(item.get("documentation", "")) for item in found["items"]}

    def hover(self, file: Path, line: int, column: int) -> str:
        """Return what is told of what stands at a place."""
        found = self.ask("textDocument/hover", _at(file, line, column))
        return _text(found["contents"]) if found else ""

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """Send a request and return its result."""
        self.last_id += 1
        wanted = self.last_id
        self._send({"id": wanted, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == wanted and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]
            self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        """Answer what the server asks, and keep what it tells."""
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            result = [
                SETTINGS if item.get("section") == "yaml" else {}
                for item in message["params"]["items"]
            ]
            self._send({"id": message["id"], "result": result})
        elif "id" in message and "method" in message:
            self._send({"id": message["id"], "result": None})

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        length = 0
        while (line := self.process.stdout.readline()).strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        assert length, "the server has ended"
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return message


def _at(file: Path, line: int, column: int) -> dict[str, Any]:
    position = {"line": line - 1, "character": column - 1}
    return {"textDocument": {"uri": file.as_uri()}, "position": position}


def _text(content: Any) -> str:
    return str(content["value"]) if isinstance(content, dict) else str(content)

"""A real HTTPS server on this machine, with an authority of its own, for tests of fetching."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import trustme

from mcsite.store.https import HttpsClient

Answer = Callable[[socket.socket], None]  # writes what it likes to a connection


def answering(body: bytes, *, status: str = "200 OK", headers: tuple[str, ...] = ()) -> Answer:
    """Return an answer of that body."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]

    def answer(connection: socket.socket) -> None:
        connection.sendall("\r\n".join([*head, "", ""]).encode() + body)

    return answer


def moved(location: str) -> Answer:
    """Return an answer that sends the client elsewhere."""
    return answering(b"", status="302 Found", headers=(f"Location: {location}",))


@dataclass
class HttpsServer:
    """Answers at `base`. `heard` are the requests, as far as their empty line."""

    port: int
    authority: trustme.CA
    routes: dict[str, Answer] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def base(self) -> str:
        """The server's address."""
        return f"https://localhost:{self.port}"

    def client(self, *, timeout: float = 5.0) -> HttpsClient:
        """Return a client that trusts the server's authority and may ask this machine."""
        context = ssl.create_default_context()
        self.authority.configure_trust(context)
        return HttpsClient(context, may_connect=lambda _: True, timeout=timeout)

    def drip(self, connection: socket.socket) -> None:
        """Send a byte now and then, for ever: no single wait is long."""
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while not self.stopped.wait(0.05):
            connection.sendall(b"X-More: 1\r\n")

    def endless(self, connection: socket.socket) -> None:
        """Send a body without an end."""
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while not self.stopped.is_set():
            connection.sendall(b" " * 65536)

    def serve(self, listening: socket.socket, context: ssl.SSLContext) -> None:
        """Answer until the socket is closed."""
        while True:
            try:
                plain, _ = listening.accept()
            except OSError:
                return
            worker = threading.Thread(target=self._answer, args=(plain, context), daemon=True)
            worker.start()

    def _answer(self, plain: socket.socket, context: ssl.SSLContext) -> None:
        with (
            contextlib.suppress(OSError),
            context.wrap_socket(plain, server_side=True) as connection,
        ):
            connection.settimeout(5)
            heard = b""
            while b"\r\n\r\n" not in heard:
                heard += connection.recv(65536)
            self.heard.append(heard.decode("latin-1"))
            path = heard.split(b" ", 2)[1].decode("latin-1")
            self.routes.get(path, answering(b"", status="404 Not Found"))(connection)


@contextlib.contextmanager
def https_server(name: str = "localhost") -> Iterator[HttpsServer]:
    """Run a server whose certificate is for `name`."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = HttpsServer(listening.getsockname()[1], authority)
        thread = threading.Thread(target=server.serve, args=(listening, context))
        thread.start()
        try:
            yield server
        finally:
            server.stopped.set()
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()

"""Profiles elsewhere for tests: a real HTTP server on loopback that answers each path in its own way, also in wrong ones."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path

Way = Callable[[socket.socket], None]
"""What is done with a connection after its request has been read."""


def plain(body: str | bytes, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> Way:
    """An ordinary answer."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(data)}", *headers]
    if kind:
        lines.append(f"Content-Type: {kind}")
    return raw("\r\n".join([*lines, "", ""]).encode("latin-1") + data)


def raw(data: bytes) -> Way:
    """Bytes as they are, and the end."""
    return lambda connection: connection.sendall(data)


def onward(target: str, status: str = "302 Found") -> Way:
    """A redirect."""
    return plain("", f"Location: {target}", status=status)


def dripping(start: bytes, drop: bytes, pause: float = 0.05, times: int = 400) -> Way:
    """A beginning, then a drop after each pause."""

    def way(connection: socket.socket) -> None:
        connection.sendall(start)
        for _ in range(times):
            connection.sendall(drop)
            time.sleep(pause)

    return way


class Elsewhere:
    """A server; `asked` are the requests that came, whole."""

    def __init__(self, host: str = "127.0.0.1", tls: Path | None = None) -> None:
        """Listen on a free port, with the certificate and key in a file for https."""
        self.ways: dict[str, Way] = {}
        self.asked: list[str] = []
        self.listener = socket.create_server((host, 0))
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if tls else None
        if self.context and tls:
            self.context.load_cert_chain(tls)
        self.address = f"{'https' if tls else 'http'}://{host}:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def __setitem__(self, path: str, way: Way) -> None:
        """Answer a path in a way."""
        self.ways[path] = way

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [request.split(" ")[1] for request in self.asked]

    def close(self) -> None:
        """Listen no more."""
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        try:
            with connection:
                if self.context:
                    connection = self.context.wrap_socket(connection, server_side=True)
                request = b""
                while b"\r\n\r\n" not in request and (piece := connection.recv(65536)):
                    request += piece
                text = request.decode("latin-1")
                self.asked.append(text)
                path = text.split(" ")[1].partition("?")[0]
                self.ways.get(path, plain("nothing here", status="404 Not Found"))(connection)
        except OSError:  # the client has gone
            pass

"""A web server for built sites, as plain as the files are or as careful as a real host."""

from __future__ import annotations

import gzip
import http.server
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import ClassVar

_TEXTS = ("text/", "application/json", "application/xml", "application/atom", "image/svg", "application/manifest")


class Plain(http.server.SimpleHTTPRequestHandler):
    """Serves a folder without a word, and the site's own page where there is nothing."""

    extensions_map: ClassVar[dict[str, str]] = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".woff2": "font/woff2",
        ".js": "text/javascript; charset=utf-8",
        ".html": "text/html; charset=utf-8",
    }

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, *rest: str | None) -> None:
        """Answer with the site's own page where there is nothing."""
        path = Path(self.directory) / "404.html"
        if code != 404 or not path.exists():
            return super().send_error(code, *rest)
        self.answer(404, "text/html; charset=utf-8", path.read_bytes())
        return None

    def answer(self, code: int, kind: str, body: bytes, **headers: str) -> None:
        """Send a whole answer."""
        self.send_response(code)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class Careful(Plain):
    """Compresses texts, keeps connections open and lets browsers keep what has a digest in its name."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        kind, body = self.guess_type(str(path)), path.read_bytes()
        lasting = "/theme/" in self.path or "/portrait-" in self.path or "/picture-" in self.path
        headers = {"Cache_Control": "public, max-age=31536000, immutable" if lasting else "no-cache"}
        if kind.startswith(_TEXTS) and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 9, mtime=0)
            headers |= {"Content_Encoding": "gzip", "Vary": "Accept-Encoding"}
        return self.answer(200, kind, body, **headers)


class Server(http.server.ThreadingHTTPServer):
    """A server whose visitors may leave before they have everything, as browsers do that go on to another page."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Tell what went wrong, but for an answer that nobody waits for any more."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def served(folder: Path, handler: type[Plain] = Plain) -> Iterator[str]:
    """Serve a folder on the loopback; the address, with a slash at its end."""
    server = Server(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()

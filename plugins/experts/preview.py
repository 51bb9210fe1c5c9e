"""The local preview: serves a folder as the later host would, and tells open pages when it changed.

What the preview adds to a page (see `live`) is put in as the page is sent, never into files.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from .live import SCRIPT, STYLE, Live, inject

# Not the mimetypes module: its answers depend on the machine.
TEXT_TYPES = {
    "text/html": "html htm",
    "text/css": "css",
    "text/javascript": "js mjs",
    "text/plain": "txt",
    "text/markdown": "md",
    "text/csv": "csv",
    "text/calendar": "ics",
    "text/vcard": "vcf",
    "text/x-opml": "opml",
    "text/xsl": "xsl",
    "image/svg+xml": "svg",
    "application/atom+xml": "atom",
    "application/rss+xml": "rss",
    "application/xml": "xml",
    "application/json": "json map",
    "application/ld+json": "jsonld",
    "application/manifest+json": "webmanifest",
    "application/yaml": "yml yaml",
}
BINARY_TYPES = {
    "image/avif": "avif",
    "image/gif": "gif",
    "image/jpeg": "jpg jpeg",
    "image/png": "png",
    "image/webp": "webp",
    "image/x-icon": "ico",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "font/ttf": "ttf",
    "font/woff": "woff",
    "font/woff2": "woff2",
    "application/gzip": "gz",
    "application/pdf": "pdf",
    "application/wasm": "wasm",
    "application/zip": "zip",
}
TYPES = {suffix: f"{kind}; charset=utf-8" for kind, suffixes in TEXT_TYPES.items() for suffix in suffixes.split()} | {
    suffix: kind for kind, suffixes in BINARY_TYPES.items() for suffix in suffixes.split()
}
HTML = "text/html; charset=utf-8"
EDITOR = "/admin/"  # a page that is reloaded would lose what is being written in it
HOSTS = ("localhost", "127.0.0.1")
LARGEST = 50_000_000  # bytes that are taken: pictures among them


def content_type(name: str) -> str:
    """Return the Content-Type for a file name, with charset where it is text."""
    return TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from the server's folder."""

    server: PreviewServer
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Answer a request; a wrong Host is refused, since a web page could reach this server by DNS rebinding."""
        host = self.headers.get("Host", "").rsplit(":", 1)[0].lower()
        if host not in HOSTS:
            self.plain(HTTPStatus.FORBIDDEN, "This preview answers to localhost and 127.0.0.1 only.")
            return
        target = urlsplit("/" + self.path.lstrip("/"))  # never //host/path
        if target.path == "/.live":
            self.events()
        elif target.path == "/.live.js":
            self.answer(SCRIPT.encode(), content_type(target.path))
        elif target.path == "/.live.css":
            self.answer(STYLE.encode(), content_type(target.path))
        else:
            self.file(target.path, target.query)

    do_HEAD = do_GET  # noqa: N815 -- the base class's name

    def do_POST(self) -> None:
        """Pass JSON from a page of this server on to whoever takes it; a page from elsewhere is refused."""
        take = self.server.posts.get(self.path)
        if take is None:
            self.send_error(HTTPStatus.NOT_IMPLEMENTED)
            return
        host, length = self.headers.get("Host", ""), self.headers.get("Content-Length", "")
        own = host.rsplit(":", 1)[0].lower() in HOSTS and self.headers.get("Origin") in (None, f"http://{host}")
        kind = self.headers.get("Content-Type", "").split(";")[0].strip()
        if not own or kind != "application/json" or not length.isdecimal() or int(length) > LARGEST:
            self.close_connection = True
            self.plain(HTTPStatus.FORBIDDEN, "This is for pages of the preview only.")
            return
        status, body = take(self.rfile.read(int(length)))
        self.answer(body, content_type("x.json"), HTTPStatus(status))

    def file(self, path: str, query: str) -> None:
        """Answer with a file of the site, the index of a folder, or the nearest page for missing ones."""
        found = self.server.find(unquote(path))
        if found is not None and found.is_dir():
            if not path.endswith("/"):
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header("Location", path + "/" + (f"?{query}" if query else ""))
                self.send_header("Cache-Control", "no-cache")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            found = self.server.find(unquote(path) + "index.html")
        elif path.endswith("/"):
            found = None
        try:
            if found is None:
                raise FileNotFoundError(path)
            self.answer(found.read_bytes(), content_type(found.name), modified=found.stat())
        except OSError:  # also: removed a moment ago
            self.answer(self.server.missing(unquote(path)), HTML, HTTPStatus.NOT_FOUND)

    def answer(
        self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK, modified: os.stat_result | None = None
    ) -> None:
        """Send a body; to who has it already, only say so. Pages get the preview's additions."""
        page, tag = kind == HTML and not self.path.startswith(EDITOR), ""
        if page:
            body = inject(body, self.server.live.additions())
        if modified:
            tag = f'"{modified.st_mtime_ns:x}-{modified.st_size:x}{"-" + self.server.live.build if page else ""}"'
            if self.known(tag, 0 if page else modified.st_mtime):
                status, body = HTTPStatus.NOT_MODIFIED, b""
        self.send_response(status)
        if tag:
            self.send_header("ETag", tag)
        if modified and not page:  # a page changes without its file
            self.send_header("Last-Modified", formatdate(modified.st_mtime, usegmt=True))
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def known(self, tag: str, modified: float) -> bool:
        """Tell whether the browser has this version (`modified` 0: only the tag counts)."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return tag in (one.strip().removeprefix("W/") for one in tags.split(","))
        since = self.headers.get("If-Modified-Since")
        try:
            return bool(since and modified) and int(modified) <= parsedate_to_datetime(str(since)).timestamp()
        except ValueError:
            return False

    def events(self) -> None:
        """Send the number of the present build, and each new one, as server-sent events."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        build = ""
        while self.command != "HEAD" and not self.server.closing:
            seen, build = build, self.server.live.after(build, timeout=15)
            self.wfile.write(b": still here\n\n" if build == seen else f"retry: 500\ndata: {build}\n\n".encode())

    def plain(self, status: HTTPStatus, text: str) -> None:
        """Send a sentence."""
        self.answer(f"{text}\n".encode(), "text/plain; charset=utf-8", status)

    def version_string(self) -> str:
        """Return the Server header, which says nothing about this machine."""
        return "preview"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name is the base class's
        """Say nothing: the terminal is for builds and problems."""


class PreviewServer(ThreadingHTTPServer):
    """Serves `folder` on this machine only."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # there it would let two servers share a port

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder.resolve()
        self.live = Live()
        self.posts: dict[str, Callable[[bytes], tuple[int, bytes]]] = {}  # by path: status and JSON for a body
        self.closing = False
        super().__init__(("127.0.0.1", port), Handler)

    def find(self, path: str) -> Path | None:
        """Return the file or folder for a decoded path of a URL; None where there is none or it is not in the folder."""
        parts = [part for part in path.split("/") if part]
        if any(part in (".", "..") or set(part) & set("\\:\0") for part in parts):
            return None
        try:
            found = self.folder.joinpath(*parts).resolve(strict=True)
        except (OSError, RuntimeError):  # no such file, too long a name, links in a circle
            return None
        return found if found.is_relative_to(self.folder) else None

    def missing(self, path: str) -> bytes:
        """Return the page for a missing one: the 404.html in the nearest folder above it."""
        folders = path.strip("/").split("/")
        for depth in range(len(folders), -1, -1):
            found = self.find("/".join([*folders[:depth], "404.html"]))
            if found is not None and found.is_file():
                return found.read_bytes()
        return b"<!doctype html><title>404</title><h1>404</h1><p>There is no such page (and no 404.html)."

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing about browsers that go away in the middle of an answer."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)

    def stop(self) -> None:
        """End the server and its open event streams."""
        self.closing = True
        self.live.publish([])
        self.shutdown()
        self.server_close()

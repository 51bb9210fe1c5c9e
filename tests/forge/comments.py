"""The comments of pull requests on a forge: a real HTTP server on this machine that speaks three APIs.

>>> with Comments() as forge:
...     forge.write("somebody", "Hello")
...     forge.fail("POST", 502)  # the next call of that kind
"""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "secret-token-of-the-bot"
BOT = "experts-bot"
PLACES = {
    "github": re.compile(
        r"/repos/nord/experts/issues/(?P<pull>7)/comments|/repos/nord/experts/issues/comments/(?P<id>\d+)"
    ),
    "gitlab": re.compile(r"/projects/nord%2Fexperts/merge_requests/(?P<pull>7)/notes(?:/(?P<id>\d+))?"),
}
PLACES["forgejo"] = PLACES["github"]


class Failure(NamedTuple):
    """An answer that is no success; `after` the call has done its work, or instead."""

    status: int
    headers: dict[str, str]
    after: bool
    body: str


class Comments(ThreadingHTTPServer):
    """Holds the comments of pull request 7 of nord/experts; `calls` has method and path of every call."""

    daemon_threads = True

    def __init__(self, kind: str = "github", page: int = 50, user: bool = True, delay: float = 0.0) -> None:
        """Listen on a free port. `user`: whether the token is a user's, not a workflow's; `delay`: before a comment is written (s)."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.kind, self.page, self.user, self.delay = kind, page, user, delay
        self.lock = threading.Lock()
        self.comments: list[dict[str, Any]] = []
        self.calls: list[str] = []
        self.failures: list[tuple[str, Failure]] = []
        self.number = 0

    @property
    def api(self) -> str:
        """The root of the API."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> Comments:
        """Answer from now on."""
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.shutdown()
        self.server_close()

    def write(self, author: str, text: str) -> int:
        """Somebody writes a comment; its number."""
        with self.lock:
            self.number += 1
            who = {"username": author} if self.kind == "gitlab" else {"login": author}
            key = "author" if self.kind == "gitlab" else "user"
            self.comments.append({"id": self.number, key: who, "body": text, "system": False})
            return self.number

    def fail(self, method: str, status: int, after: bool = False, body: str = "", **headers: str) -> None:
        """Let the next call of a method fail."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.failures.append((method, Failure(status, named, after, body)))

    def texts(self) -> list[tuple[str, str]]:
        """Who wrote what."""
        return [(next(iter((item.get("author") or item["user"]).values())), item["body"]) for item in self.comments]

    def changes(self) -> list[str]:
        """The methods of the calls that change something."""
        methods = [call.split()[0] for call in self.calls if "graphql" not in call]
        return [method for method in methods if method != "GET"]


class Handler(BaseHTTPRequestHandler):
    """Answers one call."""

    server: Comments
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Any method: find out what is meant."""
        size = int(self.headers.get("Content-Length") or 0)
        content = json.loads(self.rfile.read(size)) if size else {}
        server, parts = self.server, urlsplit(self.path)
        server.calls.append(f"{self.command} {self.path}")
        failure = next((item for item in server.failures if item[0] == self.command), None)
        if failure:
            server.failures.remove(failure)
            if failure[1].after:
                self.work(parts.path, parse_qs(parts.query), content)
            self.answer(failure[1].status, failure[1].body, failure[1].headers)
            return
        status, found, headers = self.work(parts.path, parse_qs(parts.query), content)
        self.answer(status, "" if found is None else json.dumps(found), headers)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815 -- names that the standard library asks for

    def answer(self, status: int, body: str, headers: dict[str, str]) -> None:
        """Send an answer."""
        data = body.encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), "Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def work(self, path: str, query: dict[str, list[str]], content: dict[str, Any]) -> tuple[int, Any, dict[str, str]]:
        """What a call does: status, JSON and headers of its answer."""
        server = self.server
        shown = self.headers.get("PRIVATE-TOKEN") or self.headers.get("Authorization", "").split(" ")[-1]
        if shown != TOKEN:
            return 401, {"message": f"Bad credentials {shown}"}, {}
        if path == "/user":
            if not server.user:
                return 403, {"message": "Resource not accessible by integration"}, {}
            return 200, {"username" if server.kind == "gitlab" else "login": BOT}, {}
        if path == "/graphql" and not server.user and "viewer" in content["query"]:
            return 200, {"data": {"viewer": {"login": "github-actions[bot]"}}}, {}
        place = PLACES[server.kind].fullmatch(path)
        if not place:
            return 404, {"message": "Not Found"}, {}
        if place["id"]:
            return self.one(int(place["id"]), content)
        return self.create(content) if self.command == "POST" else self.listed(unquote(path), query)

    def create(self, content: dict[str, Any]) -> tuple[int, Any, dict[str, str]]:
        """A new comment."""
        threading.Event().wait(self.server.delay)
        number = self.server.write(BOT if self.server.user else "github-actions[bot]", content["body"])
        return 201, {"id": number}, {}

    def listed(self, path: str, query: dict[str, list[str]]) -> tuple[int, Any, dict[str, str]]:
        """A page of comments; Forgejo gives all of them at once."""
        server, number = self.server, int(query.get("page", ["1"])[0])
        with server.lock:
            every = list(server.comments)
        if server.kind == "forgejo":
            return 200, every, {}
        found = every[(number - 1) * server.page : number * server.page]
        more = len(every) > number * server.page
        if server.kind == "gitlab":
            return 200, found, {"X-Next-Page": str(number + 1) if more else ""}
        return 200, found, {"Link": f'<https://elsewhere.invalid{path}?page={number + 1}>; rel="next"'} if more else {}

    def one(self, number: int, content: dict[str, Any]) -> tuple[int, Any, dict[str, str]]:
        """A comment that is changed or removed."""
        server = self.server
        with server.lock:
            item = next((item for item in server.comments if item["id"] == number), None)
            if item is None:
                return 404, {"message": "Not Found"}, {}
            if self.command == "DELETE":
                server.comments.remove(item)
                return 204, None, {}
            if self.command != ("PUT" if server.kind == "gitlab" else "PATCH"):
                return 405, {"message": "Method Not Allowed"}, {}
            item["body"] = content["body"]
            return 200, item, {}

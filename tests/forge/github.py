"""A GitHub on this machine: the part of its REST API that pull requests need, over a real bare repository.

>>> with Forge(bare) as forge:  # doctest: +SKIP
...     requests.get(f"{forge.api}/repos/example/experts/pulls")

What it knows of pull requests, labels, statuses and comments is in plain lists and dictionaries, for tests to look at.
"""

from __future__ import annotations

import http.server
import json
import threading
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from . import contents, discussions, pulls  # noqa: F401 -- they say which requests they answer
from .repository import MissingError, Repository
from .routing import ROUTES, Answer

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Cache-Control, If-None-Match, X-Requested-With, Accept",
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE, OPTIONS",
    "Access-Control-Expose-Headers": "Link, ETag",
}


class Forge:
    """A running forge with one repository, and a person who is logged in."""

    def __init__(
        self, bare_repository: Path, name: str = "example/experts", login: str = "anna", token: str = "", branch: str = "main"
    ) -> None:  # fmt: skip
        """Take the repository's folder; with a `token`, requests need it in ``Authorization``."""
        self.repository = Repository(bare_repository)
        self.name, self.login, self.token, self.branch = name, login, token, branch
        self.user = {"login": login, "name": login.title(), "email": f"{login}@example.org", "avatar_url": "", "id": 1}
        self.pulls: list[dict[str, Any]] = []
        self.comments: list[dict[str, Any]] = []  # with the number of their issue as "issue"
        self.statuses: dict[str, list[dict[str, Any]]] = {}  # by commit, the newest first
        self.requests: list[tuple[str, str, Any]] = []  # method, path with query, data
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"forge": self}))
        self.server.daemon_threads = True
        self.api = f"http://127.0.0.1:{self.server.server_port}"
        self.url = f"{self.api}/{name}"

    def __enter__(self) -> Forge:
        """Begin to answer."""
        threading.Thread(target=self.server.serve_forever, args=[0.05], daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        self.server.shutdown()
        self.server.server_close()

    @property
    def written(self) -> list[tuple[str, str]]:
        """Method and path of all requests that may have changed something."""
        return [(method, path) for method, path, _ in self.requests if method not in ("GET", "OPTIONS")]

    def answer(self, method: str, path: str, query: dict[str, str], data: Any) -> Answer:
        """Answer a request."""
        own = f"/repos/{self.name}"
        if path == "/user":
            return 200, self.user
        if path.startswith("/users/"):
            return 200, {**self.user, "login": path.rpartition("/")[2]}
        if path == own:
            return 200, self.about()
        for known, pattern, answer in ROUTES:
            match = pattern.fullmatch(path[len(own) :]) if path.startswith(own) and method == known else None
            if match:
                with self.repository.lock:
                    return answer(self, *match.groups(), data if method != "GET" else query)
        return 404, {"message": "Not Found"}

    def answered(self, method: str, path: str, query: dict[str, str], data: Any) -> Answer:
        """Answer a request, with 404 or 422 for what the repository does not know."""
        try:
            return self.answer(method, path, query, data)
        except MissingError as why:
            return (404 if method == "GET" else 422), {"message": "Not Found", "errors": [str(why)]}

    def about(self) -> dict[str, Any]:
        """The repository."""
        names = {"name": self.name.split("/")[1], "full_name": self.name, "owner": {"login": self.name.split("/")[0]}}
        may = {"permissions": {"admin": False, "push": True, "pull": True}}
        return {**names, **may, "default_branch": self.branch, "fork": False, "html_url": self.url}

    def pull(self, number: str) -> dict[str, Any]:
        """A pull request."""
        if not 1 <= int(number) <= len(self.pulls):
            raise MissingError(number)
        return self.pulls[int(number) - 1]

    def shown(self, pull: dict[str, Any]) -> dict[str, Any]:
        """A pull request with the newest commit of its branch."""
        head = pull["head"]
        sha = self.repository.sha(f"refs/heads/{head['ref']}") if pull["state"] == "open" else head["sha"]
        return {**pull, "head": {**head, "sha": sha}}


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers requests with what its forge says, as JSON."""

    forge: ClassVar[Forge]
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_OPTIONS(self) -> None:
        """Let pages of other hosts ask."""
        self.send(204, None)

    def handle_request(self) -> None:
        """Answer."""
        forge, parts = self.forge, urlsplit(self.path)
        path, query = unquote(parts.path), dict(parse_qsl(parts.query))
        length = int(self.headers.get("Content-Length") or 0)
        data = json.loads(self.rfile.read(length)) if length else {}
        forge.requests.append((self.command, self.path, data))
        if forge.token and self.headers.get("Authorization", "").split(" ")[-1] != forge.token:
            self.send(401, {"message": "Bad credentials"})
            return
        code, content = forge.answered(self.command, path, query, data)
        if isinstance(content, list):
            self.send(code, *page(content, query, f"{forge.api}{parts.path}"))
        else:
            self.send(code, content)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = handle_request  # noqa: N815 -- the base class's names

    def send(self, code: int, content: Any, link: str = "") -> None:
        """Send an answer."""
        body = b"" if content is None else json.dumps(content).encode()
        self.send_response(code)
        own = {"Content-Type": "application/json; charset=utf-8", "Content-Length": str(len(body))}
        for name, value in {**CORS, **own, **({"Link": link} if link else {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def page(rows: list[Any], query: dict[str, str], address: str) -> tuple[list[Any], str]:
    """A page of a list, 30 rows where nobody says otherwise, and the header that names the next one."""
    size, number = min(int(query.get("per_page", 30)), 100), int(query.get("page", 1))
    more = len(rows) > size * number
    after = urlencode({**query, "page": number + 1})
    return rows[size * (number - 1) : size * number], f'<{address}?{after}>; rel="next"' if more else ""

"""A small forge on this machine: a bare repository, pull requests, and the part of GitHub's and GitLab's REST API that is used.

https://docs.github.com/en/rest and https://docs.gitlab.com/api/rest/; the site is served below /site/.
"""

from __future__ import annotations

import json
import re
import subprocess
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from .machine import git

NAME = "example/experts"
TOKEN = "token-with-rights"
TYPES = {".opml": "text/x-opml", ".vcf": "text/vcard", ".ics": "text/calendar", ".woff2": "font/woff2"}
"""Media types that hosts of pages know and Python may not."""


class Pull(NamedTuple):
    """A pull request."""

    number: int
    author: str
    branch: str
    owner: str  # of the repository that it comes from
    sha: str


class Answer(NamedTuple):
    """What the API answers."""

    status: int
    body: Any = None


class LocalForge:
    """The forge; `said` are all requests that change something, in order."""

    def __init__(self, folder: Path) -> None:
        """Make an empty repository and listen on a free port."""
        self.origin = folder / "origin.git"
        git("init", "--quiet", "--bare", "--initial-branch=main", str(self.origin), at=folder)
        self.pulls: dict[int, Pull] = {}
        self.merged: set[int] = set()
        self.comments: dict[int, list[dict[str, Any]]] = {}
        self.said: list[tuple[str, str, Any]] = []
        self.pages: Path | None = None
        """Where the site is that is served; None for the branch gh-pages."""
        self.answers: list[Answer] = []
        """What is answered next to whatever changes something."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            self.serve(request)

        methods = {f"do_{method}": answer for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")}
        quiet = {"log_message": lambda *_: None}
        handler = type("Handler", (BaseHTTPRequestHandler,), methods | quiet)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self.server.shutdown()
        self.server.server_close()

    # -- the repository ------------------------------------------------------------------------------------------------

    def sha(self, revision: str = "main") -> str:
        """The commit of a revision."""
        return git("rev-parse", revision, at=self.origin)

    def show(self, revision: str, path: str) -> bytes | None:
        """A file of a revision."""
        command = ["git", "-C", str(self.origin), "cat-file", "blob", f"{revision}:{path}"]
        done = subprocess.run(command, capture_output=True, check=False)
        return done.stdout if done.returncode == 0 else None

    def open(self, author: str, sha: str, owner: str = "", branch: str = "patch-1") -> Pull:
        """Open a pull request for a commit that is in the repository."""
        number = len(self.pulls) + 7
        pull = Pull(number, author, branch, owner or author, sha)
        self.pulls[number] = pull
        self.comments[number] = []
        for name in (f"refs/pull/{number}/head", f"refs/merge-requests/{number}/head"):
            git("update-ref", name, sha, at=self.origin)
        git("update-ref", f"refs/pull/{number}/merge", self._join(pull), at=self.origin)
        return pull

    def _join(self, pull: Pull) -> str:
        tree = git("merge-tree", "--write-tree", "main", pull.sha, at=self.origin).splitlines()[0]
        parents = ["-p", self.sha(), "-p", pull.sha]
        return git("commit-tree", tree, *parents, "-m", f"Merge #{pull.number}", at=self.origin)

    def merge(self, number: int, sha: str) -> Answer:
        """Merge, if `sha` is what is proposed."""
        pull = self.pulls[number]
        if sha != pull.sha:
            return Answer(409, {"message": "Head branch was modified. Review and try the merge again."})
        git("update-ref", "refs/heads/main", self._join(pull), at=self.origin)
        self.merged.add(number)
        return Answer(200, {"merged": True, "state": "merged", "sha": self.sha()})

    # -- HTTP ----------------------------------------------------------------------------------------------------------

    def serve(self, request: BaseHTTPRequestHandler) -> None:
        """Answer a request."""
        length = int(request.headers.get("Content-Length") or 0)
        raw = request.rfile.read(length)
        parts = urlsplit(request.path)
        if parts.path.startswith("/site/"):
            self._page(request, unquote(parts.path.removeprefix("/site/")))
            return
        body = json.loads(raw) if raw else None
        given = (request.headers.get("Authorization") or request.headers.get("PRIVATE-TOKEN") or "").split()[-1:]
        if given != [TOKEN]:
            answer = Answer(401, {"message": "Bad credentials"})
        else:
            changing = request.command not in ("GET", "HEAD") and parts.path != "/graphql"
            if changing:
                self.said.append((request.command, parts.path, body))
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if changing and self.answers:
                answer = self.answers.pop(0)
            else:
                answer = self._routed(request.command, unquote(parts.path), query, body or {})
        data = b"" if answer.status == 204 else json.dumps(answer.body).encode()
        request.send_response(answer.status)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    def _page(self, request: BaseHTTPRequestHandler, path: str) -> None:
        """A page of the site, as GitHub's and Forgejo's pages serve it."""
        name = f"{path}index.html" if path.endswith("/") or not path else path
        data = self._file(name)
        request.send_response(404 if data is None else 200)
        data = (self._file("404.html") or b"") if data is None else data
        request.send_header(
            "Content-Type", TYPES.get(Path(name).suffix) or guess_type(name)[0] or "application/octet-stream"
        )
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        if request.command != "HEAD":
            request.wfile.write(data)

    def _file(self, name: str) -> bytes | None:
        if self.pages is None:
            return self.show("gh-pages", name)
        path = self.pages / name
        return path.read_bytes() if path.is_file() else None

    def _routed(self, method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> Answer:
        github, gitlab = f"/repos/{NAME}", f"/api/v4/projects/{NAME}"
        routes: list[tuple[str, str, Callable[..., Answer]]] = [
            ("GET", "/user", lambda: Answer(403, {"message": "Resource not accessible by integration"})),
            ("POST", "/graphql", lambda: Answer(200, {"data": {"viewer": {"login": "bot"}}})),
            ("GET", "/api/v4/user", lambda: Answer(200, {"username": "bot[bot]"})),
            ("GET", rf"{github}/pulls", lambda: self._found(query)),
            ("GET", rf"{github}/pulls/(\d+)", lambda n: Answer(200, self._github(self.pulls[int(n)]))),
            ("GET", rf"{github}/issues/(\d+)/comments", self._comments),
            ("POST", rf"{github}/issues/(\d+)/comments", lambda n: self._comment(n, body)),
            ("PATCH", rf"{github}/issues/comments/(\d+)", lambda n: self._changed(n, body)),
            ("POST", rf"{github}/statuses/([0-9a-f]+)", lambda _: Answer(201, {})),
            ("POST", rf"{github}/pulls/(\d+)/reviews", lambda _: Answer(200, {})),
            ("PUT", rf"{github}/pulls/(\d+)/merge", lambda n: self.merge(int(n), body["sha"])),
            ("POST", rf"{github}/pulls/(\d+)/merge", lambda n: self.merge(int(n), body["head_commit_id"])),
            ("DELETE", rf"{github}/git/refs/heads/(.+)", self._removed),
            ("POST", rf"{github}/actions/workflows/publish.yml/dispatches", lambda: Answer(204)),
            ("POST", rf"{gitlab}/statuses/([0-9a-f]+)", lambda _: Answer(201, {})),
            ("POST", rf"{gitlab}/merge_requests/(\d+)/approve", lambda _: Answer(201, {})),
            ("GET", rf"{gitlab}/merge_requests/(\d+)", lambda n: Answer(200, self._gitlab(self.pulls[int(n)]))),
            ("GET", rf"{gitlab}/merge_requests/(\d+)/notes", self._comments),
            ("POST", rf"{gitlab}/merge_requests/(\d+)/notes", lambda n: self._comment(n, body)),
            ("PUT", rf"{gitlab}/merge_requests/(?:\d+)/notes/(\d+)", lambda n: self._changed(n, body)),
            ("PUT", rf"{gitlab}/merge_requests/(\d+)/merge", lambda n: self.merge(int(n), body["sha"])),
        ]
        for known, pattern, answer in routes:
            if known == method and (match := re.fullmatch(pattern, path)):
                return answer(*match.groups())
        return Answer(404, {"message": f"no route for {method} {path}"})

    def _found(self, query: dict[str, str]) -> Answer:
        pulls = [pull for pull in self.pulls.values() if pull.number not in self.merged]
        named = [
            pull for pull in pulls if query.get("head", f"{pull.owner}:{pull.branch}") == f"{pull.owner}:{pull.branch}"
        ]
        return Answer(200, [self._github(pull) for pull in named])

    def _github(self, pull: Pull) -> dict[str, Any]:
        repo = {"full_name": f"{pull.owner}/{NAME.split('/')[1]}"}
        head = {"sha": pull.sha, "ref": pull.branch, "user": {"login": pull.owner}, "repo": repo}
        state = "closed" if pull.number in self.merged else "open"
        base = {"ref": "main", "repo": {"full_name": NAME}}
        return {"number": pull.number, "state": state, "user": {"login": pull.author}, "head": head, "base": base}

    def _gitlab(self, pull: Pull) -> dict[str, Any]:
        state = "merged" if pull.number in self.merged else "opened"
        author = {"username": pull.author}
        return {"iid": pull.number, "state": state, "author": author, "sha": pull.sha, "target_branch": "main"}

    def _removed(self, branch: str) -> Answer:
        git("update-ref", "-d", f"refs/heads/{branch}", at=self.origin)
        return Answer(204)

    def _comments(self, number: str) -> Answer:
        return Answer(200, self.comments[int(number)])

    def _comment(self, number: str, body: dict[str, Any]) -> Answer:
        account = {"login": "bot[bot]", "username": "bot[bot]"}
        entry = {"id": 100 + len(self.said), "body": body["body"], "user": account, "author": account}
        self.comments[int(number)].append(entry)
        return Answer(201, entry)

    def _changed(self, number: str, body: dict[str, Any]) -> Answer:
        for entry in (entry for entries in self.comments.values() for entry in entries):
            if entry["id"] == int(number):
                entry["body"] = body["body"]
                return Answer(200, entry)
        return Answer(404, {"message": "Not Found"})

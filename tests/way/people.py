"""A forge on which people edit in the web editor, and CI does its part."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from forge.github import Forge
from runners.forge import NAME, Answer, LocalForge, Pull
from runners.world import World

PEOPLE = {"token-of-mara": "mara-l", "token-of-jonas": "jonas-w"}


class Hosting(LocalForge):
    """The forge that CI talks to; with a person's token it is the one that the web editor talks to, over the same repository."""

    def __init__(self, folder: Path) -> None:
        """Give each person an account."""
        super().__init__(folder)
        self.accounts = {token: Forge(self.origin, NAME, login) for token, login in PEOPLE.items()}

    def close(self) -> None:
        """Stop listening."""
        super().close()
        for account in self.accounts.values():
            account.server.server_close()

    def serve(self, request: BaseHTTPRequestHandler) -> None:
        """Answer a request."""
        token = (request.headers.get("Authorization") or "").split(" ")[-1]
        account = self.accounts.get(token)
        if account is None:
            super().serve(request)
            return
        raw = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        parts = urlsplit(request.path)
        data = json.loads(raw) if raw else {}
        status, content = account.answered(request.command, unquote(parts.path), dict(parse_qsl(parts.query)), data)
        body = b"" if content is None else json.dumps(content).encode()
        request.send_response(status)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def merge(self, number: int, sha: str) -> Answer:
        """Merge, which those who proposed it see."""
        answer = super().merge(number, sha)
        for account in self.accounts.values():
            for pull in account.pulls:
                if pull["head"]["ref"] == self.pulls[number].branch and number in self.merged:
                    pull["state"], pull["head"]["sha"] = "closed", sha
        return answer

    def proposed(self, token: str) -> Pull:
        """The last thing that a person has proposed in the editor, as a pull request that CI knows."""
        account = self.accounts[token]
        branch = account.pulls[-1]["head"]["ref"]
        return self.open(account.login, self.sha(branch), owner=NAME.split("/")[0], branch=branch)


def world_with_editor(folder: Path) -> World:
    """A repository whose site has the web editor, with files in the form that it writes."""
    from experts.editing import tidying

    world = World(folder, "github", Hosting)
    world.site.put(
        "pelicanconf.py", world.site.read("pelicanconf.py") + "ADMIN = {'login': 'https://login.example.com'}\n"
    )
    world.site.profile("jonas", lang="en", location="Kiel", owner=["jonas-w"])
    tidying.command(["--site", str(world.desk)])
    world.push("Have a web editor")
    return world

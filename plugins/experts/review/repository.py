"""The site's repository on its forge, as the REST APIs know it: GitHub's, GitLab's (v4) and Forgejo's (v1)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from experts.forge import Forge
from experts.problems import Problem, Problems

from .calls import Calls, Failed
from .posting import TOKENS
from .threads import header, host


class Repository:
    """Calls of the API below the repository's own address."""

    def __init__(self, forge: Forge, calls: Calls) -> None:
        """Name the place; a project's path is one part of it on GitLab."""
        self.kind, self.branch, self.calls = forge.kind, forge.branch, calls
        self.root = f"projects/{quote(forge.name, safe='')}" if self.kind == "gitlab" else f"repos/{quote(forge.name)}"

    def call(self, method: str, path: str, content: Any = None, **query: Any) -> Any:
        """What the forge answers, as JSON types; Failed if it says no. What changes something is asked once only."""
        return self.calls.call(method, f"{self.root}/{path}", content, method == "GET", **query).content


@contextmanager
def opened(forge: Forge) -> Iterator[Repository]:
    """The repository, with the token of the environment; whatever comes to nothing ends as Problems."""
    if not forge.api:
        hint = "REPOSITORY needs url and forge: github, gitlab or forgejo"
        raise Problems([Problem("pelicanconf.py", 0, 0, "forge", "REPOSITORY does not say which forge it is on", hint)])
    token = (os.environ.get("FORGE_TOKEN") or os.environ.get(TOKENS[forge.kind]) or "").strip()
    if not token:
        message, hint = "there is no token for {host}", "put it into the environment variable FORGE_TOKEN"
        raise Problems([Problem(forge.url, 0, 0, "token", message, hint, {"host": host(forge.api)})])
    try:
        with Calls(forge.api, header(forge.kind, token), token) as calls:
            yield Repository(forge, calls)
    except Failed as failed:
        values = {"why": str(failed)}
        raise Problems([Problem(forge.url, 0, 0, "forge", "the forge did not do it: {why}", "", values)]) from None

"""Calls of the forge's REST API: GitHub's, GitLab's (v4) or Forgejo's (v1), as `forge.py` tells them apart.

The token comes from the environment (FORGE_TOKEN). A call takes a minute at most, and an answer's size is limited.
"""

from __future__ import annotations

import json
import os
from typing import Any, NamedTuple
from urllib.parse import quote

from experts.forge import Forge
from experts.problems import Problem, Problems

LARGEST = 16 << 20
"""Bytes of the largest answer that is read."""
_SECONDS = 60.0


class Refused(Exception):  # noqa: N818 - an answer, which callers may expect
    """The forge said no: its HTTP `status` and its own words."""

    def __init__(self, status: int, said: str) -> None:
        """Take what the forge answered."""
        self.status, self.said = status, said
        super().__init__(f"{status} {said}")


class Repository(NamedTuple):
    """The site's repository on its forge, as its API knows it."""

    forge: Forge
    token: str

    @property
    def root(self) -> str:
        """The address below which the API has the repository; a project's path is one part of it on GitLab."""
        name = self.forge.name
        path = f"projects/{quote(name, safe='')}" if self.forge.kind == "gitlab" else f"repos/{quote(name)}"
        return f"{self.forge.api}/{path}"

    def call(self, method: str, path: str, body: dict[str, Any] | None = None, **query: str | int) -> Any:
        """Call ``<root>/<path>``; what it answers, as JSON types. Refused if the forge says no, Problems if it is silent."""
        import httpx  # only commands that talk to the network have it

        address = f"{self.root}/{path}"
        scheme = "token" if self.forge.kind == "forgejo" else "Bearer"
        headers = {"Authorization": f"{scheme} {self.token}", "Accept": "application/json", "User-Agent": "our-experts"}
        try:
            with (
                httpx.Client(timeout=httpx.Timeout(_SECONDS / 2, read=_SECONDS), trust_env=True) as client,
                client.stream(method, address, params=query or None, json=body, headers=headers) as answer,
            ):
                data = b""
                for part in answer.iter_bytes():
                    data += part
                    if len(data) > LARGEST:
                        raise Problems([_silent(address, "too long an answer")])
        except httpx.HTTPError as error:
            raise Problems([_silent(address, str(error) or type(error).__name__)]) from None
        said = _parsed(data)
        if answer.status_code >= 400:
            raise Refused(answer.status_code, _words(said))
        return said


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data) if data else None
    except ValueError:
        return None


def _words(said: Any) -> str:
    """What the forge says of a refusal, as far as it says something."""
    words = said.get("message", said.get("error", "")) if isinstance(said, dict) else ""
    return words if isinstance(words, str) else json.dumps(words)


def _silent(address: str, why: str) -> Problem:
    hint = "start again later; what was done already is not done twice"
    return Problem(address, 0, 0, "forge-silent", "the forge could not be asked: {why}", hint, {"why": why})


def repository(forge: Forge) -> Repository:
    """The repository with its token; Problems if the settings do not say which one it is, or there is no token."""
    if not forge.api:
        hint = "REPOSITORY needs url and forge: github, gitlab or forgejo"
        raise Problems([Problem("pelicanconf.py", 0, 0, "forge", "REPOSITORY does not say which forge it is on", hint)])
    token = os.environ.get("FORGE_TOKEN", "").strip()
    if not token:
        hint = "CI hands it over; the README says which rights it needs"
        raise Problems([Problem(forge.url, 0, 0, "forge-token", "there is no token in the variable FORGE_TOKEN", hint)])
    return Repository(forge, token)


def refusal(forge: Forge, refused: Refused) -> Problem:
    """A refusal as a problem."""
    values = {"status": refused.status, "said": refused.said or "–"}
    hint = (
        "401 or 403: the token or its rights are not enough; 404: REPOSITORY is not right, or the token may not see it"
    )
    return Problem(forge.url, 0, 0, "forge-refused", "the forge refused: {status}, {said}", hint, values)

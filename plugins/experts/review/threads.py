"""The comments of a pull request on each kind of forge: where they are, what an answer calls things, who one is.

GitHub: /repos/{owner}/{repo}/issues/{number}/comments. GitLab: /projects/{path}/merge_requests/{number}/notes.
Forgejo, and Gitea: like GitHub, below another root.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from .calls import Answer, Calls, Failed

AT_ONCE = 50
MOST_PAGES = 200


class Comment(NamedTuple):
    """A comment: its number, the name of the account that wrote it, and its text."""

    number: int
    author: str
    text: str


class Thread:
    """The comments of one pull request."""

    def __init__(self, calls: Calls, kind: str, name: str, pull: int) -> None:
        """Name the places; `name` is the repository's path on its forge."""
        self.calls, self.kind = calls, kind
        if kind == "gitlab":
            self.place = f"projects/{quote(name, safe='')}/merge_requests/{pull}/notes"
            self.one = self.place
        else:
            self.place = f"repos/{quote(name)}/issues/{pull}/comments"
            self.one = f"repos/{quote(name)}/issues/comments"

    def account(self) -> str:
        """The name of the token's account; "" if the forge does not tell."""
        try:
            return _login(self.calls.call("GET", "user").content)
        except Failed as failed:
            if self.kind != "github" or failed.status not in (401, 403):
                raise
        # The token of a workflow or of an app is no user, but the other API knows its name.
        answer = self.calls.call("POST", self._graphql(), {"query": "query { viewer { login } }"})
        data = answer.content.get("data") if isinstance(answer.content, dict) else None
        login = _login(data.get("viewer")) if isinstance(data, dict) else ""
        return login if login.endswith("[bot]") or not login else f"{login}[bot]"

    def _graphql(self) -> str:
        """The address of GitHub's GraphQL API: api.github.com/graphql, or /api/graphql of an own server."""
        return self.calls.api.removesuffix("/v3") + "/graphql"

    def comments(self) -> Iterator[Comment]:
        """All comments, page by page; Failed if there is no end to them."""
        number = "per_page" if self.kind != "forgejo" else "limit"
        for page in range(1, MOST_PAGES + 1):
            answer = self.calls.call("GET", self.place, None, True, **{"page": page, number: AT_ONCE})
            if not isinstance(answer.content, list):
                raise Failed(f"{self.calls.host} answered with something else than comments")
            yield from map(_comment, filter(_is_comment, answer.content))
            if not _goes_on(answer):
                return
        raise Failed("the pull request has too many comments")

    def create(self, text: str) -> None:
        """Write a comment; a call that fails is not repeated, since it may have done its work."""
        self.calls.call("POST", self.place, {"body": text}, again=False)

    def update(self, number: int, text: str) -> None:
        """Give a comment another text."""
        self.calls.call("PUT" if self.kind == "gitlab" else "PATCH", f"{self.one}/{number}", {"body": text})

    def delete(self, number: int) -> None:
        """Remove a comment, unless it is gone already."""
        try:
            self.calls.call("DELETE", f"{self.one}/{number}")
        except Failed as failed:
            if failed.status not in (404, 410):
                raise


def header(kind: str, token: str) -> tuple[str, str]:
    """The header with which a token is shown to a forge."""
    if kind == "gitlab":
        return "PRIVATE-TOKEN", token
    return "Authorization", f"{'Bearer' if kind == 'github' else 'token'} {token}"


def _login(user: Any) -> str:
    """The name in what a forge says of an account."""
    found = (user.get("login") or user.get("username")) if isinstance(user, dict) else ""
    return found if isinstance(found, str) else ""


def _is_comment(item: Any) -> bool:
    return isinstance(item, dict) and type(item.get("id")) is int and not item.get("system")


def _comment(item: dict[str, Any]) -> Comment:
    body = item.get("body")
    return Comment(item["id"], _login(item.get("user") or item.get("author")), body if isinstance(body, str) else "")


def _goes_on(answer: Answer) -> bool:
    """Whether there is a further page, by GitLab's header or by the links of the others (RFC 8288); their addresses are not used."""
    if "x-next-page" in answer.headers:
        return bool(answer.headers["x-next-page"].strip())
    return 'rel="next"' in answer.headers.get("link", "")


def host(api: str) -> str:
    """The name of a forge's host."""
    return urlsplit(api).hostname or api

"""The forge that holds the repository: addresses of its pages and of its API, by its kind.

GitHub, GitLab and Forgejo (also Gitea) name the same things differently; nothing else of the project knows how.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, urlencode, urlsplit

KINDS = ("github", "gitlab", "forgejo")
FIELDS = ("url", "forge", "branch", "folder", "api")


class Forge(NamedTuple):
    """Where the repository is; an empty one is falsy by its `url`."""

    url: str = ""  # https://github.com/example/experts, without a slash at its end
    kind: str = ""  # one of KINDS, "" if the host does not tell and the settings do not either
    branch: str = "main"
    folder: str = ""  # the site's folder in the repository, "" for its top
    api: str = ""  # root of the REST API

    @property
    def name(self) -> str:
        """The repository's path on its forge, like ``example/experts``."""
        return urlsplit(self.url).path.strip("/")

    def path(self, source: str) -> str:
        """A file's path in the repository, from its path in the site."""
        return f"{self.folder}/{source}" if self.folder else source

    def edit(self, source: str) -> str:
        """The page on which a file of the site is edited; "" where no such page is known."""
        where = f"{quote(self.branch)}/{quote(self.path(source))}"
        forms = {"github": f"/edit/{where}", "gitlab": f"/-/edit/{where}", "forgejo": f"/_edit/{where}"}
        return self.url + forms[self.kind] if self.kind else ""

    def view(self, source: str, line: int = 0, commit: str = "") -> str:
        """The page that shows a file of the site, at a line and as of a commit; "" where no such page is known.

        Markdown with a line is asked for as it is written: rendered, it has no lines to go to.
        """
        where = f"{quote(commit or self.branch)}/{quote(self.path(source), errors='replace')}"
        kind = "commit" if commit else "branch"
        forms = {"github": f"/blob/{where}", "gitlab": f"/-/blob/{where}", "forgejo": f"/src/{kind}/{where}"}
        plain = "?display=source" if self.kind == "forgejo" else "?plain=1"
        at = (plain if source.endswith(".md") else "") + f"#L{line}" if line else ""
        return self.url + forms[self.kind] + at if self.kind else ""

    def new(self, source: str, text: str = "") -> str:
        """The page on which a new file of the site is written; "" where no such page is known.

        GitHub takes a text to begin with.
        """
        folder, _, name = self.path(source).rpartition("/")
        where = f"{quote(self.branch)}/{quote(folder)}"
        forms = {
            "github": f"/new/{where}?{urlencode({'filename': name, 'value': text})}",
            "gitlab": f"/-/new/{where}?{urlencode({'file_name': name})}",
            "forgejo": f"/_new/{where}?{urlencode({'filename': name})}",
        }
        return self.url + forms[self.kind] if self.kind else ""

    def report(self, title: str, text: str) -> str:
        """The page on which an issue is written, with a title and a text; "" where no such page is known."""
        if not self.kind:
            return ""
        if self.kind == "gitlab":
            return f"{self.url}/-/issues/new?{urlencode({'issue[title]': title, 'issue[description]': text})}"
        return f"{self.url}/issues/new?{urlencode({'title': title, 'body': text})}"


def kind_of(url: str) -> str:
    """The kind of a forge by its host; "" if the host does not tell."""
    host = urlsplit(url).hostname or ""
    if host == "codeberg.org":
        return "forgejo"
    return next((kind for kind in KINDS if kind in host.split(".")), "")


def api_of(url: str, kind: str) -> str:
    """The root of the REST API of the forge at `url`."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    if kind == "github":
        return "https://api.github.com" if parts.hostname == "github.com" else f"{origin}/api/v3"
    return {"gitlab": f"{origin}/api/v4", "forgejo": f"{origin}/api/v1"}.get(kind, "")

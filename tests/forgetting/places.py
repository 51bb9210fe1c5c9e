"""Sites that name somebody everywhere, in real repositories, and what forgets them there."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from factory import ROOT, TODAY, Site, png

from experts import build, console, settings
from experts.forgetting import command
from experts.request import Request

SLUG, NAME = "kim-zeuge", "Kim Zeuge"
AUTHOR = {
    "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.com",
    "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z", "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z", "GIT_CONFIG_GLOBAL": os.devnull,
}  # fmt: skip
LINKS = """[Kim Zeuge](expert:kim-zeuge) said so. Ask *[Kim \\[Zeuge\\]](<expert:kim-zeuge#top> "Kim Zeuge")* or [KZ][k], [k], [k][] and [K Z] [K].

- [![Kim](https://example.com/a.png)](/experts/kim-zeuge/) and [K](/en/experts/kim-zeuge/index.html), [K](../../../profiles/kim-zeuge/profile.de.md)
- <a class="x" href='/experts/kim-zeuge/'>Kim <b>Zeuge</b></a>, <a href=expert:kim-zeuge>K</a>, <https://experts.example.com/experts/kim-zeuge/>.
- `[Kim](expert:kim-zeuge)`, expert:kim-zeuge, ![Kim](expert:kim-zeuge), [the story](story:alone), [Mara](expert:mara)

[k]: expert:kim-zeuge
  "Kim Zeuge"
"""


def git(folder: Path, *arguments: str, given: bytes = b"", **environment: str) -> str:
    """Run Git in a folder; return what it prints."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**known, **AUTHOR, **environment},
        input=given,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode("utf-8", "replace").strip()


def everywhere(folder: Path) -> Site:
    """Write a site of everything on which Kim is named wherever somebody can be."""
    site = Site(folder, None)  # type: ignore[arg-type] # nothing is built in a process of its own
    rules(site)
    site.profile(SLUG, name=NAME, owner=["kim-z", "helper"], aliases=["kim-alt"], status="left", headline="Knows")
    site.translation(SLUG, "en")
    site.portrait(SLUG, 7)
    site.put(f"profiles/{SLUG}/.notes/old.txt", "secret")
    site.profile("deputised", absence={"from": "2026-12-20", "deputy": SLUG}, owner=["dep", "kim-z"])
    site.profile("only", absence={"deputy": SLUG}, owner=["on"])
    site.story("alone", authors=[SLUG], image=True)
    site.story("alone-en", authors=[SLUG], lang="en", translation_of="alone")
    site.story("shared", authors=[SLUG], image=True, body="![x](pipe2.png)")
    site.put("content/stories/2026/pipe2.png", png(2))
    site.story("two", LINKS, authors=["mara", SLUG], lang="en")
    site.story("three", "![x](pipe2.png)\n", authors=[SLUG, "mara", "jonas"], former_authors=1)
    site.story("three-en", authors=["mara", SLUG], lang="en", translation_of="three")
    site.hook("news", experts=[{"expert": SLUG, "angle": "kann"}, {"expert": "mara"}])
    site.hook("lonely", experts=[{"expert": SLUG}])
    session = {"title": "Beginn", "hosts": [SLUG, "mara"], "story": "alone"}
    site.event("fair", experts=[SLUG], sessions=[session, {"title": "Ende", "hosts": [SLUG]}])
    site.page("people", "People", LINKS.replace("../../../", "../../"), Lang="en")
    return site


def rules(site: Site, **mentions: str) -> None:
    """Write the settings of the site."""
    site.settings(SITEURL="https://experts.example.com", TAG_AUTHORITY="example.com,2026", MENTIONS=mentions)


def committed(site: Site) -> Site:
    """Make the site's folder a repository in which all is committed."""
    git(site.folder, "init", "-q", "-b", "main")
    git(site.folder, "add", "-A")
    git(site.folder, "commit", "-q", "-m", "Begin")
    return site


def request(site: Site) -> Request:
    """What the command asks of the site; caches lie beside it."""
    made = console.request_for(settings.load(str(ROOT), str(site.folder)), today=TODAY, jobs=1)
    return made._replace(cache=str(site.folder.parent / "cache"), output=str(site.output))


def forget(site: Site, *options: str) -> int:
    """Run the command in this process."""
    return command.command([SLUG, "--site", str(site.folder), "--today", TODAY, "--lang", "en", *options])


def problems(site: Site) -> list[str]:
    """What `check` says."""
    return [problem.line_of_text() for problem in build.check(request(site)).problems]


def files(site: Site) -> dict[str, bytes]:
    """All files of the site but Git's own."""
    paths = [path for path in sorted(site.folder.rglob("*")) if path.is_file() and ".git" not in path.parts]
    return {path.relative_to(site.folder).as_posix(): path.read_bytes() for path in paths}

"""The command ``codeowners``: the file by which a forge asks the right people to look at a change.

It is made from the profiles: each folder belongs to its owners, all else to MAINTAINERS. GitHub reads it in .github/, GitLab in
.gitlab/, Forgejo at the top; patterns are those of .gitignore, but on Forgejo regular expressions for whole paths
(https://docs.github.com/articles/about-code-owners; GitLab, "Code Owners"; Gitea, "Code Owners").
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Mapping

from experts import console, frontmatter, source
from experts.fields import SLUG
from experts.forge import Forge
from experts.places import kind_of
from experts.proofs import FILE as PROOFS
from experts.settings import Settings

from .facts import facts, names

PLACES = {"github": ".github/CODEOWNERS", "gitlab": ".gitlab/CODEOWNERS", "forgejo": "CODEOWNERS"}
HEAD = "# Who is asked to look at a change. Made from the profiles: python3 tasks.py codeowners\n"
_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", re.ASCII)
_SPECIAL, _ESCAPED = re.compile(r"([\\\s#*?\[\]!])"), r"\\\1"


def command(argv: list[str]) -> int:
    """``codeowners``: write the file, or say that it is out of date."""
    parser = argparse.ArgumentParser(prog="tasks.py codeowners", description="Write the forge's list of owners.")
    console.site_options(parser)
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 if the file is out of date")
    return console.run(_codeowners, parser.parse_args(argv))


def _codeowners(arguments: argparse.Namespace) -> int:
    settings = console.request_of(arguments).settings
    top = top_of(settings)
    place = PLACES[settings.forge.kind or "github"]
    path = os.path.join(top, *place.split("/"))
    wanted = listed(settings.forge, settings.maintainers, owners(settings.root)).encode()
    fresh = os.path.isfile(path) and source.read(path) == wanted
    if arguments.check:
        print(f"{place}: {'up to date' if fresh else 'out of date; run python3 tasks.py codeowners'}")
        return console.DONE if fresh else console.FOUND
    if not fresh:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path + ".tmp", "wb") as file:
            file.write(wanted)
        os.replace(path + ".tmp", path)
    print(f"{place}: {'unchanged' if fresh else 'written'}")
    return console.DONE


def top_of(settings: Settings) -> str:
    """The top of the repository: as many folders above the site as the settings say."""
    depth = len(settings.forge.folder.split("/")) if settings.forge.folder else 0
    return os.path.normpath(os.path.join(settings.root, *[os.pardir] * depth))


def owners(root: str) -> dict[str, tuple[str, ...]]:
    """Short name of every profile -> the accounts that it names as its owners."""
    paths = [path for path in source.scan(root, ["profiles"]).stamps if kind_of(path)[0] == "expert"]
    return owners_in({path: source.read(os.path.join(root, path), frontmatter.MAX_FILE + 1) for path in paths})


def owners_in(files: Mapping[str, bytes]) -> dict[str, tuple[str, ...]]:
    """The same of files that may not be written yet: path -> content."""
    paths = sorted(path for path in files if kind_of(path)[0] == "expert")
    return {path.split("/")[1]: names((facts(files[path]) or {}).get("owner")) for path in paths}


def listed(forge: Forge, maintainers: tuple[str, ...], people: dict[str, tuple[str, ...]]) -> str:
    """The file: maintainers for everything, then the folders of those who name an account, then what in these is not theirs; later lines win.

    What is no name of an account on a forge is left out, so that no profile can write a rule of its own.
    """
    lines = [HEAD]
    regular = forge.kind == "forgejo"
    if maintainers:
        lines.append(_line(".*" if regular else "*", maintainers))
    folder = f"{forge.folder}/profiles/" if forge.folder else "profiles/"
    for slug, accounts in people.items():
        named = tuple([name.removeprefix("@") for name in accounts if _ACCOUNT.fullmatch(name.removeprefix("@"))])
        if named and SLUG.fullmatch(slug):  # other folders are no profile, and could write a line of their own
            pattern = f"{re.escape(folder + slug)}/.*" if regular else "/" + _SPECIAL.sub(_ESCAPED, folder + slug) + "/"
            lines.append(_line(pattern, named))
    if maintainers and people:  # whether a link is confirmed is nothing that owners say
        name = (
            f"{re.escape(folder)}[^/]+/{re.escape(PROOFS)}"
            if regular
            else f"/{_SPECIAL.sub(_ESCAPED, folder)}*/{PROOFS}"
        )
        lines.append(_line(name, maintainers))
    return "".join(lines)


def _line(pattern: str, accounts: tuple[str, ...]) -> str:
    return " ".join([pattern, *[f"@{name}" for name in accounts]]) + "\n"

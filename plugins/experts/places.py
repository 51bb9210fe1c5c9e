"""Where the files of records lie, and what the kinds of records are called."""

from __future__ import annotations

import posixpath
from functools import lru_cache

from .problems import nearest
from .proofs import FILE as PROOFS

KINDS = ("expert", "story", "topic", "hook", "event", "page")
FOLDERS = {"stories": "story", "topics": "topic", "hooks": "hook", "events": "event"}
"""The folders of content/, and the kind of the files in each."""

LISTS = ("experts", *FOLDERS, "search", "follow", "developers", "a-z", "chance", "embeds")
"""The pages below the site's root that are no records."""


def kind_of(path: str) -> tuple[str, str, str]:
    """``(kind, slug, language)`` by the place of a file, relative to the site.

    The kind is "" for a file that is no record, "translation" for a profile in another language, and
    "misplaced" for Markdown that lies where no profile belongs, or in a misspelt folder of content/, "proofs" for what says
    which links of a profile are confirmed.
    """
    parts = path.split("/")
    stem, extension = posixpath.splitext(parts[-1])
    if extension != ".md" or stem.lower() == "readme":
        own = parts[-1] == PROOFS and parts[0] == "profiles" and len(parts) == 3
        return ("proofs", parts[1], "") if own else ("", "", "")
    if parts[0] == "profiles":
        if len(parts) == 3 and (stem == "profile" or stem.startswith("profile.")):
            return ("expert", parts[1], "") if stem == "profile" else ("translation", parts[1], stem[8:])
        return "misplaced", "", ""
    if len(parts) > 2 and parts[0] == "content":
        if parts[1] in FOLDERS:
            return FOLDERS[parts[1]], stem, ""
        if meant(parts[1]):
            return "misplaced", "", ""
    return "", "", ""


@lru_cache(64)
def meant(folder: str) -> str:
    """The folder of content/ that was probably meant by a misspelt one; "" for any other folder."""
    return "" if folder in (*FOLDERS, "pages") else nearest(folder.lower(), (*FOLDERS, "pages"))

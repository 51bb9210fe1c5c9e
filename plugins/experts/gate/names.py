"""Names of files that are safe on every system that people edit on, and mean what they seem to mean."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200  # bytes of a name: file systems take 255
_SPECIAL = re.compile(r'[\\:*?"<>|~]')  # not on Windows; GIT~1 is .git there
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.ASCII)


def misfit(name: str) -> str:
    """Why a file or folder cannot be called `name`: an English msgid; "" if it can."""
    if unicodedata.normalize("NFC", name) != name:
        return "its name is written with combining marks, which look like other names"
    if any(unicodedata.category(letter)[0] == "C" or unicodedata.category(letter) in ("Zl", "Zp") for letter in name):
        return "its name holds a character that cannot be seen"
    if name.startswith((".", "-", "#")) or name.endswith((".", " ")) or name != name.strip():
        return "its name begins or ends with a character that makes it special"
    if _SPECIAL.search(name) or _RESERVED.fullmatch(name):
        return "its name is not possible on all systems"
    if len({unicodedata.name(letter, "?").split()[0] for letter in name if letter.isalpha()}) > 1:
        return "its name mixes letters of several scripts, which look alike"
    if len(name.encode()) > LONGEST:
        return "its name is too long"
    return ""


def folded(path: str) -> str:
    """What stands for all paths that some file system takes for the same one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", path).casefold())


def same_account(one: str, other: str) -> bool:
    """Whether two names of accounts mean the same one: forges do not tell capitals apart, and know ASCII only.

    A letter that looks like another, or that some way of folding turns into it (K, the sign of Kelvin), is none.
    """
    one, other = one.strip().removeprefix("@"), other.strip().removeprefix("@")
    return bool(one) and one.isascii() and other.isascii() and one.lower() == other.lower()

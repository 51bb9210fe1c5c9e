"""The list of removals: that something was removed, when and by which rules, and nothing about whom.

It lies in content/, whose own files no page shows and no build copies.
"""

from __future__ import annotations

import re

from experts.mentions import Mentions

PATH = "content/removals.csv"
HEAD = "number,day,files removed,references rewritten,coauthor,sole,text\n"
_NUMBER = re.compile(r"^(\d{1,9}),", re.MULTILINE)


def added(text: str, day: str, files: int, references: int, rules: Mentions) -> str:
    """The list with one more line; its number counts on, so that it is derived from nobody."""
    text = text if text.strip() else HEAD
    number = max(map(int, _NUMBER.findall(text)), default=0) + 1
    return text.rstrip("\n") + f"\n{number},{day},{files},{references},{rules.coauthor},{rules.sole},{rules.text}\n"

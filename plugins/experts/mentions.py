"""What happens to the names of people who are gone: the setting MENTIONS, and the words that stand instead of a name."""

from __future__ import annotations

from typing import NamedTuple

MOST = 8  # authors of a story


class Mentions(NamedTuple):
    """What is done where somebody who is gone is named."""

    coauthor: str = "neutral"  # beside others above a story: words without a name, nothing, or the name without a link
    sole: str = "remove"  # a story of whose authors nobody is left: it goes, stays with those words, or with the name
    text: str = "neutral"  # links to them in the texts of others: words without a name, or the words without a link


CHOICES = {
    "coauthor": ("neutral", "drop", "keep"),
    "sole": ("remove", "neutral", "keep"),
    "text": ("neutral", "keep"),
}
"""What each part of the setting can be."""

FORMER, UNNAMED, AWAY = "former", "unnamed", "away"
"""Has left; is not to be named, but belongs to the organisation; is only not shown for a while."""

# In running text the words stand in any case of the sentence, so languages that inflect need ones that fit all of them.
IN_TEXT = {FORMER: "a former colleague of ours", UNNAMED: "a colleague of ours"}
"""The msgids (in the theme's catalogues) of what stands instead of a name in a text."""

"""The texts of the theme's catalogue that stand in feeds."""

from __future__ import annotations

from typing import NamedTuple

from experts.digests import of_data
from experts.site import Site

EXPLAINED = "This feed tells you what is new here, without an account and without being tracked. Put this address into your feed reader:"
ENDED = "Nothing new will appear here. Please remove this feed from your feed reader."
PAUSED = "Nothing new appears here for the time being. Keep this feed in your feed reader if you want to know when it goes on."
OVER = "This news event is over. The experts still answer."
OFFERED = "This statement was offered until %(date)s. Please ask for a new one before you quote it."
FIRST = 'First published on <a href="%(address)s" rel="noopener">%(host)s</a>'

MESSAGES = (
    EXPLAINED,
    ENDED,
    PAUSED,
    OVER,
    OFFERED,
    FIRST,
    "a colleague",
    "a former colleague",
    "All stories in this language",
    "Earlier entries",
    "In the news",
    "Picture: %(credit)s",
    "Stories",
    "Stories and news events",
    "This feed has ended",
    "This feed pauses",
    "To the website",
    "Watch or listen on %(host)s",
    "What is a feed?",
    "What is being talked about, and who can explain it.",
    "What is new on this topic",
    "Who can explain it",
)


class Words(NamedTuple):
    """Texts by language and English text."""

    texts: dict[str, dict[str, str]]
    digest: bytes


def words(site: Site) -> Words:
    """The texts in all languages of the site."""
    texts = {lang: {text: site.catalogue(lang).gettext(text) for text in MESSAGES} for lang in site.languages}
    return Words(texts, of_data(texts))

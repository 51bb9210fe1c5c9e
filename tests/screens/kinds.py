"""The kinds of pages of the demo: one list for all that looks at each of them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-23"  # the demo's consents, events and statements depend on the day
LANGUAGES = ("de", "en")

PAGES = {
    "home": "",
    "experts": "experts/",
    "names": "a-z/",
    "chance": "chance/",
    "letter": "a-z/l/",
    "place": "places/hamburg/",
    "language": "languages/en/",
    "expert": "experts/mara-lindqvist/",
    "expert without portrait": "experts/thaddaeus-broemmel/",
    "expert who is away": "experts/clara-oyelaran/",
    "topics": "topics/",
    "topic": "topics/heat-pumps/",
    "broader topic": "topics/energy-transition/",
    "stories": "stories/",
    "archive": "archive/2025/",
    "hooks": "hooks/",
    "hook": "hooks/kommunale-waermeplanung/",
    "archived hook": "hooks/sturmtief-oktober-2025/",
    "events": "events/",
    "event": "events/barcamp-waermewende-2026/",
    "past event": "events/vortrag-altbau-kiel/",
    "search": "search/",
    "404": "404.html",
    "page": "about/",
    "guidelines": "guidelines/",
    "press": "press/",
    "embeds": "embeds/",
    "follow": "follow/",
    "developers": "developers/",
}
STORIES = {"story": "story", "statement": "statement", "interview": "interview", "talk": "talk",
           "press release": "press", "podcast": "podcast", "video": "video"}  # fmt: skip
FEEDS = {
    "feed of everything": "atom.xml",
    "feed of an expert": "experts/mara-lindqvist/atom.xml",
    "feed of a topic": "topics/heat-pumps/atom.xml",
}
KINDS = (*PAGES, *STORIES)


def path_of(kind: str, lang: str, feeds: bool = False) -> str:
    """The path of a kind of page in a language, below the site's root: ``en/experts/``."""
    start = "" if lang == LANGUAGES[0] else f"{lang}/"
    if feeds:
        return start + FEEDS[kind]
    return start + (PAGES[kind] if kind in PAGES else f"stories/{_story(STORIES[kind])}/")


def _story(kind: str) -> str:
    """The first story of a kind that is shown, is in the site's language and has a version in no other file."""
    for path in sorted((ROOT / "content/stories").glob("*/*.md")):
        head = path.read_text("utf-8").split("\n---", 1)[0]
        said = dict(re.findall(r"^(\w+): *(.*)$", head, re.MULTILINE))
        hidden = said.get("status") == "draft" or "translation_of" in said or said.get("date", "")[:10] > TODAY
        if not hidden and said.get("lang", LANGUAGES[0]) == LANGUAGES[0] and said.get("kind", "story") == kind:
            return path.stem
    raise AssertionError(f"the demo has no {kind}")

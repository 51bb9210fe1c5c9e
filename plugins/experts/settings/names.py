"""The names of settings, and which of them a misspelt one is meant to be."""

from __future__ import annotations

OWN = (
    "LANGUAGES", "CONSENT", "ORGANISATION", "PRESS_OFFICE", "BRAND", "REPOSITORY", "EMBED_PROVIDERS", "DRAFTS", "TAG_AUTHORITY",
    "WEBSUB_HUB", "FEED_ENDING_DAYS", "DATA_LICENCE", "SECURITY", "TEXTS", "ADMIN", "MAINTAINERS", "CONSENT_TEXTS",
    "VERIFY_DAYS", "MENTIONS",
)  # fmt: skip
"""The project's own settings; all others are Pelican's."""

USUAL = (
    "SITENAME", "SITEURL", "TIMEZONE", "DEFAULT_LANG", "THEME", "PLUGINS", "PLUGIN_PATHS", "STATIC_PATHS", "MARKDOWN",
)  # fmt: skip
"""Those of Pelican's that a misspelling is most likely of."""


def meant(key: str) -> str:
    """The name of ours or of Pelican's that a key is a misspelling of; "" for all others."""
    if key in OWN or key in USUAL:
        return ""
    plain = key.replace("_", "")
    for name in (*OWN, *USUAL):
        other = name.replace("_", "")
        if len(plain) > 4 and abs(len(plain) - len(other)) < 2 and _slips(plain, other) < 2:
            return name
    return ""


def _slips(one: str, other: str) -> int:
    """How many letters are in the way between the common beginning and the common end of two words, two swapped as one."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    middle, instead = one[start : len(one) - end], other[start : len(other) - end]
    return 1 if len(middle) == 2 and middle == instead[::-1] else max(len(middle), len(instead))

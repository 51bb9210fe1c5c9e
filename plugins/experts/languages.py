"""BCP 47 language tags (RFC 5646): are they well formed, and is there such a language?

Two-letter codes are checked against ISO 639-1; three-letter ones (ISO 639-2/3) by their form only,
since that list has 8,000 entries and changes.
"""

from __future__ import annotations

import re

ISO_639_1 = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff "
    "fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku "
    "kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu "
    "rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi "
    "vo wa wo xh yi yo za zh zu".split()
)
_FORM = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*"
    r"(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)
# What people write when they mean a language: country codes and names.
USUAL_MISTAKES = {
    "gr": "el", "cz": "cs", "dk": "da", "jp": "ja", "cn": "zh", "ua": "uk", "at": "de-AT", "gb": "en-GB", "us": "en-US", "se": "sv",
    "german": "de", "deutsch": "de", "english": "en", "englisch": "en", "french": "fr", "französisch": "fr", "francais": "fr",
    "français": "fr", "spanish": "es", "spanisch": "es", "español": "es", "italian": "it", "italienisch": "it", "italiano": "it",
    "polish": "pl", "polnisch": "pl", "polski": "pl", "turkish": "tr", "türkisch": "tr", "türkçe": "tr", "russian": "ru",
    "russisch": "ru", "dutch": "nl", "niederländisch": "nl", "nederlands": "nl", "swedish": "sv", "schwedisch": "sv", "svenska": "sv",
    "danish": "da", "dänisch": "da", "norwegian": "no", "norwegisch": "no", "finnish": "fi", "finnisch": "fi", "arabic": "ar",
    "arabisch": "ar", "chinese": "zh", "chinesisch": "zh", "japanese": "ja", "japanisch": "ja", "portuguese": "pt",
    "portugiesisch": "pt", "ukrainian": "uk", "ukrainisch": "uk", "greek": "el", "griechisch": "el", "czech": "cs",
    "tschechisch": "cs", "hungarian": "hu", "ungarisch": "hu", "vietnamese": "vi", "vietnamesisch": "vi", "hindi": "hi",
    "persian": "fa", "persisch": "fa", "hebrew": "he", "hebräisch": "he", "korean": "ko", "koreanisch": "ko",
}  # fmt: skip


def well_formed(tag: str) -> bool:
    """Whether `tag` is a language tag that can be used."""
    if tag in ISO_639_1:
        return True
    if not _FORM.fullmatch(tag):
        return False
    language = tag.split("-")[0].lower()
    return language in ISO_639_1 if len(language) == 2 else len(language) == 3


def canonical(tag: str) -> str:
    """The usual spelling (RFC 5646, 2.1.1): ``DE-at`` becomes ``de-AT``."""
    parts = tag.lower().split("-")
    for index, part in enumerate(parts[1:], 1):
        if len(parts[index - 1]) == 1:
            break
        parts[index] = part.upper() if len(part) == 2 else part.title() if len(part) == 4 and part.isalpha() else part
    return "-".join(parts)


def suggestion(word: str) -> str:
    """The tag that was probably meant; empty if unknown."""
    return USUAL_MISTAKES.get(word.strip().lower(), "")

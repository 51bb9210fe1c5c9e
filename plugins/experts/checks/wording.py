"""What can be told of the wording of a line of German or English: in doubt, nothing.

Each function looks at a text in the language `lang` and is silent for every other language.
"""

from __future__ import annotations

import re

from experts.model import primary

MOST = 2000  # characters that are looked at
_QUOTED = re.compile(r"„[^„“”\"]*[“”\"]|“[^“”]*”|”[^”]*”|«[^«»]*»|»[^«»]*«|‚[^‚‘’]*[‘’]|\"[^\"]*\"")
_I = re.compile(
    r"(?<![\w-])(?:ich|mich|mir|mein(?:e[mnrs]?)?)(?![\w-])"  # in the middle of a sentence
    r"|(?:(?<=^)|(?<=[.!?:–—] ))(?:Ich (?=[a-zäöüß])|(?:Mir|Mich) (?=[a-zäöüß])|Mein(?:e[mnrs]?)? (?=[A-ZÄÖÜ]))"
)
_MY = re.compile(r"(?<![\w-])(?:my|me|myself)(?![\w-])|(?:(?<=^)|(?<=[.!?:–—] ))My (?=[a-z])")
_I_ALONE = re.compile(r"(?<![\w.'’-])I(?:[’'](?:m|ve|d|ll)\b| (?=[a-z]))")
_BEFORE = re.compile(r"(?<!\S)(\S+) $")
# A letter I behind one of these, or behind any other word in capitals, is a number: World War I, Elizabeth I.
_SENTENCE_ENDS = (".", "!", "?", ":", "–", "—", ";")
_OPENERS = re.compile(
    r"When|While|If|As|Since|Because|Before|After|Where|What|Why|How|Today|Now|Here|There|Then|So|And|But|Or|Yes|No|That"
)
_CLAUSE = re.compile(
    r"[,;:–—.!?]|\b(?:dass|warum|wieso|weshalb|wie|was|wo|wann|that|why|how|what|where|when|which|who)\b"
)
_PASSIVE = {
    "de": re.compile(
        r"\b(?:wird|werden|wurden?)\b.*\b(?:(?:\w{2,6})?ge\w+(?:t|en)|\w+iert|(?:be|ver|er|ent|zer)\w+t)\s*$",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:is|are|was|were|be|been|being) (?:\w+ly )?"
        r"(?:\w{2,}ed|known|made|built|held|given|taken|seen|done|driven|led|written|chosen|shown|sought)\b",
        re.IGNORECASE,
    ),
}
_EMPTY = {
    "de": re.compile(
        r"(?:(?:ihre?|unsere?|der|die|das|eine?|anerkannte[rn]?|führende[rn]?|erfahrene[rn]?|ausgewiesene[rn]?|"
        r"leidenschaftliche[rn]?) )*(?:expert(?:e|in)|fach(?:mann|frau|kraft|person)|spezialist(?:in)?|ansprech(?:partner(?:in)?|person)|"
        r"profi|mitarbeiter(?:in)?|mitarbeitende[rn]?)(?:[:*_/]-?in)?(?: (?:für|im|in|rund um|zu|zum|bei|der|des) .*)?"
        r"|(?:mit|aus) leidenschaft(?: (?:für|bei|dabei)(?: .*)?)?",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?:(?:your|our|the|an?|recogni[sz]ed|leading|experienced|passionate|seasoned|subject[- ]matter) )*"
        r"(?:expert|specialist|professional|contact(?: person)?|employee|thought leader)(?: (?:for|in|on|of|at|with) .*)?"
        r"|passionate about .*|(?:with )?(?:a )?passion for .*",
        re.IGNORECASE,
    ),
}
_SAYS_NOTHING = re.compile(
    r"(?:porträt|portrait|portraet|profil)(?:foto|bild)?|foto(?:grafie)?|photo(?:graph)?|picture|image|bild|headshot|aufnahme"
    r"|vo[nm]|of|the|an?|eine?r?|de[rs]|die|das|mit|frau|herr|dr|prof|mr|mrs|ms"
)
_LETTERS = re.compile(r"[^\W_]+")


def first_person(text: str, lang: str) -> int:
    """Where a text speaks of its writer as *I* (an offset), outside of quotation marks; -1 if it does not."""
    text = _QUOTED.sub(lambda found: " " * len(found[0]), text[:MOST])
    if primary(lang) == "de":
        found = _I.search(text)
        return found.start() if found else -1
    if primary(lang) != "en":
        return -1
    places = [found.start() for found in [_MY.search(text)] if found]
    places += [found.start() for found in _I_ALONE.finditer(text) if not _is_number(text[: found.start()])][:1]
    return min(places, default=-1)


def _is_number(before: str) -> bool:
    """Whether an I behind these words is a number or an initial."""
    found = _BEFORE.search(before)
    word = found[1] if found else ""
    return word[:1].isupper() and not _OPENERS.fullmatch(word) and not word.endswith(_SENTENCE_ENDS)


def passive(headline: str, lang: str) -> bool:
    """Whether the main clause of a headline says what is done, and not who does it."""
    form = _PASSIVE.get(primary(lang))
    clause = _CLAUSE.split(headline[:MOST], maxsplit=1)[0]
    return bool(form and form.search(clause.rstrip()))


def empty(headline: str, lang: str, others: tuple[str, ...]) -> bool:
    """Whether a headline says no more than *expert for …*, a single word, or what `others` (name, role, department) say already."""
    plain = " ".join(headline[:MOST].split()).strip(" .!")
    if plain.casefold() in [other.casefold().strip() for other in others if other] or len(plain.split()) < 2:
        return True
    form = _EMPTY.get(primary(lang))
    return bool(form and form.fullmatch(plain))


def only_names(alt: str, name: str) -> bool:
    """Whether the description of a portrait says nothing but the name of who is on it."""
    known = {word.casefold() for word in _LETTERS.findall(name)}
    words = [word.casefold() for word in _LETTERS.findall(alt[:MOST])]
    return bool(words) and all(word in known or _SAYS_NOTHING.fullmatch(word) is not None for word in words)

"""Regular expressions for the values of fields, as JSON Schema has them: of ECMA-262, for a search in the whole value.

Each says what the readers in `fields` and `addresses` take, as far as an expression can.
"""

from __future__ import annotations

import re
from itertools import groupby

from experts.languages import ISO_639_1
from experts.markup import MESSENGERS, WEB_SCHEMES

_UNNEEDED = re.compile(r"\\([\"'<>@,;:!%&=~#_ ])")  # ECMA-262 with the flag u refuses to escape what has no meaning


def whole(pattern: str, required: bool = False) -> str:
    """An expression for a value that may stand in white space, and be nothing unless it is required."""
    return rf"^\s*(?:{_UNNEEDED.sub(lambda found: found[1], pattern)}){'' if required else '?'}\s*$"


def anycase(words: tuple[str, ...]) -> str:
    """One of some lower-case words, in any case."""
    return "|".join("".join(f"[{c.upper()}{c}]" if c.isalpha() else re.escape(c) for c in word) for word in words)


def _codes() -> str:
    """The two-letter codes of languages, in any case: a group for each first letter."""
    groups = groupby(sorted(ISO_639_1), key=lambda code: code[0])
    seconds = {first: "".join(code[1] for code in codes) for first, codes in groups}
    return "|".join(f"[{first.upper()}{first}][{rest.upper()}{rest}]" for first, rest in seconds.items())


DAY = r"(?!0000)\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2\d))"
_HOUR = r"(?:[01]\d|2[0-3])"
MOMENT = rf"{DAY}(?:[Tt ]{_HOUR}:[0-5]\d(?::[0-5]\d(?:\.\d{{1,6}})?)?(?:[Zz]|[+-]{_HOUR}:?[0-5]\d))?"
CLOCK = rf"(?:[01]?\d|2[0-3])[:.][0-5]\d|{MOMENT}"
LANGUAGE = (
    rf"(?:{_codes()}|[A-Za-z]{{3}})(?:-[A-Za-z]{{3}}){{0,3}}(?:-[A-Za-z]{{4}})?(?:-(?:[A-Za-z]{{2}}|\d{{3}}))?"
    r"(?:-(?:[A-Za-z\d]{5,8}|\d[A-Za-z\d]{3}))*(?:-[A-WYZa-wyz\d](?:-[A-Za-z\d]{2,8})+)*(?:-[Xx](?:-[A-Za-z\d]{1,8})+)?"
)
TIMEZONE = r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*"
BESIDE = r"(?:\./)?[^\s./\\](?:[^/\\]*[^\s/\\])?"
PER_CENT = r"(?:100|0?\d{1,2})(?:\.\d{1,9})?%?"
ORCID = r"(?:https://)?(?:http://)?(?:orcid\.org/)?(?:-*\d){15}-*[\dXx]-*"
FEDIVERSE = r"@?[\w.-]+@[\w-]+(?:\.[\w-]+)+"

_OTHER = r"""[^\s<>"{}|\\^`]"""  # what an address may hold
_HOST = r"""[^\s<>"{}|\\^`/?#@]"""
URL = rf"(?:{anycase(('https', 'http'))})://(?:[^\s<>\"{{}}|\\^`/?#]*@)?(?!:){_HOST}+(?:[/?#]{_OTHER}*)?"
ADDRESS = rf"{URL}|(?:{anycase(tuple(s for s in WEB_SCHEMES if s not in ('http', 'https')))}):{_OTHER}*"
_NO_HANDLE = anycase(("https", "http", *MESSENGERS))
HANDLE = rf"(?!(?:{_NO_HANDLE}):)\S(?:[\s\S]*\S)?|{ADDRESS}"
SWITCH = r"^\s*(?:[Tt]rue|TRUE|[Ff]alse|FALSE)?\s*$"
"""A switch, in quotes; or nothing."""

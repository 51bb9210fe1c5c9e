"""Mail addresses and telephone numbers that people can read and programs that search bytes for them cannot.

In HTML and XML their letters are written as character references, in JSON the sign in their middle is: every browser,
feed reader and screen reader turns them back before it does anything else, so that nobody notices.  What collects addresses
with patterns alone, as most such programs do, finds none; what reads the page as a browser does finds them all.
"""

from __future__ import annotations

import re
from hashlib import blake2b

MARKED_UP = (".html", ".xml", ".opml")
JSON = ".json"
_BEFORE = re.compile(r"[\w.+%-]+\Z")
_BEHIND = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_MAILTO = re.compile(r"mailto:\Z", re.IGNORECASE)
_CALL = re.compile(r'(<a [^<>]*?href=")(tel:[^"<]*)("[^<>]*>)([\d\s+()/.\u00a0-]*)', re.IGNORECASE)
_ESCAPED = "\\u0040"  # the sign in JSON
_LONGEST = 64  # characters before the sign (RFC 5321)


def letters(text: str) -> str:
    """A text as character references, in decimal or hexadecimal; which of the two depends on the text alone."""
    dice = blake2b(text.encode("utf-8", "replace"), digest_size=32).digest()
    return "".join(
        [
            f"&#x{ord(c):x};" if dice[number % 32] >> (number // 32 % 8) & 1 else f"&#{ord(c)};"
            for number, c in enumerate(text)
        ]
    )


def veiled(path: str, data: str | bytes) -> bytes:
    """The bytes of the output at `path`, in which no address stands as it is."""
    if isinstance(data, bytes) and (b"@" not in data or not path.endswith((*MARKED_UP, JSON))):
        return data
    text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
    if path.endswith(MARKED_UP):
        text = marked_up(text)
    elif path.endswith(JSON):
        text = in_json(text)
    return text.encode("utf-8", "replace")


def in_json(text: str) -> str:
    """JSON in which no string holds an @: it stands nowhere else, and means the same when it is escaped (RFC 8259, 7)."""
    return text.replace("@", _ESCAPED) if "@" in text else text


def marked_up(text: str) -> str:
    """HTML or XML with the letters of all addresses as character references; in data of scripts, as JSON escapes them."""
    if '"tel:' in text:
        text = _CALL.sub(lambda call: f"{call[1]}{letters(call[2])}{call[3]}{letters(call[4])}", text)
    pieces, done = [], 0
    at = text.find("@")
    while at >= 0:
        behind = _BEHIND.match(text, at + 1) if at and _letter(text[at - 1]) else None
        before = _BEFORE.search(text, max(done, at - _LONGEST), at) if behind else None
        if behind and before:
            start, end = before.start(), behind.end()
            inside = text.rfind("<script", 0, at)
            if inside < 0 or text.find("</script", inside, at) >= 0:
                scheme = _MAILTO.search(text, max(done, start - len("mailto:")), start)
                start = scheme.start() if scheme else start
                pieces += [text[done:start], letters(text[start:end])]
                done = end
            elif "json" in text[inside : text.find(">", inside)]:
                pieces += [text[done:at], _ESCAPED]
                done = at + 1
        at = text.find("@", max(at + 1, done))
    return "".join([*pieces, text[done:]]) if pieces else text


def _letter(character: str) -> bool:
    return character.isalnum() or character in "._+%-"


def without(text: str) -> str:
    """A plain text without addresses: for what is searched, or read by programs only."""
    if "@" not in text:
        return text
    return re.sub(r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+", "…", text)

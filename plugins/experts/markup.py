"""Markdown to sanitised HTML, and the links that a text holds.

The pipeline: Python-Markdown, nh3 (an allow-list; the boundary of trust), headings, links, quotes.
Body text is never a template.  Links to other records keep their name (``expert:mara``) in the
stored HTML; the page that shows it fills in the address, or drops the link to who has left.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urlsplit

import nh3

from . import characters, mailto
from .converter import Converter
from .effort import TooMuch
from .places import FOLDERS, KINDS
from .problems import Problem
from .typography import smarten

SECTIONS = {"experts": "expert", **FOLDERS}
MESSENGERS = ("matrix", "sgnl", "signal", "tg", "telegram", "threema", "whatsapp", "xmpp", "sip", "sips")
WEB_SCHEMES = ("http", "https", "mailto", "tel", *MESSENGERS)

_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
_ATTRIBUTES = {
    "*": {"lang", "dir", "id", "class", "title"},
    "a": {"href", "hreflang", "rev"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "details": {"open"},
}
_CLASSES = re.compile(r"footnote[a-z0-9-]*|language-[\w+-]+")
_HEADING = re.compile(r"<(/?)h([1-6])(?=[ >])")
_HREF = re.compile(r'(<a\b[^>]*? href=")([^"]*)(")')
_IMAGE = re.compile(r"<img\b[^>]*>")
_SRC = re.compile(r' src="([^"]*)"')
_ALT = re.compile(r' alt="([^"]*)"')
_ALIGN = re.compile(r'<t[hd]\b[^>]*? align="(left|right|center)"[^>]*>')
_CONTROLS = re.compile("\x02[a-z]{3,10}:?[0-9]*|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_RAW_URL = re.compile(r"<[a-zA-Z][^<>]*?\s(?:href|src)\s*+=\s*+[\"']?\s*+([a-zA-Z][\w+.-]*):", re.ASCII)
_BARE_HOST = re.compile(
    r"www\.[\w-]+\.\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|eu|de|at|ch|info|io|uk|fr|example)(?:/\S*)?", re.IGNORECASE
)
_BARE_EMAIL = re.compile(r"[^\s/@]+@[\w-]+(?:\.[\w-]+)+")
_NESTING = re.compile(r"[][()<>]|\n[ \t]*\n")
_CLOSING = {"[": "]", "(": ")", "<": ">"}
_NAMED = re.compile(r"&#?[0-9A-Za-z]{1,20};?")
_MAX_NESTING = 500
# What HTML opens again in every paragraph until it is closed, each as often as its attributes differ.
_FORMATTING = re.compile(
    r"<(/?)(a|b|big|code|em|font|i|nobr|small|s|strike|strong|tt|u)(?=[\s/>])[^>]*>|<[a-z]", re.IGNORECASE
)
_MAX_GROWTH = 200_000
_MOST_COMPLAINTS = 1000  # of a text: nobody reads more, and each is looked for in the text


class Markup(NamedTuple):
    """A converted body: sanitised HTML and the names of what it links to."""

    html: str
    links: tuple[str, ...]


def _filter(tag: str, attribute: str, value: str) -> str | None:  # noqa: ARG001 - the form that nh3 calls
    """Keep ids apart from the page's own, classes to the known ones."""
    if attribute == "id":
        return "t-" + re.sub(r"\s+", "-", value)
    if attribute == "cite":  # nobody sees it, so it need not name anybody either
        return value if value.startswith(("https://", "http://")) else None
    if attribute == "class":
        return " ".join(name for name in value.split() if _CLASSES.fullmatch(name)) or None
    if attribute == "title":
        return value or None
    if attribute == "href" and value.lstrip().startswith("#"):
        value = value.strip()
        return "#t-" + value[1:] if len(value) > 1 else None
    return value


def _cleaner(filter_: Callable[[str, str, str], str | None] | None) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=filter_,
        url_schemes={*WEB_SCHEMES, *KINDS},
        link_rel=None,
        strip_comments=True,
    )


_CLEANER, _AGAIN = _cleaner(_filter), _cleaner(None)
# Not allowed, and to a parser of HTML the end of what may close or repeat an element around them ("scope").
_FRAMES = re.compile(r"<(?:applet|button|form|marquee|math|object|select|svg|template)\b", re.IGNORECASE)
_ROUNDS = 5


def sanitise(html: str) -> str:
    """HTML reduced to the allowed elements, attributes and address schemes, without control characters.

    TooMuch if it would grow many times over.
    Control characters come from entities (``&#27;``), and from marks of Python-Markdown's that it sometimes leaves in an address.
    """
    if _overgrown(html):
        raise TooMuch("")
    clean = _CLEANER.clean(html)
    if _FRAMES.search(html) or ("<table" in html and "<a" in html):
        # Without the element that kept them apart, two paragraphs, say, stand in one another, which no parser leaves so;
        # a link that a table pushes out of itself may end up in another one.
        for _ in range(_ROUNDS):
            before, clean = clean, _AGAIN.clean(clean)
            if before == clean:
                break
    return _CONTROLS.sub("", clean) if "&#" in html or "\2" in clean or "\3" in clean else clean


_converters: list[Converter] = []


def convert(path: str, body: str, lang: str, line: int) -> tuple[Markup, list[Problem]]:
    """Convert the Markdown `body` of the file `path`, written in `lang`, that begins at `line`."""
    if not body.strip():
        return Markup("", ()), []
    if not _converters:
        _converters.append(Converter())
    problems: list[Problem] = []
    try:
        if _too_deep(body):
            raise RecursionError
        raw = _converters[0].convert(body)
        clean = sanitise(raw)
    except RecursionError:
        _converters.clear()
        hint = "use fewer levels of quotes, lists and brackets"
        return Markup("", ()), [
            Problem(path, line, 1, "body-depth", "quotes, lists or brackets stand too deep inside each other", hint)
        ]
    except TooMuch as error:
        _converters.clear()
        return Markup("", ()), [too_much(path, body, line, error.near)]
    if "=" in raw:
        _refuse_schemes(path, raw, body, line, problems)
    html, links = finish(
        path, clean, lang, lambda code, where, *rest: _complain(problems, path, body, line, code, where, *rest)
    )
    odd = characters.forbidden(html)
    if odd >= 0:
        problems.append(_written(path, body, line, html[odd]))
        return Markup("", ()), problems
    return Markup(html, links), problems


def _written(path: str, body: str, line: int, letter: str) -> Problem:
    """The problem of a character that no text may hold, and that this one names as HTML does."""
    at = next((match.start() for match in _NAMED.finditer(body) if letter in unescape(match[0])), 0)
    row, column = line + body.count("\n", 0, at), at - body.rfind("\n", 0, at)
    message, hint = (
        "an invisible character stands here, {character}",
        "delete it; it often comes along with copied text",
    )
    return Problem(path, row, column, "control-character", message, hint, {"character": f"U+{ord(letter):04X}"})


def finish(path: str, html: str, lang: str, complain: Callable[..., None]) -> tuple[str, tuple[str, ...]]:
    """Headings, links, pictures and quotation marks of sanitised HTML; ``(html, links)``."""
    links: dict[str, None] = {}
    if "<h" in html:
        html = _shift_headings(html)
    if ' href="' in html:

        def link(match: re.Match[str]) -> str:
            name = resolve(path, unescape(match[2]), complain)
            if name.partition(":")[0] in _LOCAL:
                links[name.partition("#")[0]] = None
            return match[1] + escape(name) + match[3]

        html = _HREF.sub(link, html)
    if "<img" in html:
        last, linked = 0, False

        def image(match: re.Match[str]) -> str:
            nonlocal last, linked
            opened = max(html.rfind(tag, last, match.start()) for tag in ("<a ", "<a>"))
            closed = html.rfind("</a>", last, match.start())
            last, linked = match.start(), opened > closed or (linked and closed < 0)
            return _image(path, match[0], linked, links, complain)

        html = _IMAGE.sub(image, html)
    if ' align="' in html:
        html = _ALIGN.sub(_aligned, html)
    if "<pre" in html or "<table" in html:
        # Wide ones scroll; without a tab stop, a keyboard could not scroll them (WCAG 2.1.1).
        html = re.sub(r"<(pre|table)(?=[ >])", r'<\1 tabindex="0"', html)
    return smarten(html, lang), tuple(links)


_LOCAL = frozenset((*KINDS, "file", "path"))


def resolve(path: str, url: str, complain: Callable[..., None]) -> str:
    """The name of what `url`, written in the file `path`, points to.

    A record is ``kind:slug``, a file beside the text ``file:name``, anything else on this site
    ``path:/…``; addresses elsewhere stay as they are.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        complain("link", url, "this address cannot be read: {url}")
        return "#"
    fragment = "#" + parts.fragment if parts.fragment else ""
    if parts.scheme in KINDS:
        return f"{parts.scheme}:{(parts.netloc + parts.path).strip('/')}{fragment}"
    if parts.scheme or parts.netloc or not parts.path:
        return _elsewhere(parts, url)
    if _BARE_EMAIL.fullmatch(url):
        complain("link", url, "{url} is not an address", "did you mean mailto:{url}?")
        return "#"
    if _BARE_HOST.fullmatch(url):
        complain("link", url, "{url} is not an address", "did you mean https://{url}?")
        return "#"
    target = unquote(parts.path)
    if target.startswith("/"):
        return (_record_at(target) or "path:/" + target.lstrip("/\\")) + fragment  # //x would be another host
    full = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    record = _record_in(full)
    if record:
        return record + fragment
    folder = posixpath.dirname(path)
    if not full.startswith(folder + "/"):
        hint = "name a person with expert:short-name, or use a full address"
        complain("link-outside", url, "the link leads out of the folder: {url}", hint)
        return "#"
    return "file:" + quote(posixpath.relpath(full, folder))


def _elsewhere(parts: SplitResult, url: str) -> str:
    """An address that is none of the site."""
    if parts.netloc and not parts.scheme:
        return "https:" + url.strip()  # //host/path looks like an address of this site
    return mailto.tamed(url) if parts.scheme == "mailto" else url


def _record_at(target: str) -> str:
    """The name of the record at a path of the site, like ``/experts/mara/`` or ``/en/experts/mara/``; "" for others."""
    words = [word for word in target.split("/") if word]
    if words and words[-1] == "index.html":
        words.pop()
    if len(words) > 1 and words[-2] in SECTIONS and len(words) <= 3:
        return f"{SECTIONS[words[-2]]}:{words[-1]}"
    return ""


def _record_in(file: str) -> str:
    """The name of the record in a Markdown file of the site; "" for others."""
    words = file.split("/")
    if not file.endswith(".md") or len(words) < 3:
        return ""
    if words[0] == "profiles":
        return f"expert:{words[1]}" if len(words) == 3 else ""
    kind = "page" if words[1] == "pages" else FOLDERS.get(words[1], "")
    return f"{kind}:{words[-1].split('.')[0]}" if words[0] == "content" and kind else ""


def _image(path: str, tag: str, linked: bool, links: dict[str, None], complain: Callable[..., None]) -> str:
    """A picture beside the text stays; one from elsewhere becomes a link, since no page loads from other hosts.

    Inside of a link (`linked`), its description stays instead.
    """
    source = _SRC.search(tag)
    if not source:
        return ""
    url = unescape(source[1])
    alt = _ALT.search(tag)
    words = escape(unescape(alt[1])) if alt else ""
    name = resolve(path, url, complain)
    kind = name.partition(":")[0]
    if kind not in ("file", "path"):
        elsewhere = not linked and kind not in KINDS and not name.startswith("#")
        return f'<a href="{escape(name)}">{words or escape(name)}</a>' if elsewhere else words
    links[name] = None
    if not alt:
        tag = tag.replace("<img", '<img alt=""', 1)
    return tag.replace(source[0], f' src="{escape(name)}"').replace("<img", '<img loading="lazy"', 1)


def _aligned(cell: re.Match[str]) -> str:
    """A cell of a table whose alignment is a class, beside the one that it has."""
    written, side = f' align="{cell[1]}"', cell[1]
    if ' class="' in cell[0]:
        return cell[0].replace(written, "", 1).replace(' class="', f' class="{side} ', 1)
    return cell[0].replace(written, f' class="{side}"', 1)


def _shift_headings(html: str) -> str:
    """Headings below the page's own: the highest becomes h2, and no level is left out."""
    levels = [int(match[2]) for match in _HEADING.finditer(html) if not match[1]]
    if not levels:
        return html
    shift = 2 - min(levels)
    last, now = 1, 2

    def place(match: re.Match[str]) -> str:
        nonlocal last, now
        if not match[1]:
            now = last = min(int(match[2]) + shift, last + 1, 6)
        return f"<{match[1]}h{now}"

    return _HEADING.sub(place, html)


def _too_deep(body: str) -> bool:
    """Whether so many brackets are open in one paragraph that Python-Markdown would take minutes for it."""
    if body.count("[") < _MAX_NESTING and body.count("<") < _MAX_NESTING:
        return False
    depth = dict.fromkeys("])>", 0)
    for mark in _NESTING.findall(body):
        if mark in _CLOSING:
            depth[_CLOSING[mark]] += 1
            if depth[_CLOSING[mark]] > _MAX_NESTING:
                return True
        elif mark in depth:
            depth[mark] = max(depth[mark] - 1, 0)
        else:
            depth = dict.fromkeys(depth, 0)
    return False


def too_much(path: str, body: str, line: int, near: str) -> Problem:
    """The problem of a text that makes too much work, at the part where it became too much."""
    words = near.lstrip().partition("\n")[0][:60]
    at = max(body.find(words), 0)
    message, hint = (
        "this part of the text holds too many marks: {beginning}",
        "divide it by empty lines, and close every bracket, quotation mark and tag",
    )
    values = {"beginning": words[:30] + "…"}
    return Problem(path, line + body.count("\n", 0, at), 1, "body-effort", message, hint, values)


def _overgrown(raw: str) -> bool:
    """Whether elements for formatting are left open so often that correct HTML would be many times as long."""
    if raw.count("<") < _MAX_NESTING:
        return False
    open_now: dict[str, int] = {}
    depth = growth = 0
    for match in _FORMATTING.finditer(raw):
        name = (match[2] or "").lower()
        if not name:
            growth += depth
        elif not match[1]:
            open_now[name] = open_now.get(name, 0) + 1
            depth += 1
        elif open_now.get(name):
            open_now[name] -= 1
            depth -= 1
        if growth > _MAX_GROWTH:
            return True
    return False


def _refuse_schemes(path: str, raw: str, body: str, line: int, problems: list[Problem]) -> None:
    """A problem for each address whose scheme is not allowed (nh3 drops it in any case)."""
    for match in _RAW_URL.finditer(raw):
        scheme = match[1].lower()
        if scheme not in WEB_SCHEMES and scheme not in KINDS:
            _complain(
                problems,
                path,
                body,
                line,
                "link-scheme",
                match[1] + ":",
                "addresses that begin with {url} are not allowed",
                "use https:, mailto: or a messenger's address",
            )


def _complain(
    problems: list[Problem], path: str, body: str, line: int, code: str, where: str, message: str, hint: str = ""
) -> None:
    if len(problems) >= _MOST_COMPLAINTS:
        return
    at = max(body.find(where), 0)
    row, column = line + body.count("\n", 0, at), at - body.rfind("\n", 0, at)
    problems.append(Problem(path, row, column, code, message, hint, {"url": where}))

"""A vCard 4.0 (RFC 6350) of each expert who consents to press kits: what the page says, for an address book.

There is no REV: nobody says when a profile was last changed, and a reader that trusts an old day misses the change.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import quote

from experts import formats, identifiers, model, names, signals, urls
from experts.directory import Directory
from experts.output import Output
from experts.site import Site

EMBEDDED = 200_000  # bytes of a picture that goes into the card; a larger one is named by its address
WEBSITES = ("website", "blog", "podcast")
_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), 127])
_ESCAPES = {**_CONTROLS, ord("\n"): "\\n", ord("\\"): "\\\\", ord(","): "\\,"}
_IN_COMPOUND = {**_ESCAPES, ord(";"): "\\;"}


def line(name: str, text: str) -> str:
    """A property that is a text."""
    return f"{name}:{text.translate(_ESCAPES)}"


def compound(name: str, *texts: str) -> str:
    """A property of several texts, which semicolons divide; in a text of its own not every reader knows an escaped one."""
    return f"{name}:{';'.join([text.translate(_IN_COMPOUND) for text in texts])}"


def fold(content: str) -> bytes:
    """A content line of at most 75 octets, the rest on lines that begin with a space, no character divided (RFC 6350 3.2)."""
    data = content.encode("utf-8", "replace")
    pieces, at, room = [], 0, 75
    while len(data) - at > room:
        end = at + room
        while data[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        pieces.append(data[at:end])
        at, room = end, 74
    return b"\r\n ".join([*pieces, data[at:]]) + b"\r\n"


def outputs(view: Directory, site: Site) -> Iterator[Output]:
    """One card for each expert, in all languages of the profile."""
    make = partial(card, site)
    for expert in view.experts:
        topics, portrait = view.topic_cards(expert.topics), view.portrait(expert)
        yield site.text(path_of(expert.slug), make, expert, topics, portrait)


def path_of(slug: str) -> str:
    """The path of a person's card."""
    return f"{urls.record('expert', slug)}contact.vcf"


def card(site: Site, expert: model.Expert, topics: tuple[model.TopicCard, ...], portrait: model.Image | None) -> bytes:
    """The card of an expert."""
    settings = site.settings
    lang = expert.lang if expert.lang in site.languages else site.default_lang

    def organisation(name: str, department: str) -> str:
        return compound(name, settings.organisation["name"], department)

    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"PRODID:-//{settings.tag_authority.partition(',')[0]}//Our Experts//EN",
        f"UID:{identifiers.tag(settings.tag_authority, 'expert', identifiers.name(expert))}",
        f"SOURCE:{site.address(path_of(expert.slug))}",
        "KIND:individual",
        line("FN", expert.name),
        compound("N", *_name(expert.name)),
        *_said("TITLE", expert.pairs("role")),
        *(_said("ORG", expert.pairs("department"), organisation) or [compound("ORG", settings.organisation["name"])]),
        *_said("NOTE", expert.pairs("summary") or expert.pairs("headline")),
        f"URL;PREF=1:{site.address(urls.record('expert', expert.slug), lang)}",
        *_reach(expert),
        *map(_elsewhere, expert.links),
        *[f"LANG;PREF={number}:{tag}" for number, tag in enumerate(expert.languages, 1)],
        f"TZ:{expert.timezone or settings.timezone}",
    ]
    if expert.pronouns:
        lines.append(line("PRONOUNS", expert.pronouns))  # RFC 9554
    if expert.location:
        lines.append(compound("ADR;TYPE=work", "", "", "", expert.location, "", "", ""))
    for number, topic in enumerate(topics, 1):
        lines += _said(f"EXPERTISE;INDEX={number}", topic.label, group=f"topic{number}")  # RFC 6715
    if portrait:
        photo = portrait.small
        if photo.size <= EMBEDDED:
            embedded = b64encode(site.picture(portrait, photo)).decode()
            lines.append(f"PHOTO:data:{photo.type};base64,{embedded}")
        else:
            lines.append(f"PHOTO:{site.address(photo.path)}")
    return b"".join(map(fold, [*lines, "END:VCARD"]))


def _name(name: str) -> tuple[str, ...]:
    """Family name, given names, additional ones, titles before and behind: read one after another they are the name again."""
    given, family, behind = names.split(name)
    titles = 0
    while titles < len(given) and given[titles].endswith(".") and len(given[titles]) > len("J."):
        titles += 1
    if not given and not behind:  # a single name is what somebody is called by
        given, family = family, []
    return tuple([" ".join(words) for words in (family, given[titles:], [], given[:titles], behind)])


def _said(name: str, pairs: model.Pairs, make: Callable[[str, str], str] = line, group: str = "1") -> list[str]:
    """A property in all languages in which there is a text; ALTID says that they are one (RFC 6350 5.4)."""
    several = f";ALTID={group}" if len(pairs) > 1 else ""
    return [make(f"{name}{several};LANGUAGE={tag}", text) for tag, text in pairs]


def _reach(expert: model.Expert) -> Iterator[str]:
    if expert.email:
        yield line("EMAIL;TYPE=work", expert.email)
    if expert.phone:
        number = formats.tel(expert.phone)  # RFC 3966 knows a number by itself only with its country
        yield f"TEL;VALUE=uri;TYPE=work:tel:{number}" if number[:1] == "+" else line("TEL;TYPE=work", expert.phone)


def _elsewhere(link: model.Link) -> str:
    """A profile elsewhere: a website, a messenger's address, or a profile in a service (RFC 9554)."""
    scheme, _, rest = link.url.partition(":")
    if not link.url:
        return line(f"SOCIALPROFILE;SERVICE-TYPE={link.kind};VALUE=text", link.label)
    if scheme.lower() == "mailto":
        return line("EMAIL", rest.partition("?")[0])
    uri = quote(link.url, safe="!#$%&'()*+,/:;=?@~")  # it may be an IRI
    if scheme.lower() == "tel":
        return f"TEL;VALUE=uri:{uri}"
    if link.kind in WEBSITES:
        return f"URL:{uri}"
    web = scheme.lower() in ("http", "https")
    return f"{'SOCIALPROFILE' if web else 'IMPP'};SERVICE-TYPE={link.kind}:{uri}"


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "press-kit")

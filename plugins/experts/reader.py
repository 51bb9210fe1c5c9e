"""Documents to records: what a file's fields and its text become.

`read` is pure: the same path, bytes and languages give the same record, HTML and problems, on
any core and from any cache.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from . import digests, frontmatter, languages, markup, model, proofs, schema
from . import fields as f
from .dates import instant
from .places import kind_of, meant
from .problems import Problem
from .typography import smarten_text

MOST = 100
"""Problems that are told of one file: who is told of a hundred knows."""
_PORTRAIT_NEEDS = {
    "alt": "describe the picture for people who do not see it",
    "credit": "name who took the picture",
    "licence": "say how it may be used, like CC-BY-4.0",
}


class Reading(NamedTuple):
    """What came of reading a file; `record` is None where it cannot be used.

    `kind` is "expert", "translation", "story", "topic", "hook", "event" or "proofs"; `record` of a translation
    is ``(slug, ExpertText)``.  `html` is the converted body that ``record`` names by its digest.
    """

    kind: str
    record: Any
    html: str
    problems: list[Problem]


def read(path: str, data: bytes, site_languages: tuple[str, ...]) -> Reading:
    """Read the file `path` (relative to the site, with /) with the bytes `data`."""
    kind, slug, lang = kind_of(path)
    if kind == "translation" and not data.strip(b"\xef\xbb\xbf \t\r\n"):
        return Reading(kind, None, "", [])
    if kind == "misplaced" and path.startswith("content/"):
        values = {"folder": path.split("/")[1], "like": meant(path.split("/")[1])}
        message, hint = "there is no folder {folder} in content", "did you mean {like}?"
        return Reading(kind, None, "", [Problem(path, 0, 0, "misplaced", message, hint, values)])
    if kind == "misplaced":
        hint = "a profile is profiles/<short-name>/profile.md, its translations lie beside it as profile.<language>.md"
        return Reading(
            kind, None, "", [Problem(path, 0, 0, "misplaced", "this file is not where a profile belongs", hint)]
        )
    if kind == "proofs":
        confirmed, problems = proofs.read(path, data)
        return Reading(kind, confirmed, "", problems)
    problems = []
    if not f.SLUG.fullmatch(slug):
        problems.append(_no_slug(path, kind, slug))
    document, found = frontmatter.parse(path, data)
    problems += found
    if document is None:
        return Reading(kind, None, "", problems)
    context = f.Context(path, problems, site_languages)
    record, html = _READERS[kind](context, document, slug, lang)
    return Reading(kind, record if not problems else None, html, _first(problems))


def _first(problems: list[Problem]) -> list[Problem]:
    """The problems of a file that are told, in their order; the last says how many more there are."""
    if len(problems) <= MOST:
        return problems
    told = sorted(problems, key=lambda problem: (problem.line, problem.column))[:MOST]
    message, hint = "there are {n} more problems in this file", "put right the others first"
    last = told[-1]
    return [*told, Problem(last.path, last.line, last.column, "more", message, hint, {"n": len(problems) - MOST})]


def _no_slug(path: str, kind: str, slug: str) -> Problem:
    of_folder = kind in ("expert", "translation")
    message = (
        "the folder's name {value} is not a short name" if of_folder else "the file's name {value} is not a short name"
    )
    like = f.slug_of(slug)
    hint = "rename it to {like}" if like else "lower-case letters a-z, digits and - only, like mara-lindqvist"
    return Problem(path, 0, 0, "slug", message, hint, {"value": slug, "like": like})


def _body(context: f.Context, document: frontmatter.Document, lang: str) -> tuple[model.Body | None, str]:
    found, problems = markup.convert(context.path, document.body, lang, document.body_line)
    context.problems.extend(problems)
    if not found.html:
        return None, ""
    return model.Body(digests.of(found.html.encode()), found.links), found.html


def _seal(record: Any) -> Any:
    """The record with the digest of its fields."""
    return record._replace(digest=digests.of_data(model.plain(record)))


def _expert(context: f.Context, document: frontmatter.Document, slug: str, _: str) -> tuple[model.Expert, str]:
    v = f.fields(context, document.head, schema.EXPERT)
    lang = v["lang"] or context.languages[0]
    body, html = _body(context, document, lang)
    portrait = v["portrait"] or {}
    node = document.head.items.get("portrait")
    picture = None
    if portrait.get("file"):
        for name in ("alt", "credit", "licence"):
            if not portrait[name]:
                hint = _PORTRAIT_NEEDS[name]
                context.complain(node, "portrait-" + name, "the portrait has no {field}", hint, field=name)
        picture = model.Portrait(portrait["file"], portrait["credit"], portrait["licence"], portrait["focus"])
    elif portrait and any(portrait[name] for name in ("alt", "credit", "licence")):
        context.complain(
            node, "portrait-file", "the portrait has no file", "add file: portrait.jpg, or remove the portrait"
        )
    consent: model.Consent | None = v["consent"]
    if consent and consent.until and consent.until < consent.given:
        _order(context, document.head.items["consent"], "until", "given")
    absence: model.Absence | None = v["absence"]
    if absence and absence.start and absence.until and absence.until < absence.start:
        _order(context, document.head.items["absence"], "until", "from")
    contact = v["contact"] or {}
    text = _expert_text(lang, v, portrait, body)
    record = model.Expert(
        slug=slug,
        name=v["name"],
        texts=(text,),
        location=v["location"],
        timezone=v["timezone"],
        pronouns=v["pronouns"],
        pronunciation=v["pronunciation"],
        languages=v["languages"],
        topics=v["topics"],
        formats=v["formats"],
        response=v["response"],
        email=contact.get("email", ""),
        phone=contact.get("phone", ""),
        links=v["links"],
        feeds=v["feeds"],
        portrait=picture,
        media=tuple(
            [medium._replace(title=smarten_text(medium.title, medium.language or lang)) for medium in v["media"]]
        ),
        absence=absence,
        owner=v["owner"],
        consent=consent,
        confirmed=v["confirmed"],
        status=v["status"],
        left=v["left"],
        aliases=v["aliases"],
        source=context.path,
        digest=b"",
    )
    return _seal(record), html


def _expert_text(lang: str, v: dict[str, Any], portrait: dict[str, Any], body: model.Body | None) -> model.ExpertText:
    """The text fields of a profile or of a translation."""

    def smart(name: str) -> str:
        return smarten_text(v[name], lang)

    return model.ExpertText(
        lang,
        smart("headline"),
        v["role"],
        v["department"],
        smart("summary"),
        tuple([smarten_text(words, lang) for words in v["contact_for"]]),
        smart("interests"),
        portrait.get("alt", ""),
        body,
    )


def _before(one: str, other: str) -> bool:
    """Whether a date or date-time lies before another; by the day alone where one has no time."""
    if len(one) == 10 or len(other) == 10:
        return one[:10] < other[:10]
    return instant(one) < instant(other)


def _order(context: f.Context, node: Any, later: str, earlier: str) -> None:
    place = node.items[later]
    message, hint = "{later} lies before {earlier}", "check the two dates"
    context.complain(place, "order", message, hint, later=later, earlier=earlier)


def _translation(context: f.Context, document: frontmatter.Document, slug: str, lang: str) -> tuple[Any, str]:
    texts = {key: node for key, node in document.head.items.items() if key != "translation_of" and not node.empty}
    if not texts and not document.body.strip():
        return None, ""
    place = f.Place(0, 0)
    if not languages.well_formed(lang):
        hint = "name it profile.<language>.md, like profile.en.md"
        context.complain(place, "language", "{value} is not a language code", hint, value=lang)
    elif not any(model.primary(lang) == model.primary(known) for known in context.languages):
        hint = "its languages are {known}, see LANGUAGES in pelicanconf.py"
        context.complain(
            place,
            "site-language",
            "the site has no pages in {value}",
            hint,
            value=lang,
            known=", ".join(context.languages),
        )
    only_original = {key for key in document.head.items if key in schema.EXPERT and key not in schema.TRANSLATION}
    for key in sorted(only_original):
        place = f.Place(*document.head.keys[key])
        hint = "a translation holds only {known}" if key != "lang" else "the name of this file says its language"
        known_fields = ", ".join(schema.TRANSLATION)
        context.complain(
            place, "translation-field", "{field} belongs into profile.md", hint, field=key, known=known_fields
        )
    known = {key: value for key, value in document.head.items.items() if key not in only_original}
    v = f.fields(context, document.head._replace(items=known), schema.TRANSLATION)
    if v["translation_of"] and v["translation_of"] != slug:
        node = document.head.items["translation_of"]
        context.complain(
            node,
            "translation-of",
            "translation_of is {value}, but the folder is {slug}",
            "write {slug}",
            value=v["translation_of"],
            slug=slug,
        )
    body, html = _body(context, document, lang)
    return (slug, _expert_text(lang, v, v["portrait"] or {}, body)), html


def _story(context: f.Context, document: frontmatter.Document, slug: str, _: str) -> tuple[model.Story, str]:
    v = f.fields(context, document.head, _story_table(document.head))
    lang = v["lang"] or context.languages[0]
    body, html = _body(context, document, lang)
    image = v["image"] or {}
    picture = None
    if image.get("file"):
        node = document.head.items["image"]
        if not image["alt"]:
            context.complain(
                node,
                "picture-alt",
                "the picture has no description",
                "add alt: what there is to see, for people who do not see it",
            )
        picture = model.Picture(image["file"], image["alt"], image["credit"], image["licence"])
    text = model.StoryText(
        slug,
        lang,
        smarten_text(v["title"], lang),
        smarten_text(v["summary"], lang),
        smarten_text(v["share"], lang),
        v["original"],
        v["embed"],
        picture,
        body,
        v["aliases"],
        context.path,
    )
    record = model.Story(
        slug=slug,
        texts=(text,),
        date=v["date"],
        authors=v["authors"],
        former_authors=v["former_authors"],
        topics=v["topics"],
        kind=v["kind"],
        until=v["until"],
        updated=v["updated"],
        status=v["status"],
        translation_of=v["translation_of"],
        source=context.path,
        digest=b"",
    )
    return _seal(record), html


def _story_table(head: frontmatter.Mapping) -> dict[str, f.Field]:
    """The fields of a story: which of them are required depends on others."""
    of, former = head.items.get("translation_of"), head.items.get("former_authors")
    if of is not None and not of.empty:
        return schema.STORY_TRANSLATION
    return schema.STORY if former is None or former.empty else schema.STORY_WITHOUT


def _topic(context: f.Context, document: frontmatter.Document, slug: str, _: str) -> tuple[model.Topic, str]:
    v = f.fields(context, document.head, schema.TOPIC)
    if document.body.strip():
        place = f.Place(document.body_line, 1)
        context.complain(
            place, "topic-body", "a topic has no text below its fields", "put it into description: {{de: …, en: …}}"
        )
    description = tuple([(lang, smarten_text(words, lang)) for lang, words in v["description"]])
    values = (v["label"], v["synonyms"], v["broader"], v["wikidata"], description, v["aliases"])
    return _seal(model.Topic(slug, *values, context.path, b"")), ""


def _hook(context: f.Context, document: frontmatter.Document, slug: str, _: str) -> tuple[model.Hook, str]:
    v = f.fields(context, document.head, schema.HOOK)
    lang = v["lang"] or context.languages[0]
    body, html = _body(context, document, lang)
    experts = tuple([angle._replace(angle=smarten_text(angle.angle, lang)) for angle in v["experts"]])
    title = smarten_text(v["title"], lang)
    values = (title, lang, v["date"], v["until"], experts, v["topics"], v["status"], v["aliases"])
    return _seal(model.Hook(slug, *values, body, context.path, b"")), html


def _event(context: f.Context, document: frontmatter.Document, slug: str, _: str) -> tuple[model.Event, str]:
    v = f.fields(context, document.head, schema.EVENT)
    lang = v["lang"] or context.languages[0]
    body, html = _body(context, document, lang)
    if v["start"] and v["end"] and _before(v["end"], v["start"]):
        _order(context, document.head, "end", "start")
    values = (
        smarten_text(v["title"], lang),
        lang,
        v["start"],
        v["end"],
        v["place"],
        v["url"],
        v["kind"],
        v["experts"],
        v["topics"],
        tuple([session._replace(title=smarten_text(session.title, lang)) for session in v["sessions"]]),
    )
    return _seal(model.Event(slug, *values, v["status"], v["aliases"], body, context.path, b"")), html


_READERS: dict[str, Callable[[f.Context, frontmatter.Document, str, str], tuple[Any, str]]] = {
    "expert": _expert,
    "translation": _translation,
    "story": _story,
    "topic": _topic,
    "hook": _hook,
    "event": _event,
}

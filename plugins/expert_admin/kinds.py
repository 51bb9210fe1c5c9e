"""The collections of the web editor: one for each kind of file, and one for the translations into each language."""

from __future__ import annotations

import os
from functools import partial
from typing import Any

from experts import schema
from experts.fields import Field
from experts.formats import language as name_of
from experts.settings import Settings
from experts.urls import localised

from . import wordings
from .backends import folder
from .widgets import PROFILES, STORIES, TOPICS, Form, Widget, fields, reference
from .words import COLLECTIONS, COMMON, TEXTS

Collection = dict[str, Any]
FOLDERS = {
    PROFILES: "profiles",
    STORIES: "content/stories",
    TOPICS: "content/topics",
    "hooks": "content/hooks",
    "events": "content/events",
}
SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
BUTTONS = ["bold", "italic", "link", "heading-two", "heading-three", "quote", "bulleted-list", "numbered-list"]


def collections(
    settings: Settings, spoken: tuple[str, ...], lang: str, versions: tuple[str, ...] = ()
) -> list[Collection]:
    """All collections, with labels in `lang`; `spoken` are the languages of people on the site, `versions` those of the text of consent."""
    tags = sorted(
        {*COMMON, *settings.languages, *spoken},
        key=lambda tag: (tag not in settings.languages, name_of(tag, lang).casefold()),
    )
    names = tuple([(tag, name_of(tag, lang)) for tag in tags])
    form = partial(_form, settings, names, lang)
    profiles = _profiles(settings, form("expert")._replace(versions=versions), lang)
    translations = [_translations(settings, tag, form("translation"), lang) for tag in settings.languages]
    others = [
        _kind(settings, STORIES, schema.STORY, form("story"), lang),
        _kind(settings, TOPICS, schema.TOPIC, form("topic"), lang),
        _kind(settings, "hooks", schema.HOOK, form("hook"), lang),
        _kind(settings, "events", schema.EVENT, form("event")._replace(moments=MOMENTS), lang),
    ]
    return [profiles, *translations, *others]


MOMENTS = frozenset(("start", "end"))
ADDRESSES = {
    STORIES: {"path": "{{year}}/{{slug}}", "slug": "{{title}}", "media_folder": "", "public_folder": ""},
    "hooks": {"slug": "{{title}}"},
    "events": {"slug": "{{title}}"},
}
LISTS = {
    STORIES: {
        "preview_path": "stories/{{filename}}/",
        "summary": "{{title}} ({{date}})",
        "sortable_fields": ["date", "title"],
    },
    "hooks": {
        "preview_path": "hooks/{{slug}}/",
        "summary": "{{title}} ({{date}})",
        "sortable_fields": ["date", "title"],
    },
    "events": {
        "preview_path": "events/{{slug}}/",
        "summary": "{{title}} ({{start}})",
        "sortable_fields": ["start", "title"],
    },
}


def _form(settings: Settings, spoken: tuple[tuple[str, str], ...], lang: str, kind: str) -> Form:
    names = {PROFILES: "name", STORIES: "title", TOPICS: f"label.{settings.languages[0]}"}
    words = wordings.of(kind, lang, os.path.join(settings.checkout, ".cache"))
    return Form(words, settings.languages, spoken, names, lang)


def _about(name: str, kind: str, settings: Settings, lang: str, language: str = "") -> Collection:
    label, singular, description = COLLECTIONS[lang][kind]
    named = {
        "name": name,
        "label": label.format(language=language),
        "label_singular": singular,
        "description": description,
    }
    place = folder(settings, FOLDERS.get(kind, FOLDERS[PROFILES]))
    # Deleting would go past the pull requests, and of a profile leave portrait and translations: who goes gets a status.
    may = {"create": True, "delete": False}
    return {**named, "folder": place, **may, "extension": "md", "format": "yaml-frontmatter"}


def _body(label: str) -> Widget:
    return {
        "name": "body",
        "label": label,
        "widget": "markdown",
        "required": False,
        "buttons": BUTTONS,
        "sanitize_preview": True,
    }


def _profiles(settings: Settings, form: Form, lang: str) -> Collection:
    texts = TEXTS[lang]
    path = {"label": texts["folder"], "hint": texts["folder_hint"], "pattern": [SLUG, texts["folder_wrong"]]}
    return {
        **_about(PROFILES, PROFILES, settings, lang),
        # No value on purpose: the files WITHOUT this key, so no translations. Decap compares a missing key with a missing value.
        "filter": {"field": "translation_of"},
        "nested": {"depth": 2, "summary": "{{name}}"},
        "meta": {"path": {**path, "widget": "folder", "index_file": "profile"}},
        "media_folder": "",
        "public_folder": "",
        "identifier_field": "name",
        "summary": "{{name}} – {{headline}}",
        "sortable_fields": ["name", "confirmed"],
        "preview_path": "experts/{{dirname}}/",
        "view_filters": [{"label": texts["drafts"], "field": "status", "pattern": "draft"}],
        "fields": [*fields(schema.EXPERT, form), _body(texts["biography"])],
    }


def _translations(settings: Settings, tag: str, form: Form, lang: str) -> Collection:
    texts = TEXTS[lang]
    label, hint = form.words.said("translation_of")
    person = {"name": "translation_of", "label": label, "hint": hint, "required": True}
    rest = {name: field for name, field in schema.TRANSLATION.items() if name != "translation_of"}
    return {
        **_about(f"profiles_{tag}", "translations", settings, lang, name_of(tag, lang)),
        "path": "{{slug}}/profile",
        "slug": "{{fields.translation_of}}",
        "extension": f"{tag}.md",
        "identifier_field": "translation_of",
        "summary": "{{translation_of}} – {{headline}}",
        "sortable_fields": ["translation_of"],
        "preview_path": localised("experts/{{dirname}}/", tag, settings.languages[0]),
        "fields": [{**person, **reference(PROFILES, form)}, *fields(rest, form), _body(texts["biography"])],
    }


def _kind(settings: Settings, kind: str, table: dict[str, Field], form: Form, lang: str) -> Collection:
    found = [*fields(table, form)]
    if kind == TOPICS:  # one file for all languages: no body
        return {**_about(kind, kind, settings, lang), **_topics(settings, found), "fields": found}
    own = {**ADDRESSES[kind], **LISTS[kind], "identifier_field": "title"}
    return {**_about(kind, kind, settings, lang), **own, "fields": [*found, _body(TEXTS[lang]["body"])]}


def _topics(settings: Settings, found: list[Widget]) -> Collection:
    """Short names of topics are English where the site is; the languages that name and find a topic are required."""
    first, named = settings.languages[0], "en" if "en" in settings.languages else settings.languages[0]
    label = next(one for one in found if one["name"] == "label")
    for each in label["fields"]:
        each["required"] = each["name"] in (first, named)
    shown = {
        "preview_path": "topics/{{slug}}/",
        "summary": f"{{{{label.{first}}}}}",
        "sortable_fields": [f"label.{first}"],
    }
    return {"slug": f"{{{{fields.label.{named}}}}}", "identifier_field": f"label.{named}", **shown}

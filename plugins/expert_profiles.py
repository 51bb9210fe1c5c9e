"""A page for each expert, with the files beside the profile; the portrait and pictures; the portrait for print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from experts import model, signals, urls, visibility
from experts.dates import instant
from experts.directory import Directory
from experts.output import Output
from experts.site import Listing, Site, Source


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """One page for each expert in each language of the site."""
    for expert in directory.experts:
        path = urls.record("expert", expert.slug)
        portrait, print_portrait = directory.portrait(expert), directory.print_portrait(expert)
        stories = directory.stories_by(expert)
        deputy = directory.expert(expert.absence.deputy) if expert.absence else None
        confirmed = expert.confirmed if expert.confirmed <= directory.today else ""
        changed = max(confirmed, directory.changed(*stories), key=instant)
        common: dict[str, Any] = {
            "expert": expert,
            "changed": changed,
            "portrait": portrait,
            "print_portrait": print_portrait.files[0] if print_portrait else None,
            "topics": directory.topic_cards(expert.topics),
            "stories": directory.story_cards(stories),
            "hooks": tuple(map(directory.hook_card, directory.hooks_of(expert))),
            "events": tuple(map(directory.event_card, directory.events_of(expert))),
            "away": expert.away(directory.today),
            "deputy": directory.card(deputy) if deputy else None,
            "draft": expert.status == "draft",
            "feeds": expert.status != "draft" and visibility.consents(expert, "feeds"),
            "press_kit": visibility.consents(expert, "press-kit"),
            "similar": directory.cards(directory.similar(expert, 4)),
            "beside": directory.topic_cards([topic.slug for topic in directory.asked(expert, 8)]),
        }
        robots = visibility.robots([expert]) if expert.status != "draft" else "noindex"
        listing = Listing(changed, (portrait.large.path,) if portrait else (), (expert.slug,))
        for lang in site.languages:
            body = expert.said("body", lang)
            links = directory.links(expert.source, body.text if body else None, path, lang)
            yield site.page(
                lang, path, "expert.html", section="experts", robots=robots, listing=listing, links=links,
                origin=_origin(expert, lang), **common
            )  # fmt: skip
        yield from _files(directory, site, expert)


def images(view: Directory, site: Site) -> Iterator[Output]:
    """The portraits, and the pictures in the texts, of those who consent to pictures."""
    for expert in view.experts:
        folder = urls.record("expert", expert.slug)
        found: list[model.Image | None] = [view.portrait(expert)]
        for text in expert.texts:
            found += view.pictures_of(expert.source, text.body, folder).values()
        yield from site.pictures(found)


def prints(view: Directory, site: Site) -> Iterator[Output]:
    """The portraits for print, of those who consent to press kits and to pictures."""
    for expert in view.experts:
        yield from site.pictures([view.print_portrait(expert)])


def _origin(expert: model.Expert, lang: str) -> Source:
    """The file with the text in a language; where there is none, the profile, and the file that would translate it."""
    folder = expert.source.rpartition("/")[0]
    for text in expert.texts[1:]:
        if model.primary(text.lang) == model.primary(lang):
            return Source(f"{folder}/profile.{text.lang}.md")
    if model.primary(expert.lang) == model.primary(lang):
        return Source(expert.source)
    beginning = f"---\ntranslation_of: {expert.slug}\nheadline: \n---\n"
    return Source(expert.source, f"{folder}/profile.{lang}.md", beginning)


def _files(directory: Directory, site: Site, expert: model.Expert) -> Iterator[Output]:
    found = {}
    folder = urls.record("expert", expert.slug)
    for text in expert.texts:
        files = directory.files_of(expert.source, text.body, folder)
        found.update({path: origin for origin, path in files.values()})
    yield from site.copies(found, directory.records.files)


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "site")
    signals.outputs.connect(images, "images")
    signals.outputs.connect(prints, "press-kit")

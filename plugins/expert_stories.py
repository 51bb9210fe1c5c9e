"""Stories: a page for each in every language, the newest, and an archive that does not shift.

A version of a story has its own slug, which is its address in its language; the other addresses
lead there.
"""

from __future__ import annotations

from collections.abc import Iterator

from experts import model, signals, urls, visibility
from experts.directory import Directory
from experts.output import Output
from experts.site import Listing, Site, Source

NEWEST = 30
A_YEAR = 100


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """The page of the newest stories, the archive by year (or month), and every story."""
    periods = _periods(directory.stories)
    archive = tuple([(period, f"archive/{period}/", len(stories)) for period, stories in periods.items()])
    newest = directory.story_cards(directory.stories[:NEWEST])
    for lang in site.languages:
        yield site.page(
            lang,
            "stories/",
            "stories.html",
            section="stories",
            listing=Listing(directory.changed(*directory.stories[:NEWEST])),
            stories=newest,
            total=len(directory.stories),
            archive=archive,
        )
    names = list(periods)
    for at, period in enumerate(names):
        newer = f"archive/{names[at - 1]}/" if at else ""
        older = f"archive/{names[at + 1]}/" if at + 1 < len(names) else ""
        cards = directory.story_cards(periods[period])
        listing = Listing(directory.changed(*periods[period]))
        for lang in site.languages:
            yield site.page(
                lang,
                f"archive/{period}/",
                "archive.html",
                section="stories",
                listing=listing,
                period=period,
                stories=cards,
                archive=archive,
                newer=newer,
                older=older,
            )
    for story in directory.stories:
        yield from _story(directory, site, story)


def _story(directory: Directory, site: Site, story: model.Story) -> Iterator[Output]:
    authors = directory.authors(story)
    draft = story.status == "draft" or story.date[:10] > directory.today
    others = [other for author in authors for other in directory.stories_by(author)[:4] if other.slug != story.slug]
    more = directory.story_cards(list({other.slug: other for other in others}.values())[:3])
    cards, topics, expired = directory.cards(authors), directory.topic_cards(story.topics), directory.expired(story)
    alternates = {lang: urls.record("story", story.text(lang).slug) for lang in site.languages}
    folder = urls.record("story", story.slug)
    slugs = tuple([author.slug for author in authors])
    fediverse = tuple([link for author in authors for link in author.links if link.kind == "mastodon"])
    changed = directory.changed(story)
    for lang in site.languages:
        text = story.text(lang)
        picture = directory.picture(story, text)
        yield site.page(
            lang,
            alternates[lang],
            "story.html",
            section="stories",
            robots="noindex" if draft else visibility.robots(authors),
            alternates=alternates,
            canonical=text.original,
            listing=Listing(changed, (picture.large.path,) if picture else (), slugs),
            story=story,
            text=text,
            authors=cards,
            topics=topics,
            picture=picture,
            fediverse=fediverse,
            changed=changed,
            expired=expired,
            draft=draft,
            more=more,
            origin=_origin(story, text, lang),
            links=directory.links(text.source, text.body, folder, lang),
        )
    yield from _files(directory, site, story, folder)


def _origin(story: model.Story, text: model.StoryText, lang: str) -> Source:
    """The file with the text that the page shows, and the file that would translate it if that is in another language."""
    if model.primary(text.lang) == model.primary(lang):
        return Source(text.source)
    beginning = f"---\ntitle: \ntranslation_of: {story.slug}\nlang: {lang}\n---\n"
    return Source(text.source, f"{text.source.removesuffix('.md')}-{lang.lower()}.md", beginning)


def _files(directory: Directory, site: Site, story: model.Story, folder: str) -> Iterator[Output]:
    found = {}
    images: list[model.Image | None] = []
    for text in story.texts:
        files = directory.files_of(text.source, text.body, folder)
        found.update({path: origin for origin, path in files.values()})
        images += [
            directory.picture(story, text),
            *directory.pictures_of(text.source, text.body, folder).values(),
        ]
    yield from site.pictures(images)
    yield from site.copies(found, directory.records.files)


def _periods(stories: tuple[model.Story, ...]) -> dict[str, list[model.Story]]:
    """Stories by year, newest first; a year with many is split into months, so that a page stays light."""
    years: dict[str, list[model.Story]] = {}
    for story in stories:
        years.setdefault(story.date[:4], []).append(story)
    found: dict[str, list[model.Story]] = {}
    for year, group in years.items():
        for story in group:
            found.setdefault(year if len(group) <= A_YEAR else story.date[:7], []).append(story)
    return {period: found[period] for period in sorted(found, reverse=True)}


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "site")

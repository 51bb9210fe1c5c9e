"""The outputs that every peer of the benchmark makes: the same files, as minimal as theirs."""

import json
from html import escape
from typing import NamedTuple

from experts import signals, urls
from experts.digests import of_data
from experts.links import text_of

FEED = 20


def outputs(directory, site):
    """Pages and feeds of experts, stories and topics; the index, the sitemap, the search data."""
    entry = Entries(directory, site)
    topic_names = {topic.slug: topic.label[0][1] for topic in directory.topics}
    for expert in directory.experts:
        path = urls.record("expert", expert.slug)
        stories = directory.stories_by(expert)
        cards = directory.story_cards(stories)
        yield site.page(
            "de", path, "expert.html", expert=expert, topics=directory.topic_cards(expert.topics), stories=cards
        )
        yield entry.feed(path, expert.name, stories)
    for story in directory.stories:
        yield site.page(
            "de",
            urls.record("story", story.slug),
            "story.html",
            story=story,
            authors=directory.cards(directory.authors(story)),
            topics=directory.topic_cards(story.topics),
        )
    for topic in directory.topics:
        path = urls.record("topic", topic.slug)
        stories = directory.stories_on(topic)
        people = sorted(directory.experts_on(topic), key=lambda expert: directory.card(expert).sort)
        yield site.page(
            "de",
            path,
            "topic.html",
            topic=topic,
            experts=directory.cards(people),
            stories=directory.story_cards(stories),
        )
        yield entry.feed(path, topic_names[topic.slug], stories)
    rows = tuple([(e.slug, e.name, e.texts[0].role, e.texts[0].department) for e in directory.experts])
    yield site.page("de", "", "index.html", experts=rows)
    paths = ["", *[urls.record("expert", e.slug) for e in directory.experts]]
    paths += [urls.record("story", s.slug) for s in directory.stories] + [
        urls.record("topic", t.slug) for t in directory.topics
    ]
    yield site.text("sitemap.xml", sitemap, site.settings.url, tuple(paths))
    found = tuple(
        [(e.slug, e.name, e.texts[0].role, e.texts[0].department, e.topics, e.texts[0].body) for e in directory.experts]
    )
    yield site.text("search.json", lambda people: search(site, people), found)


class Entry(NamedTuple):
    """What an entry of a feed is made from."""

    story: object
    authors: tuple
    topics: tuple
    digest: bytes


class Entries:
    """Atom entries, each made once in a process and joined in all feeds that hold it."""

    def __init__(self, directory, site):
        self.directory, self.site = directory, site
        self.known, self.made = {}, {}

    def feed(self, path, title, stories):
        """The output of a feed."""
        inputs = tuple([self.known.get(story.slug) or self.entry_of(story) for story in stories[:FEED]])
        return self.site.text(f"{path}feed.xml", self.make, title, path, inputs)

    def entry_of(self, story):
        """What the entry of a story is made from."""
        authors = tuple([author.name for author in self.directory.authors(story)])
        topics = tuple([self.directory.topic(slug).label[0][1] for slug in story.topics])
        entry = self.known[story.slug] = Entry(story, authors, topics, of_data(story.digest, authors, topics))
        return entry

    def make(self, title, path, inputs):
        """The text of a feed."""
        base = f"{self.site.settings.url}/{path}"
        updated = f"<updated>{inputs[0].story.date}T00:00:00Z</updated>" if inputs else ""
        return (
            f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(title)}</title>'
            f'<link href="{base}" rel="alternate"/><link href="{base}feed.xml" rel="self"/><id>{base}</id>{updated}\n'
            + "".join([self.entry(story, authors, topics) for story, authors, topics, _ in inputs])
            + "</feed>\n"
        )

    def entry(self, story, authors, topics):
        """The text of an entry."""
        text = self.made.get(story.slug)
        if text is None:
            url = f"{self.site.settings.url}/{urls.record('story', story.slug)}"
            body = self.site.html(story.texts[0].body.digest) if story.texts[0].body else ""
            people = "".join([f"<author><name>{escape(name)}</name></author>" for name in authors])
            terms = "".join([f'<category term="{escape(topic)}"/>' for topic in topics])
            text = self.made[story.slug] = (
                f'<entry><title>{escape(story.texts[0].title)}</title><link href="{url}" rel="alternate"/>'
                f"<published>{story.date}T00:00:00Z</published><updated>{story.date}T00:00:00Z</updated><id>{url}</id>"
                f'{people}<content type="html">{escape(body, False)}</content>{terms}</entry>\n'
            )
        return text


def sitemap(address, paths):
    """All addresses."""
    locations = "".join([f"<url><loc>{address}/{path}</loc></url>\n" for path in paths])
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</urlset>\n'
    )


def search(site, people):
    """All experts with their texts, as JSON."""
    rows = []
    for slug, name, role, department, topics, body in people:
        text = text_of(site.html(body.digest)) if body else ""
        row = {
            "url": f"/experts/{slug}/",
            "name": name,
            "role": role,
            "department": department,
            "topics": topics,
            "text": text,
        }
        rows.append(json.dumps(row, ensure_ascii=False))
    return "[" + ",\n".join(rows) + "]\n"


def register():
    """Called by the build."""
    signals.outputs.connect(outputs)

"""llms.txt (llmstxt.org): what a language model finds here, and the people who agreed that one may read their profile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from experts import model, signals, urls
from experts.directory import Directory
from experts.output import Output
from experts.site import Site

MOST = 200  # people; the list of all is named besides
LISTS = (
    ("expert_lists", "experts/", "Experts"),
    ("expert_topics", "topics/", "Topics"),
    ("expert_stories", "stories/", "Stories"),
    ("expert_hooks", "hooks/", "In the news"),
    ("expert_events", "events/", "Events"),
)
OPTIONAL = (("expert_feeds", "follow/", "Follow"), ("expert_api", "developers/", "For developers"))
_MARKS = re.compile(r"([\\`*_\[\]<>#&|~])")

Counts = tuple[tuple[model.TopicCard, int], ...]


def outputs(view: Directory, site: Site) -> Iterator[Output]:
    """One file, in the site's first language."""
    counted = [(card, len(view.experts_on(topic))) for topic in view.topics if (card := view.topic_card(topic.slug))]
    topics: Counts = tuple([(card, number) for card, number in counted if number])
    people = view.cards(view.experts[:MOST])
    yield site.text("llms.txt", partial(llms, site), topics, people, len(view.experts))


def llms(site: Site, topics: Counts, people: tuple[model.ExpertCard, ...], total: int) -> str:
    """The file: Markdown whose headings, quotation and lists have the order that llmstxt.org asks for."""
    lang, settings = site.default_lang, site.settings
    catalogue = site.catalogue(lang)
    _ = catalogue.gettext

    def links(entries: tuple[tuple[str, str, str], ...]) -> list[str]:
        return [
            f"- [{_(name)}]({site.address(path, lang)})" for plugin, path, name in entries if plugin in settings.plugins
        ]

    about = _("The people of %(organisation)s explain what they work on, in their own words.")
    consent = _(
        "Everybody who is named here agreed that language models may read their profile. Please leave others out."
    )
    licence = _("Licence of the data: %(licence)s") % {"licence": _link(**settings.data_licence)}
    sections = {
        _("Overview"): links(LISTS),
        _("Topics"): [
            _entry(
                site,
                "topic",
                card.slug,
                label.text,
                catalogue.ngettext("%(num)s expert", "%(num)s experts", number) % {"num": number},
            )
            for card, number in topics
            if (label := model.pick(card.label, lang))
        ],
        _("Experts"): [
            _entry(site, "expert", card.slug, card.name, headline.text)
            for card in people
            if (headline := model.pick(card.headline, lang))
        ],
        "Optional": links(OPTIONAL),  # a word with a meaning in llms.txt
    }
    if total > len(people):
        sections[_("Experts")] += links((("expert_lists", "experts/", "All experts"),))
    parts = [
        f"# {_plain(settings.name)}",
        f"> {_plain(about % {'organisation': settings.organisation['name']})}",
        consent,
    ]
    parts += [licence] if any(settings.data_licence.values()) else []
    parts += ["\n".join([f"## {title}\n", *lines]) for title, lines in sections.items() if lines]
    return "\n\n".join(parts) + "\n"


def _entry(site: Site, kind: str, slug: str, name: str, note: str) -> str:
    return f"- [{_plain(name)}]({site.address(urls.record(kind, slug), site.default_lang)}): {_plain(note)}"


def _link(name: str, url: str) -> str:
    return f"[{_plain(name or url)}]({url})" if url else _plain(name)


def _plain(text: str) -> str:
    """A text on one line in which nothing is Markdown."""
    words = "".join([c if c.isprintable() else " " for c in text]).split()
    return _MARKS.sub(r"\\\1", " ".join(words))


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "ai")

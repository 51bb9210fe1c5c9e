"""For each code where an example helps: what somebody wrote, and what would have been right.

`tests/checks/test_examples.py` reads all of them.
"""

from __future__ import annotations

from typing import NamedTuple


class Example(NamedTuple):
    """A part of a file, wrong and right.

    `part` says of what: the fields of a "profile", "translation", "story", "topic" or "event", the "text" below the
    fields of a profile, or a "file": all of a profile.
    """

    part: str
    wrong: str
    right: str


def _profile(wrong: str, right: str) -> Example:
    return Example("profile", wrong, right)


EXAMPLES: dict[str, Example] = {
    "no-front-matter": Example(
        "file",
        "Mara Lindqvist explains heat pumps.",
        "---\nname: Mara Lindqvist\nheadline: Explains heat pumps\ntopics: [heat-pumps]\n---\nMara has built 200 of them.",
    ),
    "open-front-matter": Example(
        "file",
        "---\nname: Mara Lindqvist\nheadline: Explains heat pumps\ntopics: [heat-pumps]\n\nMara has built 200 of them.",
        "---\nname: Mara Lindqvist\nheadline: Explains heat pumps\ntopics: [heat-pumps]\n---\nMara has built 200 of them.",
    ),
    "fields": Example(
        "file",
        "---\nMara Lindqvist, heat pumps\n---\n",
        "---\nname: Mara Lindqvist\nheadline: Explains heat pumps\ntopics: [heat-pumps]\n---\n",
    ),
    "yaml": _profile("role: Research: heat pumps", 'role: "Research: heat pumps"'),
    "anchor": _profile("role: *Head of Research*", 'role: "*Head of Research*"'),
    "tag": _profile("role: !Head of Research", 'role: "!Head of Research"'),
    "key": _profile("role: {[a]: b}", 'role: "{[a]: b}"'),
    "documents": _profile("role: Research\n...\n--- and planning", "role: Research and planning"),
    "depth": _profile("languages: [[[[[[[de]]]]]]]", "languages: [de]"),
    "duplicate-key": _profile("role: Research\nrole: Planning", "role: Research and planning"),
    "unknown-field": _profile("city: Hamburg", "location: Hamburg"),
    "missing": Example(
        "file", "---\nname: Mara\ntopics: [heat-pumps]\n---\n", "---\nname: Mara\nheadline: Explains heat pumps\ntopics: [heat-pumps]\n---\n"
    ),
    "empty": Example(
        "file",
        "---\nname: Mara\nheadline:\ntopics: [heat-pumps]\n---\n",
        "---\nname: Mara\nheadline: Explains heat pumps\ntopics: [heat-pumps]\n---\n",
    ),
    "text": _profile("role: [Research, Planning]", "role: Research, Planning"),
    "list": _profile("languages: de, en", "languages: [de, en]"),
    "group": _profile("contact: mara@example.com", "contact:\n  email: mara@example.com"),
    "localised": Example("topic", "description: Pumps that heat", "description:\n  de: Pumpen, die heizen\n  en: Pumps that heat"),
    "too-long": _profile("pronouns: " + "she or her or " * 4, "pronouns: she/her"),
    "too-many": _profile("contact_for:\n" + "".join(f"  - subject {n}\n" for n in range(1, 22)), "contact_for:\n  - live interviews\n  - talks\n"),
    "duplicate-item": _profile("languages: [de, en, de]", "languages: [de, en]"),
    "choice": _profile("formats: [television]", "formats: [tv]"),
    "count": Example("story", "former_authors: one", "former_authors: 1"),
    "slug": _profile("aliases: [Mara Schmidt]", "aliases: [mara-schmidt]"),
    "date": _profile("confirmed: 23.11.2026", "confirmed: 2026-11-23"),
    "offset": Example("event", "end: 2027-01-12T16:00:00", "end: 2027-01-12T16:00:00+01:00"),
    "order": _profile("absence: {from: 2027-01-06, until: 2026-12-20}", "absence: {from: 2026-12-20, until: 2027-01-06}"),
    "language": _profile("languages: [german]", "languages: [de]"),
    "timezone": _profile("timezone: Berlin", "timezone: Europe/Berlin"),
    "email": _profile("contact: {email: mara at example.com}", "contact: {email: mara@example.com}"),
    "phone": _profile("contact: {phone: see intranet}", 'contact: {phone: "+49 40 123456"}'),
    "url": _profile("links: {website: example.com}", "links: {website: https://example.com}"),
    "url-scheme": _profile("links: {website: ftp://example.com}", "links: {website: https://example.com}"),
    "service": _profile("links: {mastadon: https://social.example/@mara}", "links: {mastodon: https://social.example/@mara}"),
    "orcid": _profile("links: {orcid: 0000-0002-1825-0098}", "links: {orcid: 0000-0002-1825-0097}"),
    "wikidata": Example("topic", "wikidata: https://www.wikidata.org/wiki/Q179291", "wikidata: Q179291"),
    "focus": _profile(
        "portrait: {file: portrait.jpg, alt: Laughs, credit: Jane Roe, licence: CC0-1.0, focus: top}",
        "portrait: {file: portrait.jpg, alt: Laughs, credit: Jane Roe, licence: CC0-1.0, focus: [50, 30]}",
    ),
    "outside": _profile(
        "portrait: {file: ../pictures/portrait.jpg, alt: Laughs, credit: Jane Roe, licence: CC0-1.0}",
        "portrait: {file: portrait.jpg, alt: Laughs, credit: Jane Roe, licence: CC0-1.0}",
    ),
    "no-file": _profile(
        "portrait: {file: portrait.png, alt: Laughs, credit: Jane Roe, licence: CC0-1.0}",
        "portrait: {file: portrait.jpg, alt: Laughs, credit: Jane Roe, licence: CC0-1.0}",
    ),
    "portrait-alt": _profile(
        "portrait: {file: portrait.jpg, credit: Jane Roe, licence: CC0-1.0}",
        "portrait: {file: portrait.jpg, alt: Laughs, credit: Jane Roe, licence: CC0-1.0}",
    ),
    "portrait-credit": _profile(
        "portrait: {file: portrait.jpg, alt: Laughs, licence: CC0-1.0}",
        "portrait: {file: portrait.jpg, alt: Laughs, credit: Jane Roe, licence: CC0-1.0}",
    ),
    "portrait-licence": _profile(
        "portrait: {file: portrait.jpg, alt: Laughs, credit: Jane Roe}",
        "portrait: {file: portrait.jpg, alt: Laughs, credit: Jane Roe, licence: CC0-1.0}",
    ),
    "portrait-file": _profile(
        "portrait: {alt: Laughs, credit: Jane Roe, licence: CC0-1.0}",
        "portrait: {file: portrait.jpg, alt: Laughs, credit: Jane Roe, licence: CC0-1.0}",
    ),
    "link": Example("text", "See [our page](www.example.com).", "See [our page](https://www.example.com)."),
    "link-outside": Example("text", "See [the plan](../plan.pdf).", "See [the plan](https://example.com/plan.pdf)."),
    "link-scheme": Example("text", "[Call it](javascript:alert)", "[Call it](tel:+4940123456)"),
    "topic-body": Example("topic", "---\nPumps that heat.", "description:\n  en: Pumps that heat."),
    "unknown-expert": _profile("absence: {deputy: jonas}", "absence: {deputy: jonas-weber}"),
    "unknown-story": Example("text", "See [the boiler](story:boilers).", "See [the boiler](story:boiler)."),
    "unknown-topic": _profile("topics: [heatpumps]", "topics: [heat-pumps]"),
    "unknown-hook": Example("text", "See [the frost](hook:frosts).", "See [the frost](https://example.com/frost)."),
    "unknown-event": Example("text", "See [the talk](event:talks).", "See [the talk](https://example.com/talk)."),
    "unknown-page": Example("text", "See [the press](page:pres).", "See [the press](https://example.com/press)."),
    "translation-of": Example("translation", "translation_of: somebody-else\nrole: Research", "translation_of: {slug}\nrole: Research"),
    "translation-field": Example(
        "translation", "translation_of: {slug}\nlocation: Kiel", "translation_of: {slug}\nrole: Research"
    ),
    "no-summary": _profile(
        "role: Research", "role: Research\nsummary: Mara Lindqvist builds heat pumps into old houses. She advises cities."
    ),
    "first-person": _profile("lang: en\nsummary: I build heat pumps.", "lang: en\nsummary: Mara Lindqvist builds heat pumps."),
    "alt-name": _profile(
        "name: Mara Lindqvist\nportrait: {file: portrait.jpg, alt: Portrait of Mara Lindqvist, credit: Jane Roe, licence: CC0-1.0}",
        "name: Mara Lindqvist\n"
        'portrait: {file: portrait.jpg, alt: "Laughs, in front of a boiler", credit: Jane Roe, licence: CC0-1.0}',
    ),
    "headline-empty": _profile("lang: en\nheadline: Expert for heat pumps", "lang: en\nheadline: Explains why heat pumps work in old houses"),
    "headline-passive": _profile(
        "lang: en\nheadline: Heat pumps are built into old houses", "lang: en\nheadline: Builds heat pumps into old houses"
    ),
    "long-sentence": Example(
        "text",
        "Heat pumps work in old houses too, if the pipes are insulated, if the radiators are large enough, if somebody "
        "looks at the windows and the roof, and if all of those who live there agree on when it should be warm.",
        "Heat pumps work in old houses too. The pipes must be insulated and the radiators large enough.",
    ),
    "not-confirmed": _profile("confirmed: 2025-03-01", "confirmed: 2026-11-20"),
    "topic-synonyms": Example("topic", "broader: energy", "broader: energy\nsynonyms:\n  de: [Wärmepumpe, WP]\n  en: [heat pump]"),
}  # fmt: skip
"""Code -> example; ``{slug}`` stands for the name of the profile's folder."""

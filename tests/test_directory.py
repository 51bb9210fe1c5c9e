"""Who and what may be seen on a day, in a channel; and that nothing of the others is there to be shown."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_relate import HEAT, JPG, PORTRAIT, good, profile, story, topic

from experts.collation import of_person as sort_key
from experts.directory import Directory
from experts.model import Image
from experts.names import fold
from experts.orders import orders
from experts.pictures import Made
from experts.visibility import Rules, robots

if TYPE_CHECKING:
    from experts.relate import Records

TODAY = "2026-11-23"
CONSENT = "consent: {given: 2026-01-01, channels: [site, search-engines, feeds, press-kit, images, ai]}"


def site(people: dict[str, str], content: dict[str, str] | None = None) -> Records:
    """Return the records of people (slug -> fields) and of further files."""
    files = {HEAT: topic()} | {f"profiles/{slug}/profile.md": profile(extra) for slug, extra in people.items()}
    pictures = {f"profiles/{slug}/portrait.jpg": JPG for slug in people}
    return good(files | {f"content/{path}": text for path, text in (content or {}).items()}, pictures)


def made(records: Records) -> Records:
    """Return records whose pictures have been made, of a single pixel."""
    file = ("image/jpeg", 1, 1, 9, b"digest", 0)
    ordered = orders(records, Rules(TODAY))
    return records._replace(images=dict.fromkeys(ordered, Made(b"key\0\0", "888", (file,))))


def seen(extra: str, today: str = TODAY, consent: str = "required", drafts: bool = False) -> str:
    """Return "" for a profile that is shown, else why it is not."""
    directory = Directory(site({"mara": extra}), Rules(today, drafts, consent))
    assert bool(directory.experts) != bool(directory.hidden)
    return directory.hidden[0].reason.format(**directory.hidden[0].values) if directory.hidden else ""


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        (CONSENT, ""),
        ("", "has not given consent"),
        ("consent: {given: 2026-01-01, channels: [feeds, ai]}", "has not given consent for the site"),
        ("consent: {given: 2026-01-01}", "has not given consent for the site"),
        ("consent: {given: 2026-11-23, channels: [site]}", ""),
        ("consent: {given: 2026-11-24, channels: [site]}", "consent begins on 2026-11-24"),
        ("consent: {given: 2026-01-01, channels: [site], until: 2026-11-23}", ""),
        ("consent: {given: 2026-01-01, channels: [site], until: 2026-11-22}", "consent ended on 2026-11-22"),
        (CONSENT + "\nstatus: draft", "is a draft"),
        (CONSENT + "\nstatus: paused", "is paused"),
        (CONSENT + "\nstatus: left", "has left"),
        (CONSENT + "\nleft: 2026-11-23", "has left"),
        (CONSENT + "\nleft: 2026-11-24", ""),
        (CONSENT + "\nleft: ''", ""),
    ],
)
def test_visibility(extra: str, why: str) -> None:
    """Nobody is shown without consent, before it, after it, or from the day on which they leave."""
    assert seen(extra) == why


@pytest.mark.parametrize(
    ("channels", "rules"),
    [
        ([["site", "search-engines", "ai"], ["site", "search-engines", "ai"]], ""),
        ([["site", "search-engines"], ["site", "search-engines", "ai"]], "noai, noimageai"),
        ([["site", "search-engines", "ai"], ["site"]], "noindex, noai, noimageai"),
        ([], ""),
    ],
)
def test_crawlers_are_asked_what_all_have_consented_to(channels: list[list[str]], rules: str) -> None:
    """A page by several people asks crawlers to leave out what one of them has not consented to."""
    people = {
        f"p{at}": f"consent: {{given: 2026-01-01, channels: [{', '.join(those)}]}}" for at, those in enumerate(channels)
    }
    assert robots(Directory(site(people), Rules(TODAY)).experts) == rules


def test_the_view_of_a_channel() -> None:
    """A view has those who consented to its channel, and nobody else anywhere; where all have, it is the same directory."""
    some = Directory(site({"mara": CONSENT, "ida": "consent: {given: 2026-01-01, channels: [site]}"}), Rules(TODAY))
    assert [expert.slug for expert in some.view("feeds").experts] == ["mara"]
    assert some.view("feeds").expert("ida") is None
    everybody = Directory(site({"mara": CONSENT, "ida": CONSENT}), Rules(TODAY))
    assert everybody.view("feeds") is everybody


def test_consent_elsewhere() -> None:
    """Where consent is kept outside the repository, its absence hides nobody; what is written down counts all the same."""
    assert seen("", consent="elsewhere") == ""
    assert seen("consent: {given: 2026-01-01, channels: [feeds]}", consent="elsewhere") != ""
    assert seen("consent: {given: 2026-01-01, channels: [site], until: 2026-02-01}", consent="elsewhere") != ""
    assert seen("left: 2026-01-01", consent="elsewhere") == "has left"


def test_drafts() -> None:
    """A preview shows drafts and what is still to come, but neither who has left nor who has not consented."""
    assert seen(CONSENT + "\nstatus: draft", drafts=True) == ""
    assert seen("status: draft", drafts=True) == "has not given consent"
    assert seen(CONSENT + "\nstatus: paused", drafts=True) == "is paused"


@given(st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31)))
def test_leaving_is_for_good(day: datetime.date) -> None:
    """The day decides, by itself, on every build: shown before, gone from the day on."""
    assert (seen(CONSENT + "\nleft: 2026-12-31", day.isoformat()) == "") == (day < datetime.date(2026, 12, 31))


def test_channels() -> None:
    """Each channel has its own consent: a view holds only those who gave it, and their stories."""
    records = site(
        {"kim": CONSENT, "mara": "consent: {given: 2026-01-01, channels: [site, feeds]}"},
        {"stories/a.md": story(), "stories/b.md": story(authors="[kim]"), "stories/c.md": story(authors="[mara, kim]")},
    )
    directory = Directory(records, Rules(TODAY))
    assert [expert.slug for expert in directory.experts] == ["kim", "mara"]
    for channel, people, stories in (
        ("site", ["kim", "mara"], ["a", "b", "c"]),
        ("feeds", ["kim", "mara"], ["a", "b", "c"]),
        ("ai", ["kim"], ["b", "c"]),
        ("search-engines", ["kim"], ["b", "c"]),
        ("press-kit", ["kim"], ["b", "c"]),
    ):
        view = directory.view(channel)
        assert [expert.slug for expert in view.experts] == people
        assert [one.slug for one in view.stories] == stories
        assert view is directory.view(channel)
    both = directory.view("ai").story("c")
    assert both is not None
    assert [author.slug for author in directory.view("ai").authors(both)] == ["kim"]


def test_pictures_need_their_own_consent() -> None:
    """Without consent for pictures, a profile is shown without one."""
    shown = Directory(made(site({"mara": f"{CONSENT}\n{PORTRAIT}"})), Rules(TODAY))
    portrait = shown.card(shown.experts[0]).portrait
    assert portrait is not None
    assert portrait.large.path.startswith("experts/mara/portrait-")
    bare = Directory(made(site({"mara": f"{CONSENT.replace('images, ', '')}\n{PORTRAIT}"})), Rules(TODAY))
    assert bare.card(bare.experts[0]).portrait is None


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        ("", ""),
        ("status: draft", "is a draft"),
    ],
)
def test_story_drafts(extra: str, why: str) -> None:
    """A draft is shown in previews only."""
    records = site({"mara": CONSENT}, {"stories/a.md": story(extra)})
    directory = Directory(records, Rules(TODAY))
    assert [hidden.reason for hidden in directory.hidden] == ([why] if why else [])
    assert Directory(records, Rules(TODAY, drafts=True)).stories


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2026-11-23", True),
        ("2026-11-24", False),
        ("2026-11-23T23:59:00+01:00", True),
        ("2026-11-24T00:00:00+01:00", False),
    ],
)
def test_future_stories(date: str, shown: bool) -> None:
    """A story appears on its day, not before: embargoes hold."""
    text = story().replace("2026-10-01", date)
    directory = Directory(site({"mara": CONSENT}, {"stories/a.md": text}), Rules(TODAY))
    assert bool(directory.stories) == shown
    assert [hidden.reason for hidden in directory.hidden] == ([] if shown else ["appears on {date}"])


def test_coauthors() -> None:
    """A story stays as long as one of its authors is shown, and names only those; with none left it goes."""
    content = {"stories/a.md": story(authors="[mara, kim]"), "stories/b.md": story(authors="[kim]")}
    directory = Directory(site({"mara": CONSENT, "kim": CONSENT + "\nstatus: left"}, content), Rules(TODAY))
    assert [one.slug for one in directory.stories] == ["a"]
    assert [author.slug for author in directory.authors(directory.stories[0])] == ["mara"]
    assert [face.slug for face in directory.story_card(directory.stories[0]).authors] == ["mara"]
    assert {(hidden.path, hidden.reason) for hidden in directory.hidden} == {
        ("profiles/kim/profile.md", "has left"),
        ("content/stories/b.md", "none of its authors is shown"),
    }


def test_hidden_people_leave_no_trace() -> None:
    """Deputies, people of hooks and events, links and numbers: who is hidden is in none of them."""
    content = {
        "hooks/h.md": "---\ntitle: h\ndate: 2026-11-01\nexperts: [{expert: kim}, {expert: mara}]\n---\n[Kim](expert:kim)",
        "events/e.md": "---\ntitle: e\nstart: 2026-12-01\nexperts: [kim]\nsessions: [{title: s, hosts: [kim, mara]}]\n---\n",
    }
    people = {"mara": CONSENT + "\nabsence: {deputy: kim}", "kim": CONSENT + "\nstatus: paused"}
    records = site(people, content)
    directory = Directory(records, Rules(TODAY))
    kim = records.experts["kim"]
    assert directory.expert("kim") is None
    assert directory.address("expert:kim", "de") == ""
    hook = records.hooks["h"]
    assert dict(directory.links(hook.source, hook.body, "hooks/h/", "de")) == {"expert:kim": ""}
    assert directory.hook_card(directory.hooks[0]).experts == 1
    assert [expert.slug for expert in directory.experts_on(records.topics["heat"])] == ["mara"]
    assert directory.similar(directory.experts[0], 5) == ()
    assert directory.stories_by(kim) == ()
    assert [event.slug for event in directory.events_of(directory.experts[0])] == ["e"]


def test_hooks_and_events() -> None:
    """Hooks are archived after their day; drafts and future ones are not shown; past events stay, as past."""
    content = {
        "hooks/now.md": "---\ntitle: h\ndate: 2026-11-01\nuntil: 2026-11-23\nexperts: [{expert: mara}]\n---\n",
        "hooks/old.md": "---\ntitle: h\ndate: 2026-10-01\nuntil: 2026-11-22\nexperts: [{expert: mara}]\n---\n",
        "hooks/soon.md": "---\ntitle: h\ndate: 2026-12-01\n---\n",
        "events/past.md": "---\ntitle: e\nstart: 2026-11-20\nend: 2026-11-22\n---\n",
        "events/today.md": "---\ntitle: e\nstart: 2026-11-22\nend: 2026-11-23\n---\n",
        "events/draft.md": "---\ntitle: e\nstart: 2026-12-20\nstatus: draft\n---\n",
    }
    directory = Directory(site({"mara": CONSENT}, content), Rules(TODAY))
    assert [hook.slug for hook in directory.hooks] == ["now", "old"]
    assert [hook.slug for hook in directory.hooks_of(directory.experts[0])] == ["now"]
    assert [(event.slug, directory.past(event)) for event in directory.events] == [("past", True), ("today", False)]
    assert sorted(hidden.reason for hidden in directory.hidden) == ["appears on {date}", "is a draft"]


def test_expired_statements() -> None:
    """A statement is offered for quoting up to its day."""
    texts = {
        "stories/a.md": story("until: 2026-11-23"),
        "stories/b.md": story("until: 2026-11-22"),
        "stories/c.md": story(),
    }
    directory = Directory(site({"mara": CONSENT}, texts), Rules(TODAY))
    assert {one.slug: directory.expired(one) for one in directory.stories} == {"a": False, "b": True, "c": False}


def test_order() -> None:
    """Newest first, then by slug; across offsets by time, not by text."""
    texts = {
        f"stories/{slug}.md": story().replace("2026-10-01", date)
        for slug, date in {
            "b": "2026-10-01",
            "a": "2026-10-01",
            "c": "2026-10-02T01:00:00+02:00",
            "d": "2026-10-01T23:30:00Z",
        }.items()
    }
    directory = Directory(site({"mara": CONSENT}, texts), Rules(TODAY))
    assert [one.slug for one in directory.stories] == ["d", "c", "a", "b"]


def test_experts_on_a_topic() -> None:
    """First those whose first topic it is; those who share most topics are similar."""
    files = {HEAT: topic(), "content/topics/cold.md": topic()}
    for slug, topics in (("anna", "[cold, heat]"), ("bert", "[heat]"), ("cora", "[heat, cold]")):
        files[f"profiles/{slug}/profile.md"] = profile(CONSENT, topics=topics).replace("Mara Lindqvist", slug)
    directory = Directory(good(files), Rules(TODAY))
    heat = directory.topic("heat")
    assert heat is not None
    assert [expert.slug for expert in directory.experts_on(heat)] == ["bert", "cora", "anna"]
    bert = directory.expert("bert")
    assert bert is not None
    assert [expert.slug for expert in directory.similar(bert, 5)] == ["cora", "anna"]
    assert [expert.slug for expert in directory.similar(bert, 1)] == ["cora"]


def test_topics_above_each_other() -> None:
    """The way from the top to a topic; what stands below each."""
    files = {
        HEAT: topic("broader: energy"),
        "content/topics/energy.md": topic(),
        "content/topics/pumps.md": topic("broader: heat"),
    }
    directory = Directory(good(files), Rules(TODAY))
    pumps = directory.topic("pumps")
    assert pumps is not None
    assert [above.slug for above in directory.broader(pumps)] == ["energy", "heat"]
    assert {key: [one.slug for one in found] for key, found in directory.narrower.items()} == {
        "": ["energy"],
        "energy": ["heat"],
        "heat": ["pumps"],
    }


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("expert:mara", "experts/mara/"),
        ("story:a", "stories/a/"),
        ("story:b", "stories/a/"),
        ("story:nowhere", ""),
        ("topic:heat", "topics/heat/"),
        ("page:imprint", "imprint/"),
        ("path:/imprint/", "imprint/"),
        ("path:/en/experts/", "experts/"),
        ("path:/search/", "search/"),
        ("path:/", "/"),
        ("path:/images/logo ä.png", "/images/logo%20%C3%A4.png"),
        ("hook:x", ""),
        ("event:x", ""),
    ],
)
def test_addresses(name: str, address: str) -> None:
    """A name in a text becomes the address of what is shown, in the reader's language, or nothing."""
    texts = {"stories/a.md": story(), "stories/b.md": story("lang: en\ntranslation_of: a")}
    directory = Directory(site({"mara": CONSENT}, texts), Rules(TODAY))
    assert directory.address(name, "de") == address
    if name.startswith("story:") and address:
        assert directory.address(name, "en") == "stories/b/"


def test_files_beside_texts() -> None:
    """A file beside a text is published in the text's folder under a safe name that changes with its content."""
    text = profile(CONSENT, "![a](Mein%20Bild.PNG) [b](texts/b.pdf) [c](https://x.example)")
    files = {"profiles/mara/Mein Bild.PNG": b"\x89PNG\r\n\x1a\n", "profiles/mara/texts/b.pdf": b"%PDF-"}
    directory = Directory(made(good({"profiles/mara/profile.md": text}, files)), Rules(TODAY))
    mara = directory.experts[0]
    found = dict(directory.links(mara.source, mara.texts[0].body, "experts/mara/", "de"))
    assert found.pop("file:texts/b.pdf") == f"/experts/mara/b-{b'digest'.hex()[:10]}.pdf"
    [image] = found.values()
    assert isinstance(image, Image)
    assert image.large.path == f"experts/mara/mein-bild-1-{b'key'.hex().ljust(10, '0')}.jpg"


@pytest.mark.parametrize(
    ("names", "order"),
    [
        (["Zoë Adler", "Jörg Ähren", "Ivo Ahrens"], ["Zoë Adler", "Jörg Ähren", "Ivo Ahrens"]),
        (
            ["Martin King Jr.", "Ada King, PhD", "Łukasz Lis", "Ole Ørsted", "Ida Opitz"],
            ["Ada King, PhD", "Martin King Jr.", "Łukasz Lis", "Ida Opitz", "Ole Ørsted"],
        ),
        (["Suryani", "Ulf Straße", "Uta Strassen"], ["Ulf Straße", "Uta Strassen", "Suryani"]),
    ],
)
def test_people_sort_by_family_name(names: list[str], order: list[str]) -> None:
    """People sort by their last name, without titles, case and marks."""
    assert sorted(names, key=sort_key) == order


@given(st.text(max_size=20))
def test_any_name_sorts(name: str) -> None:
    """Every name has a key, also one without letters."""
    assert fold(sort_key(name)) == sort_key(name)

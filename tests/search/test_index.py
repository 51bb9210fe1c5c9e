"""The index's files: complete, stable under edits, and without anybody who is not shown."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from expert_search import shards
from factory import CONSENT, Checkout, Site, differences
from hypothesis import given
from hypothesis import strategies as st

FOLDER = "search/index/"
WORDS = [
    "Kessel", "Ventil", "Gehäuse", "Steuern", "Mietrecht", "boiler", "valves", "company", "Straße", "Wärmepumpen",
    "Keller", "Heizung", "Dämmung", "windows", "policies", "Übergang", "Leitung", "Netze", "grids", "Zähler",
]  # fmt: skip


def index(tree: dict[str, bytes]) -> dict[str, bytes]:
    """The files of the index, by name."""
    return {name.removeprefix(FOLDER): data for name, data in tree.items() if name.startswith(FOLDER)}


def decoded(front_coded: str) -> list[str]:
    """The separators again."""
    found: list[str] = []
    for entry in front_coded.split("\n"):
        found.append((found[-1][: int(entry[0], 36)] if found else "") + entry[1:])
    return found


def shards_of(files: dict[str, bytes]) -> Iterator[tuple[str, str, list[Any]]]:
    """``(separator, name, records)`` of each shard, found as a browser finds it: by the manifest and its groups."""
    manifest = json.loads(files["manifest.json"])
    for at, group in enumerate(decoded(manifest["groups"])):
        content = json.loads(files[f"g{shards.fnv(group)}.{manifest['names'][4 * at : 4 * at + 4]}.json"])
        for number, start in enumerate(decoded(content["terms"])):
            name = f"s{shards.fnv(start)}.{content['shards'][4 * number : 4 * number + 4]}.json"
            yield start, name, json.loads(files[name])


def cards_of(files: dict[str, bytes], kind: str, lang: str) -> Iterator[tuple[Any, str]]:
    """``(content, name)`` of the files of cards: people's and hooks' ("d"), or stories' ("w")."""
    manifest = json.loads(files["manifest.json"])
    for at, digest in enumerate(re.findall("....", manifest["cards" if kind == "d" else "stories"][lang])):
        for number in range(at * manifest["row"], (at + 1) * manifest["row"]):
            name = f"{kind}{number}.{lang}.{digest}.json"
            if name in files:
                yield json.loads(files[name]), name


def fill(site: Site, people: int, seed: int = 1) -> None:
    """Add people and stories with random words."""
    chance = random.Random(seed)
    site.topic("law", label={"de": "Mietrecht", "en": "tenancy law"}, synonyms={"de": ["Mieterschutz"], "en": ["TL"]})
    for number in range(people):
        text = " ".join(chance.choice(WORDS) + str(chance.randrange(60) or "") for _ in range(60))
        lang = chance.choice(["de", "en"])
        site.profile(f"p{number}", text + ".\n", lang=lang, topics=chance.sample(["heat", "pumps", "law"], 2))
        site.story(f"s{number}", text[::-1] + ".\n", authors=[f"p{number}"], lang=lang)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, checkout: Checkout) -> Site:
    """Return a site with enough words for many shards, built."""
    site = Site(tmp_path_factory.mktemp("index") / "site", checkout)
    fill(site, 40)
    site.built()
    return site


def test_every_term_is_in_the_shard_that_a_browser_looks_in(large: Site) -> None:
    """The separators part all terms: each is at or after its shard's, and before the next one's."""
    found = list(shards_of(index(large.tree())))
    assert len(found) > 30
    starts = [start for start, _, _ in found]
    assert starts[0] == ""
    assert starts == sorted(starts)
    terms = [record[0] for _, _, records in found for record in records]
    assert terms == sorted(set(terms))
    for (start, _, records), following in zip(found, [*starts[1:], "\uffff"], strict=True):
        assert all(start <= record[0] < following for record in records)


def test_every_file_is_named_by_the_manifest(large: Site) -> None:
    """No file of the index is left that a browser would not ask for, and none is missing."""
    files = index(large.tree())
    manifest = json.loads(files["manifest.json"])
    named = {"manifest.json", *[name for _, name, _ in shards_of(files)]}
    pairs = zip(decoded(manifest["groups"]), re.findall("....", manifest["names"]), strict=True)
    named |= {f"g{shards.fnv(group)}.{name}.json" for group, name in pairs}
    for kind, of in (("t", "words"), ("k", "suggest")):
        named |= {f"{kind}{entry[0]}.{entry[1:]}.json" for entry in re.findall(".....", manifest[of])}
    named |= {f"f{name}.{digest}.json" for name, digest in manifest["facets"].items()}
    for kind, of in (("d", "cards"), ("w", "stories")):
        for lang in ("de", "en"):
            named |= {name for _, name in cards_of(files, kind, lang)}
            assert len(re.findall("....", manifest[of][lang])) == 1
    assert named == files.keys()


def test_an_edit_touches_the_shards_of_its_words_alone(large: Site) -> None:
    """A word added to a profile renames the shards that hold it, the groups and dictionaries of these, and nothing else."""
    before = index(large.tree())
    original = large.read("profiles/p7/profile.md")
    large.put("profiles/p7/profile.md", original + "\nQuerverbund.\n")
    large.built()
    after = index(large.tree())
    large.put("profiles/p7/profile.md", original)
    large.built()
    assert differences(index(large.tree()), before) == []
    new = {name for name in after.keys() - before.keys() if name[0] == "s"}
    holding = {name for _, name, records in shards_of(after) if any("querverbund" in record[0] for record in records)}
    parts = {"quer", "verbund"}  # the parts of the compound are terms of their own
    holding |= {name for _, name, records in shards_of(after) if any(record[0] in parts for record in records)}
    assert new <= holding
    assert {name[0] for name in after.keys() - before.keys()} <= {"s", "g", "t"}


@pytest.mark.parametrize("seed", range(2))
def test_an_index_that_grew_equals_a_clean_one(tmp_path: Path, checkout: Checkout, seed: int) -> None:
    """After any edits to people, stories and topics, the index is byte for byte that of a clean build."""
    site = Site(tmp_path / "site", checkout)
    fill(site, 12, seed)
    site.built()
    chance = random.Random(seed)
    for number in range(6):
        who = f"p{chance.randrange(12)}"
        words = " ".join(chance.choice(WORDS) + str(chance.randrange(99)) for _ in range(chance.randrange(1, 40)))
        match chance.randrange(6):
            case 0:
                site.profile(f"new{number}", words)
            case 1:
                site.story(f"new{number}", words, authors=[who, "mara"])
            case 2:
                site.topic("law", label={"de": f"Recht {number}"}, synonyms={"de": [chance.choice(WORDS)]})
            case 3:
                site.profile(who, words, status="paused")
            case _:
                site.profile(who, words, topics=["law", "heat"])
        site.built()
        assert site.stale() == []


@pytest.mark.parametrize(
    ("label", "synonyms"), [("Gänseliesel", ["MR", "Bimbelbambel"]), ("Bimbelbambel", ["Mr", "Gänseliesel"])]
)
def test_an_index_follows_how_a_topic_is_written(
    tmp_path: Path, checkout: Checkout, label: str, synonyms: list[str]
) -> None:
    """Capitals, and which name is the label, count although the words stay the same: all texts are read anew."""
    site = Site(tmp_path / "site", checkout, empty=True)
    site.settings(DEFAULT_LANG="en", LANGUAGES=["en", "de"])
    site.topic("heat")
    site.topic("law", label={"de": "Gänseliesel", "en": "goose"}, synonyms={"de": ["Mr", "Bimbelbambel"]})
    site.profile("ida", "Mit mr und ohne Bambel, auch Liesel.\n")
    site.built()
    site.topic("law", label={"de": label, "en": "goose"}, synonyms={"de": synonyms})
    site.built()
    assert site.stale() == []


def test_who_withdraws_is_in_no_file(tmp_path: Path, checkout: Checkout) -> None:
    """After consent is withdrawn, neither name nor own words are left in a shard, a card, a dictionary or a column."""
    site = Site(tmp_path / "site", checkout)
    fill(site, 12)
    site.profile("xaver", "Zwitscherwerk.\n", name="Xaver Quitzow", location="Posemuckel", languages=["eo"])
    site.story("solo", "Nur Pfeifenreiniger.\n", authors=["xaver"])
    site.built()
    said = ("quitzow", "zwitscherwerk", "posemuckel", "pfeifenrein", "xaver", '"eo"')
    whole = b"".join(index(site.tree()).values()).decode().lower()
    assert [word for word in said if word not in whole] == []
    site.profile("xaver", "Zwitscherwerk.\n", name="Xaver Quitzow", consent={**CONSENT, "channels": ["feeds"]})
    site.built()
    whole = b"".join(index(site.tree()).values()).decode().lower()
    assert [word for word in said if word in whole] == []
    assert site.stale() == []


def test_a_person_with_many_stories_has_further_slots(tmp_path: Path, checkout: Checkout) -> None:
    """More stories than a slot has places: all are found, and lead to the same person."""
    site = Site(tmp_path / "site", checkout)
    for number in range(40):
        site.story(f"n{number:02}", f"Kennwort{number:02}.\n", date=f"2026-09-{number % 28 + 1:02}")
    site.built()
    files = index(site.tree())
    manifest = json.loads(files["manifest.json"])
    owners = dict(manifest["wide"])
    assert len(owners) == 2
    cards = [card for group, _ in cards_of(files, "d", "de") for card in group]
    refs = {
        record[0]: record[3]
        for _, _, records in shards_of(files)
        for record in records
        if record[0].startswith("kennwort")
    }
    assert len(refs) == 40
    for (ref,) in refs.values():
        slot = ref // manifest["stride"]
        assert cards[owners.get(slot, slot)]["s"] == "mara"


def test_documents_and_cards_agree(large: Site) -> None:
    """Every document number in a shard has a card: a person's or hook's in its slot, or a story's."""
    files = index(large.tree())
    manifest = json.loads(files["manifest.json"])
    people = [card for group, _ in cards_of(files, "d", "en") for card in group]
    stories = {ref: card for group, _ in cards_of(files, "w", "en") for ref, card in group.items()}
    seen = set()
    for _, _, records in shards_of(files):
        for record in records:
            for refs in record[3::3]:
                total = 0
                for step in refs:
                    total += step
                    seen.add(total)
    slots = {ref // 16 for ref in seen if ref % 16 == 0}
    assert len(seen) == manifest["n"]
    assert slots == {slot for slot, card in enumerate(people) if card}
    assert {str(ref) for ref in seen if ref % 16} == stories.keys()


TERMS = st.lists(st.text("abcdefghij", min_size=1, max_size=6), min_size=2, max_size=300, unique=True).map(sorted)


@given(terms=TERMS, sizes=st.randoms(use_true_random=False), reach=st.integers(10, 400))
def test_cuts_do_not_depend_on_what_is_far_away(terms: list[str], sizes: random.Random, reach: int) -> None:
    """A term put in at one place moves no cut that is more than two windows away from it."""
    weights = {term: sizes.randrange(5, 60) for term in terms}
    before = {terms[at] for at in shards.cuts(terms, [weights[term] for term in terms], reach, lambda _: True)}
    more = sorted({*terms, "ccc"})
    weights["ccc"] = 20
    at = more.index("ccc")
    after = {more[at] for at in shards.cuts(more, [weights[term] for term in more], reach, lambda _: True)}
    for changed in (before ^ after) - {more[0], "ccc"}:
        there = more.index(changed)
        between = sum(weights[term] for term in more[min(at, there) : max(at, there)])
        near_start = sum(weights[term] for term in more[:there]) < reach + 20
        assert between <= reach + 60 or near_start


@given(texts=st.lists(st.text(max_size=40).filter(lambda text: "\n" not in text), max_size=50))
def test_front_coding_loses_nothing(texts: list[str]) -> None:
    """Separators come back as they were, whatever script they are in."""
    ordered = sorted(set(texts) | {""})
    assert decoded(shards.front_coded(ordered)) == ordered

"""Who is near whom, and which topics go together."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from experts.affinity import Affinity

TOPICS = st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=4, unique=True)


def test_those_who_share_most_topics_come_first() -> None:
    """More topics in common is nearer; with as many, the same first topic is; nobody without one in common is near."""
    people = {"me": "abc", "first": "ax", "all": "cba", "two": "bcz", "one": "zc", "none": "xyz"}
    assert Affinity(people).similar("me", 5) == ["all", "two", "first", "one"]


def test_everybody_is_listed_equally_often() -> None:
    """Among people with the same topics each is listed by as many others, wherever the name stands in the alphabet."""
    people = {f"p{number:02}": "ab" for number in range(20)}
    near = Affinity(people)
    listed = Counter(other for person in people for other in near.similar(person, 4))
    assert set(listed.values()) == {4}
    assert len(listed) == 20


def test_topics_that_people_have_together_are_related() -> None:
    """The more often the nearer; topics that are asked for or known already are left out."""
    near = Affinity({"1": "ab", "2": "ab", "3": "ac", "4": "ad", "5": "xy"})
    assert near.related("a", 5) == ["b", "c", "d"]
    assert near.related("a", 5, known="b") == ["c", "d"]
    assert near.related("ax", 2) == ["b", "c"]
    assert near.related("nowhere", 5) == []


@given(st.dictionaries(st.text("pqr", min_size=1), TOPICS, max_size=12), st.integers(1, 5))
def test_similar_people(people: dict[str, list[str]], count: int) -> None:
    """Nobody is similar to themselves, nobody is listed twice, and everybody listed shares a topic; the list is full if it can be."""
    near = Affinity(people)
    for person, topics in people.items():
        found = near.similar(person, count)
        sharing = {other for other, theirs in people.items() if other != person and set(theirs) & set(topics)}
        assert len(found) == len(set(found)) == min(count, len(sharing))
        assert set(found) <= sharing

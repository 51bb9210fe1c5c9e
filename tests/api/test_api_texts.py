"""What texts become in the files: JSON gives back what was written, addresses are complete, times are unambiguous."""

from __future__ import annotations

import json

import pytest
from factory import Site
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from odd import HOSTILE
from published import Api

from experts.absolute import uri
from expert_api.documents import text
from expert_api.rows import SIZE, parts
from experts.addresses import url_problem
from experts.markup import WEB_SCHEMES

URI = Draft202012Validator({"format": "uri"}, format_checker=Draft202012Validator.FORMAT_CHECKER)
words = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    words | st.integers() | st.booleans(), lambda inner: st.lists(inner) | st.dictionaries(words, inner), max_leaves=8
)


@given(st.dictionaries(words, values))
@example({"a": [{"</script>": "]]>\u2028\u2029\x00\x1f\x7f\ufeff"}], "b": []})
def test_text_survives(fields: dict[str, object]) -> None:
    """Whatever stands in a text, reading the file gives it back; the file has a field on each line and ends with a line."""
    written = text(fields)
    assert json.loads(written) == fields
    assert written.endswith("}\n")
    assert written.count("\n") == max(len(fields), 1) + 2


addresses = st.builds(
    "{}://{}{}{}".format,
    st.sampled_from(["http", "https", "HTTPS"]),
    st.from_regex(r"[a-zäöü0-9.-]{1,12}(:\d{1,4})?|\[::1\]|[a-z]{1,3}@[a-z]{2}", fullmatch=True),
    st.sampled_from(["", "/", "?", "#"]),
    words,
) | st.builds("{}:{}".format, st.sampled_from(WEB_SCHEMES), words)


@given(addresses.filter(lambda address: url_problem(address, WEB_SCHEMES) is None))
@example("https://müller.example/ä/[x]?q=%zz&r=ü#eins#zwei")
@example("https://[::1]:80/%C3%A4")
def test_addresses_become_uris(address: str) -> None:
    """Every address that a profile may hold becomes a URI (RFC 3986), and one that is a URI stays what it is."""
    made = uri(address)
    assert URI.is_valid(made), made
    assert uri(made) == made


@given(st.integers(0, 20 * SIZE))
def test_parts_of_a_list(count: int) -> None:
    """The parts have every row once and in order; all but the first are full, and one more row changes no other."""
    found = list(parts(count))
    assert [row for _, rows in found for row in range(count)[rows]] == list(range(count))
    assert [number for number, _ in found] == [0, *range(len(found) - 1, 0, -1)]
    assert all(rows.stop - rows.start == SIZE for _, rows in found[1:])

    def old(total: int) -> dict[int, tuple[int, int]]:
        return {number: (total - rows.start, total - rows.stop) for number, rows in parts(total) if number}

    assert old(count).items() <= old(count + 1).items()


def test_hostile_texts_arrive(odd_site: Site) -> None:
    """Names, titles and bodies are in the files letter by letter."""
    api = Api(odd_site.output, "https://x.example/our/experts/")
    mara = api.read("api/experts/mara.json")
    shown = odd_site.read("profiles/mara/profile.md").split("\n")
    assert f"name: {json.dumps(mara['name'], ensure_ascii=False)}" in shown
    assert mara["department"] == {"de": "Eine Zeile"}
    assert api.read("api/stories/nackt.json")["original_language"] == "de"
    assert "content_html" not in api.read("api/stories/nackt.json")
    assert HOSTILE[:3] in mara["name"]


def test_languages_and_times(odd_site: Site) -> None:
    """A story in a language that the site does not have keeps it; moments have seconds and an offset."""
    api = Api(odd_site.output, "https://x.example/our/experts/")
    story = api.read("api/stories/viele.json")
    assert list(story["title"]) == list(story["content_html"]) == ["fr", "pt-BR"]
    assert story["original_language"] == "fr"
    assert story["date"] == "2026-10-01T09:30:00+02:00"
    assert story["updated"].startswith("2026-10-02T00:00:00.5")
    assert story["url"] == {
        "de": "https://x.example/our/experts/stories/viele/",
        "en": "https://x.example/our/experts/en/stories/viele/",
        "pt-BR": "https://x.example/our/experts/pt-BR/stories/many/",
    }
    assert story["original_url"] == {
        "pt-BR": "https://xn--mller-kva.example/%C3%A4/%5Bx%5D?q=%25zz&r=%C3%BC#eins%23zwei"
    }
    assert [session.get("start") for session in api.read("api/events/tag.json")["sessions"]] == [
        "09:30",
        "2026-12-04",
        None,
    ]


@pytest.mark.parametrize(("path", "field"), [("stories/viele", "content_html"), ("experts/mara", "biography_html")])
def test_bodies_stand_alone(path: str, field: str, odd_site: Site) -> None:
    """Links in a body lead to the site in the body's language; nothing in it needs the page that it comes from."""
    body = Api(odd_site.output, "").read(f"api/{path}.json")[field]["pt-BR"]
    for part in (
        '"https://x.example/our/experts/pt-BR/experts/mara/"',
        '"https://x.example/our/experts/pt-BR/about/"',
        'src="https://x.example/our/experts/',
        '"https://other.example/x"',
        '"https://third.example/"',
        "/?seite=2",
        '<q cite="https://other.example/">',
        "&lt;a href=",
    ):
        assert part in body, part
    assert "ida" not in body

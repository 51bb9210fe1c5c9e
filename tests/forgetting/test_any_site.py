"""Whatever a site holds: after forgetting somebody no file has the short name, and nothing else has changed."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from factory import Site, document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from experts.forgetting import applying
from experts.forgetting.person import person
from experts.forgetting.plan import plan

from .places import problems, request

PEOPLE = ("gone-person", "ada", "bo")
SPELLINGS = (
    "[W]({0})", "[W *w*]( <{0}> 'T')", "[[W]]({0})", "![W]({0})", "[W][r]\n\n[r]: {0} \"T\"\n", "[r]\n\n[R]: <{0}>\n",
    '<a title="t" href="{0}">W <i>x</i></a>', "> [W]({0})", "1. [W]({0})", "`[W]({0})`", "[a](https://example.com/) [W]({0})",
    "[![x](https://example.com/x.png)]({0})", "| a |\n|---|\n| [W]({0}) |\n", "[^1]\n\n[^1]: [W]({0})\n", "\\[[W]({0})\\]", "\\[no] [W]({0})",
    "[W]({0}) [W]({0}) [W]({0})", "Text\\\\[W]({0})", "*[W*]({0})", "[W\nw]({0})", "[ ]({0})", "[]({0})",
)  # fmt: skip
PLACES = (
    "expert:{0}",
    "/experts/{0}/",
    "/en/experts/{0}",
    "expert:{0}#t",
    "../../../profiles/{0}/profile.md",
    "/experts/{0}/index.html",
)


def bodies() -> st.SearchStrategy[str]:
    """Return texts with links in any spelling, to anybody."""
    link = st.builds(
        lambda form, place, slug: form.format(place.format(slug)),
        st.sampled_from(SPELLINGS),
        st.sampled_from(PLACES),
        st.sampled_from(PEOPLE),
    )
    words = st.text(st.sampled_from("ab .\n*_`[]()<>!#"), max_size=12)
    return st.lists(link | words, max_size=4).map(" ".join)


AUTHORS = st.lists(st.sampled_from(PEOPLE), unique=True, min_size=1, max_size=3)
STORIES = st.lists(st.tuples(AUTHORS, bodies(), st.booleans()), max_size=3)
LAYOUTS = st.sampled_from(("flow", "block", "comments"))


def written(head: dict[str, Any], body: str, layout: str) -> str:
    """Return a file in one of the layouts in which people write lists."""
    if layout == "flow":
        return document(head, body)
    lines = []
    for name, value in head.items():
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            lines += [
                f"{name}:",
                *[
                    f"    - {item}{'  # why ' + str(at) if layout == 'comments' else ''}"
                    for at, item in enumerate(value)
                ],
            ]
        else:
            lines += [
                f"# about {name}" if layout == "comments" else "",
                f"{name}: {json.dumps(value, ensure_ascii=False)}",
            ]
    return "\n".join(["---", *[line for line in lines if line], "---", body])


@settings(max_examples=int(os.environ.get("FORGET_EXAMPLES", "25")))
@given(STORIES, st.lists(st.sampled_from(PEOPLE), unique=True), LAYOUTS, st.sampled_from(PEOPLE), bodies())
@example(
    [(["gone-person", "ada"], "[a [W](expert:gone-person)", False)], ["gone-person"], "comments", "gone-person", ""
)
def test_nothing_is_left_and_nothing_else_changes(
    stories: list[tuple[list[str], str, bool]], hosts: list[str], layout: str, deputy: str, body: str
) -> None:
    """No file holds the short name, `check` has no new problem, and files that did not name the person are the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "site", None, empty=True)  # type: ignore[arg-type]
        site.topic("heat")
        for slug in PEOPLE:
            site.profile(slug, name=slug.title(), status="left" if slug == "gone-person" else "published")
        site.profile("bo", absence={"deputy": deputy, "from": "2026-12-01"}, body=body.replace("../../../", "../../"))
        for number, (authors, text, translated) in enumerate(stories):
            head = {"title": "T", "date": "2026-10-01", "authors": authors}
            site.put(f"content/stories/2026/s{number}.md", written(head, text, layout))
            if translated:
                head = {"title": "T", "translation_of": f"s{number}", "authors": authors, "lang": "en"}
                site.put(f"content/stories/2026/t{number}.md", written(head, text, layout))
        experts = [{"expert": slug} for slug in hosts]
        site.put("content/hooks/h.md", written({"title": "T", "date": "2026-10-01", "experts": experts}, "", layout))
        event = {"title": "T", "start": "2026-12-01", "experts": hosts, "sessions": [{"title": "S", "hosts": hosts}]}
        site.put("content/events/e.md", written(event, "", layout))
        before = {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()}
        known = problems(site)

        made = request(site)
        planned = plan(made, person(str(site.folder), "gone-person"))
        with applying.changed(
            str(site.folder), applying.journal_of(made.cache, str(site.folder)), planned.before, planned.after
        ):
            pass

        after = {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()}
        assert [str(path) for path, data in after.items() if b"gone-person" in data or "gone-person" in str(path)] == []
        without_lines = [line.partition(": ")[2] for line in known]
        assert [line for line in problems(site) if line.partition(": ")[2] not in without_lines] == []
        for path, data in before.items():
            if b"gone-person" not in data and "gone-person" not in str(path) and path in after:
                assert after[path] == data

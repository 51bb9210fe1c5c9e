"""The command ``import``: what lists of other programs become, and that nothing people wrote is lost."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from factory import TODAY, Run, Site
from hypothesis import example, given, settings
from hypothesis import strategies as st

from experts import reader
from experts.editing import mapping, merging, tables
from experts.editing.known import index
from experts.editing.people import People
from experts.problems import Problems

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ("Vorname", "Nachname", "E-Mail", "Abteilung", "Standort", "Position", "Sprachen", "Themen")
EVA = ("Eva", "Groß", "eva@example.com", "Netz, Ost", "Kiel", "=1+1", "Deutsch; en\nFranzösisch", "Thema heat, pumps")
EVA_FILE = """---
name: Eva Groß
lang: de
headline: =1+1
role: =1+1
department: Netz, Ost
location: Kiel
languages:
  - de
  - en
  - fr
topics:
  - heat
  - pumps
contact:
  email: eva@example.com
status: draft
---
"""


def table(*rows: tuple[str, ...], delimiter: str = ";") -> str:
    """Return rows as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def run(site: Site, content: str | bytes, *arguments: str, kind: str = "csv", rules: str = "") -> Run:
    """Import a list into a site."""
    file = site.folder.parent / f"list.{kind}"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    options = [*arguments, "--site", str(site.folder), "--today", TODAY, "--lang", "en"]
    if rules:
        (site.folder.parent / "mapping.yaml").write_text(rules, "utf-8")
        options += ["--mapping", str(site.folder.parent / "mapping.yaml")]
    return site.checkout.run("import", kind, str(file), *options)


def report(done: Run) -> dict[str, Any]:
    """Return a report that was asked for as JSON."""
    found: dict[str, Any] = json.loads(done.out)
    return found


def tree(site: Site) -> dict[Path, bytes]:
    """Return all files of a site."""
    return {path: path.read_bytes() for path in sorted(site.folder.rglob("*")) if path.is_file()}


def test_a_list_of_new_people(site: Site) -> None:
    """People without a profile get a draft without consent, in the editor's form; usual columns are known; twice is once."""
    content = table(HEADER, EVA)
    before = tree(site)
    dry = run(site, content, "--dry-run")
    assert tree(site) == before
    done = run(site, content)
    assert done.code == 0
    assert dry.out == done.out + "Nothing was written.\n"
    assert "profiles/eva-gross/profile.md: new, a draft without consent (row 2)\n" in done.out
    assert "profiles/mara: not in the list; nothing was removed\n" in done.out
    assert done.out.endswith("1 new, 0 completed, 0 as they were, 0 left out, 3 not in the list\n")
    assert site.read("profiles/eva-gross/profile.md") == EVA_FILE
    site.built()
    after = tree(site)
    assert run(site, content).out.endswith("0 new, 0 completed, 1 as they were, 0 left out, 3 not in the list\n")
    assert {path: data for path, data in tree(site).items() if "output" not in path.name} == after


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings(delimiter: str, encoding: str) -> None:
    """CSV is read as spreadsheets write it: four delimiters, with and without a mark of the encoding; a guess is told."""
    found = tables.read("a.csv", "csv", table(HEADER, EVA, EVA, delimiter=delimiter).encode(encoding))
    assert found.columns == HEADER
    assert found.rows[1] == tables.Row(3, {name: (cell,) for name, cell in zip(HEADER, EVA, strict=True)})
    assert [notice.code for notice in found.notices] == (["encoding"] if encoding == "cp1252" else [])


@given(
    st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3), min_size=1, max_size=5),
    st.sampled_from([",", ";", "\t"]),
)
@example([["a;b", "c,d", '"']], ",")
@settings(max_examples=200)
def test_no_cell_is_lost_in_csv(rows: list[list[str]], delimiter: str) -> None:
    """Whatever a cell holds, quotes, delimiters, line breaks, what comes out is that text, but for spaces and control characters."""
    rows = [[cell.encode("utf-8", "replace").decode().replace("\0", "") for cell in row] for row in rows]
    data = table(("aa", "bb", "cc"), *map(tuple, rows), delimiter=delimiter).encode()
    found = {
        row.number: row.cells for row in tables.read("a.csv", "csv", b"sep=%s\r\n" % delimiter.encode() + data).rows
    }
    for number, row in enumerate(rows, 2):
        expected = {
            name: (tables.clean(cell),)
            for name, cell in zip(("aa", "bb", "cc"), row, strict=True)
            if tables.clean(cell)
        }
        assert found.get(number, {}) == expected


NAMES = st.text(min_size=1, max_size=20).filter(lambda name: any(c.isalpha() and c.isascii() for c in name))
CELLS = st.text(max_size=40)


@given(
    st.lists(st.fixed_dictionaries({"name": NAMES, "role": CELLS, "department": CELLS, "location": CELLS}), max_size=4)
)
@settings(max_examples=200)
def test_import_loses_nothing(tmp_path_factory: pytest.TempPathFactory, people: list[dict[str, str]]) -> None:
    """Each row is a profile that says all that the row says, or is left out with a reason; the same list again changes nothing."""
    content = json.dumps([{**person, "themen": "heat"} for person in people]).encode()
    found = tables.read("a.json", "json", content)
    rules = mapping.usual(found.columns)._replace(update=())
    rules.fields["headline"] = mapping.Rule(default="x")
    topics = {"heat": ("Thema",)}
    folder = tmp_path_factory.getbasetemp()
    site = merging.Site(People(str(folder / "nowhere"), TODAY), topics, index(topics), ("de", "en"))
    done = [merging.outcome(row, rules, site) for row in found.rows]
    assert len(done) == len(found.rows)
    again = merging.Site(People(str(folder / "nowhere"), TODAY), topics, index(topics), ("de", "en"))
    for row, one in zip(found.rows, done, strict=True):
        assert one.what in ("created", "skipped")
        assert bool(one.problems) == (one.what == "skipped")
        if one.what == "created":
            reading = reader.read(one.path, one.data, ("de", "en"))
            assert reading.problems == []
            text, expert = reading.record.texts[0], reading.record
            said = [expert.name, text.role, text.department, expert.location, expert.status, expert.consent]
            cells = [
                " ".join(row.cells.get(name, ("",))[0].split()) for name in ("name", "role", "department", "location")
            ]
            assert said == [*cells, "draft", None]
            again.people._read(expert.slug, one.data, one.path, TODAY)
    for row, one in zip(found.rows, done, strict=True):
        assert merging.outcome(row, rules, again).what == ("unchanged" if one.what == "created" else "skipped")


RULES = """
fields:
  name: [Vorname, Nachname]
  contact.email: E-Mail
  department: {column: Abteilung, values: {NO: Netz Ost}}
  location: standort
  role: Position
  headline: {columns: [Claim], otherwise: Position, default: Sagt etwas}
  topics: {column: Abteilung, values: {NO: [heat, pumps]}, default: heat}
  lang: {constant: en}
update: [department, location]
"""


def test_a_mapping_and_people_who_are_there(site: Site) -> None:
    """An existing profile gets what it does not say yet; only what the mapping names is refreshed; nothing else changes."""
    body = "Text.\n\n  Mehr.\n"
    site.profile(
        "mara",
        body,
        name="Mara Tester",
        location="Alt",
        department="",
        contact={"email": "MARA@example.com"},
        owner=["m"],
    )
    before = site.read("profiles/mara/profile.md")
    columns = ("Vorname", "Nachname", "E-Mail", "Abteilung", "Standort", "Position", "Claim")
    rows = [
        ("M.", "Lindqvist", "mara@example.com", "NO", "Neu", "Chefin", "Ruft laut"),
        ("Eva", "Groß", "", "no", "", "", ""),
    ]
    done = run(site, table(columns, *rows), "--format", "json", rules=RULES)
    assert (done.code, done.err) == (0, "")
    found = report(done)
    assert found["updated"] == [
        {"row": 2, "name": "Mara Tester", "path": "profiles/mara/profile.md", "fields": ["location", "role"]}
    ]
    assert found["created"][0]["path"] == "profiles/eva-gross/profile.md"
    assert found["missing"] == ["ida", "jonas"]
    head = site.read("profiles/mara/profile.md")
    assert "location: Neu\n" in head
    assert "role: Chefin\n" in head
    assert 'department: ""\n' in head  # emptied by somebody, and stays so
    assert "headline: Was mara sagt\n" in head
    assert "name: Mara Tester\n" in head
    assert head.endswith("---\n" + body)
    reading = [reader.read("profiles/mara/profile.md", text.encode(), ("de", "en")).record for text in (before, head)]
    text = reading[1].texts[0]._replace(role="")
    assert reading[0] == reading[1]._replace(texts=(text,), location="Alt", digest=reading[0].digest)
    made = site.read("profiles/eva-gross/profile.md")
    assert "lang: en\nheadline: Sagt etwas\ndepartment: Netz Ost\ntopics:\n  - heat\n  - pumps\n" in made
    assert report(run(site, table(columns, *rows), "--format", "json", rules=RULES))["unchanged"][0]["row"] == 2


LEFT_OUT = [
    ({"name": "Eva A", "topics": "heet"}, "there is no topic heet (did you mean heat?)"),
    ({"name": "Eva B"}, "the list says nothing for the field topics (name its column in a mapping file, or give a constant there)"),
    ({"name": "Eva C", "topics": "heat", "email": "x"}, "x is not an e-mail address (like mara@example.com)"),
    ({"name": "Eva D", "topics": "heat", "role": "x" * 121}, "role has 121 characters (at most 120)"),
    ({"name": "陈伟", "topics": "heat"}, "there is no short name for 陈伟 (add a column slug: lower-case letters a-z, digits and - only)"),
    ({"name": "Mara Old", "topics": "heat"}, "mara-old is taken already (add a column slug with the short name of each)"),
    ({"topics": "heat"}, "nothing says who this is (each row needs a name, a short name or an e-mail address)"),
    ({"name": "Ida Tester", "topics": "heat"}, "this person has left (nothing about them is added)"),
]  # fmt: skip


def test_rows_that_are_left_out(site: Site) -> None:
    """A row that cannot become a profile is told with its number and reason, and the others are imported."""
    site.profile("ida", status="left")
    rows = [*[row for row, _ in LEFT_OUT], {"name": "Otto Neu", "topics": "heat"}]
    done = run(site, json.dumps([{"headline": "x", **row} for row in rows]), kind="json")
    lines = done.out.splitlines()
    for number, (row, message) in enumerate(LEFT_OUT, 1):
        at = lines.index(f"row {number}, {row.get('name', '')}: left out")
        assert lines[at + 1] == f"  {message}"
    assert "profiles/otto-neu/profile.md: new, a draft without consent (row 9)" in lines
    assert done.code == 1
    assert site.checkout.run("check", "--site", str(site.folder), "--today", TODAY).code == 0
    assert run(site, json.dumps([LEFT_OUT[-1][0]]), kind="json").code == 0  # who has left is nothing to see to


def test_people_are_not_mixed_up(site: Site) -> None:
    """The same person twice is told; two people of one name need short names; a short name or an e-mail address tells them apart."""
    site.profile("jonas", contact={"email": "j@example.com"})
    people = [
        {"name": "Eva Groß", "email": "eva@example.com"},
        {"name": "EVA  GROSS-X", "email": "Eva@Example.com"},
        {"name": "Eva Groß", "email": "other@example.com"},
        {"name": "Eva Groß", "email": "other@example.com", "slug": "eva-gross-2"},
        {"name": "Jonas Tester", "email": "another@example.com"},
        {"name": "J. Umbenannt", "email": "j@example.com", "role": "Chef"},
        {"name": "Irgendwer", "slug": "mara-old", "role": "Chefin"},
    ]
    rows = [{**person, "topics": "heat", "headline": "x"} for person in people]
    found = report(run(site, json.dumps(rows), "--format", "json", kind="json"))
    assert [one["path"] for one in found["created"]] == [
        "profiles/eva-gross/profile.md",
        "profiles/eva-gross-2/profile.md",
    ]
    assert [(one["row"], one["problems"][0]["code"]) for one in found["skipped"]] == [
        (2, "twice"),
        (3, "namesake"),
        (5, "namesake"),
    ]
    assert [one["path"] for one in found["updated"]] == ["profiles/jonas/profile.md", "profiles/mara/profile.md"]


def test_profiles_with_comments_or_problems_stay(site: Site) -> None:
    """A profile that an import could not write without losing something is left alone, with the reason."""
    path = site.path("profiles/mara/profile.md")
    path.write_text(site.read("profiles/mara/profile.md").replace("---\n", "---\n# mine\n", 1), "utf-8")
    site.profile("ida", statsu="draft")
    before = tree(site)
    done = run(
        site, json.dumps([{"name": "Mara Tester", "role": "x"}, {"name": "Ida Tester", "role": "x"}]), kind="json"
    )
    assert "profiles/mara/profile.md:2:1: the web editor would drop the comment # mine" in done.out
    assert "profiles/ida/profile.md:8:1: there is no field statsu (did you mean status?)" in done.out
    assert tree(site) == before


def test_objects_in_objects(site: Site) -> None:
    """JSON may be nested: inner fields have dotted names; lists are lists, numbers are texts."""
    person = {"name": {"first": "Eva", "last": "Groß"}, "work": {"unit": 7, "skills": ["heat", "Thema pumps"]}}
    rules = "fields:\n  name: [name.first, name.last]\n  headline: {constant: x}\n  department: work.unit\n  topics: work.skills\n"
    assert run(site, json.dumps([person]), kind="json", rules=rules).code == 0
    assert 'department: "7"\ntopics:\n  - heat\n  - pumps\n' in site.read("profiles/eva-gross/profile.md")


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ("fields: {consent: x}", ":1:10: the field consent cannot be imported"),
        ("---\nfields: {nme: x}\n---\n", ":2:10: the field nme cannot be imported (did you mean name?)"),
        ("fields: {name: Vornam}", "the list has no column Vornam (did you mean Vorname?)"),
        (
            "fields: {name: Vorname}\nupdate: [headline]",
            ":2:9: headline belongs to the person and is never overwritten",
        ),
        ("fields: {name: {split: x}}", ":1:16: nothing says where name comes from"),
        ("feilds: {}", "there is no field feilds (did you mean fields?)"),
        ("fields: {name: &a x}", "a text begins with & or *"),
        ("fields:", "the field fields is empty"),
        ("fields: [a]", "fields must be a group of fields"),
    ],
)
def test_mappings_that_are_wrong(rules: str, message: str) -> None:
    """A mapping is read as strictly as profiles; what is wrong is told with its place."""
    with pytest.raises(Problems) as found:
        mapping.fitted("m.yaml", mapping.read("m.yaml", rules.encode()), HEADER)
    assert message in str(found.value)


def test_nothing_is_imported_by_a_wrong_mapping(site: Site) -> None:
    """A mapping with a problem ends the import before anything is written."""
    before = tree(site)
    done = run(site, table(HEADER, EVA), rules="fields: {name: Vornam}")
    assert (done.code, done.out) == (1, "")
    assert "the list has no column Vornam (did you mean Vorname?)" in done.err
    assert tree(site) == before


@pytest.mark.parametrize(
    ("kind", "data", "message"),
    [
        ("csv", b"", "there is no row in the file"),
        ("csv", b'Name;Ort\n"a;b\n', "a.csv:2:1: this is not CSV"),
        ("csv", b"Name;Name\na;b\n", "two columns are called Name"),
        ("csv", b"Name;\x81\n", "the file is not UTF-8 (save it"),
        ("csv", b"x" * (tables.MAX_FILE + 1), "the file has 20480 KiB"),
        ("csv", b"a;b\n" + b"1;2\n" * (tables.MAX_ROWS + 1), "at most 20000 rows"),
        ("csv", b"a;b\n" + b"x" * (tables.MAX_CELL + 1) + b";1\n", "a.csv:2:1: a cell has more than 20000 characters"),
        ("json", b"[{]", "a.json:1:3: this is not JSON"),
        ("json", b"{}", "this is not a list of objects"),
        ("json", b"[" * 100_000, "the objects are nested too deeply"),
        ("json", b'[{"a":' * 9 + b"1" + b"}]" * 9, ""),
        ("json", b'{"a":' * 9 + b"1" + b"}" * 9, "this is not a list of objects"),
        ("json", b'[' + b'{"a":' * 9 + b"1" + b"}" * 9 + b"]", "at most 6 levels"),
    ],
)  # fmt: skip
def test_files_that_are_no_lists(kind: str, data: bytes, message: str) -> None:
    """A file that is no list, or too large, is told in a sentence, quickly."""
    try:
        tables.read(f"a.{kind}", kind, data)
        said = ""
    except Problems as found:
        said = found.problems[0].line_of_text()
    assert message in said
    assert bool(message) == bool(said)


def test_rows_with_too_many_cells(site: Site) -> None:
    """A row that the delimiter cuts in the wrong places is told and not guessed."""
    done = run(site, "Name;Themen;Headline\nEva;heat;x;y\nOtto;heat;x\n;;\n")
    assert "row 2 has more cells than there are columns" in done.err
    assert done.code == 1
    assert "profiles/otto/profile.md: new, a draft without consent (row 3)" in done.out
    assert not site.path("profiles/eva").exists()


@given(st.binary(max_size=300), st.sampled_from(["csv", "json"]))
@settings(max_examples=300)
def test_nothing_breaks_it(data: bytes, kind: str) -> None:
    """Whatever a file holds, it becomes a table or a problem, and the problem a sentence."""
    try:
        said = str(tables.read("a", kind, data).rows)
    except Problems as found:
        said = str(found)
    assert said

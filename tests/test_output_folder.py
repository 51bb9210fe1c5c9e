"""What a build does to its output folder: all that is planned, nothing else, and nothing that is equal again."""

from __future__ import annotations

import json
from pathlib import Path

from factory import CONSENT, MARKER, Site, tree

PLUGINS = ["experts", "expert_home", "expert_profiles", "expert_lists", "expert_topics", "expert_stories"]
EXTRA = """\
from experts import signals


def outputs(directory, site):
{body}


def register():
    signals.outputs.connect(outputs)
"""


def plugin(site: Site, name: str, body: str = "", whole: str = "") -> None:
    """Give the site a plugin of its own whose `outputs` is `body`."""
    lines = "\n".join("    " + line for line in body.splitlines())
    site.put(f"plugins/{name}.py", whole or EXTRA.format(body=lines))
    site.settings(PLUGIN_PATHS=["plugins"], PLUGINS=[*PLUGINS, name])


def traces(folder: Path, *words: str) -> list[str]:
    """The files that name or contain one of the words."""
    return [name for name, data in tree(folder).items() if any(word in name or word.encode() in data for word in words)]


# -- off-boarding -------------------------------------------------------------------------------------


def test_a_removed_profile_leaves_no_trace(site: Site) -> None:
    """Once a profile is deleted, neither its address nor its name nor its portrait is anywhere in the output."""
    site.profile("zoe", name="Zoë Quux", topics=["pumps"], aliases=["zoe-old"])
    site.portrait("zoe", 77)
    site.story("by-two", authors=["zoe", "mara"])
    site.built()
    assert len(traces(site.output, "zoe", "Quux")) > 5
    site.path("profiles/zoe/profile.md").unlink()
    site.path("profiles/zoe/portrait.png").unlink()
    site.story("by-two", authors=["mara"])
    site.built()
    assert traces(site.output, "zoe", "Quux") == []
    assert not [name for name in site.tree() if name.endswith("/")]  # no empty folder either
    assert site.stale() == []


def test_people_leave_by_themselves(site: Site) -> None:
    """A day passes (left, consent ended), nothing is edited, and a profile is gone without a trace.

    For a while, the feed that others follow says that it has ended: its address is left, but no word of whose it was.
    """
    site.profile("zoe", name="Zoë Quux", left="2026-12-31")
    site.profile("kim", name="Kim Zyzzy", consent={**CONSENT, "until": "2027-02-01"})
    site.built()
    assert traces(site.output, "zoe", "Quux")
    feeds = {f"{lang}experts/zoe/{name}" for lang in ("", "en/") for name in ("atom.xml", "feed.json")}
    site.built(today="2027-01-15")
    assert set(traces(site.output, "zoe", "Quux")) == feeds
    assert not [name for name in feeds if any(word in site.tree()[name] for word in (b"zoe", b"Quux"))]
    assert traces(site.output, "Zyzzy")
    site.built(today="2027-03-31")
    assert traces(site.output, "zoe", "Quux", "Zyzzy") == []
    site.built(today="2027-12-31")
    assert traces(site.output, "zoe", "Quux", "kim", "Zyzzy") == []
    assert site.stale(today="2027-12-31") == []


def test_a_plugin_that_is_dropped_drops_its_files(site: Site) -> None:
    """Without its name in PLUGINS, nothing of a plugin is in the output, and no folder of it."""
    plugin(site, "site_extra", 'yield site.text("extra/deep/file.txt", str, "hello")')
    site.built()
    assert site.tree()["extra/deep/file.txt"] == b"hello"
    site.settings(PLUGIN_PATHS=["plugins"], PLUGINS=PLUGINS)
    assert ", 1 removed" in site.built().out
    assert not (site.output / "extra").exists()


# -- what stays -----------------------------------------------------------------------------------------


def test_what_is_equal_is_not_touched(site: Site) -> None:
    """An edit of a biography rewrites what shows it only: other files keep inode and time, for rsync and caches."""
    site.built()
    before = {path: path.stat() for path in site.output.rglob("*") if path.is_file()}
    site.replace("profiles/ida/profile.md", "Siehe", "Sieh")
    assert site.built().made == 3
    changed = [
        path.relative_to(site.output).as_posix()
        for path, old in before.items()
        if (path.stat().st_mtime_ns, path.stat().st_ino) != (old.st_mtime_ns, old.st_ino)
    ]
    assert sorted(changed) == ["api/experts/ida.json", "en/experts/ida/index.html", "experts/ida/index.html"]


def test_a_template_is_of_its_pages_only(site: Site) -> None:
    """A template's edit makes the pages of that template anew, and those of no other one."""
    theme = site.own_theme()
    site.built()
    (theme / "templates/404.html").write_text("<p>Not here.</p>")
    assert site.built().made == 2
    assert site.stale() == []


def test_clean_makes_everything_anew(site: Site) -> None:
    """--clean trusts no cache, and leaves the same tree."""
    made = site.built().made
    before = site.tree()
    assert site.built("--clean").made == made
    assert site.tree() == before


def test_file_and_folder_change_places(site: Site) -> None:
    """An output may become a folder of outputs, and a folder an output."""
    plugin(site, "site_extra", 'yield site.text("x", str, "file")')
    site.built()
    plugin(site, "site_extra", 'yield site.text("x/y/z.txt", str, "deep")')
    site.built()
    assert site.tree()["x/y/z.txt"] == b"deep"
    plugin(site, "site_extra", 'yield site.text("x", str, "file")')
    site.built()
    assert site.tree()["x"] == b"file"
    assert site.stale() == []


# -- what is refused ------------------------------------------------------------------------------------


def test_foreign_files_are_never_removed(site: Site, tmp_path: Path) -> None:
    """A folder with files that no build has made is refused by name, and stays as it is."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    run = site.build(output=folder)
    assert run.code == 1
    assert run.problems == [
        f"home: the folder {folder} holds files that no build has made "
        "(choose an empty folder with --output, or empty this one)"
    ]
    assert tree(folder) == {"thesis.txt": b"years of work"}


def test_an_output_folder_that_is_a_file(site: Site, tmp_path: Path) -> None:
    """--output naming a file, or a folder below one, is refused; the file stays."""
    file = tmp_path / "precious.txt"
    file.write_text("precious")
    for output in (file, file / "below"):
        run = site.build(output=output)
        assert (run.code, len(run.problems)) == (1, 1), run.err
        assert "is not a folder" in run.err
        assert file.read_text() == "precious"


def test_output_among_the_sources_is_refused(site: Site) -> None:
    """A build into profiles/, content/ or the theme would read what it has written."""
    for name in ("profiles/out", "content", "content/images/out"):
        run = site.build(output=site.path(name))
        assert run.code == 1
        assert "which is read" in run.err
        assert not site.path(name).joinpath(MARKER).exists()


def test_a_lost_marker_is_written_again(site: Site) -> None:
    """The hidden file that marks the folder as ours may get lost (artefacts drop hidden files); then what is known tells."""
    site.built()
    (site.output / MARKER).unlink()
    site.built()
    assert site.stale() == []


def test_two_plugins_make_one_file(site: Site) -> None:
    """Two outputs for one path are a problem that names both owners; nothing is written."""
    plugin(site, "site_extra", 'yield site.text("experts/mara/index.html", str, "mine")')
    run = site.build()
    assert run.code == 1
    assert run.problems == [
        "experts/mara/index.html: expert_profiles and site_extra both make this file (rename one of the pages)"
    ]
    assert not site.output.exists()


def test_a_file_that_is_also_a_folder(site: Site) -> None:
    """An output below another output's file is a problem too, also later and with --lenient."""
    plugin(site, "site_extra", 'yield site.text("x", str, "file")')
    site.built()
    plugin(site, "site_extra", 'yield site.text("x", str, "file")\nyield site.text("x/y.txt", str, "below")')
    before = site.tree()
    run = site.build()
    assert run.problems == [
        "x: site_extra makes this file, and site_extra makes it a folder, for x/y.txt (rename one of the pages)"
    ]
    assert site.tree() == before
    for _ in range(2):
        assert site.build("--lenient").err.startswith("x: ")
        assert site.stale("--lenient") == []


def test_no_output_leaves_the_folder(site: Site, tmp_path: Path) -> None:
    """A path with .., an absolute one and an empty one are problems, and nothing is written outside."""
    for path in ("../evil.txt", "/tmp/evil.txt", "a/../../evil.txt", "", "a//b", "./x", MARKER):
        plugin(site, "site_extra", f"yield site.text({path!r}, str, 'evil')")
        run = site.build()
        assert run.code == 1, path
        assert ("not possible" if path != MARKER else "both make this file") in run.err, path
    assert not (tmp_path / "evil.txt").exists()


# -- plugins and templates that fail --------------------------------------------------------------------


def test_a_missing_plugin(site: Site) -> None:
    """A plugin that is not there is a problem (Pelican would go on without it), and nothing is removed for its lack."""
    site.built()
    before = site.tree()
    site.settings(PLUGINS=[*PLUGINS, "expert_missing"])
    for options in ([], ["--lenient"]):
        run = site.build(*options)
        assert run.code == 1
        assert run.problems == [
            "pelicanconf.py: the plugin expert_missing cannot be loaded: No module named 'expert_missing' "
            "(see PLUGINS and PLUGIN_PATHS)"
        ]
        assert site.tree() == before


def test_indexes_and_heads(site: Site) -> None:
    """A plugin may add to the head of every page, and list the pages of all plugins, also of those after it."""
    code = """
from experts import signals

def indexes(directory, site, pages):
    yield site.text("pages.txt", "\\n".join, [f"{page.lang} {page.path} {page.robots} {page.listing.changed}" for page in pages])

def heads(page, template, inputs, site):
    return f'<meta name="made-by" content="{template} {len(inputs)}">'

def register():
    signals.indexes.connect(indexes)
    signals.heads.connect(heads)
"""
    site.put("plugins/early.py", code)
    site.settings(
        PLUGINS=["experts", "early", "expert_profiles", "expert_stories", "expert_files"], PLUGIN_PATHS=["plugins"]
    )
    site.built()
    listed = (site.output / "pages.txt").read_text().splitlines()
    pages = [name for name in site.tree() if name.endswith("index.html")]
    assert len(listed) == len(pages)
    assert "en stories/boiler-en/  2026-10-01" in listed
    for name in pages:
        assert '<meta name="made-by" content="' in (site.output / name).read_text("utf-8")
    site.settings(PLUGINS=["experts", "expert_profiles", "expert_stories", "expert_files"])
    site.built()
    assert "pages.txt" not in site.tree()
    assert "made-by" not in (site.output / "experts/mara/index.html").read_text("utf-8")


def test_plugins_that_fail(site: Site) -> None:
    """A plugin that fails is a problem with its name, file and line; never a traceback."""
    cases = {
        "def register():\n    1 / 0\n": "plugins/site_extra.py:2:1: the plugin site_extra cannot be loaded: ZeroDivisionError",
        "def register(:\n": "plugins/site_extra.py:1:1: the plugin site_extra cannot be loaded: SyntaxError",
        "\n\nimport not_there_at_all\n": "pelicanconf.py: the plugin site_extra cannot be loaded: No module named 'not",
        "x = 1\n": "pelicanconf.py: the plugin site_extra cannot be loaded: AttributeError",
        EXTRA.format(body="    yield site.nothing"): "plugins/site_extra.py:5:1: the plugin site_extra fails: AttributeError",
        EXTRA.format(body="    yield 'text'"): "pelicanconf.py: the plugin site_extra fails: AttributeError",
        EXTRA.format(body="    return None"): "pelicanconf.py: the plugin site_extra fails: TypeError",
        EXTRA.format(body="    yield site.text('x', str, object())"): "plugins/site_extra.py:5:1: the plugin site_extra fails: TypeError: object cannot be an input",
        EXTRA.format(body="    yield site.text('x.txt', int, 'no')"): "x.txt: this file cannot be made: ValueError",
        EXTRA.format(body="    yield site.text('x.txt', list, ())"): "x.txt: this file cannot be made: AttributeError",
    }  # fmt: skip
    for code, expected in cases.items():
        plugin(site, "site_extra", whole=code)
        run = site.build()
        assert run.code == 1, code
        assert run.err.startswith(expected), run.err
        assert "Traceback" not in run.err
        assert len(run.problems) == 1
    assert not site.output.exists()


def test_a_template_that_fails_is_told_once(site: Site) -> None:
    """An error in a template names its file and line once, the first page, and how many more there are."""
    theme = site.own_theme()
    template = theme / "templates/expert.html"
    lines = template.read_text("utf-8").splitlines()
    lines.insert(3, "{% block broken %}{{ no_such_thing.at_all }}{% endblock %}")
    template.write_text("\n".join(["{{ no_such_thing }}", *lines]))
    run = site.build(jobs=2)
    assert run.code == 1
    assert len(run.problems) == 1, run.err
    assert run.problems[0].startswith("templates/expert.html:")
    assert "the page /en/experts/ida/ and 5 more cannot be made: UndefinedError: 'no_such_thing" in run.problems[0]
    assert site.build(jobs=1).err == run.err
    template.write_text("{% if %}")
    run = site.build()
    assert run.problems[0].startswith("templates/expert.html:1:1: the template cannot be read: ")
    assert len(run.problems) == 1
    template.unlink()
    run = site.build()
    assert run.problems == ["templates/expert.html: the theme has no template expert.html"]


def test_templates_see_nothing_but_their_inputs(site: Site) -> None:
    """A page cannot reach the whole directory: otherwise its fingerprint would not stand for all it is made from."""
    theme = site.own_theme()
    for name in ("directory", "settings", "articles", "SITENAME", "output_file"):
        (theme / "templates/404.html").write_text(f"{{{{ {name} }}}}")
        assert f"'{name}' is undefined" in site.build().err


def test_front_end_files_that_are_not_installed(site: Site) -> None:
    """A file of node_modules that is not there is one clear problem."""
    theme = site.own_theme()
    (theme / "vendor.json").write_text('{"fonts/a.woff2": "no/such.woff2"}')
    run = site.build()
    assert run.code == 1
    assert run.problems == [
        "theme/fonts/a.woff2: the front-end file node_modules/no/such.woff2 is not installed "
        "(python3 tasks.py build installs the front-end packages)"
    ]
    for text in ("[", "[]", '["a"]', "null"):
        (theme / "vendor.json").write_text(text)
        run = site.build()
        assert run.code == 1
        assert run.err.startswith("vendor.json"), run.err


# -- what is told -----------------------------------------------------------------------------------------


def test_the_report(site: Site, tmp_path: Path) -> None:
    """--report writes what was done and all problems as JSON, also when the build fails."""
    file = tmp_path / "report.json"
    made = site.built("--report", str(file)).made
    report = json.loads(file.read_text("utf-8"))
    seconds = report.pop("seconds")
    assert 0 < seconds < 60
    assert report == {"ok": True, "made": made, "unchanged": 0, "removed": 0, "problems": []}
    site.profile("mara", headline="")
    site.build("--report", str(file))
    report = json.loads(file.read_text("utf-8"))
    assert report["ok"] is False
    assert [(problem["path"], problem["line"]) for problem in report["problems"]] == [("profiles/mara/profile.md", 4)]
    site.put("pelicanconf.py", "LANGUAGES = 7\n")
    site.build("--report", str(file))
    assert json.loads(file.read_text("utf-8"))["problems"][0]["code"] == "settings"


def test_the_closing_line(site: Site) -> None:
    """The last line says how many outputs were made, unchanged and removed, and how long it took."""
    count = len(site.built().out and site.tree())
    assert site.built().out.startswith(f"0 made, {count} unchanged, 0 removed in ")
    site.path("content/events/barcamp.md").unlink()
    out = site.built().out
    made, unchanged, removed = (int(part.split()[0]) for part in out.split(" in ")[0].split(", "))
    assert made + unchanged == len(site.tree())
    assert removed == count - len(site.tree()) >= 2  # the event in two languages, and its files for machines

"""The command ``new``: questions on a real terminal, options without one, and files that pass all checks."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from factory import TODAY, Run, Site

if TYPE_CHECKING:
    from collections.abc import Iterator

# A shell that started the tests in the background would have all of them ignore Ctrl-C.
START = (
    "import signal, sys; from experts.cli import main; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "sys.exit(main(sys.argv[1:]))"
)
CTRL_C, CTRL_D = "\x03", "\x04"


class Terminal:
    """A pseudo-terminal in which the command runs."""

    def __init__(self, site: Site, *arguments: str) -> None:
        """Start the command."""
        self.site = site
        self.master, slave = pty.openpty()
        options = [*arguments, "--site", str(site.folder), "--today", TODAY, "--lang", "en"]
        command = [sys.executable, "-c", START, "new", *options]
        # setsid --ctty: so that Ctrl-C, typed there, reaches the command as it does on a terminal.
        self.process = subprocess.Popen(
            ["setsid", "--ctty", *command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=site.checkout.environment(),
            cwd=site.checkout.folder,
        )
        os.close(slave)
        self.shown = ""

    def until(self, words: str) -> str:
        """Read until `words` are shown; returns what was shown since the last time."""
        seen = ""
        while words not in seen:
            data = self.read()
            assert data, f"{words!r} is not in {seen!r}"
            seen += data
        self.shown += seen
        return seen

    def answer(self, prompt: str, words: str) -> str:
        """Answer the question with `prompt`; returns what was shown before it."""
        seen = self.until(prompt)
        os.write(self.master, (words + ("" if words in (CTRL_C, CTRL_D) else "\n")).encode())
        return seen

    def end(self, key: str = "") -> int:
        """Read to the end, pressing a key again where nothing comes; returns the exit code."""
        while (data := self.read(key)) != "":
            self.shown += data
        return self.process.wait(30)

    def read(self, key: str = "") -> str:
        """What is shown next; "" at the end."""
        # Ctrl-C in the moment between a prompt and Python's waiting is only noted until the next key.
        for _ in range(6 if key else 0):
            if select.select([self.master], [], [], 5)[0]:
                break
            os.write(self.master, key.encode())
        assert select.select([self.master], [], [], 30)[0], f"nothing comes after {self.shown!r}"
        try:
            return os.read(self.master, 4096).decode("utf-8", "replace")
        except OSError:  # the other side is closed
            return ""


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    """Return a list of terminals; those still open are closed at the end."""
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        if terminal.process.poll() is None:
            terminal.process.kill()
            terminal.process.wait()
        os.close(terminal.master)


@pytest.fixture
def talk(site: Site, terminals: list[Terminal]) -> Terminal:
    """Return a terminal that asks for a new profile."""
    terminals.append(Terminal(site, "profile"))
    return terminals[0]


def new(site: Site, *arguments: str, lang: str = "en") -> Run:
    """Run the command without a terminal."""
    return site.checkout.run("new", *arguments, "--site", str(site.folder), "--today", TODAY, "--lang", lang)


def tree(site: Site) -> list[str]:
    """Return all files and folders of a site."""
    return sorted(str(path) for path in site.folder.rglob("*"))


def test_a_conversation(site: Site, talk: Terminal) -> None:
    """On a terminal, each wrong answer is answered with its problem and the question again; the result is a draft without consent."""
    talk.answer("Name of the person: ", "")
    assert "this must not stay empty" in talk.answer("Name of the person: ", "Mara Tester")
    talk.answer("Short name, for the address [mara-tester]: ", "mara")
    assert "mara is taken already (mara-2 is free)" in talk.answer("[mara-tester]: ", "Mara T")
    assert "Mara T is not a short name (did you mean mara-t?)" in talk.answer("[mara-tester]: ", "")
    talk.answer("Language of the text [de]: ", "deutsch")
    assert "deutsch is not a language code (did you mean de?)" in talk.answer("[de]: ", "")
    talk.answer("in one line: ", "Sagt es: so #1")
    talk.answer("Role or profession (may stay empty): ", "")
    assert "heat: Thema heat" in talk.answer("Topics, divided by commas: ", "heet, Thema pumps")
    assert "there is no topic heet (did you mean heat?)" in talk.answer(
        "Topics, divided by commas: ", "Topic heat, pumps"
    )
    talk.answer("(may stay empty): ", "mara-t")
    assert talk.end() == 0
    assert "Nothing about a person is published before they have agreed to it." in talk.shown
    assert site.read("profiles/mara-tester/profile.md") == (
        '---\nname: Mara Tester\nlang: de\nheadline: "Sagt es: so #1"\ntopics:\n  - heat\n  - pumps\nowner:\n  - mara-t\n'
        "status: draft\n---\n"
    )
    assert site.checkout.run("format", "--check", "--site", str(site.folder / "profiles/.."), str(site.path("profiles/mara-tester"))).code == 0  # fmt: skip
    site.built()
    assert not any("mara-tester" in path for path in site.tree())


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_stopping_leaves_nothing(site: Site, talk: Terminal, key: str) -> None:
    """Ctrl-C, or the end of the input, in the middle of a conversation: exit code 130, no file, no folder."""
    before = tree(site)
    talk.answer("Name of the person: ", "Mara Tester")
    talk.answer("[mara-tester]: ", key)
    assert talk.end(key) == 130
    assert "Traceback" not in talk.shown
    assert tree(site) == before


def test_the_only_expert_is_the_author(site: Site, terminals: list[Terminal]) -> None:
    """Where there is one expert, a story is theirs by default; today is its day."""
    for slug in ("jonas", "ida"):
        site.path(f"profiles/{slug}/profile.md").unlink()
    terminals.append(Terminal(site, "story", "--title", "Ein Titel"))
    talk = terminals[0]
    for prompt in (
        "[ein-titel]: ",
        "divided by commas [mara]: ",
        "(may stay empty): ",
        f"[{TODAY}]: ",
        "[story]: ",
        "[de]: ",
    ):
        talk.answer(prompt, "")
    assert talk.end() == 0
    assert "authors:\n  - mara\n" in site.read("content/stories/2026/ein-titel.md")


def test_the_text_that_people_consent_to_is_named(site: Site) -> None:
    """Who is told how to write down consent is told the version that holds today, not an older one nor a later one."""
    profile = ("profile", "--no-input", "--topics", "heat", "--headline", "x", "--name")
    assert "      text: 2026-1\n" in new(site, *profile, "Uwe Eins").out  # no text is there: one like it
    for version, day in (("v7", "2026-03-01"), ("v8", "2026-09-01"), ("v9", "2027-01-01")):
        site.page(f"consent-{version}", "Einwilligung", "Ein Text.", Consent=version, Date=day)
    assert "      text: v8\n" in new(site, *profile, "Uwe Zwei").out


EVERYTHING = {
    "profile": ["--name", "Jörg Süß", "--headline", "x", "--topics", "heat"],
    "story": ["--title", "Eine Über-Schrift", "--authors", "Mara Tester,jonas", "--topics", "heat", "--kind", "talk"],
    "topic": ["--name", "Wärme", "--label", "en=Warmth", "--broader", "heat"],
    "hook": ["--name", "Winter ahead", "--experts", "mara", "--until", "2027-01-01"],
    "event": ["--title", "Fest", "--start", "2026-12-04T09:00:00Z", "--experts", "mara", "--content-lang", "en"],
}
PATHS = {
    "profile": "profiles/joerg-suess/profile.md",
    "story": "content/stories/2026/eine-ueber-schrift.md",
    "topic": "content/topics/warmth.md",
    "hook": "content/hooks/winter-ahead.md",
    "event": "content/events/fest.md",
}


@pytest.mark.parametrize("kind", EVERYTHING)
def test_options_instead_of_a_terminal(site: Site, kind: str) -> None:
    """Without a terminal, options say all; the file is valid, in the editor's form, and never written over."""
    run = new(site, kind, *EVERYTHING[kind])
    assert (run.code, run.err) == (0, "")
    assert PATHS[kind] in run.out.splitlines()[0]
    written = site.read(PATHS[kind])
    assert site.checkout.run("format", "--check", str(site.path(PATHS[kind])), "--site", str(site.folder)).code == 0
    assert site.checkout.run("check", "--site", str(site.folder), "--today", TODAY).code == 0
    slug = PATHS[kind].removesuffix("/profile.md").removesuffix(".md").rpartition("/")[2]
    again = new(site, kind, *EVERYTHING[kind], "--slug", slug)
    assert again.code == 1
    assert f"--slug: {slug} is taken already ({slug}-2 is free)" in again.err
    assert site.read(PATHS[kind]) == written


def test_missing_options_are_named(site: Site) -> None:
    """Without a terminal, each option that is missing is named in a sentence, the exit code is 2, and nothing is written."""
    before = tree(site)
    run = new(site, "profile")
    assert run.code == 2
    assert run.err.splitlines() == [
        "new: the option --headline is missing (it says: What they can explain, in one line)",
        "new: the option --name is missing (it says: Name of the person)",
        "new: the option --topics is missing (it says: Topics, divided by commas)",
    ]
    assert "die Option --name fehlt (sie sagt: Name der Person)" in new(site, "profile", lang="de").err
    assert new(site, "profile", "--name", "陈伟", "--headline", "x", "--topics", "heat").err.startswith(
        "new: the option --slug"
    )
    assert tree(site) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["story", "--title", "x", "--authors", "marra"], "--authors: there is no profile marra (did you mean mara?)"),
        (["story", "--title", "x", "--authors", "mara", "--date", "1.12.2026"], "--date: 1.12.2026 is not a date (did you mean 2026-12-01?)"),
        (["profile", "--name", "a\x1b[31m", "--headline", "x", "--topics", "heat"], "--name: an invisible character stands here, U+001B"),
        (["profile", "--name", "mara-old", "--headline", "x" * 141, "--topics", "heat"], "--headline: headline has 141 characters"),
        (["profile", "--name", "Mara Old", "--slug", "mara-old", "--headline", "x", "--topics", "heat"], "--slug: mara-old is taken already"),
(["topic", "--name", "x", "--label", "fr=x"], "--label: the site has no pages in fr (its languages are de, en"),
        (["event", "--title", "x", "--start", "2026-12-04T09:00"], "--start: 2026-12-04T09:00 has a time, but no time zone"),
    ],
)  # fmt: skip
def test_wrong_options(site: Site, arguments: list[str], message: str) -> None:
    """A value that cannot be is told with the option and what would be right; nothing is written."""
    before = tree(site)
    run = new(site, *arguments)
    assert run.code == 1
    assert message in run.err
    assert tree(site) == before


def test_without_topics_there_is_no_profile(site: Site) -> None:
    """A profile needs a topic; where there is none, the first step is named."""
    for name in ("heat", "pumps"):
        site.path(f"content/topics/{name}.md").unlink()
    assert "there is no topic yet (make one first: python3 tasks.py new topic)" in new(site, "profile").err


def test_what_comes_next_fits_the_site(site: Site) -> None:
    """The next steps name the site's repository, and speak of consent only where the site keeps it."""
    site.settings(REPOSITORY="https://github.com/example/experts")
    said = new(site, "profile", *EVERYTHING["profile"]).out
    assert (
        "open https://github.com/example/experts in a browser, upload the file into the folder profiles/joerg-suess"
        in said
    )
    assert "    consent:\n      given: 2026-11-23\n" in said
    site.settings(CONSENT="elsewhere")
    said = new(site, "profile", *EVERYTHING["profile"], lang="de").out
    assert "consent:" not in said
    assert "Zum Einreichen die Datei der Person geben, die die Website betreut." in said

"""The catalogue of all messages as Markdown: what each says, why it matters, what would be right, and an example.

Its pages, ``schema/messages.<language>.md``, are made by the command ``schema``; the heading of an entry is the
message's code, so that a link to ``messages.en.md#date`` leads to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from experts import texts
from experts.problems import Translate

from .examples import EXAMPLES
from .forms.markdown import escaped
from .reasons import REASONS
from .sayings import Sayings, sayings

LANGUAGES = ("en", "de")
_VALUE = re.compile(r"\{\w+\}")


def path(lang: str) -> str:
    """Where the page in a language lies, below the top of the checkout."""
    return f"schema/messages.{lang}.md"


def render(lang: str) -> str:
    """The page in a language: "en" or "de"."""
    translate: Translate = texts.problems_in(lang).gettext
    return "\n".join(_lines(translate)) + "\n"


def _lines(_: Translate) -> Iterator[str]:
    yield f"# {_('What the checks say')}"
    yield ""
    yield _("This page is made from the program; do not edit it.")
    yield _(
        "Problems stop a build until they are solved; hints block nothing. … stands for what was found in your file."
    )
    known = sayings()
    for title, reasons in REASONS.items():
        yield ""
        yield f"## {escaped(_(title))}"
        for name, why in reasons.items():
            yield ""
            yield f"### {name}"
            yield ""
            yield from _entry(name, _(why), known[name], _)


def _entry(name: str, why: str, said: Sayings, _: Translate) -> Iterator[str]:
    for message in said.messages:
        yield f"- **{_form(_(message))}**"
    yield ""
    yield f"{_('Why it matters:')} {escaped(why)}"
    if said.hints:
        yield ""
        yield f"{_('What would be right:')} {' · '.join([_form(_(hint)) for hint in said.hints])}"
    example = EXAMPLES.get(name)
    if example:
        for title, text in ((_("Not like this:"), example.wrong), (_("But like this:"), example.right)):
            yield from ("", title, "", "```markdown" if example.part in ("file", "text") else "```yaml")
            yield (
                text.format(slug="mara-lindqvist").rstrip("\n") if example.part == "translation" else text.rstrip("\n")
            )
            yield "```"


def _form(text: str) -> str:
    """A message with … for its values."""
    return escaped(_VALUE.sub("…", text.replace("{{", "\0").replace("}}", "\1"))).replace("\0", "{").replace("\1", "}")

"""Python-Markdown, trying only the rules that a text has the characters for.

Most of a conversion's time goes into rules that cannot match: 40 regular expressions tried on each
block.  A rule whose trigger does not occur in the text is left out for it; that takes a third off
and changes no byte (a property test compares with all rules).
"""

from __future__ import annotations

from typing import Any

import markdown
from markdown.util import Registry

from .restraint import Restraint

# Rule -> strings of which one must occur in the text for the rule to do anything.
TRIGGERS: dict[str, tuple[str, ...]] = {
    # preprocessors
    "html_block": ("<", "&"),
    "fenced_code_block": ("```", "~~~"),
    # block processors
    "table": ("|",),
    "hashheader": ("#",),
    "setextheader": ("=", "-"),
    "deflist": (":",),
    "defindent": (":",),
    "quote": (">",),
    "reference": ("]:",),
    # block processor and inline pattern
    "footnote": ("[^",),
    # inline patterns
    "backtick": ("`",),
    "escape": ("\\",),
    "link": ("[",),
    "short_reference": ("[",),
    "image_link": ("!",),
    "image_reference": ("!",),
    "short_image_ref": ("!",),
    "autolink": ("<",),
    "automail": ("<",),
    "html": ("<",),
    "entity": ("&",),
    "linebreak": ("  \n",),
}
_MARKS = tuple(dict.fromkeys(mark for marks in TRIGGERS.values() for mark in marks))


def complete(*more: Any) -> markdown.Markdown:
    """Python-Markdown with the extensions that texts may use (and `more`), and all its rules."""
    return markdown.Markdown(
        output_format="html",
        extensions=["tables", "footnotes", "def_list", "attr_list", "sane_lists", "fenced_code", *more],
        extension_configs={"tables": {"use_align_attribute": True}, "footnotes": {"BACKLINK_TITLE": ""}},
    )


class Converter:
    """One instance of Python-Markdown, used for one text after the other."""

    def __init__(self) -> None:
        """Keep all rules aside."""
        self.markdown = complete(Restraint())
        inline = self.markdown.treeprocessors["inline"]
        self._places: list[tuple[Any, str, Any, list[Any]]] = []
        for holder, name in (
            (self.markdown, "preprocessors"),
            (self.markdown.parser, "blockprocessors"),
            (inline, "inlinePatterns"),
        ):
            registry = getattr(holder, name)
            rules = [(entry.name, entry.priority, registry[entry.name]) for entry in registry._priority]  # noqa: SLF001 - the only place that knows their order
            self._places.append((holder, name, registry, rules))
        self._chosen: dict[tuple[bool, ...], list[Any]] = {}

    def convert(self, text: str) -> str:
        """HTML of a text; RecursionError for one that is nested too deeply, TooMuch for one that makes too much work."""
        text = text.expandtabs(self.markdown.tab_length)  # Python-Markdown's first step; tabs hide line breaks
        present = tuple([mark in text for mark in _MARKS])
        chosen = self._chosen.get(present)
        if chosen is None:
            marks = {mark for mark, found in zip(_MARKS, present, strict=True) if found}
            chosen = self._chosen[present] = [_select(rules, marks) for _, _, _, rules in self._places]
        for (holder, name, _, _), registry in zip(self._places, chosen, strict=True):
            setattr(holder, name, registry)
        html: str = self.markdown.reset().convert(text)
        return html


def _select(rules: list[Any], marks: set[str]) -> Any:
    registry: Any = Registry()
    for name, priority, rule in rules:
        needed = TRIGGERS.get(name)
        if needed is None or not marks.isdisjoint(needed):
            registry.register(rule, name, priority)
    return registry

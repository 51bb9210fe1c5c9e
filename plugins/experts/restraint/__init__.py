"""An extension of Python-Markdown under which no text takes long: rules that would are replaced, or count their work.

What they make of a text is the same, byte for byte (a property test compares), or `effort.TooMuch`.
"""

from __future__ import annotations

from typing import Any

from markdown.extensions import Extension

from experts.effort import Effort

from . import blocks, inlines, passages


class Restraint(Extension):
    """To be named last: it replaces rules of the other extensions."""

    def __init__(self) -> None:
        """Begin with the steps of one text."""
        super().__init__()
        self.effort = Effort()

    def extendMarkdown(self, md: Any) -> None:  # noqa: N802 - the name that Python-Markdown calls
        """Replace the rules."""
        md.registerExtension(self)
        passages.restrain(md, self.effort)
        blocks.restrain(md, self.effort)
        inlines.restrain(md, self.effort)

    def reset(self) -> None:
        """Begin another text."""
        self.effort.reset()

"""Patterns that read what people wrote, or what another host answered, take time in proportion to its length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from experts import colours, fields
from experts.editing import scalars
from experts.forgetting import passages
from experts.publishing import crawl
from experts.review import visible
from experts.verification import backlinks

if TYPE_CHECKING:
    import re

MANY = 300_000  # the square of it would be hours; in proportion, it is no time
HARD: list[tuple[re.Pattern[str], str]] = [
    (fields._ZEROS, ".1" + "0" * MANY + "!"),
    (colours._RGB, "rgb( -1.1 , -1.1 , -" + "1" * MANY),
    (passages._INLINE, "](" + " " * MANY),
    (passages._INLINE, "](" * (MANY // 20)),
    (passages._DEFINITION, " [a]: \n <a>" + " " * MANY + "!"),
    (crawl._LOCATION, "<loc>" + " " * MANY),
    (visible._ATTRIBUTE, 'a="' + "a" * MANY),
    (backlinks._LINK, " ," + " " * MANY),
]


@pytest.mark.parametrize("number", range(len(HARD)))
def test_hard_text_ends(number: int) -> None:
    """A text that is made to be hard is searched to its end; tests/bench/limits/growth.py measures all patterns."""
    pattern, text = HARD[number]
    assert not list(pattern.finditer(text))


def test_many_empty_lines() -> None:
    """A field that ends in nothing but empty lines is written at once."""
    assert scalars.text("a" + "\n" * MANY, "  ").count("\n") >= MANY

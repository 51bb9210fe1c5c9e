"""The style sheets pass stylelint, by the rules of .stylelintrc.json.

Beyond the standard set: logical properties only, since the layout also runs from right to left; no ids in selectors; no
``!important`` without a reason beside it; colours are tokens, except in the files that define them (1*) and in feed.css,
which stands alone.  Left out are the rules for empty lines, since short rules stand on one line each, that for the order
of selectors, since layers and nesting decide, and that for media ranges, which older browsers do not know.
"""

import shutil

import pytest
from screens import styles


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("node") is None, reason="stylelint needs Node.js")
def test_style_sheets_are_clean() -> None:
    """Stylelint finds nothing."""
    assert styles.errors() == []

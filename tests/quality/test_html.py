"""All pages pass vnu, the checker of the W3C; nothing that it calls an error is left out."""

from pathlib import Path

import pytest
from screens import markup, odd
from screens.builds import build


@pytest.mark.slow
@pytest.mark.skipif(markup.java() is None, reason="vnu needs Java")
def test_pages_are_valid(published: Path, tmp_path: Path) -> None:
    """Those of the demo, of its preview with the page of components, and of sites unlike it."""
    folders = [published, build(tmp_path / "preview", "--drafts")]
    folders += [build(tmp_path / f"{name}-output", site=odd.write(name, tmp_path / name)) for name in odd.SITES]
    assert markup.errors(*folders) == []

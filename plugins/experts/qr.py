"""QR codes (ISO/IEC 18004) as inline SVG, for paper."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

MASK = 0  # looking for the one that scans best would take five times as long, and every one can be read
QUIET = 4  # modules of white around the code, as the standard asks
_RUN = re.compile(b"\x01+")


@lru_cache(1000)
def svg(text: str) -> str:
    """The QR code of a text of at most 2,331 bytes (error correction level M), one path in an SVG; the text names it."""
    import segno  # only for pages that show one

    rows = segno.make_qr(text, error="m", mask=MASK, boost_error=False).matrix
    path, x, y = [], 0, -0.5
    for number, row in enumerate(rows):
        for run in _RUN.finditer(row):
            path.append(f"m{run.start() - x} {number - y:g}h{run.end() - run.start()}")
            x, y = run.end(), number
    side = len(rows) + 2 * QUIET
    return (
        f'<svg class="qr-code" role="img" aria-label="{escape(text)}" viewBox="{-QUIET} {-QUIET} {side} {side}">'
        f'<path stroke="#000" d="{"".join(path)}"/></svg>'
    )

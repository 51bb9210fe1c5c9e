"""What fuzzing begins with: the files of the demo, and small ones that are odd in a known way."""

from __future__ import annotations

import io
from pathlib import Path

from factory import ROOT

from .targets import BEFORE, CUT, PATHS

ODD = (
    b"---\nname: &a x\nheadline: *a\n---\n", b"---\r\nname: x\r\n---\r\n", b"\xef\xbb\xbf---\nname: x\n---\n", b"---\n? a\n: b\n---\n",
    b"---\nname: !!python/object x\n---\n", b"---\nname: |\n  x\n\n  y\n---\n", b"---\nname: {a: [1, {b: c}]}\n---\n", b"---\n",
    b"---\nname: 'x\n---\n", b"---\nconsent: {given: 2026-01-01, channels: [site]}\n---\n", b"---\n- a\n---\n", b"---\n---\n---\n",
)  # fmt: skip
TEXTS = (
    b"[a](expert:mara) ![b](x.png){: .c} <b onclick=x>d</b>\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ne\n```\n\nf[^1]\n\n[^1]: g\n",
    b"> > > a\n\n* b\n    * c\n\nd\n: e\n\n[f]: https://example.com 'g'\n\n[h][f] <https://example.com> <a@example.com> &amp; &#x1F600;\n",
    b"<div markdown=1>\n*a*\n</div>\n<!-- b -->\n<?c?>\n<![CDATA[d]]>\n\\* **e* _f__ `g``h`\n\na  \nb\n===\n---\n1. c\n3) d\n",
    "„Ä“ \u202e \u200d \ufeff 𝕏 [ä](https://exämple.com/ü?ß=\u00a0) ![](https://example.com/x.png)".encode(),
)
TABLES = (
    b"Name;Mail\nMara;m@example.com\n", b"\xff\xfeN\0a\0m\0e\0\n\0M\0", b'"a","b"\n"c ""d""","e\nf"\n', b'[{"name": "a", "x": {"y": [1, null]}}]',
    b'{"people": [{"name": "a"}]}', b"columns:\n  Name: name\n", b"N\xe4me\tX\n\x00\t\n",
)  # fmt: skip


def _demo() -> list[Path]:
    return sorted(path for name in ("profiles", "content") for path in (ROOT / name).rglob("*.md"))


def _kind(path: Path) -> int:
    """Which of `PATHS` a file of the demo is like."""
    if path.parent.parent.name == "profiles":
        return 0 if path.name == "profile.md" else 1
    kinds = {"stories": 2, "topics": 3, "hooks": 4, "events": 5}
    return next((number for name, number in kinds.items() if name in path.parts), 2)


def _pictures() -> list[bytes]:
    """Small pictures in all formats and modes."""
    from PIL import Image

    found = []
    for mode in ("1", "L", "P", "RGB", "RGBA", "CMYK", "I;16", "LA"):
        picture = Image.new(mode, (9, 7))
        for kind in ("PNG", "JPEG", "GIF", "WEBP", "AVIF"):
            file = io.BytesIO()
            try:
                picture.save(file, kind)
            except (OSError, ValueError, KeyError):
                continue
            found.append(file.getvalue())
    return found


def seeds(target: str) -> list[bytes]:
    """What a target begins with."""
    demo = [(path, path.read_bytes()) for path in _demo()]
    files = [bytes([_kind(path)]) + data for path, data in demo]
    files += [bytes([number]) + odd for odd in ODD for number in range(len(PATHS))]
    if target in ("fields", "form"):
        return files
    if target == "text":
        return [*TEXTS, *[data.rpartition(b"\n---\n")[2] for _, data in demo]]
    if target == "picture":
        return _pictures()
    if target == "table":
        return list(TABLES)
    changed = [path + b"\n" + data[:-3] for path, (_, data) in BEFORE.items()]
    moved = [b"profiles/neu/profile.md\n" + data for _, data in demo[:6]]
    odd = [
        b"profiles/Mara/profile.md\nx",
        b"profiles/a/../b.md\nx",
        b"\xff/x\ny",
        b"content/stories/2026/neu.md\n" + demo[-1][1],
    ]
    return [
        *changed,
        CUT.join(changed),
        *moved,
        *odd,
        CUT.join(odd),
        b"profiles/mara/profile.md\n",
        *[b"profiles/jonas/profile.md\n" + one for one in ODD],
    ]

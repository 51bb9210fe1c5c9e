"""What the preview adds to a page: a script that reloads it after a build, and the list of problems.

Script and style come as files from the preview, so that they work under a page's ``default-src 'self'``.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

SCRIPT = """\
const shown = document.currentScript.dataset.build;
new EventSource("/.live").onmessage = (event) => { if (event.data !== shown) location.reload(); };
"""

STYLE = """\
#live-problems { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto; margin: 0;
  padding: .75rem 1rem; background: #fff4f2; color: #3d0a02; border-top: 4px solid #b3261e; font: 15px/1.5 sans-serif; }
#live-problems:not([open]) { right: auto; padding: .25rem .75rem; }
#live-problems summary { cursor: pointer; font-weight: bold; }
#live-problems code { font-family: monospace; overflow-wrap: anywhere; }
"""


def where(problem: Mapping[str, Any]) -> str:
    """Return the place of a reported problem: ``path:line:column``, as much of it as is known."""
    parts = [problem.get("path"), problem.get("line"), problem.get("column")]
    return ":".join(str(part) for part in parts if part)


def code(place: str) -> str:
    """Return a place as HTML, with a space after it; "" for none."""
    return f"<code>{escape(place)}</code> " if place else ""


def overlay(problems: Iterable[Mapping[str, Any]]) -> str:
    """Return the list of problems as an element that folds away, without script; "" without problems."""
    items = [
        f"<li>{code(where(problem))}{escape(str(problem.get('message', '')))}"
        + (f" <i>({escape(str(problem['hint']))})</i>" if problem.get("hint") else "")
        for problem in problems
    ]
    if not items:
        return ""
    title = "1 problem" if len(items) == 1 else f"{len(items)} problems"
    return (
        '<link rel="stylesheet" href="/.live.css"><details id="live-problems" open lang="en">'
        f"<summary>{title}: what they concern is left out, or as it was before</summary><ul>{''.join(items)}</ul></details>"
    )


def inject(page: bytes, addition: str) -> bytes:
    """Put something at the end of a page's body."""
    at = page.lower().rfind(b"</body")
    at = len(page) if at < 0 else at
    return page[:at] + addition.encode() + page[at:]


class Live:
    """What open pages are told: the number of the build that they show, and its problems."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.problems: list[dict[str, Any]] = []
        self.build = f"{time.time_ns():x}"  # no number of an earlier server

    def publish(self, problems: list[dict[str, Any]]) -> None:
        """Make open pages reload, and show these problems in them."""
        with self.changed:
            self.problems = problems
            self.build = f"{time.time_ns():x}"
            self.changed.notify_all()

    def after(self, seen: str, timeout: float) -> str:
        """Wait for another build than the one `seen`; return the present one."""
        with self.changed:
            self.changed.wait_for(lambda: self.build != seen, timeout)
            return self.build

    def additions(self) -> str:
        """Return what is put into each page."""
        return f'<script src="/.live.js" data-build="{self.build}"></script>{overlay(self.problems)}'

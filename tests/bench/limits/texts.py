"""How the conversion of a text grows with it: the attacks of tests/limits at 8, 16, 32 and 65 kB.

Prints, for each attack, the seconds of processor time at each size, the exponent over the last doubling, and what came
of it: converted, or the code of the problem.  With --plain also what Python-Markdown alone needs, up to 30 s each.
"""

from __future__ import annotations

import math
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "plugins"), str(ROOT / "tests"), str(ROOT / "tests/limits")]
SIZES = (8_000, 16_000, 32_000, 65_000)


class _Late(Exception):  # noqa: N818
    pass


def _late(*_: object) -> None:
    raise _Late


def timed(convert: Callable[[str], str], text: str) -> tuple[float, str]:
    """Return the seconds of processor time and what came of it, after half a minute at the latest."""
    signal.signal(signal.SIGVTALRM, _late)
    signal.setitimer(signal.ITIMER_VIRTUAL, 30)
    begin = time.process_time()
    try:
        said = convert(text)
    except _Late:
        said = "given up"
    except RecursionError:
        said = "too deep"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - begin, said


def main() -> None:
    """Print the table."""
    from test_texts import ATTACKS, PATH

    from experts import markup
    from experts.converter import complete

    def ours(text: str) -> str:
        _, problems = markup.convert(PATH, text, "en", 10)
        return problems[0].code if problems else "converted"

    def plain(text: str) -> str:
        complete().reset().convert(text)
        return "converted"

    ways = {"ours": ours} | ({"plain": plain} if "--plain" in sys.argv else {})
    for name, text in ATTACKS.items():
        for way, convert in ways.items():
            found = [timed(convert, text[: size * len(text) // 65_000]) for size in SIZES]
            seconds = [one[0] for one in found]
            exponent = math.log2(max(seconds[-1], 1e-4) / max(seconds[-2], 1e-4))
            times = " ".join(f"{one:7.3f}" for one in seconds)
            print(
                f"{name:38} {way:5} {times}  ^{exponent:4.1f}  {', '.join(dict.fromkeys(one[1] for one in found))}",
                flush=True,
            )


if __name__ == "__main__":
    main()

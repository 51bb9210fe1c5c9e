"""Fuzzing without end, led by what the code does: ``PYTHONPATH=plugins:tests:. python -m fuzz TARGET [options of libFuzzer]``.

It needs the package atheris, which is in no lock file: install it into an environment of its own and let PYTHONPATH name
the packages of .venv, too.  What is found is written to .cache/fuzz; a file of it as the last argument is tried alone.
"""

from __future__ import annotations

import hashlib
import sys

import atheris

with atheris.instrument_imports(include=["experts", "markdown", "fuzz"]):
    from fuzz.seeds import seeds
    from fuzz.targets import TARGETS

from factory import ROOT


def main(arguments: list[str]) -> None:
    """Fuzz a target."""
    name, *options = arguments or [""]
    if name not in TARGETS:
        sys.exit(f"one of: {', '.join(TARGETS)}")
    folder = ROOT / ".cache" / "fuzz" / name
    folder.mkdir(parents=True, exist_ok=True)
    for data in seeds(name):
        (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)
    kept = [f"-artifact_prefix={folder.parent}/{name}-", "-rss_limit_mb=4096", "-timeout=60", *options, str(folder)]
    atheris.Setup([sys.argv[0], *kept], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])

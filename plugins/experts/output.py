"""An output: its path, what it is made from, and how.

The fingerprint stands for everything that the bytes depend on; an output whose fingerprint is
known is not made again.  `Output.make` must therefore see nothing but its arguments.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from .digests import of_data


class Output(NamedTuple):
    """A file of the site: `make(*arguments)` gives its bytes (or text, written as UTF-8)."""

    path: str  # below the output folder, with /
    fingerprint: bytes
    make: Callable[..., bytes | str]
    arguments: tuple[Any, ...]


def output(path: str, key: bytes, make: Callable[..., bytes | str], *arguments: Any, inputs: Any = None) -> Output:
    """An output made by ``make(*arguments)``; `key` stands for the code, `inputs` (default: the arguments) for the data."""
    return Output(path, fingerprint(path, key, arguments if inputs is None else inputs), make, arguments)


def fingerprint(path: str, key: bytes, inputs: Any) -> bytes:
    """16 bytes for a path, a key and inputs: plain data, records, and sequences and mappings of them."""
    return of_data(path, key, reduce(inputs))


_PLAIN = frozenset((str, bytes, int, bool, float, type(None)))


def reduce(value: Any) -> Any:
    """Inputs as plain data, with a record's digest in its place."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple or kind is list:
        try:
            return [item.digest for item in value]  # the usual case: a list of records
        except AttributeError:
            return [item if type(item) is str else reduce(item) for item in value]
    if kind is dict:
        return [(key, reduce(value[key])) for key in sorted(value)]
    found = getattr(value, "digest", None)
    if found is not None:
        return found
    if isinstance(value, tuple):
        return [reduce(item) for item in value]
    raise TypeError(f"{kind.__name__} cannot be an input of an output")

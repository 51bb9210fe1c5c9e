"""An output: its path, what it is made from, and how.

The fingerprint stands for everything that the bytes depend on; an output whose fingerprint is
known is not made again.  `Output.make` must therefore see nothing but its arguments.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from marshal import dumps
from typing import Any, NamedTuple


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
    """16 bytes (BLAKE2b, RFC 7693) for a path, a key and inputs: plain data, records, and sequences and mappings of them."""
    return blake2b(dumps((path, key, reduce(inputs)), 2), digest_size=16).digest()


def reduce(value: Any) -> Any:
    """Inputs as plain data, with a record's digest in its place.

    `marshal` version 2 writes equal data as equal bytes (later versions write shared objects by reference).
    """
    kind = type(value)
    if kind is str or kind is bytes or kind is int or kind is bool or value is None or kind is float:
        return value
    found = getattr(value, "digest", None)
    if found is not None:
        return found
    if isinstance(value, (tuple, list)):
        return [reduce(item) for item in value]
    if isinstance(value, dict):
        return [(key, reduce(value[key])) for key in sorted(value)]
    raise TypeError(f"{kind.__name__} cannot be an input of an output")

"""Where pictures are made: each once, on all cores, and kept below the site's cache as long as somebody uses it.

A file of the darkroom holds all that an order has become: its length and digest, what is in it (`marshal`), then the
pictures one after another.  Its name is a digest of the source, the order and what makes it, so a file is never changed.
What is in the files is remembered in a `Store` too, so that a build with nothing to make opens none of them.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import Any

from . import decoding, digests, encoding, mishaps, model, pictures, rights
from .cache import Damaged, Store, discard, update, write_atomically
from .decoding import Unusable
from .parallel import jobs_for, run
from .pictures import Made, Order
from .source import read, read_as

FOLDER = "pictures"
_LENGTH, _DIGEST = 8, 16


@cache
def _maker() -> bytes:
    """Stands for all that decides what an order becomes besides the source: the code, and the library with its codecs."""
    import PIL  # the package alone: a millisecond

    code = [read(str(module.__file__)) for module in (decoding, encoding, pictures, rights)]
    return digests.of_data(PIL.__version__, code)


def key_of(order: Order, content: bytes) -> bytes:
    """The key of an order for the source with the digest `content`."""
    return digests.of_data(_maker(), content, *order[1:])


def develop(
    root: str,
    memory: str,
    orders: Mapping[Order, bytes],
    jobs: int,
    progress: Callable[[int, int], None],
) -> tuple[dict[Order, Made], dict[Order, Unusable]]:
    """What orders (with the digests of their sources, below the folder `root`) become; those that cannot be made, and why.

    What is there already is not made again; what nobody orders any more is removed.
    """
    folder = os.path.join(memory, FOLDER)
    store = Store(os.path.join(memory, f"{FOLDER}-known"), b"pictures-1")
    keys = {order: key_of(order, content) for order, content in orders.items()}
    known = store.load()
    there = set(os.listdir(folder)) if os.path.isdir(folder) else set()
    wanted = set(keys.values())
    changes: dict[Any, Any] = {key: None for key in known if key not in wanted or key.hex() not in there}
    update(known, changes)
    tasks: dict[tuple[str, bytes], list[tuple[Order, bytes]]] = {}
    for order, key in keys.items():
        if key in known:
            continue
        found = _head(os.path.join(folder, key.hex())) if key.hex() in there else None
        if found:  # made by a build that was killed
            known[key] = changes[key] = found
        else:
            tasks.setdefault((order.origin, orders[order]), []).append((order, key))
    failures: dict[Order, Unusable] = {}
    for made, failed in _make(root, folder, list(tasks.items()), jobs, progress):
        known.update(made)
        changes.update(made)
        failures.update(failed)
    for name in there - {key.hex() for key in wanted}:
        discard(os.path.join(folder, name))
    if changes:
        store.save(changes, known)
    images = {order: Made(key, *known[key]) for order, key in keys.items() if key in known}
    return images, failures


Task = tuple[tuple[str, bytes], list[tuple[Order, bytes]]]
"""A source ``(path below the site's folder, digest)`` and its orders with their keys."""


def _make(
    root: str, folder: str, tasks: list[Task], jobs: int, progress: Callable[[int, int], None]
) -> Iterator[tuple[dict[bytes, Any], dict[Order, Unusable]]]:
    if not tasks:
        return
    import PIL.Image  # noqa: F401 - before the workers begin, which then have it

    os.makedirs(folder, exist_ok=True)
    sizes = {origin: _size(f"{root}/{origin}") for (origin, _), _ in tasks}
    tasks.sort(key=lambda task: (-sizes[task[0][0]], task[0]))  # the large ones first, so that the workers end together
    count = jobs_for(len(tasks), jobs, 1)
    messages = run(lambda number: _work(root, folder, tasks[number::count]), count)
    for done, (answer, (made, failed)) in enumerate(messages, 1):
        answer(True)
        progress(done, len(tasks))
        failures = {Order(*order): Unusable(message, hint, **values) for order, message, hint, values in failed}
        yield dict(made), failures


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return 0


def _work(root: str, folder: str, tasks: list[Task]) -> Iterator[Any]:
    """A worker's share; yields for each source ``([(key, what became of it)], [(order, message, hint, values)])``."""
    for (origin, content), orders in tasks:
        made, failed = [], []
        try:
            data = read_as(os.path.join(root, *origin.split("/")), content)
            whole = decoding.size(data)
            # Where the head cannot be read, `decode` says why.
            least = [encoding.least(order, *whole) for order, _ in orders] if all(whole) else [None]
            enough = None if None in least else max([size for size in least if size])
            picture, icc = decoding.decode(data, enough)
            for order, key in orders:
                made.append((key, _keep(os.path.join(folder, key.hex()), *encoding.files(picture, icc, order, whole))))
        except Unusable as error:
            failed = [(tuple(order), error.message, error.hint, error.values) for order, _ in orders]
        except OSError as error:
            if mishaps.is_of_machine(error):
                raise
            message, values = "{file} cannot be read: {why}", {"why": str(error.strerror or error)}
            failed = [(tuple(order), message, "", values) for order, _ in orders]
        yield made, failed


def _keep(path: str, tone: str, files: list[encoding.File]) -> tuple[Any, ...]:
    """Write what an order has become; returns it as `Made` has it, without the key."""
    rows: list[tuple[Any, ...]] = []
    at = 0
    for kind, width, height, data in files:
        rows.append((kind, width, height, len(data), digests.of(data), at))
        at += len(data)
    found = (tone, tuple(rows))
    head = marshal.dumps(found, 2)
    start = len(head).to_bytes(_LENGTH, "little") + _seal(path, head) + head
    write_atomically(path, b"".join([start, *[data for _, _, _, data in files]]))
    return found


def _seal(path: str, head: bytes) -> bytes:
    """Stands for a head in the file of this name: what was put under another one is not taken for it."""
    return digests.of(os.path.basename(path).encode() + head)


def _head(path: str) -> Any:
    """What is in a file of the darkroom; None if it is damaged."""
    try:
        data = read(path)
    except OSError:
        return None
    length = int.from_bytes(data[:_LENGTH], "little")
    head = data[_LENGTH + _DIGEST : _LENGTH + _DIGEST + length]
    if len(head) < length or _seal(path, head) != data[_LENGTH : _LENGTH + _DIGEST]:
        return None
    found = marshal.loads(head)
    whole = _LENGTH + _DIGEST + length + sum([row[3] for row in found[1]])
    return found if len(data) == whole else None


def content_of(folder: str, key: bytes, file: model.Rendition) -> bytes:
    """The bytes of a picture's file; Damaged, and removed, if they are not what was made."""
    path = os.path.join(folder, FOLDER, key.hex())
    try:
        with open(path, "rb") as kept:
            length = int.from_bytes(kept.read(_LENGTH), "little")
            kept.seek(_LENGTH + _DIGEST + length + file.offset)
            data = kept.read(file.size)
    except (OSError, OverflowError, ValueError):
        data = b""
    if digests.of(data) != file.content:
        with suppress(OSError):
            discard(path)  # the next build makes it again
        raise Damaged(path)
    return data


def files_in(path: str) -> list[bytes]:
    """The pictures that a file of the darkroom holds; none if it is damaged."""
    found = _head(path)
    if not found:
        return []
    data = read(path)
    start = len(data) - sum([row[3] for row in found[1]])
    return [data[start + row[5] : start + row[5] + row[3]] for row in found[1]]

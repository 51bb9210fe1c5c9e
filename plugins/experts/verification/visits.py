"""Visits to many pages: several hosts at a time, but each host one page at a time, with a pause between."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from .fetching import Page, failed

HOSTS = 8  # at a time
PAUSE = 1.0  # seconds between two pages of a host


class Patience(NamedTuple):
    """How long all visits together may take, and how long each host is left in peace between two."""

    seconds: float
    pause: float = PAUSE


def visit(urls: Iterable[str], fetch: Callable[[str], Page], patience: Patience) -> Iterator[tuple[str, Page]]:
    """Each address with its page, as they come; what there is no time for fails."""
    until = time.monotonic() + patience.seconds
    hosts: dict[str, list[str]] = {}
    for url in dict.fromkeys(urls):
        hosts.setdefault(_host(url), []).append(url)
    waiting: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    for group in sorted(hosts.values(), key=len, reverse=True):  # the long ones first, so that all end together
        waiting.put(group)
    done: queue.SimpleQueue[tuple[str, Page]] = queue.SimpleQueue()
    stopped = threading.Event()
    workers = [
        threading.Thread(target=_work, args=(waiting, done, fetch, until, patience.pause, stopped), daemon=True)
        for _ in range(min(HOSTS, len(hosts)))
    ]
    for worker in workers:
        worker.start()
    try:
        for _ in range(sum(map(len, hosts.values()))):
            yield done.get()
    finally:
        stopped.set()


def _work(
    waiting: queue.SimpleQueue[list[str]],
    done: queue.SimpleQueue[tuple[str, Page]],
    fetch: Callable[[str], Page],
    until: float,
    pause: float,
    stopped: threading.Event,
) -> None:
    while not stopped.is_set():
        try:
            group = waiting.get_nowait()
        except queue.Empty:
            return
        for number, url in enumerate(group):
            if number and pause:
                stopped.wait(min(pause, max(0.0, until - time.monotonic())))
            if time.monotonic() > until:
                done.put((url, failed(url, "there was no time left for {link}")))
                continue
            try:
                page = fetch(url)
            except Exception as error:  # noqa: BLE001 - one page must not end the others
                page = failed(url, "{link} cannot be asked: {why}", why=f"{type(error).__name__}: {error}"[:200])
            done.put((url, page))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""

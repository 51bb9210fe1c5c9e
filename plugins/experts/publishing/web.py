"""Asking a live site: one request for each path, with limits of time, size and number; whatever happens is an answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

import httpx

from experts import digests

LARGEST, ALL = 32 << 20, 1 << 30  # bytes of an answer, and of all texts together
SECONDS = 20.0  # without a byte
AT_ONCE = 8  # requests
TEXTS = (
    "text/",
    "application/json",
    "application/xml",
    "application/atom",
    "application/feed",
    "application/manifest",
    "image/svg",
)


class Answer(NamedTuple):
    """What a path was answered with: status 0 if there was no answer, and then why.

    Only texts are kept; of all others the digest tells.
    """

    path: str
    status: int
    headers: dict[str, str]
    data: bytes
    why: str = ""
    digest: bytes = b""

    @property
    def media(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_text(self) -> bool:
        """Whether people or programs can read it."""
        return self.media.startswith(TEXTS)


class Place(NamedTuple):
    """Where the site is asked for, and the address that it gives itself; both end with a slash."""

    url: str
    address: str

    def path(self, link: str, page: str = "") -> str | None:
        """A link on a page as a path of the site (decoded, without query and fragment); None if it leads elsewhere."""
        try:
            whole = urljoin(self.url + quote(page, safe="/%~"), link.strip())
            parts = urlsplit(whole)
        except ValueError:
            return None
        if parts.scheme not in ("http", "https"):
            return None
        plain = f"{parts.scheme}://{parts.netloc}{parts.path or '/'}"
        for root in (self.url, self.address):
            if root and plain.startswith(root):
                return unquote(plain[len(root) :])
        return None


class Web:
    """Asks for paths of one site, from several threads."""

    def __init__(self, place: Place, most: int, seconds: float, whole: bool = False) -> None:
        """Take the place, the greatest number of requests, and the time for all of them; `whole`: keep more than texts."""
        self.place, self.most, self.whole = place, most, whole
        self.until = time.monotonic() + seconds
        self.asked = self.bytes = self.kept = 0
        self._counting = threading.Lock()
        agent = {"User-Agent": "our-experts-verify", "Accept": "*/*"}
        limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
        self.client = httpx.Client(timeout=httpx.Timeout(SECONDS), headers=agent, limits=limits, trust_env=True)

    def __enter__(self) -> Web:
        """Ask as long as this lasts."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self.client.close()

    @property
    def spent(self) -> bool:
        """Whether the limits are reached."""
        return self.asked >= self.most or self.kept > ALL or time.monotonic() > self.until

    def ask(self, path: str) -> Answer:
        """The answer to a path; a redirect is an answer, too.  A connection that breaks is tried once more."""
        if time.monotonic() > self.until:
            return Answer(path, 0, {}, b"", "the time is over")
        with self._counting:
            self.asked += 1
        answer = self._ask(path)
        if answer.status == 0 or answer.status in (429, 502, 503, 504):
            time.sleep(0.5)
            answer = self._ask(path)
        size = len(answer.data)
        answer = answer._replace(
            digest=digests.of(answer.data), data=answer.data if answer.is_text or self.whole else b""
        )
        with self._counting:
            self.bytes += size
            self.kept += len(answer.data)
        return answer

    def ask_all(self, paths: Iterable[str]) -> list[Answer]:
        """The answers to paths, in their order."""
        with ThreadPoolExecutor(AT_ONCE) as threads:
            return list(threads.map(self.ask, paths))

    def _ask(self, path: str) -> Answer:
        try:
            with self.client.stream("GET", self.place.url + quote(path, safe="/~")) as response:
                data = bytearray()
                for piece in response.iter_bytes():
                    data += piece
                    if len(data) > LARGEST or time.monotonic() > self.until + SECONDS:
                        return Answer(path, 0, {}, b"", "it does not end")
                return Answer(path, response.status_code, dict(response.headers), bytes(data))
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError, ValueError) as error:
            return Answer(path, 0, {}, b"", str(error) or type(error).__name__)

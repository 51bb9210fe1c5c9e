"""One page from somewhere on the internet: bounded in time, size and redirects; whatever happens is an answer."""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Callable
from typing import NamedTuple

import httpcore
import httpx

from .connecting import Network, Refused, public

LARGEST = 1 << 20  # bytes of a page
SILENCE, ALL = 10.0, 30.0  # seconds without a byte, and for a page with all redirects on the way to it
REDIRECTS = 5
ZIPPED = {b"gzip", b"x-gzip", b"deflate"}

Headers = tuple[tuple[str, str], ...]


class Limits(NamedTuple):
    """What a page may take: time, and to which IP addresses the way to it may lead."""

    allowed: Callable[[str], bool] = public
    silence: float = SILENCE
    seconds: float = ALL


class Page(NamedTuple):
    """What came: the address at which it was in the end, its status, or 0 and `why` (a text of the catalogue) with `values`."""

    url: str
    status: int
    headers: Headers = ()
    data: bytes = b""
    whole: bool = True  # False: only its beginning is here
    why: str = ""
    values: dict[str, object] = {}  # noqa: RUF012 - nobody writes into it

    def header(self, name: str) -> str:
        """The value of a header; "" without it."""
        return next((value for key, value in self.headers if key == name), "")


def failed(url: str, message: str, **values: object) -> Page:
    """A page that did not come."""
    return Page(url, 0, why=message, values=values)


class Fetcher:
    """Fetches pages, from several threads; says in each request who asks (`agent`)."""

    def __init__(self, agent: str, limits: Limits) -> None:
        """Prepare for encrypted connections."""
        self.agent, self.limits = agent.encode("ascii", "replace"), limits
        self.tls: ssl.SSLContext = httpx.create_ssl_context()

    def fetch(self, url: str) -> Page:
        """The page at an address, after its redirects."""
        network = Network(time.monotonic() + self.limits.seconds, self.limits.allowed)
        at = url
        for _ in range(REDIRECTS + 1):
            page = self._ask(at, network)
            target = page.header("location")
            if page.status not in (301, 302, 303, 307, 308) or not target:
                return page
            try:
                following = str(httpx.URL(at).join(target).copy_with(fragment=None))
            except (httpx.InvalidURL, ValueError):
                return failed(url, "{link} leads on to {value}, which is no address", value=target[:200])
            if at.lower().startswith("https:") and not following.lower().startswith("https:"):
                # Whoever is between could answer in its place.
                return failed(url, "{link} leads on to {value}, which is not encrypted", value=following[:200])
            at = following
        return failed(url, "{link} leads on more than {n} times", n=REDIRECTS)

    def _ask(self, url: str, network: Network) -> Page:
        try:
            parts = httpx.URL(url)
            scheme, host, path = parts.raw_scheme, parts.raw_host, parts.raw_path
            if scheme not in (b"http", b"https") or not host:
                return failed(url, "{link} leads to {value}, which is no address on the web", value=url[:200])
            where = httpcore.URL(scheme=scheme, host=host, port=parts.port, target=path or b"/")
            headers = [
                (b"Host", parts.netloc),
                (b"User-Agent", self.agent),
                (b"Accept", b"text/html, application/xhtml+xml;q=0.9, */*;q=0.1"),
                (b"Accept-Encoding", b"identity"),
                (b"Connection", b"close"),
            ]
            silence = self.limits.silence
            timeout = {"connect": silence, "read": silence, "write": silence, "pool": silence}
            with (
                httpcore.HTTPConnection(where.origin, self.tls, network_backend=network) as connection,
                connection.stream("GET", where, headers=headers, extensions={"timeout": timeout}) as response,
            ):
                return _page(url, response)
        except Refused as error:
            return failed(url, "{link} may not be asked: {why}", why=str(error))
        except httpcore.TimeoutException:
            return failed(url, "{link} does not answer in time")
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            return failed(url, "{link} does not speak HTTP: {why}", why=_first(error))
        except (httpcore.NetworkError, ssl.SSLError, OSError) as error:
            return failed(url, "{link} does not answer: {why}", why=_first(error))
        except (httpx.InvalidURL, UnicodeError, ValueError, RuntimeError) as error:
            return failed(url, "{link} cannot be asked: {why}", why=_first(error))


def _page(url: str, response: httpcore.Response) -> Page:
    headers = tuple([(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers])
    if 300 <= response.status < 400:  # its text is for nobody
        return Page(url, response.status, headers)
    data = bytearray()
    for piece in response.iter_stream():
        data += piece
        if len(data) > LARGEST:
            break
    whole = len(data) <= LARGEST
    kind = next((value for name, value in headers if name == "content-encoding"), "identity").strip().lower().encode()
    if kind in ZIPPED:
        return _unzipped(Page(url, response.status, headers, bytes(data[:LARGEST]), whole))
    if kind not in (b"identity", b""):
        return failed(url, "{link} answers in {value}, which was not asked for", value=kind.decode()[:40])
    return Page(url, response.status, headers, bytes(data[:LARGEST]), whole)


def _unzipped(page: Page) -> Page:
    """A page that comes compressed all the same, no larger than any other."""
    for way in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):  # what is called deflate is written in two ways
        unzip = zlib.decompressobj(way)
        try:
            data = unzip.decompress(page.data, LARGEST)
        except zlib.error:
            continue
        if unzip.eof or len(data) == LARGEST or not page.whole:
            return page._replace(data=data, whole=page.whole and unzip.eof)
    return failed(page.url, "{link} sends what cannot be unpacked")


def _first(error: Exception) -> str:
    """The first line of what went wrong."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]

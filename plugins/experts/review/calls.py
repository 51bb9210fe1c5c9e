"""Calls of a forge's REST API: with time-outs, a limit for what an answer may hold, patience, and no word of the token."""

from __future__ import annotations

import json
import time
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx

from experts.problems import visible

LARGEST = 32 << 20
"""Bytes of the largest answer that is read."""
TRIES = 4
LONGEST = 60.0
"""Seconds that are waited for a forge that asks for patience."""
_AGAIN = (429, 502, 503, 504)
_TIMEOUT = httpx.Timeout(30.0, connect=10.0)


class Failed(Exception):  # noqa: N818 - it is the forge that failed
    """A call that came to nothing: a sentence, and the status of the answer (0 for none)."""

    def __init__(self, sentence: str, status: int = 0) -> None:
        """Keep both."""
        super().__init__(sentence)
        self.status = status


class Answer(NamedTuple):
    """What a forge answered: JSON, and the headers that tell of further pages."""

    content: Any
    headers: httpx.Headers


class Calls:
    """Calls with one token of the API whose root is `api`; use it in a ``with``."""

    def __init__(self, api: str, header: tuple[str, str], secret: str) -> None:
        """Prepare; Failed for an address to which no token may be sent."""
        parts = urlsplit(api)
        if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "::1", "localhost"):
            raise Failed(f"the token is not sent to {visible(api)}: the address must begin with https://")
        self.api, self.host, self.secret = api, parts.hostname or "", secret
        headers = {header[0]: header[1], "Accept": "application/json", "User-Agent": "our-experts"}
        self.client = httpx.Client(headers=headers, timeout=_TIMEOUT, follow_redirects=False)

    def __enter__(self) -> Calls:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self.client.close()

    def call(self, method: str, path: str, content: Any = None, again: bool = True, **query: Any) -> Answer:
        """Call ``method api/path``; Failed if it does not succeed, after some tries if that may help and `again` is true.

        `path` may also be a whole address.
        """
        address = path if path.startswith(self.api.split("://")[0] + "://") else f"{self.api}/{path}"
        for attempt in range(1, TRIES + 1):
            wait = 2.0 ** (attempt - 1) / 2
            try:
                return self._once(method, address, content, query)
            except _Busy as busy:
                if attempt == TRIES or not (again or busy.status == 429):
                    raise Failed(str(busy), busy.status) from None
                wait = busy.wait or wait
            except httpx.HTTPError as error:
                said = f"{self.host} cannot be reached: {self._safe(str(error)) or type(error).__name__}"
                if attempt == TRIES or not again:
                    raise Failed(said) from None
            time.sleep(wait)
        raise AssertionError("the last try ends the loop")

    def _once(self, method: str, address: str, content: Any, query: dict[str, Any]) -> Answer:
        with self.client.stream(method, address, json=content, params=query or None) as response:
            body = bytearray()
            for piece in response.iter_bytes():
                body += piece
                if len(body) > LARGEST:
                    raise Failed(f"{self.host} answered with more than {LARGEST >> 20} MiB", response.status_code)
        status = response.status_code
        if status in _AGAIN or (status == 403 and _asks_for_patience(response.headers)):
            raise _Busy(self._failure(method, address, status, bytes(body)), status, _seconds(response.headers))
        if not 200 <= status < 300:
            raise Failed(self._failure(method, address, status, bytes(body)), status)
        try:
            return Answer(json.loads(body) if body else None, response.headers)
        except (ValueError, RecursionError):
            raise Failed(f"{self.host} answered with something that is not JSON", status) from None

    def _failure(self, method: str, address: str, status: int, body: bytes) -> str:
        """What a forge said when it refused, in a sentence."""
        try:
            found = json.loads(body)
            said = found.get("message") or found.get("error") if isinstance(found, dict) else ""
        except (ValueError, RecursionError):
            said = ""
        what = {
            301: "the repository has moved; write its new address into REPOSITORY",
            307: "the repository has moved; write its new address into REPOSITORY",
            308: "the repository has moved; write its new address into REPOSITORY",
            401: "the token is not valid",
            403: "the token has not the right to do that",
            404: "there is no such pull request, or the token may not see it",
        }.get(status, "")
        details = "; ".join(filter(None, [what, self._safe(str(said or ""))]))
        return f"{self.host} refused {method} {urlsplit(address).path} with {status}" + (
            f": {details}" if details else ""
        )

    def _safe(self, text: str) -> str:
        """A text from elsewhere as a part of a sentence, without the token."""
        return visible(text.replace(self.secret, "***") if self.secret else text)


class _Busy(Exception):  # noqa: N818 - not an error yet
    """The forge asks to come again later."""

    def __init__(self, sentence: str, status: int, wait: float) -> None:
        super().__init__(sentence)
        self.status, self.wait = status, wait


def _asks_for_patience(headers: httpx.Headers) -> bool:
    """Whether a refusal is GitHub's limit of calls, not one of rights."""
    return "retry-after" in headers or headers.get("x-ratelimit-remaining") == "0"


def _seconds(headers: httpx.Headers) -> float:
    """How long the forge asks to wait (RFC 9110, section 10.2.3, in seconds); 0 if it does not say."""
    asked = headers.get("retry-after", "")
    return min(float(asked), LONGEST) if asked.isdecimal() else 0.0

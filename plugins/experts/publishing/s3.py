"""An object store that speaks S3, as ``s3://bucket/prefix``.

Keys come from where boto3 looks for them: the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE …), a profile,
or the role of the machine.  They are never printed.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

from .failure import AGAIN, complain
from .manifest import MOST, NAME
from .sending import File, Seen

AT_ONCE = 8  # uploads
BATCH = 1000  # keys that one answer lists, and that one request may remove
ENCODINGS = {".br": "br", ".gz": "gzip"}


class Bucket:
    """A bucket, or what lies in it below a prefix."""

    def __init__(self, target: str, endpoint: str) -> None:
        """Take the address, and that of a store that is not Amazon's ("" for theirs)."""
        import boto3
        from botocore.config import Config

        self.name = target
        self.bucket, _, prefix = target.removeprefix("s3://").partition("/")
        self.prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        # Other stores than Amazon's do not all know its newer checksums; Content-MD5 they do.
        config = Config(
            connect_timeout=10,
            read_timeout=60,
            retries={"mode": "standard", "total_max_attempts": 5},
            max_pool_connections=AT_ONCE,
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        with self._told():
            self.client: Any = boto3.session.Session().client("s3", endpoint_url=endpoint or None, config=config)

    def look(self) -> Seen:
        """List all keys, page by page, and fetch the manifest."""
        sizes = {}
        with self._told():
            pages = self.client.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket, Prefix=self.prefix, PaginationConfig={"PageSize": BATCH}
            )
            for page in pages:
                for item in page.get("Contents", ()):
                    sizes[item["Key"][len(self.prefix) :]] = int(item["Size"])
            if sizes.pop(NAME, None) is None:
                return Seen(sizes, b"")
            answer = self.client.get_object(Bucket=self.bucket, Key=self.prefix + NAME)
            return Seen(sizes, answer["Body"].read(MOST))

    def send(self, files: Sequence[File], sent: Callable[[], None]) -> None:
        """Upload files, some at once; all have ended, well or not, when this returns."""
        with self._told(), ThreadPoolExecutor(AT_ONCE) as threads:
            running: set[Future[None]] = set()
            try:
                for file in files:
                    running.add(threads.submit(self._upload, file))
                    if len(running) >= 2 * AT_ONCE:
                        running = _settled(running, sent)
                while running:
                    running = _settled(running, sent)
            finally:
                for future in running:
                    future.cancel()

    def _upload(self, file: File) -> None:
        ending = file.path[-3:] if file.entry.original else ""
        encoding = {"ContentEncoding": ENCODINGS[ending]} if ending else {}
        self._put(file.path, file.read(), file.entry.media, file.entry.cache, **encoding)

    def _put(self, path: str, data: bytes, media: str, cache: str, **more: str) -> None:
        self.client.put_object(
            Bucket=self.bucket,
            Key=self.prefix + path,
            Body=data,
            ContentType=media,
            CacheControl=cache,
            ContentMD5=base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode(),
            **more,
        )

    def keep(self, manifest: bytes) -> None:
        """Upload the manifest."""
        with self._told():
            self._put(NAME, manifest, "application/json; charset=utf-8", "no-store")

    def remove(self, paths: Sequence[str]) -> None:
        """Remove keys, a thousand with each request."""
        for number in range(0, len(paths), BATCH):
            keys = [{"Key": self.prefix + path} for path in paths[number : number + BATCH]]
            with self._told():
                answer = self.client.delete_objects(Bucket=self.bucket, Delete={"Objects": keys, "Quiet": True})
            for error in answer.get("Errors", ()):
                message = "{path} cannot be removed: {why}"
                path, reason = error.get("Key", ""), error.get("Message") or error.get("Code", "")
                raise complain(self.name, message, AGAIN, path=path, why=reason)

    def finish(self) -> None:
        """Nothing is left to do."""

    @contextmanager
    def _told(self) -> Iterator[None]:
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

        try:
            yield
        except NoCredentialsError:
            hint = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment"
            raise complain(self.name, "there are no keys for the object store", hint) from None
        except (BotoCoreError, ClientError, Boto3Error, ValueError) as error:
            raise complain(self.name, "the object store has failed: {why}", AGAIN, why=str(error)) from None


def _settled(running: Iterable[Future[None]], sent: Callable[[], None]) -> set[Future[None]]:
    """Wait for one upload at least; those that are still running."""
    done, others = wait(running, return_when=FIRST_COMPLETED)
    for future in done:
        future.result()
        sent()
    return others

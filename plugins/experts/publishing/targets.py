"""The kinds of targets, and how one is made from what was asked for."""

from __future__ import annotations

import argparse
import os
import re
from calendar import timegm
from datetime import date
from typing import NamedTuple

from experts import digests
from experts.request import Request

from .failure import complain
from .finished import Finished
from .manifest import entry_of
from .sending import File, Target

ALL = ("folder", "gh-pages", "rsync", "s3")
_BUCKET = re.compile(r"s3://[a-zA-Z0-9._-]+(?:/.*)?", re.DOTALL)


class Place(NamedTuple):
    """What a target is made from."""

    kind: str
    where: str
    atomic: bool
    endpoint: str
    branch: str
    root: str  # of the site
    day: str
    address: str
    output: str  # the folder of the build
    folder: str  # in which a target may put what it needs

    @classmethod
    def of(cls, arguments: argparse.Namespace, request: Request, site: Finished, folder: str) -> Place:
        """The place that the arguments name."""
        given = (arguments.to, arguments.target, arguments.atomic, arguments.endpoint, arguments.branch)
        return cls(*given, request.settings.root, request.today, site.address, site.folder, folder)


def open_target(place: Place) -> Target:
    """The target; Problems if its name cannot be one."""
    if place.kind == "folder":
        from .folder import Folder, Linked

        if f"{os.path.realpath(place.where)}/".startswith(f"{os.path.realpath(place.output)}/"):
            hint = "choose another folder"
            raise complain(place.where, "this is the folder of the build, which the next build would empty", hint)
        return (Linked if place.atomic else Folder)(place.where.rstrip("/") or "/")
    if place.kind == "rsync":
        from .rsync import Rsync

        return Rsync(place.where, os.path.join(place.folder, "rsync"))
    if place.kind == "s3":
        from .s3 import Bucket

        if not _BUCKET.fullmatch(place.where):
            raise complain(place.where, "this is not the address of a bucket", "like s3://bucket or s3://bucket/folder")
        return Bucket(place.where, place.endpoint)
    from .pages import Branch, remote_of

    remote = remote_of(place.where or "origin", place.root)
    return Branch(remote, place.branch, os.path.join(place.folder, "branch"), _seconds(place.day), place.address)


def extras(arguments: argparse.Namespace, site: Finished) -> dict[str, File]:
    """Files that a target needs besides the site's own."""
    if arguments.to != "gh-pages":
        return {}
    found = {".nojekyll": b""}  # else files with _ in front are left out
    if arguments.cname:
        found["CNAME"] = f"{site.host}\n".encode()
    return {path: _made(path, data) for path, data in found.items() if path not in site.files}


def _made(path: str, data: bytes) -> File:
    return File(path, entry_of(path, digests.of(data).hex(), len(data)), lambda: data)


def _seconds(day: str) -> int:
    """The time that a commit has: SOURCE_DATE_EPOCH (reproducible-builds.org), else the beginning of a day, UTC."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(given) if given.isdecimal() else timegm(date.fromisoformat(day).timetuple())

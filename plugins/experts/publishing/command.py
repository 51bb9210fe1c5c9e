"""``publish``: bring a finished build to where people see it; the only step that sends anything over the network."""

from __future__ import annotations

import argparse
import os
import sys
import time
from functools import partial

from experts import console
from experts.locks import locked, output_locked
from experts.problems import Translate, visible
from experts.request import Request

from . import compression, manifest
from .failure import AGAIN, complain, why
from .finished import Finished, finished, memory_of
from .plan import Plan, plan
from .sending import File, Seen, carry_out
from .targets import ALL, Place, extras, open_target

SHOWN = 20  # paths of strangers that are named


def command(argv: list[str]) -> int:
    """Run ``publish``."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if not arguments.target and arguments.to != "gh-pages":
        parser.error(f"--to {arguments.to} needs --target")
    if arguments.compress and arguments.to == "gh-pages":
        parser.error("--compress is of no use with gh-pages, which compresses by itself")
    return console.run(_publish, arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tasks.py publish", description="Bring what `build --publish` has made to a server; only what has changed."
    )
    console.site_options(parser)
    parser.add_argument("--to", required=True, choices=ALL, help="the kind of target")
    parser.add_argument(
        "--target",
        default="",
        metavar="WHERE",
        help="a folder; rsync://host/module or user@host:folder; s3://bucket/prefix; a Git remote (default: origin)",
    )
    parser.add_argument("--output", default="", metavar="DIR", help="the folder that the build has written")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")
    parser.add_argument("--all", action="store_true", help="send everything, also what seems to be there")
    parser.add_argument("--compress", action="store_true", help="put compressed copies (.br, .gz) beside files")
    parser.add_argument(
        "--removed", default="", metavar="FILE", help="write the paths that were removed, for verify --gone"
    )
    parser.add_argument("--atomic", action="store_true", help="folder: the target is a symbolic link, which is turned")
    parser.add_argument("--endpoint", default="", metavar="URL", help="s3: address of a store that is not Amazon's")
    parser.add_argument("--branch", default="gh-pages", help="gh-pages: the branch (default: gh-pages)")
    parser.add_argument("--cname", action="store_true", help="gh-pages: the site's host is one of your own")
    parser.set_defaults(publish=True)
    return parser


def _publish(arguments: argparse.Namespace) -> int:
    began = time.perf_counter()
    progress = console.Progress(sys.stderr)
    request = console.request_of(arguments, progress=progress.show)
    translate = console.translator(request.settings.languages[0], arguments.lang)
    memory = memory_of(request)
    try:
        # A build waits until its files are sent.
        with locked(memory.folder, request.say), output_locked(request.output, request.say):
            return _bring(arguments, request, finished(request, memory), memory.folder, translate, began)
    except OSError as error:
        raise complain(arguments.target, "this machine refuses: {why}", AGAIN, why=why(error)) from None
    finally:
        progress.clear()


def _bring(
    arguments: argparse.Namespace, request: Request, site: Finished, folder: str, translate: Translate, began: float
) -> int:
    target = open_target(Place.of(arguments, request, site, os.path.join(folder, "publishing")))
    print(translate("publishing {address} to {target} …").format(address=site.address, target=target.name), flush=True)
    seen = target.look()
    former = _former(seen, target.name, arguments.all)
    more = extras(arguments, site)
    files = {**site.files, **{path: made.entry for path, made in more.items()}}
    cache = os.path.join(folder, "compressed")
    if arguments.compress:
        files |= compression.copies(site.folder, site.files, former, cache, request.jobs, request.progress)
    todo = plan(files, former, seen.sizes)
    _tell(todo, arguments.dry_run, translate)
    if not arguments.dry_run:
        sources = {path: more.get(path) or _file(path, files[path], site.folder, cache) for path in todo.changed}
        carry_out(todo, target, sources, seen.manifest, request.progress)
        if arguments.removed:
            with open(arguments.removed, "w", encoding="utf-8") as file:
                file.writelines(f"{path}\n" for path in todo.removed)
        if arguments.compress:
            compression.forget(cache, (entry.digest for entry in site.files.values()))
    said = translate("{n} sent ({size}), {gone} removed, {same} unchanged in {seconds} s")
    if arguments.dry_run:
        said = translate("{n} to send ({size}), {gone} to remove, {same} unchanged; nothing was done")
    numbers = {"n": len(todo.changed), "gone": len(todo.removed), "same": len(files) - len(todo.changed)}
    print(said.format(**numbers, size=_size(todo.bytes), seconds=f"{time.perf_counter() - began:.2f}"))
    return console.DONE


def _former(seen: Seen, name: str, everything: bool) -> manifest.Listing:
    """What the target's manifest lists."""
    if not seen.manifest:
        return {}
    listing = manifest.read(seen.manifest)
    if listing is None:
        message = "the file {path} at the target is damaged, so nobody knows which files there are ours"
        hint = "remove it and publish again; then remove by hand what is reported as not ours and should be gone"
        raise complain(name, message, hint, path=manifest.NAME)
    return dict.fromkeys(listing) if everything else listing


def _file(path: str, entry: manifest.Entry, folder: str, cache: str) -> File:
    if not entry.original:
        return File(path, entry, f"{folder}/{path}")
    stem, ending = path[:-3], path[-3:]
    return File(path, entry, partial(compression.copy_of, f"{folder}/{stem}", entry, ending, cache))


def _tell(todo: Plan, all_paths: bool, translate: Translate) -> None:
    """Say what will be done: in a dry run with each path."""
    if all_paths:
        for path in todo.changed:
            print(f"+ {visible(path, len(path))}")
        for path in todo.removed:
            print(f"- {visible(path, len(path))}")
    if todo.foreign:
        message = translate("not ours and left alone at the target ({n}): {paths}")
        paths = ", ".join([*todo.foreign[:SHOWN], *(["…"] if len(todo.foreign) > SHOWN else [])])
        print(message.format(n=len(todo.foreign), paths=visible(paths, len(paths))))


def _size(count: int) -> str:
    if count < 10_000:
        return f"{count} bytes"
    return f"{count / 1e3:.0f} kB" if count < 1e6 else f"{count / 1e6:.1f} MB"

"""A folder as the target: on this machine, or mounted from another one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from .failure import AGAIN, complain, why
from .manifest import NAME
from .sending import File, Seen

STAGE = ".our-experts-sending"  # files wait in it until all of a kind are whole
TWINS = (".one", ".two")  # behind a link's name: the folders that it leads to in turn


class Folder:
    """A folder in which each file is replaced at once, by renaming."""

    def __init__(self, path: str) -> None:
        """Name the folder; it is made if it is not there."""
        self.name = path
        self.folder = os.path.abspath(path)

    def look(self) -> Seen:
        """Find the files, and the manifest."""
        with self._told():
            if os.path.lexists(self.folder) and not os.path.isdir(self.folder):
                raise complain(self.name, "this is not a folder")
            sizes = dict(_files(self.folder)) if os.path.isdir(self.folder) else {}
            if sizes.pop(NAME, None) is None:
                return Seen(sizes, b"")
            with open(os.path.join(self.folder, NAME), "rb") as file:
                return Seen(sizes, file.read())

    def send(self, files: Sequence[File], sent: Callable[[], None]) -> None:
        """Write all files aside, then rename each to its place: a full disk changes nothing that is seen."""
        stage = os.path.join(self.folder, STAGE)
        with self._told():
            shutil.rmtree(stage, ignore_errors=True)  # of a run that was stopped
            os.makedirs(stage)
            for number, file in enumerate(files):
                _write(os.path.join(stage, str(number)), file.read())
            for number, file in enumerate(files):
                self._place(os.path.join(stage, str(number)), file.path)
                sent()
            os.rmdir(stage)

    def _place(self, staged: str, path: str) -> None:
        target = os.path.join(self.folder, *path.split("/"))
        try:
            os.replace(staged, target)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.replace(staged, target)

    def keep(self, manifest: bytes) -> None:
        """Write the manifest aside and rename it."""
        stage = os.path.join(self.folder, STAGE)
        with self._told():
            os.makedirs(stage, exist_ok=True)
            _write(os.path.join(stage, NAME), manifest)
            os.replace(os.path.join(stage, NAME), os.path.join(self.folder, NAME))
            shutil.rmtree(stage, ignore_errors=True)

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files, and the folders that this leaves empty."""
        with self._told():
            for path in paths:
                remove(self.folder, path)

    def finish(self) -> None:
        """Nothing is left to do: each file counts since it was renamed."""

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise complain(self.name, "the folder cannot be written: {why}", AGAIN, why=why(error)) from None


class Linked(Folder):
    """A folder behind a symbolic link: the new state is made beside it, then the link leads there."""

    def __init__(self, path: str) -> None:
        """Name the link; it is made if it is not there."""
        super().__init__(path)
        self.link = self.folder
        self.ready = False

    def look(self) -> Seen:
        """Find what the link leads to."""
        if os.path.lexists(self.link) and not os.path.islink(self.link):
            hint = "with --atomic it must be a symbolic link, or nothing yet"
            raise complain(self.name, "this is not a symbolic link", hint)
        self.folder = os.path.realpath(self.link) if os.path.exists(self.link) else self.link + TWINS[1]
        self.other = self.link + TWINS[self.folder == os.path.realpath(self.link + TWINS[0])]
        return super().look()

    def send(self, files: Sequence[File], sent: Callable[[], None]) -> None:
        """Send to the twin."""
        self._begin()
        super().send(files, sent)

    def keep(self, manifest: bytes) -> None:
        """Keep in the twin."""
        self._begin()
        super().keep(manifest)

    def finish(self) -> None:
        """Turn the link, and remove what it led to before."""
        if not self.ready:
            return
        with self._told():
            turned = self.link + ".next"
            if os.path.lexists(turned):
                os.unlink(turned)
            os.symlink(os.path.basename(self.other), turned)
            os.replace(turned, self.link)
        if self.before in [os.path.realpath(self.link + twin) for twin in TWINS]:
            shutil.rmtree(self.before, ignore_errors=True)

    def _begin(self) -> None:
        """Make the twin of all that is there: the same files, not copies, where the disk can do that."""
        if self.ready:
            return
        self.ready, self.before, self.folder = True, self.folder, self.other
        with self._told():
            shutil.rmtree(self.other, ignore_errors=True)  # of a run that was stopped
            os.makedirs(self.other)
            if os.path.isdir(self.before):
                shutil.copytree(self.before, self.other, symlinks=True, copy_function=_same, dirs_exist_ok=True)


def remove(folder: str, path: str) -> None:
    """Remove a file and the folders that this leaves empty."""
    target = os.path.join(folder, *path.split("/"))
    try:
        os.unlink(target)
    except (FileNotFoundError, NotADirectoryError):
        pass
    parent = os.path.dirname(target)
    while len(parent) > len(folder):
        try:
            os.rmdir(parent)
        except OSError:
            break
        parent = os.path.dirname(parent)


def _files(folder: str, below: str = "") -> Iterator[tuple[str, int]]:
    """The path and size of each file; a link, wherever it leads, is somebody's file."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if not below and entry.name == STAGE:
                    continue
                yield from _files(entry.path, f"{below}{entry.name}/")
            else:
                yield f"{below}{entry.name}", entry.stat(follow_symlinks=False).st_size


def _write(path: str, data: bytes) -> None:
    with open(path, "wb", buffering=0) as file:
        view = memoryview(data)
        while view:
            view = view[file.write(view) :]


def _same(origin: str, target: str) -> None:
    try:
        os.link(origin, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(origin, target, follow_symlinks=False)

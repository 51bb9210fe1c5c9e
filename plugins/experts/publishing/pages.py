"""A branch of a Git repository from which a forge serves pages (GitHub Pages and its like): one commit for each change.

The branch holds the present state alone: each commit of ours takes the place of the one before, so that nobody who has left
stays in its history.  A commit of somebody else's is never replaced: ours then follows it.
The way is that of ghp-import, a stream for ``git fast-import`` (its manual page has the format), here in a repository of
our own for each run.  The environment variable FORGE_TOKEN may hold a token for the forge; it is never printed.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlsplit

from .failure import AGAIN, complain
from .manifest import NAME
from .patience import patiently
from .plan import DOUBTFUL, UNKNOWN
from .programs import Failed, run
from .sending import File, Seen

OURS = "Made-by: Our Experts"  # the last line of the message of each commit of ours
LARGEST = 100  # MB of a file that forges take
SECONDS = 900
_PASSING = re.compile(
    r"could not resolve|connect|timed out|early eof|hung up|reset by|error: 5\d\d|did not end", re.IGNORECASE
)
_OVERTAKEN = re.compile(r"stale info|fetch first|non-fast-forward|cannot lock ref|failed to update ref", re.IGNORECASE)


class Tip(NamedTuple):
    """The commit at which the branch is; "" if there is no such branch."""

    commit: str = ""
    ours: bool = True
    first: bool = True  # it follows no other one

    @property
    def replaceable(self) -> bool:
        """Whether nothing of somebody else's is lost with it."""
        return self.ours and self.first


class Branch:
    """The branch, and a repository of our own in which its next commit is made."""

    def __init__(self, remote: str, branch: str, folder: str, seconds: int, address: str) -> None:
        """Take the remote's address, the branch, a folder for our repository, the commit's time (Unix), the site's address."""
        self.remote, self.branch, self.folder = remote, branch, folder
        self.name = f"{remote} ({branch})"
        self.seconds, self.address = seconds, address
        self.tip = Tip()
        self.manifest = b""

    def look(self) -> Seen:
        """Fetch the last commit, without the content of its files, and list them."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._git("init", "--quiet", "--bare", self.folder, inside=False)
        self._git("config", "remote.origin.url", self.remote)
        listed = self._git("ls-remote", "origin", f"refs/heads/{self.branch}")
        if not listed:
            return Seen({}, b"")
        commit = listed.split()[0].decode()
        self._git(
            "fetch",
            "--quiet",
            "--depth=1",
            "--filter=blob:none",
            "origin",
            f"+refs/heads/{self.branch}:refs/heads/there",
        )
        head, _, message = self._git("cat-file", "commit", commit).decode("utf-8", "replace").partition("\n\n")
        self.tip = Tip(commit, message.rstrip().endswith(OURS), "\nparent " not in head)
        size = UNKNOWN if self.tip.ours else DOUBTFUL
        rows = [row.partition(b"\t") for row in self._git("ls-tree", "-r", "-z", commit).split(b"\0") if row]
        sizes = {os.fsdecode(path): size for _, _, path in rows}
        if sizes.pop(NAME, None) is None:
            return Seen(sizes, b"")
        return Seen(sizes, self._git("cat-file", "blob", f"{commit}:{NAME}"))

    def send(self, files: Sequence[File], sent: Callable[[], None]) -> None:
        """Put files into the next commit."""
        for file in files:
            if file.entry.size > LARGEST << 20:
                message, hint = "{path} is larger than forges take", "at most {most} MB"
                raise complain(self.name, message, hint, path=file.path, most=LARGEST)
            self._change(_modified(file.path, file.read()))
            sent()

    def keep(self, manifest: bytes) -> None:
        """Put the manifest into the next commit; the last one counts."""
        self.manifest = manifest

    def remove(self, paths: Sequence[str]) -> None:
        """Leave files out of the next commit."""
        self._change(b"".join([b"D %s\n" % _quoted(path) for path in paths]))

    def finish(self) -> None:
        """Make the commit, and push it if the branch is still where it was."""
        if self.manifest:
            self._git("fast-import", "--quiet", "--done", given=self._stream())
            lease = f"--force-with-lease=refs/heads/{self.branch}:{self.tip.commit}"
            self._git("push", "--quiet", lease, "origin", f"refs/heads/next:refs/heads/{self.branch}")
        with suppress(OSError):
            shutil.rmtree(self.folder)

    def _change(self, commands: bytes) -> None:
        """Note a change of the next commit: on the disk, since a site may be larger than memory."""
        with open(os.path.join(self.folder, "changes"), "ab") as file:
            file.write(commands)

    def _stream(self) -> str:
        """The file that fast-import reads."""
        host = urlsplit(self.address).hostname or "localhost"
        message = f"Publish {self.address}\n\n{OURS}\n".encode()
        lines = [b"commit refs/heads/next\n"]
        lines += [
            f"{who} Our Experts <publish@{host}> {self.seconds} +0000\n".encode() for who in ("author", "committer")
        ]
        lines.append(b"data %d\n%s" % (len(message), message))
        if self.tip.commit and self.tip.replaceable:
            tree = self._git("rev-parse", f"{self.tip.commit}^{{tree}}").strip()
            lines.append(b'M 040000 %s ""\n' % tree)
        elif self.tip.commit:
            lines.append(f"from {self.tip.commit}\n".encode())
        self._change(_modified(NAME, self.manifest) + b"\ndone\n")
        whole = os.path.join(self.folder, "stream")
        with open(whole, "wb") as stream, open(os.path.join(self.folder, "changes"), "rb") as changes:
            stream.writelines(lines)
            shutil.copyfileobj(changes, stream, 1 << 20)
        return whole

    def _git(self, *arguments: str, given: str = os.devnull, inside: bool = True) -> bytes:
        command = ["git", *(["-C", self.folder] if inside else []), *arguments]
        environment = {"GIT_TERMINAL_PROMPT": "0", **_token(self.remote)}
        if "GIT_SSH_COMMAND" not in os.environ:
            environment["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes -o ConnectTimeout=20"
        try:
            return patiently(
                lambda: run(command, self.name, "git", SECONDS, environment, given),
                lambda error: isinstance(error, Failed) and bool(_PASSING.search(error.said)),
            )
        except Failed as failed:
            if arguments[0] == "push" and _OVERTAKEN.search(failed.said):
                raise complain(self.name, "somebody else has changed the branch meanwhile", AGAIN) from None
            raise complain(self.name, "git has failed: {why}", AGAIN, why=failed.said) from None


def remote_of(target: str, root: str) -> str:
    """The address of a remote: that of the site's repository with this name, a folder, or what was given."""
    if re.fullmatch(r"[\w.-]+", target):
        with suppress(Failed):
            command = ["git", "-C", root, "remote", "get-url", "--push", target]
            return run(command, target, "git", 60).decode("utf-8", "replace").strip()
    return os.path.abspath(target) if os.path.isdir(target) else target


def _modified(path: str, data: bytes) -> bytes:
    return b"M 100644 inline %s\ndata %d\n%s\n" % (_quoted(path), len(data), data)


def _quoted(path: str) -> bytes:
    """A path as fast-import reads it: in quotation marks, with their escapes."""
    text = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return b'"%s"' % os.fsencode(text)


def _token(remote: str) -> dict[str, str]:
    """The environment in which git shows the token to the forge at `remote` only, and to nobody who lists processes."""
    token, parts = os.environ.get("FORGE_TOKEN", "").strip(), urlsplit(remote)
    if not token or parts.scheme != "https":
        return {}
    secret = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"http.https://{parts.netloc.rpartition('@')[2]}/.extraHeader",
        "GIT_CONFIG_VALUE_0": f"Authorization: Basic {secret}",
    }

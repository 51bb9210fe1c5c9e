"""security.txt (RFC 9116): whom to tell about holes in the site's security, and until when that holds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from experts import signals
from experts.directory import Directory
from experts.output import Output
from experts.settings import out_of_date
from experts.site import Site

PATH = ".well-known/security.txt"


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """The file, if SECURITY says whom to tell; nobody may rely on an expired one, so it is left out."""
    if site.settings.security["contact"] and not out_of_date(site.settings, directory.today):
        yield site.text(PATH, partial(security, site))


def security(site: Site) -> str:
    """The text."""
    found = site.settings.security
    lines = [
        f"Contact: {found['contact']}",
        f"Expires: {found['expires']}T23:59:59Z",
        f"Preferred-Languages: {', '.join(site.languages)}",
    ]
    addresses = {"Canonical": site.address(PATH), "Policy": found["policy"]}
    # None but an address that begins with https: may stand there.
    lines += [f"{name}: {url}" for name, url in addresses.items() if url.startswith("https://")]
    return "".join([f"{line}\n" for line in lines])


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "site")

"""What visitors get once somebody is forgotten: nothing, by a rule that names nobody."""

from __future__ import annotations

from pathlib import Path

from factory import Checkout

from .places import NAME, SLUG, committed, everywhere, forget


def test_the_site_names_nobody_and_their_addresses_are_gone(tmp_path: Path) -> None:
    """The next build has no trace of them, keeps the list of removals to itself, and hosts answer 410 without a list of names."""
    site = committed(everywhere(tmp_path / "site"))
    site.checkout = Checkout(tmp_path / "checkout")
    site.built()
    assert (site.output / "experts" / SLUG / "feed.json").exists()  # it says that it has ended
    assert forget(site, "--yes") == 0
    site.built()
    found = site.tree()
    assert [
        path for path, data in found.items() if SLUG in path or SLUG.encode() in data or NAME.encode() in data
    ] == []
    assert [path for path in found if "removals" in path] == []
    assert not (site.output / "experts" / SLUG).exists()
    rules = found["_redirects"].decode()
    assert "/experts/* /404.html 410" in rules
    assert "RewriteRule ^(?:(?:en)/)?(?:api/)?experts/. - [G]" in found[".htaccess"].decode()
    assert "=410" in found[".hosting/nginx.conf"].decode()

"""A site with a provider: the page, and what machines get."""

import pytest
from factory import Checkout, Site, differences

HOST = "video.example.org"
PAGE = f"https://{HOST}/w/abc"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory, checkout: Checkout) -> dict[str, bytes]:
    """Return the files of a site with a provider and a video of theirs."""
    site = Site(tmp_path_factory.mktemp("embeds") / "site", checkout)
    site.settings(EMBED_PROVIDERS={"peertube": {"hosts": [HOST]}}, SITEURL="https://x.example")
    site.story("film", kind="video", embed=PAGE, authors=["mara"], title='"><script>alert(1)</script>')
    site.built()
    return site.tree()


def test_a_page_loads_nothing_by_itself(tree: dict[str, bytes]) -> None:
    """The page holds the player's address as data only, the button waits for its script, and the link is there."""
    html = tree["stories/film/index.html"].decode()
    assert "<iframe" not in html
    assert f'data-frame="https://{HOST}/videos/embed/abc?p2p=0"' in html
    assert 'class="embed-load" type="button" hidden>' in html
    assert f'href="{PAGE}" rel="noopener">Auf {HOST} ansehen</a>' in html
    assert f'<meta name="embed-origins" content="https://{HOST}">' in html
    assert f"; frame-src https://{HOST}; " in html
    assert "<script>alert" not in html
    assert b"embed-origins" not in tree["stories/boiler/index.html"]


def test_machines_get_the_link(tree: dict[str, bytes]) -> None:
    """Feeds, the API and structured data name the page, never the player."""
    named = [name for name, data in tree.items() if PAGE.encode() in data]
    assert {"atom.xml", "feed.json", "stories/film/index.html"} <= {*named}
    assert [name for name in named if name.startswith("api/")]
    framed = [name for name, data in tree.items() if b"videos/embed" in data]
    assert framed == ["en/stories/film/index.html", "stories/film/index.html"]


def test_who_is_no_provider_stays_a_link(site: Site) -> None:
    """Without a provider for its address a story has the link with its host, no script, and the site no page about providers."""
    site.story("film", kind="video", embed=PAGE)
    site.story("song", kind="podcast", embed=f"https://{HOST}/song.mp3")
    site.built()
    for name, address in {"film": PAGE, "song": f"https://{HOST}/song.mp3"}.items():
        html = (site.output / f"stories/{name}/index.html").read_text("utf-8")
        assert f'href="{address}" rel="noopener">Auf {HOST} ansehen oder anhören</a>' in html
        assert "data-frame" not in html
        assert "embed-origins" not in html
    assert not (site.output / "embeds").exists()
    assert "frame-src https" not in (site.output / "_headers").read_text("utf-8")


def test_the_setting_decides(site: Site) -> None:
    """Switching a provider on or off changes pages and headers as a clean build does; every snippet has the same policy."""
    site.story("film", kind="video", embed=PAGE)
    site.built()
    before = site.tree()
    site.settings(EMBED_PROVIDERS={"peertube": {"hosts": [HOST]}})
    site.built()
    assert site.stale() == []
    for name in ("_headers", ".htaccess", ".hosting/nginx.conf"):
        assert f"; frame-src https://{HOST}; " in (site.output / name).read_text("utf-8"), name
    site.settings()
    site.built()
    assert differences(site.tree(), before) == []

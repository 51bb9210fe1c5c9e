"""A site with a provider: the page, and what machines get."""

from factory import Site

HOST = "video.example.org"
PAGE = f"https://{HOST}/w/abc"


def test_a_page_loads_nothing_by_itself(site: Site) -> None:
    """The page holds the player's address as data only, the button waits for its script, and the link is there."""
    site.settings(EMBED_PROVIDERS={"peertube": {"hosts": [HOST]}})
    site.story("film", kind="video", embed=PAGE, title='"><script>alert(1)</script>')
    site.built()
    html = (site.output / "stories/film/index.html").read_text("utf-8")
    assert "<iframe" not in html
    assert f'data-frame="https://{HOST}/videos/embed/abc?p2p=0"' in html
    assert 'class="embed-load" type="button" hidden>' in html
    assert f'href="{PAGE}" rel="noopener">Auf {HOST} ansehen</a>' in html
    assert f'<meta name="embed-origins" content="https://{HOST}">' in html
    assert "<script>alert" not in html
    other = (site.output / "stories/boiler/index.html").read_text("utf-8")
    assert "embed" not in other


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


def test_machines_get_the_link(site: Site) -> None:
    """Feeds, the API and structured data name the page, never the player."""
    site.settings(EMBED_PROVIDERS={"peertube": {"hosts": [HOST]}}, SITEURL="https://x.example")
    site.story("film", kind="video", embed=PAGE, authors=["mara"])
    site.built()
    tree = site.tree()
    named = [name for name, data in tree.items() if PAGE.encode() in data]
    assert {"atom.xml", "feed.json", "stories/film/index.html"} <= {*named}
    assert [name for name in named if name.startswith("api/")]
    framed = [name for name, data in tree.items() if b"videos/embed" in data]
    assert framed == ["en/stories/film/index.html", "stories/film/index.html"]


def test_the_setting_decides(site: Site) -> None:
    """Switching a provider on or off changes pages and headers as a clean build does; every snippet has the same policy."""
    site.story("film", kind="video", embed=PAGE)
    site.built()
    site.settings(EMBED_PROVIDERS={"peertube": {"hosts": [HOST]}})
    site.built()
    assert site.stale() == []
    for name in ("_headers", ".htaccess", ".hosting/nginx.conf"):
        assert f"; frame-src https://{HOST}; form-action" in (site.output / name).read_text("utf-8"), name
    site.settings()
    site.built()
    assert site.stale() == []

"""Players of other sites: which addresses become one, and that none ever leads anywhere else."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from experts import embeds, hosting, providers, settings
from experts.embeds import Player, player
from experts.problems import Problems
from hypothesis import example, given
from hypothesis import strategies as st

HOSTED = {
    "peertube": {"hosts": ["video.example.org", "tube.example.org"]},
    "mastodon": {"hosts": ["social.example.org"]},
    "podigee": {"hosts": ["heat.podigee.io"]},
}
OWN = {
    "acme": {
        "title": "Acme TV",
        "kind": "video",
        "hosts": ["video.acme.example"],
        "pages": {
            "/w/{id}.html": "https://player.acme.example/{id}/start",
            "/show?v={id}&n={number}": "https://player.acme.example/{id}?n={number}",
        },
        "privacy": "https://acme.example/privacy",
    }
}


def switched_on(setting: dict[str, object], own: str = "") -> tuple[embeds.Provider, ...]:
    """The providers of a setting with which nothing may be wrong."""

    def complain(inner: str, message: str, hint: str = "", **values: object) -> None:
        raise AssertionError((inner, message, hint, values))

    return providers.read(setting, own, complain)


ALL = switched_on({**dict.fromkeys(providers.KNOWN, True), **HOSTED, **OWN})


@pytest.mark.parametrize(
    ("page", "frame"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://YouTube.com/watch?si=x&v=-_w&t=4#t", "https://www.youtube-nocookie.com/embed/-_w"),
        ("https://youtu.be/dQw4w9WgXcQ?si=abc", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://www.youtube.com/shorts/abc", "https://www.youtube-nocookie.com/embed/abc"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://vimeo.com/76979871/", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://vimeo.com/76979871/8272103f6e", "https://player.vimeo.com/video/76979871?h=8272103f6e&dnt=1"),
        ("https://media.ccc.de/v/37c3-1-x_y", "https://media.ccc.de/v/37c3-1-x_y/oembed"),
        ("https://video.example.org/w/4x/", "https://video.example.org/videos/embed/4x?p2p=0"),
        ("https://tube.example.org/videos/watch/a-b", "https://tube.example.org/videos/embed/a-b?p2p=0"),
        ("https://open.spotify.com/intl-de/episode/5G", "https://open.spotify.com/embed/episode/5G"),
        ("https://heat.podigee.io/12-pumps", "https://heat.podigee.io/12-pumps/embed?context=external"),
        ("https://soundcloud.com/a/b", "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b"),
        ("https://social.example.org/@mara/1145", "https://social.example.org/@mara/1145/embed"),
        ("https://video.acme.example/w/9.html", "https://player.acme.example/9/start"),
        ("https://video.acme.example/show?n=2&v=x", "https://player.acme.example/x?n=2"),
    ],
)
def test_pages_become_players(page: str, frame: str) -> None:
    """The address that people copy from their browser becomes that of the most sparing player."""
    found = player(page, ALL)
    assert found is not None
    assert found.frame == frame
    assert found.origin in embeds.origins(ALL)


@pytest.mark.parametrize(
    "address",
    [
        "http://www.youtube.com/watch?v=abc",
        "https://www.youtube.com.evil.example/watch?v=abc",
        "https://www.youtube.com@evil.example/watch?v=abc",
        "https://user:word@www.youtube.com/watch?v=abc",
        "https://www.youtube.com:8443/watch?v=abc",
        "https://www.youtube.com:443/watch?v=abc",
        "https://www.youtube.com./watch?v=abc",
        "https://evil.example/www.youtube.com/watch?v=abc",
        "https://evil.example?https://www.youtube.com/watch?v=abc",
        "https://evil.example#@www.youtube.com/watch?v=abc",
        "https://evil.example\\www.youtube.com/watch?v=abc",
        "https:///www.youtube.com/watch?v=abc",
        "https://xn--youtbe-bya.com/watch?v=abc",
        "https://www.yоutube.com/watch?v=abc",  # with a Cyrillic letter
        "https://www.youtube.com/watch?v=a%2Fb",
        "https://www.youtube.com/watch?v=a&v=b",
        "https://www.youtube.com/watch?v=",
        "https://www.youtube.com/watch?v=..",
        "https://www.youtube.com/watch?v=a/../../b",
        "https://www.youtube.com/watch?v=a\n",
        "https://www.youtube.com/watch",
        "https://www.youtube.com/watch/x?v=a",
        "https://www.youtube.com/@channel",
        "https://vimeo.com/about",
        "https://media.ccc.de/v/..",
        "https://media.ccc.de/v/.",
        "https://media.ccc.de/v/a/b",
        "https://other.example.org/w/4x",
        "https://video.acme.example/w/.html",
        "https://media.ccc.de/v/" + "a" * 201,
        "https://media.ccc.de/v/a?" + "a" * 2000,
        "javascript:alert(1)",
        "",
    ],
)
def test_all_else_stays_a_link(address: str) -> None:
    """Another scheme, host, user, port, spelling or form is nobody's page."""
    assert player(address, ALL) is None


def test_only_who_is_switched_on() -> None:
    """Without the setting nothing becomes a player, and nothing may be framed."""
    assert player("https://youtu.be/abc", ()) is None
    assert player("https://youtu.be/abc", switched_on({"vimeo": True, "youtube": False})) is None
    assert embeds.origins(()) == ()
    assert "frame-src" not in hosting.policy()


PIECES = st.sampled_from(
    ["https://", "http://", "//", "/", "\\", "@", ":", "?", "#", "&", "v=", "%2f", "%", "..", "\t", "\n", " ", "w", "watch", "videos",
     "embed", "www.youtube.com", "youtu.be", "video.example.org", "media.ccc.de", "vimeo.com", "evil.example", ":443", "abc", "12",
     "{id}", "{host}", "@mara", "social.example.org", "v", "ö", "\u2028", "\u202e", "<", '"', "javascript:"]
)  # fmt: skip
ADDRESSES = st.one_of(
    st.lists(PIECES, max_size=12).map("".join),
    st.tuples(
        st.sampled_from(["", "evil.", "evil.example/", "evil.example\\\\", "a@", "a:b@", "evil.example?", "evil.example#@"]),
        st.sampled_from([page for one in ALL for page, _ in one.pages]),
        st.lists(PIECES | st.text(max_size=6), max_size=5),
    ).map(lambda drawn: f"https://{drawn[0]}" + re.sub(r"\{\w+\}", lambda _: "".join(drawn[2]) or "1", drawn[1])),
)  # fmt: skip


@given(ADDRESSES)
@example("https://media.ccc.de/v/{host}")
def test_no_address_leads_elsewhere(address: str) -> None:
    """Whatever somebody writes: a player is at one of the origins of the settings, and its path has no step up."""
    found = player(address, ALL)
    if found is None:
        return
    parts = urlsplit(found.frame)
    assert f"{parts.scheme}://{parts.netloc}" == found.origin
    assert found.origin in embeds.origins(ALL)
    assert parts.fragment == ""
    assert re.fullmatch(r"https://[a-z0-9.-]+/[\w@.~%/?=&:-]*", found.frame, re.ASCII), found.frame
    assert not {".", ".."} & {*parts.path.split("/")}
    host = re.match(r"https://([^/?#]*)", address)
    assert host is not None
    assert host[1].lower() in {page.partition("/")[0] for one in ALL for page, _ in one.pages}


def test_what_each_player_may_do() -> None:
    """A player has no more than it needs, knows nothing of the page, and a video its own shape."""
    for provider in ALL:
        assert provider.sandbox[:2] == ("allow-scripts", "allow-same-origin")
        assert provider.name == "mastodon" or len(provider.sandbox) == 2
        assert provider.name == "youtube" or provider.referrer == "no-referrer"
    found = player("https://video.example.org/w/4x", ALL)
    assert found == Player(
        "video.example.org", "video", "https://video.example.org/videos/embed/4x?p2p=0", "https://video.example.org",
        "video.example.org", "https://video.example.org/about/instance", "16/9", "allow-scripts allow-same-origin",
        "fullscreen; picture-in-picture", "no-referrer",
    )  # fmt: skip


def test_the_policy_names_the_players_alone() -> None:
    """Pages may frame the players' origins and nothing else; the policy can be read back."""
    found = switched_on({"youtube": True, "peertube": {"hosts": ["video.example.org"]}})
    frames = embeds.origins(found)
    assert frames == ("https://video.example.org", "https://www.youtube-nocookie.com")
    policy = hosting.policy(frames)
    assert "; frame-src https://video.example.org https://www.youtube-nocookie.com; " in policy
    assert policy.replace(f"; frame-src {' '.join(frames)}", "") == hosting.policy()
    assert hosting.frames_of(policy) == frames
    assert hosting.frames_of(hosting.policy()) == ()
    assert hosting.frames_of("frame-src * https: http://a.example https://*.example.org https://a.example") == (
        "https://a.example",
    )


def load(tmp_path: Path, text: str) -> settings.Settings:
    """The settings of a site with this text."""
    (tmp_path / "theme/templates").mkdir(parents=True)
    (tmp_path / "pelicanconf.py").write_text(f'THEME = "theme"\n{text}\n')
    return settings.load(str(tmp_path), str(tmp_path))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'youtub': True", "youtub is no provider that EMBED_PROVIDERS knows (did you mean youtube?)"),
        ("'acme': True", "acme is no provider that EMBED_PROVIDERS knows (known: youtube, vimeo, "),
        ("'acme': {'like': 'peertub', 'hosts': ['a.example']}", "(did you mean peertube?)"),
        ("'youtube': 'yes'", "youtube of EMBED_PROVIDERS must be True, False or a dictionary"),
        ("'youtube': {'host': []}", "there is no field host in EMBED_PROVIDERS (known fields: like, title, "),
        ("'peertube': True", "hosts of peertube in EMBED_PROVIDERS is missing (a list of names"),
        ("'peertube': {'hosts': 'a.example'}", "hosts of peertube in EMBED_PROVIDERS cannot be 'a.example'"),
        ("'peertube': {'hosts': ['https://a.example']}", "hosts of peertube in EMBED_PROVIDERS cannot be"),
        ("'peertube': {'hosts': ['A.example']}", "hosts of peertube in EMBED_PROVIDERS cannot be"),
        ("'peertube': {'hosts': ['127.0.0.1']}", "hosts of peertube in EMBED_PROVIDERS cannot be"),
        ("'peertube': {'hosts': ['a.example:8080']}", "hosts of peertube in EMBED_PROVIDERS cannot be"),
        ("'peertube': {'hosts': ['*.example']}", "hosts of peertube in EMBED_PROVIDERS cannot be"),
        ("'peertube': {'hosts': ['our.example']}", "the player of peertube in EMBED_PROVIDERS is on the host of this site"),
        ("'youtube': {'kind': 'film'}", "kind of youtube in EMBED_PROVIDERS cannot be 'film' (allowed: video, podcast, post)"),
        ("'youtube': {'shape': '2/1'}", "shape of youtube in EMBED_PROVIDERS cannot be '2/1'"),
        ("'youtube': {'referrer': 'unsafe-url'}", "referrer of youtube in EMBED_PROVIDERS cannot be 'unsafe-url'"),
        ("'youtube': {'sandbox': ['allow-top-navigation']}", "sandbox of youtube in EMBED_PROVIDERS cannot be"),
        ("'youtube': {'allow': ['camera']}", "allow of youtube in EMBED_PROVIDERS cannot be ['camera'] (a list of: autoplay"),
        ("'youtube': {'title': 7}", "title of youtube in EMBED_PROVIDERS cannot be 7"),
        ("'youtube': {'privacy': 'http://a.example/p'}", "privacy of youtube in EMBED_PROVIDERS cannot be"),
        ("'a': {'pages': {'/w/{id}': 'https://a.example/{id}'}}", "kind of a in EMBED_PROVIDERS is missing"),
        *[
            (f"'a': {{'kind': 'post', 'privacy': 'https://a.example/p', 'hosts': ['a.example'], 'pages': {pages}}}", expected)
            for pages, expected in [
                ("['/w/{id}']", "pages of a in EMBED_PROVIDERS cannot be"),
                ("{'/w/1': 'https://b.example/1'}", "cannot be '/w/1'"),
                ("{'/w/{id}-{key}': 'https://b.example/{id}'}", "cannot be '/w/{id}-{key}'"),
                ("{'/w/{id}/{id}': 'https://b.example/{id}'}", "cannot be '/w/{id}/{id}'"),
                ("{'/w/(a+)+/{id}': 'https://b.example/{id}'}", "cannot be '/w/(a+)+/{id}'"),
                ("{'/w/{id}': 'http://b.example/{id}'}", "cannot be 'http://b.example/{id}'"),
                ("{'/w/{id}': 'https://{id}.example/'}", "cannot be 'https://{id}.example/'"),
                ("{'/w/{id}': 'https://b.example@c.example/{id}'}", "cannot be 'https://b.example@c.example/{id}'"),
                ("{'/w/{id}': 'https://b.example/{key}'}", "cannot be 'https://b.example/{key}'"),
                ("{'/w/{id}': 'https://b.example/{id'}", "cannot be 'https://b.example/{id'"),
                ("{'/w/{id}': 'https://b.example:1/{id}'}", "cannot be 'https://b.example:1/{id}'"),
                ("{'/w/{id}': 'https://b.example{id}'}", "cannot be 'https://b.example{id}'"),
                ("{'/w/{id}': 'javascript:{id}'}", "cannot be 'javascript:{id}'"),
                ("{7: 'https://b.example/'}", "cannot be 7"),
                ("{'/w/{id}': None}", "pages of a in EMBED_PROVIDERS is missing"),
            ]
        ],
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_provider(tmp_path: Path, text: str, expected: str) -> None:
    """Misspelt, missing and unsafe parts of the setting are problems at the provider's own line."""
    with pytest.raises(Problems) as found:
        load(tmp_path, f'SITEURL = "https://our.example/experts"\nEMBED_PROVIDERS = {{\n    {text},\n}}')
    [problem] = found.value.problems
    assert expected in problem.line_of_text()
    assert problem.line_of_text().startswith("pelicanconf.py:4:1: ")


def test_like_another_one(tmp_path: Path) -> None:
    """A site names instances as it likes, with what is known of their software."""
    text = 'EMBED_PROVIDERS = {"ours": {"like": "peertube", "title": "Our TV", "hosts": ["tv.example.org"]}}'
    found = load(tmp_path, text)
    assert found.frames == ("https://tv.example.org",)
    shown = player("https://tv.example.org/w/1", found.embeds)
    assert shown is not None
    assert (shown.title, shown.privacy) == ("Our TV", "https://tv.example.org/about/instance")

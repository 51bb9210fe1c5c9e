"""Players of other sites in a browser: nothing before the click, the player after it, a choice only where it was made.

The provider is a second server, reached under an invented name with a certificate of its own.
"""

import http.server
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from experts import hosting
from factory import Checkout
from factory import Site as Tiny
from playwright.sync_api import Browser, Page, expect
from screens.browser import FLAGS
from screens.host import Plain, served

pytestmark = pytest.mark.browser

HOST = "video.example.org"
FRAME = f"https://{HOST}/videos/embed/abc?p2p=0"
PLAYER = b"<!DOCTYPE html><title>Player</title><button>Play</button>"


class Guarded(Plain):
    """Serves the site with all its headers."""

    def end_headers(self) -> None:
        """Add them to each answer."""
        policy = hosting.policy((f"https://{HOST}",))
        headers = {**hosting.security(""), **hosting.isolation(), "Content-Security-Policy": policy}
        for name, value in headers.items():
            self.send_header(name, value)
        super().end_headers()


class World(NamedTuple):
    """The site, a browser in which the provider has its name, and what the provider was asked: path, referrer."""

    url: str
    browser: Browser
    asked: list[tuple[str, str]]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Return the provider's port and what it was asked."""
    folder, heard = tmp_path_factory.mktemp("provider"), []
    names = ["-subj", f"/CN={HOST}", "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names]
    subprocess.run(command, check=True, capture_output=True)

    class Provider(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            """Answer with a player."""
            heard.append((self.path, self.headers.get("Referer", "")))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(PLAYER)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, heard
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, checkout: Checkout) -> Path:
    """Return a built site with a video, the same one twice, and a link to a site that is no provider."""
    site = Tiny(tmp_path_factory.mktemp("embeds") / "site", checkout)
    site.settings(EMBED_PROVIDERS={"peertube": {"hosts": [HOST]}})
    site.story("film", kind="video", embed=f"https://{HOST}/w/abc", image=True)
    site.story("more", kind="video", embed=f"https://{HOST}/w/def")
    site.story("other", kind="video", embed="https://elsewhere.example/w/abc")
    site.built()
    return site.output


@pytest.fixture(scope="module")
def world(browser: Browser, chromium: str, folder: Path, asked: tuple[int, list[tuple[str, str]]]) -> Iterator[World]:
    """Return all three."""
    port, heard = asked
    rules = f"--host-resolver-rules=MAP {HOST}:443 127.0.0.1:{port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    own = browser.browser_type.launch(executable_path=chromium, args=[*FLAGS, rules])
    with served(folder, Guarded) as url:
        yield World(url, own, heard)
    own.close()


@pytest.fixture
def page(world: World) -> Iterator[Page]:
    """Return an empty page of somebody who was never here, on which nothing may be refused."""
    world.asked.clear()
    context = world.browser.new_context(ignore_https_errors=True, locale="de", reduced_motion="reduce")
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


def stored(page: Page) -> int:
    """How much the site has kept in the browser."""
    return int(page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length"))


def test_nothing_before_the_click_and_the_player_after_it(world: World, page: Page) -> None:
    """Until the button is pressed nothing is asked of others; then the player is there, has the focus, and nothing has moved."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{world.url}stories/film/", wait_until="networkidle")
    button = page.get_by_role("button", name=f"Video von {HOST} laden")
    expect(button).to_be_visible()
    assert [url for url in requests if not url.startswith(world.url)] == world.asked == []
    boxes = "() => [...document.querySelectorAll('.embed-stage, .embed-links, .prose')].map((box) => JSON.stringify(box.getBoundingClientRect()))"
    before = page.evaluate(boxes)
    button.click()
    player = page.frame_locator(".embed iframe")
    expect(player.get_by_role("button", name="Play")).to_be_visible()
    assert page.evaluate(boxes) == before
    frame = page.locator(".embed iframe")
    expect(frame).to_be_focused()
    given = {name: frame.get_attribute(name) for name in ("src", "title", "sandbox", "allow", "referrerpolicy")}
    assert given == {
        "src": FRAME,
        "title": f"Video von {HOST}: Story film",
        "sandbox": "allow-scripts allow-same-origin",
        "allow": "fullscreen; picture-in-picture",
        "referrerpolicy": "no-referrer",
    }
    assert world.asked[0] == ("/videos/embed/abc?p2p=0", "")
    expect(page.locator(".embed [role=status]")).to_have_text(f"Geladen: Video von {HOST}")
    assert stored(page) == 0


def test_once_is_once(world: World, page: Page) -> None:
    """What was loaded by a click alone can be closed, and next time there is the button again; nothing is kept."""
    page.goto(f"{world.url}stories/film/")
    page.locator(".embed-load").click()
    page.get_by_role("button", name="Wieder schließen").click()
    expect(page.locator(".embed iframe")).to_have_count(0)
    expect(page.locator(".embed-load")).to_be_focused()
    page.locator(".embed-load").click()
    page.reload()
    expect(page.locator(".embed-load")).to_be_visible()
    expect(page.locator(".embed iframe")).to_have_count(0)
    page.locator(".embed input").check()  # a tick alone loads and keeps nothing
    assert stored(page) == 0


def test_a_choice_is_kept_and_taken_back(world: World, page: Page) -> None:
    """Ticked, a provider is loaded by itself on all pages, which say so; stopped there or on the page of choices, nothing remains."""
    page.goto(f"{world.url}stories/film/")
    page.locator(".embed input").check()
    page.locator(".embed-load").click()
    expect(page.locator(".embed-always")).to_be_visible()
    assert stored(page) == 1
    page.goto(f"{world.url}en/stories/more/")
    expect(page.frame_locator(".embed iframe").get_by_role("button", name="Play")).to_be_visible()
    expect(page.locator(".embed iframe")).not_to_be_focused()
    expect(page.get_by_text(f"Content from {HOST} is always loaded on this site.")).to_be_visible()
    page.get_by_role("button", name="Stop this").click()
    expect(page.locator(".embed iframe")).to_have_count(0)
    assert stored(page) == 0
    page.locator(".embed input").check()
    page.locator(".embed-load").click()
    page.goto(f"{world.url}embeds/")
    page.locator(".embed-choices li", has_text=HOST).get_by_role("button").click()
    expect(page.locator(".embed-none")).to_be_visible()
    expect(page.locator(".embed-choices h2")).to_be_focused()
    assert stored(page) == 0


def test_by_keyboard(world: World, page: Page) -> None:
    """Tab leads to the button, Enter loads, Tab goes on into the player, and from behind it back to closing it."""
    page.goto(f"{world.url}stories/film/")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "embed-load":
            break
    page.keyboard.press("Enter")
    player = page.frame_locator(".embed iframe").get_by_role("button", name="Play")
    expect(player).to_be_visible()
    expect(page.locator(".embed [role=status]")).not_to_be_empty()  # from now on the frame has the focus for good
    page.keyboard.press("Tab")
    expect(player).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Wieder schließen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".embed-load")).to_be_focused()


def test_without_a_script(world: World) -> None:
    """There is the link with what it leads to, and neither a button nor a box that does nothing."""
    context = world.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{world.url}en/stories/more/")
    expect(page.get_by_role("link", name=f"Watch on {HOST}")).to_be_visible()
    expect(page.locator(".embed-plain")).to_contain_text(f"your browser connects to {HOST}")
    for hidden in (".embed-stage", ".embed-load", ".embed-tick", ".embed-once", ".embed-always"):
        expect(page.locator(hidden)).to_be_hidden()
    page.goto(f"{world.url}en/stories/film/")
    expect(page.locator(".embed-stage img")).to_be_visible()  # the story's own picture
    expect(page.locator(".embed-load")).to_be_hidden()
    context.close()


@pytest.mark.parametrize(
    "address", ["https://evil.example/videos/embed/abc", "http://video.example.org/", "javascript:alert(1)", "/", "x"]
)
def test_no_other_address_is_framed(world: World, page: Page, address: str) -> None:
    """An address that is not that of a provider gets no button, whatever the page says."""
    page.route("**/stories/more/", lambda route: _changed(route, address))
    page.goto(f"{world.url}stories/more/", wait_until="networkidle")
    expect(page.locator(".embed-load")).to_be_hidden()
    expect(page.locator("iframe")).to_have_count(0)


def _changed(route, address: str) -> None:  # type: ignore[no-untyped-def]
    answer = route.fetch()
    body = answer.text().replace(f"https://{HOST}/videos/embed/def?p2p=0", address)
    assert address in body
    route.fulfill(response=answer, body=body)


def test_the_policy_keeps_all_others_out(world: World) -> None:
    """The provider's frame is let in, and nobody else's."""
    context = world.browser.new_context(ignore_https_errors=True)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{world.url}stories/other/")
    expect(page.locator("main a[href^='https://elsewhere.example']")).to_have_count(1)
    add = "address => new Promise((done) => { const made = document.createElement('iframe'); made.onload = done; made.src = address; document.body.append(made) })"
    page.evaluate(add, FRAME)
    assert said == []
    page.evaluate(add, "https://evil.example/")
    assert any("frame-src" in line for line in said), said
    context.close()

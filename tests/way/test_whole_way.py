"""From the browser in which an employee edits to the page that visitors see, on real parts: the whole way of a change."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from admin.conftest import PACKAGES, strict
from admin.repositories import changed
from playwright.sync_api import Browser
from runners.forge import Pull
from runners.github import Job
from runners.world import World
from workflows.events import checked, logs, published, reviewed

from .people import PEOPLE, Hosting, world_with_editor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MARA, JONAS = PEOPLE
OLD, NEW, WRONG = "Was mara sagt", "Erklärt Wärmepumpen – auch im Altbau", "Was jemand anders über sie sagt"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Return a repository whose site has been published, with the web editor."""
    world = world_with_editor(tmp_path)
    assert PACKAGES.is_dir(), "not installed: start the tests with python3 tasks.py test"
    world.machine.editor = PACKAGES.resolve()
    jobs = published(world, "schedule")
    assert jobs["branch"].result == "success", logs(jobs)
    yield world
    world.forge.close()


def edited(world: World, browser: Browser, token: str, headline: str) -> Pull:
    """Edit the headline of Mara's profile in the published web editor; what is proposed by saving."""
    assert isinstance(world.forge, Hosting)
    login = PEOPLE[token]
    user = {"backendName": "github", "token": token, "login": login, "name": login}
    logged_in = f"localStorage.setItem('decap-cms-user', {json.dumps(json.dumps(user))})"
    with strict(browser) as open_editor:
        form = open_editor(f"{world.forge.url}/site/admin/", logged_in)
        form.open("profiles", "mara/profile")
        form.write("Überschrift", headline)
        form.save()
    return world.forge.proposed(token)


def page(world: World, path: str) -> str:
    """What a visitor gets."""
    with urllib.request.urlopen(f"{world.forge.url}/site/{path}", timeout=10) as answer:
        return str(answer.read().decode("utf-8"))


def results(jobs: dict[str, Job]) -> dict[str, str]:
    """Return how the jobs ended."""
    return {name: job.result for name, job in jobs.items()}


def test_from_the_editor_to_the_served_page(world: World, browser: Browser) -> None:
    """Who edits herself is live without anybody's yes; who edits somebody else is stopped at the gate, and told so."""
    assert OLD in page(world, "experts/mara/")
    pull = edited(world, browser, MARA, NEW)
    lines = {"+++ b/profiles/mara/profile.md", f"-headline: {OLD}", f"+headline: {NEW}"}
    assert set(changed(world.forge.origin, pull.sha)) == lines

    check = checked(world, pull)
    assert results(check) == {"check": "success", "test": "skipped"}, logs(check)
    before = world.forge.sha()
    review = reviewed(world, pull, check)
    assert results(review) == dict.fromkeys(("judge", "comment", "merge"), "success"), logs(review)
    (comment,) = world.forge.comments[pull.number]
    assert NEW in comment["body"].replace("**", "").replace("\\", "")

    live = published(world, "push", before)
    assert live["branch"].result == "success", logs(live)
    assert live["build"].steps["restored .cache"].startswith("made-")
    assert NEW in page(world, "experts/mara/")
    assert OLD not in page(world, "experts/mara/")

    other = edited(world, browser, JONAS, WRONG)
    check = checked(world, other)
    review = reviewed(world, other, check)
    assert results(review) == {"judge": "success", "comment": "success", "merge": "skipped"}, logs(review)
    assert review["judge"].outputs["verdict"] == "review"
    (comment,) = world.forge.comments[other.number]
    assert "mara-l" in comment["body"].replace("\\", "").replace("\u200b", "").replace("&#8203;", "")
    assert WRONG.encode() not in (world.forge.show("main", "profiles/mara/profile.md") or b"")

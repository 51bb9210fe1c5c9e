"""The web editor in a browser, as a person uses it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page


class Editor:
    """The web editor on a page; labels are those of the forms."""

    def __init__(self, page: Page, url: str) -> None:
        """Open it, with its lists."""
        self.page, self.url = page, url
        self.asked = 0  # requests without an answer yet
        page.on("request", lambda _: self.count(1))
        page.on("requestfinished", lambda _: self.count(-1))
        page.on("requestfailed", lambda _: self.count(-1))
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(url)
        page.get_by_role("heading", name="Inhalte").or_(page.get_by_role("heading", name="Collections")).wait_for()

    def rows(self, collection: str) -> list[str]:
        """What the list of a collection shows."""
        self.go(f"collections/{collection}")
        links = self.page.locator("main ul a[href*='/entries/'], ul a[href*='/entries/']")
        links.first.wait_for()
        return sorted(links.all_inner_texts())

    def go(self, path: str) -> None:
        """Go to a place in the editor."""
        self.page.evaluate("path => { location.hash = '#/' + path; }", path)
        self.settle()

    def count(self, change: int) -> None:
        """Count a request, or an answer."""
        self.asked += change

    def settle(self) -> None:
        """Wait until nothing is asked any more: after a save the editor goes to the saved entry by itself."""
        quiet = 0
        for _ in range(200):
            self.page.wait_for_timeout(50)
            quiet = 0 if self.asked else quiet + 1
            if quiet == 6:
                return

    def open(self, collection: str, entry: str) -> None:
        """Open an entry from its list, as a person does."""
        self.rows(collection)
        self.go(f"collections/{collection}/entries/{entry}")
        self.page.get_by_text("Änderungen gespeichert").wait_for(state="attached")
        self.settle()

    def field(self, label: str) -> Locator:
        """The input of a field, with or without (optional) behind its label."""
        return self.page.get_by_label(re.compile(rf"^{re.escape(label)}( \(optional\))?$")).first

    def write(self, label: str, text: str) -> None:
        """Write a text into a field, which loses what is selected in it when it gets the focus."""
        self.field(label).click()
        self.field(label).fill(text)

    def choose(self, label: str, option: str) -> None:
        """Choose an option of a field by typing it."""
        self.field(label).click()
        self.field(label).press_sequentially(option)
        self.page.get_by_text(option, exact=True).last.click()

    def save(self) -> None:
        """Save, and wait until it is done."""
        self.page.get_by_role("button", name="Speichern").click()
        self.page.get_by_text("Änderungen gespeichert").wait_for()
        self.page.get_by_role("button", name="Status: Entwurf").wait_for()
        self.settle()

    def unfold(self, label: str) -> None:
        """Open a group of fields."""
        group = self.page.locator(f"[class*=ControlContainer]:has(> * label:text-is('{label}'))").last
        group.get_by_role("button").first.click()

    def upload(self, file: Path) -> None:
        """Choose a picture from this machine, for the only field of this kind that is shown."""
        self.page.get_by_role("button", name="Bild wählen").click()
        self.page.locator("input[type=file]").last.set_input_files(file)
        self.page.get_by_text(file.stem.lower().replace(" ", "-")).first.wait_for()
        self.page.get_by_role("button", name="Ausgewähltes Element verwenden").click()

    def publish(self) -> None:
        """Set the entry's status to ready, and publish it."""
        self.page.get_by_role("button", name="Status: Entwurf").click()
        self.page.get_by_text("Bereit", exact=True).click()
        self.page.get_by_role("button", name="Status: Bereit").wait_for()
        self.settle()
        self.page.get_by_role("button", name="Veröffentlichen").click()
        self.page.get_by_text("Jetzt veröffentlichen").click()
        self.page.get_by_text("Eintrag veröffentlicht").wait_for()

    @property
    def unsaved(self) -> bool:
        """Whether there are changes that are not saved."""
        return self.page.get_by_text("Ungespeicherte Änderungen").count() > 0

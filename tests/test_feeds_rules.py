"""The rules for feeds find what they are there to find."""

from __future__ import annotations

import pytest
from feeds import rules

ADDRESS, TODAY = "https://x.example/atom.xml", "2026-11-23"
GOOD = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
<title>Feed</title>
<id>tag:x.example,2026:feed/00112233445566778899</id>
<updated>2026-10-01T00:00:00.5+02:00</updated>
<author><name>Mara</name><uri>https://x.example/mara/</uri></author>
<link rel="self" href="https://x.example/atom.xml" type="application/atom+xml"/>
<link rel="alternate" href="https://x.example/" type="text/html" hreflang="de"/>
<entry xml:lang="de">
<id>tag:x.example,2026:story/00112233445566778899</id>
<published>2026-10-01T00:00:00+02:00</published>
<updated>2026-10-01T00:00:00.5+02:00</updated>
<title>Story</title>
<author><name>Mara</name></author>
<link rel="alternate" href="https://x.example/s/" type="text/html" hreflang="de"/>
<category term="heat" scheme="https://x.example/topics/" label="Heat"/>
<content type="html">&lt;p&gt;A &lt;a href="https://x.example/"&gt;link&lt;/a&gt;&lt;/p&gt;</content>
</entry>
</feed>
"""


def test_a_good_feed() -> None:
    """A feed without a mistake passes."""
    assert rules.of_atom(GOOD.encode(), ADDRESS, TODAY) == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("</entry>", "", "SAXError"),
        ("<title>Feed</title>\n", "", "grammar"),
        ("<title>Feed</title>", "<title></title>", "NotBlank"),
        ("<title>Feed</title>", "<title>a &lt;/b&gt;</title>", "ContainsHTML"),
        ("<title>Feed</title>", "<title>a &amp;amp; b</title>", "ContainsHTML"),
        ("<title>Feed</title>", "<title>a\x85</title>", "BadCharacters"),
        ("<title>Feed</title>", "<title>schÃ¶n</title>", "BadCharacters"),
        ("<title>Feed</title>", "<title>Feed</title><x xmlns='https://y.example/'/>", "UndefinedElement"),
        ("tag:x.example,2026:feed/00112233445566778899", "https://x.example/", "InvalidTAG"),
        ("tag:x.example,2026:feed/", "tag:x.example,2026:story/", "duplicate id"),
        ('rel="self"', 'rel="start"', "MissingSelf"),
        ("https://x.example/atom.xml", "https://y.example/atom.xml", "MissingSelf"),
        ('rel="alternate" href="https://x.example/s/"', 'rel="first" href="https://x.example/s/"', "UnregisteredAtomLinkRel"),
        ('rel="alternate" href="https://x.example/s/"', 'rel="current" href="https://x.example/s/"', "UnregisteredAtomLinkRel"),
        ('href="https://x.example/s/"', 'href="/s/"', "InvalidIRI"),
        ('href="https://x.example/s/"', 'href="https://x.example/ä"', "InvalidIRI"),
        ("<uri>https://x.example/mara/</uri>", "<uri>/mara/</uri>", "InvalidFullLink"),
        ('hreflang="de"/>\n<entry', 'hreflang="qq"/>\n<entry', "InvalidLanguage"),
        ('<entry xml:lang="de">', "<entry>", "InvalidLanguage"),
        ("<published>2026-10-01T00:00:00+02:00", "<published>2026-10-01", "InvalidRFC3339Date"),
        ("<published>2026-10-01T00:00:00+02:00", "<published>1989-10-01T00:00:00+02:00", "ImplausibleDate"),
        ("<published>2026-10-01", "<published>2026-10-02", "before"),
        ("<updated>2026-10-01T00:00:00.5+02:00</updated>\n<author", "<updated>2026-11-01T00:00:00+01:00</updated>\n<author", "newest"),
        ("</entry>\n</feed>", "</entry>\n<icon>https://x.example/i.png</icon></feed>", "MisplacedMetadata"),
        ('<author><name>Mara</name><uri>https://x.example/mara/</uri></author>\n', "", "MissingElement author"),
        ("&lt;p&gt;A ", "&lt;p&gt;A &lt;/i&gt;", "NotHtml"),
        ("&lt;p&gt;A ", "&lt;p&gt;A &lt;iframe&gt;&lt;/iframe&gt;", "SecurityRisk"),
        ("&lt;p&gt;A ", "&lt;p onclick=\"x\"&gt;A ", "SecurityRiskAttr"),
        ('a href="https://x.example/"', 'a href="#t-fn"', "ContainsRelRef"),
        ('a href="https://x.example/"', 'a href="expert:mara"', "a name without an address"),
        ("<category", "<link rel='enclosure' href='https://x.example/i.png'/><category", "enclosure"),
    ],
)  # fmt: skip
def test_a_bad_feed(old: str, new: str, complaint: str) -> None:
    """Each mistake is found, under the validator's name for it."""
    assert old in GOOD
    assert complaint in " ".join(rules.of_atom(GOOD.replace(old, new, 1).encode(), ADDRESS, TODAY))


def test_two_entries_of_one_moment() -> None:
    """Two entries with one name or one date are found."""
    entry = GOOD[GOOD.index("<entry") : GOOD.index("</feed>")]
    found = rules.of_atom(GOOD.replace("</feed>", entry + "</feed>").encode(), ADDRESS, TODAY)
    assert [one.rpartition(" ")[0] for one in found] == ["duplicate id", "duplicate updated"]


def test_an_archive_without_a_way_back() -> None:
    """An archive document that does not lead to the present is found."""
    archive = '<archive xmlns="http://purl.org/syndication/history/1.0"/><author>'
    assert "MissingCurrentInArchive" in rules.of_atom(GOOD.replace("<author>", archive, 1).encode(), ADDRESS, TODAY)

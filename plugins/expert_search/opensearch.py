"""OpenSearch 1.1 description documents: with them a browser offers the site's search in its address bar.

https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from experts import urls
from experts.output import Output
from experts.site import Site

PATH = "search/opensearch.xml"
SHORT, LONG, TEXT = 16, 48, 1024  # the most characters that the specification allows


def description(site: Site, lang: str) -> Output:
    """The description document of the search in a language; the site must have an address."""
    name = site.settings.name
    text = site.catalogue(lang).gettext("Find experts: {name}").replace("{name}", name)
    address = site.absolute(site.url("search/", lang))
    own = site.absolute(site.url(PATH, lang))
    icon = site.absolute(site.file(site.look.view.icon))
    path = urls.localised(PATH, lang, site.default_lang)
    return site.text(path, document, name, text, lang, address, own, icon)


def document(name: str, text: str, lang: str, address: str, own: str, icon: str) -> str:
    """A description document; `address` is the search page's, to which the query is added."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(cut(name, SHORT))}</ShortName>\n"
        f"<LongName>{escape(cut(name, LONG))}</LongName>\n"
        f"<Description>{escape(cut(text, TEXT))}</Description>\n"
        f'<Url type="text/html" method="get" template={quoteattr(address + "?q={searchTerms}")}/>\n'
        f'<Url type="application/opensearchdescription+xml" rel="self" template={quoteattr(own)}/>\n'
        f'<Image type="image/svg+xml">{escape(icon)}</Image>\n'
        f"<Language>{escape(lang)}</Language>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        "<OutputEncoding>UTF-8</OutputEncoding>\n"
        "</OpenSearchDescription>\n"
    )


def cut(text: str, most: int) -> str:
    """A text of at most `most` characters: whole words, without what would dangle behind them."""
    if len(text) <= most:
        return text
    words = text[: most + 1].rpartition(" ")[0] or text[:most]
    return words.rstrip(" –—-,:;·|(&/")

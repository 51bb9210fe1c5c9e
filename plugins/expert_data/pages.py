"""Pages, the way to them, the site that they are a part of, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from expert_data.here import Here
from expert_data.nodes import Node, node, see


def web_page(kind: str, here: Here, name: str, way: Iterable[tuple[str, str]] = (), /, **more: Any) -> list[Node]:
    """The page, of a type, and its breadcrumbs: the `way` that it shows, pairs of path and text, and at their end itself."""
    steps = [
        {"@type": "ListItem", "position": number, "name": text, "item": here.local + path}
        for number, (path, text) in enumerate(way, 1)
    ]
    crumbs = here.own + "#breadcrumb"
    whole = {"@type": "WebSite", "@id": here.website, "name": here.site.settings.name, "url": here.top}
    page = node(
        kind,
        here.own,
        url=here.own,
        name=name,
        inLanguage=here.lang,
        isPartOf=whole,
        breadcrumb=see(crumbs) if steps else None,
        **more,
    )
    if not steps:
        return [page]
    steps.append({"@type": "ListItem", "position": len(steps) + 1, "name": name})
    return [page, node("BreadcrumbList", crumbs, itemListElement=steps)]


def organization(here: Here) -> Node:
    """The organisation."""
    about = here.site.settings.organisation
    logo = about["logo"] and here.site.address(about["logo"])
    return node("Organization", here.organization, name=about["name"], url=about["url"] or here.top, logo=logo)


def page(here: Here, inputs: Mapping[str, Any]) -> list[Node]:
    """An ordinary page."""
    return web_page("WebPage", here, inputs["title"].text, description=inputs["summary"])


def home(here: Here, _inputs: Mapping[str, Any]) -> list[Node]:
    """The home page: the site, whose it is, and how to search it."""
    name, about = here.site.settings.name, see(here.organization)
    whole = node(
        "WebSite",
        here.website,
        name=name,
        url=here.top,
        inLanguage=list(here.site.languages),
        publisher=about,
        potentialAction=_search(here) if "expert_search" in here.site.settings.plugins else None,
    )
    return [*web_page("WebPage", here, name, about=about), whole, organization(here)]


def _search(here: Here) -> Node:
    """How to search; https://schema.org/docs/actions.html has the annotation of the input."""
    target = node("EntryPoint", urlTemplate=here.local + "search/?q={query}")
    return {"@type": "SearchAction", "target": target, "query-input": "required name=query"}

"""The description of the API for programs (OpenAPI 3.1)."""

from __future__ import annotations

import json
from typing import Any

from expert_api import addresses, entry
from expert_api.kinds import KINDS, Kind
from experts import absolute
from experts.site import Site

NOT_FOUND = "There is no such file; what was there before has been withdrawn"


def file(site: Site, examples: tuple[str, ...]) -> str:
    """The description; `examples` is the short name of a record of each kind, "" where there is none."""
    paths = {f"/{entry.FILE}": {"get": _get("getIndex", entry.SHAPE["description"], entry.NAME)}}
    for kind, slug in zip(KINDS, examples, strict=True):
        paths |= _paths(kind, slug)
    return json.dumps({"openapi": "3.1.1", **_head(site), "paths": paths}, ensure_ascii=False, indent=1) + "\n"


def _head(site: Site) -> dict[str, Any]:
    settings = site.settings
    press = settings.press_office
    contact = {"name": press["name"], "email": press["email"], "url": addresses.at(site, entry.PAGE, site.default_lang)}
    name, url = settings.data_licence["name"], absolute.uri(settings.data_licence["url"])
    licence = {"name": name or url, "url": url}
    about = {
        "title": settings.name,
        "version": entry.VERSION,
        "description": "Experts, and what they know. Files, read only.",
    }
    info = {**about, "contact": _given(contact), "license": _given(licence) if licence["name"] else {}}
    return {
        "info": _given(info),
        "servers": [{"url": addresses.at(site, "").rstrip("/")}],
        "externalDocs": {"url": contact["url"]},
        "tags": [{"name": kind.folder, "description": kind.all} for kind in KINDS],
    }


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def _paths(kind: Kind, slug: str) -> dict[str, Any]:
    name = kind.name.title()
    listed = f"/{addresses.FOLDER}{kind.folder}"
    number = {"type": "integer", "minimum": 1}
    return {
        f"{listed}.json": {"get": _get(f"list{name}", kind.all, kind.folder, kind)},
        f"{listed}-{{part}}.json": {
            "get": _get(f"list{name}Part", f"{kind.all}: a further part", kind.folder, kind, _parameter("part", number))
        },
        f"{listed}/{{slug}}.json": {
            "get": _get(f"get{name}", kind.one, kind.name, kind, _parameter("slug", {"type": "string"}, slug))
        },
    }


def _parameter(name: str, shape: dict[str, Any], example: str = "") -> dict[str, Any]:
    parameter = {"name": name, "in": "path", "required": True, "schema": shape}
    return {**parameter, "example": example} if example else parameter


def _get(name: str, summary: str, schema: str, kind: Kind | None = None, *parameters: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"schemas/{schema}.json"}}}
    return {
        "operationId": name,
        "summary": summary,
        **({"tags": [kind.folder]} if kind else {}),
        **({"parameters": list(parameters)} if parameters else {}),
        "responses": {
            "200": {"description": summary, "content": content},
            **({"404": {"description": NOT_FOUND}} if parameters else {}),
        },
    }

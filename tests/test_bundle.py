"""Bundles of scripts: one file for each entry, with what it imports, and clear words where that is not possible."""

import subprocess
from pathlib import Path

import pytest

from experts import bundle
from experts.problems import Problems

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"


def write(folder: Path, **files: str) -> str:
    """Write scripts (``a__b`` is ``a/b.js``); return their folder."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".js")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return str(folder)


def test_modules_stand_before_those_that_import_them(tmp_path: Path) -> None:
    """A bundle holds every module once, in an order in which it runs, and no import of them."""
    folder = write(
        tmp_path,
        main='import { b } from "./in/b.js";\nimport { a } from "./in/a.js";\nglobalThis.told = a + b;\n',
        in__a='export const a = "A";\n',
        in__b='import { a } from "./a.js";\nexport const b = a + "B";\n',
    )
    found = bundle.scripts(folder, str(MODULES))
    assert list(found) == ["main.js"]
    text = found["main.js"].text
    assert "import" not in text
    done = subprocess.run(
        ["node", "--input-type=module", "-e", f"{text};console.log(told)"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "AAB\n"


def test_what_is_imported_dynamically_stays_a_file_of_its_own(tmp_path: Path) -> None:
    """``import("./x.js")`` names the file by its content, so that a change of it changes the name of both."""
    folder = write(tmp_path, main='globalThis.later = () => import("./later.js");\n', later="export const z = 1;\n")
    before = bundle.scripts(folder, str(MODULES))
    assert f'import("./{before["later.js"].name}")' in before["main.js"].text
    assert f'"{before["later.js"].integrity}"' in before["main.js"].text
    assert "export" in before["later.js"].text
    write(tmp_path, later="export const z = 2;\n")
    after = bundle.scripts(folder, str(MODULES))
    assert {script.name for script in before.values()} & {script.name for script in after.values()} == set()


def test_lunr_comes_without_what_no_visitor_needs(tmp_path: Path) -> None:
    """The package's query code is there, its index builder and stemmer are not, its licence is named."""
    folder = write(tmp_path, main='import { lunr } from "lunr";\nglobalThis.l = lunr;\n')
    text = bundle.scripts(folder, str(MODULES))["main.js"].text
    assert "MIT" in text
    code = f"{text};console.log(Object.keys(l).sort().join())"
    done = subprocess.run(["node", "-e", code], capture_output=True, text=True, check=True)
    assert done.stdout == "FieldRef,Index,MatchData,Query,Set,TokenSet,Vector,utils\n"


@pytest.mark.parametrize(
    ("files", "message", "place"),
    [
        ({"main": 'const a = 1;\nimport { x } from "./x.js";\n'}, "Could not resolve", ("main.js", 2, 19)),
        ({"main": 'import "./in/a.js";\n', "in__a": "const a = ;\n"}, "Unexpected", ("in/a.js", 1, 11)),
        ({"main": 'import("./other.js");\n', "other": 'import("./main.js");\n'}, "main.js", ("main.js", 0, 1)),
    ],
)
def test_what_cannot_be_bundled_is_said(
    tmp_path: Path, files: dict[str, str], message: str, place: tuple[str, int, int]
) -> None:
    """A problem names the script, the line and the column."""
    with pytest.raises(Problems) as caught:
        bundle.scripts(write(tmp_path, **files), str(MODULES))
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.column) == (f"theme/static/js/{place[0]}", *place[1:])
    assert message in str(problem.values)


def test_bundles_are_kept_until_a_script_changes(tmp_path: Path) -> None:
    """What was bundled once comes from the cache, byte for byte; a change anywhere is seen."""
    folder = write(
        tmp_path / "js", main='import { a } from "./in/a.js";\nglobalThis.a = a;\n', in__a="export const a = 1;\n"
    )
    before = bundle.scripts(folder, str(MODULES), str(tmp_path / "cache"))
    assert bundle.scripts(folder, str(MODULES), str(tmp_path / "cache")) == before
    write(tmp_path / "js", in__a="export const a = 2;\n")
    assert bundle.scripts(folder, str(MODULES), str(tmp_path / "cache")) != before


def test_a_package_that_is_not_installed_is_said(tmp_path: Path) -> None:
    """Without node_modules a problem says how to get it."""
    folder = write(tmp_path, main='import { lunr } from "lunr";\n')
    with pytest.raises(Problems) as caught:
        bundle.scripts(folder, str(tmp_path / "none"))
    assert "installs" in caught.value.problems[0].hint


def test_a_style_sheet_is_made_smaller_and_not_older() -> None:
    """What browsers do not need goes; layers, nesting, light-dark(), logical properties and new at-rules stay as they are."""
    sheet = (
        b"/* why */\n@layer a, b;\n@layer a {\n  .x { color: light-dark(#ffffff, #000000); inset-inline: 0; &:hover { margin-block: 1px; } }\n}\n"
        b"@view-transition { navigation: auto; }\n@media (min-width: 40rem) { .y { grid-template: 'a b' auto / 1fr 2fr; } }\n"
    )
    small = bundle.minified(sheet, str(MODULES)).decode()
    assert "why" not in small
    assert len(small) < 0.85 * len(sheet)
    for kept in (
        "@layer a,b;",
        "light-dark(",
        "inset-inline:0",
        "&:hover{",
        "@view-transition{navigation:auto}",
        "min-width",
    ):
        assert kept in small, kept

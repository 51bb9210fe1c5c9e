"""Lists of people as other programs export them, CSV or JSON, to rows of plain texts.

A cell is text whatever it looks like: a number, a date, a formula.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any, NamedTuple

from experts.problems import Problem, Problems

MAX_FILE = 20 << 20  # bytes
MAX_ROWS = 20_000
MAX_COLUMNS = 300
MAX_CELL = 20_000  # characters
MAX_DEPTH = 6
DELIMITERS = (";", ",", "\t", "|")

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Row(NamedTuple):
    """A row: its number as a spreadsheet counts (the names of the columns are row 1), and its cells that are not empty.  Lines of a cell are divided by LF."""

    number: int
    cells: dict[str, tuple[str, ...]]  # one text, or several where the source has a list


class Table(NamedTuple):
    """The names of the columns, in order, the rows, and what whoever exported the file should know."""

    columns: tuple[str, ...]
    rows: list[Row]
    notices: list[Problem]


def read(path: str, kind: str, data: bytes) -> Table:
    """The table in a file of a `kind` ("csv" or "json"); Problems if there is none."""
    if len(data) > MAX_FILE:
        values = {"size": len(data) // 1024, "limit": MAX_FILE // 1024}
        raise Problems([Problem(path, 0, 0, "file-size", "the file has {size} KiB", "at most {limit} KiB", values)])
    text, notices = decoded(path, data)
    table = (_csv if kind == "csv" else _json)(path, text)
    if len(table.rows) > MAX_ROWS or len(table.columns) > MAX_COLUMNS:
        values = {"rows": len(table.rows), "columns": len(table.columns), "most": MAX_ROWS, "wide": MAX_COLUMNS}
        message, hint = (
            "the file has {rows} rows and {columns} columns",
            "at most {most} rows and {wide} columns; split it",
        )
        raise Problems([Problem(path, 0, 0, "file-size", message, hint, values)])
    return table._replace(notices=notices + table.notices)


def decoded(path: str, data: bytes) -> tuple[str, list[Problem]]:
    """The text of a file: UTF-8 or UTF-16 with its mark, else UTF-8, else Windows-1252 with a notice."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), []
        except UnicodeDecodeError:
            raise Problems([_no_text(path)]) from None
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise Problems([_no_text(path)]) from None
    message = "the file is not UTF-8 and was read as Windows-1252 (Western Europe)"
    hint = "look whether ä, é and ß are right; better, save it as CSV UTF-8"
    return text, [Problem(path, 0, 0, "encoding", message, hint)]


def _no_text(path: str) -> Problem:
    return Problem(path, 0, 0, "encoding", "the file is not UTF-8", "save it with the encoding UTF-8")


def clean(text: str) -> str:
    """A cell without needless spaces and without characters that no text has; its line breaks stay."""
    lines = _SURROGATE.sub("\ufffd", text).splitlines()
    return "\n".join(filter(None, [" ".join(_CONTROL.sub(" ", line).split()) for line in lines]))


def _name(text: str) -> str:
    """The name of a column, on one line."""
    return " ".join(clean(text).split())


# -- CSV (RFC 4180, and what spreadsheets make of it) ---------------------------------------------------------------


def _csv(path: str, text: str) -> Table:
    told = re.match(r'"?sep=(.)"?\r?\n', text)
    if told:
        text = text[told.end() :]
    records = _records(path, text, told[1] if told else delimiter(text))
    if not records:
        raise Problems(
            [Problem(path, 0, 0, "no-table", "there is no row in the file", "its first row names the columns")]
        )
    columns = tuple([_name(cell) for cell in records[0]])
    twice = next((name for index, name in enumerate(columns) if name and name in columns[:index]), "")
    if twice:
        message, hint = "two columns are called {value}", "give each a name of its own"
        raise Problems([Problem(path, 1, 1, "column", message, hint, {"value": twice})])
    rows, notices = [], []
    for number, record in enumerate(records[1:], 2):
        if any(cell.strip() for cell in record[len(columns) :]):
            message, hint = (
                "row {row} has more cells than there are columns",
                "put a text with the delimiter in it into quotes",
            )
            notices.append(Problem(path, 0, 0, "cells", message, hint, {"row": number}))
        elif any(cell.strip() for cell in record):
            pairs = zip(columns, map(clean, record), strict=False)
            rows.append(Row(number, {name: (cell,) for name, cell in pairs if name and cell}))
    return Table(tuple(filter(None, columns)), rows, notices)


def delimiter(text: str) -> str:
    """The delimiter with which the first rows all have the most cells."""

    def cells(candidate: str) -> int:
        reader = csv.reader(io.StringIO(text[:50_000], newline=""), delimiter=candidate)
        counts = []
        try:
            for record in reader:
                if record:
                    counts.append(len(record))
                if len(counts) == 20:
                    break
        except csv.Error:
            pass
        return min(counts[:-1] or counts or [0])  # the last one may be cut off

    return max(DELIMITERS, key=cells)


def _records(path: str, text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records = []
    try:
        for record in reader:
            if any(len(cell) > MAX_CELL for cell in record):
                message, hint = "a cell has more than {limit} characters", "is a quotation mark missing?"
                raise Problems([Problem(path, reader.line_num, 1, "cells", message, hint, {"limit": MAX_CELL})])
            records.append(record)
            if len(records) > MAX_ROWS + 1:
                break
    except csv.Error:
        message, hint = (
            "this is not CSV",
            'a text in "quotes" ends with one; a quotation mark inside it is written twice',
        )
        raise Problems([Problem(path, reader.line_num, 1, "no-table", message, hint)]) from None
    return records


# -- JSON -----------------------------------------------------------------------------------------------------------


def _json(path: str, text: str) -> Table:
    try:
        found = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        values = {"why": error.msg}
        raise Problems(
            [Problem(path, error.lineno, error.colno, "no-table", "this is not JSON: {why}", "", values)]
        ) from None
    except RecursionError:
        raise Problems([_deep(path)]) from None
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        message, hint = "this is not a list of objects", 'write [{{"name": "…"}}, …], one object for each person'
        raise Problems([Problem(path, 1, 1, "no-table", message, hint)])
    columns: dict[str, None] = {}
    rows = []
    for number, item in enumerate(found, 1):
        cells: dict[str, tuple[str, ...]] = {}
        _flatten(path, item, "", cells, columns, 0)
        if cells:
            rows.append(Row(number, cells))
    return Table(tuple(columns), rows, [])


def _flatten(
    path: str,
    item: dict[str, Any],
    prefix: str,
    cells: dict[str, tuple[str, ...]],
    columns: dict[str, None],
    depth: int,
) -> None:
    """The values of an object, those of inner objects by dotted names."""
    if depth > MAX_DEPTH:
        raise Problems([_deep(path)])
    for key, value in item.items():
        name = _name(prefix + key)
        if isinstance(value, dict):
            _flatten(path, value, f"{name}.", cells, columns, depth + 1)
            continue
        columns[name] = None
        texts = [clean(_text(each)[:MAX_CELL]) for each in (value if isinstance(value, list) else [value])]
        if any(texts):
            cells[name] = tuple(filter(None, texts))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)


def _deep(path: str) -> Problem:
    return Problem(path, 0, 0, "no-table", "the objects are nested too deeply", "at most {n} levels", {"n": MAX_DEPTH})

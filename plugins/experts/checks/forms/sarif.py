"""Findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020), which code scanning and many editors read."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from experts.checks.reasons import why
from experts.checks.report import Remark, Report, fingerprints

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def content(report: Report, prefix: str = "") -> dict[str, Any]:
    """The findings as JSON types. `prefix` leads from the top of the repository to the site."""
    remarks = report.for_forge()
    codes = sorted({remark.code: remark.blocks for remark in remarks}.items())
    numbers = {code: number for number, (code, _) in enumerate(codes)}
    driver = {"name": "Our Experts", "rules": [_rule(code, blocks, report) for code, blocks in codes]}
    results = [
        _result(remark, numbers[remark.code], prefix, mark)
        for remark, mark in zip(remarks, fingerprints(remarks), strict=True)
    ]
    run = {
        "tool": {"driver": driver},
        "language": report.lang,
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, blocks: bool, report: Report) -> dict[str, Any]:
    words = report.words.gettext(why(code)) if why(code) else code
    rule = {
        "id": code,
        "shortDescription": {"text": code},
        "fullDescription": {"text": words},
        "help": {"text": words},
        "defaultConfiguration": {"level": "error" if blocks else "note"},
    }
    address = report.help(code)
    return {**rule, "helpUri": address} if address else rule


def _result(remark: Remark, number: int, prefix: str, fingerprint: str) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(prefix + remark.path), "uriBaseId": "%SRCROOT%"}}
    if remark.line:
        place["region"] = {"startLine": remark.line, "startColumn": remark.column}
    return {
        "ruleId": remark.code,
        "ruleIndex": number,
        "level": "error" if remark.blocks else "note",
        "message": {"text": remark.sentence},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"remark/v1": fingerprint},
    }


def _uri(path: str) -> str:
    """A path as a relative reference (RFC 3986); a name that is no UTF-8 keeps its bytes."""
    return quote(path.encode("utf-8", "surrogateescape"))

"""Findings as a Code Quality report of GitLab ("Code Quality report format" in its documentation)."""

from __future__ import annotations

from typing import Any

from experts.checks.report import Remark, Report, fingerprints


def content(report: Report, prefix: str = "") -> list[dict[str, Any]]:
    """The findings as JSON types. `prefix` leads from the top of the repository to the site."""
    remarks = report.for_forge()
    return [_issue(remark, prefix, mark) for remark, mark in zip(remarks, fingerprints(remarks), strict=True)]


def _issue(remark: Remark, prefix: str, fingerprint: str) -> dict[str, Any]:
    return {
        "description": " – ".join(filter(None, [remark.sentence, remark.why])),
        "check_name": remark.code,
        "fingerprint": fingerprint,
        "severity": "major" if remark.blocks else "info",
        "location": {"path": prefix + remark.path, "lines": {"begin": remark.line or 1}},
    }

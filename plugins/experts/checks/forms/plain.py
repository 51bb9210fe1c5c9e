"""Findings as JSON: for programs, and for the other commands."""

from __future__ import annotations

from typing import Any

from experts.checks.report import Report


def content(report: Report) -> dict[str, Any]:
    """The findings as JSON types."""
    translate = report.words.gettext
    return {
        "ok": not report.problems,
        "problems": [remark.as_dict() for remark in report.problems],
        "hints": [remark.as_dict() for remark in report.hints],
        "hidden": [{"path": path, "reason": reason} for path, reason in report.hidden],
        "profiles": [profile.as_dict(translate) for profile in report.profiles],
        "changed": list(report.changed or ()),
    }

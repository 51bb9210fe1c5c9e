"""Findings as workflow commands of GitHub, which shows them at their lines of a pull request.

The format and its escaping: "Workflow commands for GitHub Actions" in GitHub's documentation.  Forgejo's runner reads them too.
"""

from __future__ import annotations

from experts.checks.report import Remark, Report


def written(report: Report, prefix: str = "") -> str:
    """A line for each problem (an error) and hint (a notice), then how many there are.

    `prefix` leads from the top of the repository to the site.  GitHub shows the first ten of each, hence no hints
    for what was not changed where somebody asked for changes.
    """
    hints = [hint for hint in report.hints if hint.changed or report.changed is None]
    lines = [_command(remark, prefix) for remark in (*report.problems, *hints)]
    return "\n".join([*lines, report.total(), ""])


def _command(remark: Remark, prefix: str) -> str:
    places = {"file": prefix + remark.path, "line": str(remark.line or 1), "col": str(remark.column or 1)}
    properties = ",".join([f"{name}={_property(value)}" for name, value in {**places, "title": remark.code}.items()])
    text = f"{remark.sentence}\n{remark.why}" if remark.why else remark.sentence
    return f"::{'error' if remark.blocks else 'notice'} {properties}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

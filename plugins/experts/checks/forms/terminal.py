"""Findings as lines for a terminal: why something matters is told once for each kind, so that many lines stay readable."""

from __future__ import annotations

from collections.abc import Iterator

from experts.checks.report import Remark, Report
from experts.problems import visible

SHOWN = 10  # hints of one kind


def written(report: Report, all_profiles: bool = False) -> str:
    """Problems, hints, what is not shown, how complete profiles are, and one closing line."""
    _ = report.words.gettext
    told: set[str] = set()
    if report.changed is None:
        lines = [*_told(report.problems, told, report), *_hints(report.hints, told, report)]
    else:
        near, far = _parted(report.problems)
        lines = [*_headed(_("In what you changed:"), _told(near, told, report))]
        lines += _hints([hint for hint in report.hints if hint.changed], told, report)
        lines += _headed(_("In other files:"), _told(far, told, report))
    lines += [f"{visible(path)}: {_('not shown')}: {reason}" for path, reason in report.hidden]
    profiles = report.profiles if all_profiles else report.profiles_changed()
    lines += [visible(profile.name) + report.complete(profile) for profile in profiles]
    return "\n".join([*lines, report.total(), ""])


def _parted(remarks: list[Remark]) -> tuple[list[Remark], list[Remark]]:
    return [one for one in remarks if one.changed], [one for one in remarks if not one.changed]


def _headed(title: str, lines: Iterator[str]) -> list[str]:
    found = list(lines)
    return [title, *found] if found else []


def _hints(hints: list[Remark], told: set[str], report: Report) -> Iterator[str]:
    """The hints by kind, some of each."""
    kinds: dict[str, list[Remark]] = {}
    for hint in hints:
        kinds.setdefault(hint.code, []).append(hint)
    if kinds:
        yield report.words.gettext("Hints: they block nothing")
    for found in kinds.values():
        yield from _told(found[:SHOWN], told, report)
        if len(found) > SHOWN:
            yield "    " + report.more(len(found) - SHOWN)


def _told(remarks: list[Remark], told: set[str], report: Report) -> Iterator[str]:
    """A line for each remark; why it matters below the first one of its kind."""
    for remark in remarks:
        yield remark.source.line_of_text(report.words.gettext)
        if remark.why and remark.code not in told:
            told.add(remark.code)
            yield f"    {report.words.gettext('Why it matters:')} {remark.why}"

"""Findings as Markdown, for the comment on a pull request and for people.

What somebody wrote appears as code, so that it neither formats anything, nor links, nor calls for somebody by @name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from experts.checks.completeness import Completeness
from experts.checks.report import Remark, Report
from experts.problems import Problem, visible

SHOWN = 50  # of a heading; who has more begins with these
_NAME = re.compile(r"[^\W_](?:[^\W_]|[ .'’-](?=[^\W_]))*")
_MARKS = re.compile(r"[\\`*_\[\]<>#~|&!@]")


def written(report: Report, level: int = 3, all_profiles: bool = False) -> str:
    """All problems and hints, below headings of a level; what was not changed only counts where somebody asked for changes."""
    _ = report.words.gettext
    lines: list[str] = []

    def section(title: str, content: Iterable[str]) -> None:
        found = list(content)
        if found:
            lines.extend([f"{'#' * level} {escaped(title)}", "", *found, ""])

    for remarks, title, near, far in (
        (report.problems, _("Problems to be solved"), _("Problems in what you changed"), _("Problems elsewhere")),
        (report.hints, _("Hints: they block nothing"), _("Hints for what you changed: they block nothing"), ""),
    ):
        if report.changed is None:
            section(title, _listed(remarks, report))
        else:
            section(near, _listed([remark for remark in remarks if remark.changed], report))
            section(far, _listed([remark for remark in remarks if not remark.changed], report) if far else ())
    profiles = report.profiles if all_profiles else report.profiles_changed()
    section(_("How complete the profiles are"), [f"- {completeness(profile, report)}" for profile in profiles])
    return "\n".join([*lines, escaped(report.total()), ""])


def _listed(remarks: list[Remark], report: Report) -> Iterator[str]:
    """An item for each remark; why it matters stands below the first one of its kind."""
    told: set[str] = set()
    for remark in remarks[:SHOWN]:
        yield f"- {place(remark)} {said(remark, report)}"
        if remark.why and remark.code not in told:
            told.add(remark.code)
            address = report.help(remark.code)
            more = f" [{escaped(report.words.gettext('more about it'))}]({address})" if address else ""
            yield f"  <br>*{escaped(remark.why)}*{more}"
    if len(remarks) > SHOWN:
        yield f"- {escaped(report.more(len(remarks) - SHOWN))}"


def place(remark: Remark) -> str:
    """Where it is: the path as code, and the line."""
    line = f":{remark.line}" if remark.line else ""
    return code(remark.path + line) + ":"


def said(remark: Remark, report: Report) -> str:
    """What is wrong (what would be right), with what somebody wrote as code."""
    problem: Problem = remark.source

    def words(text: str) -> str:
        values = {name: _value(value, name) for name, value in problem.values.items()}
        return escaped(report.words.gettext(text)).format(**values) if text else ""

    message, hint = words(problem.message), words(problem.hint)
    return f"{message} ({hint})" if hint else message


def completeness(profile: Completeness, report: Report) -> str:
    """A profile's line of completeness, the name in bold."""
    name = profile.name if _NAME.fullmatch(profile.name) else code(profile.name)
    return f"**{name}**{escaped(report.complete(profile))}"


def _value(value: object, name: str) -> str:
    return str(value) if isinstance(value, int) else code(visible(str(value), 1000 if name == "known" else 200))


def code(text: str) -> str:
    """A text as a code span (CommonMark 6.1); nothing of an empty one."""
    text = visible(text, len(text))
    if not text.strip(" "):
        return ""
    longest = max([len(run) for run in re.findall("`+", text)], default=0)
    fence = "`" * (longest + 1)
    edge = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{edge}{text}{edge}{fence}"


def escaped(text: str) -> str:
    """A text of ours in which no sign means anything to Markdown; {} stay."""
    return _MARKS.sub(lambda mark: "\\" + mark[0], text)

"""The comment of a pull request, as Markdown: what is wrong, what happens next, what visitors will see."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from experts.forge import Forge
from experts.problems import Translate

from .differing import Words, pages
from .escaping import MARKER, cleaned, link, plain
from .pages import Concerned
from .reports import Checks, Finding, Gate
from .sections import folded, headed, listed

MOST = 60_000
"""Characters of a comment; GitHub takes 65,536."""
FINDINGS = 20


class Material(NamedTuple):
    """All that a comment tells."""

    checks: Checks
    gate: Gate
    sentences: list[str]  # Markdown: what becomes visible, and what does not any longer
    concerned: Concerned | None  # None where the pages could not be made
    changed: frozenset[str]  # paths of the content that the change touches
    flawless: Callable[[str], bool]  # whether a file had no problem before
    commit: str
    preview: str


class Speech(NamedTuple):
    """How a comment speaks: the reader's language, and the forge on which it stands."""

    translate: Translate
    ngettext: Callable[[str, str, int], str]
    forge: Forge


def comment(material: Material, speech: Speech) -> str:
    """The whole comment, its marker first; the same material gives the same text."""
    allowed = addresses(speech.forge, material.preview)
    lines = [
        MARKER,
        cleaned(_greeting(material, speech), allowed),
        "",
        *_problems(material, speech, allowed),
        *_gate(material, speech, allowed),
        *_visitors(material, speech, allowed),
        *_profiles(material, speech, allowed),
        *_hints(material, speech, allowed),
    ]
    text = "\n".join(lines)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.rstrip("\n") + "\n"


def addresses(forge: Forge, *more: str) -> tuple[str, ...]:
    """What the addresses begin with that a comment may lead to: files and runs of the repository, and the preview.

    Not its issues and pull requests: a forge would write into these that they were mentioned.
    """
    places = ("blob/", "src/", "actions/runs/", "-/blob/", "-/jobs/", "-/pipelines/")
    return (*[f"{forge.url}/{place}" for place in places if forge.url], *[address for address in more if address])


def page_root(preview: str) -> str:
    """The address of a preview's home page; "" where the preview's address is not one that pages lie below."""
    parts = urlsplit(preview)
    return preview if preview.endswith("/") and not parts.query and not parts.fragment else ""


def _is_theirs(path: str, material: Material) -> bool:
    """Whether a finding about a file is the matter of whoever made the change: they touched it, or broke it from afar."""
    folder = "/".join(path.split("/")[:2])
    near = path.startswith("profiles/") and any(other.startswith(folder + "/") for other in material.changed)
    return near or path in material.changed or material.flawless(path)


def _greeting(material: Material, speech: Speech) -> str:
    translate = speech.translate
    problems = material.checks.problems
    mine = [finding for finding in problems if _is_theirs(finding.path, material)]
    if mine:
        count = len(mine)
        said = speech.ngettext(
            "One thing has to be put right before it can be published.",
            "{n} things have to be put right before it can be published.",
            count,
        ).format(n=count)
    elif problems:
        said = translate("It is right; but other files have problems, which hold up publishing.")
    elif not material.sentences and material.concerned and not any(material.concerned[:4]):
        said = translate("All is right, and visitors see no difference.")
    else:
        said = translate("All is right; below is what visitors will see.")
    thanks = f"**{translate('Thank you for this change!')}** {said}"
    if not material.preview:
        return thanks
    return f"{thanks} {link(translate('Look at the preview'), material.preview)}"


def _more(speech: Speech) -> Callable[[int], str]:
    return lambda count: speech.translate("… and {n} more").format(n=count)


def _problems(material: Material, speech: Speech, allowed: tuple[str, ...]) -> list[str]:
    translate = speech.translate
    problems = sorted(material.checks.problems, key=lambda finding: not _is_theirs(finding.path, material))
    items = _findings(problems, material, speech)
    heading = translate("To be put right: {n}").format(n=len(items))
    return headed(heading, listed(items, 14_000, FINDINGS, _more(speech), allowed))


def _findings(findings: list[Finding], material: Material, speech: Speech) -> list[str]:
    """Problems or hints, each with where, what, and what would be right; and why that matters, once for all alike.

    Those that will only be counted are empty.
    """
    items, known = [], {""}
    for finding in findings[:FINDINGS]:
        said = _finding(finding, material, speech)
        if finding.why not in known:
            why = speech.translate("Why it matters: {why}").format(why=plain(finding.why, 600))
            said = f"{said}\n  - {why}"
            known.add(finding.why)
        items.append(said)
    return items + [""] * len(findings[FINDINGS:])


def _finding(finding: Finding, material: Material, speech: Speech) -> str:
    translate = speech.translate
    place = plain(finding.path, 200)
    if finding.line:
        place = translate("{path}, line {line}").format(path=place, line=finding.line)
    address = speech.forge.view(finding.path, finding.line, material.commit) if material.commit else ""
    parts = [f"{link(place, address)}: {plain(finding.message, 600)}"]
    if finding.hint:
        parts.append(translate("What would be right: {hint}").format(hint=plain(finding.hint, 600)))
    return "\n  - ".join(parts)


def _gate(material: Material, speech: Speech, allowed: tuple[str, ...]) -> list[str]:
    translate = speech.translate
    gate = material.gate
    if not gate.verdict:
        return []
    if gate.verdict == "merge":
        lines = [translate("Nobody has to approve this: once the checks have passed, it goes online by itself.")]
    else:
        lines = [translate("One person has to look at this before it goes online.")]
        if gate.reasons:
            lines += ["", translate("This is why:"), ""]
    reasons = [f"{plain(path, 200)}: {plain(why, 600)}" if path else plain(why, 600) for path, why in gate.reasons]
    lines += listed(reasons, 4_000, FINDINGS, _more(speech), allowed)
    return headed(translate("What happens next"), [cleaned(line, allowed) for line in lines])


def _visitors(material: Material, speech: Speech, allowed: tuple[str, ...]) -> list[str]:
    translate = speech.translate
    words = Words(translate, page_root(material.preview), allowed)
    lines = listed(material.sentences, 4_000, FINDINGS, _more(speech), allowed)
    if material.concerned is None:
        found = ["", translate("The pages cannot be compared before the problems are solved.")]
    else:
        found = pages(material.concerned, words, bool(material.checks.problems))
    first = found[: found.index("<details>")] if "<details>" in found else found
    if any("<del>" in line or "<ins>" in line for line in first):
        lines += ["", translate("Struck out is how it is now, underlined how it will be."), ""]
    return headed(translate("What visitors will see"), [*lines, "", *found] if lines or found else [])


def _profiles(material: Material, speech: Speech, allowed: tuple[str, ...]) -> list[str]:
    translate = speech.translate
    touched = {path.split("/")[1] for path in material.changed if path.startswith("profiles/")}
    items = []
    for profile in material.checks.profiles:
        if profile.slug in touched:
            name = plain(profile.name or profile.slug, 120)
            said = translate("{name}: {percent} per cent").format(name=name, percent=profile.percent)
            missing = ", ".join([plain(item, 80) for item in profile.missing[:20]])
            also = translate("still possible: {missing}").format(missing=missing) if missing else ""
            items.append(f"{said} – {also}" if also else said)
    return headed(translate("How complete the profiles are"), listed(items, 3_000, FINDINGS, _more(speech), allowed))


def _hints(material: Material, speech: Speech, allowed: tuple[str, ...]) -> list[str]:
    near = material._replace(flawless=lambda _: False)  # what others could do better is not said here
    items = _findings([hint for hint in material.checks.hints if _is_theirs(hint.path, near)], material, speech)
    summary = speech.ngettext("One hint", "{n} hints", len(items)).format(n=len(items))
    return folded(summary, listed(items, 6_000, FINDINGS, _more(speech), allowed))

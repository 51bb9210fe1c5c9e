"""What becomes visible and what does not any longer, person by person and text by text, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from experts import model
from experts.problems import Translate
from experts.visibility import consents

from .escaping import plain
from .sites import Change, Side


def sentences(change: Change, translate: Translate) -> list[str]:
    """Markdown sentences about what of people, stories, news events and events is shown after the change, and was not, or the reverse."""
    return [*_people(change, translate), *_texts(change, translate)]


def _people(change: Change, translate: Translate) -> Iterator[str]:
    before, after = change.before.directory, change.after.directory
    moved = {alias: expert for expert in after.records.experts.values() for alias in expert.aliases}
    for slug in sorted(before.records.experts.keys() | after.records.experts):
        old, new = before.records.experts.get(slug), after.records.experts.get(slug)
        if old == new:
            continue
        if new is None and old is not None:
            yield from _gone(change, old, moved.get(slug), translate)
        elif new is not None:
            yield from _changed(change, old, new, translate)


def _gone(change: Change, old: model.Expert, moved: model.Expert | None, translate: Translate) -> Iterator[str]:
    name = plain(old.name)
    if old.source in _broken(change.after):
        yield translate("{name}: the profile cannot be shown before its problems are solved.").format(name=name)
    elif moved is not None:
        said = translate("{name}: the profile moves to {path}; the old address leads there.")
        yield said.format(name=name, path=plain(f"experts/{moved.slug}/"))
    elif change.before.directory.expert(old.slug) is not None:
        yield translate("{name}: the profile is removed, with its pages, pictures, feeds and files.").format(name=name)
    else:
        yield translate("{name}: the profile is removed; it was not shown.").format(name=name)


def _changed(change: Change, old: model.Expert | None, new: model.Expert, translate: Translate) -> Iterator[str]:
    name = plain(new.name)
    was = old is not None and change.before.directory.expert(new.slug) is not None
    shown = change.after.directory.expert(new.slug) is not None
    why = _reason(change.after, new.source, translate)
    if old is None and new.source not in _broken(change.before):
        if shown:
            yield translate("{name}: a new profile, which everybody will see.").format(name=name)
        else:
            yield translate("{name}: a new profile, not shown yet: {reason}.").format(name=name, reason=why)
    elif shown and not was:
        yield translate("{name}: the profile becomes visible.").format(name=name)
    elif was and not shown:
        yield translate("{name}: the profile is no longer shown: {reason}.").format(name=name, reason=why)
    elif old is not None and shown:
        yield from _channels(name, old, new, translate)
        yield from _ends(name, old, new, translate)


def _channels(name: str, old: model.Expert, new: model.Expert, translate: Translate) -> Iterator[str]:
    """What follows from consent that was given to a channel, or taken back."""
    taken = {
        "search-engines": translate(
            "{name}: consent for search engines is taken back; they are asked to forget the pages."
        ),
        "feeds": translate("{name}: consent for feeds is taken back; the feed ends."),
        "press-kit": translate(
            "{name}: consent for the press kit is taken back; print portrait and contact card are no longer offered."
        ),
        "images": translate("{name}: consent for pictures is taken back; the portrait is no longer shown."),
        "ai": translate("{name}: consent for AI services is taken back; they are asked not to use the pages."),
    }
    given = {
        "search-engines": translate("{name}: search engines may show the pages."),
        "feeds": translate("{name}: what is new can be followed with a feed."),
        "press-kit": translate("{name}: the press gets a portrait to print and a contact card."),
        "images": translate("{name}: the portrait may be shown."),
        "ai": translate("{name}: AI services may use the pages."),
    }
    for channel in model.CHANNELS[1:]:
        was, may = consents(old, channel), consents(new, channel)
        if was != may:
            yield (given if may else taken)[channel].format(name=name)


def _ends(name: str, old: model.Expert, new: model.Expert, translate: Translate) -> Iterator[str]:
    """On which day the profile goes by itself, where that is new."""
    until = new.consent.until if new.consent else ""
    if until and until != (old.consent.until if old.consent else ""):
        yield translate("{name}: consent ends after {date}; the profile then disappears by itself.").format(
            name=name, date=plain(until)
        )
    if new.left and new.left != old.left:
        yield translate("{name}: the profile disappears by itself on {date}.").format(name=name, date=plain(new.left))


def _texts(change: Change, translate: Translate) -> Iterator[str]:
    """Stories, news events and events: only those that can be seen now and could not before, or the reverse."""
    for kind in ("stories", "hooks", "events"):
        old, new = getattr(change.before.directory.records, kind), getattr(change.after.directory.records, kind)
        was = {record.slug for record in getattr(change.before.directory, kind)}
        shown = {record.slug for record in getattr(change.after.directory, kind)}
        for slug in sorted(old.keys() | new):
            if (slug in was) == (slug in shown) and (slug in old) == (slug in new):
                continue
            yield _text(change, old.get(slug), new.get(slug), slug in shown, translate)


Text = model.Story | model.Hook | model.Event


def _text(change: Change, old: Text | None, new: Text | None, shown: bool, translate: Translate) -> str:
    record = new or old
    assert record is not None
    name = plain(record.texts[0].title if isinstance(record, model.Story) else record.title)
    if new is None:
        if record.source in _broken(change.after):
            return translate("“{name}” cannot be shown before its problems are solved.").format(name=name)
        return translate("“{name}” is removed.").format(name=name)
    if shown:
        return translate("“{name}” becomes visible.").format(name=name)
    why = _reason(change.after, new.source, translate)
    if old is None:
        return translate("“{name}” is new, but not shown yet: {reason}.").format(name=name, reason=why)
    return translate("“{name}” is no longer shown: {reason}.").format(name=name, reason=why)


def _broken(side: Side) -> set[str]:
    return {problem.path for problem in side.problems}


def _reason(side: Side, path: str, translate: Translate) -> str:
    """Why a file is not shown."""
    for item in side.directory.hidden:
        if item.path == path:
            return plain(translate(item.reason).format(**item.values))
    return ""

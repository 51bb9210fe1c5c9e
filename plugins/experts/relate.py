"""Records to a whole: translations join their originals, references are checked.

Everything here speaks of what is in the files; who may be seen is decided in `directory`.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import unquote

from . import model
from .decoding import FORMATS, kind_of
from .digests import of_data as digest
from .languages import ISO_639_1
from .links import names_in
from .pictures import Made, Order
from .places import KINDS, LISTS
from .problems import Problem, nearest

PICTURES = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"}
FILES = {*PICTURES, ".pdf"}

Locate = Callable[[str, tuple[str, ...], str], tuple[int, int]]
"""``locate(path, field names, value)`` gives the line and column of a value in a file."""


MOST_OF_TEXT = 100
"""Problems with the links of one text that are told: who is told of a hundred knows, and each is looked for in the file."""
MOST_COMPARED = 400_000
"""Names that are compared with wrong ones in all, to find what was meant: two seconds."""


class Likes:
    """What finds the name that was probably meant, until it was asked so often that it would take long."""

    def __init__(self) -> None:
        """Begin to count."""
        self.left = MOST_COMPARED

    def nearest(self, word: str, known: Collection[str]) -> str:
        """The known word most like `word`; "" for none, or if too many were compared before."""
        self.left -= len(known)
        return nearest(word, known) if self.left >= 0 else ""


class Records(NamedTuple):
    """All records of a site by slug, hidden ones included; translations joined."""

    experts: dict[str, model.Expert]
    stories: dict[str, model.Story]
    topics: dict[str, model.Topic]
    hooks: dict[str, model.Hook]
    events: dict[str, model.Event]
    pages: dict[str, model.Page]
    files: dict[str, bytes]  # path of every file that is no record -> digest of its content
    images: dict[Order, Made] = {}  # noqa: RUF012 - what pictures have become; nobody writes into it
    proofs: dict[str, model.Pairs] = {}  # noqa: RUF012 - by person: links that are confirmed, each with the day


class Read(NamedTuple):
    """What `schema.read` gave for a file, without the HTML."""

    path: str
    kind: str
    slug: str
    record: Any


def relate(
    reads: Iterable[Read],
    pages: Mapping[str, model.Page],
    files: dict[str, bytes],
    head: Callable[[str], bytes],
    locate: Locate,
) -> tuple[Records, list[Problem]]:
    """Join and check records.

    `reads` holds every file, the broken ones with the record None, so that a reference to a broken
    file is not a second problem.  `head` gives the first bytes of a file (to see what it really is).
    """
    problems: list[Problem] = []
    by_kind: dict[str, dict[str, Any]] = {"expert": {}, "story": {}, "topic": {}, "hook": {}, "event": {}}
    broken: dict[str, set[str]] = {kind: set() for kind in by_kind}
    translations: list[Read] = []
    proofs: dict[str, model.Pairs] = {}
    sources: dict[tuple[str, str], str] = {}
    for read in reads:
        if read.kind == "translation":
            translations.append(read)
        elif read.kind == "proofs" and read.record:
            proofs[read.slug] = read.record
        elif read.kind in by_kind:
            first = sources.setdefault((read.kind, read.slug), read.path)
            if first != read.path:
                values = {"slug": read.slug, "other": first}
                problems.append(
                    Problem(
                        read.path,
                        0,
                        0,
                        "duplicate-slug",
                        "{slug} is also the name of {other}",
                        "rename one of the two files",
                        values,
                    )
                )
            elif read.record is None:
                broken[read.kind].add(read.slug)
            else:
                by_kind[read.kind][read.slug] = read.record
    experts = by_kind["expert"]
    _join_profiles(experts, broken["expert"], translations, problems)
    likes = Likes()
    versions, originals = _join_stories(by_kind["story"], broken["story"], problems, locate, likes)
    records = Records(
        experts, originals, by_kind["topic"], by_kind["hook"], by_kind["event"], dict(pages), files, proofs=proofs
    )
    known: dict[str, Any] = {kind: {*by_kind[kind], *broken[kind]} for kind in by_kind}
    known["story"].update(versions)
    known["page"] = {*pages, ""}
    aliases = _aliases(records, known, problems, locate)
    targets = _Targets(records, known, aliases, locate, likes)
    problems += [*_references(targets), *_links(targets)]
    _circles(records, problems, locate)
    _files(records, problems, head, locate, likes)
    problems += _lost_profiles({*experts, *broken["expert"], *(read.slug for read in translations)}, files)
    return records, problems


def _join_profiles(
    experts: dict[str, model.Expert], broken: set[str], translations: list[Read], problems: list[Problem]
) -> None:
    by_slug: dict[str, list[Read]] = {}
    for read in translations:
        if read.slug not in experts:
            if read.slug not in broken:
                hint = "profile.md comes first; this file only translates it"
                problems.append(Problem(read.path, 0, 0, "no-original", "there is no profile.md in this folder", hint))
        elif read.record is not None:
            by_slug.setdefault(read.slug, []).append(read)
    for slug, found in by_slug.items():
        expert = experts[slug]
        texts = [expert.texts[0]]
        for read in sorted(found, key=lambda read: read.path):
            text = read.record[1]
            if any(model.primary(text.lang) == model.primary(other.lang) for other in texts):
                hint = (
                    "lang in profile.md names the language of that file"
                    if len(texts) == 1
                    else "keep one of the translations"
                )
                values = {"lang": text.lang}
                problems.append(
                    Problem(read.path, 0, 0, "same-language", "there is already a text in {lang}", hint, values)
                )
                continue
            texts.append(text)
        joined = expert._replace(texts=tuple(texts), digest=b"")
        experts[slug] = joined._replace(digest=digest(model.plain(joined)))


def _join_stories(
    stories: dict[str, model.Story], broken: set[str], problems: list[Problem], locate: Locate, likes: Likes
) -> tuple[set[str], dict[str, model.Story]]:
    """``(slugs of translations, originals with their translations)``."""
    originals = {slug: story for slug, story in stories.items() if not story.translation_of}
    versions: dict[str, list[model.Story]] = {}
    for story in stories.values():
        of = story.translation_of
        if not of:
            continue
        if of not in originals:
            if of in broken:
                continue
            place = locate(story.source, ("translation_of",), of)
            if of in stories:
                problems.append(_translated_twice(story, place, stories))
            else:
                problems.append(_unknown(story.source, place, "story", of, originals, likes))
            continue
        versions.setdefault(of, []).append(story)
    for of, found in versions.items():
        original = originals[of]
        texts = [original.texts[0]]
        for story in sorted(found, key=lambda story: story.slug):
            text = story.texts[0]
            if any(model.primary(text.lang) == model.primary(other.lang) for other in texts):
                place = locate(story.source, ("lang",), text.lang)
                hint = "lang must name the language of the translation"
                values = {"lang": text.lang, "slug": of}
                problems.append(
                    Problem(
                        story.source,
                        *place,
                        "same-language",
                        "there is already a text of {slug} in {lang}",
                        hint,
                        values,
                    )
                )
                continue
            if story.status == "published":
                texts.append(text)
        joined = original._replace(texts=tuple(texts), digest=b"")
        originals[of] = joined._replace(digest=digest(model.plain(joined)))
    return {story.slug for found in versions.values() for story in found}, originals


def _translated_twice(story: model.Story, place: tuple[int, int], stories: dict[str, model.Story]) -> Problem:
    """A problem for the translation of a translation."""
    original = stories[story.translation_of].translation_of
    hint = (
        "write {original}, the original"
        if original in stories and original != story.slug
        else "one of them is the original, without translation_of"
    )
    values = {"value": story.translation_of, "original": original}
    return Problem(story.source, *place, "translation-of", "{value} is a translation itself", hint, values)


def _unknown(path: str, place: tuple[int, int], kind: str, slug: str, known: Collection[str], likes: Likes) -> Problem:
    like = likes.nearest(slug, known)
    hint = "did you mean {like}?" if like else "create it first, or remove the reference"
    message = {
        "expert": "there is no profile {value}",
        "story": "there is no story {value}",
        "topic": "there is no topic {value}",
        "hook": "there is no hook {value}",
        "event": "there is no event {value}",
        "page": "there is no page {value}",
    }[kind]
    return Problem(path, *place, "unknown-" + kind, message, hint, {"value": slug, "like": like})


def _aliases(
    records: Records, known: dict[str, set[str]], problems: list[Problem], locate: Locate
) -> dict[tuple[str, str], str]:
    """Earlier slugs: ``(kind, alias) -> slug``."""
    found: dict[tuple[str, str], str] = {}
    for kind, path, slug, aliases in _all_aliases(records):
        for alias in aliases:
            other = alias if alias in known[kind] else found.get((kind, alias))
            if other is not None:
                place = locate(path, ("aliases",), alias)
                message = (
                    "{value} is the name of another one"
                    if other == alias
                    else "{value} is also an earlier name of {other}"
                )
                if other == slug == alias:
                    message = "{value} is the present name"
                problems.append(
                    Problem(
                        path, *place, "alias", message, "remove this earlier name", {"value": alias, "other": other}
                    )
                )
            else:
                found[kind, alias] = slug
    return found


def _all_aliases(records: Records) -> Iterable[tuple[str, str, str, tuple[str, ...]]]:
    for expert in records.experts.values():
        yield "expert", expert.source, expert.slug, expert.aliases
    for story in records.stories.values():
        for text in story.texts:
            yield "story", text.source, text.slug, text.aliases
    for kind, group in (("topic", records.topics), ("hook", records.hooks), ("event", records.events)):
        for record in group.values():
            yield kind, record.source, record.slug, record.aliases


def _uses(records: Records) -> Iterable[tuple[str, str, tuple[str, ...], Iterable[str]]]:
    """Every reference: ``(path, kind, field names, slugs)``."""
    for e in records.experts.values():
        yield e.source, "topic", ("topics",), e.topics
        if e.absence and e.absence.deputy:
            yield e.source, "expert", ("absence", "deputy"), (e.absence.deputy,)
    for s in records.stories.values():
        yield s.source, "expert", ("authors",), s.authors
        yield s.source, "topic", ("topics",), s.topics
    for t in records.topics.values():
        if t.broader:
            yield t.source, "topic", ("broader",), (t.broader,)
    for h in records.hooks.values():
        yield h.source, "topic", ("topics",), h.topics
        yield h.source, "expert", ("experts", "expert"), [angle.expert for angle in h.experts]
    for v in records.events.values():
        yield v.source, "topic", ("topics",), v.topics
        yield v.source, "expert", ("experts",), v.experts
        yield v.source, "expert", ("sessions", "hosts"), [host for session in v.sessions for host in session.hosts]
        yield v.source, "story", ("sessions", "story"), [session.story for session in v.sessions if session.story]


def bodies(records: Records) -> Iterable[tuple[str, model.Body]]:
    """Every body with the path of its file."""
    for expert in records.experts.values():
        for text in expert.texts:
            if text.body:
                name = "profile.md" if text is expert.texts[0] else f"profile.{text.lang}.md"
                yield posixpath.join(posixpath.dirname(expert.source), name), text.body
    for story in records.stories.values():
        for version in story.texts:
            if version.body:
                yield version.source, version.body
    for group in (records.hooks, records.events):
        for record in group.values():
            if record.body:
                yield record.source, record.body


class _Targets(NamedTuple):
    """What references can lead to."""

    records: Records
    known: dict[str, set[str]]  # kind -> slugs
    aliases: dict[tuple[str, str], str]
    locate: Locate
    likes: Likes

    def missing(self, path: str, kind: str, names: tuple[str, ...], slug: str, written: str) -> Problem:
        """A problem for a reference that leads to no record."""
        place = self.locate(path, names, written)
        now = self.aliases.get((kind, slug))
        if now is None:
            return _unknown(path, place, kind, slug, self.known[kind], self.likes)
        values = {"value": slug, "now": now}
        return Problem(path, *place, "earlier-name", "{value} is an earlier name", "write {now}", values)


def _references(targets: _Targets) -> Iterable[Problem]:
    """A problem for each reference in a field that leads to nothing."""
    known = targets.known
    for path, kind, names, slugs in _uses(targets.records):
        for slug in slugs:
            if slug not in known[kind]:
                yield targets.missing(path, kind, names, slug, slug)


def _named(records: Records) -> Iterable[tuple[str, Iterable[str]]]:
    """The links of every text and of every ordinary page, with the path of its file."""
    for path, body in bodies(records):
        yield path, body.links
    for page in records.pages.values():
        for text in page.texts:
            yield text.source, names_in(text.html)


def _links(targets: _Targets) -> Iterable[Problem]:
    """A problem for each link in a text that leads to nothing, up to `MOST_OF_TEXT`."""
    for path, names in _named(targets.records):
        yield from islice(_of_text(targets, path, names), MOST_OF_TEXT)


def _of_text(targets: _Targets, path: str, names: Iterable[str]) -> Iterator[Problem]:
    known = targets.known
    for link in names:
        kind, _, slug = link.partition(":")
        if kind in KINDS:
            if slug not in known[kind]:
                yield targets.missing(path, kind, (), slug, link)
        elif kind == "path" and not _leads(slug, targets.records, known["page"]):
            place = targets.locate(path, (), slug)
            message, hint = "the site has no page {value}", "use the full address of another site"
            yield Problem(path, *place, "link", message, hint, {"value": slug})


def unknown_consents(records: Records, locate: Locate) -> list[Problem]:
    """A problem for each consent to a text that there is not; none on a site without any such text."""
    known = sorted({page.version for page in records.pages.values()} - {""})
    problems = []
    for expert in records.experts.values() if known else ():
        text = expert.consent.text if expert.consent else ""
        if text and text not in known and expert.status != "left":
            like = nearest(text, known)
            hint = "did you mean {like}?" if like else "known versions: {known}"
            values = {"value": text, "like": like, "known": ", ".join(known)}
            message = "there is no text of consent {value}"
            place = locate(expert.source, ("consent", "text"), text)
            problems.append(Problem(expert.source, *place, "unknown-consent", message, hint, values))
    return problems


def _circles(records: Records, problems: list[Problem], locate: Locate) -> None:
    """No topic may stand above itself."""
    for topic in records.topics.values():
        chain = _circle(topic, records.topics)
        if chain:
            place = locate(topic.source, ("broader",), topic.broader)
            message, hint = (
                "this topic is its own broader topic: {chain}",
                "remove the line broader: … in one of these topics",
            )
            values = {"chain": " > ".join(chain)}
            problems.append(Problem(topic.source, *place, "topic-circle", message, hint, values))


def _circle(topic: model.Topic, topics: Mapping[str, model.Topic]) -> list[str]:
    """The slugs from a topic upwards and back to itself; none if it is not above itself."""
    chain = [topic.slug]
    at = topic.broader
    while at and at not in chain:
        chain.append(at)
        above = topics.get(at)
        at = above.broader if above else ""
    return [*chain, at] if at == topic.slug else []


def _leads(path: str, records: Records, pages: set[str]) -> bool:
    """Whether a path of the site leads to a file, a page or a list."""
    words = [word for word in path.split("/") if word]
    return "content/" + "/".join(words) in records.files or _is_page(words, pages)


def _is_page(words: list[str], pages: set[str]) -> bool:
    """Whether the words of a path, perhaps after a language, name a page or a list; none name the home page."""
    if words and words[0].split("-")[0] in ISO_639_1 and words[0] not in pages:
        words = words[1:]
    return not words or (len(words) == 1 and (words[0] in pages or words[0] in LISTS))


def _files(
    records: Records, problems: list[Problem], head: Callable[[str], bytes], locate: Locate, likes: Likes
) -> None:
    """Pictures and other files that records name must lie beside them and be what their names say."""
    told: Counter[str] = Counter()
    for source, name, names, picture in _named_files(records):
        wrong = _wrong_file(records, source, name, picture, head, likes) if told[source] < MOST_OF_TEXT else None
        if wrong:
            told[source] += 1
            line, column = locate(source, names, name)
            problems.append(Problem(source, line, column, *wrong))


def _named_files(records: Records) -> Iterable[tuple[str, str, tuple[str, ...], bool]]:
    """Every file that a record names: ``(path of the record, name, field names, must it be a picture?)``."""
    for expert in records.experts.values():
        if expert.portrait:
            yield expert.source, expert.portrait.file, ("portrait", "file"), True
    for story in records.stories.values():
        for text in story.texts:
            if text.image:
                yield text.source, text.image.file, ("image", "file"), True
    for path, body in bodies(records):
        for link in body.links:
            if link.startswith("file:"):
                name = unquote(link[5:])
                yield path, name, (), posixpath.splitext(name)[1].lower() in PICTURES


def _wrong_file(
    records: Records, source: str, name: str, picture: bool, head: Callable[[str], bytes], likes: Likes
) -> tuple[str, str, str, dict[str, str]] | None:
    """``(code, message, hint, values)`` for a file that cannot be used."""
    folder = posixpath.dirname(source) + "/"
    extension = posixpath.splitext(name)[1].lower()
    if folder + name not in records.files:
        like = likes.nearest(name, [file[len(folder) :] for file in records.files if file.startswith(folder)])
        hint = "did you mean {like}?" if like else "put the file into the same folder"
        message = "there is no file {file} beside it"
        return "no-file", message, hint, {"file": name, "like": like}
    if extension in (".heic", ".heif") or (picture and kind_of(head(folder + name)) == "HEIC"):
        message, hint = "{file} is a picture in the format HEIC", "export it as a JPEG, and name that"
        return "file-heic", message, hint, {"file": name}
    if extension not in (PICTURES if picture else FILES):
        message, hint = "{file} is not a picture that browsers show everywhere", "use one of {known}"
        if not picture:
            message, hint = "files of the kind of {file} cannot be published", "pictures and .pdf can"
        return "file-kind", message, hint, {"file": name, "known": ", ".join(sorted(PICTURES))}
    if picture and not head(folder + name):
        message, hint = "{file} is empty", "save or copy the picture again"
        return "file-empty", message, hint, {"file": name}
    if picture and kind_of(head(folder + name)) not in FORMATS:
        message, hint = "{file} is not what its name says", "save the picture again in the right format"
        return "file-content", message, hint, {"file": name}
    return None


def _lost_profiles(reads: set[str], files: Iterable[str]) -> Iterable[Problem]:
    """A problem for each file that was meant as a profile, but has another name."""
    for path in files:
        words = path.split("/")
        name = words[-1].lower()
        if (
            words[0] == "profiles"
            and len(words) == 3
            and words[1] not in reads
            and name.startswith("profil")
            and posixpath.splitext(name)[1] not in FILES
        ):
            message, hint = (
                "this file is no profile.md, so {slug} has no profile",
                "rename it to profile.md; it must be plain text, not a word processor's file",
            )
            yield Problem(path, 0, 0, "no-profile", message, hint, {"slug": words[1]})

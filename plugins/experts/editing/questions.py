"""What a new file of each kind needs to be asked, and what becomes of an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from experts import schema
from experts.fields import SLUG, Context, Field, slug_of
from experts.frontmatter import Node, Scalar, Sequence
from experts.problems import Problem, Translate

from .known import Known, free, meant, unknown

Answers = dict[str, str]


class Question(NamedTuple):
    """Something to be asked; `option` without dashes is also its name among the answers."""

    option: str
    words: str  # in the reader's language
    field: str  # in the table of the kind; "" for the short name
    required: bool = False
    default: Callable[[Answers], str] = lambda _: ""
    refers: str = ""  # kind of the records that are chosen from


class Setting(NamedTuple):
    """Where a file is to be made: what is there, the site's languages, and the day."""

    kind: str
    known: Known
    languages: tuple[str, ...]
    today: str


TABLES = {
    "profile": schema.EXPERT,
    "story": schema.STORY,
    "topic": schema.TOPIC,
    "hook": schema.HOOK,
    "event": schema.EVENT,
}


def questions(setting: Setting, translate: Translate) -> tuple[Question, ...]:
    """The questions for a kind of file, in the order in which they are asked."""
    make = {"profile": _profile, "story": _story, "topic": _topic, "hook": _hook, "event": _event}
    return make[setting.kind](setting, translate)


def _profile(setting: Setting, translate: Translate) -> tuple[Question, ...]:
    return (
        Question("name", translate("Name of the person"), "name", True),
        _short_name(setting, "expert", "name", translate),
        Question("content-lang", translate("Language of the text"), "lang", False, lambda _: setting.languages[0]),
        Question("headline", translate("What they can explain, in one line"), "headline", True),
        Question("role", translate("Role or profession (may stay empty)"), "role"),
        _topics(translate, True),
        Question(
            "owner", translate("Their account where the repository is, who may edit it (may stay empty)"), "owner"
        ),
    )


def _story(setting: Setting, translate: Translate) -> tuple[Question, ...]:
    people = list(setting.known.names["expert"])
    only = people[0] if len(people) == 1 else ""
    return (
        Question("title", translate("Title of the story"), "title", True),
        _short_name(setting, "story", "title", translate),
        Question("authors", translate("Who tells it: names or short names, divided by commas"), "authors", True, lambda _: only, "expert"),
        _topics(translate, False),
        Question("date", translate("Day, like 2026-11-23"), "date", True, lambda _: setting.today),
        Question("kind", translate("Kind: {known}").format(known=", ".join(schema.STORY_KINDS)), "kind", False, lambda _: "story"),
        Question("content-lang", translate("Language of the text"), "lang", False, lambda _: setting.languages[0]),
    )  # fmt: skip


def _topic(setting: Setting, translate: Translate) -> tuple[Question, ...]:
    default, *others = setting.languages
    slug_from = "label.en" if "en" in others else f"label.{default}"
    words = translate("What the topic is called, in the language {lang}")
    optional = translate("What it is called in the language {lang} (may stay empty)")
    return (
        Question(f"label.{default}", words.format(lang=default), f"label.{default}", True),
        *[Question(f"label.{lang}", optional.format(lang=lang), f"label.{lang}") for lang in others],
        _short_name(setting, "topic", slug_from, translate, f"label.{default}"),
        Question(
            "broader", translate("The wider topic that it belongs to (may stay empty)"), "broader", refers="topic"
        ),
    )


def _hook(setting: Setting, translate: Translate) -> tuple[Question, ...]:
    return (
        Question("title", translate("What has happened, or will: the title"), "title", True),
        _short_name(setting, "hook", "title", translate),
        Question("date", translate("Day, like 2026-11-23"), "date", True, lambda _: setting.today),
        Question("until", translate("Last day on which it is news (may stay empty)"), "until"),
        Question("experts", translate("Who can say something about it: names or short names, divided by commas (may stay empty)"), "experts", refers="expert"),
        _topics(translate, False),
        Question("content-lang", translate("Language of the text"), "lang", False, lambda _: setting.languages[0]),
    )  # fmt: skip


def _event(setting: Setting, translate: Translate) -> tuple[Question, ...]:
    moment = translate("like 2026-12-04 or 2026-12-04T09:00:00+01:00")
    return (
        Question("title", translate("Title of the event"), "title", True),
        _short_name(setting, "event", "title", translate),
        Question("start", translate("When it begins") + ", " + moment, "start", True),
        Question("end", translate("When it ends (may stay empty)"), "end"),
        Question("place", translate("Where it is (may stay empty)"), "place"),
        Question("kind", translate("Kind: {known}").format(known=", ".join(schema.EVENT_KINDS)), "kind", False, lambda _: "talk"),
        Question("experts", translate("Who takes part: names or short names, divided by commas (may stay empty)"), "experts", refers="expert"),
        _topics(translate, False),
        Question("content-lang", translate("Language of the text"), "lang", False, lambda _: setting.languages[0]),
    )  # fmt: skip


def _short_name(setting: Setting, kind: str, source: str, translate: Translate, other: str = "") -> Question:
    """The question for the short name, with one that is free as its default."""

    def default(answers: Answers) -> str:
        words = answers.get(source) or answers.get(other, "")
        return free(slug_of(words), setting.known.taken[kind])

    return Question("slug", translate("Short name, for the address"), "", True, default)


def _topics(translate: Translate, required: bool) -> Question:
    words = (
        translate("Topics, divided by commas") if required else translate("Topics, divided by commas (may stay empty)")
    )
    return Question("topics", words, "topics", required, refers="topic")


def read(question: Question, answer: str, setting: Setting) -> tuple[object, list[Problem]]:
    """``(value, problems)`` of an answer, as it goes into the file: a text, or a list of texts."""
    place = f"--{question.option}".replace("--label.", "--label ")
    if not answer.isprintable():
        bad = next(character for character in answer if not character.isprintable())
        message, code = "an invisible character stands here, {character}", f"U+{ord(bad):04X}"
        return "", [
            Problem(
                place,
                0,
                0,
                "control-character",
                message,
                "delete it; it often comes along with copied text",
                {"character": code},
            )
        ]
    problems: list[Problem] = []
    context = Context(place, problems, setting.languages)
    if not question.field:
        return _slug(answer.strip(), setting, place)
    field = _field(TABLES[setting.kind], question.field)
    many = field.shape.kind == "list"
    words = [word.strip() for word in answer.split(",") if word.strip()] if many else [answer.strip()]
    if question.refers:
        words, unknown_words = _references(words, question.refers, setting.known, place)
        problems += unknown_words
    if problems:
        return "", problems
    if question.option == "experts" and setting.kind == "hook":
        return [{"expert": word} for word in words], problems
    node: Node = (
        Sequence([Scalar(word, False, 0, 0) for word in words], 0, 0) if many else Scalar(words[0], False, 0, 0)
    )
    value = field.read(context, question.field, node)
    return (list(value) if many else value), problems


def _field(table: dict[str, Field], name: str) -> Field:
    first, _, rest = name.partition(".")
    field = table[first]
    return field.shape.item if rest else field


def _references(words: list[str], kind: str, known: Known, place: str) -> tuple[list[str], list[Problem]]:
    """Short names instead of names, and a problem for each word that means nobody."""
    names = known.names[kind]
    found = [(word, meant(word, names)) for word in words if word]
    problems = [unknown(place, kind, word, names) for word, slug in found if not slug]
    return list(dict.fromkeys(slug for _, slug in found)) or [""], problems


def _slug(answer: str, setting: Setting, place: str) -> tuple[str, list[Problem]]:
    kind = "expert" if setting.kind == "profile" else setting.kind
    if not SLUG.fullmatch(answer):
        like = slug_of(answer)
        hint = "did you mean {like}?" if like else "lower-case letters a-z, digits and - only, like mara-lindqvist"
        values = {"value": answer, "like": like}
        return "", [Problem(place, 0, 0, "slug", "{value} is not a short name", hint, values)]
    if answer in setting.known.taken[kind]:
        values = {"value": answer, "like": free(answer, setting.known.taken[kind])}
        return "", [Problem(place, 0, 0, "taken", "{value} is taken already", "{like} is free", values)]
    return answer, []

"""The conversation on a terminal: a question, an answer, the same question again where the answer cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from experts.problems import Problem, Problems, Translate, visible

from .questions import Answers, Question, Setting, read

MOST_LISTED = 40


def gather(
    asked: Iterable[Question], given: Answers, setting: Setting, ask: Callable[[Question, Answers, Setting], str] | None
) -> dict[str, object]:
    """The values of all questions: from what was `given`, else by asking, else the default; Problems for what cannot be.

    Without `ask`, what is required and neither given nor known by itself is a problem of the code "missing-option".
    """
    answers = dict(given)
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for question in asked:
        answer = answers.get(question.option)
        if answer is None:
            answer = ask(question, answers, setting) if ask else question.default(answers)
        answers[question.option] = answer
        if not answer.strip():
            if question.required and (question.field or not problems):  # without a name, there is no short name
                problems.append(_missing(question, question.option in given))
            continue
        value, found = read(question, answer, setting)
        problems += found
        if value:
            values[question.option] = value
    if problems:
        raise Problems(problems)
    return values


def _missing(question: Question, empty: bool) -> Problem:
    option, _, lang = question.option.partition(".")
    name = f"--{option} {lang}=…" if lang else f"--{option}"
    message = "the option {option} is empty" if empty else "the option {option} is missing"
    return Problem(
        "new", 0, 0, "missing-option", message, "it says: {words}", {"option": name, "words": question.words}
    )


def on_terminal(translate: Translate) -> Callable[[Question, Answers, Setting], str]:
    """A function that asks on the terminal until an answer can be used."""

    def ask(question: Question, answers: Answers, setting: Setting) -> str:
        default = question.default(answers)
        if question.refers:
            _list(question.refers, setting, translate)
        while True:
            answer = _line(f"{question.words}{f' [{default}]' if default else ''}: ") or default
            if not answer:
                if not question.required:
                    return ""
                print("  " + translate("this must not stay empty"))
                continue
            _, problems = read(question, answer, setting)
            if not problems:
                return answer
            for problem in problems:
                message, hint = problem.say(translate)
                print(f"  {message}" + (f" ({hint})" if hint else ""))

    return ask


def _line(prompt: str) -> str:
    """A line that somebody typed; the end of the input means to stop, as Ctrl-C does."""
    try:
        return input(prompt).strip()
    except (EOFError, UnicodeDecodeError):
        raise KeyboardInterrupt from None


def _list(kind: str, setting: Setting, translate: Translate) -> None:
    """Show what can be chosen from."""
    names = setting.known.names[kind]
    for slug, texts in list(names.items())[:MOST_LISTED]:
        print(f"  {slug}" + (f": {visible(texts[0], 60)}" if texts else ""))
    if len(names) > MOST_LISTED:
        print(
            "  " + translate("and {n} more; a part of the name is enough to be told").format(n=len(names) - MOST_LISTED)
        )

"""The command ``status``: the gate's word beside a commit, where the rules of a branch can ask for it."""

from __future__ import annotations

import argparse
import json
from typing import Any

from experts import console
from experts.problems import Problem, Problems, Translate

from .repository import opened

CONTEXT = "gate"
"""The status's name, which the branch's rules may require."""


def command(argv: list[str]) -> int:
    """``status``: set it."""
    parser = argparse.ArgumentParser(prog="tasks.py status", description="Say the verdict beside a commit (network).")
    console.site_options(parser)
    parser.add_argument("--sha", required=True, metavar="SHA", help="the commit that was judged")
    parser.add_argument("--gate", required=True, metavar="FILE", help="what gate --format json said")
    return console.run(_status, parser.parse_args(argv))


def _status(arguments: argparse.Namespace) -> int:
    settings = console.request_of(arguments).settings
    gate = _read(arguments.gate)
    words = description(gate, console.translator(settings.languages[0], arguments.lang))
    failure = "failed" if settings.forge.kind == "gitlab" else "failure"
    state = "success" if gate.get("checks_ok") is True else failure
    with opened(settings.forge) as place:
        place.call("POST", f"statuses/{arguments.sha}", {"state": state, "context": CONTEXT, "description": words})
    print(f"{CONTEXT}: {state}, {words}")
    return console.DONE


def description(gate: dict[str, Any], translate: Translate) -> str:
    """What the verdict means, in a few words: a person's approval is no failure, so that people can merge after it."""
    if gate.get("checks_ok") is not True:
        return translate("there are problems, listed in the comment")
    if gate.get("verdict") == "merge":
        return translate("all right, merges by itself")
    return translate("all right, somebody has to approve it")


def _read(file: str) -> dict[str, Any]:
    try:
        with open(file, encoding="utf-8") as source:
            gate = json.load(source)
    except (OSError, ValueError):
        gate = None
    if not isinstance(gate, dict) or "verdict" not in gate:
        hint = "write it with gate --format json"
        raise Problems([Problem(file, 0, 0, "verdict", "no verdict of the gate is in this file", hint)])
    return gate

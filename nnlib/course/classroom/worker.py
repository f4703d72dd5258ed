"""A fresh process that runs one answer and reports values, never verdicts.

It reads a request from standard input and writes outcomes, as JSON, to a descriptor that it took
for itself. Whatever the answer does in here, all that leaves are numbers; the process that asked
compares them with its own.
"""

from __future__ import annotations

import ast
import json
import linecache
import os
import sys
from typing import Any

from ..judging import derived
from ..judging.limits import TimeUp, TooBig, limits
from ..judging.run import attempt
from ..registry import exercises
from .answer import Answer, Definition, answers, exercise_id, needed, undecorated
from .wire import encode_outcome

STARTING = 20.0  # seconds for the cells that an answer needs


class Unloadable(Exception):
    """The statements that an answer needs could not be run."""


def load(cells: list[str], answer: Answer) -> Any:
    """Run what the answer needs, in order, and return it. Other exercises are nnlib's own."""
    space: dict[str, Any] = {"__name__": "student"}
    for number, text in enumerate(cells):
        name = f"<cell {number + 1}>"
        linecache.cache[name] = (len(text), None, text.splitlines(True), name)
    for number, node in needed(cells, answer):
        other = exercise_id(node)
        if isinstance(node, Definition) and other == answer.id:
            undecorated(node)
        elif isinstance(node, Definition) and other and other in exercises:
            space[node.name] = exercises[other].reference
            continue
        try:
            with limits(STARTING):
                exec(compile(ast.Module([node], []), f"<cell {number + 1}>", "exec"), space)
        except (Exception, TimeUp, TooBig, SystemExit) as error:
            late = isinstance(error, TimeUp)
            what = "it took too long" if late else f"{type(error).__name__}: {error}"
            raise Unloadable(f"line {node.lineno} of code cell {number + 1}: {what}") from None
    return space[answer.name]


def main() -> None:
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    request = json.loads(sys.stdin.buffer.read())
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(silence, descriptor)
    os.chdir(request["folder"])
    sys.path.append(request["folder"])
    exercise = exercises[request["exercise"]]
    cases = exercise.all_cases(request["seed"])
    found = [a for a in answers(request["cells"]) if a.id == exercise.id]
    reply: dict[str, Any]
    try:
        answer = load(request["cells"], found[-1])
        outcomes = attempt(exercise, answer, cases)
        further = derived.outcomes(exercise, answer) if len(outcomes) == len(cases) else []
        reply = {
            "outcomes": [encode_outcome(outcome) for outcome in outcomes],
            "derived": [encode_outcome(outcome) for outcome in further],
        }
    except Unloadable as error:
        reply = {"unloadable": str(error)}
    channel.write(json.dumps(reply))
    channel.close()
    os._exit(0)


if __name__ == "__main__":
    main()

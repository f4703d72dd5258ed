"""Answers judged as a student's notebook would: in its names, in a process of their own.

An answer is a dict, a line of JSON in a file:

    {"id": "softmax-w003", "exercise": "softmax", "label": "wrong", "code": "def softmax(Z): ..."}

`label` is "wrong" or "right". `"may_refuse": true` stands by a right answer that a strict check may
send back in friendly words (a list where an array is asked for); `slip` may say what is wrong.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]  # `context`; nnlib, installed or not

from context import Context  # noqa: E402

STARTING, GUARD = 180.0, 30.0  # seconds for a process to begin, and for one answer

# Kinds of cards that say that something is amiss and not what the slip was. All others name it.
VAGUE = {
    "", "values", "shape", "raised", "parts", "type", "dtype", "words", "silent", "nan",
    "signature", "too long", "too big", "blank", "internal", "lost",
}  # fmt: skip


@dataclass
class Verdict:
    """What a check said of an answer. `status`: passed, failed, or unloadable."""

    status: str
    kind: str = ""
    misconception: str = ""
    message: str = ""
    evidence: str = ""
    seconds: float = 0.0

    @property
    def named(self):
        return self.kind not in VAGUE


def read(path):
    """The answers in a file of lines of JSON."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def judge(answers, jobs=None, told=None):
    """{id of an answer: its Verdict}. jobs: processes at once. told: hears of each verdict."""
    jobs = jobs or os.cpu_count()
    groups = {}
    for answer in answers:
        groups.setdefault(answer["exercise"], []).append(answer)
    batches = [[] for _ in range(4 * jobs)]  # exercises share a process: to start one takes long
    for group in sorted(groups.values(), key=len, reverse=True):
        min(batches, key=len).extend(group)

    def one(batch):
        found = {}
        for id, verdict in _judged(batch):
            found[id] = verdict
            if told:
                told(id, verdict)
        return found

    with ThreadPoolExecutor(jobs) as pool:
        verdicts = {id: v for found in pool.map(one, batches) for id, v in found.items()}
    return {answer["id"]: verdicts[answer["id"]] for answer in answers}


def _judged(answers):
    """Pairs of id and Verdict. A process is used again unless an answer left traces in it."""
    left = list(answers)
    while left:
        with tempfile.TemporaryDirectory() as folder, _process(folder) as process:
            going = _reply(process, STARTING) is not None
            if not going:
                raise RuntimeError(f"no process to judge in:\n{process.stderr.read()[-2000:]}")
            while left and going:
                answer = left.pop(0)
                process.stdin.write(json.dumps(answer) + "\n")
                process.stdin.flush()
                reply = _reply(process, GUARD)
                going = bool(reply and reply.pop("going"))
                yield answer["id"], Verdict(**reply) if reply else Verdict("failed", "lost")
            process.kill()


def _process(folder):
    one_thread = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    own = {"NNLIB_PROGRESS_DIR": folder, "MPLBACKEND": "Agg", "PYTHONUTF8": "1"}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, __file__], stdin=pipe, stdout=pipe, stderr=pipe, text=True,
        encoding="utf-8", cwd=folder, env=os.environ | one_thread | own,
    )  # fmt: skip


def _reply(process, seconds):
    """The next line of a process, or None: it ended, or was ended, before it came to one."""
    clock = threading.Timer(seconds, process.kill)
    clock.start()
    try:
        line = process.stdout.readline()
    finally:
        clock.cancel()
    return json.loads(line) if line.endswith("\n") else None


# ------------------------------------------------------------------------------- in the process


def sit():
    """Read an answer a line, write a verdict a line, until nothing more comes."""
    asked = os.fdopen(os.dup(0), encoding="utf-8")
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)  # what answers print

    def say(**what):
        channel.write(json.dumps(what) + "\n")
        channel.flush()

    context, known = None, set()
    say(ready=True)
    for number, line in enumerate(asked):
        answer = json.loads(line)
        if context is None or context.id != answer["exercise"]:
            context = Context(answer["exercise"])
            context.module()
            reference = context.exercises[context.id].reference
            context.exercises[context.id].check(reference)  # draws the cases, which takes a moment
            known = _packages()
        verdict = verdict_on(context, answer["code"], f"answer_{number}")
        spoilt = _packages() - known or verdict.kind in ("too long", "too big")
        say(**asdict(verdict), going=not spoilt)
    os._exit(0)


def verdict_on(context, text, name="cell"):
    """The Verdict on one answer's text."""
    try:
        answer = context.answer(text, name)
    except BaseException as error:  # whatever the text does when it is run
        return Verdict("unloadable", message=f"{type(error).__name__}: {error}")
    begun = time.perf_counter()
    try:
        result = context.exercises[context.id].check(answer)
    except BaseException as error:  # `check` is never to raise
        return Verdict("failed", "internal", message=f"{type(error).__name__}: {error}")
    seconds = round(time.perf_counter() - begun, 4)
    name = getattr(result.misconception, "name", "")
    evidence = result.evidence or ""
    return Verdict(result.status, result.kind or "", name, result.message, evidence, seconds)


def _packages():
    """The packages loaded, the standard library's aside. One that an answer brings in may stay."""
    found = {n for n, m in list(sys.modules.items()) if "." not in n and hasattr(m, "__path__")}
    return found - sys.stdlib_module_names


if __name__ == "__main__":
    sit()

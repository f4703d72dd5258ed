"""Right answers written differently, spoilt on purpose: one that still passes shows a missing case.

Each right answer is changed in one place after the other: an axis, a sign, an operator, a statement
left out, a constant, a neighbour's function. Most changes fail. Of those that pass every case, the
derived ones too, most are the same thing in other words: they agree with the reference wherever the
cases' numbers are scaled, shifted and turned round. One that differs there is a hole: a case is to
be added, or it is listed below with the reason why it does no harm.
`python benchmarks/holes.py --right` does the same with the answers in tests/course/outside.
"""

import re

import pytest
from answers import known

from nnlib.course import exercises
from nnlib.course.judging.derived import examine
from nnlib.course.judging.repair.holes import spoil

HARMLESS = {  # exercise -> {the changed statement, "*" for any text: the reason}
    "gradient_descent": {"while steps > learning_rate:": "no rate is larger than the steps"},
    "leaky_relu_grad": {"slope = *abs(negative_slope))": "a leak below 0 is no leaky ReLU"},
    "adam_step": {
        "m[k] += 1 % b1 *": "1 % b is 1 - b for every b above 1/2",
        "s[k] += 1 % b2 *": "1 % b is 1 - b for every b above 1/2",
        "*(math.sqrt(s[k]) / math.sqrt(1 - b2 ** t) + eps)": "the root of a quotient",
    },
    "early_stopping": {
        "run = Run(*": "only the number of epochs is read from it",
        "if last - best == patience:": "patience is a whole number",
    },
    "loss_in_columns": {"E = np.exp(Z*": "any shift of the scores, while they are ordinary"},
    "sigmoid_tanh_grad": {"Z = np.clip(Z, *": "there both slopes are lost in rounding"},
}


# Of these one answer alone is spoilt: each takes long.
LONG = ("Network", "train_network", "train_epoch", "gradient_error")


def students(exercise):
    """The answers that a student might write: not those that the library itself holds."""
    modules = [
        (a, getattr(a, "__module__", None) or "numpy") for a in known(exercise, "ALTERNATIVES")
    ]
    answers = [a for a, module in modules if not module.startswith(("nnlib.", "numpy"))]
    return answers[-1:] if exercise.id in LONG else answers


SPOILT = [
    pytest.param(e, students(e), id=f"ch{e.chapter:02}-{e.id}")
    for e in exercises.values()
    if any(case.args for case in e.all_cases()) and e.id != "xor_network"  # many solutions
]


def reason(exercise, statement):
    for pattern, why in HARMLESS.get(exercise.id, {}).items():
        if re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), statement):
            return pattern, why
    return None


@pytest.mark.parametrize("exercise, answers", SPOILT)
def test_spoilt_right_answers_fail(exercise, answers, record_property):
    made = same = 0
    holes = []
    for answer in answers:
        spoilt = spoil(exercise, answer, further=examine)
        made += spoilt.made
        same += sum(not hole.differs for hole in spoilt.holes)
        holes += [hole for hole in spoilt.holes if hole.differs]
    found = [(hole, reason(exercise, hole.statement)) for hole in holes]
    allowed = [(f"{exercise.id}: {hole.statement}", why[1]) for hole, why in found if why]
    survived = [
        f"{exercise.id}: {hole.statement}   wrong for {hole.differs}"
        for hole, why in found
        if not why
    ]
    record_property(
        "spoilt", {"made": made, "same": same, "allowed": allowed, "survived": survived}
    )
    assert made or not answers
    assert not survived, "add a case that kills them:\n" + "\n".join(survived)
    stale = set(HARMLESS.get(exercise.id, ())) - {why[0] for _, why in found if why}
    assert not stale, f"listed as harmless, but killed or not made: {stale}"

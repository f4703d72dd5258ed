"""A schedule is a factor on the rate: up in a line, then down along half a cosine."""

import math

from nnlib.course.description import case, describe, region


def warmup_cosine(t, warmup):
    """The factor on the learning rate when the part t of training is done, 0 <= t <= 1."""
    if t < warmup:
        return t / warmup
    past = (t - warmup) / (1 - warmup)  # 0 at the peak, 1 at the end
    return (1 + math.cos(math.pi * past)) / 2


exercise = describe(
    warmup_cosine,
    title="Warm up, then half a cosine",
    minutes=6,
    difficulty=2,
    cases=(
        case(0.0, 0.1, about="the start"),
        case(0.05, 0.1, about="half of the warm-up"),
        case(0.1, 0.1, about="the peak"),
        case(0.6, 0.2, about="half-way down"),
        case(1.0, 0.2, about="the end"),
        case(0.0, 0.0, about="no warm-up at all"),
    ),
    draw=lambda rng: (float(rng.uniform(0.3, 0.95)), float(rng.uniform(0.05, 0.25))),
    returns=("the factor",),
    factors=lambda t, warmup: {"the warm-up": warmup, "1 - warmup": 1 - warmup},
    regions=(
        region(
            """Right at a few points of the curve, and not along all of it. Up to `warmup` it is a
            straight line, t / warmup; after it, half a cosine from 1 to 0.""",
            *[case(t, 0.1) for t in (0.01, 0.03, 0.08, 0.12, 0.3, 0.5, 0.8, 0.99)],
            *[case(t, 0.4) for t in (0.1, 0.3, 0.45, 0.7, 0.95)],
            case(0.25, 0.0),
            case(1.0, 0.0),
        ),
    ),
    hints=(
        "There are two stretches. In which one is t, and how far through it?",
        "Rising: `t / warmup`. After that, `past = (t - warmup) / (1 - warmup)` runs from 0 "
        "to 1. The cosine of `pi * past` runs from 1 to -1; you need 1 to 0.",
        "`if t < warmup: return t / warmup`, else `(1 + math.cos(math.pi * past)) / 2`.",
    ),
)


@exercise.misconception(
    "no warm-up",
    """Your factor is 1 at the start. Warm-up begins at 0 and rises in a line, t / warmup, until t
    reaches `warmup`.""",
)
def cosine_without_warmup(t, warmup):
    return (1 + math.cos(math.pi * t)) / 2


@exercise.misconception(
    "the cosine has already begun",
    """At the end of the warm-up your factor drops from 1 to a smaller number: the cosine runs on t,
    which is not 0 there. Let it run on (t - warmup) / (1 - warmup), which is.""",
)
def cosine_not_restarted(t, warmup):
    return t / warmup if t < warmup else (1 + math.cos(math.pi * t)) / 2


@exercise.misconception(
    "the cosine does not reach its end",
    """Your cosine starts at the right place and is not finished at t = 1: it has only run over 1 -
    warmup. Divide t - warmup by 1 - warmup.""",
)
def cosine_without_stretch(t, warmup):
    return t / warmup if t < warmup else (1 + math.cos(math.pi * (t - warmup))) / 2


@exercise.misconception(
    "a factor below zero",
    """A cosine runs from 1 to -1, so your factor becomes negative half-way, and descent turns into
    ascent. Add 1 and halve: that runs from 1 to 0.""",
)
def cosine_below_zero(t, warmup):
    return t / warmup if t < warmup else math.cos(math.pi * (t - warmup) / (1 - warmup))


@exercise.misconception(
    "an angle in degrees",
    """`math.cos` takes radians, so 180 is more than 28 turns. Half a turn is `math.pi`.""",
)
def cosine_in_degrees(t, warmup):
    past = (t - warmup) / (1 - warmup)
    return t / warmup if t < warmup else (1 + math.cos(180 * past)) / 2

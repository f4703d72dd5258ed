"""The sigmoid's slope is made of its own output, so that is all a layer must keep."""

import numpy as np

from nnlib import manual
from nnlib.course.description import case, describe
from nnlib.functions import sigmoid

from .shared import LATER_BATCHES, batch_and_gradient, forward_then_backward

exercise = describe(
    manual.Sigmoid,
    title="Sigmoid as a layer",
    minutes=5,
    difficulty=1,
    probe=forward_then_backward,
    cases=(
        case(np.array([[0.0, 1, -2]]), np.array([[4.0, -5, 6]]), about="a score of 0: slope 1/4"),
        case(np.array([[40.0], [-40]]), np.array([[1.0], [2]]), about="flat on both sides"),
    ),
    draw=batch_and_gradient,
    regions=(LATER_BATCHES,),
    hints=(
        "You crossed this node twice in `two_layer_backward`. Which array did you need there?",
        "`forward` computes A, keeps it in `self` and returns it. `backward` multiplies what "
        "arrives by the slope, made of A.",
        "`self.A = sigmoid(Z)`, `return self.A`; and `return dA * self.A * (1 - self.A)`.",
    ),
)


@exercise.misconception(
    "slope of the input",
    """`forward` is right. `backward` puts the input Z into s (1 - s). There s is what the sigmoid
    gave: keep A, not Z.""",
)
class SlopeOfTheInput(manual.Sigmoid):
    def backward(self, dA):
        return dA * self.Z * (1 - self.Z)


@exercise.misconception(
    "sigmoid applied twice",
    """`forward` is right. In `backward` you send A through the sigmoid again. A is its output
    already: the slope is A (1 - A).""",
)
class SigmoidTwice(manual.Sigmoid):
    def backward(self, dA):
        return dA * sigmoid(self.A) * (1 - sigmoid(self.A))


@exercise.misconception(
    "the slope alone",
    """`forward` is right. `backward` returns the slope of the sigmoid. The chain rule multiplies it
    by the gradient that arrives.""",
)
class SlopeAlone(manual.Sigmoid):
    def backward(self, dA):
        return self.A * (1 - self.A)


@exercise.misconception(
    "the factor 1 - A forgotten",
    """`forward` is right. `backward` multiplies by A alone, as if the sigmoid were an exponential.
    Its slope is A (1 - A): near 1 it is as flat as near 0.""",
)
class HalfASlope(manual.Sigmoid):
    def backward(self, dA):
        return dA * self.A

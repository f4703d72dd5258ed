"""A layer without weights still has something to remember: where it was on."""

import numpy as np

from nnlib import manual
from nnlib.course.description import case, describe

from .shared import LATER_BATCHES, batch_and_gradient, forward_then_backward

exercise = describe(
    manual.ReLU,
    title="ReLU as a layer",
    minutes=4,
    difficulty=1,
    probe=forward_then_backward,
    cases=(
        case(np.array([[1.0, -2, 3]]), np.array([[-4.0, 5, 6]]), about="on, off, on"),
        case(np.array([[-1.0, -2], [-3, -4]]), np.array([[1.0, 2], [3, 4]]), about="all off"),
        case(np.array([[0.0, 2]]), np.array([[3.0, -1]]), about="a score of 0 counts as off"),
    ),
    draw=batch_and_gradient,
    regions=(LATER_BATCHES,),
    hints=(
        "`relu_backward` asks for two arrays. One arrives as an argument. Who has the other?",
        "`forward` computes A, keeps it in `self` and returns it. `backward` calls "
        "`relu_backward` with both.",
        "`self.A = relu(Z)`, `return self.A`; and `return relu_backward(dA, self.A)`.",
    ),
)


@exercise.misconception(
    "forward returns nothing",
    """`forward` keeps A and returns None. The next layer waits for it: `return self.A`.""",
)
class KeepsItToItself(manual.ReLU):
    def forward(self, Z):
        super().forward(Z)


@exercise.misconception(
    "the gradient goes straight through",
    """`forward` is right. `backward` returns dA as it came, also for units that were off. They did
    not move the loss, so nothing comes back through them.""",
)
class StraightThrough(manual.ReLU):
    def backward(self, dA):
        return dA


@exercise.misconception(
    "ReLU of the gradient",
    """`forward` is right. `backward` cuts off negative gradients. What decides is not the
    gradient's sign, but whether the unit was on in `forward`.""",
)
class ReluOfTheGradient(manual.ReLU):
    def backward(self, dA):
        return np.maximum(dA, 0)


@exercise.misconception(
    "the slope alone",
    """`forward` is right. `backward` returns the slopes, 1 and 0. The chain rule multiplies them by
    the gradient that arrives.""",
)
class SlopeAlone(manual.ReLU):
    def backward(self, dA):
        return (self.Z > 0) * 1.0

"""A step function forgets; an optimiser keeps one velocity for each parameter."""

import numpy as np

from nnlib.course.description import case, describe, region

from .shared import a_pause, three_steps, weights_and_gradients


class Momentum:
    """Descent with momentum on parameters with `.data` and `.grad`, one velocity for each."""

    def __init__(self, params, lr, momentum=0.9):
        self.params = list(params)
        self.lr, self.momentum = lr, momentum
        self.velocities = [np.zeros_like(p.data) for p in self.params]

    def step(self):
        """Move each parameter that has a gradient, in place."""
        for i, p in enumerate(self.params):
            if p.grad is not None:
                self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p.data -= self.lr * self.velocities[i]

    def zero_grad(self):
        """Forget the gradients, not the velocities."""
        for p in self.params:
            p.grad = None


exercise = describe(
    Momentum,
    title="Momentum as an optimiser",
    minutes=10,
    difficulty=2,
    probe=three_steps,
    loops=True,
    cases=(
        case(
            np.array([[1.0, 2, 3]]),
            np.array([10.0, 20, 30]),
            np.array([[1.0, 0, -1]]),
            np.array([2.0, 4, -8]),
            np.array([[0.0, 1, 0]]),
            np.array([0.0, -4, 1]),
            0.5,
            about="one input, three units",
        ),
        case(
            np.array([[1.0, 2], [3, 4]]),
            np.array([5.0, 6]),
            np.array([[1.0, 1], [-2, 0]]),
            np.array([1.0, -1]),
            np.zeros((2, 2)),
            np.zeros(2),
            0.1,
            about="no slope in the second step: it rolls on",
        ),
    ),
    draw=weights_and_gradients,
    calls=("Momentum([p], lr=0.5, momentum=0.8)", "Momentum(p, lr)"),
    regions=(
        region(
            """Right, where every parameter has a gradient in every step. Pass over one that has
            none, and go on with the next. And `params` may be a generator, which can be read once:
            keep `list(params)`.""",
            case(
                np.array([[1.0, 2, 3]]),
                np.array([10.0, 20]),
                np.ones((1, 3)),
                np.array([1.0, -2]),
                np.ones((1, 3)),
                np.array([0.5, 4]),
                0.5,
            ),
            use=a_pause,
        ),
    ),
    hints=(
        "`momentum_step` was handed the old velocity and gave back the new one. Who keeps it "
        "between two calls of `step`, and how many velocities are there?",
        "Make one velocity of zeros for each parameter in `__init__`. In `step`, skip a parameter "
        "whose `.grad` is None; otherwise make its new velocity, keep it, and move `p.data` in "
        "place by `self.lr` times it.",
        "`self.v = [np.zeros_like(p.data) for p in self.params]`. In `step`, for each i: "
        "`w, self.v[i] = momentum_step(p.data, self.v[i], p.grad, self.lr, self.momentum)`, "
        "then `p.data[...] = w`.",
    ),
)


@exercise.misconception(
    "the average form",
    """Your gradient carries a factor 1 - momentum, so the velocity is an average, and the steps are
    ten times as short at 0.9. Here it is a sum, as in `momentum_step`.""",
)
class Averages(Momentum):
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is not None:
                v = self.momentum * self.velocities[i] + (1 - self.momentum) * p.grad
                self.velocities[i] = v
                p.data -= self.lr * v


@exercise.misconception(
    "the rate inside the velocity",
    """Two steps are right. For the third the rate was halved, as a schedule does, and your velocity
    still holds the old one: it is made of -lr * gradient. Keep gradients in it, and multiply by
    `self.lr` in the step.""",
)
class RateInside(Momentum):
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is not None:
                self.velocities[i] = self.momentum * self.velocities[i] - self.lr * p.grad
                p.data += self.velocities[i]


@exercise.misconception(
    "the rate copied at the start",
    """Two steps are right. For the third `optimiser.lr` was halved, as a schedule does, and your
    step does not see it. Read `self.lr` in every step.""",
)
class RateOfTheStart(Momentum):
    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr, momentum)
        self.first = lr

    def step(self):
        self.lr, now = self.first, self.lr
        super().step()
        self.lr = now


@exercise.misconception(
    "the velocity is not kept",
    """The first step is right. In the second the velocity begins at 0 again, so this is plain
    descent. Keep the new velocity in the object, and let `zero_grad()`, which comes before every
    step, forget the gradients only.""",
)
class StartsFromRest(Momentum):
    def step(self):
        super().step()
        self.velocities = [np.zeros_like(p.data) for p in self.params]

"""Adam's state is two averages for each parameter, and one counter for all of them."""

import numpy as np

from nnlib.course.description import case, describe, region
from nnlib.manual import Parameter

from .adam_step import adam_step
from .shared import a_pause, three_steps, weights_and_gradients


class Adam:
    """Adam on parameters with `.data` and `.grad`: for each an m and an s, and a count of steps."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.params = list(params)
        self.lr, self.betas, self.eps = lr, betas, eps
        self.t = 0
        self.m = [np.zeros_like(p.data) for p in self.params]
        self.s = [np.zeros_like(p.data) for p in self.params]

    def step(self):
        """Move each parameter that has a gradient, in place."""
        self.t += 1
        for i, p in enumerate(self.params):
            if p.grad is not None:
                p.data[...], self.m[i], self.s[i] = adam_step(
                    p.data, self.m[i], self.s[i], p.grad, self.t, self.lr, *self.betas, self.eps
                )

    def zero_grad(self):
        """Forget the gradients, not the averages."""
        for p in self.params:
            p.grad = None


def steps_and_defaults(answer, *args):
    """`three_steps`, and one step with the settings left to their defaults."""
    w = Parameter(np.array([1.0, 2]))
    optimiser = answer([w])
    w.grad = np.array([0.5, 3e-8])
    optimiser.step()
    return three_steps(answer, *args) | {"the step by default": w.data - [1, 2]}


def _settings(answer, W, b, dW, db, dW2, db2, lr):
    """With other betas and another eps."""
    return three_steps(
        lambda params, lr: answer(params, lr, betas=(0.5, 0.8), eps=0.1),
        *(W, b, dW, db, dW2, db2, lr),
    )


exercise = describe(
    Adam,
    title="Adam as an optimiser",
    minutes=12,
    difficulty=2,
    probe=steps_and_defaults,
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
            np.array([[0.5, 0], [0, 3]]),
            np.array([2.0, 2]),
            0.1,
            about="two inputs, two units",
        ),
    ),
    draw=weights_and_gradients,
    calls=("Adam(four, lr=1.0)", "Adam(p, lr)", "Adam(net.parameters())"),
    regions=(
        region(
            """Right, with the usual settings. `betas` and `eps` may be others: hand them on to the
            step.""",
            case(*weights_and_gradients(np.random.default_rng(5))),
            use=_settings,
        ),
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
        "`adam_step` was handed m, s and t. Which of them does each parameter have for itself, "
        "and which do all of them share?",
        "In `__init__`: an m and an s of zeros for each parameter, and one counter at 0. `step` "
        "adds 1 to the counter once, then goes through the parameters and calls `adam_step`.",
        "`self.t += 1` before the loop. In it: `w, self.m[i], self.s[i] = adam_step(p.data, "
        "self.m[i], self.s[i], p.grad, self.t, self.lr, *self.betas, self.eps)`, then "
        "`p.data[...] = w`.",
    ),
)


@exercise.misconception(
    "counts every parameter",
    """W is right after the first step, b is not. Your counter goes up inside the loop over the
    parameters, so the second one is already at step 2. Count once for each call of `step`.""",
)
class CountsParameters(Adam):
    def step(self):
        for i, p in enumerate(self.params):
            self.t += 1
            if p.grad is not None:
                p.data[...], self.m[i], self.s[i] = adam_step(
                    p.data, self.m[i], self.s[i], p.grad, self.t, self.lr, *self.betas, self.eps
                )


@exercise.misconception(
    "the counter stands still",
    """The first step is right, the second too long or too short: the correction is still that of
    step 1. Add 1 to the counter in every call of `step`.""",
)
class NeverCounts(Adam):
    def step(self):
        self.t = 0
        super().step()


@exercise.misconception(
    "counts from 0",
    """The first correction divides by 1 - b^0, which is 0. The counter is 1 in the first step: add
    1 before the loop, not after it.""",
)
class CountsFromZero(Adam):
    def step(self):
        self.t -= 1
        super().step()
        self.t += 1


@exercise.misconception(
    "the averages are not kept",
    """The first step is right. In the second m and s begin at 0 again. Keep what `adam_step`
    returns, for each parameter, and let `zero_grad()`, which comes before every step, forget the
    gradients only.""",
)
class ForgetsAverages(Adam):
    def step(self):
        self.m = [np.zeros_like(p.data) for p in self.params]
        self.s = [np.zeros_like(p.data) for p in self.params]
        super().step()


@exercise.misconception(
    "the rate copied at the start",
    """Two steps are right. For the third `optimiser.lr` was halved, as a schedule does, and your
    step does not see it. Read `self.lr` in every step.""",
)
class RateOfTheStart(Adam):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(params, lr, betas, eps)
        self.first = lr

    def step(self):
        self.lr, now = self.first, self.lr
        super().step()
        self.lr = now

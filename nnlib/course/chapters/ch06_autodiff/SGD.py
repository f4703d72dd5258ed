"""Stepping and forgetting are separate acts, because gradients add up until told not to."""

import numpy as np

from nnlib import nn
from nnlib.course.description import case, describe, region


class SGD:
    """Plain gradient descent on parameters with `.data` and `.grad`. `nnlib.optim` has momentum."""

    def __init__(self, params, lr):
        self.params, self.lr = list(params), lr

    def step(self):
        """Move each parameter that has a gradient, in place, against it."""
        for p in self.params:
            if p.grad is not None:
                p.data -= self.lr * p.grad

    def zero_grad(self):
        """Forget all gradients."""
        for p in self.params:
            p.grad = None


def two_steps(answer, W, b, dW, db, lr):
    """Two steps along the same gradients; then forget them. A third parameter has none."""
    parameters = [nn.Parameter(W), nn.Parameter(b), nn.Parameter(np.array([5.0]))]
    for p, gradient in zip(parameters, (dW, db), strict=False):
        p.grad = gradient.copy()
    optimiser = answer(parameters, lr)
    optimiser.step()
    report = {"W": parameters[0].data.copy(), "b": parameters[1].data.copy()}
    optimiser.step()
    report["W after a second step"] = parameters[0].data.copy()
    optimiser.zero_grad()
    kept = [
        name
        for p, name in zip(parameters, ("W", "b"), strict=False)
        if p.grad is not None and np.any(p.grad)
    ]
    report["gradients left by zero_grad"] = " and ".join(kept) or "none"
    return report | {"W after zero_grad": parameters[0].data.copy()}


def weights_and_gradients(rng):
    W, dW = rng.normal(size=(2, 2, int(rng.integers(3, 5))))
    b, db = rng.normal(size=(2, W.shape[1]))
    return W, b, dW, db, float(rng.uniform(0.1, 0.7))


def one_left_out(answer, W, b, dW, db, lr):
    """Parameters from a generator, the first and the third of them without a gradient."""
    parameters = [nn.Parameter(p) for p in (np.array([5.0]), W, np.array([6.0]), b)]
    parameters[1].grad, parameters[3].grad = dW.copy(), db.copy()
    optimiser = answer((p for p in parameters), lr)
    optimiser.step()
    optimiser.step()
    optimiser.zero_grad()
    left = sum(p.grad is not None and bool(np.any(p.grad)) for p in parameters)
    return {"W": parameters[1].data, "b": parameters[3].data, "gradients left": left}


exercise = describe(
    SGD,
    title="An optimiser: step and zero_grad",
    minutes=6,
    difficulty=2,
    probe=two_steps,
    loops=True,
    cases=(
        case(
            np.array([[1.0, 2, 3]]),
            np.array([10.0, 20, 30]),
            np.array([[1.0, 0, -1]]),
            np.array([2.0, 4, -8]),
            0.5,
            about="one input, three units",
        ),
        case(
            np.array([[1.0]]),
            np.array([2.0]),
            np.array([[4.0]]),
            np.array([-3.0]),
            0.1,
            about="one weight",
        ),
    ),
    draw=weights_and_gradients,
    terms=lambda W, b, dW, db, lr: {"the step of W": -lr * dW},
    regions=(
        region(
            """Right, where the parameter without a gradient comes last. It may stand anywhere:
            pass over it, and go on with the next. And `params` may be a generator, which can be
            read once: keep `list(params)`.""",
            case(np.array([[1.0, 2, 3]]), np.array([10.0, 20]), np.ones((1, 3)), np.ones(2), 0.5),
            use=one_left_out,
        ),
    ),
    calls=("SGD(yours.parameters(), lr=0.5)",),
    hints=(
        "`step` is chapter 5's `sgd_step` once more. What if a parameter was not used, and its "
        "`.grad` is still None?",
        "Loop over `self.params`. In `step`, skip those whose `.grad` is None, and change "
        "`p.data` in place. In `zero_grad`, set `p.grad` back to None.",
        "`for p in self.params: if p.grad is not None: p.data -= self.lr * p.grad`, and "
        "`for p in self.params: p.grad = None`.",
    ),
)


@exercise.misconception(
    "steps uphill",
    """The step goes uphill: the gradient points where the loss grows. Subtract it.""",
)
class StepsUphill(SGD):
    def step(self):
        for p in self.params:
            if p.grad is not None:
                p.data += self.lr * p.grad


@exercise.misconception(
    "moves a name, not the parameter",
    """Nothing has moved. `p = p - ...` computes a new Tensor and calls it p; the parameter of the
    layer is another object, and stays. Change the array inside it: `p.data -= ...`.""",
)
class MovesAName(SGD):
    def step(self):
        for p in self.params:
            if p.grad is not None:
                p = p - self.lr * p.grad


@exercise.misconception(
    "learning rate not used",
    """The whole gradient is subtracted. Multiply it by `self.lr` first.""",
)
class WithoutRate(SGD):
    def step(self):
        for p in self.params:
            if p.grad is not None:
                p.data -= p.grad


@exercise.misconception(
    "no gradient not expected",
    """A parameter that took no part in the loss has `.grad` None, and None cannot be multiplied.
    Skip it: `if p.grad is not None`.""",
)
class NoneNotExpected(SGD):
    def step(self):
        for p in self.params:
            p.data -= self.lr * p.grad


@exercise.misconception(
    "only the first is forgotten",
    """`zero_grad` forgets one gradient and leaves the others. Is a `return` indented into the
    loop?""",
)
class StopsAtTheFirst(SGD):
    def zero_grad(self):
        for p in self.params:
            p.grad = None
            return


@exercise.misconception(
    "weights set to zero",
    """`zero_grad` sets the weights themselves to zero, and with them all that was learned. Only
    `p.grad` is to be forgotten.""",
)
class ZeroesTheWeights(SGD):
    def zero_grad(self):
        for p in self.params:
            p.data = np.zeros_like(p.data)
            p.grad = None


@exercise.misconception(
    "step forgets the gradients",
    """The first step is right, and the second does nothing, because `step` has thrown the gradients
    away. Forgetting is a job of its own, `zero_grad`: the loop decides when.""",
)
class StepForgets(SGD):
    def step(self):
        super().step()
        self.zero_grad()


@exercise.misconception(
    "forgets a name only",
    """`zero_grad` sets a variable of its own to None. The gradient still hangs on the parameter:
    assign to `p.grad`.""",
)
class ZeroesAName(SGD):
    def zero_grad(self):
        for p in self.params:
            gradient = p.grad  # noqa: F841
            gradient = None  # noqa: F841

"""An operation of one's own: forward keeps what backward needs, and backward is the chain rule."""

import importlib.util

import numpy as np

from nnlib.course.description import case, describe, region
from nnlib.tensor import Tensor


class Swish:
    """x sigmoid(x) as PyTorch's `autograd.Function` wants it: two static methods."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x.sigmoid()

    @staticmethod
    def backward(ctx, gradient):
        (x,) = ctx.saved_tensors
        s = x.sigmoid()
        return gradient * (s + x * s * (1 - s))


class Context:
    """What stands between the two: it keeps what forward hands it."""

    saved_tensors = ()

    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors


def tensors():
    """What makes a tensor of an array: PyTorch where it is installed, else the course's own."""
    if importlib.util.find_spec("torch") is None:
        return Tensor
    import torch

    return torch.tensor


def forth_and_back(answer, x, gradient):
    """Forward for x, then backward from `gradient`, with a context that only keeps."""
    tensor, ctx = tensors(), Context()
    y = answer.forward(ctx, tensor(x))
    dx = answer.backward(ctx, tensor(gradient))
    y, dx = (part if part is None else np.array(getattr(part, "data", part)) for part in (y, dx))
    return {"y": y, "dL/dx": dx}


def two_on_their_way(answer, x, other, gradient):
    """Two forward passes before the first goes back: each has its own context."""
    tensor, first, second = tensors(), Context(), Context()
    answer.forward(first, tensor(x))
    answer.forward(second, tensor(other))
    back = answer.backward(first, tensor(gradient))
    return {"dL/dx of the first": np.array(getattr(back, "data", back))}


exercise = describe(
    Swish,
    title="An operation of your own in PyTorch",
    minutes=12,
    difficulty=3,
    probe=forth_and_back,
    cases=(
        case(np.array([0.0, 1, -2]), np.array([1.0, 1, 1]), about="the slope itself"),
        case(np.array([[1.0, -1]]), np.array([[3.0, 0.5]]), about="a gradient that arrives"),
    ),
    draw=lambda rng: tuple(rng.normal(size=(2, 3, int(rng.integers(2, 5))))),
    regions=(
        region(
            """Right, for one call at a time. Two may be on their way at once, so keep x on `ctx`,
            which belongs to one call, and nowhere else.""",
            case(np.array([1.0, -2]), np.array([0.5, 3]), np.array([1.0, 2])),
            use=two_on_their_way,
        ),
    ),
    exempt={"whole numbers": "tensors of whole numbers have no sigmoid in PyTorch"},
    hints=(
        "Both factors of x sigmoid(x) depend on x. Which rule of differentiation is that? And "
        "what has to be there again when backward runs?",
        "With s = sigmoid(x), the product rule gives s + x s (1 - s). Keep x with "
        "`ctx.save_for_backward(x)`. Backward multiplies the slope by the gradient that arrives.",
        "In forward: `ctx.save_for_backward(x)`, `return x * x.sigmoid()`. In backward: "
        "`(x,) = ctx.saved_tensors`, `s = x.sigmoid()`, "
        "`return gradient * (s + x * s * (1 - s))`.",
    ),
)


@exercise.misconception(
    "the gradient that arrives is left out",
    """This is the slope alone. What arrives from behind, `gradient`, has to be multiplied by it:
    the chain rule.""",
)
class SlopeOnly(Swish):
    @staticmethod
    def backward(ctx, gradient):
        return Swish.backward(ctx, gradient * 0 + 1)


@exercise.misconception(
    "x taken for a constant",
    """Your slope is x s (1 - s), as if the factor x in front did not depend on x. Product rule:
    the other part is s.""",
)
class SecondFactorOnly(Swish):
    @staticmethod
    def backward(ctx, gradient):
        (x,) = ctx.saved_tensors
        s = x.sigmoid()
        return gradient * x * s * (1 - s)


@exercise.misconception(
    "the sigmoid taken for a constant",
    """Your slope is s alone, as if the sigmoid did not depend on x. Product rule: the other part is
    x times the sigmoid's own slope.""",
)
class FirstFactorOnly(Swish):
    @staticmethod
    def backward(ctx, gradient):
        (x,) = ctx.saved_tensors
        return gradient * x.sigmoid()


@exercise.misconception(
    "the factor x lost",
    """Your slope is s + s (1 - s). In the second part the sigmoid's slope still stands beside its
    factor x: s + x s (1 - s).""",
)
class FactorLost(Swish):
    @staticmethod
    def backward(ctx, gradient):
        (x,) = ctx.saved_tensors
        s = x.sigmoid()
        return gradient * (s + s * (1 - s))


@exercise.misconception(
    "the output kept in the place of x",
    """Forward kept its result, and backward takes it for x. Keep x, or s as well, whatever the
    slope is made of.""",
)
class OutputKept(Swish):
    @staticmethod
    def forward(ctx, x):
        y = Swish.forward(ctx, x)
        ctx.save_for_backward(y)
        return y


@exercise.misconception(
    "the sigmoid alone",
    """Forward gives sigmoid(x). The operation is x sigmoid(x).""",
)
class SigmoidAlone(Swish):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.sigmoid()

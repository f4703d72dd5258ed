"""A penalty on large weights, added to the loss of a batch."""

from dataclasses import dataclass

from .. import functions as F


@dataclass
class Penalty:
    """l1 * sum |w| + l2 / 2 * sum w^2 over the weights; biases (one axis) are left out."""

    l1: float = 0.0
    l2: float = 0.0

    def forward(self, parameters):
        """The penalty, one number."""
        weights = [p.data for p in parameters if p.data.ndim > 1]
        return float(sum(F.l1_penalty(W, self.l1) + F.l2_penalty(W, self.l2) for W in weights))

    def backward(self, parameters):
        """Add the penalty's gradient to each weight's `.grad`."""
        for p in parameters:
            if p.data.ndim > 1:
                gradient = F.l1_penalty_grad(p.data, self.l1) + F.l2_penalty_grad(p.data, self.l2)
                p.grad = gradient if p.grad is None else p.grad + gradient

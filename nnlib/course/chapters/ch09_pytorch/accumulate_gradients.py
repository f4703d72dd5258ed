"""Parts weighted by their share of the samples add up to the gradient of the whole."""

import numpy as np

from nnlib import nn
from nnlib.course.description import case, describe, region
from nnlib.tensor import Tensor

from .shared import a_model, cut, network


def accumulate_gradients(model, criterion, batches):
    """Leave in .grad what one backward pass over all samples of the list would leave there."""
    N = sum(len(y) for _, y in batches)
    model.zero_grad()
    for X, y in batches:
        loss = criterion(model(X), y) * (len(y) / N)
        loss.backward()


def accumulated(answer, X, y, W, b, batch_size):
    """What the answer leaves in .grad of a linear layer that has been used before."""
    model = network(W, b)
    for p in model.parameters():
        p.grad = np.full(p.shape, 7.0)  # an old gradient
    answer(model, nn.cross_entropy, cut(X, y, batch_size))
    return {"dW": model.weight.grad, "db": model.bias.grad}


class Watched(nn.Linear):
    """A layer that counts the samples which have gone forward and not yet come back."""

    held = most = 0

    def forward(self, X):
        scores = super().forward(X)
        self.held += len(X)
        self.most = max(self.most, self.held)

        def came_back(gradient):
            self.held -= len(X)
            return gradient

        return Tensor(scores.data, True, [(scores, came_back)])


def held_at_once(answer, X, y, W, b):
    """The largest number of samples in the graph at one time, of six in three parts."""
    model = Watched(*W.shape)
    model.weight, model.bias = nn.Parameter(W), nn.Parameter(b)
    answer(model, nn.cross_entropy, cut(X, y, 2))
    return {"samples held at once": model.most, "dW": model.weight.grad}


exercise = describe(
    accumulate_gradients,
    title="A batch that does not fit",
    minutes=7,
    difficulty=2,
    probe=accumulated,
    loops=True,
    cases=(
        case(
            np.array([[1.0], [-1.0], [2.0]]),
            np.array([0, 1, 0]),
            np.array([[0.5, -0.5]]),
            np.zeros(2),
            2,
            about="three samples, in parts of 2 and 1",
        ),
    ),
    draw=lambda rng: (*a_model(rng), 2),
    factors=lambda X, y, W, b, size: {"N, the number of samples": len(y)},
    regions=(
        region(
            """The gradients are right. But the parts are there because the whole does not fit into
            memory: finish one, with `backward`, before the next goes forward, and put nothing
            together.""",
            case(
                np.arange(12.0).reshape(6, 2) / 10,
                np.array([0, 1, 2, 2, 1, 0]),
                np.array([[0.5, -0.5, 1], [0, 1, -1]]),
                np.zeros(3),
            ),
            use=held_at_once,
        ),
        region(
            """Right for parts of nearly equal size. Each part counts by its share of the samples:
            weigh its mean loss by `len(y) / N`.""",
            case(
                np.arange(12.0).reshape(6, 2) / 10,
                np.array([0, 1, 2, 2, 1, 0]),
                np.array([[0.5, -0.5, 1], [0, 1, -1]]),
                np.zeros(3),
                5,
            ),
            case(
                np.arange(12.0).reshape(6, 2) / 10,
                np.array([0, 1, 2, 2, 1, 0]),
                np.array([[0.5, -0.5, 1], [0, 1, -1]]),
                np.zeros(3),
                1,
            ),
            case(
                np.arange(12.0).reshape(6, 2) / 10,
                np.array([0, 1, 2, 2, 1, 0]),
                np.array([[0.5, -0.5, 1], [0, 1, -1]]),
                np.zeros(3),
                6,
            ),
        ),
    ),
    hints=(
        "Gradients add up by themselves. What must each part's mean loss be multiplied by, so "
        "that the parts add up to the mean over all samples?",
        "The mean over N samples is the sum over the parts of (n_part / N) times the part's "
        "mean. Empty the gradients once, before the first part.",
        "`N = sum(len(y) for _, y in batches)`, `model.zero_grad()`, then for each part "
        "`(criterion(model(X), y) * (len(y) / N)).backward()`.",
    ),
)


@exercise.misconception(
    "backward is missing",
    """No gradient was left: `.grad` is empty. Call `backward()` on each part's loss. Nothing needs
    to be returned.""",
)
def accumulate_nothing(model, criterion, batches):
    model.zero_grad()
    for X, y in batches:
        criterion(model(X), y)


@exercise.misconception(
    "means added up",
    """Each part's loss is a mean already, and these means are simply added: with ten parts, a
    gradient ten times too long. Give each part its share, len(y) / N.""",
)
def accumulate_means(model, criterion, batches):
    model.zero_grad()
    for X, y in batches:
        criterion(model(X), y).backward()


@exercise.misconception(
    "divided by the number of parts",
    """Dividing by the number of parts is right only where all are of one size. The last part is
    smaller and should weigh less: len(y) / N.""",
)
def accumulate_by_number_of_batches(model, criterion, batches):
    model.zero_grad()
    for X, y in batches:
        (criterion(model(X), y) * (1 / len(batches))).backward()


@exercise.misconception(
    "zero_grad inside the loop",
    """The gradients are emptied before each part, so only the last part's is left. Empty them once,
    before the loop.""",
)
def accumulate_only_the_last(model, criterion, batches):
    N = sum(len(y) for _, y in batches)
    for X, y in batches:
        model.zero_grad()
        (criterion(model(X), y) * (len(y) / N)).backward()


@exercise.misconception(
    "zero_grad forgotten",
    """An old gradient was still there, and yours was added onto it. Begin with
    `model.zero_grad()`.""",
)
def accumulate_onto_the_old(model, criterion, batches):
    N = sum(len(y) for _, y in batches)
    for X, y in batches:
        (criterion(model(X), y) * (len(y) / N)).backward()


@exercise.misconception(
    "sum over the samples",
    """This is the gradient of the sum over all samples, N times that of the mean. Divide each
    part's weight by N.""",
)
def accumulate_sums(model, criterion, batches):
    model.zero_grad()
    for X, y in batches:
        (criterion(model(X), y) * len(y)).backward()

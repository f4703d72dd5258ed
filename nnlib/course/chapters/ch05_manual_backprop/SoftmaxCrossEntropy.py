"""Forward remembers what backward will need, and backward must not change it."""

import numpy as np

from nnlib.course.description import case, describe, region
from nnlib.functions import cross_entropy, softmax


class SoftmaxCrossEntropy:
    """Mean cross-entropy of scores Z (N, K) against integer labels y (N,)."""

    def forward(self, Z, y):
        self.P, self.y = softmax(Z), y
        return cross_entropy(Z, y)

    def backward(self):
        dZ = self.P.copy()  # what forward remembers stays as it is
        dZ[np.arange(len(self.y)), self.y] -= 1
        return dZ / len(self.y)


def scores_and_labels(rng):
    N, K = int(rng.integers(3, 5)), 5
    return rng.normal(size=(N, K)) * 2, rng.integers(0, K, size=N)


def forward_then_backward(answer, Z, y):
    criterion = answer()
    loss = criterion.forward(Z, y)
    dZ = np.array(criterion.backward())
    return {"the loss": loss, "dZ": dZ, "the second dZ": criterion.backward()}


def after_another(answer, Z, y):
    """As `forward_then_backward`, with an object that has seen another batch before."""
    criterion = answer()
    criterion.forward(np.zeros((len(Z) + 1, Z.shape[1])), np.append(y, 0))
    criterion.backward()
    criterion.forward(Z[:1] + 1, y[:1] * 0)
    return {"the loss": criterion.forward(Z, y), "dZ": criterion.backward()}


exercise = describe(
    SoftmaxCrossEntropy,
    title="The end of the chain: the loss, forward and backward",
    minutes=10,
    difficulty=2,
    probe=forward_then_backward,
    cases=(
        case(np.array([[1.0, 2, 3]]), np.array([0]), about="one sample"),
        case(np.zeros((2, 4)), np.array([3, 1]), about="no opinion"),
        case(np.array([[1000.0, 0, -1000]]), np.array([1]), about="scores of a thousand"),
    ),
    draw=scores_and_labels,
    factors=lambda Z, y: {"N, the number of samples": len(Z), "K, the classes": Z.shape[1]},
    terms=lambda Z, y: {
        "P / N": softmax(Z) / len(y),
        "Y / N": -np.eye(Z.shape[1])[y] / len(y),  # it is subtracted
    },
    regions=(
        region(
            """Right the first time. In training `forward` is called again and again, with other
            batches of other sizes, and `backward` belongs to the last: remember anew each time.""",
            case(np.array([[1.0, 2, 3], [0, 1, -1]]), np.array([0, 2])),
            case(np.array([[0.5, -1]]), np.array([1])),
            use=after_another,
        ),
    ),
    hints=(
        "`backward` gets no arguments. What must `forward` put aside for it?",
        "Keep probabilities and labels in `self`. The loss is `cross_entropy`, and dZ is what "
        "chapter 4 found for the two together: (P - Y) / N.",
        "In `forward`: `self.P, self.y = softmax(Z), y`, return `cross_entropy(Z, y)`. In "
        "`backward`: copy P, subtract 1 at `[np.arange(len(y)), y]`, divide by N.",
    ),
)


@exercise.misconception(
    "dZ not divided by N",
    """The loss is right. dZ belongs to the sum of the losses: it is N times too large. The loss is
    their mean, and its 1/N goes into every gradient below.""",
)
class WithoutMean(SoftmaxCrossEntropy):
    def backward(self):
        return super().backward() * len(self.y)


@exercise.misconception(
    "Y - P",
    """The loss is right. dZ has the other sign, Y - P. A gradient points where the loss grows; the
    minus comes in the step, and only there.""",
)
class Downhill(SoftmaxCrossEntropy):
    def backward(self):
        return -super().backward()


@exercise.misconception(
    "loss summed, gradient averaged",
    """dZ is right, for a mean. The loss is a sum, so the two do not belong together and a gradient
    check would say so. Divide the loss by N.""",
)
class SummedLoss(SoftmaxCrossEntropy):
    def forward(self, Z, y):
        return super().forward(Z, y) * len(y)


@exercise.misconception(
    "P changed in place",
    """Right the first time. But `-= 1` writes into what `forward` has remembered (`dZ = self.P`
    alone makes no copy), so a second `backward` subtracts twice. Work on a copy: `dZ =
    self.P.copy()`.""",
)
class WritesIntoP(SoftmaxCrossEntropy):
    def backward(self):
        self.P[np.arange(len(self.y)), self.y] -= 1
        return self.P / len(self.y)


@exercise.misconception(
    "labels not used in backward",
    """The loss is right. dZ is P / N, so every score is pushed down, the true one too. Subtract 1
    at the true class of each row.""",
)
class WithoutTruth(SoftmaxCrossEntropy):
    def backward(self):
        return self.P / len(self.y)


@exercise.misconception(
    "scores instead of probabilities",
    """The loss is right. In dZ you subtract Y from the scores, not from the probabilities: P =
    softmax(Z).""",
)
class ForgetsSoftmax(SoftmaxCrossEntropy):
    def forward(self, Z, y):
        loss = super().forward(Z, y)
        self.P = Z
        return loss


@exercise.misconception(
    "stops at the probabilities",
    """The loss is right. Your gradient, -Y / P, is the one for the probabilities. One step further
    back, through softmax, lie the scores: (P - Y) / N.""",
)
class OnlyOfP(SoftmaxCrossEntropy):
    def backward(self):
        Y = np.eye(self.P.shape[1])[self.y]
        return -Y / self.P / len(self.y)


@exercise.misconception(
    "P divided in place",
    """Right the first time. But `-=` and `/=` write into what `forward` has remembered, so a second
    `backward` begins with a spoiled P. Work on a copy: `dZ = self.P.copy()`.""",
)
class DividesPToo(SoftmaxCrossEntropy):
    def backward(self):
        self.P[np.arange(len(self.y)), self.y] -= 1
        self.P /= len(self.y)
        return self.P


@exercise.misconception(
    "labels as numbers",
    """You subtract the labels themselves, as if class 2 were the number 2. A label only says where
    its row's 1 stands in Y: subtract 1 at `[np.arange(len(y)), y]`.""",
)
class LabelsAsNumbers(SoftmaxCrossEntropy):
    def backward(self):
        return (self.P - self.y) / len(self.y)


@exercise.misconception(
    "columns of all labels",
    """The loss is right. `dZ[:, y]` picks the columns of all labels, in every row. Each row has one
    true class: pick one entry a row, `dZ[np.arange(len(y)), y]`.""",
)
class ColumnsOfAllLabels(SoftmaxCrossEntropy):
    def backward(self):
        dZ = self.P.copy()
        dZ[:, self.y] -= 1
        return dZ / len(self.y)


@exercise.misconception(
    "softmax twice",
    """dZ is right. The loss has been through softmax twice: `cross_entropy` takes the scores Z, and
    does the softmax itself.""",
)
class SoftmaxTwice(SoftmaxCrossEntropy):
    def forward(self, Z, y):
        self.P, self.y = softmax(Z), y
        return cross_entropy(self.P, y)

"""Chapter 5, backpropagation by hand: the exercises and the questions."""

from itertools import pairwise

import numpy as np

from ... import functions, manual
from ...functions import cross_entropy, softmax
from ...gradcheck import numerical_gradient
from ..exercise import Exercise, Misconception, Option, Quiz, case

CHAPTER = 5

# ------------------------------------------------- solutions the library does not hold elsewhere


def linear_backward(X, W, dZ):
    """Back through Z = X W + b: X (N, D), W (D, H), dZ (N, H) -> dX (N, D), dW (D, H), db (H,)"""
    dX = dZ @ W.T
    dW = X.T @ dZ
    db = dZ.sum(axis=0)
    return dX, dW, db


def sum_of_outer_products(X, dZ):
    """dW, sample by sample: each adds its inputs times its own gradients. (N, D), (N, H) -> (D, H)

    The matrix product `X.T @ dZ` is this sum, done at once.
    """
    dW = np.zeros((X.shape[1], dZ.shape[1]))
    for n in range(len(X)):
        dW += np.outer(X[n], dZ[n])
    return dW


def gradient_error(f, x, gradient):
    """The largest relative error of `gradient` against the numerical gradient of f at x.

    Of each entry |a - n| / (|a| + |n|): 0 where both agree, 1 where the signs are opposite. Two
    zeros agree: the sum is taken as 1e-8 at least.
    """
    numerical = numerical_gradient(f, x)
    size = np.abs(gradient) + np.abs(numerical)
    return np.max(np.abs(gradient - numerical) / np.maximum(size, 1e-8))


def relu_backward(dA, A):
    """Back through A = relu(Z), from the output alone: A > 0 exactly where Z > 0. All (N, H)."""
    return dA * (A > 0)


class SoftmaxCrossEntropy:
    """Mean cross-entropy of scores Z (N, K) against integer labels y (N,)."""

    def forward(self, Z, y):
        self.P, self.y = softmax(Z), y
        return cross_entropy(Z, y)

    def backward(self):
        dZ = self.P.copy()  # what forward remembers stays as it is
        dZ[np.arange(len(self.y)), self.y] -= 1
        return dZ / len(self.y)


def sgd_step(parameters, learning_rate):
    """Move every parameter against its gradient, in place."""
    for p in parameters:
        p.data -= learning_rate * p.grad


class Network(manual.Layer):
    """Linear layers of the given sizes, such as [784, 64, 32, 10], with a ReLU between each two."""

    def __init__(self, sizes, rng=None):
        rng = np.random.default_rng(rng)
        self.layers = []
        for n_in, n_out in pairwise(sizes):
            self.layers += [manual.Linear(n_in, n_out, rng=rng), manual.ReLU()]
        self.layers.pop()  # scores need their sign

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, dZ):
        for layer in reversed(self.layers):
            dZ = layer.backward(dZ)
        return dZ

    def parts(self):
        """Where `parameters()` and `zero_grad()` look for what is learned."""
        return ((str(i), layer) for i, layer in enumerate(self.layers))


# ---------------------------------------------------------------------------------------- inputs


def one_layer(rng):
    N, D, H = 2, int(rng.integers(3, 5)), 5
    return rng.normal(size=(N, D)), rng.normal(size=(D, H)), rng.normal(size=(N, H))


def inputs_and_gradients(rng):
    N, D, H = int(rng.integers(3, 5)), 2, 5
    return rng.normal(size=(N, D)), rng.normal(size=(N, H))


def gradient_and_output(rng):
    shape = int(rng.integers(3, 5)), 5
    return rng.normal(size=shape), functions.relu(rng.normal(size=shape))


def scores_and_labels(rng):
    N, K = int(rng.integers(3, 5)), 5
    return rng.normal(size=(N, K)) * 2, rng.integers(0, K, size=N)


def weights_and_strength(rng):
    return rng.normal(size=(3, 4)), float(rng.uniform(0.2, 0.8))


def weights_and_gradients(rng):
    D, H = 2, int(rng.integers(3, 5))
    W, dW = rng.normal(size=(2, D, H))
    b, db = rng.normal(size=(2, H))
    return W, b, dW, db, float(rng.uniform(0.1, 0.7))


def network(rng):
    sizes = [2, int(rng.integers(4, 6)), 3, 2]
    return sizes, rng.normal(size=(4, 2)), rng.normal(size=(4, 2))


def sum_of_squares(x):
    """the sum of x^2, with the gradient 2 x"""
    return np.sum(x**2)


def first_row(x):
    """the sum of x^2 over the first row; the other rows do not matter"""
    return np.sum(x[0] ** 2)


def noisy_gradient(rng):
    x = rng.normal(size=(2, 3))
    return sum_of_squares, x, 2 * x * (1 + rng.normal(size=x.shape) / 4)


def largest_error(answer, f, x, gradient):
    """The error to seven places: beyond them is the numerical gradient's own rounding."""
    error = answer(f, x, gradient)
    return np.round(error, 7) if isinstance(error, float | np.number | np.ndarray) else error


def forward_then_backward(answer, Z, y):
    criterion = answer()
    loss = criterion.forward(Z, y)
    dZ = np.array(criterion.backward())
    return {"the loss": loss, "dZ": dZ, "the second dZ": criterion.backward()}


def after_the_step(answer, W, b, dW, db, learning_rate):
    """The parameters afterwards; what the function returns does not matter."""
    parameters = [manual.Parameter(W), manual.Parameter(b)]
    for p, gradient in zip(parameters, (dW, db), strict=True):
        p.grad = gradient.copy()
    answer(parameters, learning_rate)
    return {"W": parameters[0].data, "b": parameters[1].data}


def there_and_back(answer, sizes, X, dscores):
    """Build a network, give it simple weights, send X forward and dscores back, twice."""
    net = answer(sizes, 0)
    weights = [p.data.copy() for p in net.parameters()]
    again = [p.data for p in answer(sizes, 0).parameters()]
    report = {
        "the list of parameters": ", ".join(str(w.shape) for w in weights),
        "the start": how_it_starts(weights, again),
    }
    for i, p in enumerate(net.parameters()):
        p.data = np.resize(np.roll(SIMPLE, 2 * i), p.data.shape)
    report["the table of scores"] = net.forward(X)
    report["dX"] = net.backward(dscores)
    names = [f"{kind}{n}" for n in range(1, len(sizes)) for kind in ("dW", "db")]
    report |= {name: p.grad for name, p in zip(names, net.parameters(), strict=False)}
    net.backward(dscores)
    report["dW1, twice"] = net.parameters()[0].grad
    return report


def how_it_starts(weights, again):
    """In words: what one seed does."""
    if not all(map(np.array_equal, weights, again)):
        return "one seed, two different networks"
    matrices = [w for w in weights if w.ndim == 2]
    if any(np.array_equal(v, w) for i, v in enumerate(matrices) for w in matrices[:i]):
        return "one seed, and layers that are copies of each other"
    return "one seed, one network"


SIMPLE = np.array([1, -0.5, 2, 0.25, -1, 1.5, -2])
SQUARE = np.array([[1.0, 2], [3, 4]])

# -------------------------------------------------------------------------------- misconceptions


def backward_square_only(X, W, dZ):
    return dZ @ W, X.T @ dZ, dZ.sum(axis=0)


def backward_averaged(X, W, dZ):
    dX, dW, db = linear_backward(X, W, dZ)
    return dX, dW / len(X), db / len(X)


def backward_bias_averaged(X, W, dZ):
    return dZ @ W.T, X.T @ dZ, dZ.mean(axis=0)


def backward_bias_summed_along_rows(X, W, dZ):
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=1)


def backward_bias_not_summed(X, W, dZ):
    return dZ @ W.T, X.T @ dZ, dZ


def backward_weights_turned(X, W, dZ):
    return dZ @ W.T, dZ.T @ X, dZ.sum(axis=0)


def backward_keepdims(X, W, dZ):
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0, keepdims=True)


def outer_last_only(X, dZ):
    for x, dz in zip(X, dZ, strict=True):
        dW = np.outer(x, dz)
    return dW


def outer_averaged(X, dZ):
    return X.T @ dZ / len(X)


def outer_turned(X, dZ):
    return dZ.T @ X


def outer_of_sums(X, dZ):
    return np.outer(X.sum(axis=0), dZ.sum(axis=0))


def outer_one_by_one(X, dZ):
    return np.array([np.outer(x, dz) for x, dz in zip(X, dZ, strict=True)])


def outer_between_samples(X, dZ):
    return X @ dZ.T


def error_absolute(f, x, gradient):
    return np.max(np.abs(gradient - numerical_gradient(f, x)))


def error_mean(f, x, gradient):
    n = numerical_gradient(f, x)
    return np.mean(np.abs(gradient - n) / np.maximum(np.abs(gradient) + np.abs(n), 1e-8))


def error_with_signs(f, x, gradient):
    n = numerical_gradient(f, x)
    return np.max((gradient - n) / np.maximum(np.abs(gradient) + np.abs(n), 1e-8))


def error_zero_by_zero(f, x, gradient):
    n = numerical_gradient(f, x)
    return np.max(np.abs(gradient - n) / (np.abs(gradient) + np.abs(n)))


def error_of_norms(f, x, gradient):
    n = numerical_gradient(f, x)
    size = np.linalg.norm(gradient) + np.linalg.norm(n)
    return np.linalg.norm(gradient - n) / max(size, 1e-8)


def error_by_numerical_alone(f, x, gradient):
    n = numerical_gradient(f, x)
    return np.max(np.abs(gradient - n) / np.maximum(np.abs(n), 1e-8))


def error_by_the_larger(f, x, gradient):
    n = numerical_gradient(f, x)
    size = np.maximum(np.abs(gradient), np.abs(n))
    return np.max(np.abs(gradient - n) / np.maximum(size, 1e-8))


def error_by_the_sum_with_signs(f, x, gradient):
    n = numerical_gradient(f, x)
    return np.max(np.abs(gradient - n) / np.maximum(np.abs(gradient + n), 1e-8))


def error_entry_by_entry(f, x, gradient):
    n = numerical_gradient(f, x)
    return np.abs(gradient - n) / np.maximum(np.abs(gradient) + np.abs(n), 1e-8)


def relu_mask_with_zero(dA, A):
    return dA * (A >= 0)


def relu_of_gradient(dA, A):
    return np.maximum(dA, 0)


def relu_times_output(dA, A):
    return dA * A


def relu_mask_alone(dA, A):
    return (A > 0).astype(float)


def relu_mask_of_gradient(dA, A):
    return A * (dA > 0)


def relu_both_masks(dA, A):
    return np.where((A > 0) & (dA > 0), dA, 0)


def relu_mask_turned(dA, A):
    return dA * (A <= 0)


class WithoutMean(SoftmaxCrossEntropy):
    def backward(self):
        return super().backward() * len(self.y)


class Downhill(SoftmaxCrossEntropy):
    def backward(self):
        return -super().backward()


class SummedLoss(SoftmaxCrossEntropy):
    def forward(self, Z, y):
        return super().forward(Z, y) * len(y)


class WritesIntoP(SoftmaxCrossEntropy):
    def backward(self):
        self.P[np.arange(len(self.y)), self.y] -= 1
        return self.P / len(self.y)


class DividesPToo(SoftmaxCrossEntropy):
    def backward(self):
        self.P[np.arange(len(self.y)), self.y] -= 1
        self.P /= len(self.y)
        return self.P


class WithoutTruth(SoftmaxCrossEntropy):
    def backward(self):
        return self.P / len(self.y)


class ForgetsSoftmax(SoftmaxCrossEntropy):
    def forward(self, Z, y):
        loss = super().forward(Z, y)
        self.P = Z
        return loss


class OnlyOfP(SoftmaxCrossEntropy):
    def backward(self):
        Y = np.eye(self.P.shape[1])[self.y]
        return -Y / self.P / len(self.y)


class LabelsAsNumbers(SoftmaxCrossEntropy):
    def backward(self):
        return (self.P - self.y) / len(self.y)


class ColumnsOfAllLabels(SoftmaxCrossEntropy):
    def backward(self):
        dZ = self.P.copy()
        dZ[:, self.y] -= 1
        return dZ / len(self.y)


class SoftmaxTwice(SoftmaxCrossEntropy):
    def forward(self, Z, y):
        self.P, self.y = softmax(Z), y
        return cross_entropy(self.P, y)


def l2_with_two(W, strength):
    return 2 * strength * W


def l2_with_half(W, strength):
    return strength / 2 * W


def l2_value(W, strength):
    return strength / 2 * np.sum(W**2)


def l2_summed(W, strength):
    return strength * np.sum(W)


def l2_of_squares(W, strength):
    return strength * W**2


def l2_signs(W, strength):
    return strength * np.sign(W)


def l2_without_strength(W, strength):
    return W


def step_uphill(parameters, learning_rate):
    for p in parameters:
        p.data += learning_rate * p.grad


def step_without_rate(parameters, learning_rate):
    for p in parameters:
        p.data -= p.grad


def step_into_a_new_name(parameters, learning_rate):
    for p in parameters:
        w = p.data
        w = w - learning_rate * p.grad


def step_first_only(parameters, learning_rate):
    for p in parameters:
        p.data -= learning_rate * p.grad
        return parameters


def step_by_the_weights(parameters, learning_rate):
    for p in parameters:
        p.data -= learning_rate * p.data


def step_replaces(parameters, learning_rate):
    for p in parameters:
        p.data = -learning_rate * p.grad


class ActivatedScores(Network):
    def __init__(self, sizes, rng=None):
        super().__init__(sizes, rng)
        self.layers.append(manual.ReLU())


class NoActivations(Network):
    def __init__(self, sizes, rng=None):
        rng = np.random.default_rng(rng)
        self.layers = [manual.Linear(n_in, n_out, rng=rng) for n_in, n_out in pairwise(sizes)]


class BackwardInForwardOrder(Network):
    def backward(self, dZ):
        for layer in self.layers:
            dZ = layer.backward(dZ)
        return dZ


class BackwardReturnsNothing(Network):
    def backward(self, dZ):
        for layer in reversed(self.layers):
            dZ = layer.backward(dZ)


class BackwardSkipsActivations(Network):
    def backward(self, dZ):
        for layer in reversed(self.layers):
            if isinstance(layer, manual.Linear):
                dZ = layer.backward(dZ)
        return dZ


class BackwardForgetsTheRest(Network):
    def backward(self, dZ):
        self.zero_grad()
        return super().backward(dZ)


class ForwardHandsNothingOn(Network):
    def forward(self, X):
        for layer in self.layers:
            Z = layer.forward(X)
        return Z


class BackwardHandsNothingOn(Network):
    def backward(self, dZ):
        for layer in reversed(self.layers):
            layer.backward(dZ)
        return dZ


class ListTurnedRound(Network):
    def backward(self, dZ):
        self.layers.reverse()
        for layer in self.layers:
            dZ = layer.backward(dZ)
        return dZ


class LastLayerMissing(Network):
    def __init__(self, sizes, rng=None):
        super().__init__(sizes[:-1], rng)


class OwnRandomness(Network):
    def __init__(self, sizes, rng=None):
        super().__init__(sizes, None)


class OneSeedForEachLayer(Network):
    def __init__(self, sizes, rng=None):
        super().__init__(sizes, rng)
        for linear in self.layers[::2]:
            linear.weight = manual.Linear(*linear.weight.data.shape, rng=rng).weight


# ------------------------------------------------------------------------------------- exercises

EXERCISES = (
    Exercise(
        id="linear_backward",
        chapter=CHAPTER,
        title="A linear layer, backward: three lines",
        minutes=9,
        difficulty=2,
        reference=linear_backward,
        returns=("dX", "dW", "db"),
        cases=(
            case(np.array([[1.0, 2]]), SQUARE, np.array([[1.0, 10]]), about="one sample"),
            case(
                SQUARE,
                np.array([[0.0, 1], [5, 7]]),
                np.array([[1.0, 0], [2, 3]]),
                about="all square: shapes do not help",
            ),
            case(np.ones((3, 2)), np.ones((2, 4)), np.zeros((3, 4)), about="nothing comes back"),
        ),
        draw=one_layer,
        factors=lambda X, W, dZ: {"N, the number of samples": len(X)},
        hints=(
            "Each gradient has the shape of its own variable. Write down the shapes of dZ, X and "
            "W: which products can give (N, D), and which (D, H)?",
            "dX = dZ W^T takes (N, H) back to (N, D). dW = X^T dZ adds up over the samples. Every "
            "sample uses the same b, so db adds dZ up over the samples as well.",
            "`dX = dZ @ W.T`, `dW = X.T @ dZ`, `db = dZ.sum(axis=0)`.",
        ),
        misconceptions=(
            Misconception(
                "W not transposed",
                "dW and db are right. dX is dZ W, which only runs because W is square here. "
                "Forward takes D to H along W; the way back, H to D, takes W transposed.",
                backward_square_only,
            ),
            Misconception(
                "averaged over the batch",
                "dX is right; dW and db are N times too small. The 1/N of a mean loss is already "
                "inside dZ. A layer only adds up what its samples ask for.",
                backward_averaged,
            ),
            Misconception(
                "db a mean",
                "dX and dW are right. db is a mean over the samples; each of them pulls at the "
                "same b, and pulls add up: `sum`.",
                backward_bias_averaged,
            ),
            Misconception(
                "db along the rows",
                "dX and dW are right. db is added up along each row, over the units, and gives one "
                "number a sample. b has one number a unit: add up over the samples, axis 0.",
                backward_bias_summed_along_rows,
            ),
            Misconception(
                "db not added up",
                "dX and dW are right. dZ itself has a row for each sample, and b has only one: it "
                "was laid along all of them on the way forward. Back, the rows are added up.",
                backward_bias_not_summed,
            ),
            Misconception(
                "dW transposed",
                "dX and db are right. dW is lying on its side: dZ^T X has shape (H, D), W has "
                "(D, H). Put the inputs first: X^T dZ.",
                backward_weights_turned,
            ),
            Misconception(
                "db with an axis too many",
                "All numbers are right. db has shape (1, H), b has (H,): leave `keepdims` out "
                "here, or the step would turn b into a matrix.",
                backward_keepdims,
            ),
        ),
    ),
    Exercise(
        id="sum_of_outer_products",
        chapter=CHAPTER,
        title="One sample at a time: outer products, added up",
        minutes=6,
        difficulty=2,
        reference=sum_of_outer_products,
        loops=True,
        returns=("dW",),
        cases=(
            case(np.array([[1.0, 2]]), np.array([[3.0, 4, 5]]), about="one sample, one product"),
            case(SQUARE, np.array([[1.0, -1], [0, 2]]), about="two samples"),
        ),
        draw=inputs_and_gradients,
        factors=lambda X, dZ: {"N, the number of samples": len(X)},
        hints=(
            "Take one sample with inputs x (D,) and gradients dz (H,). Weight w_ij joins input i "
            "to unit j: what is its gradient?",
            "x_i dz_j for all i and j is the outer product, a table (D, H). Start from zeros and "
            "add one table for each sample.",
            "`dW = np.zeros((X.shape[1], dZ.shape[1]))`, then `for n in range(len(X)): "
            "dW += np.outer(X[n], dZ[n])`.",
        ),
        misconceptions=(
            Misconception(
                "only the last sample",
                "This is the outer product of the last sample. Each turn of the loop throws away "
                "the one before: `+=` instead of `=`, from zeros.",
                outer_last_only,
            ),
            Misconception(
                "mean of the products",
                "You average the products. Where the loss is a mean, dZ carries its 1/N already; "
                "here they are added up.",
                outer_averaged,
            ),
            Misconception(
                "outer product turned",
                "The table stands on its side: (H, D). W has a row for each input, so x comes "
                "first: `np.outer(x, dz)`.",
                outer_turned,
            ),
            Misconception(
                "sums multiplied",
                "You add up the samples first and multiply then. That also pairs the inputs of one "
                "sample with the gradients of another. Multiply sample by sample, then add.",
                outer_of_sums,
            ),
            Misconception(
                "products not added",
                "All products are there, one table a sample, in a stack (N, D, H). All samples "
                "share one W: add the tables up, over axis 0.",
                outer_one_by_one,
            ),
            Misconception(
                "samples with samples",
                "`X @ dZ.T` pairs samples with samples and has shape (N, N), where it runs at all. "
                "The samples are what is added over: X^T dZ.",
                outer_between_samples,
            ),
        ),
    ),
    Exercise(
        id="gradient_error",
        chapter=CHAPTER,
        title="The judge: how far from the numerical gradient?",
        minutes=9,
        difficulty=2,
        reference=gradient_error,
        probe=largest_error,
        returns=("the error",),
        cases=(
            case(sum_of_squares, np.array([[1.0, -2]]), np.array([[2.0, -4]]), about="all right"),
            case(
                sum_of_squares,
                np.array([[1.0, -2]]),
                np.array([[1.0, -2]]),
                about="half of it: 1/3",
            ),
            case(sum_of_squares, np.array([[3.0]]), np.array([[-6.0]]), about="sign turned: 1"),
            case(
                sum_of_squares,
                np.array([[500.0, 0.01]]),
                np.array([[1000.0, 0.03]]),
                about="an error in the small entry",
            ),
            case(
                first_row,
                np.array([[1.0, 2], [3, 4]]),
                np.array([[2.0, 4], [0, 0]]),
                about="entries without influence",
            ),
        ),
        draw=noisy_gradient,
        hints=(
            "A difference of 0.001 is much if the slope is 0.002, and little if it is 500. What "
            "would you compare it with? And which entry tells most?",
            "Call `numerical_gradient(f, x)`. Entry by entry |a - n| / (|a| + |n|), with 1e-8 as "
            "the smallest denominator; then the largest of all.",
            "`size = np.abs(gradient) + np.abs(numerical)`, then "
            "`np.max(np.abs(gradient - numerical) / np.maximum(size, 1e-8))`.",
        ),
        misconceptions=(
            Misconception(
                "absolute error",
                "This is the largest difference itself. Beside a slope of 1000 it means little, "
                "beside 0.001 everything. Divide by the size of the two: |a| + |n|.",
                error_absolute,
            ),
            Misconception(
                "mean of the errors",
                "You average the errors. One bad entry among a thousand good ones would hardly "
                "show, and one bad entry is a bug. Take the largest.",
                error_mean,
            ),
            Misconception(
                "signs kept",
                "The difference keeps its sign, and `max` then overlooks every entry that is too "
                "small. Take the absolute value first.",
                error_with_signs,
            ),
            Misconception(
                "zero divided by zero",
                "Right, but where both gradients are 0 you divide 0 by 0 and get nan. Such entries "
                "agree: let the denominator be 1e-8 at least, with `np.maximum`.",
                error_zero_by_zero,
            ),
            Misconception(
                "one ratio for all entries",
                "You compare the lengths of whole gradients. It is a measure in use, but a large "
                "right entry can hide a small one that is off. Here: entry by entry, then the "
                "largest.",
                error_of_norms,
            ),
            Misconception(
                "relative to one side",
                "You divide by the numerical gradient alone. Where that is close to 0 the ratio "
                "explodes. With |a| + |n| it stays between 0 and 1, and both sides count alike.",
                error_by_numerical_alone,
            ),
            Misconception(
                "one error an entry",
                "These are the errors of all entries, and they are right. Give back one number: "
                "the largest.",
                error_entry_by_entry,
            ),
            Misconception(
                "divided by the larger",
                "You divide by the larger of |a| and |n|. That measure is in use too, and runs "
                "from 0 to 2. Here divide by the sum |a| + |n|: then a wrong sign gives 1.",
                error_by_the_larger,
            ),
            Misconception(
                "divided by |a + n|",
                "You divide by |a + n|. Where the signs differ, the two cancel there, and the "
                "ratio explodes. Take the absolute values first, then add: |a| + |n|.",
                error_by_the_sum_with_signs,
            ),
        ),
    ),
    Exercise(
        id="relu_backward",
        chapter=CHAPTER,
        title="Bug clinic: a mask that is always on",
        minutes=6,
        difficulty=2,
        reference=relu_backward,
        returns=("dZ",),
        cases=(
            case(np.array([[-7.0, 5]]), np.array([[3.0, 0]]), about="one unit on, one off"),
            case(np.array([[1.0, 2, 3]]), np.zeros((1, 3)), about="all units off"),
            case(np.array([[-4.0]]), np.array([[0.5]]), about="a negative gradient, unit on"),
        ),
        draw=gradient_and_output,
        terms=lambda dA, A: {"dA where the unit is off": dA * (A == 0)},
        hints=(
            "A holds what ReLU let through. Which numbers can it never hold? So what is "
            "`A >= 0`, everywhere?",
            "The slope is 1 where the unit was on, that is where A > 0, and 0 where A is 0. The "
            "gradient that arrives is multiplied by it.",
            "`dA * (A > 0)`.",
        ),
        misconceptions=(
            Misconception(
                "A >= 0",
                "The whole gradient comes through, also where the unit was off. After ReLU nothing "
                "is below 0, so `A >= 0` is always true and the mask does nothing. This line is in "
                "a published tutorial; training even seems to work. `A > 0`.",
                relu_mask_with_zero,
            ),
            Misconception(
                "ReLU of the gradient",
                "You cut off negative gradients. What decides is not the gradient's sign but "
                "whether the unit was on: multiply by A > 0.",
                relu_of_gradient,
            ),
            Misconception(
                "multiplied by the output",
                "You multiply by A, the value. The chain rule multiplies by the slope, and that "
                "is 1 wherever the unit is on, however large A is.",
                relu_times_output,
            ),
            Misconception(
                "mask alone",
                "This is the slope of ReLU, and it is right. The chain rule multiplies it by what "
                "arrives from above: dA.",
                relu_mask_alone,
            ),
            Misconception(
                "arguments exchanged",
                "The two arguments have changed places: you let A through where dA is positive. "
                "It is dA that goes through, where A > 0.",
                relu_mask_of_gradient,
            ),
            Misconception(
                "negative gradients cut too",
                "Units that were off are handled well. But where a unit was on, its negative "
                "gradients are gone too. A negative slope is as good as a positive one: it passes.",
                relu_both_masks,
            ),
            Misconception(
                "mask turned round",
                "The mask is turned round: the gradient passes where the unit was off, and stops "
                "where it was on. It has to pass where A > 0.",
                relu_mask_turned,
            ),
        ),
    ),
    Exercise(
        id="SoftmaxCrossEntropy",
        chapter=CHAPTER,
        title="The end of the chain: the loss, forward and backward",
        minutes=10,
        difficulty=2,
        reference=SoftmaxCrossEntropy,
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
        hints=(
            "`backward` gets no arguments. What must `forward` put aside for it?",
            "Keep probabilities and labels in `self`. The loss is `cross_entropy`, and dZ is what "
            "chapter 4 found for the two together: (P - Y) / N.",
            "In `forward`: `self.P, self.y = softmax(Z), y`, return `cross_entropy(Z, y)`. In "
            "`backward`: copy P, subtract 1 at `[np.arange(len(y)), y]`, divide by N.",
        ),
        misconceptions=(
            Misconception(
                "dZ not divided by N",
                "The loss is right. dZ belongs to the sum of the losses: it is N times too large. "
                "The loss is their mean, and its 1/N goes into every gradient below.",
                WithoutMean,
            ),
            Misconception(
                "Y - P",
                "The loss is right. dZ has the other sign, Y - P. A gradient points where the "
                "loss grows; the minus comes in the step, and only there.",
                Downhill,
            ),
            Misconception(
                "loss summed, gradient averaged",
                "dZ is right, for a mean. The loss is a sum, so the two do not belong together "
                "and a gradient check would say so. Divide the loss by N.",
                SummedLoss,
            ),
            Misconception(
                "P changed in place",
                "Right the first time. But `-= 1` writes into what `forward` has remembered "
                "(`dZ = self.P` alone makes no copy), so a second `backward` subtracts twice. "
                "Work on a copy: `dZ = self.P.copy()`.",
                WritesIntoP,
            ),
            Misconception(
                "labels not used in backward",
                "The loss is right. dZ is P / N, so every score is pushed down, the true one too. "
                "Subtract 1 at the true class of each row.",
                WithoutTruth,
            ),
            Misconception(
                "scores instead of probabilities",
                "The loss is right. In dZ you subtract Y from the scores, not from the "
                "probabilities: P = softmax(Z).",
                ForgetsSoftmax,
            ),
            Misconception(
                "stops at the probabilities",
                "The loss is right. Your gradient, -Y / P, is the one for the probabilities. One "
                "step further back, through softmax, lie the scores: (P - Y) / N.",
                OnlyOfP,
            ),
            Misconception(
                "P divided in place",
                "Right the first time. But `-=` and `/=` write into what `forward` has remembered, "
                "so a second `backward` begins with a spoiled P. Work on a copy: "
                "`dZ = self.P.copy()`.",
                DividesPToo,
            ),
            Misconception(
                "labels as numbers",
                "You subtract the labels themselves, as if class 2 were the number 2. A label only "
                "says where its row's 1 stands in Y: subtract 1 at "
                "`[np.arange(len(y)), y]`.",
                LabelsAsNumbers,
            ),
            Misconception(
                "columns of all labels",
                "The loss is right. `dZ[:, y]` picks the columns of all labels, in every row. Each "
                "row has one true class: pick one entry a row, `dZ[np.arange(len(y)), y]`.",
                ColumnsOfAllLabels,
            ),
            Misconception(
                "softmax twice",
                "dZ is right. The loss has been through softmax twice: `cross_entropy` takes the "
                "scores Z, and does the softmax itself.",
                SoftmaxTwice,
            ),
        ),
    ),
    Exercise(
        id="l2_penalty_grad",
        chapter=CHAPTER,
        title="The gradient of the L2 penalty",
        minutes=3,
        difficulty=1,
        reference=functions.l2_penalty_grad,
        returns=("dW",),
        cases=(
            case(np.array([[1.0, -2], [3, 0]]), 0.5, about="strength 1/2"),
            case(np.array([[1.0, 2]]), 0.0, about="no penalty"),
            case(np.array([[4.0]]), 1.0, about="a single weight"),
        ),
        draw=weights_and_strength,
        factors=lambda W, strength: {"the strength": strength},
        hints=(
            "Look at one weight: how does strength / 2 * w^2 move with w?",
            "Each weight appears in a single term of the sum, so its gradient depends on itself "
            "alone. The 1/2 is there to cancel the 2 of the square.",
            "`strength * W`.",
        ),
        misconceptions=(
            Misconception(
                "factor 2 too much",
                "Twice too large: this is the gradient of strength * w^2. The penalty has a 1/2 in "
                "front, and the 2 of the square cancels it.",
                l2_with_two,
            ),
            Misconception(
                "the 1/2 kept",
                "Half of what was expected. The 1/2 of the penalty is used up by the 2 that the "
                "square brings down.",
                l2_with_half,
            ),
            Misconception(
                "the penalty itself",
                "This is the penalty, one number. Its gradient has an entry for each weight, in "
                "the shape of W.",
                l2_value,
            ),
            Misconception(
                "weights added up",
                "You add up all weights, and one number comes back. Every weight has a gradient "
                "of its own: no sum is left.",
                l2_summed,
            ),
            Misconception(
                "square kept",
                "The square is still there. Its slope is 2 w, with the sign of w: without it a "
                "negative weight would be pushed further down.",
                l2_of_squares,
            ),
            Misconception(
                "signs",
                "This is the gradient of the L1 penalty, strength * |w|: the same pull for every "
                "weight. L2 pulls in proportion to w.",
                l2_signs,
            ),
            Misconception(
                "strength not used",
                "The weights come back as they are: multiply by the strength.",
                l2_without_strength,
            ),
        ),
    ),
    Exercise(
        id="sgd_step",
        chapter=CHAPTER,
        title="One step downhill",
        minutes=4,
        difficulty=1,
        reference=sgd_step,
        probe=after_the_step,
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
                SQUARE,
                np.array([3.0, 4]),
                SQUARE + 5,
                np.array([7.0, 8]),
                0.0,
                about="a rate of 0: nothing moves",
            ),
            case(
                np.ones((3, 2)),
                np.array([2.0, 3]),
                np.zeros((3, 2)),
                np.zeros(2),
                0.1,
                about="at the bottom: no slope",
            ),
        ),
        draw=weights_and_gradients,
        terms=lambda W, b, dW, db, learning_rate: {"the step of W": -learning_rate * dW},
        hints=(
            "Each parameter carries `p.data` and `p.grad`. Which way does the gradient point, and "
            "which way do you want to go?",
            "Loop over all parameters and change `p.data` itself: whoever else holds the parameter "
            "should see it. Nothing needs to be returned.",
            "`for p in parameters: p.data -= learning_rate * p.grad`.",
        ),
        misconceptions=(
            Misconception(
                "steps uphill",
                "The step goes uphill: the gradient points where the loss grows. Subtract it.",
                step_uphill,
            ),
            Misconception(
                "learning rate not used",
                "The whole gradient is subtracted. Multiply it by the learning rate first.",
                step_without_rate,
            ),
            Misconception(
                "a new array, and the old one stays",
                "Nothing has moved. `w - ...` makes a new array, and a name of your own for it "
                "changes no parameter: each still holds the old one. Assign to `p.data`, or change "
                "it in place: `p.data -= ...`.",
                step_into_a_new_name,
            ),
            Misconception(
                "only the first parameter",
                "W has moved, b has not. Is a `return` indented into the loop? It ends everything "
                "after the first parameter.",
                step_first_only,
            ),
            Misconception(
                "steps by the weights",
                "You subtract a part of the weights themselves, so they all shrink, whatever the "
                "loss says. The direction comes from `p.grad`.",
                step_by_the_weights,
            ),
            Misconception(
                "step in place of the weight",
                "The step is right, and it replaces the weight. It has to be added to what was "
                "there: `p.data -= ...` in place of `p.data = -...`.",
                step_replaces,
            ),
        ),
    ),
    Exercise(
        id="Network",
        chapter=CHAPTER,
        title="A network from a list of sizes",
        minutes=15,
        difficulty=3,
        reference=Network,
        probe=there_and_back,
        loops=True,
        cases=(
            case([2, 3], np.array([[1.0, -1]]), np.array([[1.0, 0, 2]]), about="a single layer"),
            case(
                [2, 2, 2, 2],
                np.array([[1.0, 2], [-1, 1]]),
                np.array([[1.0, -1], [0.5, 2]]),
                about="all square",
            ),
            case(
                [3, 4, 2],
                np.array([[1.0, -1, 0.5], [2, 0, 1]]),
                np.array([[1.0, -2], [0, 1]]),
                about="one hidden layer",
            ),
        ),
        draw=network,
        hints=(
            "You have both kinds of layer, and each can go forward and backward. What is left: "
            "who stands where, and who comes first on the way back?",
            "Build a list: for each two neighbouring sizes a `Linear` and a `ReLU`, without the "
            "last ReLU. Forward runs along the list, backward along `reversed(...)`, each handing "
            "on what the one before returned.",
            "`for n_in, n_out in zip(sizes[:-1], sizes[1:]): self.layers += [Linear(n_in, n_out, "
            "rng=rng), ReLU()]`, then `self.layers.pop()`. Backward: `for layer in "
            "reversed(self.layers): dZ = layer.backward(dZ)`, and `return dZ`.",
        ),
        misconceptions=(
            Misconception(
                "ReLU after the last layer",
                "The scores have passed a ReLU too. A negative score says: not this class. Cut "
                "off at 0 it says nothing and gets no gradient. Leave the last ReLU out.",
                ActivatedScores,
            ),
            Misconception(
                "no ReLU at all",
                "The linear layers follow one another with nothing between them, and fold into a "
                "single one, as in chapter 2. Put a ReLU between each two.",
                NoActivations,
            ),
            Misconception(
                "backward in forward order",
                "`backward` begins at the first layer, but dZ arrives at the last. Where all sizes "
                "are equal it even runs. Walk the list from its end: `reversed(self.layers)`.",
                BackwardInForwardOrder,
            ),
            Misconception(
                "backward returns nothing",
                "All parameters have their gradients, and dX is None: `backward` ends without "
                "`return`. Whatever stands in front of this network waits for dX.",
                BackwardReturnsNothing,
            ),
            Misconception(
                "ReLU skipped on the way back",
                "Forward is right, and the last layer's gradients are. Below it they are not: on "
                "the way back the ReLUs are passed over. Every layer that acted forward acts "
                "backward.",
                BackwardSkipsActivations,
            ),
            Misconception(
                "gradients reset in backward",
                "After a second `backward` the gradients should have added up, and they are those "
                "of one. Resetting them is the training loop's business, by `zero_grad()`: it "
                "alone knows where a batch ends.",
                BackwardForgetsTheRest,
            ),
            Misconception(
                "one layer too few",
                "The last layer is missing. A list of n sizes makes n - 1 layers: pair each size "
                "with the next, `zip(sizes[:-1], sizes[1:])`.",
                LastLayerMissing,
            ),
            Misconception(
                "rng not handed on",
                "Forward and backward are right. But the same seed makes two different networks, "
                "so no run can be repeated: the `rng` never reaches the layers. "
                "`Linear(n_in, n_out, rng=rng)`.",
                OwnRandomness,
            ),
            Misconception(
                "the same seed for every layer",
                "Forward and backward are right. But each layer gets the seed itself, so layers of "
                "one shape start as copies. Make one Generator first, "
                "`rng = np.random.default_rng(rng)`, and hand that on.",
                OneSeedForEachLayer,
            ),
            Misconception(
                "forward hands nothing on",
                "In `forward` each layer gets X itself, not what the layer before it returned. "
                "Where all sizes are equal it even runs. Hand the result on: "
                "`X = layer.forward(X)`.",
                ForwardHandsNothingOn,
            ),
            Misconception(
                "backward hands nothing on",
                "Forward is right. On the way back every layer gets the gradient of the scores, "
                "not what the layer above it returned. Hand the result on: "
                "`dZ = layer.backward(dZ)`.",
                BackwardHandsNothingOn,
            ),
            Misconception(
                "list turned round for good",
                "`self.layers.reverse()` turns the list itself round, and it stays so: after one "
                "`backward` the network stands on its head. `reversed(self.layers)` walks from "
                "the end and leaves the list alone.",
                ListTurnedRound,
            ),
        ),
    ),
)

# ------------------------------------------------------------------------------------- questions

QUIZZES = (
    Quiz(
        id="what_linear_remembers",
        chapter=CHAPTER,
        question="On the way forward Z = X W + b is computed. Of X, Z and b, what must a linear "
        "layer keep for its backward pass?",
        options=(
            Option(
                "Z, because backward begins with dZ",
                "dZ arrives from above, computed by whoever used Z. No formula of this layer "
                "contains Z itself.",
            ),
            Option(
                "X",
                "dW = X^T dZ needs the inputs, dX = dZ W^T needs W, which the layer owns anyway, "
                "and db needs neither. This is why training takes more memory than predicting.",
                right=True,
            ),
            Option(
                "All three",
                "Then some formula would have to contain Z or b. Look at the three lines: none "
                "does.",
            ),
            Option(
                "Nothing",
                "The slope of x w along w is x: without the inputs nobody knows dW.",
            ),
        ),
    ),
    Quiz(
        id="price_of_numerical_gradients",
        chapter=CHAPTER,
        question="The network [784, 64, 32, 10] has 52,650 parameters. A centred difference for "
        "every one takes how many forward passes? And backpropagation?",
        options=(
            Option(
                "105,300, and about the cost of three",
                "Two passes for each parameter. Backward does two products for each one of "
                "forward: one for dX, one for dW. The numerical gradient is for checking.",
                right=True,
            ),
            Option(
                "2, and 52,650",
                "The other way round: a difference moves one parameter at a time, and one backward "
                "pass gives all gradients.",
            ),
            Option(
                "52,650, and 52,650",
                "Backward does not go parameter by parameter. Each layer gives all its gradients "
                "in one matrix product.",
            ),
        ),
    ),
    Quiz(
        id="check_at_a_kink",
        chapter=CHAPTER,
        question="A gradient check reports an error of 0.3 for a single weight, below 0.0000001 "
        "for all others. One ReLU score is 0.000004, and the step is 0.00001. What happened?",
        options=(
            Option(
                "There is a bug in the backward pass",
                "A bug in a formula meets every entry that uses it, rarely just one. Check at "
                "another point before you search.",
            ),
            Option(
                "The network has not been trained yet",
                "A gradient can be checked at any weights, trained or not.",
            ),
            Option(
                "The step crossed the kink",
                "On one side of the step the unit is on, on the other it is off: the difference "
                "measures a mixture of two slopes. A smaller step, or another sample, and the "
                "error is gone.",
                right=True,
            ),
        ),
    ),
    Quiz(
        id="two_backwards_no_reset",
        chapter=CHAPTER,
        question="You run forward and backward on the same batch twice and never call "
        "`zero_grad()`. What is in `.grad` now?",
        options=(
            Option(
                "The same as after the first time",
                "It would be, if backward replaced the gradients. It adds, so that several "
                "batches, or several uses of a weight, can share one step.",
            ),
            Option(
                "Twice the gradient",
                "Gradients add up until they are reset. A loop that forgets it steps along the "
                "sum of all batches it has ever seen.",
                right=True,
            ),
            Option(
                "Zero",
                "Only `zero_grad()` forgets them. Nothing else does.",
            ),
            Option(
                "The mean of the two",
                "Nobody divides. A sum of two batches is twice their mean.",
            ),
        ),
    ),
)

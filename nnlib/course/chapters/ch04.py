"""Chapter 4, softmax and cross-entropy: the exercises and the questions."""

import numpy as np

from ... import functions
from ...functions import cross_entropy_grad, log_softmax, softmax
from ..exercise import Exercise, Misconception, Option, Quiz, case

CHAPTER = 4

# ------------------------------------------------- solutions the library does not hold elsewhere


def softmax_with_temperature(Z, T):
    """Probabilities at temperature T: a small T sharpens, a large T flattens. (N, K) -> (N, K)"""
    return softmax(Z / T)


def softmax_regression_step(W, b, X, y, learning_rate):
    """One step of gradient descent on the mean cross-entropy; returns the new (W, b)."""
    dZ = cross_entropy_grad(X @ W + b, y)  # (N, K)
    dW = X.T @ dZ  # (D, K)
    db = dZ.sum(axis=0)  # (K,)
    return W - learning_rate * dW, b - learning_rate * db


# ---------------------------------------------------------------------------------------- inputs


def scores(rng):
    N, K = rng.integers(3, 6), rng.integers(6, 9)
    return (rng.normal(size=(N, K)) * 3,)


def scores_and_labels(rng):
    (Z,) = scores(rng)
    return Z, rng.integers(0, Z.shape[1], size=len(Z))


def labels_and_K(rng):
    K = int(rng.integers(7, 10))
    return rng.integers(0, K - 1, size=rng.integers(4, 7)), K


def regression(rng):
    N, D, K = 5, int(rng.integers(2, 5)), int(rng.integers(6, 8))
    X, W, b = rng.normal(size=(N, D)), rng.normal(size=(D, K)), rng.normal(size=K)
    return W, b, X, rng.integers(0, K, size=N), 0.3


def sizes(Z, *_):
    """The numbers that a wrong factor is likely to be."""
    N, K = np.shape(Z)
    return {"N, the number of rows": N, "K, the number of classes": K}


NEUROMATCH = np.array([[10.0, 1, -1, -20], [10, 10, 2, -10]])

# -------------------------------------------------------------------------------- misconceptions


def one_hot_in_columns(y, K):
    Y = np.zeros((K, len(y)))
    Y[y, np.arange(len(y))] = 1
    return Y


def one_hot_from_one(y, K):
    Y = np.zeros((len(y), K))
    Y[np.arange(len(y)), y - 1] = 1
    return Y


def one_hot_whole_columns(y, K):
    Y = np.zeros((len(y), K))
    Y[:, y] = 1
    return Y


def one_hot_seen_classes(y, K):
    return np.eye(y.max() + 1)[y]


def softmax_overflowing(Z):
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)


def softmax_whole_batch(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum()


def softmax_down_columns(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)


def softmax_without_keepdims(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1)


def softmax_maxima_without_keepdims(Z):
    E = np.exp(Z - Z.max(axis=1))
    return E / E.sum(axis=1, keepdims=True)


def softmax_never_keepdims(Z):
    E = np.exp(Z - Z.max(axis=1))
    return E / E.sum(axis=1)


def softmax_one_maximum(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum(axis=1, keepdims=True)


def log_of_softmax(Z):
    return np.log(softmax(Z))


def log_softmax_overflowing(Z):
    return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))


def log_softmax_half_shifted(Z):
    return Z - np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True))


def log_softmax_negated(Z):
    return -log_softmax(Z)


def surprise_summed(Z, y):
    return -log_softmax(Z)[np.arange(len(y)), y].sum()


def surprise_negative(Z, y):
    return log_softmax(Z)[np.arange(len(y)), y].mean()


def surprise_over_all_entries(Z, y):
    return -(np.eye(Z.shape[1])[y] * log_softmax(Z)).mean()


def surprise_of_everything(Z, y):
    return -log_softmax(Z).sum() / len(y)


def surprise_of_whole_columns(Z, y):
    return -log_softmax(Z)[:, y].mean()


def surprise_with_epsilon(Z, y):
    return -np.mean(np.log(softmax(Z)[np.arange(len(y)), y] + 1e-9))


def jacobian_diagonal(p):
    return np.diag(p * (1 - p))


def jacobian_elementwise(p):
    return np.diag(p) - p * p


def jacobian_dot_product(p):
    return np.diag(p) - p @ p.T


def jacobian_negative(p):
    return np.outer(p, p) - np.diag(p)


def jacobian_outer_only(p):
    return -np.outer(p, p)


def grad_summed(Z, y):
    return cross_entropy_grad(Z, y) * len(y)


def grad_uphill(Z, y):
    return -cross_entropy_grad(Z, y)


def grad_over_all_entries(Z, y):
    return cross_entropy_grad(Z, y) / Z.shape[1]


def grad_without_truth(Z, y):
    return softmax(Z) / len(y)


def grad_minus_label(Z, y):
    return (softmax(Z) - y[:, None]) / len(y)


def grad_half_divided(Z, y):
    return softmax(Z) - np.eye(Z.shape[1])[y] / len(y)


def grad_whole_columns(Z, y):
    P = softmax(Z)
    P[:, y] -= 1
    return P / len(y)


def temperature_multiplied(Z, T):
    return softmax(Z * T)


def temperature_after(Z, T):
    return softmax(Z) / T


def temperature_power(Z, T):
    return softmax(Z) ** (1 / T)


def step_uphill(W, b, X, y, learning_rate):
    dZ = cross_entropy_grad(X @ W + b, y)
    return W + learning_rate * X.T @ dZ, b + learning_rate * dZ.sum(axis=0)


def step_summed(W, b, X, y, learning_rate):
    dZ = cross_entropy_grad(X @ W + b, y) * len(y)
    return W - learning_rate * X.T @ dZ, b - learning_rate * dZ.sum(axis=0)


def step_bias_averaged_twice(W, b, X, y, learning_rate):
    dZ = cross_entropy_grad(X @ W + b, y)
    return W - learning_rate * X.T @ dZ, b - learning_rate * dZ.mean(axis=0)


def step_averaged_twice(W, b, X, y, learning_rate):
    dZ = cross_entropy_grad(X @ W + b, y) / len(y)
    return W - learning_rate * X.T @ dZ, b - learning_rate * dZ.sum(axis=0)


def step_without_rate(W, b, X, y, learning_rate):
    dZ = cross_entropy_grad(X @ W + b, y)
    return W - X.T @ dZ, b - dZ.sum(axis=0)


def step_gradients_only(W, b, X, y, learning_rate):
    dZ = cross_entropy_grad(X @ W + b, y)
    return X.T @ dZ, dZ.sum(axis=0)


# ------------------------------------------------------------------------------------- exercises

EXERCISES = (
    Exercise(
        id="softmax",
        chapter=CHAPTER,
        title="Softmax, row by row",
        minutes=8,
        difficulty=2,
        reference=functions.softmax,
        cases=(
            case(np.array([[1.0, 2, 3]]), about="one row"),
            case(np.array([[0.0, 0], [1, 3], [-2, 5]]), about="three rows, two classes"),
            case(np.array([[1000.0, 1001, -999]]), about="scores of a thousand"),
            case(np.array([[1000.0, 1001], [-1000, -999]]), about="rows far apart"),
        ),
        draw=scores,
        factors=sizes,
        hints=(
            "Exponentiate, then divide by a sum. Which axis does the sum run along?",
            "Subtract each row's own maximum first: the result is the same and nothing overflows. "
            "`keepdims=True` keeps the maximum as a column, so that it broadcasts along the row.",
            "`E = np.exp(Z - Z.max(axis=1, keepdims=True))`, then divide E by its row sums, again "
            "with `keepdims=True`.",
        ),
        misconceptions=(
            Misconception(
                "no maximum subtracted",
                "The formula is right, and the computer cannot follow it: e^1000 is larger than "
                "any float, so it becomes inf, and inf / inf is nan. Subtract each row's maximum "
                "before `exp`. It cancels in the fraction, so nothing else changes.",
                softmax_overflowing,
            ),
            Misconception(
                "softmax over the whole batch",
                "You divide by the sum over the whole array, so the samples compete with one "
                "another. All rows together add up to 1; each row should. Sum along axis 1, with "
                "`keepdims=True`.",
                softmax_whole_batch,
            ),
            Misconception(
                "softmax down the columns",
                "Your columns add up to 1; the rows should. Axis 0 runs down, over the samples; "
                "axis 1 runs along the classes of one sample. Code for a single vector uses "
                "axis 0, and this is what happens to it on a batch.",
                softmax_down_columns,
            ),
            Misconception(
                "row sums without keepdims",
                "`sum(axis=1)` has shape (N,), and NumPy lays it along each row, an entry for each "
                "column. With N = K it even runs, and column j is divided by the sum of row j. "
                "`keepdims=True` makes it (N, 1), an entry for each row.",
                softmax_without_keepdims,
            ),
            Misconception(
                "row maxima without keepdims",
                "`max(axis=1)` has shape (N,), and NumPy lays it along each row, an entry for each "
                "column. With N = K it even runs, and subtracts the maximum of row j from column "
                "j. `keepdims=True` makes it (N, 1), an entry for each row.",
                softmax_maxima_without_keepdims,
            ),
            Misconception(
                "nothing with keepdims",
                "`max(axis=1)` and `sum(axis=1)` have shape (N,). NumPy lays that along each row, "
                "an entry for each column; for N rows of K it fits only by chance. "
                "`keepdims=True` in both makes them (N, 1), an entry for each row.",
                softmax_never_keepdims,
            ),
            Misconception(
                "one maximum for the whole batch",
                "You subtract the largest score of the whole batch. A row far below it underflows "
                "to zeros, and 0 / 0 is nan. Each row needs its own maximum.",
                softmax_one_maximum,
            ),
        ),
    ),
    Exercise(
        id="softmax_with_temperature",
        chapter=CHAPTER,
        title="Softmax at a temperature",
        minutes=4,
        difficulty=1,
        reference=softmax_with_temperature,
        cases=(
            case(np.array([[1.0, 2, 4]]), 2.0, about="warm: flatter"),
            case(np.array([[1.0, 2, 4], [0, 0, 3]]), 0.5, about="cold: sharper"),
            case(np.array([[1.0, 2, 4]]), 1.0, about="T = 1 changes nothing"),
        ),
        draw=lambda rng: (*scores(rng), 2.5),
        factors=lambda Z, T: {"T": T},
        hints=(
            "A high temperature makes the classes more alike. What happens to the differences "
            "between the scores?",
            "The temperature divides the scores, before softmax sees them.",
            "`softmax(Z / T)`.",
        ),
        misconceptions=(
            Misconception(
                "multiplies by T",
                "You multiply the scores by T, so hot becomes cold: a large T sharpens here. "
                "It should flatten. Divide by T.",
                temperature_multiplied,
            ),
            Misconception(
                "divides the probabilities",
                "You divide the probabilities by T, so they no longer add up to 1. The "
                "temperature acts on the scores, before softmax.",
                temperature_after,
            ),
            Misconception(
                "power without renormalising",
                "p^(1/T) is the right shape of the curve, for e^(z/T) = (e^z)^(1/T). But the rows "
                "no longer add up to 1. Divide the scores by T instead, and softmax does the rest.",
                temperature_power,
            ),
        ),
    ),
    Exercise(
        id="one_hot",
        chapter=CHAPTER,
        title="Labels to one-hot rows",
        minutes=4,
        difficulty=1,
        reference=functions.one_hot,
        cases=(
            case(np.array([2, 0, 1]), 4, about="class 3 never occurs"),
            case(np.array([4]), 5, about="a single sample"),
        ),
        draw=labels_and_K,
        hints=(
            "Start from zeros, one row a label and one column a class.",
            "Row i needs its 1 in column y[i]. NumPy takes a list of rows and a list of columns "
            "at once: `Y[rows, columns] = 1`.",
            "`Y = np.zeros((len(y), K))`, then `Y[np.arange(len(y)), y] = 1`.",
        ),
        misconceptions=(
            Misconception(
                "samples in columns",
                "Your table stands on its side: the samples run along the columns. In this course "
                "rows are samples, so Y has shape (N, K). Put the sample's number first: "
                "`Y[sample, label]`.",
                one_hot_in_columns,
            ),
            Misconception(
                "counts from one",
                "Each 1 stands one column too far left (that of label 0 in the last column). "
                "Labels count from 0, as columns do: label 0 belongs in column 0. No `- 1` is "
                "needed.",
                one_hot_from_one,
            ),
            Misconception(
                "fills whole columns",
                "Every row got the 1 of every label, so whole columns are 1. `Y[:, y] = 1` does "
                "that. Pair each row with its own label: `Y[np.arange(len(y)), y] = 1`.",
                one_hot_whole_columns,
            ),
            Misconception(
                "K taken from the labels",
                "The number of columns comes from the largest label you happen to see. A batch "
                "need not hold every class: use the K that is given.",
                one_hot_seen_classes,
            ),
        ),
    ),
    Exercise(
        id="log_softmax",
        chapter=CHAPTER,
        title="The logarithm of softmax, safely",
        minutes=7,
        difficulty=2,
        reference=functions.log_softmax,
        cases=(
            case(np.array([[1.0, 2, 3]]), about="one row"),
            case(np.array([[0.0, -1000, 1000]]), about="probabilities too small for a float"),
            case(np.array([[-1000.0, -1001], [5, 3]]), about="every e^z of a row is zero"),
        ),
        draw=scores,
        hints=(
            "log(e^z / sum e^z) is a difference of two logarithms. One of them is simple.",
            "log softmax(z) = z - log sum e^z. Subtract the row maximum m from z first; it "
            "cancels, and the sum is at least 1.",
            "`S = Z - Z.max(axis=1, keepdims=True)`, then "
            "`S - np.log(np.exp(S).sum(axis=1, keepdims=True))`.",
        ),
        misconceptions=(
            Misconception(
                "logarithm of the probabilities",
                "You take the logarithm of the finished probabilities. One below about 1e-324 is "
                "rounded to 0, and log 0 is -inf: the answer was a plain number, about -1000, "
                "but it is lost. Stay in logarithms: z - log sum e^z.",
                log_of_softmax,
            ),
            Misconception(
                "no maximum subtracted",
                "z - log sum e^z is right on paper, but e^1000 overflows to inf. Subtract each "
                "row's maximum from Z first. Log-softmax does not change when a row is shifted.",
                log_softmax_overflowing,
            ),
            Misconception(
                "shifted inside only",
                "The maximum is subtracted inside the exponential but not from the Z in front. "
                "Every row is off by its maximum. Shift once, then use the shifted scores in both "
                "places.",
                log_softmax_half_shifted,
            ),
            Misconception(
                "sign turned round",
                "The sign is turned round. The logarithm of a probability is never positive; "
                "minus it is the surprise, and that comes one exercise later.",
                log_softmax_negated,
            ),
        ),
    ),
    Exercise(
        id="cross_entropy",
        chapter=CHAPTER,
        title="Cross-entropy from scores",
        minutes=8,
        difficulty=2,
        reference=functions.cross_entropy,
        cases=(
            case(NEUROMATCH, np.array([0, 1]), about="a published example, 0.34672750"),
            case(np.zeros((3, 10)), np.array([1, 7, 9]), about="no opinion: ln 10"),
            case(np.array([[1000.0, 0, 0]]), np.array([2]), about="sure, and mistaken"),
        ),
        draw=scores_and_labels,
        factors=sizes,
        returns=("the loss",),
        hints=(
            "Only the probability of the true class matters. Which column is that in row i?",
            "Take `log_softmax(Z)`, pick column y[i] from row i, average, and turn the sign.",
            "`-log_softmax(Z)[np.arange(len(y)), y].mean()`.",
        ),
        misconceptions=(
            Misconception(
                "sum instead of mean",
                "This is the sum over the samples. In this course every loss is the mean, so that "
                "the learning rate does not depend on the batch size. Divide by N.",
                surprise_summed,
            ),
            Misconception(
                "minus sign missing",
                "The sign is missing. Logarithms of probabilities are 0 or less, and a loss should "
                "be zero at best: the surprise is -log p.",
                surprise_negative,
            ),
            Misconception(
                "mean over all entries",
                "You average over all N * K entries of the table, and most of them are zeros. "
                "There is one surprise a sample: sum over the classes first, then average over "
                "the N samples.",
                surprise_over_all_entries,
            ),
            Misconception(
                "labels not used",
                "Every class is counted here, whatever the label says. Only the true class of each "
                "sample belongs in the loss: pick entry y[i] of row i.",
                surprise_of_everything,
            ),
            Misconception(
                "whole columns picked",
                "`[:, y]` takes every row for each label, a table (N, N), so most of what you "
                "average belongs to other samples' labels. Pair each row with its own label: "
                "`[np.arange(len(y)), y]`.",
                surprise_of_whole_columns,
            ),
            Misconception(
                "epsilon inside the logarithm",
                "A small constant inside the logarithm hides log 0, and bends the loss: a sure "
                "mistake costs 20.7 here, where it should cost 1000. Use your `log_softmax`: "
                "it needs no constant.",
                surprise_with_epsilon,
            ),
        ),
    ),
    Exercise(
        id="softmax_jacobian",
        chapter=CHAPTER,
        title="The Jacobian of softmax",
        minutes=8,
        difficulty=3,
        reference=functions.softmax_jacobian,
        cases=(
            case(np.array([0.5, 0.5]), about="two classes, a coin"),
            case(np.array([0.7, 0.2, 0.1]), about="three classes"),
            case(np.array([1.0, 0, 0]), about="a sure thing: nothing moves"),
        ),
        draw=lambda rng: (softmax(rng.normal(size=rng.integers(4, 7))),),
        terms=lambda p: {"diag(p)": np.diag(p), "p p^T": -np.outer(p, p)},  # it is subtracted
        hints=(
            "Two cases: how p_i moves with its own score, and how it moves with another's.",
            "On the diagonal p_i (1 - p_i), off it -p_i p_j. Both at once: diag(p) - p p^T.",
            "`np.diag(p) - np.outer(p, p)`.",
        ),
        misconceptions=(
            Misconception(
                "diagonal only",
                "The diagonal is right, and everything else is zero. But softmax couples the "
                "classes: raising one score lowers every other probability by p_i p_j. Each row "
                "of the Jacobian adds up to 0.",
                jacobian_diagonal,
            ),
            Misconception(
                "elementwise product",
                "`p * p` is a vector of squares, not the table of all products p_i p_j. You need "
                "the outer product: `np.outer(p, p)`.",
                jacobian_elementwise,
            ),
            Misconception(
                "dot product",
                "`p @ p.T` is one number here: p is a vector (K,), `.T` leaves it as it is, and "
                "`@` makes the dot product. p p^T means the table of all products p_i p_j: "
                "`np.outer(p, p)`.",
                jacobian_dot_product,
            ),
            Misconception(
                "sign turned round",
                "The sign is turned round. Raising a score raises its own probability, so the "
                "diagonal is positive: diag(p) - p p^T.",
                jacobian_negative,
            ),
            Misconception(
                "diagonal term missing",
                "-p p^T is there; diag(p) is missing. The own score also appears in the numerator "
                "of p_i, and that adds p_i on the diagonal.",
                jacobian_outer_only,
            ),
        ),
    ),
    Exercise(
        id="cross_entropy_grad",
        chapter=CHAPTER,
        title="The gradient of softmax and cross-entropy",
        minutes=8,
        difficulty=2,
        reference=functions.cross_entropy_grad,
        cases=(
            case(np.array([[1.0, 2, 3]]), np.array([2]), about="one sample"),
            case(NEUROMATCH, np.array([0, 1]), about="a published example"),
            case(np.zeros((2, 5)), np.array([4, 4]), about="no opinion"),
        ),
        draw=scores_and_labels,
        factors=sizes,
        terms=lambda Z, y: {
            "P / N": softmax(Z) / len(y),
            "Y / N": -np.eye(Z.shape[1])[y] / len(y),  # it is subtracted
        },
        returns=("dZ",),
        hints=(
            "After all the algebra it is a difference of two tables. You have made both.",
            "Predicted minus true, P - Y. And the loss is a mean over N samples.",
            "`(softmax(Z) - one_hot(y, Z.shape[1])) / len(y)`.",
        ),
        misconceptions=(
            Misconception(
                "not divided by N",
                "P - Y is right for each sample. But the loss is the mean over the samples, and "
                "the 1/N of the mean stays in its gradient.",
                grad_summed,
            ),
            Misconception(
                "Y - P",
                "This is Y - P: the direction in which the loss falls. A gradient points where the "
                "loss rises, so it is P - Y; descent then subtracts it.",
                grad_uphill,
            ),
            Misconception(
                "divided by N * K",
                "Divided by N * K. The mean runs over the N samples; the classes were summed.",
                grad_over_all_entries,
            ),
            Misconception(
                "only Y divided by N",
                "Only Y is divided by N: `/` binds more tightly than `-`. Put brackets round the "
                "difference, (P - Y) / N.",
                grad_half_divided,
            ),
            Misconception(
                "1 subtracted from whole columns",
                "`P[:, y] -= 1` subtracts from every row, for each label. Each row should lose 1 "
                "at its own label only: `P[np.arange(len(y)), y] -= 1`.",
                grad_whole_columns,
            ),
            Misconception(
                "Y missing",
                "This is P / N: the truth is not in it yet. Subtract 1 at the true class of each "
                "row before dividing.",
                grad_without_truth,
            ),
            Misconception(
                "label subtracted as a number",
                "You subtract the label itself, as if class 7 were seven times class 1. A label is "
                "a name. Subtract its one-hot row.",
                grad_minus_label,
            ),
        ),
    ),
    Exercise(
        id="softmax_regression_step",
        chapter=CHAPTER,
        title="One step of softmax regression",
        minutes=9,
        difficulty=2,
        reference=softmax_regression_step,
        cases=(
            case(
                np.zeros((2, 3)),
                np.zeros(3),
                np.array([[1.0, 2], [3, 4], [5, 6], [7, 9]]),
                np.array([0, 2, 2, 1]),
                0.5,
                about="from zeros",
            ),
        ),
        draw=regression,
        returns=("W", "b"),
        hints=(
            "Three gradients, each with the shape of its own variable: dZ, then dW and db.",
            "dZ is your `cross_entropy_grad`. dW = X^T dZ, and db is dZ added up over the "
            "samples. Then step against each gradient.",
            "`dZ = cross_entropy_grad(X @ W + b, y)`, then return "
            "`W - learning_rate * X.T @ dZ, b - learning_rate * dZ.sum(axis=0)`.",
        ),
        misconceptions=(
            Misconception(
                "steps uphill",
                "The step goes uphill: the gradient points where the loss grows. Subtract it.",
                step_uphill,
            ),
            Misconception(
                "gradient summed over the batch",
                "Your step is N times too long. The loss is a mean over the batch, so dZ carries "
                "a factor 1/N.",
                step_summed,
            ),
            Misconception(
                "averaged twice",
                "Your step is N times too short. `cross_entropy_grad` holds the 1/N of the mean "
                "already, so nothing is left to divide.",
                step_averaged_twice,
            ),
            Misconception(
                "bias averaged twice",
                "W is right; b moves N times too little. dZ already holds the 1/N of the mean, so "
                "db is its sum over the samples, not its mean.",
                step_bias_averaged_twice,
            ),
            Misconception(
                "learning rate not used",
                "The whole gradient is subtracted: the learning rate is not used. Multiply the "
                "gradient by it first.",
                step_without_rate,
            ),
            Misconception(
                "returns the gradients",
                "These are the gradients dW and db, and they are right. The exercise asks for the "
                "weights after the step: W - learning_rate * dW, and the same for b.",
                step_gradients_only,
            ),
        ),
    ),
)

# ------------------------------------------------------------------------------------- questions

QUIZZES = (
    Quiz(
        id="shift_invariance",
        chapter=CHAPTER,
        question="The scores (1, 2, 3) give certain probabilities. What do (1001, 1002, 1003) "
        "give, on paper?",
        options=(
            Option(
                "Nearly everything on the last class",
                "Softmax looks at differences only. Between neighbours there is still 1.",
            ),
            Option(
                "The same probabilities",
                "e^1000 stands in the numerator and in the sum, and cancels. This is why the "
                "row's maximum may be subtracted before `exp`.",
                right=True,
            ),
            Option(
                "nan",
                "A computer that takes e^1003 does get nan. The mathematics does not mind.",
            ),
        ),
    ),
    Quiz(
        id="untrained_loss",
        chapter=CHAPTER,
        question="A fresh classifier knows nothing and gives every one of 10 classes the same "
        "score. What is its cross-entropy?",
        options=(
            Option("0", "Zero means no surprise at all: probability 1 for the truth, every time."),
            Option("1", "It would be 1 if each true class got probability 1/e, about 0.37."),
            Option(
                "ln 10, about 2.303",
                "Each class gets p = 1/10, and -ln(1/10) = ln 10. A first loss far from this "
                "deserves a look before training begins.",
                right=True,
            ),
            Option("10", "Ten is the number of classes. The surprise is its logarithm."),
        ),
    ),
    Quiz(
        id="sure_and_wrong",
        chapter=CHAPTER,
        question="The true class gets probability 0.99, then 0.5, then 0.01. How do the losses "
        "compare?",
        options=(
            Option(
                "About 0.01, 0.7 and 4.6",
                "-ln p: small when sure and right, large when sure and mistaken. The last sample "
                "pulls hardest on the weights.",
                right=True,
            ),
            Option(
                "0.01, 0.5 and 0.99",
                "That is 1 - p, a straight line. -ln p agrees with it near p = 1 and then climbs "
                "without bound.",
            ),
            Option(
                "All the same until the class changes",
                "That is the error rate. It does not notice confidence, and its gradient is zero.",
            ),
        ),
    ),
    Quiz(
        id="gradient_at_the_truth",
        chapter=CHAPTER,
        question="P is (0.2, 0.7, 0.1) and the true class is the first. Which way does a step of "
        "gradient descent move the three scores?",
        options=(
            Option(
                "Up, down, down",
                "P - Y = (-0.8, 0.7, 0.1), and descent goes against it: the truth is pulled up "
                "by 0.8, the others pushed down by just as much together.",
                right=True,
            ),
            Option(
                "Up, and the others stay",
                "The others share the blame: each is pushed down in proportion to its probability.",
            ),
            Option(
                "Down, up, up",
                "That is the gradient itself, P - Y, with its sign. Descent steps against it.",
            ),
        ),
    ),
)

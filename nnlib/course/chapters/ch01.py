"""Chapter 1, linear regression: the exercises and the questions."""

import numpy as np

from ... import functions
from ...data.samples import hubble
from ...functions import mse
from ..exercise import Exercise, Misconception, Option, Quiz, case

CHAPTER = 1

# ------------------------------------------------- solutions the library does not hold elsewhere


def linear_model(X, w, b):
    """The smallest network: one prediction a sample. X (N, D), w (D,), b a number -> (N,)"""
    return X @ w + b


def mse_of_columns(prediction, target):
    """Mean squared error where the prediction may stand as a column: (N, 1) or (N,), and (N,)."""
    return mse(prediction.reshape(target.shape), target)


def regression_grad(w, b, X, y):
    """The gradient of the mean squared error of X w + b: dw (D,) and db, a number."""
    error = X @ w + b - y  # (N,)
    return 2 * X.T @ error / len(y), 2 * error.mean()


def gradient_descent(X, y, learning_rate, steps):
    """Start from zeros and go downhill `steps` times, each time with all samples: (w, b)."""
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        dw, db = regression_grad(w, b, X, y)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


def least_squares(X, y):
    """The (w, b) of the smallest squared error, by the normal equations A^T A v = A^T y."""
    A = np.column_stack([X, np.ones(len(X))])  # (N, D + 1): b is the weight of a constant 1
    v = np.linalg.solve(A.T @ A, A.T @ y)
    return v[:-1], v[-1]


def standardize(X):
    """Every column to mean 0 and standard deviation 1: (N, D) -> (N, D)"""
    return (X - X.mean(axis=0)) / X.std(axis=0)


def sgd_epoch(w, b, X, y, order, batch_size, learning_rate):
    """One epoch: a step for every `batch_size` samples, taken in the given order: (w, b)."""
    for start in range(0, len(order), batch_size):
        batch = order[start : start + batch_size]
        dw, db = regression_grad(w, b, X[batch], y[batch])
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


# ---------------------------------------------------------------------------------------- inputs


def inputs_and_weights(rng):
    N, D = int(rng.integers(5, 7)), int(rng.integers(3, 5))
    return rng.normal(size=(N, D)), rng.normal(size=D), float(rng.normal())


def two_columns_of_numbers(rng):
    N = rng.integers(3, 7)
    return rng.normal(size=N) * 3, rng.normal(size=N) * 3


def column_and_target(rng):
    prediction, target = two_columns_of_numbers(rng)
    return prediction[:, None], target


def regression(rng):
    X, w, b = inputs_and_weights(rng)
    return w, b, X, rng.normal(size=len(X)) * 2


def samples(rng):
    X, _, _ = inputs_and_weights(rng)
    return X, rng.normal(size=len(X)) * 2


def descent(rng):
    return *samples(rng), 0.1, int(rng.integers(3, 6))


def few_columns(rng):
    X, _ = samples(rng)
    return (X * [1, 10, 100, 1000][: X.shape[1]] + 5,)


def epoch(rng):
    X, y = rng.normal(size=(7, 2)), rng.normal(size=7)
    return rng.normal(size=2), float(rng.normal()), X, y, rng.permutation(7), 3, 0.1


def rows(X, *_):
    N, D = np.shape(X)
    return {"N, the number of samples": N, "D, the number of inputs": D}


def nebulae():
    distance, velocity = hubble()
    return case(distance[:, None], velocity, about="Hubble's 24 nebulae")


LINE = np.array([[1.0], [2], [4]]), np.array([3.0, 5, 9])  # y = 2 x + 1

# -------------------------------------------------------------------------------- misconceptions


def model_without_bias(X, w, b):
    return X @ w


def model_not_added(X, w, b):
    return X * w + b


def model_bias_inside(X, w, b):
    return X @ (w + b)


def model_transposed(X, w, b):
    return X.T @ w + b


def model_turned(X, w, b):
    return w @ X + b


def error_summed(prediction, target):
    return np.sum((prediction - target) ** 2)


def error_halved(prediction, target):
    return np.mean((prediction - target) ** 2) / 2


def error_rooted(prediction, target):
    return np.sqrt(np.mean((prediction - target) ** 2))


def error_absolute(prediction, target):
    return np.mean(np.abs(prediction - target))


def error_mean_squared(prediction, target):
    return np.mean(prediction - target) ** 2


def error_not_averaged(prediction, target):
    return (prediction - target) ** 2


def error_doubled(prediction, target):
    return np.mean((prediction - target) * 2)


def error_caret(prediction, target):
    return np.mean((prediction - target) ^ 2)


def columns_every_pair(prediction, target):
    return np.mean((prediction - target) ** 2)


def columns_every_pair_over_n(prediction, target):
    return np.sum((prediction - target) ** 2) / len(target)


def columns_target_stood_up(prediction, target):
    return np.mean((prediction - target[:, None]) ** 2)


def columns_first_only(prediction, target):
    return np.mean((prediction[0] - target) ** 2)


def columns_along_an_axis(prediction, target):
    return np.mean((prediction - target) ** 2, axis=0)


def grad_turned(w, b, X, y):
    error = y - (X @ w + b)
    return 2 * X.T @ error / len(y), 2 * error.mean()


def grad_without_two(w, b, X, y):
    error = X @ w + b - y
    return X.T @ error / len(y), error.mean()


def grad_summed(w, b, X, y):
    error = X @ w + b - y
    return 2 * X.T @ error, 2 * error.sum()


def grad_bias_summed(w, b, X, y):
    error = X @ w + b - y
    return 2 * X.T @ error / len(y), 2 * error.sum()


def grad_bias_forgotten(w, b, X, y):
    error = X @ w - y
    return 2 * X.T @ error / len(y), 2 * error.mean()


def grad_of_mean_error(w, b, X, y):
    error = X @ w + b - y
    return 2 * X.mean(axis=0) * error.mean(), 2 * error.mean()


def grad_not_transposed(w, b, X, y):
    error = X @ w + b - y
    return 2 * X @ error / len(y), 2 * error.mean()


def descent_uphill(X, y, learning_rate, steps):
    return gradient_descent(X, y, -learning_rate, steps)


def descent_one_gradient(X, y, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0.0
    dw, db = regression_grad(w, b, X, y)
    for _ in range(steps):
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


def descent_one_after_the_other(X, y, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        w = w - learning_rate * regression_grad(w, b, X, y)[0]
        b = b - learning_rate * regression_grad(w, b, X, y)[1]
    return w, b


def descent_returns_early(X, y, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        dw, db = regression_grad(w, b, X, y)
        w, b = w - learning_rate * dw, b - learning_rate * db
        return w, b


def descent_w_only(X, y, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        w = w - learning_rate * regression_grad(w, b, X, y)[0]
    return w, b


def descent_starts_over(X, y, learning_rate, steps):
    for _ in range(steps):
        w, b = np.zeros(X.shape[1]), 0.0
        dw, db = regression_grad(w, b, X, y)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


def descent_from(w, X, y, learning_rate, steps):
    b = 0.0
    for _ in range(steps):
        dw, db = regression_grad(w, b, X, y)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


def descent_from_one_number(X, y, learning_rate, steps):
    return descent_from(0.0, X, y, learning_rate, steps)


def descent_weight_for_each_sample(X, y, learning_rate, steps):
    return descent_from(np.zeros(len(X)), X, y, learning_rate, steps)


def descent_forgets_where_it_was(X, y, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        dw, db = regression_grad(w, b, X, y)
        w, b = -learning_rate * dw, -learning_rate * db
    return w, b


def squares_through_the_origin(X, y):
    return np.linalg.solve(X.T @ X, X.T @ y), 0.0


def squares_ones_in_front(X, y):
    A = np.column_stack([np.ones(len(X)), X])
    v = np.linalg.solve(A.T @ A, A.T @ y)
    return v[:-1], v[-1]


def squares_matrix_not_square(X, y):
    A = np.column_stack([X, np.ones(len(X))])
    v = np.linalg.inv(A) @ y
    return v[:-1], v[-1]


def squares_target_not_multiplied(X, y):
    A = np.column_stack([X, np.ones(len(X))])
    v = np.linalg.solve(A.T @ A, y)
    return v[:-1], v[-1]


def squares_centred_slope(X, y):
    X, y = X - X.mean(axis=0), y - y.mean()
    return np.linalg.solve(X.T @ X, X.T @ y), 0.0


def squares_not_taken_apart(X, y):
    return np.append(*least_squares(X, y))


def squares_first_weight_only(X, y):
    v = squares_not_taken_apart(X, y)
    return v[0], v[1]


def scaled_by_variance(X):
    return (X - X.mean(axis=0)) / X.var(axis=0)


def scaled_by_rows(X):
    return (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)


def scaled_all_together(X):
    return (X - X.mean()) / X.std()


def scaled_before_centring(X):
    return X / X.std(axis=0) - X.mean(axis=0)


def scaled_mean_only(X):
    return X - X.mean(axis=0) / X.std(axis=0)


def scaled_not_at_all(X):
    return X - X.mean(axis=0)


def scaled_to_zero_and_one(X):
    return (X - X.min(axis=0)) / (X.max(axis=0) - X.min(axis=0))


def scaled_by_n_minus_one(X):
    return (X - X.mean(axis=0)) / X.std(axis=0, ddof=1)


def epoch_without_order(w, b, X, y, order, batch_size, learning_rate):
    return sgd_epoch(w, b, X, y, np.arange(len(order)), batch_size, learning_rate)


def epoch_labels_left_behind(w, b, X, y, order, batch_size, learning_rate):
    return sgd_epoch(w, b, X[order], y, np.arange(len(order)), batch_size, learning_rate)


def epoch_drops_the_rest(w, b, X, y, order, batch_size, learning_rate):
    whole = len(order) // batch_size * batch_size
    return sgd_epoch(w, b, X, y, order[:whole], batch_size, learning_rate)


def epoch_one_batch(w, b, X, y, order, batch_size, learning_rate):
    return sgd_epoch(w, b, X, y, order[:batch_size], batch_size, learning_rate)


def epoch_start_weights(w, b, X, y, order, batch_size, learning_rate):
    new_w, new_b = w, b
    for start in range(0, len(order), batch_size):
        batch = order[start : start + batch_size]
        dw, db = regression_grad(w, b, X[batch], y[batch])
        new_w, new_b = new_w - learning_rate * dw, new_b - learning_rate * db
    return new_w, new_b


def epoch_windows_overlap(w, b, X, y, order, batch_size, learning_rate):
    for start in range(len(order)):
        batch = order[start : start + batch_size]
        dw, db = regression_grad(w, b, X[batch], y[batch])
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


def epoch_slice_ends_too_early(w, b, X, y, order, batch_size, learning_rate):
    for start in range(0, len(order), batch_size):
        batch = order[start:batch_size]
        dw, db = regression_grad(w, b, X[batch], y[batch])
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


def epoch_one_batch_too_many(w, b, X, y, order, batch_size, learning_rate):
    for i in range(len(order) // batch_size + 1):
        batch = order[i * batch_size : (i + 1) * batch_size]
        dw, db = regression_grad(w, b, X[batch], y[batch])
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


# ------------------------------------------------------------------------------------- exercises

EXERCISES = (
    Exercise(
        id="linear_model",
        chapter=CHAPTER,
        title="The smallest network: X w + b",
        minutes=3,
        difficulty=1,
        reference=linear_model,
        returns=("the vector of predictions",),
        cases=(
            case(np.array([[1.0], [2], [4]]), np.array([2.0]), 1.0, about="the line 2 x + 1"),
            case(np.array([[1.0, 2], [3, 4]]), np.array([10.0, 1]), 0.5, about="N = D"),
            case(np.array([[7.0, 8, 9]]), np.zeros(3), -2.0, about="zero weights: only b speaks"),
        ),
        draw=inputs_and_weights,
        factors=rows,
        terms=lambda X, w, b: {"b": np.full(len(X), b)},
        hints=(
            "You wrote the product of a matrix and a vector in chapter 0. What is each row here?",
            "Row i of X is sample i. Its prediction is the dot product with w, plus b. One sign, "
            "`@`, does all rows.",
            "`X @ w + b`.",
        ),
        misconceptions=(
            Misconception(
                "b left out",
                "The slopes are there, b is not: at x = 0 your line always passes through 0. Add "
                "b to every prediction.",
                model_without_bias,
            ),
            Misconception(
                "products not added up",
                "`X * w` weighs each input and leaves a table (N, D). A prediction is one number a "
                "sample: add up each row. `X @ w` does both.",
                model_not_added,
            ),
            Misconception(
                "b added to the weights",
                "Brackets first: `X @ (w + b)` changes every slope by b. The bias does not meet "
                "the inputs: add it after the product.",
                model_bias_inside,
            ),
            Misconception(
                "X transposed",
                "`X.T` stands on its side, with a row for each input. It runs where N = D, and "
                "weighs samples. In this course rows are samples: `X @ w`.",
                model_transposed,
            ),
            Misconception(
                "w in front",
                "`w @ X` dots w with the columns of X, and those hold one input of all samples. "
                "Rows are samples, and the rows belong to the left factor: `X @ w`.",
                model_turned,
            ),
        ),
    ),
    Exercise(
        id="mse",
        chapter=CHAPTER,
        title="Mean squared error",
        minutes=4,
        difficulty=1,
        reference=functions.mse,
        returns=("the loss",),
        cases=(
            case(np.array([1.0, 2, 3]), np.array([1.0, 2, 6]), about="one miss, by 3"),
            case(np.array([1.0, -1]), np.array([0.0, 0]), about="misses that cancel in a sum"),
            case(np.array([5.0]), np.array([1.0]), about="one sample, off by 4"),
            case(np.zeros(4), np.zeros(4), about="no error"),
        ),
        draw=two_columns_of_numbers,
        factors=lambda prediction, target: {"N, the number of samples": len(target)},
        hints=(
            "Three words, read from the right: error, squared, mean.",
            "Subtract, square entry by entry with `** 2`, and only then take the mean.",
            "`np.mean((prediction - target) ** 2)`.",
        ),
        misconceptions=(
            Misconception(
                "sum instead of mean",
                "This is the sum of the squares: it grows with every sample added. Every loss in "
                "this course is a mean, so that the learning rate does not depend on N.",
                error_summed,
            ),
            Misconception(
                "halved",
                "Half of what was expected. Some books put 1/2 in front to cancel the 2 of the "
                "derivative. Here the mean squared error has no 1/2.",
                error_halved,
            ),
            Misconception(
                "root taken",
                "This is the root of the mean squared error, good to read because it has the unit "
                "of y. The loss here is the mean square itself: leave out the root.",
                error_rooted,
            ),
            Misconception(
                "absolute error",
                "This is the mean of |error|. A miss of 3 counts 3 here; squared it counts 9. "
                "Square instead of taking sizes.",
                error_absolute,
            ),
            Misconception(
                "mean before square",
                "You square the mean. Then errors of +1 and -1 cancel, and a bad fit has no loss. "
                "Square each error first, then take the mean: look at the brackets.",
                error_mean_squared,
            ),
            Misconception(
                "mean left out",
                "These are the squared errors, one a sample, and they are right. A loss is one "
                "number: take their mean.",
                error_not_averaged,
            ),
            Misconception(
                "doubled instead of squared",
                "`* 2` doubles the errors, and then they can cancel. Two stars make a power: `** "
                "2`.",
                error_doubled,
            ),
            Misconception(
                "a caret for a power",
                "In Python `^` is not a power but an operation on the bits of integers, which "
                "fractions do not have. A square is `** 2`.",
                error_caret,
            ),
        ),
    ),
    Exercise(
        id="mse_of_columns",
        chapter=CHAPTER,
        title="Bug clinic: a column minus a row",
        minutes=6,
        difficulty=2,
        reference=mse_of_columns,
        returns=("the loss",),
        cases=(
            case(np.array([[1.0], [2]]), np.array([1.0, 2]), about="a perfect column: 0"),
            case(np.array([1.0, 2, 5]), np.array([1.0, 2, 3]), about="no column at all"),
            case(np.array([[4.0]]), np.array([1.0]), about="a single sample"),
            case(np.array([[1.0], [2], [3]]), np.array([2.0, 2, 2]), about="constant targets"),
        ),
        draw=column_and_target,
        factors=lambda prediction, target: {"N, the number of samples": len(target)},
        hints=(
            "Print the shape of `prediction - target` for a column of 2 and 2 targets. How many "
            "errors are there?",
            "(N, 1) minus (N,) is stretched to (N, N). Give the prediction the target's shape "
            "before you subtract: `reshape`.",
            "`prediction = prediction.reshape(target.shape)`, then the mean of the squares.",
        ),
        misconceptions=(
            Misconception(
                "every pair instead of every sample",
                "(N, 1) minus (N,) is broadcast to (N, N): every prediction meets every target, "
                "and even a perfect fit has a loss. Nothing warns you. Give both the same shape "
                "first: `prediction.reshape(target.shape)`.",
                columns_every_pair,
            ),
            Misconception(
                "every pair, divided by N",
                "The division by N is right for N errors; here there are N * N. (N, 1) minus (N,) "
                "pairs every prediction with every target. Look at the shape of the difference.",
                columns_every_pair_over_n,
            ),
            Misconception(
                "target made a column",
                "For a column prediction this is right. A flat prediction now meets a column "
                "target, and the same trap closes from the other side. Bring one to the shape of "
                "the other, whatever it is.",
                columns_target_stood_up,
            ),
            Misconception(
                "first prediction only",
                "`prediction[0]` is the first row of the column: one prediction, compared with "
                "every target. You need all of them, in the shape of the target: "
                "`prediction.reshape(target.shape)`.",
                columns_first_only,
            ),
            Misconception(
                "mean along one axis",
                "A vector comes back, and a loss is one number. The difference was a table (N, N) "
                "to begin with: make both shapes equal, then take the mean of everything.",
                columns_along_an_axis,
            ),
        ),
    ),
    Exercise(
        id="regression_grad",
        chapter=CHAPTER,
        title="The gradient of the squared error",
        minutes=10,
        difficulty=2,
        reference=regression_grad,
        returns=("dw", "db"),
        cases=(
            case(np.zeros(1), 0.0, *LINE, about="from zeros, y = 2 x + 1"),
            case(np.array([2.0]), 1.0, *LINE, about="at the answer: no slope left"),
            case(
                np.array([1.0, -1]),
                0.5,
                np.array([[1.0, 2], [3, 4]]),
                np.array([1.0, 0]),
                about="two samples, two inputs",
            ),
        ),
        draw=regression,
        factors=lambda w, b, X, y: rows(X),
        hints=(
            "For one sample the slope was x times the error. What does a mean over N samples, "
            "and a square without its half, make of it?",
            "With error = X w + b - y: dw = 2/N X^T error, in the shape of w, and db = 2/N times "
            "the sum of the errors.",
            "`error = X @ w + b - y`, then `2 * X.T @ error / len(y), 2 * error.mean()`.",
        ),
        misconceptions=(
            Misconception(
                "sign turned round",
                "The sign is turned round: your error is y - prediction, and the minus inside the "
                "bracket was lost on the way out. With prediction - y there is none to lose.",
                grad_turned,
            ),
            Misconception(
                "the 2 forgotten",
                "Half of what was expected. The square brings down a 2, and this loss has no 1/2 "
                "to cancel it.",
                grad_without_two,
            ),
            Misconception(
                "sum instead of mean",
                "N times too large: this is the gradient of a sum of squares. The loss is a mean, "
                "and its 1/N stays in the gradient.",
                grad_summed,
            ),
            Misconception(
                "db summed, dw averaged",
                "dw is right. db is N times too large: the 1/N of the mean belongs in both. "
                "`2 * error.mean()`.",
                grad_bias_summed,
            ),
            Misconception(
                "b missing from the prediction",
                "The prediction in your error lacks b. Where b is 0 nobody notices; later nothing "
                "stops b from running away. The error is X @ w + b - y.",
                grad_bias_forgotten,
            ),
            Misconception(
                "means multiplied",
                "db is right. For dw you multiply the mean input by the mean error. The mean of a "
                "product is another number: multiply sample by sample, then average. `X.T @ error` "
                "does the sum.",
                grad_of_mean_error,
            ),
            Misconception(
                "X not transposed",
                "`X @ error` dots each row of X, a sample, with the errors. A slope belongs to an "
                "input, and an input is a column: `X.T @ error` dots each column with the errors.",
                grad_not_transposed,
            ),
        ),
    ),
    Exercise(
        id="gradient_descent",
        chapter=CHAPTER,
        title="Gradient descent, from zeros",
        minutes=8,
        difficulty=2,
        reference=gradient_descent,
        returns=("w", "b"),
        cases=(
            case(*LINE, 0.1, 1, about="a single step"),
            case(*LINE, 0.1, 2, about="two steps"),
            case(*LINE, 0.1, 0, about="no step: still zeros"),
        ),
        draw=descent,
        hints=(
            "Where does it start, what happens in each step, and what has to be ready before "
            "either weight moves?",
            "Zeros of shape (D,) and 0.0. In a loop: both gradients at the present (w, b), then "
            "each weight minus the rate times its gradient.",
            "In `for _ in range(steps):` write `dw, db = regression_grad(w, b, X, y)`, then "
            "`w, b = w - learning_rate * dw, b - learning_rate * db`. Return after the loop.",
        ),
        misconceptions=(
            Misconception(
                "steps uphill",
                "The loss grows with every step: the gradient points uphill, and you add it. "
                "Subtract.",
                descent_uphill,
            ),
            Misconception(
                "gradient taken once",
                "Every step uses the gradient of the start, so the path is a straight line that "
                "never turns. Take the gradient inside the loop, at the present w and b.",
                descent_one_gradient,
            ),
            Misconception(
                "w moves before db is taken",
                "w is moved first, and the slope of b is then taken at the new w. A step belongs "
                "to one point: take both gradients there, then move both.",
                descent_one_after_the_other,
            ),
            Misconception(
                "returns inside the loop",
                "Only the first step was taken. Is `return` indented into the loop? It belongs "
                "after it.",
                descent_returns_early,
            ),
            Misconception(
                "b never moves",
                "b is still 0. It has a slope of its own, db, and takes a step like w.",
                descent_w_only,
            ),
            Misconception(
                "starts over in every step",
                "However many steps, the result is that of one: the zeros stand inside the loop "
                "and wipe out the step before. Set them once, in front of it.",
                descent_starts_over,
            ),
            Misconception(
                "w starts as one number",
                "w starts as a single 0.0, and `X @ w` needs a vector: one weight for each of the "
                "D columns of X. `np.zeros(X.shape[1])`.",
                descent_from_one_number,
            ),
            Misconception(
                "a weight for each sample",
                "You start with N zeros, one for each sample. A weight belongs to an input: there "
                "are as many as X has columns, `np.zeros(X.shape[1])`.",
                descent_weight_for_each_sample,
            ),
            Misconception(
                "the step instead of the new place",
                "w becomes the step, minus rate times gradient, and forgets where it was. The "
                "first step hides it, since it starts at 0. Subtract from the present value: `w - "
                "learning_rate * dw`.",
                descent_forgets_where_it_was,
            ),
        ),
    ),
    Exercise(
        id="least_squares",
        chapter=CHAPTER,
        title="The normal equations: the answer in one line",
        minutes=8,
        difficulty=2,
        reference=least_squares,
        returns=("w", "b"),
        tolerance=1e-4,
        cases=(
            case(*LINE, about="exactly y = 2 x + 1"),
            case(
                np.array([[0.0, 0], [1, 0], [0, 1]]),
                np.array([3.0, 5, 2]),
                about="a plane through three points",
            ),
            nebulae(),
        ),
        draw=samples,
        hints=(
            "b is a weight too. Which input would it have to be multiplied by?",
            "Append a column of ones to X; call it A. At the bottom the gradient is zero: "
            "A^T A v = A^T y. `np.linalg.solve` solves that, and the last entry of v is b.",
            "`A = np.column_stack([X, np.ones(len(X))])`, "
            "`v = np.linalg.solve(A.T @ A, A.T @ y)`, `return v[:-1], v[-1]`.",
        ),
        misconceptions=(
            Misconception(
                "line through the origin",
                "This is the best line through the origin: b was never free. Give it an input of "
                "its own, a column of ones beside X.",
                squares_through_the_origin,
            ),
            Misconception(
                "ones in front, b taken from the end",
                "The ones stand in the first column, so b is the first entry of the solution; you "
                "take the last. Put the ones where you look for b.",
                squares_ones_in_front,
            ),
            Misconception(
                "inverts a matrix that is not square",
                "A has N rows and D + 1 columns, and only square matrices have an inverse. "
                "Multiply both sides by A^T first: A^T A is square.",
                squares_matrix_not_square,
            ),
            Misconception(
                "A^T on one side only",
                "The left side was multiplied by A^T, the right side was not. Both are: "
                "A^T A v = A^T y.",
                squares_target_not_multiplied,
            ),
            Misconception(
                "centred, and b forgotten",
                "The slopes are right: centring takes b out of the problem. It has to come back "
                "afterwards: b = mean(y) - mean(X) . w.",
                squares_centred_slope,
            ),
            Misconception(
                "solution not taken apart",
                "The numbers are right, in one array: the weights, and b as its last entry. Take "
                "it apart, as two results: `v[:-1], v[-1]`.",
                squares_not_taken_apart,
            ),
            Misconception(
                "first weight only",
                "`v[0]` is a single number, and `v[1]` is b only where X has one column. w has an "
                "entry for each column: everything but the last, `v[:-1]`, and b is `v[-1]`.",
                squares_first_weight_only,
            ),
        ),
    ),
    Exercise(
        id="standardize",
        chapter=CHAPTER,
        title="Columns on one scale",
        minutes=5,
        difficulty=1,
        reference=standardize,
        cases=(
            case(np.array([[1.0, 100], [2, 300], [6, 500]]), about="a column 100 times larger"),
            case(np.array([[1.0, 1, 1, 1, 3, 3, 3, 3]]).T, about="a single column: -1 and 1"),
            case(np.array([[0.0, 5, 1], [4, 1, 1], [2, 3, 4]]), about="N = D"),
        ),
        draw=few_columns,
        factors=rows,
        hints=(
            "Which numbers belong together: those of one sample, or those of one input?",
            "Each column by itself: subtract its mean, divide by its standard deviation. Axis 0 "
            "runs down the samples.",
            "`(X - X.mean(axis=0)) / X.std(axis=0)`.",
        ),
        misconceptions=(
            Misconception(
                "divided by the variance",
                "The means are 0; the spread is not 1 yet. You divide by the variance, the square "
                "of the spread. Divide by its root, `std`.",
                scaled_by_variance,
            ),
            Misconception(
                "each row by itself",
                "You standardise each sample, which mixes megaparsecs with kilometres. The "
                "numbers of one input stand in a column: `axis=0`.",
                scaled_by_rows,
            ),
            Misconception(
                "one scale for the whole table",
                "One mean and one spread for the whole table: the large column stays large beside "
                "the small one. Give `mean` and `std` an axis.",
                scaled_all_together,
            ),
            Misconception(
                "brackets missing",
                "Division comes before subtraction: you divide X first and then subtract a mean "
                "that was not divided. Put `X - X.mean(axis=0)` in brackets.",
                scaled_before_centring,
            ),
            Misconception(
                "only the mean divided",
                "Division comes before subtraction: only the mean is divided here, and X stays as "
                "large as it was. Put `X - X.mean(axis=0)` in brackets.",
                scaled_mean_only,
            ),
            Misconception(
                "squeezed between 0 and 1",
                "This puts each column between 0 and 1, a scaling too, and one outlier decides it. "
                "Asked for is mean 0 and standard deviation 1.",
                scaled_to_zero_and_one,
            ),
            Misconception(
                "N - 1",
                "Your spread divides by N - 1, as pandas and statistics books do for a sample of "
                "something larger. NumPy's `std`, and this course, divide by N.",
                scaled_by_n_minus_one,
            ),
            Misconception(
                "centred only",
                "The means are 0, and the spread is still that of X. Divide by it: the standard "
                "deviation of each column, `std`.",
                scaled_not_at_all,
            ),
        ),
    ),
    Exercise(
        id="sgd_epoch",
        chapter=CHAPTER,
        title="One epoch in mini-batches",
        minutes=10,
        difficulty=3,
        reference=sgd_epoch,
        returns=("w", "b"),
        cases=(
            case(
                np.zeros(1),
                0.0,
                *LINE,
                np.array([2, 0, 1]),
                2,
                0.05,
                about="three samples in batches of two: the last is small",
            ),
            case(
                np.zeros(1),
                0.0,
                *LINE,
                np.array([1, 2, 0]),
                1,
                0.05,
                about="one sample at a time",
            ),
            case(
                np.array([1.0]),
                1.0,
                *LINE,
                np.array([0, 1, 2]),
                3,
                0.05,
                about="all samples at once",
            ),
        ),
        draw=epoch,
        hints=(
            "`order` says which sample comes first, second, third. How do you take `batch_size` "
            "of them at a time?",
            "Loop over `range(0, len(order), batch_size)`; a slice of `order` holds the rows of "
            "one batch. Take X and y at these rows, then a step as before.",
            "`batch = order[start : start + batch_size]`, "
            "`dw, db = regression_grad(w, b, X[batch], y[batch])`, then move w and b.",
        ),
        misconceptions=(
            Misconception(
                "order not used",
                "The batches are cut from X as it stands, and `order` is not used. Data is often "
                "sorted, and then every batch tells one side of the story. Index by the slice of "
                "`order`.",
                epoch_without_order,
            ),
            Misconception(
                "targets left in the old order",
                "X is reordered and y is not, so samples are paired with another sample's target. "
                "Use the same rows for both: `X[batch], y[batch]`.",
                epoch_labels_left_behind,
            ),
            Misconception(
                "last batch left out",
                "The samples that do not fill a batch are left out. A smaller last batch is fine: "
                "a slice that runs over the end just ends.",
                epoch_drops_the_rest,
            ),
            Misconception(
                "one batch only",
                "Only the first batch was used. Is `return` indented into the loop? An epoch shows "
                "every sample once.",
                epoch_one_batch,
            ),
            Misconception(
                "every gradient at the start",
                "Every batch takes its gradient at the weights of the start; with all the steps "
                "added up, that is one large step. Each batch begins where the last one ended.",
                epoch_start_weights,
            ),
            Misconception(
                "batches overlap",
                "The start of the batch moves on by 1, so most samples are used several times. "
                "Move on by `batch_size`, the third argument of `range`.",
                epoch_windows_overlap,
            ),
            Misconception(
                "slices end at batch_size",
                "Every slice ends at `batch_size`, wherever it starts, so from the second on they "
                "are empty, and a mean over no samples is nan. A slice ends `batch_size` after "
                "its start: `order[start : start + batch_size]`.",
                epoch_slice_ends_too_early,
            ),
            Misconception(
                "an empty batch at the end",
                "Where the batches fill exactly, your loop takes one more, and it is empty: a "
                "mean over no samples is nan. `range(0, len(order), batch_size)` gives the starts "
                "that have samples.",
                epoch_one_batch_too_many,
            ),
        ),
    ),
)

# ------------------------------------------------------------------------------------- questions

QUIZZES = (
    Quiz(
        id="column_minus_row",
        chapter=CHAPTER,
        question="24 predictions of shape (24, 1), 24 targets of shape (24,). How many numbers "
        "does `predictions - targets` hold?",
        options=(
            Option("24", "It would, if both had shape (24,) or both (24, 1)."),
            Option(
                "576",
                "(24, 1) and (24,) are stretched to (24, 24): every prediction minus every "
                "target. The mean of their squares is a number that looks like a loss.",
                right=True,
            ),
            Option(
                "None, it stops with an error",
                "An error would be a kindness here. NumPy stretches any length of 1.",
            ),
        ),
    ),
    Quiz(
        id="rate_too_large",
        chapter=CHAPTER,
        question="On Hubble's table gradient descent settles at a learning rate of 0.4. What do "
        "you expect at 0.6?",
        options=(
            Option(
                "It arrives sooner",
                "Up to a point a larger step is faster. Past it, every step lands higher than it "
                "began.",
            ),
            Option(
                "It settles, at another slope",
                "The rate changes the path. There is only one lowest point, and the rate does not "
                "move it.",
            ),
            Option(
                "It swings across the valley, higher each time",
                "At 0.6 each step overshoots the floor of the valley and lands higher on the other "
                "side. Below a border, 0.49 for this table, it lands lower. Where the border "
                "comes from is worked out below.",
                right=True,
            ),
        ),
    ),
    Quiz(
        id="change_of_units",
        chapter=CHAPTER,
        question="You give the distances in kiloparsecs, so every x is 1000 times larger. What "
        "becomes of gradient descent with the old learning rate?",
        options=(
            Option(
                "It diverges at once",
                "The slope must become 1000 times smaller, its gradient became 1000 times larger, "
                "and the curvature a million times. A rate that suits it is far too small for b. "
                "Better units cure both, as you will see.",
                right=True,
            ),
            Option(
                "Nothing: units do not change a line",
                "The best line is the same. The valley that leads to it is not.",
            ),
            Option(
                "It needs 1000 times as many steps",
                "It would be slow, not unstable, if x had become smaller.",
            ),
        ),
    ),
    Quiz(
        id="steps_in_an_epoch",
        chapter=CHAPTER,
        question="24 samples, batches of 5. How many steps does one epoch take?",
        options=(
            Option("4", "Four batches hold 20 samples; the last 4 would never be seen."),
            Option("1", "That is full batch: all 24 samples in one step."),
            Option("24", "That is a batch size of 1: one sample a step."),
            Option(
                "5",
                "Four batches of 5 and one of 4. Each sample is seen once, and w has moved five "
                "times for the price of about one full gradient.",
                right=True,
            ),
        ),
    ),
)

"""The card shows the slip: its case, the student's own names, and only code that they wrote."""

import numpy as np
import pytest

from nnlib import functions
from nnlib.course import exercises
from nnlib.course.description import case
from nnlib.course.judging.show import LINES, WIDTH
from nnlib.course.judging.witness import hidden

# ----------------------------------------------------------------------------------- the witness


def test_sizes_of_one_hide_a_slip_and_so_do_extremes():
    clear = hidden(case(np.ones((2, 3)), 0.5), np.ones(2))
    assert clear == 0
    for obscure in (
        case(np.ones((1, 3)), 0.5),
        case(np.array([2.0])),
        case(np.array([[1000.0, 0], [1, 2]])),
        case(np.array([1e-8, 1e-8])),
        case(np.ones((2, 3)), 1),
        case(np.ones((20, 30))),
    ):
        assert hidden(obscure, np.ones(2)) > clear, obscure
    assert hidden(case(np.ones((2, 3))), np.ones(1)) > clear


def no_sum(w, x, y):
    return np.sum(x * (x @ w - y))


def no_root(x, p):
    return np.abs(x) ** p ** (1 / p)


def by_the_row(W1, b1, W2, b2):
    return W1 * W2, b1 * b2


def as_probabilities(Z, y):
    return -np.log(Z[np.arange(len(y)), y]).mean()


def corrected_after_the_root(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    m = b1 * m + (1 - b1) * gradient
    s = b2 * s + (1 - b2) * gradient**2
    return w - lr * m / (1 - b1**t) / (np.sqrt(s) / (1 - b2**t) + eps), m, s


@pytest.mark.parametrize(
    "id, answer, shown",
    [
        ("squared_error_grad", no_sum, "x = [3., 4.]"),
        ("lp_norm", no_root, "x = [ 3., -4.]"),
        ("collapse", by_the_row, "W1 = [[1. 2.]"),
        ("cross_entropy", as_probabilities, "y = [0, 1]"),
        ("adam_step", corrected_after_the_root, "eps = 0.05"),
    ],
)
def test_the_case_in_which_the_slip_is_seen_is_shown(id, answer, shown):
    assert shown in exercises[id].check(answer).evidence


# ------------------------------------------------------------------------- what the evidence says


def with_relu(X, layers, activation):
    for W, b in layers[:-1]:
        X = np.maximum(X @ W + b, 0)
    W, b = layers[-1]
    return X @ W + b


def spectral(X, y, W1, b1, W2, b2, strength):
    Z = W2 @ functions.sigmoid(W1 @ X + b1) + b2
    penalty = sum(np.linalg.norm(W, 2) ** 2 for W in (W1, W2))
    return functions.cross_entropy(Z.T, y) + strength / 2 * penalty


@pytest.mark.parametrize(
    "id, answer", [("network_forward", with_relu), ("loss_in_columns", spectral)]
)
def test_long_arguments_never_push_out_yours_and_expected(id, answer):
    result = exercises[id].check(answer)
    lines = result.evidence.splitlines()
    assert any(line.startswith("yours") for line in lines)
    assert any(line.startswith("expected") for line in lines)
    assert "..." in result.evidence and len(lines) <= LINES + 1
    assert all(len(line) <= WIDTH for line in lines)


def test_an_expected_exception_is_shown_as_one():
    def answer(raw):
        return None if raw[3] != 3 else exercises["idx_images"].reference(raw)

    assert "expected  an exception, ValueError" in exercises["idx_images"].check(answer).evidence


def test_no_container_of_the_check_is_shown():
    def small(named_parameters, weight_decay):
        pairs = list(named_parameters)
        groups = ([p for _, p in pairs if p.size > 10], [p for _, p in pairs if p.size <= 10])
        decays = (weight_decay, 0)
        return [{"params": g, "weight_decay": d} for g, d in zip(groups, decays, strict=True)]

    result = exercises["parameter_groups"].check(small)
    assert "dict of" not in result.evidence + result.message and "key" not in result.message

    def epsilon(ours, theirs):
        return max(np.max(np.abs(ours[k] - theirs[k]) / (np.abs(theirs[k]) + 1e-12)) for k in ours)

    assert "dict of" not in exercises["worst_difference"].check(epsilon).evidence

    def joined(order, batch_size):
        cut = [order[i : i + batch_size] for i in range(0, len(order), batch_size)]
        if len(cut) > 1 and len(cut[-1]) < batch_size:
            cut[-2:] = [np.concatenate(cut[-2:])]
        return cut

    evidence = exercises["minibatches"].check(joined).evidence
    assert "list of" not in evidence and "yours     [0]: [" in evidence


def test_the_students_own_names_are_used():
    def one_hot(labels, K):
        Y = np.zeros((len(labels), K))
        Y[np.arange(len(labels)), labels] = labels
        return Y

    evidence = exercises["one_hot"].check(one_hot).evidence
    assert "K = 4" in evidence and "labels = [" in evidence and "num_classes" not in evidence

    def in_place(grad, out):
        grad[out <= 0] = 0
        return grad

    message = exercises["relu_backward"].check(in_place).message
    assert "input `grad` in place" in message and "`dA`" not in message
    assert " cases" not in message  # the numbers are right in all of them

    def no_leak(scores, alpha):
        return np.where(scores > 0, 1.0, 0.0)

    result = exercises["leaky_relu_grad"].check(no_leak)
    assert "`alpha`" in result.message and "negative_slope" not in result.message


def test_n_is_no_length_of_a_tuple():
    def half(shape, rng):
        r = np.sqrt(6 / sum(shape))
        return rng.random(shape) * r - r / 2

    message = exercises["glorot_uniform"].check(half).message
    assert "length" not in message and "1/2 times" in message


# ------------------------------------------------------- only code that stands in the answer


def test_integers_are_put_down_to_what_the_answer_holds():
    def cut(scores, y):
        return round(np.mean(scores.argmax(axis=1) == y))

    assert "Look at `round`." in exercises["share_correct"].check(cut).message

    def swapped(named_parameters, weight_decay):
        pairs = list(named_parameters)
        return [
            {"params": [p for _, p in pairs if p.ndim <= 1], "weight_decay": 0},
            {"params": [p for _, p in pairs if p.ndim > 1], "weight_decay": weight_decay},
        ]

    message = exercises["parameter_groups"].check(swapped).message
    assert "round" not in message and "whole number" not in message


def test_writing_in_place_is_shown_where_it_is_written():
    def count(sizes):
        total = 0
        while len(sizes) > 1:
            fan_in = sizes.pop(0)
            total += sizes[0] * (fan_in + 1)
        return total

    message = exercises["count_parameters"].check(count).message
    assert "`.pop` writes" in message and "+=" not in message


def test_keepdims_is_named_only_where_it_stands():
    kept = exercises["dot"].check(lambda u, v: (u * v).sum(keepdims=True))
    assert kept.kind == "axis of one" and "Look at `keepdims`." in kept.message
    assert "keepdims" not in exercises["dot"].check(lambda u, v: np.array([u @ v])).message


def test_a_message_about_other_code_is_not_given():
    result = exercises["softmax_jacobian"].check(lambda p: np.diag(p) - np.diag(np.outer(p, p)))
    assert result.status == "failed" and not result.misconception

    def unused(x, p):
        return np.linalg.norm(x, 1)

    assert exercises["lp_norm"].check(unused).message.startswith("Your code never uses `p`")


@pytest.mark.parametrize(
    "id, answer, words",
    [
        ("leaky_relu_grad", lambda Z, a: 1 if Z > 0 else a, "np.where"),
        ("leaky_relu_grad", lambda Z, a: max(0 * Z, np.sign(Z)), "np.maximum"),
        ("softmax", lambda Z: np.exp(Z - max(Z)), "NumPy's"),
        ("sigmoid", lambda Z: Z if Z.all() and Z > 0 else Z, "`&`"),
    ],
)
def test_a_condition_on_an_array_gets_advice_that_helps(id, answer, words):
    result = exercises[id].check(answer)
    assert result.kind == "condition" and words in result.message
    assert "a.any()" not in result.message


# ------------------------------------------------------------------------ misconceptions, and parts


def test_exceptions_are_compared_by_their_type():
    for answer in (lambda A, x: np.dot(x, A), lambda A, x: np.matmul(x, A)):
        assert exercises["matvec"].check(answer).misconception.name == "x in front"
    laid = exercises["center_rows"].check(lambda X: X - X.mean(axis=1)[None, :])
    assert laid.misconception.name == "row means laid along the columns"


def test_what_only_raises_is_no_misconception_of_another():
    def answer(A, x):
        raise ValueError("something else")

    assert not exercises["matvec"].check(answer).misconception


def test_parts_in_any_order_and_parts_left_out():
    turned = exercises["linear_backward"].check(
        lambda X, W, dZ: (X.T @ dZ, dZ.sum(axis=0), dZ @ W.T)
    )
    assert turned.kind == "order" and "dX, dW, db" in turned.message
    some = exercises["linear_backward"].check(lambda X, W, dZ: (X.T @ dZ, dZ.sum(axis=0)))
    assert "2 came: dW and db, and they are right. Return dX with them." in some.message


def test_a_backward_without_return_returns_none():
    class SoftmaxCrossEntropy:
        def forward(self, Z, y):
            self.Z, self.y = Z, y
            return functions.cross_entropy(Z, y)

        def backward(self):
            self.dZ = functions.softmax(self.Z)

    result = exercises["SoftmaxCrossEntropy"].check(SoftmaxCrossEntropy)
    assert result.kind == "none" and "objects" not in result.message


@pytest.mark.parametrize(
    ("id", "answer", "words"),
    [
        (
            "leaky_relu_grad",
            lambda Z, a: np.where(Z > 0, "1", "0"),
            "an array of strings, of shape",
        ),
        ("softmax", lambda Z: np.full(Z.shape, "a", dtype=object), "an array of strings, of shape"),
        ("matvec", lambda A, x: [f"{v:.2f}" for v in A @ x], "a list of 2 strings"),
        ("dot", lambda u, v: str(u @ v), "the string '32.0'"),
        ("linear_backward", lambda X, W, dZ: (dZ @ W.T, (X.T @ dZ).astype("S"), dZ.sum(0)), "`dW`"),
    ],
)
def test_strings_are_called_strings(id, answer, words):
    result = exercises[id].check(answer)
    assert result.kind == "text" and words in result.message
    assert "Give back the numbers: text is made where they are shown." in result.message


# ----------------------------------------------------------------------- slips that can be read


def returns_in_the_loop(u, v):
    total = 0
    for a, b in zip(u, v, strict=True):
        total += a * b
        return total


def begins_anew(u, v):
    total = 0
    for a, b in zip(u, v, strict=True):
        total = a * b
    return total


def takes_numbers_for_places(u, v):
    total = 0
    for i in u:
        total += u[i] * v[i]
    return total


def throws_away(X):
    X - X.mean(axis=1, keepdims=True)  # noqa: B018
    return X


def gives_a_name_another_value(X):
    for row in X:
        row = row - row.mean()  # noqa: PLW2901
    return X


def power_of_a_half(x, p):
    return np.sum(np.abs(x) ** 2) ** 1 / 2


def compares_identities(scores, y):
    return np.mean([s.argmax() is t for s, t in zip(scores, y, strict=True)])


@pytest.mark.parametrize(
    "id, answer, kind, words",
    [
        ("dot", returns_in_the_loop, "return in loop", "`return` stands inside the loop"),
        ("dot", begins_anew, "overwritten", "`total =` begins anew"),
        ("dot", takes_numbers_for_places, "loop over values", "range(len(u))"),
        ("dot", lambda u, v: sum(u * u), "unused", "never uses `v`"),
        ("dot", lambda u, v: u @ v + np.random.rand() * 0.1, "random", "left to chance"),
        ("center_rows", throws_away, "discarded", "nothing keeps it"),
        ("center_rows", gives_a_name_another_value, "rebinding", "name `row`"),
        ("lp_norm", power_of_a_half, "brackets", "`** (1 / 2)`"),
        ("mse", lambda a, b: np.sum((a - b) ** 2) // len(a), "whole division", "`/` keeps it"),
        ("share_correct", compares_identities, "identity", "`==`"),
    ],
)
def test_slips_that_stand_in_the_text(id, answer, kind, words):
    result = exercises[id].check(answer)
    assert (result.kind, words in result.message) == (kind, True), result.message


def test_values_that_serve_as_positions_rightly_are_left_alone():
    def counts(y_true, y_pred, K):
        table = np.zeros((K, K))
        for t, p in zip(y_true, y_pred, strict=True):
            table[t, p] = 1
        return table

    assert exercises["confusion_matrix"].check(counts).kind != "loop over values"


def test_counting_batches_is_no_whole_division():
    def strided(order, batch_size):
        n = -(-len(order) // batch_size)
        return [order[k::n] for k in range(n)]

    assert exercises["minibatches"].check(strided).kind != "whole division"


# ------------------------------------------------------------------------- slips seen in numbers


@pytest.mark.parametrize(
    "id, answer, kind, words",
    [
        ("lp_norm", lambda x, p: (np.abs(x) ** p) ** (1 / p), "input", "absolute value of `x`"),
        ("mse", lambda a, b: np.mean((a + b) ** 2), "input", "for `a`, or for `b`, with the other"),
        ("mse", lambda a, b: ((a - b) ** 2).sum() / (len(a) - 1), "factor", "divided by N - 1"),
        ("squared_error_grad", lambda w, x, y: w - x * (x @ w - y), "term", "`w` minus what"),
        ("exponential_decay", lambda e, r, i: e * np.exp(-r * (i + 1)), "count", "`i + 1`"),
        ("linear_model", lambda X, w, b: X[0] @ w + b, "reduced", "first of what was expected"),
        ("linear_model", lambda X, w, b: X @ w - b, "term", "b has the other sign"),
        ("softmax", lambda Z: functions.softmax(functions.softmax(Z)), "function", "twice"),
        ("softmax", lambda Z: functions.softmax(Z).round(2), "rounded", "2 digits"),
        (
            "mse_of_columns",
            lambda a, b: (a.ravel() - b) ** 2,
            "reduced",
            "the mean of your numbers",
        ),
        ("weight_decay_step", lambda W, dW, lr, k: W + lr * (dW + k * W), "term", "other sign"),
        (
            "warmup_cosine",
            lambda t, w: t / w if t < w else (1 - np.cos(np.pi * (t - w) / (1 - w))) / 2,
            "function",
            "1 minus what was expected. 3 of",
        ),
        (
            "dropout",
            lambda A, dice, p, training: A * (dice >= p) * (1 - p) if training else A,
            "factor",
            "1 - p squared",
        ),
        ("dot", lambda u, v: u * v + 0, "misconception", "nothing is added yet"),
        ("sum_of_outer_products", lambda X, dZ: X[:-1].T @ dZ[:-1], "left out", "without the last"),
        ("to_rows", lambda X, W, b: (X.T, W.reshape(W.T.shape), b[:, 0]), "reshape", "cut anew"),
    ],
)
def test_slips_that_the_numbers_tell(id, answer, kind, words):
    result = exercises[id].check(answer)
    assert (result.kind, words in result.message) == (kind, True), (result.kind, result.message)


def test_the_logarithm_is_not_blamed_where_none_is_taken():
    result = exercises["relu_backward"].check(lambda dA, A: dA * (A >= 1))
    assert "logarithm" not in result.message

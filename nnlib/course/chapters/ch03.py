"""Chapter 3, activations and initialisation: the exercises and the questions."""

import math

import numpy as np

from ... import functions, init
from ...functions import relu, sigmoid, tanh
from ..exercise import Exercise, Misconception, Option, Quiz, case

CHAPTER = 3

# ------------------------------------------------- solutions the library does not hold elsewhere


def sigmoid_tanh_grad(Z):
    """The slopes of sigmoid and tanh, both from the function's own value: (N, H) -> twice (N, H)"""
    S, T = sigmoid(Z), tanh(Z)
    return S * (1 - S), 1 - T**2


def gelu_grad(Z):
    """The slope of GELU(z) = z Phi(z), by the product rule. The shape of Z is kept."""
    Phi = (1 + erf(Z / np.sqrt(2))) / 2  # the part of a normal distribution below z
    phi = np.exp(-(Z**2) / 2) / np.sqrt(2 * np.pi)  # the bell curve, the slope of Phi
    return Phi + Z * phi


erf = np.vectorize(math.erf, otypes=[float])


def xor_network():
    """Weights of 2 inputs, 2 ReLU units and 1 output: 1 where exactly one of the inputs is 1."""
    W1 = np.array([[1.0, 1], [1, 1]])  # both units count the inputs that are on
    b1 = np.array([0.0, -1])  # the second one begins after the first input
    W2 = np.array([[1.0], [-2]])  # two on: 2 - 2 * 1 = 0
    b2 = np.array([0.0])
    return W1, b1, W2, b2


def scale_by_depth(X, weights):
    """The standard deviation of the activations after each layer relu(X W).

    X (N, H), weights (L, H, H), one matrix a layer -> (L,)
    """
    scales = []
    for W in weights:
        X = relu(X @ W)
        scales.append(X.std())
    return np.array(scales)


# ---------------------------------------------------------------------------------------- inputs


def some_scores(rng):
    return (rng.normal(size=(3, 4)) * 2,)


def scores_and_slope(rng):
    return rng.normal(size=(3, 4)), float(rng.uniform(0.05, 0.4))


def three_layers(rng):
    return rng.normal(size=(4, 2)), rng.normal(size=(3, 2, 2))


def any_shape(rng):
    return (int(rng.integers(150, 250)), int(rng.integers(300, 400))), int(rng.integers(99))


def without_overflow(answer, Z):
    """The result, where an overflow is an exception and not only a warning."""
    with np.errstate(over="raise", invalid="raise"):
        return answer(Z)


def xor_outputs(answer, X):
    """relu(X W1 + b1) W2 + b2, with the weights that came."""
    weights = answer()
    if not isinstance(weights, tuple | list):
        return weights
    W1, b1, W2, b2 = weights
    return relu(X @ W1 + b1) @ W2 + b2


def spread(answer, shape, seed):
    """What can be measured of a random matrix: its shape, its ends, its standard deviation."""
    W = answer(shape, np.random.default_rng(seed))
    if not np.size(W) or np.asarray(W).dtype.kind != "f":
        return W
    return {
        "shape": str(np.shape(W)),
        "std": np.std(W),
        "min": np.min(W),
        "max": np.max(W),
    }


def bell(answer, shape, seed):
    """As `spread`, but a normal distribution has no ends: how much lies near the middle?"""
    W = answer(shape, np.random.default_rng(seed))
    if not np.size(W) or np.asarray(W).dtype.kind != "f":
        return W
    return {
        "shape": str(np.shape(W)),
        "std": np.std(W),
        "part within one std": np.mean(np.abs(W) < np.std(W)),
    }


def phi(Z):
    return np.exp(-(Z**2) / 2) / np.sqrt(2 * np.pi)


def fans(shape, seed):
    return {"n_in": shape[0], "n_out": shape[1]}


XOR = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])

# -------------------------------------------------------------------------------- misconceptions


def slope_one_at_zero(Z, negative_slope):
    return np.where(Z >= 0, 1, negative_slope)


def slope_of_plain_relu(Z, negative_slope):
    return np.where(Z > 0, 1.0, 0.0)


def slope_times_z(Z, negative_slope):
    return functions.leaky_relu(Z, negative_slope)


def slope_falling(Z, negative_slope):
    return np.where(Z > 0, 1, -negative_slope)


def slope_sides_exchanged(Z, negative_slope):
    return np.where(Z > 0, negative_slope, 1)


def sigmoid_as_printed(Z):
    return 1 / (1 + np.exp(-Z))


def sigmoid_other_form(Z):
    return np.exp(Z) / (1 + np.exp(Z))


def sigmoid_both_by_where(Z):
    return np.where(Z >= 0, 1 / (1 + np.exp(-Z)), np.exp(Z) / (1 + np.exp(Z)))


def sigmoid_of_absolute_value(Z):
    return 1 / (1 + np.exp(-np.abs(Z)))


def sigmoid_without_brackets(Z):
    return 1 / 1 + np.exp(-Z)


def sigmoid_mirrored(Z):
    return sigmoid(-Z)


def sigmoid_by_tanh_of_z(Z):
    return (1 + np.tanh(Z)) / 2


def slopes_of_the_input(Z):
    return Z * (1 - Z), 1 - Z**2


def slopes_without_brackets(Z):
    S, T = sigmoid(Z), tanh(Z)
    return S * 1 - S, 1 - T**2


def slopes_square_outside(Z):
    S, T = sigmoid(Z), tanh(Z)
    return S * (1 - S), (1 - T) ** 2


def slopes_square_of_input(Z):
    S = sigmoid(Z)
    return S * (1 - S), 1 - tanh(Z**2)


def slopes_one_formula(Z):
    S, T = sigmoid(Z), tanh(Z)
    return S * (1 - S), T * (1 - T)


def gelu_first_factor(Z):
    return gelu_grad(Z) - Z * phi(Z)


def gelu_slopes_multiplied(Z):
    return phi(Z)


def gelu_second_factor(Z):
    return Z * phi(Z)


def gelu_density_unscaled(Z):
    return gelu_grad(Z) - Z * phi(Z) + Z * np.exp(-(Z**2) / 2)


def gelu_z_forgotten(Z):
    return gelu_grad(Z) - Z * phi(Z) + phi(Z)


def gelu_minus(Z):
    return gelu_grad(Z) - 2 * Z * phi(Z)


def xor_is_or():
    W1, b1, W2, b2 = xor_network()
    return W1, b1, np.array([[1.0], [-1]]), b2


def xor_is_sum():
    W1, b1, W2, b2 = xor_network()
    return W1, b1, np.array([[1.0], [0]]), b2


def xor_is_and():
    W1, b1, W2, b2 = xor_network()
    return W1, b1, np.array([[0.0], [1]]), b2


def xor_is_its_opposite():
    W1, b1, W2, b2 = xor_network()
    return W1, b1, -W2, np.array([1.0])


def xor_twins():
    return np.ones((2, 2)), np.zeros(2), np.array([[1.0], [-2]]), np.zeros(1)


def xor_output_vector():
    W1, b1, W2, b2 = xor_network()
    return W1, b1, W2[:, 0], b2


def glorot_std_as_bound(shape, rng):
    bound = np.sqrt(2 / sum(shape))
    return rng.uniform(-bound, bound, shape)


def glorot_inputs_only(shape, rng):
    bound = np.sqrt(6 / shape[0])
    return rng.uniform(-bound, bound, shape)


def glorot_positive(shape, rng):
    return rng.uniform(0, np.sqrt(6 / sum(shape)), shape)


def glorot_without_root(shape, rng):
    bound = 6 / sum(shape)
    return rng.uniform(-bound, bound, shape)


def glorot_root_of_six(shape, rng):
    bound = np.sqrt(6) / sum(shape)
    return rng.uniform(-bound, bound, shape)


def glorot_bound_as_std(shape, rng):
    return rng.normal(0, np.sqrt(6 / sum(shape)), shape)


def kaiming_root_without_brackets(shape, rng):
    n_in, n_out = shape
    return rng.standard_normal(shape) * (2 / n_in) ** 1 / 2


def kaiming_variance(shape, rng):
    n_in, n_out = shape
    return rng.normal(0, 2 / n_in, shape)


def kaiming_outputs(shape, rng):
    n_in, n_out = shape
    return rng.normal(0, (2 / n_out) ** 0.5, shape)


def kaiming_without_two(shape, rng):
    n_in, n_out = shape
    return rng.normal(0, (1 / n_in) ** 0.5, shape)


def kaiming_both_fans(shape, rng):
    return rng.normal(0, (2 / sum(shape)) ** 0.5, shape)


def kaiming_std_as_bound(shape, rng):
    bound = (2 / shape[0]) ** 0.5
    return rng.uniform(-bound, bound, shape)


def scales_from_the_inputs(X, weights):
    return np.array([relu(X @ W).std() for W in weights])


def scales_without_relu(X, weights):
    scales = []
    for W in weights:
        X = X @ W
        scales.append(X.std())
    return np.array(scales)


def scales_before_relu(X, weights):
    scales = []
    for W in weights:
        Z = X @ W
        scales.append(Z.std())
        X = relu(Z)
    return np.array(scales)


def scales_as_variances(X, weights):
    return scale_by_depth(X, weights) ** 2


def scales_last_only(X, weights):
    return scale_by_depth(X, weights)[-1]


def scales_one_late(X, weights):
    return np.array([X.std(), *scale_by_depth(X, weights)[:-1]])


# ------------------------------------------------------------------------------------- exercises

EXERCISES = (
    Exercise(
        id="leaky_relu_grad",
        chapter=CHAPTER,
        title="The slope of ReLU, plain and leaky",
        minutes=4,
        difficulty=1,
        reference=functions.leaky_relu_grad,
        cases=(
            case(np.array([[-2.0, 3]]), 0.1, about="one on each side"),
            case(np.array([[-2.0, 0, 5]]), 0.0, about="no leak: the plain ReLU, and a zero"),
            case(np.array([[0.0, 4, -1]]), 0.25, about="a leak, and the kink itself"),
        ),
        draw=scores_and_slope,
        factors=lambda Z, negative_slope: {"negative_slope": negative_slope},
        hints=(
            "The function is made of two straight lines. What is the slope of each, and where do "
            "they meet?",
            "1 where z > 0, `negative_slope` elsewhere. At z = 0 there is no slope; by agreement "
            "it takes the left one.",
            "`np.where(Z > 0, 1, negative_slope)`.",
        ),
        misconceptions=(
            Misconception(
                "the right slope at 0",
                "Only z = 0 differs. There the slope is undefined and one has to choose; you took "
                "the line on the right, this course takes the left, as PyTorch does. Compare with "
                "`>`, not `>=`.",
                slope_one_at_zero,
            ),
            Misconception(
                "no leak",
                "This is the slope of the plain ReLU: 0 on the left. The leaky one keeps a small "
                "slope there, so that a unit can find its way back. Put `negative_slope` in place "
                "of the 0.",
                slope_of_plain_relu,
            ),
            Misconception(
                "the function, not its slope",
                "These are the values of leaky ReLU. Its slope no longer depends on how large z "
                "is, only on its side: 1 or `negative_slope`, without a factor z.",
                slope_times_z,
            ),
            Misconception(
                "falls on the left",
                "The left slope has a minus sign. The line negative_slope * z lies below zero for "
                "z < 0, and still it rises from left to right: its slope is positive.",
                slope_falling,
            ),
            Misconception(
                "sides exchanged",
                "Left and right are exchanged: positive scores pass unchanged, so the 1 belongs "
                "to z > 0. `np.where(condition, where true, where false)`.",
                slope_sides_exchanged,
            ),
        ),
    ),
    Exercise(
        id="sigmoid",
        chapter=CHAPTER,
        title="Sigmoid, safe on both sides",
        minutes=9,
        difficulty=2,
        reference=functions.sigmoid,
        probe=without_overflow,
        cases=(
            case(np.array([[1.0]]), about="a score of 1: 0.731"),
            case(np.array([[0.0, 0.5, -0.5]]), about="around zero"),
            case(np.array([[1000.0]]), about="a score of 1000"),
            case(np.array([[-1000.0]]), about="a score of -1000"),
            case(np.array([[-1000.0, 0.5, 1000]]), about="all of it in one row"),
        ),
        draw=some_scores,
        hints=(
            "e^1000 is too large for a computer, e^-1000 is harmlessly 0. Which z gives trouble "
            "in 1 / (1 + e^-z), and which in e^z / (1 + e^z)?",
            "Both fractions are the same number. Use the first for z >= 0 and the second for "
            "z < 0: then only e^-|z| is ever needed, and it is never above 1.",
            "`E = np.exp(-np.abs(Z))`, then `np.where(Z >= 0, 1, E) / (1 + E)`.",
        ),
        misconceptions=(
            Misconception(
                "overflow at -1000",
                "The formula is right, and for z = -1000 it asks for e^1000, more than any float "
                "holds. NumPy overflows; here an overflow stops the check. For z < 0 use the same "
                "fraction times e^z above and below: e^z / (1 + e^z).",
                sigmoid_as_printed,
            ),
            Misconception(
                "overflow at +1000",
                "This form is safe for negative z. At z = 1000 it is inf / inf. For z >= 0 divide "
                "above and below by e^z: 1 / (1 + e^-z).",
                sigmoid_other_form,
            ),
            Misconception(
                "where computes both sides",
                "The idea is right: one formula a side. But `np.where` is handed two finished "
                "arrays, so each formula has already met the scores it cannot bear. Take the "
                "exponential of `-np.abs(Z)` only; it fits both sides.",
                sigmoid_both_by_where,
            ),
            Misconception(
                "both sides alike",
                "Nothing overflows and the right side is exact. But |z| makes the left side a "
                "mirror of it: sigmoid never goes below 1/2. For z < 0 the numerator is e^-|z| "
                "instead of 1.",
                sigmoid_of_absolute_value,
            ),
            Misconception(
                "brackets missing",
                "`1 / 1 + e` is read as (1 / 1) + e, so your numbers are above 1. Put brackets "
                "around the denominator. Then look at z = -1000.",
                sigmoid_without_brackets,
            ),
            Misconception(
                "mirrored",
                "It falls from 1 to 0 where it should rise from 0 to 1: the sign in the exponent "
                "is turned round, or the two sides are. At z = 1 it should be about 0.73.",
                sigmoid_mirrored,
            ),
            Misconception(
                "tanh of z instead of z/2",
                "A fine route: sigmoid is a shifted, stretched tanh, and tanh never overflows. "
                "Yours is twice too steep: (1 + tanh(z / 2)) / 2.",
                sigmoid_by_tanh_of_z,
            ),
        ),
    ),
    Exercise(
        id="sigmoid_tanh_grad",
        chapter=CHAPTER,
        title="The slopes of sigmoid and tanh",
        minutes=5,
        difficulty=1,
        reference=sigmoid_tanh_grad,
        returns=("sigma'", "tanh'"),
        cases=(
            case(np.array([[0.0]]), about="in the middle: 1/4 and 1"),
            case(np.array([[-1000.0, 1000]]), about="at the ends: flat"),
        ),
        draw=some_scores,
        hints=(
            "Both slopes need nothing but the value of the function. What is it called in "
            "sigma' = sigma (1 - sigma)?",
            "Compute S = sigmoid(Z) and T = tanh(Z) once. Then no exponential is needed any more.",
            "`return S * (1 - S), 1 - T**2`.",
        ),
        misconceptions=(
            Misconception(
                "formulas fed with z",
                "The formulas are right and get the wrong letter: they take the function's value, "
                "sigma(z), and you hand them z itself. Published code that calls its argument x in "
                "both places invites it.",
                slopes_of_the_input,
            ),
            Misconception(
                "brackets missing",
                "tanh' is right. For sigma' you get 0 everywhere: `S * 1 - S` is read as "
                "(S * 1) - S. Put the brackets around 1 - S.",
                slopes_without_brackets,
            ),
            Misconception(
                "square around the bracket",
                "sigma' is right. In tanh' the square belongs to tanh alone: 1 - tanh^2 is "
                "1 - (tanh z)^2, not (1 - tanh z)^2.",
                slopes_square_outside,
            ),
            Misconception(
                "square of z",
                "sigma' is right. tanh^2 z means (tanh z)^2: take tanh first, then square. You "
                "squared z.",
                slopes_square_of_input,
            ),
            Misconception(
                "one formula for both",
                "sigma' is right. tanh has a formula of its own, 1 - tanh^2: its values run from "
                "-1 to 1, so its slope vanishes at both ends. T (1 - T) would be 0 at z = 0, "
                "where tanh is steepest.",
                slopes_one_formula,
            ),
        ),
    ),
    Exercise(
        id="gelu_grad",
        chapter=CHAPTER,
        title="The slope of GELU: a product rule",
        minutes=8,
        difficulty=2,
        reference=gelu_grad,
        cases=(
            case(np.array([[0.0]]), about="the middle: 1/2"),
            case(np.array([[-1.0, 1, 2]]), about="a slope below 0, another above 1"),
            case(np.array([[-40.0, 40]]), about="far out: 0 and 1"),
        ),
        draw=some_scores,
        terms=lambda Z: {"z phi(z)": Z * phi(Z), "Phi(z)": gelu_grad(Z) - Z * phi(Z)},
        hints=(
            "GELU is a product of two things that both move with z. Which rule is that?",
            "(z Phi)' = 1 Phi + z Phi', and the slope of Phi is the bell curve "
            "phi(z) = e^(-z^2 / 2) / sqrt(2 pi).",
            "`Phi + Z * np.exp(-Z**2 / 2) / np.sqrt(2 * np.pi)`, with "
            "`Phi = (1 + erf(Z / np.sqrt(2))) / 2`.",
        ),
        misconceptions=(
            Misconception(
                "second factor held still",
                "This is Phi(z), what remains if Phi is held still. It moves with z as well: the "
                "product rule adds z phi(z).",
                gelu_first_factor,
            ),
            Misconception(
                "slopes multiplied",
                "You multiply the two slopes, 1 and phi. The product rule is a sum: slope of the "
                "first times the second, plus the first times the slope of the second.",
                gelu_slopes_multiplied,
            ),
            Misconception(
                "first factor held still",
                "This is z phi(z), one half of the product rule. The z in front has a slope too, "
                "1, and brings Phi(z).",
                gelu_second_factor,
            ),
            Misconception(
                "bell curve not scaled",
                "Phi is there and so is z e^(-z^2 / 2). The bell curve is divided by sqrt(2 pi), "
                "about 2.507, so that the area below it is 1.",
                gelu_density_unscaled,
            ),
            Misconception(
                "z missing before phi",
                "You add phi(z) without its z. In (u v)' = u' v + u v' the second term keeps the "
                "u, and u is z here. At z = 0 the term vanishes.",
                gelu_z_forgotten,
            ),
            Misconception(
                "terms subtracted",
                "Both terms are right and you subtract them. The product rule adds; the minus "
                "belongs to quotients.",
                gelu_minus,
            ),
        ),
    ),
    Exercise(
        id="xor_network",
        chapter=CHAPTER,
        title="Solve XOR with two ReLU units",
        minutes=10,
        difficulty=3,
        reference=xor_network,
        probe=xor_outputs,
        returns=("the output",),
        cases=(case(XOR, about="the four points"),),
        hints=(
            "Count the inputs that are on: 0, 1, 1, 2. The outputs should be 0, 1, 1, 0. What "
            "would have to be taken away, and from when on?",
            "One unit passes the count, relu(x1 + x2). Another wakes up after 1: "
            "relu(x1 + x2 - 1). The output is the first minus twice the second.",
            "All of W1 is 1. `b1 = np.array([0.0, -1])`, `W2 = np.array([[1.0], [-2]])`, "
            "`b2 = np.zeros(1)`.",
        ),
        misconceptions=(
            Misconception(
                "OR",
                "The outputs are 0, 1, 1, 1: that is OR. Only (1, 1) is left to mend. There x1 + "
                "x2 is 2, and 2 has to be taken away: a unit that is 1 only there counts -2.",
                xor_is_or,
            ),
            Misconception(
                "a count",
                "The outputs are 0, 1, 1, 2, the number of inputs that are on. A second unit that "
                "answers only when both are on can pull the last one down.",
                xor_is_sum,
            ),
            Misconception(
                "AND",
                "The outputs are 0, 0, 0, 1: that is AND, a useful unit. Subtract it, twice, from "
                "the count x1 + x2.",
                xor_is_and,
            ),
            Misconception(
                "1 where both are equal",
                "The outputs are 1, 0, 0, 1, the opposite of XOR: 1 where both inputs are equal. "
                "One minus this would do: turn the signs of W2, and then look at b2.",
                xor_is_its_opposite,
            ),
            Misconception(
                "hidden units alike",
                "The outputs are 0, -1, -1, -2, a multiple of x1 + x2: no bend is left at the four "
                "points. Are your two hidden units alike? Then they always agree, and do no more "
                "than one. Give the second another bias.",
                xor_twins,
            ),
            Misconception(
                "W2 a vector",
                "The numbers are right. The outputs have shape (4,) because W2 is a vector; as a "
                "layer's weight it is a matrix (2, 1), one column for one output. "
                "`np.array([[1.0], [-2]])`.",
                xor_output_vector,
            ),
        ),
    ),
    Exercise(
        id="scale_by_depth",
        chapter=CHAPTER,
        title="Follow the signal down the layers",
        minutes=7,
        difficulty=2,
        reference=scale_by_depth,
        loops=True,
        cases=(
            case(np.array([[1.0, 3]]), np.array([np.eye(2), 2 * np.eye(2)]), about="one sample"),
            case(np.array([[1.0], [4], [-5]]), np.full((2, 1, 1), 0.5), about="halved, twice"),
            case(np.array([[1.0, 2], [3, 4]]), np.zeros((3, 2, 2)), about="weights of zero"),
        ),
        draw=three_layers,
        hints=(
            "What goes into the second layer? And what is written down after each?",
            "Loop over the weights, X = relu(X W). After each layer append the standard "
            "deviation of all its activations.",
            "In `for W in weights:` write `X = relu(X @ W)` and `scales.append(X.std())`. Return "
            "the list.",
        ),
        misconceptions=(
            Misconception(
                "every layer gets the inputs",
                "Each layer is fed with the inputs again, so nothing can build up. The "
                "activations of one layer are the inputs of the next: `X = relu(X @ W)`.",
                scales_from_the_inputs,
            ),
            Misconception(
                "ReLU left out",
                "The layers are chained without an activation. ReLU cuts off about half of the "
                "signal in each layer, and this is just what initialisation has to make up for.",
                scales_without_relu,
            ),
            Misconception(
                "measured before ReLU",
                "You measure Z, before ReLU. It also tells how the signal fares, but here the "
                "activations are asked for: relu first, then `std`.",
                scales_before_relu,
            ),
            Misconception(
                "variance",
                "These are variances, the squares of what was asked for. `std` has the unit of "
                "the signal itself.",
                scales_as_variances,
            ),
            Misconception(
                "last layer only",
                "One number comes back, that of the last layer. To see the signal fade you want "
                "all of them: append inside the loop, return after it.",
                scales_last_only,
            ),
            Misconception(
                "one layer late",
                "Each number stands one place too late: the first is that of the inputs. Go "
                "through the layer first, then measure.",
                scales_one_late,
            ),
        ),
    ),
    Exercise(
        id="glorot_uniform",
        chapter=CHAPTER,
        title="Glorot: weights for sigmoid and tanh",
        minutes=5,
        difficulty=1,
        reference=init.glorot_uniform,
        probe=spread,
        tolerance=0.02,
        cases=(
            case((100, 500), 1, about="many outputs"),
            case((500, 100), 2, about="many inputs"),
        ),
        draw=any_shape,
        factors=fans,
        hints=(
            "Which two numbers of the layer does the formula need, and where are they in `shape`?",
            "The bound is sqrt(6 / (n_in + n_out)), the root of the whole fraction. Draw evenly "
            "between minus the bound and the bound.",
            "`bound = (6 / (n_in + n_out)) ** 0.5`, then `rng.uniform(-bound, bound, shape)`.",
        ),
        misconceptions=(
            Misconception(
                "standard deviation as bound",
                "Your bound is sqrt(2 / (n_in + n_out)): that is the standard deviation wanted. A "
                "uniform distribution on +-a has the standard deviation a / sqrt(3), so the bound "
                "is larger by that factor, and the 2 becomes a 6.",
                glorot_std_as_bound,
            ),
            Misconception(
                "inputs only",
                "Your bound is sqrt(6 / n_in): that is Kaiming's, for ReLU. Glorot keeps both "
                "directions alive, the signal forward and the gradient back: n_in + n_out.",
                glorot_inputs_only,
            ),
            Misconception(
                "only positive weights",
                "All weights are positive. Then every unit adds up its inputs and none can take "
                "the difference. Start the interval at minus the bound.",
                glorot_positive,
            ),
            Misconception(
                "root forgotten",
                "The bound is 6 / (n_in + n_out), without the root: far too small here, and the "
                "signal would die within a few layers. Variances add up; a bound is the root of "
                "one.",
                glorot_without_root,
            ),
            Misconception(
                "root of the 6 only",
                "The root covers the 6 and not the fraction. `np.sqrt(6 / (n_in + n_out))`: the "
                "division belongs inside the brackets.",
                glorot_root_of_six,
            ),
            Misconception(
                "bound as standard deviation",
                "These weights are normal, with the bound as standard deviation: 1.7 times too "
                "wide, and some far outside. Draw with `rng.uniform(-bound, bound, shape)`.",
                glorot_bound_as_std,
            ),
        ),
    ),
    Exercise(
        id="kaiming_normal",
        chapter=CHAPTER,
        title="Bug clinic: a root that is none",
        minutes=7,
        difficulty=2,
        reference=init.kaiming_normal,
        probe=bell,
        tolerance=0.02,
        cases=(
            case((100, 400), 1, about="100 inputs: 0.1414"),
            case((400, 100), 2, about="400 inputs: 0.0707"),
        ),
        draw=any_shape,
        factors=fans,
        hints=(
            "Let Python tell: what is `16 ** 1/2`? And what is the root of 16?",
            "`**` binds more tightly than `/`: x ** 1/2 is (x ** 1) / 2. Write `** 0.5`, or "
            "`** (1 / 2)`, or `np.sqrt`.",
            "`rng.standard_normal(shape) * (2 / n_in) ** 0.5`.",
        ),
        misconceptions=(
            Misconception(
                "(2 / n) ** 1/2",
                "The standard deviation is 1 / n_in: 0.01 where 0.1414 was expected. Python reads "
                "`x ** 1/2` as (x ** 1) / 2, no root at all. Write `** 0.5`. Roots written as "
                "`** 1/2` stand in published code: nothing crashes, the signal just fades.",
                kaiming_root_without_brackets,
            ),
            Misconception(
                "variance as standard deviation",
                "2 / n_in is the variance. `rng.normal` wants the standard deviation, its root.",
                kaiming_variance,
            ),
            Misconception(
                "n_out in place of n_in",
                "You divide by n_out. A unit adds up n_in products, so n_in decides how large its "
                "score becomes. With weights (n_in, n_out) that is `shape[0]`.",
                kaiming_outputs,
            ),
            Misconception(
                "the 2 forgotten",
                "sqrt(1 / n_in) keeps the signal of a linear layer. ReLU throws away half of its "
                "variance, and the 2 brings it back. Without it 30 layers shrink the signal "
                "about 30,000 times.",
                kaiming_without_two,
            ),
            Misconception(
                "Glorot's n_in + n_out",
                "sqrt(2 / (n_in + n_out)) is Glorot's, made for tanh. Kaiming's rule for ReLU "
                "looks at the inputs alone: sqrt(2 / n_in).",
                kaiming_both_fans,
            ),
            Misconception(
                "uniform on the standard deviation",
                "These weights are uniform between minus and plus sqrt(2 / n_in): their standard "
                "deviation is 1.7 times too small. Draw normal ones, with `rng.standard_normal`.",
                kaiming_std_as_bound,
            ),
        ),
    ),
)

# ------------------------------------------------------------------------------------- questions

QUIZZES = (
    Quiz(
        id="ten_sigmoids_deep",
        chapter=CHAPTER,
        question="A gradient goes back through ten sigmoids, one after another, and each "
        "multiplies it by its slope. At best, how much of it is left?",
        options=(
            Option(
                "All of it",
                "That would need a slope of 1. ReLU has it, for z > 0. Sigmoid never does.",
            ),
            Option(
                "About a fortieth",
                "That is 1/4 times 1/10. The slopes multiply; they do not add up.",
            ),
            Option(
                "About a millionth",
                "The steepest slope is 1/4, at z = 0, and (1/4)^10 is 0.00000095. Away from 0 it "
                "is less still. This is the vanishing gradient.",
                right=True,
            ),
        ),
    ),
    Quiz(
        id="dead_unit",
        chapter=CHAPTER,
        question="One large step has set the bias of a ReLU unit to -50. Its score is now "
        "negative for every sample. What will gradient descent do about it?",
        options=(
            Option(
                "Nothing: the unit stays at 0",
                "For z < 0 the slope is 0, so no gradient reaches its weights or its bias, and "
                "they never move. A leaky ReLU would still feel a pull.",
                right=True,
            ),
            Option(
                "It raises the bias until the unit answers again",
                "That takes a gradient, and a slope of 0 multiplies whatever arrives by 0.",
            ),
            Option(
                "It makes the weights larger, to make up for it",
                "Its weights sit behind the same slope of 0 as its bias.",
            ),
        ),
    ),
    Quiz(
        id="all_weights_equal",
        chapter=CHAPTER,
        question="All weights of a network with 64 hidden units start at 0.1, all biases at 0. "
        "After a thousand steps of training, how many different hidden units are there?",
        options=(
            Option(
                "64, training tells them apart",
                "What would tell them apart? They see the same inputs through the same weights, "
                "and get the same gradient.",
            ),
            Option(
                "1",
                "Equal units have equal outputs and equal gradients, and take equal steps. They "
                "stay copies of one unit for ever. Random weights break the symmetry.",
                right=True,
            ),
            Option(
                "10, one for each class",
                "The classes speak to every hidden unit through equal weights, so each unit hears "
                "the same mixture.",
            ),
            Option(
                "None, they all die",
                "They live and learn, as one: all weights 0 would stop them altogether.",
            ),
        ),
    ),
    Quiz(
        id="half_a_variance",
        chapter=CHAPTER,
        question="Each ReLU layer of a badly started network halves the signal's variance. How "
        "large is its standard deviation after 30 layers, if it began at 1?",
        options=(
            Option("About 0.03", "That is 1/30. Halving thirty times is much more than that."),
            Option(
                "About 0.000000001",
                "That is 2^-30, the variance. The standard deviation is its root.",
            ),
            Option("0.5", "That is a single halving. Every layer does it again."),
            Option(
                "About 0.00003",
                "The variance is 2^-30, its root 2^-15: a thirty-thousandth. A factor 2 in the "
                "variance of the weights, Kaiming's, prevents all of it.",
                right=True,
            ),
        ),
    ),
)

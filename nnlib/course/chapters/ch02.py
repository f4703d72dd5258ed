"""Chapter 2, the forward pass: the exercises and the questions."""

from itertools import pairwise

import numpy as np

from ...functions import relu, sigmoid
from ..exercise import Exercise, Misconception, Option, Quiz, case

CHAPTER = 2

# ------------------------------------------------- solutions the library does not hold elsewhere


def neuron(x, w, b, activation):
    """Weigh the inputs, add the bias, then let the activation decide: (D,), (D,) -> one number."""
    return activation(x @ w + b)


def linear(X, W, b):
    """A layer of neurons, without their activation: X (N, D), W (D, H), b (H,) -> Z (N, H)"""
    return X @ W + b


def to_rows(X, W, b):
    """From samples in columns, Z = W X + b, to samples in rows, Z = X W + b.

    X (D, N) -> (N, D), W (H, D) -> (D, H), b (H, 1) -> (H,)
    """
    return X.T, W.T, b[:, 0]


def network_forward(X, layers, activation):
    """Through every (W, b) in `layers`, with the activation between two layers: (N, D) -> (N, K)"""
    *hidden, (W_last, b_last) = layers
    for W, b in hidden:
        X = activation(X @ W + b)
    return X @ W_last + b_last  # scores: no activation after the last


def count_parameters(sizes):
    """How many numbers a network of these layer sizes learns: [2, 3, 1] -> 13"""
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


def collapse(W1, b1, W2, b2):
    """The one layer (W, b) that does what two linear layers with nothing between them do."""
    return W1 @ W2, b1 @ W2 + b2


# ---------------------------------------------------------------------------------------- inputs


def identity(z):
    """z, as it is"""
    return z


def step(z):
    """1 where z > 0, else 0"""
    return np.where(z > 0, 1.0, 0.0)


def one_neuron(rng):
    D = rng.integers(3, 6)
    return rng.normal(size=D), rng.normal(size=D), float(rng.normal()) * 2, sigmoid


def one_layer(rng):
    N, D, H = int(rng.integers(3, 5)), 2, int(rng.integers(5, 7))
    return rng.normal(size=(N, D)), rng.normal(size=(D, H)), rng.normal(size=H)


def other_book(rng):
    X, W, b = one_layer(rng)
    return X.T.copy(), W.T.copy(), b[:, None].copy()


def three_layers(rng):
    sizes = [2, int(rng.integers(4, 6)), 3, 2]
    weights = [
        array
        for n_in, n_out in pairwise(sizes)
        for array in (rng.normal(size=(n_in, n_out)), rng.normal(size=n_out))
    ]
    return rng.normal(size=(3, 2)), sigmoid, *weights


def layer_sizes(rng):
    return ([int(n) for n in rng.integers(2, 20, size=rng.integers(3, 6))],)


def two_layers(rng):
    D, H, K = 2, int(rng.integers(3, 5)), 5
    return (
        rng.normal(size=(D, H)),
        rng.normal(size=H),
        rng.normal(size=(H, K)),
        rng.normal(size=K),
    )


def through(answer, X, activation, W1, b1, W2=None, b2=None, W3=None, b3=None):
    """Call a forward pass with as many layers as are given."""
    layers = [(W, b) for W, b in ((W1, b1), (W2, b2), (W3, b3)) if W is not None]
    return answer(X, layers, activation)


SQUARE = np.array([[1.0, 2], [3, 4]])
SWAP = np.array([[0.0, 1], [1, 0]])

# -------------------------------------------------------------------------------- misconceptions


def neuron_bias_outside(x, w, b, activation):
    return activation(x @ w) + b


def neuron_without_bias(x, w, b, activation):
    return activation(x @ w)


def neuron_without_activation(x, w, b, activation):
    return x @ w + b


def neuron_not_added(x, w, b, activation):
    return activation(x * w + b)


def neuron_bias_for_each_input(x, w, b, activation):
    return activation(np.sum(x * w + b))


def linear_weights_turned(X, W, b):
    return X @ W.T + b


def linear_weights_first(X, W, b):
    return W @ X + b


def linear_without_bias(X, W, b):
    return X @ W


def linear_bias_as_column(X, W, b):
    return X @ W + b[:, None]


def linear_hadamard(X, W, b):
    return X * W + b


def rows_by_reshape(X, W, b):
    D, N = X.shape
    H, D = W.shape
    return X.reshape(N, D), W.reshape(D, H), b.reshape(H)


def rows_weights_as_they_are(X, W, b):
    return X.T, W, b[:, 0]


def rows_inputs_as_they_are(X, W, b):
    return X, W.T, b[:, 0]


def rows_bias_as_it_is(X, W, b):
    return X.T, W.T, b


def rows_bias_lying(X, W, b):
    return X.T, W.T, b.T


def forward_activates_scores(X, layers, activation):
    for W, b in layers:
        X = activation(X @ W + b)
    return X


def forward_without_activation(X, layers, activation):
    for W, b in layers:
        X = X @ W + b
    return X


def forward_always_from_inputs(X, layers, activation):
    *hidden, (W_last, b_last) = layers
    A = X
    for W, b in hidden:
        A = activation(X @ W + b)
    return A @ W_last + b_last


def forward_activates_inputs(X, layers, activation):
    for W, b in layers:
        X = activation(X) @ W + b
    return X


def forward_without_last(X, layers, activation):
    for W, b in layers[:-1]:
        X = activation(X @ W + b)
    return X


def count_without_biases(sizes):
    return sum(n_in * n_out for n_in, n_out in pairwise(sizes))


def count_bias_per_input(sizes):
    return sum(n_in * (n_out + 1) for n_in, n_out in pairwise(sizes))


def count_biases_of_inputs_too(sizes):
    return sum(n_in * n_out for n_in, n_out in pairwise(sizes)) + sum(sizes)


def count_one_bias_per_layer(sizes):
    return sum(n_in * n_out + 1 for n_in, n_out in pairwise(sizes))


def count_units(sizes):
    return sum(sizes)


def collapse_weights_in_reverse(W1, b1, W2, b2):
    return W2 @ W1, b1 @ W2 + b2


def collapse_biases_added(W1, b1, W2, b2):
    return W1 @ W2, b1 + b2


def collapse_second_bias_only(W1, b1, W2, b2):
    return W1 @ W2, b2


def collapse_first_bias_only(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2


def collapse_hadamard(W1, b1, W2, b2):
    return W1 * W2, b1 * W2 + b2


def collapse_weights_added(W1, b1, W2, b2):
    return W1 + W2, b1 + b2


# ------------------------------------------------------------------------------------- exercises

EXERCISES = (
    Exercise(
        id="neuron",
        chapter=CHAPTER,
        title="One neuron",
        minutes=4,
        difficulty=1,
        reference=neuron,
        returns=("the output",),
        cases=(
            case(np.array([1.0, 2]), np.array([3.0, -1]), 0.5, identity, about="the score itself"),
            case(np.array([1.0, 1]), np.array([1.0, 1]), -1.5, step, about="a step: both are on"),
            case(np.array([1.0, 0]), np.array([1.0, 1]), -1.5, step, about="a step: one is on"),
            case(
                np.array([-1.0, -2]),
                np.array([2.0, -3]),
                -3.0,
                sigmoid,
                about="a published example, 0.73105858",
            ),
        ),
        draw=one_neuron,
        terms=lambda x, w, b, activation: {"b": b},
        hints=(
            "Three things happen, in this order: weigh, shift, decide. Which of them is `*`, `+`, "
            "and a call?",
            "The score is z = x . w + b, one number. The output is the activation of z, and "
            "nothing comes after it.",
            "`activation(x @ w + b)`.",
        ),
        misconceptions=(
            Misconception(
                "bias after the activation",
                "The bias is added after the activation. It belongs to the score: it shifts where "
                "the neuron begins to answer. Put it inside the brackets.",
                neuron_bias_outside,
            ),
            Misconception(
                "bias left out",
                "The bias is missing. Without it every neuron decides along a line through the "
                "origin. Add b to the weighted sum.",
                neuron_without_bias,
            ),
            Misconception(
                "activation left out",
                "This is the score, and it is right. The neuron's output is what the activation "
                "makes of it: call `activation` on the score.",
                neuron_without_activation,
            ),
            Misconception(
                "products not added up",
                "`x * w` is one product for each input, so a vector comes back. A neuron gives one "
                "number: add the products up first, or write `x @ w`.",
                neuron_not_added,
            ),
            Misconception(
                "bias added once for each input",
                "b stands inside the sum, so it is counted D times. Sum the products, then add b "
                "once: look at the brackets.",
                neuron_bias_for_each_input,
            ),
        ),
    ),
    Exercise(
        id="linear",
        chapter=CHAPTER,
        title="A layer as a matrix, a batch as another",
        minutes=4,
        difficulty=1,
        reference=linear,
        returns=("Z",),
        cases=(
            case(SQUARE, np.array([[0.0, 1], [10, 100]]), np.array([5.0, -5]), about="all square"),
            case(np.array([[1.0, 2, 3]]), np.ones((3, 2)), np.array([0.0, 1]), about="one sample"),
            case(np.zeros((3, 1)), np.array([[7.0]]), np.array([2.0]), about="inputs of zero"),
        ),
        draw=one_layer,
        terms=lambda X, W, b: {"b": np.broadcast_to(b, (len(X), len(b)))},
        hints=(
            "Write the shapes side by side: (N, D), (D, H). Which product takes them to (N, H)?",
            "Column j of W holds the weights of neuron j, so `X @ W` dots every sample with every "
            "neuron. b (H,) is laid along each row.",
            "`X @ W + b`.",
        ),
        misconceptions=(
            Misconception(
                "W transposed",
                "`W.T` is at home where weights are stored as (out, in), as in PyTorch. Here W is "
                "(D, H), a column for each neuron, and fits as it is. Square matrices hide the "
                "difference.",
                linear_weights_turned,
            ),
            Misconception(
                "W @ X",
                "W x + b is how texts with samples in columns write it. With samples in rows the "
                "data stands on the left: `X @ W`. Check the inner shapes: (N, D) (D, H).",
                linear_weights_first,
            ),
            Misconception(
                "bias left out",
                "`X @ W` is right, b is missing. NumPy adds a vector (H,) to every row of (N, H): "
                "`+ b` is all it takes.",
                linear_without_bias,
            ),
            Misconception(
                "bias as a column",
                "`b[:, None]` is a column, a number for each row: sample i gets b_i. The bias "
                "belongs to the neurons, and these are columns. Plain `b` lines up with them.",
                linear_bias_as_column,
            ),
            Misconception(
                "Hadamard product",
                "`X * W` multiplies entry by entry, where the shapes allow it at all. Each neuron "
                "needs a dot product with each sample: `X @ W`.",
                linear_hadamard,
            ),
        ),
    ),
    Exercise(
        id="to_rows",
        chapter=CHAPTER,
        title="Bug clinic: a reshape is not a transpose",
        minutes=7,
        difficulty=2,
        reference=to_rows,
        returns=("X", "W", "b"),
        cases=(
            case(
                np.array([[1.0, 2, 3], [10, 20, 30]]),
                np.array([[7.0, 8]]),
                np.array([[5.0]]),
                about="three samples, (1, 10), (2, 20), (3, 30)",
            ),
            case(SQUARE, SWAP + SQUARE, np.array([[0.0], [1]]), about="all square"),
        ),
        draw=other_book,
        hints=(
            "Sample 0 is the first column of X. Print row 0 of what you make of it: is it the "
            "same sample?",
            "`reshape` reads on along the rows and cuts the numbers anew, so samples get mixed. "
            "`.T` turns rows into columns. (W X)^T = X^T W^T says which arrays to turn.",
            "`X.T`, `W.T`, and the only column of b: `b[:, 0]`.",
        ),
        misconceptions=(
            Misconception(
                "reshape instead of transpose",
                "All shapes are right, and the numbers are scrambled. `reshape` reads the array "
                "row by row and cuts it anew, so one sample gets the numbers of several. Row 0 "
                "should be the first column: `.T`.",
                rows_by_reshape,
            ),
            Misconception(
                "W left as it was",
                "X is turned, W is not. (W X)^T = X^T W^T: both change. Here a neuron's weights "
                "stand in a column of W.",
                rows_weights_as_they_are,
            ),
            Misconception(
                "X left as it was",
                "W is turned; X still holds its samples in columns. Each row of X should be one "
                "sample: `X.T`.",
                rows_inputs_as_they_are,
            ),
            Misconception(
                "b still a column",
                "X and W are right. b is still a column (H, 1), and would give each sample a bias "
                "in place of each neuron. Take its only column, `b[:, 0]`: shape (H,).",
                rows_bias_as_it_is,
            ),
            Misconception(
                "b as a lying matrix",
                "X and W are right. `b.T` is a matrix (1, H). It would add up correctly, but in "
                "this course b is a vector, shape (H,): `b[:, 0]` or `b.ravel()`.",
                rows_bias_lying,
            ),
        ),
    ),
    Exercise(
        id="network_forward",
        chapter=CHAPTER,
        title="The whole network, forward",
        minutes=8,
        difficulty=2,
        reference=network_forward,
        probe=through,
        returns=("the output",),
        cases=(
            case(
                np.array([[1.0, -2]]),
                relu,
                SQUARE,
                np.array([0.0, 1]),
                np.array([[1.0], [10]]),
                np.array([-100.0]),
                about="two layers, a negative score",
            ),
            case(
                np.array([[1.0, 2], [-1, 0]]),
                relu,
                -SQUARE,
                np.array([1.0, -1]),
                about="one layer: nothing between, no activation",
            ),
            case(
                np.array([[1.0, -1]]),
                step,
                SQUARE,
                np.zeros(2),
                SWAP,
                np.array([-0.5, 0]),
                SQUARE,
                np.array([0.0, -7]),
                about="three square layers",
            ),
        ),
        draw=three_layers,
        hints=(
            "The output of one layer is the input of the next. Which layer is different from the "
            "others?",
            "Loop over the layers and overwrite X each time. The activation stands between two "
            "layers: after all but the last.",
            "`for W, b in layers[:-1]: X = activation(X @ W + b)`, then `W, b = layers[-1]` and "
            "`return X @ W + b`.",
        ),
        misconceptions=(
            Misconception(
                "activation after the last layer",
                "The scores went through the activation too. ReLU would turn every negative score "
                "to 0, and scores need their sign. The last layer stays linear.",
                forward_activates_scores,
            ),
            Misconception(
                "activation never called",
                "The layers are chained, and the activation is never called. Linear layers alone "
                "fold into a single one, as you will see in a moment. Call it between layers.",
                forward_without_activation,
            ),
            Misconception(
                "every layer gets the inputs",
                "Each layer is given the network's inputs again, and what the layer before made is "
                "thrown away. Feed the result on: the same name on both sides, "
                "`X = activation(X @ W + b)`.",
                forward_always_from_inputs,
            ),
            Misconception(
                "activation before each layer",
                "The activation stands in front of each layer, so the inputs pass through it too: "
                "ReLU would cut off their negative part. It comes after a layer, except the last.",
                forward_activates_inputs,
            ),
            Misconception(
                "last layer missing",
                "These are the activations of the last hidden layer. One layer is still to come, "
                "without an activation: `W, b = layers[-1]`.",
                forward_without_last,
            ),
        ),
    ),
    Exercise(
        id="count_parameters",
        chapter=CHAPTER,
        title="How many numbers does it learn?",
        minutes=5,
        difficulty=1,
        reference=count_parameters,
        returns=("the number of parameters",),
        loops=True,
        cases=(
            case([2, 3, 1], about="9 + 4"),
            case([5, 4], about="a single layer"),
            case([784, 64, 32, 10], about="the network of chapter 8: 52650"),
        ),
        draw=layer_sizes,
        hints=(
            "Take one layer, from 2 units to 3. Draw it. How many arrows, and how many biases?",
            "Each unit of a layer has a weight for every unit of the layer before, and a bias: "
            "n_out (n_in + 1). The inputs themselves learn nothing.",
            "Add up `(n_in + 1) * n_out` for `n_in, n_out in zip(sizes[:-1], sizes[1:])`.",
        ),
        misconceptions=(
            Misconception(
                "biases forgotten",
                "All weights are counted; the biases are not. Every unit after the inputs has one.",
                count_without_biases,
            ),
            Misconception(
                "a bias for each input",
                "The + 1 stands at the other size: you give a bias to the units in front of the "
                "layer. It belongs to the units that the layer computes: (n_in + 1) n_out.",
                count_bias_per_input,
            ),
            Misconception(
                "input units with a bias",
                "The weights are right, and there are too many biases. Inputs are given, not "
                "computed, so they have none: leave the first size out when you add the biases.",
                count_biases_of_inputs_too,
            ),
            Misconception(
                "one bias a layer",
                "You count one bias for each layer. There is one for each unit of the layer: b has "
                "shape (n_out,).",
                count_one_bias_per_layer,
            ),
            Misconception(
                "units counted",
                "You count the units. What is learned sits between them: a weight on every "
                "connection, and a bias at every unit but the inputs.",
                count_units,
            ),
        ),
    ),
    Exercise(
        id="collapse",
        chapter=CHAPTER,
        title="Two linear layers are one",
        minutes=7,
        difficulty=2,
        reference=collapse,
        returns=("W", "b"),
        cases=(
            case(SQUARE, np.array([1.0, 0]), SWAP, np.array([0.0, 10]), about="all square"),
            case(
                np.ones((3, 1)),
                np.array([2.0]),
                np.array([[4.0, 5]]),
                np.zeros(2),
                about="through a single unit",
            ),
            case(SQUARE, np.zeros(2), 2 * np.eye(2), np.zeros(2), about="no biases, doubled"),
        ),
        draw=two_layers,
        terms=lambda W1, b1, W2, b2: {"b2": b2, "b1 W2": b1 @ W2},
        hints=(
            "Put the first layer's formula where the second one's input stands. What do the "
            "brackets give when you multiply out?",
            "(X W1 + b1) W2 + b2 = X (W1 W2) + (b1 W2 + b2). Read W and b off the right side.",
            "`return W1 @ W2, b1 @ W2 + b2`.",
        ),
        misconceptions=(
            Misconception(
                "weights in the opposite order",
                "b is right; W is W2 W1. With samples in rows X meets W1 first, so W1 stands on "
                "the left. (With samples in columns it would be W2 W1.) Square layers hide it.",
                collapse_weights_in_reverse,
            ),
            Misconception(
                "biases added as they are",
                "W is right. b1 is added as it is, but it passes through the second layer on its "
                "way, like everything that leaves the first: b1 W2 + b2.",
                collapse_biases_added,
            ),
            Misconception(
                "first bias lost",
                "W is right, and b1 is lost. Set X to zero: the first layer still sends b1, and "
                "the second makes b1 W2 of it. Add that to b2.",
                collapse_second_bias_only,
            ),
            Misconception(
                "second bias lost",
                "W is right, and b1 W2 is there. The second layer adds its own bias after that: "
                "+ b2.",
                collapse_first_bias_only,
            ),
            Misconception(
                "Hadamard products",
                "`*` multiplies entry by entry. One layer after another is a matrix product: each "
                "path from input to output goes through a hidden unit, and the paths add up. `@`.",
                collapse_hadamard,
            ),
            Misconception(
                "weights added",
                "You add the two layers, as if both worked on the inputs side by side. The second "
                "works on what the first has made: multiply, `W1 @ W2`.",
                collapse_weights_added,
            ),
        ),
    ),
)

# ------------------------------------------------------------------------------------- questions

QUIZZES = (
    Quiz(
        id="shape_of_scores",
        chapter=CHAPTER,
        question="32 images of 784 pixels pass through a layer of 64 neurons, Z = X W + b. Which "
        "shapes do W and Z have?",
        options=(
            Option(
                "W (784, 64), Z (32, 64)",
                "(32, 784) (784, 64): the inner sizes agree and vanish, the outer ones stay. A row "
                "for each image, a column for each neuron.",
                right=True,
            ),
            Option(
                "W (64, 784), Z (64, 32)",
                "That is the layout with samples in columns, Z = W X + b. Many texts use it.",
            ),
            Option(
                "W (32, 64), Z (784, 64)",
                "Then the weights would depend on how many images come at once. They depend on "
                "pixels and neurons.",
            ),
            Option(
                "W (784, 784), Z (32, 784)",
                "That layer would have 784 neurons.",
            ),
        ),
    ),
    Quiz(
        id="where_the_parameters_are",
        chapter=CHAPTER,
        question="A network with layer sizes 784, 64, 32, 10 learns 52,650 numbers. Where are most "
        "of them?",
        options=(
            Option(
                "Spread evenly over the three layers",
                "That would need layers of equally many numbers. They have 50,240, 2,080 and 330.",
            ),
            Option(
                "In the last layer, where the decision is made",
                "The last layer has (32 + 1) 10 = 330.",
            ),
            Option(
                "In the first layer",
                "(784 + 1) 64 = 50,240, more than 95 % of all. Wide inputs are expensive.",
                right=True,
            ),
        ),
    ),
    Quiz(
        id="ten_linear_layers",
        chapter=CHAPTER,
        question="Ten linear layers, 100 units each, with nothing between them. What can they "
        "compute that a single linear layer cannot?",
        options=(
            Option(
                "Curved boundaries, thanks to their depth",
                "Depth bends nothing by itself. What bends is the non-linearity between layers.",
            ),
            Option(
                "Nothing",
                "W1 W2 ... W10 is one matrix, and the biases fold into one vector. All those "
                "numbers draw straight lines.",
                right=True,
            ),
            Option(
                "More complicated functions, because they have more parameters",
                "Parameters count only where different values give different functions. Here "
                "endless choices give the same single layer.",
            ),
        ),
    ),
    Quiz(
        id="line_against_xor",
        chapter=CHAPTER,
        question="XOR has four points: (0, 0) and (1, 1) are class 0, (0, 1) and (1, 0) are class "
        "1. How many can one straight line put on the right side?",
        options=(
            Option(
                "2",
                "A line through the middle does that. Move it: cutting off one corner does better.",
            ),
            Option(
                "4",
                "The two classes lie on the two diagonals, and these cross. The crossing point "
                "would have to be on both sides of the line.",
            ),
            Option(
                "3",
                "Cut off one corner and three points are right. The fourth never is: the diagonals "
                "cross, so no line can part them.",
                right=True,
            ),
        ),
    ),
)

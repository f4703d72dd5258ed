"""Chapter 9, the same network in PyTorch: the exercises and the questions. None needs PyTorch."""

import numpy as np

from ... import nn, optim
from ...functions import cross_entropy, sigmoid, softmax
from ...tensor import Tensor
from ..exercise import Exercise, Misconception, Option, Quiz, case

CHAPTER = 9

# ------------------------------------------------- solutions the library does not hold elsewhere


def translate_weights(state):
    """Our weights as PyTorch stores them, or theirs as we do: {name: array} -> {name: array}.

    "0.weight" (D_in, D_out) <-> (D_out, D_in); a bias, having one axis, stays as it is.
    """
    return {name: array.T for name, array in state.items()}


def loss_in_columns(X, y, W1, b1, W2, b2, strength):
    """A two-layer sigmoid network as books with samples in columns write it.

    X (D, N), W1 (H, D), b1 (H, 1), W2 (K, H), b2 (K, 1), labels y (N,) -> one number: the mean
    cross-entropy plus strength / 2 (||W1||^2 + ||W2||^2).
    """
    A = sigmoid(W1 @ X + b1)
    Z = W2 @ A + b2
    penalty = strength / 2 * (np.sum(W1**2) + np.sum(W2**2))
    return cross_entropy(Z.T, y) + penalty


def worst_difference(ours, theirs):
    """The largest |a - b| anywhere in two dicts of arrays, relative to the largest |b| of all."""
    size = max(np.abs(b).max() for b in theirs.values())
    return max(np.abs(ours[name] - b).max() for name, b in theirs.items()) / size


def train_epoch(model, criterion, optimizer, batches):
    """One epoch of training, for our networks and for PyTorch's: the mean loss of its samples."""
    total, count = 0.0, 0
    for X, y in batches:
        loss = criterion(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


def accumulate_gradients(model, criterion, batches):
    """Leave in .grad what one backward pass over all samples of the list would leave there."""
    N = sum(len(y) for _, y in batches)
    model.zero_grad()
    for X, y in batches:
        loss = criterion(model(X), y) * (len(y) / N)
        loss.backward()


def parameter_groups(named_parameters, weight_decay):
    """Two groups for an optimiser of PyTorch: arrays with two axes decay, all others do not."""
    decayed, free = [], []
    for _, parameter in named_parameters:
        (decayed if parameter.ndim > 1 else free).append(parameter)
    return [
        {"params": decayed, "weight_decay": weight_decay},
        {"params": free, "weight_decay": 0},
    ]


# ---------------------------------------------------------------------------------------- inputs


def weights(rng, *sizes):
    """The state_dict of a network: layers 0, 2, 4 are linear, 1 and 3 activations."""
    state = {}
    for layer, (n_in, n_out) in enumerate(zip(sizes[:-1], sizes[1:])):
        state[f"{2 * layer}.weight"] = rng.normal(size=(n_in, n_out))
        state[f"{2 * layer}.bias"] = rng.normal(size=n_out)
    return state


def a_state(rng):
    return (weights(rng, 3, int(rng.integers(4, 6)), 2),)


def in_columns(rng):
    N, D, H, K = 4, 3, 2, int(rng.integers(5, 7))
    shapes = (H, D), (H, 1), (K, H), (K, 1)
    arrays = [rng.normal(size=shape) for shape in shapes]
    return rng.normal(size=(D, N)), rng.integers(K, size=N), *arrays, float(rng.uniform(0.3, 0.9))


def two_sets(rng):
    """A large weight, a small bias, and the larger difference in either of them."""
    theirs = {"0.weight": 10 * rng.normal(size=(3, 2)), "0.bias": rng.normal(size=2)}
    ours = {name: b + rng.normal(size=b.shape) for name, b in theirs.items()}
    return ours, dict(reversed(theirs.items()))


def a_model(rng):
    X, y = rng.normal(size=(5, 2)), rng.integers(3, size=5)
    return X, y, rng.normal(size=(2, 3)), rng.normal(size=3)


def for_training(rng):
    return *a_model(rng), float(rng.uniform(0.2, 0.9)), 2


def cut(X, y, batch_size):
    """Batches in order; the last may be smaller."""
    starts = range(0, len(X), batch_size)
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in starts]


def network(W, b):
    """One linear layer with these weights."""
    model = nn.Linear(*W.shape)
    model.weight, model.bias = nn.Parameter(W), nn.Parameter(b)
    return model


def trained(answer, X, y, W, b, learning_rate, batch_size):
    """Train a linear layer for one epoch by the answer; look at the loss and the weights."""
    model = network(W, b)
    optimizer = optim.SGD(model.parameters(), lr=learning_rate)
    loss = answer(model, nn.cross_entropy, optimizer, cut(X, y, batch_size))
    loss = loss.data if isinstance(loss, Tensor) else loss
    return {"the mean loss": loss, "W afterwards": model.weight.data, "b": model.bias.data}


def accumulated(answer, X, y, W, b, batch_size):
    """What the answer leaves in .grad of a linear layer that has been used before."""
    model = network(W, b)
    for p in model.parameters():
        p.grad = np.full(p.shape, 7.0)  # an old gradient
    answer(model, nn.cross_entropy, cut(X, y, batch_size))
    return {"dW": model.weight.grad, "db": model.bias.grad}


def grouped(answer, weight_decay, W, b, scale=None):
    """The two groups, read as an optimiser would; the pairs come one at a time, as PyTorch's do."""
    arrays = {"0.weight": W, "0.bias": b, "1.weight": scale}
    groups = answer(((n, a) for n, a in arrays.items() if a is not None), weight_decay)
    found = {"number of groups": len(groups)}
    for which, group in zip(("first", "second"), groups):
        found[f"weight_decay of the {which} group"] = group.get("weight_decay", 0)
        for i, parameter in enumerate(group["params"]):
            found[f"parameter {i} of the {which} group"] = parameter
    return found


THREE_FOUR_FIVE = (
    np.arange(6.0).reshape(3, 2),
    np.array([3, 4]),
    np.tile([1.0, 2, 3], (4, 1)),
    np.ones((4, 1)),
    np.full((5, 4), 2.0),
    np.full((5, 1), 2.0),
    0.5,
)

# -------------------------------------------------------------------------------- misconceptions


def translate_by_reshape(state):
    return {name: array.reshape(array.shape[::-1]) for name, array in state.items()}


def translate_nothing(state):
    return dict(state)


def translate_first_layer_only(state):
    return {name: array.T if name == "0.weight" else array for name, array in state.items()}


def translate_biases_to_columns(state):
    return {name: np.atleast_2d(array).T for name, array in state.items()}


def translate_weights_only(state):
    return {name: array.T for name, array in state.items() if name.endswith("weight")}


def translate_to_a_list(state):
    return [array.T for array in state.values()]


def columns_without_half(X, y, W1, b1, W2, b2, strength):
    data = loss_in_columns(X, y, W1, b1, W2, b2, 0)
    return data + strength * (np.sum(W1**2) + np.sum(W2**2))


def columns_biases_too(X, y, W1, b1, W2, b2, strength):
    data = loss_in_columns(X, y, W1, b1, W2, b2, strength)
    return data + strength / 2 * (np.sum(b1**2) + np.sum(b2**2))


def columns_summed(X, y, W1, b1, W2, b2, strength):
    data = loss_in_columns(X, y, W1, b1, W2, b2, 0)
    return len(y) * data + strength / 2 * (np.sum(W1**2) + np.sum(W2**2))


def columns_penalty_averaged(X, y, W1, b1, W2, b2, strength):
    data = loss_in_columns(X, y, W1, b1, W2, b2, 0)
    return data + strength / 2 / len(y) * (np.sum(W1**2) + np.sum(W2**2))


def columns_without_penalty(X, y, W1, b1, W2, b2, strength):
    return loss_in_columns(X, y, W1, b1, W2, b2, 0)


def columns_activated_scores(X, y, W1, b1, W2, b2, strength):
    Z = sigmoid(W2 @ sigmoid(W1 @ X + b1) + b2)
    return cross_entropy(Z.T, y) + strength / 2 * (np.sum(W1**2) + np.sum(W2**2))


def columns_not_turned(X, y, W1, b1, W2, b2, strength):
    Z = W2 @ sigmoid(W1 @ X + b1) + b2
    return cross_entropy(Z, y) + strength / 2 * (np.sum(W1**2) + np.sum(W2**2))


def columns_norms_not_squared(X, y, W1, b1, W2, b2, strength):
    data = loss_in_columns(X, y, W1, b1, W2, b2, 0)
    return data + strength / 2 * (np.linalg.norm(W1) + np.linalg.norm(W2))


def columns_softmax_first(X, y, W1, b1, W2, b2, strength):
    Z = W2 @ sigmoid(W1 @ X + b1) + b2
    penalty = strength / 2 * (np.sum(W1**2) + np.sum(W2**2))
    return cross_entropy(softmax(Z.T), y) + penalty


def difference_signed(ours, theirs):
    size = max(np.abs(b).max() for b in theirs.values())
    return max((ours[name] - b).max() for name, b in theirs.items()) / size


def difference_absolute(ours, theirs):
    return max(np.abs(ours[name] - b).max() for name, b in theirs.items())


def difference_element_by_element(ours, theirs):
    with np.errstate(all="ignore"):
        return max(np.max(np.abs(ours[name] - b) / np.abs(b)) for name, b in theirs.items())


def difference_array_by_array(ours, theirs):
    return max(np.abs(ours[name] - b).max() / np.abs(b).max() for name, b in theirs.items())


def difference_by_the_size_of_ours(ours, theirs):
    size = max(np.abs(a).max() for a in ours.values())
    return max(np.abs(ours[name] - b).max() for name, b in theirs.items()) / size


def difference_averaged(ours, theirs):
    size = max(np.abs(b).max() for b in theirs.values())
    return np.mean([np.abs(ours[name] - b).mean() for name, b in theirs.items()]) / size


def difference_by_position(ours, theirs):
    size = max(np.abs(b).max() for b in theirs.values())
    pairs = zip(ours.values(), theirs.values())
    return max(np.abs(a - b).max() for a, b in pairs) / size


def difference_of_the_last(ours, theirs):
    for name, b in theirs.items():
        worst = np.abs(ours[name] - b).max()
    return worst / max(np.abs(b).max() for b in theirs.values())


def epoch_without_zero(model, criterion, optimizer, batches):
    total, count = 0.0, 0
    for X, y in batches:
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


def epoch_zero_after_backward(model, criterion, optimizer, batches):
    total, count = 0.0, 0
    for X, y in batches:
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


def epoch_step_before_backward(model, criterion, optimizer, batches):
    total, count = 0.0, 0
    for X, y in batches:
        loss = criterion(model(X), y)
        optimizer.step()
        optimizer.zero_grad()
        loss.backward()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


def epoch_with_late_step(model, criterion, optimizer, batches):
    total, count = 0.0, 0
    for X, y in batches:
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        total += loss.item() * len(y)
        count += len(y)
    optimizer.step()
    return total / count


def epoch_mean_of_means(model, criterion, optimizer, batches):
    losses = []
    for X, y in batches:
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return np.mean(losses)


def epoch_last_loss(model, criterion, optimizer, batches):
    for X, y in batches:
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
    return loss.item()


def epoch_returned_early(model, criterion, optimizer, batches):
    for X, y in batches:
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        return loss.item()


def accumulate_nothing(model, criterion, batches):
    model.zero_grad()
    for X, y in batches:
        criterion(model(X), y)


def accumulate_means(model, criterion, batches):
    model.zero_grad()
    for X, y in batches:
        criterion(model(X), y).backward()


def accumulate_by_number_of_batches(model, criterion, batches):
    model.zero_grad()
    for X, y in batches:
        (criterion(model(X), y) * (1 / len(batches))).backward()


def accumulate_only_the_last(model, criterion, batches):
    N = sum(len(y) for _, y in batches)
    for X, y in batches:
        model.zero_grad()
        (criterion(model(X), y) * (len(y) / N)).backward()


def accumulate_onto_the_old(model, criterion, batches):
    N = sum(len(y) for _, y in batches)
    for X, y in batches:
        (criterion(model(X), y) * (len(y) / N)).backward()


def accumulate_sums(model, criterion, batches):
    model.zero_grad()
    for X, y in batches:
        (criterion(model(X), y) * len(y)).backward()


def groups_all_decay(named_parameters, weight_decay):
    decayed, free = [], []
    for _, parameter in named_parameters:
        (decayed if parameter.ndim > 1 else free).append(parameter)
    return [
        {"params": decayed, "weight_decay": weight_decay},
        {"params": free, "weight_decay": weight_decay},
    ]


def groups_swapped(named_parameters, weight_decay):
    decayed, free = groups_all_decay(named_parameters, weight_decay)
    return [free, {**decayed, "weight_decay": 0}]


def groups_doubled(named_parameters, weight_decay):
    decayed, free = groups_all_decay(named_parameters, 2 * weight_decay)
    return [decayed, {**free, "weight_decay": 0}]


def groups_by_name(named_parameters, weight_decay):
    decayed, free = [], []
    for name, parameter in named_parameters:
        (decayed if name.endswith("weight") else free).append(parameter)
    return [
        {"params": decayed, "weight_decay": weight_decay},
        {"params": free, "weight_decay": 0},
    ]


def groups_read_twice(named_parameters, weight_decay):
    return [
        {"params": [p for _, p in named_parameters if p.ndim > 1], "weight_decay": weight_decay},
        {"params": [p for _, p in named_parameters if p.ndim <= 1], "weight_decay": 0},
    ]


def groups_biases_left_out(named_parameters, weight_decay):
    decayed, _ = groups_all_decay(named_parameters, weight_decay)
    return [decayed]


# ------------------------------------------------------------------------------------- exercises

EXERCISES = (
    Exercise(
        id="translate_weights",
        chapter=CHAPTER,
        title="Weights, from our layout to theirs and back",
        minutes=5,
        difficulty=1,
        reference=translate_weights,
        loops=True,
        cases=(
            case(
                {"0.weight": np.array([[1.0, 2, 3], [4, 5, 6]]), "0.bias": np.array([7.0, 8, 9])},
                about="one layer, 2 to 3",
            ),
            case(
                {"0.weight": np.array([[1.0, 2], [3, 4]]), "2.weight": np.array([[5.0], [6]])},
                about="a square weight, and no biases",
            ),
        ),
        draw=a_state,
        hints=(
            "Their layer computes X W'^T + b. What must W' be, so that this equals X W + b?",
            "Go through the dict by name. Weights are transposed; names and biases stay. The same "
            "function brings their weights back.",
            "`{name: array.T for name, array in state.items()}`; a vector's `.T` is itself.",
        ),
        misconceptions=(
            Misconception(
                "reshape instead of transpose",
                "The shapes are right, and the numbers are scrambled: `reshape` cuts the array "
                "anew without turning it. It loads without complaint, and the network talks "
                "nonsense. Use `.T`.",
                translate_by_reshape,
            ),
            Misconception(
                "copied as they are",
                "Nothing was turned. For (784, 64) the load would fail, and loudly. For a square "
                "weight it would succeed in silence: W and W^T have one shape. Transpose each.",
                translate_nothing,
            ),
            Misconception(
                "first layer only",
                "The first weight is turned, the others are not. Every linear layer needs it: "
                "loop over all names.",
                translate_first_layer_only,
            ),
            Misconception(
                "biases turned to columns",
                "The weights are right. The biases became columns (D, 1), but they are vectors in "
                "both worlds, (D,). Leave them as they are.",
                translate_biases_to_columns,
            ),
            Misconception(
                "biases left out",
                "The weights are right, and the biases are gone. A state_dict must hold every "
                "parameter, or the load fails on the missing names.",
                translate_weights_only,
            ),
            Misconception(
                "a list, without names",
                "The arrays are right, but a list has lost the names, and weights are loaded by "
                "name. Return a dict with the same keys.",
                translate_to_a_list,
            ),
        ),
    ),
    Exercise(
        id="worst_difference",
        chapter=CHAPTER,
        title="Equal to rounding: how far apart at worst?",
        minutes=6,
        difficulty=2,
        reference=worst_difference,
        loops=True,
        returns=("the worst difference",),
        cases=(
            case(
                {"W": np.array([1.0, -2, 4]), "b": np.array([0.5])},
                {"W": np.array([1.0, -2, 4]), "b": np.array([0.5])},
                about="no difference",
            ),
            case(
                {"W": np.array([[1.0, 2]]), "b": np.array([3.0])},
                {"W": np.array([[3.0, 2]]), "b": np.array([4.0])},
                about="ours are smaller",
            ),
            case(
                {"W": np.array([[10.0, -20]]), "b": np.array([1e-3])},
                {"W": np.array([[10.5, -20]]), "b": np.array([0.0])},
                about="a bias that is zero but for rounding",
            ),
        ),
        draw=two_sets,
        hints=(
            "A difference of 0.001: is it much? What would you compare it with?",
            "Take the largest |a - b| over all arrays, each found by its name, and divide by the "
            "largest |b| over all arrays.",
            "`size = max(np.abs(b).max() for b in theirs.values())`, then the `max` of "
            "`np.abs(ours[name] - b).max()` over `theirs.items()`, divided by `size`.",
        ),
        misconceptions=(
            Misconception(
                "signs kept",
                "Without the absolute value, an entry that is far too small counts as a negative "
                "difference, and `max` overlooks it. Take `np.abs` first.",
                difference_signed,
            ),
            Misconception(
                "not divided",
                "This is the largest difference itself. 0.001 is nothing beside gradients of 1000 "
                "and everything beside gradients of 0.001. Divide by the largest |b|.",
                difference_absolute,
            ),
            Misconception(
                "divided element by element",
                "Each entry is divided by itself, so an entry that is zero but for rounding makes "
                "the ratio huge, or nan. Divide once, by the largest |b| of all.",
                difference_element_by_element,
            ),
            Misconception(
                "divided array by array",
                "Each array is divided by its own largest entry. An array that is zero but for "
                "rounding, such as db1 of the next section, then gives a huge ratio. Divide once, "
                "by the largest |b| of all arrays.",
                difference_array_by_array,
            ),
            Misconception(
                "divided by the size of ours",
                "You divide by the largest entry of `ours`. The formula measures against the "
                "second dict: divide by the largest |b| in `theirs`.",
                difference_by_the_size_of_ours,
            ),
            Misconception(
                "averaged",
                "A mean hides a single spoilt entry among a thousand good ones. Ask for the worst.",
                difference_averaged,
            ),
            Misconception(
                "paired by position",
                "The arrays are paired by their place in the dict, and two frameworks may list "
                "them in different orders. Look each up by its name: `ours[name]`.",
                difference_by_position,
            ),
            Misconception(
                "last array only",
                "Each array overwrites what the one before had found, so only the last one counts. "
                "Keep the largest of all.",
                difference_of_the_last,
            ),
        ),
    ),
    Exercise(
        id="loss_in_columns",
        chapter=CHAPTER,
        title="A regularised loss, samples in columns",
        minutes=8,
        difficulty=2,
        reference=loss_in_columns,
        returns=("the loss",),
        cases=(
            case(*THREE_FOUR_FIVE, about="the published 3-4-5 case: 35.60943791"),
            case(
                np.zeros((1, 3)),
                np.array([0, 1, 1]),
                np.array([[2.0]]),
                np.array([[0.0]]),
                np.array([[1.0], [-1.0]]),
                np.array([[3.0], [0.0]]),
                2.0,
                about="one input, one unit",
            ),
        ),
        draw=in_columns,
        factors=lambda X, y, *rest: {"N, the number of samples": len(y)},
        terms=lambda X, y, W1, b1, W2, b2, strength: {
            "the penalty of W1": strength / 2 * np.sum(W1**2),
            "the penalty of W2": strength / 2 * np.sum(W2**2),
        },
        hints=(
            "Which comes first in W X + b? And which axis of the scores holds the classes?",
            "A = sigmoid(W1 X + b1), Z = W2 A + b2 of shape (K, N). `cross_entropy` wants samples "
            "in rows: hand it Z^T. Then add the penalty of the two weights.",
            "`Z = W2 @ sigmoid(W1 @ X + b1) + b2`, then "
            "`cross_entropy(Z.T, y) + strength / 2 * (np.sum(W1**2) + np.sum(W2**2))`.",
        ),
        misconceptions=(
            Misconception(
                "penalty without its half",
                "The penalty is twice too large. This case, and the whole course, use lambda/2, "
                "so that the gradient is lambda W. Multiply by strength / 2.",
                columns_without_half,
            ),
            Misconception(
                "biases penalised too",
                "The biases are in the penalty. They shift, they do not bend, and they are left "
                "out: only W1 and W2.",
                columns_biases_too,
            ),
            Misconception(
                "cross-entropy summed",
                "The cross-entropy is summed over the samples. Losses are means here; the penalty "
                "does not depend on N.",
                columns_summed,
            ),
            Misconception(
                "penalty divided by N",
                "The penalty is divided by N. Some books do that. Here only the data term is a "
                "mean: the penalty is added once, as it is.",
                columns_penalty_averaged,
            ),
            Misconception(
                "penalty left out",
                "The cross-entropy is right, and the penalty is missing. Add strength / 2 times "
                "the sum of all squared weights.",
                columns_without_penalty,
            ),
            Misconception(
                "norms not squared",
                "The penalty adds the norms themselves. It is made of their squares, "
                "||W||^2: the sum of all squared entries, without a root.",
                columns_norms_not_squared,
            ),
            Misconception(
                "softmax before the cross-entropy",
                "The scores went through softmax before `cross_entropy`, which applies it itself. "
                "Hand it the scores.",
                columns_softmax_first,
            ),
            Misconception(
                "sigmoid on the scores",
                "The scores went through a sigmoid as well, so softmax sees numbers between 0 and "
                "1 only. The last layer stays linear.",
                columns_activated_scores,
            ),
            Misconception(
                "scores not turned",
                "`cross_entropy` reads each row as a sample, and your Z holds samples in columns, "
                "(K, N). Hand it `Z.T`.",
                columns_not_turned,
            ),
        ),
    ),
    Exercise(
        id="train_epoch",
        chapter=CHAPTER,
        title="One loop for both worlds",
        minutes=8,
        difficulty=2,
        reference=train_epoch,
        probe=trained,
        loops=True,
        cases=(
            case(
                np.array([[1.0], [-1.0], [2.0]]),
                np.array([0, 1, 0]),
                np.array([[0.5, -0.5]]),
                np.zeros(2),
                1.0,
                2,
                about="three samples, batches of 2 and 1",
            ),
            case(
                np.array([[1.0, 0], [0, 1]]),
                np.array([0, 1]),
                np.zeros((2, 2)),
                np.zeros(2),
                0.5,
                2,
                about="a single batch",
            ),
        ),
        draw=for_training,
        hints=(
            "Four things happen with each batch. What must be empty before gradients are "
            "collected, and what must be full before a step is taken?",
            "Forward and loss, `zero_grad`, `backward`, `step`. For the mean, weigh each batch's "
            "loss by its number of samples: the last batch is smaller.",
            "In the loop: `loss = criterion(model(X), y)`, `optimizer.zero_grad()`, "
            "`loss.backward()`, `optimizer.step()`, `total += loss.item() * len(y)`, "
            "`count += len(y)`; return `total / count`.",
        ),
        misconceptions=(
            Misconception(
                "zero_grad forgotten",
                "The gradients are never emptied, so each step also repeats all earlier ones. "
                "Gradients add up, here and in PyTorch: call `optimizer.zero_grad()` once a batch.",
                epoch_without_zero,
            ),
            Misconception(
                "no gradient left when the step is taken",
                "The weights never move. Either `step` is not called, or it finds no gradient: "
                "`zero_grad` stands between `backward` and `step`, or `step` in front of "
                "`backward`. The order is `zero_grad`, `backward`, `step`.",
                epoch_zero_after_backward,
            ),
            Misconception(
                "step before backward",
                "Each step follows the gradient of the batch before: `step` stands in front of "
                "`backward`. The first batch moves nothing, and the last is never used. The order "
                "is `zero_grad`, `backward`, `step`.",
                epoch_step_before_backward,
            ),
            Misconception(
                "one step an epoch",
                "The step stands behind the loop, so the weights move once an epoch, by the last "
                "batch's gradient. Indent it: one step for each batch.",
                epoch_with_late_step,
            ),
            Misconception(
                "the return stands in the loop",
                "Your `return` ends the function after the first batch. Move it behind the loop.",
                epoch_returned_early,
            ),
            Misconception(
                "mean of the batches' means",
                "The weights are right. The loss is the mean of the batches' means, and the last, "
                "smaller batch counts too much in it. Weigh each by `len(y)`, divide by the total.",
                epoch_mean_of_means,
            ),
            Misconception(
                "the last batch's loss",
                "The weights are right. The loss is the last batch's alone; add up "
                "`loss.item() * len(y)` over all batches and divide by the number of samples.",
                epoch_last_loss,
            ),
        ),
    ),
    Exercise(
        id="accumulate_gradients",
        chapter=CHAPTER,
        title="A batch that does not fit",
        minutes=7,
        difficulty=2,
        reference=accumulate_gradients,
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
        hints=(
            "Gradients add up by themselves. What must each part's mean loss be multiplied by, so "
            "that the parts add up to the mean over all samples?",
            "The mean over N samples is the sum over the parts of (n_part / N) times the part's "
            "mean. Empty the gradients once, before the first part.",
            "`N = sum(len(y) for _, y in batches)`, `model.zero_grad()`, then for each part "
            "`(criterion(model(X), y) * (len(y) / N)).backward()`.",
        ),
        misconceptions=(
            Misconception(
                "backward is missing",
                "No gradient was left: `.grad` is empty. Call `backward()` on each part's loss. "
                "Nothing needs to be returned.",
                accumulate_nothing,
            ),
            Misconception(
                "means added up",
                "Each part's loss is a mean already, and these means are simply added: with ten "
                "parts, a gradient ten times too long. Give each part its share, len(y) / N.",
                accumulate_means,
            ),
            Misconception(
                "divided by the number of parts",
                "Dividing by the number of parts is right only where all are of one size. The "
                "last part is smaller and should weigh less: len(y) / N.",
                accumulate_by_number_of_batches,
            ),
            Misconception(
                "zero_grad inside the loop",
                "The gradients are emptied before each part, so only the last part's is left. "
                "Empty them once, before the loop.",
                accumulate_only_the_last,
            ),
            Misconception(
                "zero_grad forgotten",
                "An old gradient was still there, and yours was added onto it. Begin with "
                "`model.zero_grad()`.",
                accumulate_onto_the_old,
            ),
            Misconception(
                "sum over the samples",
                "This is the gradient of the sum over all samples, N times that of the mean. "
                "Divide each part's weight by N.",
                accumulate_sums,
            ),
        ),
    ),
    Exercise(
        id="parameter_groups",
        chapter=CHAPTER,
        title="Weights decay, biases do not",
        minutes=6,
        difficulty=2,
        reference=parameter_groups,
        probe=grouped,
        loops=True,
        cases=(
            case(0.1, np.array([[1.0, 2], [3, 4]]), np.array([5.0, 6]), about="one layer"),
            case(
                0.5,
                np.array([[1.0, 2]]),
                np.array([0.0, 0]),
                np.array([3.0, 4]),
                about="a normalisation layer's weight, which is a vector",
            ),
        ),
        draw=lambda rng: (float(rng.uniform(0.1, 1)), *weights(rng, 2, 3).values()),
        hints=(
            "What do all weights have in common, and all biases, whatever their names?",
            "Go through the pairs once and sort the arrays by `ndim` into two lists. Then make a "
            "dict of each list with its own `weight_decay`.",
            "`(decayed if p.ndim > 1 else free).append(p)` in one loop, then "
            '`[{"params": decayed, "weight_decay": weight_decay}, '
            '{"params": free, "weight_decay": 0}]`.',
        ),
        misconceptions=(
            Misconception(
                "everything decays",
                "The lists are right, but the second group decays too. That is what PyTorch does "
                "to all it is given in one list. Set its `weight_decay` to 0.",
                groups_all_decay,
            ),
            Misconception(
                "groups swapped",
                "The groups are swapped: the biases decay, the weights do not. Arrays with two "
                "axes belong to the first group.",
                groups_swapped,
            ),
            Misconception(
                "twice the decay",
                "The decay is doubled. That would be right for a penalty lambda ||W||^2. Ours has "
                "the half, so its gradient is lambda W, and weight_decay is lambda itself.",
                groups_doubled,
            ),
            Misconception(
                "sorted by name",
                'Not everything called "weight" is a matrix: a normalisation layer\'s weight is a '
                "vector of scales, and should not decay. Sort by `ndim`, not by name.",
                groups_by_name,
            ),
            Misconception(
                "the pairs are read twice",
                "The second group is empty. PyTorch's `named_parameters()` is a generator: once "
                "read, it is used up. Go through it a single time, or make a list first.",
                groups_read_twice,
            ),
            Misconception(
                "biases in no group",
                "There is one group, and the biases are not in it. An optimiser moves only what it "
                "is given: they would never learn. Give them a second group, without decay.",
                groups_biases_left_out,
            ),
        ),
    ),
)

# ------------------------------------------------------------------------------------- questions

QUIZZES = (
    Quiz(
        id="shape_of_their_weight",
        chapter=CHAPTER,
        question="A PyTorch layer `torch.nn.Linear(784, 64)` takes 784 inputs to 64 outputs. What "
        "is the shape of its weight?",
        options=(
            Option(
                "(784, 64)",
                "That is ours: X @ W + b. Theirs is stored the other way, a row for each output.",
            ),
            Option(
                "(64, 784)",
                "They store a row for each output and compute X @ W.T + b. Samples still lie in "
                "rows.",
                right=True,
            ),
            Option(
                "(65, 784)",
                "The bias is an array of its own, (64,), not a row of the weight.",
            ),
        ),
    ),
    Quiz(
        id="which_loss_is_right",
        chapter=CHAPTER,
        question="With the same weights and the same batch, in float32, our loss is 2.3136592 and "
        "theirs 2.3136594. What has happened?",
        options=(
            Option(
                "Both sums were rounded, in different orders",
                "A float32 holds about 7 digits. Adding the same numbers in another order rounds "
                "differently in the last one. In float64 both would agree to 15 or so.",
                right=True,
            ),
            Option(
                "One of the two has a bug",
                "A bug would most likely show in an earlier digit. To be sure, repeat it in "
                "float64: rounding shrinks half a billion times, a bug stays.",
            ),
            Option(
                "PyTorch computes more exactly",
                "Both use the same float32 numbers. Neither last digit is to be trusted.",
            ),
        ),
    ),
    Quiz(
        id="softmax_twice",
        chapter=CHAPTER,
        question="A network of 10 classes ends in a Softmax layer, and its output goes to "
        "PyTorch's cross_entropy. How does the training go?",
        options=(
            Option(
                "It is the textbook way: probabilities, then cross-entropy",
                "On paper, yes. But this cross_entropy takes scores and applies softmax itself.",
            ),
            Option(
                "An error says that scores were expected",
                "Probabilities are numbers like any others. Nothing can notice.",
            ),
            Option(
                "It runs, and the loss never falls below 1.46",
                "Softmax is applied twice. The best it can see is a 1 and nine 0s: "
                "ln(1 + 9/e) = 1.46. It still learns, slowly, and looks stuck.",
                right=True,
            ),
        ),
    ),
    Quiz(
        id="decay_for_a_penalty",
        chapter=CHAPTER,
        question="A paper adds lambda ||W||^2 to the loss, without the half. Which `weight_decay` "
        "gives plain SGD the same steps?",
        options=(
            Option(
                "lambda / 2",
                "weight_decay adds itself times W to the gradient. Take the derivative of "
                "lambda w^2 once more.",
            ),
            Option(
                "lambda",
                "That fits lambda/2 ||W||^2, whose gradient is lambda W. It is why the half is "
                "there.",
            ),
            Option(
                "2 lambda",
                "The gradient of lambda ||W||^2 is 2 lambda W, and weight_decay is whatever "
                "stands in front of W.",
                right=True,
            ),
        ),
    ),
)

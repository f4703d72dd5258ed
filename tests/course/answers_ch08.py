"""Chapter 8: right answers written differently, and mutants that change nothing."""

import struct

import numpy as np


def idx_by_struct(raw):
    magic, N, height, width = struct.unpack(">IIII", raw[:16])
    if magic != 2051:
        raise ValueError("not a file of images")
    return np.array(list(raw[16:]), dtype=np.uint8).reshape(N, height, width)


def idx_by_int_from_bytes(raw):
    numbers = [int.from_bytes(raw[i : i + 4], "big") for i in range(0, 16, 4)]
    if numbers[0] != 0x803:
        raise ValueError("not a file of images")
    return np.frombuffer(raw[16:], dtype=np.uint8).reshape(numbers[1:])


def batches_by_array_split(order, batch_size):
    return np.array_split(order, range(batch_size, len(order), batch_size))


def batches_in_a_while_loop(order, batch_size):
    rest, out = list(order), []
    while rest:
        out.append(rest[:batch_size])
        rest = rest[batch_size:]
    return out


def correct_in_a_loop(scores, y):
    return sum(int(np.argmax(row)) == label for row, label in zip(scores, y)) / len(y)


def correct_by_comparing_with_the_best(scores, y):
    return (scores[np.arange(len(y)), y] >= scores.max(axis=1)).astype(float).mean()


def confusion_in_a_loop(y_true, y_pred, K):
    counts = [[0] * K for _ in range(K)]
    for true, guess in zip(y_true, y_pred):
        counts[true][guess] += 1
    return counts


def confusion_by_bincount(y_true, y_pred, K):
    return np.bincount(y_true * K + y_pred, minlength=K * K).reshape(K, K)


def confusion_by_product(y_true, y_pred, K):
    return np.eye(K)[y_true].T @ np.eye(K)[y_pred]


def hardest_by_probabilities(scores, y, n):
    E = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = E[np.arange(len(y)), y] / E.sum(axis=1)
    return np.argsort(p)[:n]


def hardest_one_by_one(scores, y, n):
    return np.array(hardest_by_sorting_pairs(scores, y, n))


def hardest_by_sorting_pairs(scores, y, n):
    surprise = [np.logaddexp.reduce(row) - row[label] for row, label in zip(scores, y)]
    return sorted(range(len(y)), key=lambda i: -surprise[i])[:n]


def shift_by_padding(images, dy, dx):
    _, H, W = images.shape
    padded = np.pad(images, ((0, 0), (H, H), (W, W)))
    return padded[:, H - dy : 2 * H - dy, W - dx : 2 * W - dx]


def shift_in_a_loop(images, dy, dx):
    N, H, W = images.shape
    moved = np.zeros_like(images)
    for y in range(H):
        for x in range(W):
            if 0 <= y - dy < H and 0 <= x - dx < W:
                moved[:, y, x] = images[:, y - dy, x - dx]
    return moved


def centre_by_margins(image):
    H, W = image.shape
    rows, columns = image.sum(axis=1), image.sum(axis=0)
    return rows @ np.arange(H) / image.sum(), columns @ np.arange(W) / image.sum()


def centre_by_average(image):
    rows, columns = np.indices(image.shape)
    return np.average(rows, weights=image), np.average(columns, weights=image)


def train_by_progress(net, loss, optimizer, schedule, X, y, epochs, batch_size, generator):
    """Starts instead of batches, and a rate from the epoch's number and the start."""
    base, N = optimizer.lr, len(X)
    starts, losses = range(0, N, batch_size), []
    for epoch in range(epochs):
        order, sums = generator.permutation(N), []
        for i, start in enumerate(starts):
            rows = order[start : start + batch_size]
            optimizer.lr = base * schedule((epoch * len(starts) + i) / (epochs * len(starts)))
            out = loss(net(X[rows]), y[rows])
            optimizer.zero_grad()
            out.backward()
            optimizer.step()
            sums.append(out.item() * len(rows))
        losses.append(sum(sums) / N)
    return losses


def train_in_one_loop(net, loss, optimizer, schedule, X, y, epochs, batch_size, generator):
    """One list of all batches, drawn before the first step."""
    orders = [generator.permutation(len(X)) for _ in range(epochs)]
    cut = [
        (e, order[i : i + batch_size])
        for e, order in enumerate(orders)
        for i in range(0, len(X), batch_size)
    ]
    base, losses = optimizer.lr, np.zeros(epochs)
    for t, (epoch, rows) in enumerate(cut):
        optimizer.lr = base * schedule(t / len(cut))
        optimizer.zero_grad()
        out = loss(net(X[rows]), y[rows])
        out.backward()
        optimizer.step()
        losses[epoch] += float(out.data) * len(rows) / len(X)
    return losses


ALTERNATIVES = {
    "idx_images": [idx_by_struct, idx_by_int_from_bytes],
    "minibatches": [batches_by_array_split, batches_in_a_while_loop],
    "share_correct": [correct_in_a_loop, correct_by_comparing_with_the_best],
    "train_network": [train_by_progress, train_in_one_loop],
    "confusion_matrix": [confusion_by_bincount, confusion_by_product],
    "hardest": [hardest_by_probabilities, hardest_one_by_one],
    "shift_images": [shift_by_padding, shift_in_a_loop],
    "centre_of_mass": [centre_by_margins, centre_by_average],
}
EQUIVALENT = {
    "share_correct": {"*: 1 -> -1": "scores have two axes, so the last is axis 1"},
    "confusion_matrix": {"K = num_classes or*": "the exercise always gives K"},
    "shift_images": {
        "*: 0 -> 1 (2)": "a slice that ends beyond the array ends with it",
        "*: 0 -> 1 (4)": "a slice that ends beyond the array ends with it",
    },
}

MAY_REFUSE = {
    "hardest": [hardest_by_sorting_pairs],
    "confusion_matrix": [confusion_in_a_loop],
}

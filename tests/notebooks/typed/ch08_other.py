"""Chapter 8 in another style: loops, other calls, another order."""

import numpy as np


def idx_images(raw):
    numbers = [int.from_bytes(raw[i : i + 4], "big") for i in range(0, 16, 4)]
    if numbers[0] != 0x803:
        raise ValueError("these are not images")
    return np.frombuffer(raw[16:], dtype=np.uint8).reshape(numbers[1:])


def minibatches(order, batch_size):
    batches, start = [], 0
    while start < len(order):
        batches.append(order[start : start + batch_size])
        start += batch_size
    return batches


def train_network(net, loss, optimizer, schedule, X, y, epochs, batch_size, generator):
    base, N = optimizer.lr, len(X)
    starts = range(0, N, batch_size)
    losses = []
    for epoch in range(epochs):
        order = generator.permutation(N)
        sums = []
        for i, start in enumerate(starts):
            rows = order[start : start + batch_size]
            optimizer.lr = base * schedule((epoch * len(starts) + i) / (epochs * len(starts)))
            out = loss(net(X[rows]), y[rows])
            optimizer.zero_grad()
            out.backward()
            optimizer.step()
            sums.append(out.data * len(rows))
        losses.append(float(sum(sums)) / N)
    return losses


def share_correct(scores, y):
    right = 0
    for row, label in zip(scores, y):
        right += int(np.argmax(row) == label)
    return right / len(y)


def confusion_matrix(y_true, y_pred, K):
    counts = np.zeros((K, K), dtype=int)
    for true, guess in zip(y_true, y_pred):
        counts[true, guess] += 1
    return counts


def hardest(scores, y, n):
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return np.argsort(log_p[range(len(y)), y])[:n]


def shift_images(images, dy, dx):
    N, H, W = images.shape
    moved = np.zeros_like(images)
    for row in range(H):
        for column in range(W):
            if 0 <= row - dy < H and 0 <= column - dx < W:
                moved[:, row, column] = images[:, row - dy, column - dx]
    return moved


def centre_of_mass(image):
    H, W = image.shape
    ink = image.sum()
    return image.sum(axis=1) @ np.arange(H) / ink, image.sum(axis=0) @ np.arange(W) / ink

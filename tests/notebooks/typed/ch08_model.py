"""Chapter 8 as its model solutions, in the notebook's own names."""

import numpy as np

from nnlib import functions


def idx_images(raw):
    magic, N, height, width = np.frombuffer(raw, ">u4", 4).tolist()
    if magic != 2051:
        raise ValueError(f"magic number {magic}, expected 2051")
    return np.frombuffer(raw, np.uint8, offset=16).reshape(N, height, width)


def minibatches(order, batch_size):
    return [order[i : i + batch_size] for i in range(0, len(order), batch_size)]


def train_network(net, loss, optimizer, schedule, X, y, epochs, batch_size, generator):
    highest, step, history = optimizer.lr, 0, []
    steps = epochs * len(minibatches(np.arange(len(X)), batch_size))
    for _ in range(epochs):
        total = 0.0
        for rows in minibatches(generator.permutation(len(X)), batch_size):
            optimizer.lr = highest * schedule(step / steps)
            optimizer.zero_grad()
            value = loss(net(X[rows]), y[rows])
            value.backward()
            optimizer.step()
            total += float(value.data) * len(rows)
            step += 1
        history.append(total / len(X))
    return history


def share_correct(scores, y):
    return np.mean(scores.argmax(axis=1) == y)


def confusion_matrix(y_true, y_pred, K):
    counts = np.zeros((K, K), dtype=int)
    np.add.at(counts, (y_true, y_pred), 1)
    return counts


def hardest(scores, y, n):
    surprise = -functions.log_softmax(scores)[np.arange(len(y)), y]
    return np.argsort(surprise)[::-1][:n]


def shift_images(images, dy, dx):
    _, H, W = images.shape
    padded = np.pad(images, ((0, 0), (H, H), (W, W)))
    return padded[:, H - dy : 2 * H - dy, W - dx : 2 * W - dx]


def centre_of_mass(image):
    rows, columns = np.indices(image.shape)
    return (rows * image).sum() / image.sum(), (columns * image).sum() / image.sum()

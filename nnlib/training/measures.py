"""How good a model is: its predictions, its accuracy, and what it takes for what."""

from contextlib import contextmanager

import numpy as np

from .. import functions as F
from ..tensor import no_grad


def predict(model, X, batch_size=1000):
    """The model's scores for X, a batch at a time, with dropout off and nothing recorded.

    Shape: X (N, D) -> (N, K) array.
    """
    with evaluating(model), no_grad():
        starts = range(0, max(len(X), 1), batch_size)  # no samples give no rows of scores
        parts = [model(X[i : i + batch_size]) for i in starts]
    return np.concatenate([np.asarray(part) for part in parts])


def accuracy(model, X, y):
    """The share of rows of X whose highest score is at the label in y (N,), 0 to 1."""
    if np.shape(y) != (len(X),):
        raise ValueError(f"accuracy got labels of shape {np.shape(y)}; expected ({len(X)},)")
    return float(np.mean(predict(model, X).argmax(axis=1) == np.asarray(y)))


def confusion_matrix(y_true, y_pred, num_classes=None):
    """How often each true class (row) was taken for each class (column).

    num_classes: K; None takes the largest label seen plus one. Shape: (N,), (N,) -> (K, K) counts.
    Raises ValueError where shapes differ or a label is not one of 0 .. K-1.
    """
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    if y_true.shape != y_pred.shape:
        raise ValueError(f"confusion_matrix got {y_true.shape} and {y_pred.shape}; expected equal")
    K = num_classes or int(max(y_true.max(), y_pred.max())) + 1
    for labels in (y_true, y_pred):
        F.check_labels("confusion_matrix", labels, K)
    counts = np.zeros((K, K), dtype=np.int64)
    np.add.at(counts, (y_true, y_pred), 1)
    return counts


@contextmanager
def evaluating(model):
    """Dropout off inside the block, and back as it was after it."""
    was_training = getattr(model, "training", False)
    if was_training:
        model.eval()
    try:
        yield
    finally:
        if was_training:
            model.train()

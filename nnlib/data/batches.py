"""Batches: a few samples at a time, in a new order every epoch, each sample exactly once."""

import math
import operator
from typing import NamedTuple

import numpy as np

from .errors import CountMismatchError, DataError


def batches(X, y=None, batch_size=100, shuffle=True, rng=None, drop_last=False):
    """Cut samples into batches; each pass over the result is one epoch.

    X: (N, ...), one sample a row. y: (N, ...) its labels or targets, or None.
    shuffle: a fresh order of all samples for every epoch.
    rng: a NumPy Generator, a seed or None.
    drop_last: leave out the last batch if it is smaller than the others.
    Yields (X_batch, y_batch), or X_batch alone without y: new arrays, yours to change.
    Raises DataError (a ValueError) for no samples, lengths that differ, a batch size below 1, or
    a drop_last that would leave nothing.
    """
    return Batches(X, y, batch_size, shuffle, rng, drop_last)


class Batches:
    """What batches() returns: len() counts the batches of an epoch, a for loop runs one."""

    def __init__(self, X, y=None, batch_size=100, shuffle=True, rng=None, drop_last=False):
        self.X, self.y = _samples(X, y)
        try:
            self.batch_size = operator.index(batch_size)
        except TypeError:
            self.batch_size = 0
        if self.batch_size < 1:
            raise DataError(f"batch_size must be a whole number of at least 1; got {batch_size!r}.")
        self.shuffle, self.drop_last = shuffle, drop_last
        self.rng = np.random.default_rng(rng)
        if not len(self):
            raise DataError(
                f"drop_last=True leaves nothing: {len(self.X)} samples do not fill one batch of "
                f"{self.batch_size}. Take a smaller batch_size."
            )

    def __len__(self):
        whole, rest = divmod(len(self.X), self.batch_size)
        return whole + (rest > 0 and not self.drop_last)

    def __iter__(self):
        order = self.rng.permutation(len(self.X)) if self.shuffle else None
        for start in range(0, len(self) * self.batch_size, self.batch_size):
            rows = slice(start, start + self.batch_size)
            if self.shuffle:
                rows = order[rows]
            X_batch = _take(self.X, rows)
            yield X_batch if self.y is None else (X_batch, _take(self.y, rows))


class Split(NamedTuple):
    """Samples and labels to learn from, and others to judge by. The order is scikit-learn's."""

    X_train: np.ndarray
    X_validation: np.ndarray
    y_train: np.ndarray
    y_validation: np.ndarray


def train_validation_split(X, y, validation=0.1, rng=None, stratify=False):
    """Set samples aside at random for validation.

    validation: the share to set aside, between 0 and 1, or a whole number of samples.
    rng: a NumPy Generator, a seed or None.
    stratify: True keeps the share of every label the same on both sides, to one sample.
    Returns Split (X_train, X_validation, y_train, y_validation), copies in random order.
    Raises DataError (a ValueError) for no samples, lengths that differ, a side left empty, or a
    stratify without one label a sample.
    """
    if y is None:
        raise DataError("train_validation_split needs labels y, one for each row of X; got None.")
    X, y = _samples(X, y)
    N = len(X)
    if isinstance(validation, (int, np.integer)) and not isinstance(validation, bool):
        held_out = int(validation)
    else:
        share = validation if isinstance(validation, (float, np.floating)) else math.nan
        held_out = max(round(share * N), 1) if 0 < share < 1 else 0
    if not 0 < held_out < N:
        raise DataError(
            "validation must be a share between 0 and 1, or a whole number of samples that leaves "
            f"some on both sides of {N}; got {validation!r}."
        )
    rng = np.random.default_rng(rng)
    order = rng.permutation(N)
    if stratify:
        if y.ndim != 1:
            raise DataError(f"stratify needs one label a sample, y of shape (N,); got {y.shape}.")
        # Lay the samples out label by label and pick at even steps: every label gets its share.
        order = order[np.argsort(y[order], kind="stable")]
        picked = np.zeros(N, bool)
        picked[(2 * np.arange(held_out) + 1) * N // (2 * held_out)] = True
        aside, kept = rng.permutation(order[picked]), rng.permutation(order[~picked])
    else:
        aside, kept = order[:held_out], order[held_out:]
    return Split(*(_take(array, rows) for array in (X, y) for rows in (kept, aside)))


def _take(array, rows):
    """New arrays either way: a batch that is changed in place leaves the data alone."""
    return array[rows].copy() if isinstance(rows, slice) else array.take(rows, axis=0)


def _samples(X, y):
    """X and y as arrays with as many rows, or a clear error."""
    X, y = np.asarray(X), None if y is None else np.asarray(y)
    for name, array in (("X", X), ("y", y)):
        if array is not None and (array.ndim == 0 or array.dtype == object):
            raise DataError(
                f"{name} must be an array with one sample a row; got shape {array.shape} and type "
                f"{array.dtype}. A Tensor gives its array by .data."
            )
    if not len(X):
        raise DataError(f"X holds no samples: its shape is {X.shape}; expected (N, ...), N >= 1.")
    if y is not None and len(X) != len(y):
        raise CountMismatchError(
            f"X holds {len(X):,} samples and y {len(y):,}; expected one of y for each row of X."
        )
    return X, y

"""Batches lose no sample and share no memory; splits keep rows and labels together."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib import data


def rows(N, D=3):
    """N rows that say their own number, with labels that say it too."""
    return np.repeat(np.arange(N, dtype=np.float32)[:, None], D, axis=1), np.arange(N)


@settings(deadline=None)
@given(
    N=st.integers(1, 60),
    batch_size=st.integers(1, 70),
    shuffle=st.booleans(),
    drop_last=st.booleans(),
    seed=st.integers(0, 10),
)
def test_an_epoch(N, batch_size, shuffle, drop_last, seed):
    X, y = rows(N)
    if drop_last and batch_size > N:
        with pytest.raises(data.DataError, match="drop_last"):
            data.batches(X, y, batch_size, drop_last=True)
        return
    epoch = data.batches(X, y, batch_size, shuffle, seed, drop_last)
    for _ in range(2):
        seen = list(epoch)
        assert len(seen) == len(epoch)
        sizes = [len(y_batch) for _, y_batch in seen]
        assert all(size == batch_size for size in sizes[:-1])
        assert all(np.array_equal(X_batch[:, 0], y_batch) for X_batch, y_batch in seen)
        assert all(X_batch.dtype == np.float32 for X_batch, _ in seen)
        numbers = np.concatenate([y_batch for _, y_batch in seen]).tolist()
        kept = N - N % batch_size if drop_last else N
        assert len(numbers) == len(set(numbers)) == kept
        if not shuffle:
            assert numbers == list(range(kept))


def order(epoch):
    return np.concatenate([y_batch for _, y_batch in epoch]).tolist()


def test_every_epoch_has_a_new_order_sample_by_sample():
    X, y = rows(1000)
    epoch = data.batches(X, y, rng=0)
    first, second = order(epoch), order(epoch)
    assert first != second
    # Members change company: the first batch is not one of the old batches in a new place.
    old = [set(first[i : i + 100]) for i in range(0, 1000, 100)]
    assert set(second[:100]) not in old
    again = data.batches(X, y, rng=0)
    assert [order(again), order(again)] == [first, second]
    assert order(data.batches(X, y, rng=1)) != first


def test_generator_is_taken_and_moved_on():
    X, y = rows(50)
    rng = np.random.default_rng(3)
    first = order(data.batches(X, y, rng=rng))
    assert order(data.batches(X, y, rng=rng)) != first
    assert order(data.batches(X, y, rng=3)) == first


def test_two_loops_at_once_do_not_disturb_each_other():
    X, y = rows(40)
    epoch = data.batches(X, y, batch_size=10, rng=0)
    pairs = list(zip(epoch, epoch))
    for side in (0, 1):
        assert sorted(order(pair[side] for pair in pairs)) == list(range(40))


@pytest.mark.parametrize("shuffle", [True, False])
def test_batches_are_the_callers_to_change(shuffle):
    X, y = rows(40)
    kept = []
    for X_batch, y_batch in data.batches(X, y, batch_size=15, shuffle=shuffle):
        assert not any(np.shares_memory(X_batch, other) for other in [X, *kept])
        assert not np.shares_memory(y_batch, y)
        X_batch += 100
        y_batch += 100
        kept.append(X_batch)
    assert np.array_equal(X, rows(40)[0]) and np.array_equal(y, rows(40)[1])


def test_without_labels():
    X, _ = rows(25)
    got = list(data.batches(X, batch_size=10, rng=0))
    assert [batch.shape for batch in got] == [(10, 3), (10, 3), (5, 3)]
    assert sorted(np.concatenate(got)[:, 0].tolist()) == list(range(25))


def test_lists_images_and_one_hot_targets():
    (X_batch, y_batch), *_ = data.batches([[1.0, 2], [3, 4]], [0, 1], batch_size=5, shuffle=False)
    assert X_batch.tolist() == [[1, 2], [3, 4]] and y_batch.tolist() == [0, 1]
    X, Y = np.zeros((7, 28, 28), np.float32), np.eye(7)
    X_batch, Y_batch = next(iter(data.batches(X, Y, 4)))
    assert X_batch.shape == (4, 28, 28) and Y_batch.shape == (4, 7)


@pytest.mark.parametrize("batch_size", [0, -3, 2.5, "100", None])
def test_batch_size_that_is_none(batch_size):
    with pytest.raises(data.DataError, match="batch_size must be a whole number"):
        data.batches(*rows(10), batch_size)


BAD = {
    "lengths": (np.zeros((10, 2)), np.zeros(9), data.CountMismatchError, "10 samples and y 9"),
    "empty": (np.zeros((0, 2)), np.zeros(0), data.DataError, "no samples"),
    "a number": (np.float32(3), np.zeros(1), data.DataError, "X must be an array"),
    "label a number": (np.zeros((1, 2)), 4, data.DataError, "y must be an array"),
    "objects": (np.array([None, None]), np.zeros(2), data.DataError, "object"),
}


@pytest.mark.parametrize("case", BAD)
@pytest.mark.parametrize("function", [data.batches, data.train_validation_split])
def test_bad_samples(case, function):
    X, y, kind, words = BAD[case]
    with pytest.raises(kind, match=words) as caught:
        function(X, y)
    assert isinstance(caught.value, ValueError)


@settings(deadline=None)
@given(
    N=st.integers(2, 80),
    validation=st.one_of(st.floats(0.01, 0.6), st.integers(1, 79)),
    stratify=st.booleans(),
    seed=st.integers(0, 5),
)
def test_split(N, validation, stratify, seed):
    X, numbers = rows(N)
    if validation >= N:
        with pytest.raises(data.DataError, match="validation"):
            data.train_validation_split(X, numbers, validation)
        return
    labels = numbers % 3 if stratify else numbers
    split = data.train_validation_split(X, labels, validation, seed, stratify)
    X_train, X_validation, y_train, y_validation = split
    held_out = validation if isinstance(validation, int) else max(round(validation * N), 1)
    assert len(X_validation) == len(y_validation) == held_out
    assert len(X_train) == len(y_train) == N - held_out
    together = np.concatenate([X_train, X_validation])[:, 0].astype(int)
    assert sorted(together.tolist()) == list(range(N))
    assert np.array_equal(labels[together], np.concatenate([y_train, y_validation]))
    assert not np.shares_memory(X_train, X) and not np.shares_memory(X_validation, X)
    if stratify:
        share = np.bincount(labels, minlength=3) * held_out / N
        assert np.abs(np.bincount(y_validation, minlength=3) - share).max() <= 1


def test_split_is_random_and_repeats_with_a_seed():
    X, y = rows(100)
    for stratify in (False, True):
        first, again, other = (
            data.train_validation_split(X, y % 2, rng=seed, stratify=stratify) for seed in (0, 0, 1)
        )
        assert all(np.array_equal(a, b) for a, b in zip(first, again))
        assert not np.array_equal(first.X_validation, other.X_validation)
        numbers = first.X_train[:, 0]
        assert np.any(np.diff(numbers) < 0)
        assert len(set(first.y_train[:10].tolist())) == 2  # not label by label


@pytest.mark.parametrize(
    "validation", [0, 1.0, -0.1, 0.0, 10, 1.5, "0.1", None, True, float("nan")]
)
def test_validation_that_is_none(validation):
    with pytest.raises(data.DataError, match="validation must be"):
        data.train_validation_split(*rows(10), validation)


def test_split_needs_labels():
    X, _ = rows(10)
    with pytest.raises(data.DataError, match="needs labels"):
        data.train_validation_split(X, None)
    with pytest.raises(data.DataError, match="one label a sample"):
        data.train_validation_split(X, np.eye(10), stratify=True)

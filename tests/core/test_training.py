"""One `fit` for both ways of writing a network: what it learns, notes, shows, and says."""

import math
import sys
import time
from types import SimpleNamespace

import numpy as np
import pytest

from nnlib import Tensor, functions, manual, nn, optim, training
from nnlib.data import batches, make_moons
from nnlib.training import (
    Diverged,
    EarlyStopping,
    History,
    Penalty,
    accuracy,
    confusion_matrix,
    fit,
    predict,
    steps,
)

X, y = make_moons(120, noise=0.1, rng=0)
V, v = make_moons(37, noise=0.1, rng=1)


def by_hand(seed=0, activation="tanh"):
    return manual.MLP([2, 8, 2], activation, rng=seed)


def by_graph(seed=0):
    model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 2))
    model.load_state_dict(by_hand(seed).state_dict())
    return model


both_ways = pytest.mark.parametrize("network", [by_hand, by_graph])


# -------------------------------------------------------------------------- learning


@both_ways
def test_fit_is_the_loop_of_the_chapters(network):
    """Forward, loss, backward, step, batch after batch, written out once more in plain NumPy."""
    net = by_hand()
    W1, b1, W2, b2 = (p.data.astype(float) for p in net.parameters())
    velocity, losses, hits = [0, 0, 0, 0], [], []
    rng = np.random.default_rng(5)
    loader = batches(X, y, 50, rng=rng)
    for _ in range(3):
        losses.append([]), hits.append(0)
        for x, labels in loader:
            A = np.tanh(x @ W1 + b1)
            P = functions.softmax(A @ W2 + b2)
            n = np.arange(len(x))
            losses[-1].append((-np.log(P[n, labels]).mean(), len(x)))
            hits[-1] += (P.argmax(axis=1) == labels).sum()
            P[n, labels] -= 1
            dZ2 = P / len(x)
            dZ1 = dZ2 @ W2.T * (1 - A**2)
            gradients = [x.T @ dZ1, dZ1.sum(axis=0), A.T @ dZ2, dZ2.sum(axis=0)]
            velocity = [0.9 * u + g for u, g in zip(velocity, gradients, strict=True)]
            for w, u in zip((W1, b1, W2, b2), velocity, strict=True):
                w -= 0.1 * u

    model = network()
    started = time.perf_counter()
    history = fit(model, X, y, epochs=3, batch_size=50, rng=5)
    assert 0 < sum(history.seconds) <= time.perf_counter() - started
    for p, w in zip(model.parameters(), (W1, b1, W2, b2), strict=True):
        np.testing.assert_allclose(p.data, w, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(history.batch_loss, [b[0] for e in losses for b in e], rtol=1e-4)
    np.testing.assert_allclose(
        history.loss, [sum(loss * n for loss, n in e) / 120 for e in losses], rtol=1e-4
    )
    np.testing.assert_allclose(history.accuracy, np.array(hits) / 120)
    assert history.lr == [0.1] * 3 and len(history.seconds) == history.epochs == 3
    assert history.validation_loss == history.validation_accuracy == [] and history.stopped == ""


def test_both_ways_give_the_same_losses():
    options = {
        "epochs": 4,
        "batch_size": 32,
        "validation": (V, v),
        "rng": 3,
        "penalty": Penalty(l1=1e-4, l2=1e-3),
        "schedule": optim.warmup_cosine(),
        "augment": lambda X, rng: X + rng.normal(0, 0.1, X.shape),
    }
    first, second = fit(by_hand(), X, y, **options), fit(by_graph(), X, y, **options)
    for name in ("loss", "accuracy", "validation_loss", "validation_accuracy", "lr", "batch_loss"):
        np.testing.assert_allclose(getattr(first, name), getattr(second, name), rtol=1e-4)
        assert len(getattr(first, name)) >= 4


@both_ways
def test_it_learns_moons(network):
    model = network()
    history = fit(model, X, y, epochs=60, batch_size=20, validation=(V, v), rng=0)
    assert history.accuracy[-1] > 0.97 and accuracy(model, V, v) > 0.95
    assert accuracy(model, V, v) == history.validation_accuracy[-1]
    assert history.loss[-1] < history.loss[0] / 3


@both_ways
def test_same_seed_same_result(network):
    def run(rng):
        model = network()
        augment = lambda X, rng: X + rng.normal(0, 0.3, X.shape)
        history = fit(model, X, y, epochs=2, rng=rng, augment=augment)
        return [*history.batch_loss, *model.parameters()[0].data.ravel().tolist()]

    assert run(7) == run(7) == run(np.random.default_rng(7))
    assert run(7) != run(8)


def lines(N=60):
    rng = np.random.default_rng(0)
    A = rng.normal(size=(N, 3)).astype(np.float32)
    return A, A @ np.array([[1.0], [-2.0], [0.5]], np.float32) + 3


@pytest.mark.parametrize("network", [manual.Linear, nn.Linear])
def test_real_targets_get_least_squares(network):
    A, T = lines()
    model = network(3, 1, rng=0)
    history = fit(model, A, T, epochs=80, batch_size=20, validation=(A, T), rng=0)
    np.testing.assert_allclose(model.weight.data.ravel(), [1, -2, 0.5], atol=1e-3)
    np.testing.assert_allclose(model.bias.data, [3], atol=1e-3)
    assert history.accuracy == history.validation_accuracy == []
    assert history.validation_loss[-1] < 1e-5


@pytest.mark.parametrize("network", [manual.Linear, nn.Linear])
def test_whole_numbers_in_a_column_are_targets_not_labels(network):
    A, T = lines()
    history = fit(network(3, 1, rng=0), A, T.round().astype(int), epochs=2, validation=(A, T))
    assert history.accuracy == history.validation_accuracy == []


@both_ways
def test_optimizer_and_criterion_can_be_chosen(network):
    model, Y = network(), np.eye(2, dtype=np.float32)[y]
    if network is by_hand:
        criterion = manual.MSE()
    else:
        criterion = lambda scores, Y: ((scores - Y) ** 2).mean(axis=1).abs().mean()
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    history = fit(
        model,
        X,
        Y,
        epochs=20,
        optimizer=optimizer,
        criterion=criterion,
        validation=(V, np.eye(2)[v]),
    )
    assert optimizer.states[0]["t"] == 40
    assert history.loss[-1] < 0.12 and history.validation_loss[-1] < 0.15


# -------------------------------------------------------------------- around the loop


@both_ways
def test_schedule(network):
    model = network()
    optimizer = optim.SGD(model.parameters(), lr=0.5)
    seen, rates = [], []

    def schedule(t):
        seen.append(t)
        return 1 - t

    history = fit(
        model,
        X,
        y,
        epochs=2,
        batch_size=40,
        optimizer=optimizer,
        schedule=schedule,
        on_batch=lambda run: rates.append(run.optimizer.lr),
    )
    np.testing.assert_allclose(seen, np.arange(6) / 6)
    np.testing.assert_allclose(rates, 0.5 * (1 - np.arange(6) / 6))
    assert history.lr == [rates[2], rates[5]]
    assert optimizer.lr == 0.5  # put back


@both_ways
def test_a_schedule_moves_the_weights_less(network):
    model = network()
    before = model.state_dict()
    fit(model, X, y, epochs=1, schedule=lambda t: 0.0)
    assert all(np.array_equal(before[name], w) for name, w in model.state_dict().items())


@both_ways
def test_penalty(network):
    model = network()
    W1, b1, W2, b2 = (p.data.astype(float) for p in model.parameters())
    optimizer = optim.SGD(model.parameters(), lr=1.0)
    criterion = manual.SoftmaxCrossEntropy()
    hand = by_hand()
    plain = criterion(hand.forward(X), y)
    hand.backward(criterion.backward())
    history = fit(
        model, X, y, epochs=1, batch_size=len(X), optimizer=optimizer, penalty=Penalty(0.1, 0.2)
    )
    size = sum(0.1 * np.abs(W).sum() + 0.1 * (W**2).sum() for W in (W1, W2))
    assert history.loss[0] == pytest.approx(plain + size, rel=1e-5)
    for p, q, w in zip(model.parameters(), hand.parameters(), (W1, b1, W2, b2), strict=True):
        slope = 0.1 * np.sign(w) + 0.2 * w if w.ndim == 2 else 0  # biases are left out
        np.testing.assert_allclose(p.data, w - q.grad - slope, rtol=1e-4, atol=1e-5)


def test_penalty_alone():
    W, b = manual.Parameter(np.array([[1.0, -2.0]])), manual.Parameter(np.array([5.0]))
    penalty = Penalty(l1=0.5, l2=2)
    assert penalty.forward([W, b]) == 0.5 * 3 + 2 / 2 * 5
    penalty.backward([W, b])
    penalty.backward([W, b])
    assert W.grad.tolist() == [[5, -9]] and b.grad is None
    assert Penalty().forward([W]) == 0


@both_ways
def test_augment_sees_every_batch_and_leaves_the_data_alone(network):
    seen, before = [], X.copy()

    def augment(X, rng):
        assert isinstance(rng, np.random.Generator)
        seen.append(X.copy())
        X *= 0  # a batch is yours to change
        return X

    history = fit(network(), X, y, epochs=1, batch_size=50, augment=augment, rng=0)
    assert sorted(map(tuple, np.concatenate(seen))) == sorted(map(tuple, X))
    assert np.array_equal(X, before)
    assert history.accuracy[0] == pytest.approx(0.5, abs=0.1)


# ------------------------------------------------------------------------ stopping


class Scripted(manual.SoftmaxCrossEntropy):
    """The validation loss, known by its 37 samples, follows a script."""

    def __init__(self, *losses):
        self.losses = list(losses)

    def forward(self, scores, y):
        loss = super().forward(scores, y)
        return self.losses.pop(0) if len(y) == len(V) else loss

    __call__ = forward


def scripted_run(losses, early_stopping, epochs=8):
    model, states = by_hand(), []
    history = fit(
        model,
        X,
        y,
        epochs=epochs,
        criterion=Scripted(*losses),
        validation=(V, v),
        rng=0,
        early_stopping=early_stopping,
        on_epoch=lambda run: states.append(run.model.state_dict()),
    )
    return model.state_dict(), history, states


def same(a, b):
    return all(np.array_equal(a[name], b[name]) for name in a)


def test_early_stopping_waits_with_patience_and_restores_the_best():
    stopper = EarlyStopping(patience=2)
    final, history, states = scripted_run([3.0, 2.0, 2.5, 1.0, 1.5, 1.0, 0.1], stopper)
    assert history.validation_loss == [3.0, 2.0, 2.5, 1.0, 1.5, 1.0]
    assert (stopper.best, stopper.best_epoch, history.epochs) == (1.0, 4, 6)
    assert history.stopped == "no better validation loss since epoch 4"
    assert same(final, states[3]) and not same(final, states[5])


def test_the_best_weights_come_back_even_without_a_stop():
    final, history, states = scripted_run([3.0, 1.0, 2.0], EarlyStopping(), epochs=3)
    assert history.stopped == "" and same(final, states[1])


def test_the_last_weights_can_be_kept():
    final, _, states = scripted_run([1.0, 2.0, 3.0], EarlyStopping(patience=1, restore_best=False))
    assert len(states) == 2 and same(final, states[-1])


def test_an_improvement_may_have_to_be_large():
    stopper = EarlyStopping(patience=3, min_delta=0.5)
    _, history, _ = scripted_run([2.0, 1.9, 1.5, 1.6, 0.1], stopper)
    assert history.epochs == 4 and stopper.best_epoch == 1


def test_a_second_run_forgets_the_first():
    stopper = EarlyStopping(patience=2)
    scripted_run([0.1, 2.0, 3.0], stopper)
    final, history, states = scripted_run([3.0, 2.0, 2.5, 2.6], stopper)
    assert (stopper.best, stopper.best_epoch, history.epochs) == (2.0, 2, 4)
    assert same(final, states[1])


def test_five_epochs_of_patience_by_default():
    _, history, _ = scripted_run([1.0, 2, 2, 2, 2, 2, 2, 2], EarlyStopping())
    assert history.epochs == 6


@both_ways
def test_on_batch_may_stop(network):
    seen = []

    def on_batch(run):
        seen.append((run.epoch, run.batch, run.loss))
        return len(seen) == 4

    history = fit(network(), X, y, epochs=5, batch_size=50, on_batch=on_batch)
    assert [where[:2] for where in seen] == [(0, 1), (0, 2), (1, 0), (1, 1)]
    assert [where[2] for where in seen] == history.batch_loss
    assert history.stopped == "on_batch asked to stop" and history.epochs == 1


@both_ways
def test_on_epoch_may_stop(network):
    progress = []

    def on_epoch(run):
        progress.append(run.progress)
        assert len(run.history.loss) == run.epoch
        return run.epoch == 2

    history = fit(network(), X, y, epochs=4, on_epoch=on_epoch)
    assert progress == [0.25, 0.5]
    assert history.stopped == "on_epoch asked to stop" and history.epochs == 2


def test_steps_hands_over_the_run_after_every_batch():
    model = by_hand()
    optimizer = optim.SGD(model.parameters(), lr=0.1)
    walk = steps(model, X, y, epochs=2, batch_size=50, optimizer=optimizer, schedule=lambda t: 0.5)
    run = next(walk)
    assert (run.batch, run.epoch, optimizer.lr, run.batches_per_epoch) == (1, 0, 0.05, 3)
    assert run.progress == pytest.approx(1 / 6)
    assert all(again is run for again in walk)
    assert (run.batch, run.epoch, run.progress, optimizer.lr) == (0, 2, 1, 0.1)


def test_steps_left_in_the_middle_puts_the_rate_back():
    model = by_hand()
    optimizer = optim.SGD(model.parameters(), lr=0.1)
    walk = steps(model, X, y, optimizer=optimizer, schedule=lambda t: 0.5)
    next(walk)
    walk.close()
    assert optimizer.lr == 0.1


# ----------------------------------------------------------------------- diagnosis


@both_ways
def test_a_rate_too_large_is_diagnosed(network):
    A, T = lines()
    model = manual.Linear(3, 1, rng=0) if network is by_hand else nn.Linear(3, 1, rng=0)
    optimizer = optim.SGD(model.parameters(), lr=1e6)
    with pytest.raises(Diverged) as caught, np.errstate(all="ignore"):
        fit(model, A, T, epochs=30, batch_size=30, optimizer=optimizer, rng=0)
    message, history = str(caught.value), caught.value.history
    epoch, batch = divmod(len(history.batch_loss), 2)
    assert message.startswith("the loss became ")
    assert f"in epoch {epoch + 1}, batch {batch + 1} of 2, at learning rate 1e+06" in message
    assert "Try a smaller learning rate, such as 100000, a warm-up" in message
    assert np.isfinite(history.batch_loss).all() and len(history.loss) == epoch
    assert optimizer.lr == 1e6


def test_the_rate_of_the_moment_is_named():
    A, T = lines()
    model = manual.Linear(3, 1, rng=0)
    with (
        pytest.raises(Diverged, match="at learning rate 500000.*such as 100000"),
        np.errstate(all="ignore"),
    ):
        fit(
            model,
            A,
            T,
            epochs=30,
            optimizer=optim.SGD(model.parameters(), lr=1e6),
            schedule=lambda t: 0.5,
        )


@both_ways
@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("where", ["X", "targets", "augmented"])
@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_data_that_are_no_numbers_are_diagnosed(network, bad, where):
    spoilt, targets = X.copy(), np.eye(2)[y]
    {"X": spoilt, "targets": targets, "augmented": np.ones((4, 2))}[where][3, 0] = bad
    augment = (lambda X, rng: X * bad) if where == "augmented" else None
    with pytest.raises(FloatingPointError, match=r"\. The data hold NaN or infinity: clean them"):
        fit(network(), spoilt, targets, epochs=3, augment=augment)


def test_weights_that_are_no_numbers_are_named():
    model = by_hand()
    model.parameters()[2].data[0, 0] = np.nan
    with pytest.raises(
        Diverged, match=r"loss became nan in epoch 1, batch 1 of 2.*; 2\.weight is not finite"
    ):
        fit(model, X, y)


WRONG = {
    "no validation": ({"early_stopping": EarlyStopping()}, r"without validation=\(X, y\)"),
    "no epochs": ({"epochs": 0}, "epochs=0; expected 1 or more"),
    "batch size": ({"batch_size": 0}, "batch_size must be a whole number of at least 1"),
    "labels": ({"y": y[:-1]}, "120 samples and y 119"),
    "features": ({"X": X[:, :1]}, r"got X of shape \(100, 1\); expected \(N, 2\)"),
    "classes": ({"y": y + 1}, "expected 0 to 1 for 2 classes"),
}


@both_ways
@pytest.mark.parametrize("options, words", WRONG.values(), ids=WRONG)
def test_what_does_not_fit_is_named(network, options, words):
    with pytest.raises(ValueError, match=words):
        fit(network(), **{"X": X, "y": y} | options)


WRONG_LABELS = {
    "words": (np.array(["a", "b"])[y], r"dtype <U1; .*y\.astype\(int\).*np\.unique\(y, return_inv"),
    "digits as words": (y.astype(str), r"dtype <U\d+; .*y\.astype\(int\)"),
    "bytes": (y.astype("S"), r"dtype \|S\d+;"),
    "objects": (y.astype(object), r"dtype object; .*y\.astype\(int\)"),
    "bools": (y == 1, r"dtype bool; .*y\.astype\(int\)"),
    "floats": (y.astype(float), r"dtype float64, holds class labels, .* takes them as y\.astype"),
    "column": (y[:, None], r"dtype int64, holds class labels, .*y\.ravel\(\)\.astype\(int\)"),
}


@both_ways
@pytest.mark.parametrize("labels, words", WRONG_LABELS.values(), ids=WRONG_LABELS)
def test_labels_that_are_no_integers_are_named(network, labels, words):
    model = network()
    before = model.state_dict()
    with pytest.raises(ValueError, match=words):
        fit(model, X, labels)
    assert same(before, model.state_dict())


def spoilt(array):
    array = np.array(array, float)
    array.flat[3] = np.nan
    return array


WRONG_VALIDATION = {
    "fraction": (0.1, r"validation=0\.1; expected a pair \(X, y\).*train_validation_split"),
    "zero": (0, "validation=0; expected a pair"),
    "true": (True, "validation=True; expected a pair"),
    "array": (V, "validation=a ndarray; expected a pair"),
    "three": ((X, y, V), "validation=a tuple of 3; expected a pair"),
    "empty": ((), "validation=a tuple of 0"),
    "counts": ((V, v[:-1]), r"X of shape \(37, 2\) and y of shape \(36,\); expected one label"),
    "swapped": ((v, V), r"validation X of shape \(37,\); expected \(N, 2\)"),
    "nothing": ((V[:0], v[:0]), "at least one"),
    "numbers": ((1.0, 2.0), r"X of shape \(\)"),
    "features": ((V[:, :1], v), r"validation X of shape \(37, 1\); expected \(N, 2\), as in train"),
    "floats": (
        (V, v * 1.0),
        r"y of shape \(37,\) and dtype float64; expected \(N,\) and int64.*ast",
    ),
    "words": ((V, v.astype(str)), r"fit got y_val of dtype <U\d+; .*y_val\.astype\(int\)"),
    "one-hot": ((V, np.eye(2)[v]), r"y of shape \(37, 2\) and dtype float64; expected \(N,\)"),
    "NaN": ((spoilt(V), v), "validation X with NaN or infinity.*Clean"),
}


@both_ways
@pytest.mark.parametrize("validation, words", WRONG_VALIDATION.values(), ids=WRONG_VALIDATION)
def test_validation_is_looked_at_before_the_first_step(network, validation, words):
    model = network()
    before = model.state_dict()
    with pytest.raises(ValueError, match=words):
        fit(model, X, y, validation=validation)
    assert same(before, model.state_dict())


def test_targets_with_nan_in_validation():
    A, T = lines()
    with pytest.raises(ValueError, match="validation y with NaN"):
        fit(nn.Linear(3, 1), A, T, validation=(A, T * np.nan))


def test_validation_may_differ_where_the_user_says_how_to_measure():
    """A criterion of one's own may take other targets; an augmentation may change the shape."""
    soft = np.eye(2, dtype=np.float32)[y] * 0.8 + 0.1

    def criterion(scores, y):
        Y = y if np.ndim(y) == 2 else np.eye(2)[y]
        return -(scores.log_softmax() * Y).sum() / len(y)

    history = fit(by_graph(), X, soft, epochs=1, criterion=criterion, validation=(V, v))
    assert len(history.validation_accuracy) == 1
    wide = np.repeat(X, 2, axis=1)
    fit(by_graph(), wide, y, epochs=1, augment=lambda X, rng: X[:, ::2], validation=[V, v])
    with pytest.raises(ValueError, match="dtype float64; expected"):
        fit(by_graph(), X, y, criterion=nn.cross_entropy, validation=(V, v * 1.0))


def test_a_validation_loss_that_never_was_a_number_is_said():
    _, history, _ = scripted_run([np.nan] * 8, EarlyStopping(patience=2))
    assert history.stopped == "no validation loss was a number: the last is nan"


# ----------------------------------------------------------------------- the bar


def shown(capsys, **options):
    fit(by_hand(), X, y, epochs=2, batch_size=50, **options)
    out, err = capsys.readouterr()
    assert out == ""
    return err


def test_the_bar_is_quiet_where_nobody_watches(capsys):
    assert shown(capsys) == shown(capsys, progress=False) == ""


def test_the_bar_shows_batches_and_the_last_epoch(capsys, monkeypatch):
    monkeypatch.setenv("TQDM_MININTERVAL", "0")
    assert "6/6" in (err := shown(capsys, progress=True))
    assert "loss 0." in err and "accuracy 0." in err


@pytest.mark.parametrize("where", ["terminal", "notebook", "plain IPython"])
def test_the_bar_knows_where_it_is(capsys, monkeypatch, where):
    if where == "terminal":
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    else:
        shell = SimpleNamespace(kernel=object()) if where == "notebook" else SimpleNamespace()
        monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    assert bool(shown(capsys)) == (where != "plain IPython")
    assert shown(capsys, progress=False) == ""


# --------------------------------------------------------------------- measures


def with_dropout():
    return nn.Sequential(nn.Dropout(0.5, rng=0), by_graph())


def test_predict_switches_dropout_off_and_back():
    model, plain = with_dropout(), by_graph()
    np.testing.assert_array_equal(predict(model, X), predict(plain, X))
    assert model.training and model.modules[0].training
    model.eval()
    predict(model, X)
    assert not model.training and not model.modules[0].training


def test_predict_comes_back_from_an_error():
    model = with_dropout()
    with pytest.raises(ValueError):
        predict(model, X[:, :1])
    assert model.training and (Tensor([1.0], requires_grad=True) * 1).requires_grad


def test_validation_measures_without_dropout_while_training_uses_it():
    model = with_dropout()
    model.load_state_dict({f"1.{name}": w for name, w in by_graph(4).state_dict().items()})
    history = fit(model, X, y, epochs=1, validation=(X, y), schedule=lambda t: 0.0)
    still = fit(by_graph(4), X, y, epochs=1, schedule=lambda t: 0.0)
    assert history.validation_loss[0] == pytest.approx(still.loss[0], rel=1e-5)
    assert abs(history.loss[0] - still.loss[0]) > 1e-3


@both_ways
@pytest.mark.parametrize("N", [0, 1, 25, 37])
def test_predict_goes_in_batches(network, N):
    model = network()
    scores = predict(model, V[:N], batch_size=10)
    assert type(scores) is np.ndarray and scores.shape == (N, 2)
    np.testing.assert_allclose(scores, np.asarray(model(V[:N])), rtol=1e-5)


def test_predict_records_nothing():
    made = []

    class Spy(nn.Module):
        def forward(self, X):
            made.append(nn.Linear(2, 2)(X))
            return made[-1]

    predict(Spy(), X)
    assert not made[0].requires_grad


def test_accuracy():
    class Fixed(manual.Layer):
        def forward(self, X):
            return np.array([[2.0, 1, 0], [0, 0, 5], [1, 3, 2], [1, 0, 0]])[: len(X)]

    assert accuracy(Fixed(), np.zeros((4, 1)), [0, 2, 0, 0]) == 0.75
    with pytest.raises(ValueError, match=r"\(4, 1\).*expected \(4,\)"):
        accuracy(Fixed(), np.zeros((4, 1)), np.zeros((4, 1), int))


def test_confusion_matrix():
    true, predicted = [0, 0, 1, 2, 2, 2], [0, 1, 1, 2, 2, 0]
    expected = [[1, 1, 0], [0, 1, 0], [1, 0, 2]]
    assert confusion_matrix(true, predicted).tolist() == expected
    assert confusion_matrix(np.array(true), np.array(predicted)).dtype == np.int64
    assert confusion_matrix([1], [0]).tolist() == [[0, 0], [1, 0]]
    assert confusion_matrix([1], [0], num_classes=3).tolist() == [[0, 0, 0], [1, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize(
    "true, predicted, K, words",
    [
        ([0, 1], [0], None, r"\(2,\) and \(1,\); expected equal"),
        ([0, -1], [0, 0], None, "labels from -1 to 0; expected 0 to 0"),
        ([0, 0], [0, -1], 3, "labels from -1 to 0; expected 0 to 2"),
        ([0, 5], [0, 0], 3, "labels from 0 to 5; expected 0 to 2"),
        ([0.0, 1.0], [0, 0], 3, "labels of dtype float64; expected integers"),
    ],
)
def test_confusion_matrix_names_what_does_not_fit(true, predicted, K, words):
    with pytest.raises(ValueError, match=f"confusion_matrix got {words}"):
        confusion_matrix(true, predicted, K)


def test_history_in_words():
    history = History(loss=[1.0, 0.21349], accuracy=[0.5, 0.9372], validation_loss=[2.0, 0.25])
    assert history.summary() == "loss 0.2135, accuracy 0.9372, validation loss 0.2500"
    assert repr(history) == f"History(2 epochs: {history.summary()})"
    assert History().summary() == "" and History().epochs == 0


def test_a_run_says_how_far_it_is():
    run = training.Run(None, None, History(), epochs=4, batches_per_epoch=5, epoch=1, batch=3)
    assert run.progress == 0.4 and math.isnan(run.loss)

"""Training: one `fit` for networks with a hand-written backward pass and for those without.

`fit` is the loop that the chapters write out - forward, loss, backward, step - with what a long
run needs around it: validation, schedules, early stopping, a progress bar, and a stop with a
diagnosis when the loss is no longer a number.
"""

import math
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from . import functions as F
from . import manual, nn, optim
from .data import batches
from .tensor import Tensor, no_grad


class Diverged(FloatingPointError):
    """The loss became NaN or infinite. `.history` holds the run until then."""

    def __init__(self, message, history):
        super().__init__(message)
        self.history = history


@dataclass
class History:
    """What happened, one entry an epoch; `batch_loss` has one entry a batch.

    Accuracies are empty where the targets are not integer labels, the validation lists where no
    validation set was given. `stopped` says why a run ended before its last epoch.
    """

    loss: list = field(default_factory=list)
    accuracy: list = field(default_factory=list)
    validation_loss: list = field(default_factory=list)
    validation_accuracy: list = field(default_factory=list)
    lr: list = field(default_factory=list)
    seconds: list = field(default_factory=list)
    batch_loss: list = field(default_factory=list)
    stopped: str = ""

    @property
    def epochs(self):
        """How many epochs were finished."""
        return len(self.loss)

    def summary(self):
        """The last epoch in words, such as "loss 0.2135, accuracy 0.9372"."""
        shown = ("loss", "accuracy", "validation_loss", "validation_accuracy")
        last = [(name, getattr(self, name)[-1:]) for name in shown]
        return ", ".join(f"{name.replace('_', ' ')} {v[0]:.4f}" for name, v in last if v)

    def __repr__(self):
        return f"History({self.epochs} epochs: {self.summary()})"


@dataclass
class Run:
    """Where a run stands; `fit` hands it to `on_batch` and `on_epoch`."""

    model: object
    optimizer: object
    history: History
    epochs: int
    batches_per_epoch: int
    epoch: int = 0  # finished epochs
    batch: int = 0  # finished batches of this epoch
    loss: float = math.nan  # of the last batch

    @property
    def progress(self):
        """The part of the run that is done, 0 to 1."""
        done = self.epoch * self.batches_per_epoch + self.batch
        return done / (self.epochs * self.batches_per_epoch)


@dataclass
class EarlyStopping:
    """Stop when the validation loss has not improved for `patience` epochs in a row.

    min_delta: an improvement counts from here. restore_best: put the best weights back at the end.
    """

    patience: int = 5
    min_delta: float = 0.0
    restore_best: bool = True
    best: float = field(default=math.inf, init=False)
    best_epoch: int = field(default=0, init=False)
    best_state: dict = field(default=None, init=False, repr=False)

    def update(self, run):
        """Look at the epoch that just ended; keep its weights or, in time, ask to stop."""
        if run.epoch == 1:  # a new run starts from nothing
            self.best, self.best_epoch, self.best_state = math.inf, 0, None
        loss = run.history.validation_loss[-1]
        if loss < self.best - self.min_delta:
            self.best, self.best_epoch = loss, run.epoch
            self.best_state = run.model.state_dict()
        if run.epoch - self.best_epoch >= self.patience:
            run.history.stopped = f"no better validation loss since epoch {self.best_epoch}"

    def restore(self, model):
        """Put the best weights back, if wanted."""
        if self.restore_best and self.best_state:
            model.load_state_dict(self.best_state)


@dataclass
class Penalty:
    """l1 * sum |w| + l2 / 2 * sum w^2 over the weights; biases (one axis) are left out."""

    l1: float = 0.0
    l2: float = 0.0

    def forward(self, parameters):
        """The penalty, one number."""
        weights = [p.data for p in parameters if p.data.ndim > 1]
        return float(sum(F.l1_penalty(W, self.l1) + F.l2_penalty(W, self.l2) for W in weights))

    def backward(self, parameters):
        """Add the penalty's gradient to each weight's `.grad`."""
        for p in parameters:
            if p.data.ndim > 1:
                gradient = F.l1_penalty_grad(p.data, self.l1) + F.l2_penalty_grad(p.data, self.l2)
                p.grad = gradient if p.grad is None else p.grad + gradient


def fit(model, X, y, *, progress=None, on_batch=None, on_epoch=None, **options):
    """Train `model` on X and y; return the History. Same seeds, same result.

    options: those of `steps`: epochs, batch_size, optimizer, criterion, validation, schedule,
        early_stopping, penalty, augment, rng.
    progress: True or False shows or hides the bar; None shows it on a terminal or in a notebook.
    on_batch, on_epoch: called with the Run after each; returning True stops training.
    """
    with _bar(progress) as bar:
        for run in steps(model, X, y, **options):
            bar.show(run)
            if on_batch and on_batch(run):
                run.history.stopped = "on_batch asked to stop"
            if run.batch == 0 and on_epoch and on_epoch(run):
                run.history.stopped = "on_epoch asked to stop"
    return run.history


def steps(
    model,
    X,
    y,
    *,
    epochs=10,
    batch_size=100,
    optimizer=None,
    criterion=None,
    validation=None,
    schedule=None,
    early_stopping=None,
    penalty=None,
    augment=None,
    rng=None,
):
    """`fit` one batch at a time: yield the Run, always the same object, after every step.

    model: a network of `manual` or of `nn`. X: (N, D). y: (N,) integer labels, or real targets.
    optimizer: default SGD(lr=0.1, momentum=0.9). criterion: loss of (scores, y); default softmax
        cross-entropy for integer labels, else mean squared error.
    validation: (X, y) to measure after each epoch. schedule: maps progress 0..1 to a factor on the
        optimiser's lr (see `optim`). early_stopping: an EarlyStopping; needs validation.
    penalty: a Penalty. augment: called as augment(X_batch, rng), returns the batch to learn from.
    rng: a Generator, a seed or None; orders the batches and feeds `augment`.

    Whoever sets `run.history.stopped` to a reason ends the run; however it ends, the optimiser's lr
    and the best weights are put back. Raises Diverged when the loss is no longer a finite number,
    and ValueError for settings or data that do not fit together.
    """
    if epochs < 1:
        raise ValueError(f"fit got epochs={epochs}; expected 1 or more")
    if early_stopping and validation is None:
        raise ValueError("fit got early_stopping without validation=(X, y); expected both")
    classes = _are_labels(y)
    learn = _learn_by_hand if isinstance(model, manual.Layer) else _learn_by_graph
    criterion = criterion or _usual_criterion(model, classes)
    optimizer = optimizer or optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    lr, rng = optimizer.lr, np.random.default_rng(rng)
    loader = batches(X, y, batch_size, rng=rng)
    run = Run(model, optimizer, History(), epochs, len(loader))
    try:
        while run.epoch < epochs and not run.history.stopped:
            started, total, hits = time.perf_counter(), 0.0, 0
            for X_batch, y_batch in loader:
                if schedule:
                    optimizer.lr = lr * schedule(run.progress)
                if augment:
                    X_batch = augment(X_batch, rng)
                optimizer.zero_grad()
                scores, run.loss = learn(model, criterion, X_batch, y_batch)
                if penalty:
                    run.loss += penalty.forward(optimizer.params)
                    penalty.backward(optimizer.params)
                if not math.isfinite(run.loss):
                    raise Diverged(_diagnosis(run, lr, X, y, X_batch), run.history)
                optimizer.step()

                run.history.batch_loss.append(run.loss)
                total += run.loss * len(y_batch)
                if classes:
                    hits += np.count_nonzero(scores.argmax(axis=1) == y_batch)
                run.batch += 1
                if run.batch == len(loader):
                    run.epoch, run.batch = run.epoch + 1, 0
                    run.history.loss.append(total / len(y))
                    run.history.accuracy += [hits / len(y)] * classes
                    run.history.lr.append(optimizer.lr)
                    if validation:
                        _validate(run, criterion, *validation)
                    run.history.seconds.append(time.perf_counter() - started)
                    if early_stopping:
                        early_stopping.update(run)
                yield run
                if run.history.stopped:
                    break
    finally:
        optimizer.lr = lr
        if early_stopping:
            early_stopping.restore(model)


def _learn_by_hand(model, criterion, X, y):
    scores = model.forward(X)
    loss = criterion.forward(scores, y)
    model.backward(criterion.backward())
    return scores, loss


def _learn_by_graph(model, criterion, X, y):
    scores = model(X)
    loss = criterion(scores, y)
    loss.backward()
    return scores.data, loss.item()


def _usual_criterion(model, classes):
    if isinstance(model, manual.Layer):
        return manual.SoftmaxCrossEntropy() if classes else manual.MSE()
    return nn.cross_entropy if classes else nn.mse_loss


def _are_labels(y):
    """Integers in one row are labels; in a column, or real, they are targets."""
    y = np.asarray(y)
    return y.ndim == 1 and y.dtype.kind in "iu"


def _validate(run, criterion, X, y):
    scores = predict(run.model, X)
    if isinstance(run.model, manual.Layer):
        loss = criterion.forward(scores, y)
    else:
        loss = criterion(Tensor(scores), y)
    run.history.validation_loss.append(float(loss))
    if _are_labels(y):
        run.history.validation_accuracy.append(float(np.mean(scores.argmax(axis=1) == y)))


# ---------------------------------------------------------------------- measures


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


# ------------------------------------------------------------------ around the loop


def _diagnosis(run, lr, *data):
    """Where the loss stopped being a number, and what to try."""
    where = (
        f"the loss became {run.loss} in epoch {run.epoch + 1}, batch {run.batch + 1} "
        f"of {run.batches_per_epoch}, at learning rate {run.optimizer.lr:g}"
    )
    if not all(np.isfinite(array).all() for array in data):
        return f"{where}. The data hold NaN or infinity: clean them first."
    spoilt = [n for n, p in run.model.named_parameters() if not np.isfinite(p.data).all()]
    seen = f"; {spoilt[0]} is not finite either" if spoilt else ""
    return (
        f"{where}{seen}. Try a smaller learning rate, such as {lr / 10:g}, a warm-up, "
        "or inputs scaled to about -1 to 1."
    )


class _bar:
    """A tqdm bar over a run, shown only where somebody can watch it."""

    def __init__(self, progress):
        self.wanted = sys.stderr.isatty() or _in_notebook() if progress is None else progress
        self.bar = None

    def __enter__(self):
        return self

    def show(self, run):
        if self.wanted and self.bar is None:
            from tqdm.auto import tqdm  # only here: the core needs nothing but NumPy

            self.bar = tqdm(total=run.epochs * run.batches_per_epoch, unit="batch", leave=False)
        if self.bar is not None:
            self.bar.update()
            if run.batch == 0:
                self.bar.set_postfix_str(run.history.summary())

    def __exit__(self, *error):
        if self.bar is not None:
            self.bar.close()


def _in_notebook():
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return getattr(shell, "kernel", None) is not None

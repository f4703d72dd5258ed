"""The loop itself: `steps`, one batch at a time, and `fit`, which runs it to the end."""

import math
import time

import numpy as np

from .. import manual, nn, optim
from ..data import batches
from ..tensor import Tensor
from .bar import Bar
from .checks import are_labels, check_targets, check_validation, diagnosis
from .history import Diverged, History, Run
from .measures import predict


def fit(model, X, y, *, progress=None, on_batch=None, on_epoch=None, **options):
    """Train `model` on X and y; return the History. Same seeds, same result.

    options: those of `steps`: epochs, batch_size, optimizer, criterion, validation, schedule,
        early_stopping, penalty, augment, rng.
    progress: True or False shows or hides the bar; None shows it on a terminal or in a notebook.
    on_batch, on_epoch: called with the Run after each; returning True stops training.
    """
    with Bar(progress) as bar:
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
    validation: (X, y) to measure after each epoch; both are looked at before the first step.
    schedule: maps progress 0..1 to a factor on the optimiser's lr (see `optim`).
    early_stopping: an EarlyStopping; needs validation.
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
    if criterion is None:
        check_targets(y)
    if validation is not None:
        check_validation(validation, X, y, like_X=augment is None, like_y=criterion is None)
    classes = are_labels(y)
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
                    raise Diverged(diagnosis(run, lr, X, y, X_batch), run.history)
                optimizer.step()

                run.history.batch_loss.append(run.loss)
                total += run.loss * len(y_batch)
                if classes:
                    hits += np.count_nonzero(scores.argmax(axis=1) == y_batch)
                run.batch += 1
                if run.batch == len(loader):
                    run.epoch, run.batch = run.epoch + 1, 0
                    run.history.loss.append(total / len(y))
                    if classes:
                        run.history.accuracy.append(hits / len(y))
                    run.history.lr.append(optimizer.lr)
                    if validation is not None:
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
    manual.backward_without_dX(model, criterion.backward())
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


def _validate(run, criterion, X, y):
    scores = predict(run.model, X)
    if isinstance(run.model, manual.Layer):
        loss = criterion.forward(scores, y)
    else:
        loss = criterion(Tensor(scores), y)
    run.history.validation_loss.append(float(loss))
    if are_labels(y):
        run.history.validation_accuracy.append(float(np.mean(scores.argmax(axis=1) == y)))

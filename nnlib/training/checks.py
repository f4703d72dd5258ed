"""What is looked at before the first step, and what is said when the loss is no longer a number."""

import numpy as np


def are_labels(y):
    """Integers in one row are labels; in a column, or real, they are targets."""
    y = np.asarray(y)
    return y.ndim == 1 and y.dtype.kind in "iu"


def check_targets(y, name="y"):
    """Raise ValueError for what the usual losses cannot use: words, objects, bools in a row."""
    y = np.asarray(y)
    if y.dtype.kind not in "iufb" or (y.dtype.kind == "b" and y.ndim == 1):
        raise ValueError(
            f"fit got {name} of dtype {y.dtype}; expected integer labels, as {name}.astype(int) "
            f"gives (for words np.unique({name}, return_inverse=True)[1]), or real targets"
        )


def check_validation(validation, X, y, like_X=True, like_y=True):
    """Raise ValueError unless it is a pair (X, y) of finite numbers that match the training data.

    like_X, like_y: whether the shapes of the samples and of the targets have to be the same.
    """
    if not isinstance(validation, tuple | list) or len(validation) != 2:
        plain = isinstance(validation, int | float | str)
        came = repr(validation) if plain else f"a {type(validation).__name__}"
        came += f" of {len(validation)}" if isinstance(validation, tuple | list) else ""
        raise ValueError(
            f"fit got validation={came}; expected a pair (X, y), samples and their labels. "
            "nnlib.data.train_validation_split(X, y, 0.1) sets a tenth of the data aside."
        )
    X, y = np.asarray(X), np.asarray(y)
    X_val, y_val = map(np.asarray, validation)
    if not X_val.ndim or y_val.shape[:1] != X_val.shape[:1] or not len(X_val):
        raise ValueError(
            f"fit got validation X of shape {X_val.shape} and y of shape {y_val.shape}; "
            "expected one label for each sample, and at least one"
        )
    if like_X and X_val.shape[1:] != X.shape[1:]:
        raise ValueError(
            f"fit got validation X of shape {X_val.shape}; expected {_rows(X)}, as in training"
        )
    if like_y:
        check_targets(y_val, "y_val")
    if (like_y and y_val.shape[1:] != y.shape[1:]) or (
        y_val.ndim == 1 and are_labels(y) and not are_labels(y_val)
    ):
        raise ValueError(
            f"fit got validation y of shape {y_val.shape} and dtype {y_val.dtype}; expected "
            f"{_rows(y)} and {y.dtype}, as in training. y_val.astype(int) makes labels of numbers."
        )
    for name, array in (("X", X_val), ("y", y_val)):
        if not _finite(array):
            raise ValueError(
                f"fit got validation {name} with NaN or infinity in it; expected numbers. "
                "Clean the data first."
            )


def _rows(array):
    """The shape in words: (N,) or (N, 784)."""
    return "(N," + ",".join(f" {n}" for n in array.shape[1:]) + ")"


def _finite(array):
    array = np.asarray(array)
    return array.dtype.kind not in "fc" or bool(np.isfinite(array).all())


def diagnosis(run, lr, *data):
    """Where the loss stopped being a number, and what to try."""
    where = (
        f"the loss became {run.loss} in epoch {run.epoch + 1}, batch {run.batch + 1} "
        f"of {run.batches_per_epoch}, at learning rate {run.optimizer.lr:g}"
    )
    if not all(map(_finite, data)):
        return f"{where}. The data hold NaN or infinity: clean them first."
    spoilt = [n for n, p in run.model.named_parameters() if not np.isfinite(p.data).all()]
    seen = f"; {spoilt[0]} is not finite either" if spoilt else ""
    return (
        f"{where}{seen}. Try a smaller learning rate, such as {lr / 10:g}, a warm-up, "
        "or inputs scaled to about -1 to 1."
    )

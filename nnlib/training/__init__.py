"""Training: one `fit` for networks with a hand-written backward pass and for those without.

`fit` is the loop that the chapters write out - forward, loss, backward, step - with what a long
run needs around it: validation, schedules, early stopping, a progress bar, and a stop with a
diagnosis when the loss is no longer a number.
"""

from .early_stopping import EarlyStopping
from .history import Diverged, History, Run
from .loop import fit, steps
from .measures import accuracy, confusion_matrix, evaluating, predict
from .penalty import Penalty

__all__ = [
    "Diverged",
    "EarlyStopping",
    "History",
    "Penalty",
    "Run",
    "accuracy",
    "confusion_matrix",
    "evaluating",
    "fit",
    "predict",
    "steps",
]

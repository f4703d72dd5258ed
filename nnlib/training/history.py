"""What a run of `fit` leaves behind, and where it stands while it goes on."""

import math
from dataclasses import dataclass, field


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

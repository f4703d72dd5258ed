"""Early stopping: enough epochs, once the validation loss no longer falls."""

import math
from dataclasses import dataclass, field


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
            run.history.stopped = (
                f"no better validation loss since epoch {self.best_epoch}"
                if self.best_epoch
                else f"no validation loss was a number: the last is {loss}"
            )

    def restore(self, model):
        """Put the best weights back, if wanted."""
        if self.restore_best and self.best_state:
            model.load_state_dict(self.best_state)

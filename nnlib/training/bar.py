"""A tqdm bar over a run, shown only where somebody can watch it."""

from ..screen import watched


class Bar:
    """Shows a run step by step; closed with the block it opens."""

    def __init__(self, progress):
        self.wanted = watched() if progress is None else progress
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

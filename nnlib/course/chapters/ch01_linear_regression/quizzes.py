"""The questions of chapter 1, asked before the answer is told."""

from nnlib.course.description import Option, Quiz

QUIZZES = (
    Quiz(
        id="column_minus_row",
        question="24 predictions of shape (24, 1), 24 targets of shape (24,). How many numbers "
        "does `predictions - targets` hold?",
        options=(
            Option("24", "It would, if both had shape (24,) or both (24, 1)."),
            Option(
                "576",
                "(24, 1) and (24,) are stretched to (24, 24): every prediction minus every "
                "target. The mean of their squares is a number that looks like a loss.",
                right=True,
            ),
            Option(
                "None, it stops with an error",
                "An error would be a kindness here. NumPy stretches any length of 1.",
            ),
        ),
    ),
    Quiz(
        id="rate_too_large",
        question="On Hubble's table gradient descent settles at a learning rate of 0.4. What do "
        "you expect at 0.6?",
        options=(
            Option(
                "It arrives sooner",
                "Up to a point, about 0.45 here, a larger step is faster. Past it the swings die "
                "down ever more slowly, and past 0.49 they grow.",
            ),
            Option(
                "It settles, at another slope",
                "The rate changes the path. There is only one lowest point, and the rate does not "
                "move it.",
            ),
            Option(
                "It swings across the valley, higher each time",
                "At 0.6 each step overshoots the floor of the valley and lands higher on the other "
                "side. Below a border, 0.49 for this table, it lands lower. Where the border "
                "comes from is worked out below.",
                right=True,
            ),
        ),
    ),
    Quiz(
        id="change_of_units",
        question="You give the distances in kiloparsecs, so every x is 1000 times larger. What "
        "becomes of gradient descent with the old learning rate?",
        options=(
            Option(
                "It diverges at once",
                "The slope must become 1000 times smaller, its gradient became 1000 times larger, "
                "and the curvature a million times. A rate that suits it is far too small for b. "
                "Better units cure both, as you will see.",
                right=True,
            ),
            Option(
                "Nothing: units do not change a line",
                "The best line is the same. The valley that leads to it is not.",
            ),
            Option(
                "It needs 1000 times as many steps",
                "It would be slow, not unstable, if x had become smaller.",
            ),
        ),
    ),
    Quiz(
        id="steps_in_an_epoch",
        question="24 samples, batches of 5. How many steps does one epoch take?",
        options=(
            Option("4", "Four batches hold 20 samples; the last 4 would never be seen."),
            Option("1", "That is full batch: all 24 samples in one step."),
            Option("24", "That is a batch size of 1: one sample a step."),
            Option(
                "5",
                "Four batches of 5 and one of 4. Each sample is seen once, and w has moved five "
                "times for the price of about one full gradient.",
                right=True,
            ),
        ),
    ),
)

"""The questions of chapter 0, asked before the answer is told."""

from nnlib.course.description import Option, Quiz

QUIZZES = (
    Quiz(
        id="which_product_runs",
        question="A and B both have shape (2, 3). Which of these stops with an error?",
        options=(
            Option("A * B", "Entry by entry needs equal shapes, and these are equal: (2, 3)."),
            Option(
                "A @ B",
                "Rows of A have 3 numbers, columns of B have 2: they cannot be dotted. The two "
                "inner numbers, (2, 3) and (2, 3), would have to agree.",
                right=True,
            ),
            Option("A @ B.T", "(2, 3) @ (3, 2) agrees inside and gives (2, 2)."),
            Option("A.T @ B", "(3, 2) @ (2, 3) agrees inside and gives (3, 3)."),
        ),
    ),
    Quiz(
        id="column_meets_row",
        question="A column of shape (4, 1) plus a vector of shape (3,). What comes out?",
        options=(
            Option(
                "An error",
                "It would be one if two lengths differed and neither was 1. A length of 1 is "
                "stretched.",
            ),
            Option(
                "Shape (4, 1)",
                "The vector would have to have length 1 for that. Here the column is stretched.",
            ),
            Option("Shape (7,)", "Joining end to end is `np.concatenate`. Plus adds numbers."),
            Option(
                "Shape (4, 3)",
                "Lined up from the right, (4, 1) and (3,) are stretched to (4, 3): every pair is "
                "added. Useful when you mean it, and no warning when you do not.",
                right=True,
            ),
        ),
    ),
    Quiz(
        id="steepest_direction",
        question="At some point the gradient is (3, 4). You may take one short step of length s "
        "in any direction. How much can f rise?",
        options=(
            Option(
                "About 5 s, along (0.6, 0.8)",
                "The rise is gradient . step. It is largest where the step points along the "
                "gradient, and then it is the gradient's length, 5, times s.",
                right=True,
            ),
            Option(
                "About 7 s, along (1, 1)",
                "The step (1, 1) is longer than 1. Scaled to length s it gives 7 s / 1.414, about "
                "4.95 s.",
            ),
            Option(
                "About 4 s, along (0, 1)",
                "Only the steeper coordinate moves there. Moving both, in the proportion 3 to 4, "
                "gives more.",
            ),
        ),
    ),
    Quiz(
        id="smaller_step",
        question="A centred difference with h = 1e-5 has an error of about 1e-10. You take "
        "h = 1e-13 instead. What becomes of the error?",
        options=(
            Option(
                "It shrinks to about 1e-26",
                "On paper the error falls with h^2. The computer stores 16 digits, and that is "
                "another error.",
            ),
            Option(
                "It stays the same",
                "Only at the bottom of the V does the error hardly change with h.",
            ),
            Option(
                "It grows a million times or more",
                "f(x + h) and f(x - h) now agree in about 13 of their 16 digits, so little is left "
                "of the difference. Its rounding error, about 1e-16, is divided by 2e-13.",
                right=True,
            ),
        ),
    ),
)

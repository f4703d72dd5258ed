"""What chapter 7 stands on, asked again before it begins."""

QUIZZES = "leaf_no_more", "shared_on_tape"
EXERCISE = "sgd_step"

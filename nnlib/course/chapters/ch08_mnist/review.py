"""What chapter 8 stands on, asked again before it begins."""

QUIZZES = "first_step_of_adam", "untrained_loss"
EXERCISE = "one_hot"

"""What chapter 6 stands on, asked again before it begins."""

QUIZZES = "what_linear_remembers", "two_backwards_no_reset"
EXERCISE = "relu_backward"

"""What chapter 4 stands on, asked again before it begins."""

QUIZZES = "all_weights_equal", "ten_sigmoids_deep"
EXERCISE = "leaky_relu_grad"

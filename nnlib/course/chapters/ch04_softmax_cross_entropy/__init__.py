"""Chapter 4, from scores to probabilities to a loss."""

TITLE = "Softmax and cross-entropy"
EXERCISES = (  # in the order of the notebook
    "softmax",
    "softmax_with_temperature",
    "one_hot",
    "log_softmax",
    "cross_entropy",
    "softmax_jacobian",
    "cross_entropy_grad",
    "softmax_regression_step",
)

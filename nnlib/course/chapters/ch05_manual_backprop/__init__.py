"""Chapter 5, backpropagation by hand."""

TITLE = "Backpropagation by hand"
EXERCISES = (  # in the order of the notebook
    "linear_backward",
    "sum_of_outer_products",
    "gradient_error",
    "relu_backward",
    "SoftmaxCrossEntropy",
    "l2_penalty_grad",
    "sgd_step",
    "Network",
)

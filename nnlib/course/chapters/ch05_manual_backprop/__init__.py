"""Chapter 5, backpropagation by hand."""

TITLE = "Backpropagation by hand"
EXERCISES = (  # in the order of the notebook
    "gradient_error",
    "linear_backward",
    "sum_of_outer_products",
    "two_layer_backward",
    "relu_backward",
    "SoftmaxCrossEntropy",
    "l2_penalty_grad",
    "sgd_step",
    "LinearLayer",
    "ReLULayer",
    "SigmoidLayer",
    "Network",
    "training_step",
)

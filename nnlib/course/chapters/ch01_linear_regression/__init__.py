"""Chapter 1, a straight line found by gradient descent."""

TITLE = "Linear regression"
EXERCISES = (  # in the order of the notebook
    "linear_model",
    "mse",
    "mse_of_columns",
    "regression_grad",
    "gradient_descent",
    "least_squares",
    "standardize",
    "sgd_epoch",
)

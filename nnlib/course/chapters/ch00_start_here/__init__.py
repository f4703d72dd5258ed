"""Chapter 0, the tools: products, shapes and gradients."""

TITLE = "Start here"
EXERCISES = (  # in the order of the notebook
    "dot",
    "matvec",
    "lp_norm",
    "two_products",
    "center_rows",
    "gradient_of_f",
    "squared_error_grad",
    "numerical_gradient",
)

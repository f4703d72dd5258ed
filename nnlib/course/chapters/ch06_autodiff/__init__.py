"""Chapter 6, an array that remembers how it was made."""

TITLE = "Automatic differentiation"
EXERCISES = (  # in the order of the notebook
    "Dual",
    "multiply",
    "divide",
    "primitive",
    "postorder",
    "backpropagate",
    "backward",
    "unbroadcast",
    "matmul",
    "exp",
    "relu",
    "Linear",
    "SGD",
)

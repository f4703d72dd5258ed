"""Chapter 6, an array that remembers how it was made."""

TITLE = "Automatic differentiation"
EXERCISES = (  # in the order of the notebook
    "Dual",
    "divide",
    "postorder",
    "backpropagate",
    "unbroadcast",
    "matmul",
    "Linear",
    "SGD",
)

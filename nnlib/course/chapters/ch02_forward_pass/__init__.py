"""Chapter 2, from one neuron to a network, forward only."""

TITLE = "The forward pass"
EXERCISES = (  # in the order of the notebook
    "neuron",
    "linear",
    "to_rows",
    "network_forward",
    "count_parameters",
    "collapse",
)

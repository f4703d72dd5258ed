"""Chapter 3, activations, their slopes and the first weights."""

TITLE = "Activations and initialisation"
EXERCISES = (  # in the order of the notebook
    "leaky_relu_grad",
    "sigmoid",
    "sigmoid_tanh_grad",
    "gelu_grad",
    "xor_network",
    "dead_units",
    "scale_by_depth",
    "glorot_uniform",
    "kaiming_normal",
)

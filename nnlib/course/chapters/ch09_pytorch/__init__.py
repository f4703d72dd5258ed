"""Chapter 9, the same network in PyTorch."""

TITLE = "The same network in PyTorch"
EXERCISES = (  # in the order of the notebook
    "torch_network",
    "translate_weights",
    "worst_difference",
    "loss_in_columns",
    "train_epoch",
    "accumulate_gradients",
    "parameter_groups",
    "Swish",
)

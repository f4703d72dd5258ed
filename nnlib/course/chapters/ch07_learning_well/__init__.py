"""Chapter 7, better steps, and less overfitting."""

TITLE = "Learning well"
EXERCISES = (  # in the order of the notebook
    "exponential_decay",
    "momentum_step",
    "adam_step",
    "warmup_cosine",
    "early_stopping",
    "penalised_gradient",
    "weight_decay_step",
    "dropout",
)

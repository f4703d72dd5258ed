"""Chapter 7, better steps, and less overfitting."""

TITLE = "Learning well"
EXERCISES = (  # in the order of the notebook
    "exponential_decay",
    "momentum_step",
    "Momentum",
    "adam_step",
    "Adam",
    "warmup_cosine",
    "train_by_schedule",
    "early_stopping",
    "penalised_gradient",
    "weight_decay_step",
    "dropout",
)

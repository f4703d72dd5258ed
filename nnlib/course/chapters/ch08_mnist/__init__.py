"""Chapter 8, MNIST from the bytes to your own handwriting."""

TITLE = "MNIST, all of it"
EXERCISES = (  # in the order of the notebook
    "idx_images",
    "minibatches",
    "train_network",
    "share_correct",
    "confusion_matrix",
    "hardest",
    "shift_images",
    "centre_of_mass",
)

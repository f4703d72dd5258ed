"""What several exercises of the chapter use: their inputs and their probes."""


def weights_and_gradient(rng):
    return rng.normal(size=(2, int(rng.integers(3, 5)), 3))

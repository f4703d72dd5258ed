"""A velocity sums past gradients, so steady slopes add up and zigzags cancel."""

import numpy as np

from nnlib.course.description import case, describe, region


def momentum_step(w, v, gradient, lr, momentum):
    """One step of gradient descent with momentum (Polyak, 1964); returns the new (w, v)."""
    v = momentum * v + gradient
    return w - lr * v, v


def moving_weights(rng):
    w, v, gradient = rng.normal(size=(3, int(rng.integers(3, 6))))
    return w, v, gradient, 0.3, 0.8


exercise = describe(
    momentum_step,
    title="A step with momentum",
    minutes=6,
    difficulty=1,
    cases=(
        case(
            np.array([1.0, 2, 3]),
            np.zeros(3),
            np.array([0.5, -1, 0]),
            0.1,
            0.9,
            about="at rest",
        ),
        case(
            np.array([1.0, 2, 3]),
            np.array([1.0, 0, -2]),
            np.zeros(3),
            0.1,
            0.9,
            about="no slope: it rolls on",
        ),
        case(
            np.array([[1.0, 2, 3]]),
            np.ones((1, 3)),
            np.array([[4.0, 0, -1]]),
            0.5,
            0.0,
            about="no momentum: plain descent",
        ),
    ),
    draw=moving_weights,
    regions=(
        region(
            """Right, where w is a vector. The weights of a layer are a matrix, and so are its
            velocity and its gradient.""",
            case(
                np.array([[1.0, 2, 3], [0, -1, 1]]),
                np.array([[0.5, 0, -1], [2, 1, 4]]),
                np.array([[4.0, 0, -1], [1, 3, -2]]),
                0.5,
                0.9,
            ),
        ),
    ),
    returns=("w", "v"),
    factors=lambda w, v, gradient, lr, momentum: {
        "the learning rate": lr,
        "the momentum": momentum,
        "1 - momentum": 1 - momentum,
    },
    terms=lambda w, v, gradient, lr, momentum: {
        "momentum * v": momentum * v,
        "the gradient": gradient,
        "lr * momentum * v": -lr * momentum * v,  # as they stand in w: subtracted
        "lr * gradient": -lr * gradient,
    },
    calls=("momentum_step(np.zeros(1), v, np.ones(1), 0.1, momentum=0.9)",),
    exempt={"whole numbers": "weights are fractions from their first step on"},
    hints=(
        "Two things change, in an order. Which velocity moves the weights: the old one or the "
        "new one?",
        "First the velocity: keep `momentum` times the old one and add the gradient. Then "
        "step against the new velocity.",
        "`v = momentum * v + gradient`, then `return w - lr * v, v`.",
    ),
)


@exercise.misconception(
    "steps by the old velocity",
    """The weights move by the velocity from before, so the gradient just measured acts one step
    late. Update v first, then step by the new v.""",
)
def momentum_by_the_old_velocity(w, v, gradient, lr, momentum):
    return w - lr * v, momentum * v + gradient


@exercise.misconception(
    "the average form",
    """Your gradient carries a factor 1 - momentum, which makes v a running average. That is how
    Adam does it. Here v is a sum, as in PyTorch, and reaches 1 / (1 - momentum) times a constant
    gradient.""",
)
def momentum_average(w, v, gradient, lr, momentum):
    v = momentum * v + (1 - momentum) * gradient
    return w - lr * v, v


@exercise.misconception(
    "the learning rate inside the velocity",
    """Your velocity already contains -lr, as in Sutskever et al. (2013). With one fixed rate both
    forms walk one path, but the v they keep differs. Here v is made of gradients, and lr is applied
    in the step.""",
)
def momentum_with_the_rate_inside(w, v, gradient, lr, momentum):
    v = momentum * v - lr * gradient
    return w + v, v


@exercise.misconception(
    "Nesterov's step",
    """You step by gradient + momentum * v, and v already contains the gradient. That is Nesterov's
    form, the next section's. Plain momentum steps by v itself.""",
)
def momentum_looking_ahead(w, v, gradient, lr, momentum):
    v = momentum * v + gradient
    return w - lr * (gradient + momentum * v), v


@exercise.misconception(
    "the new velocity is thrown away",
    """The weights are right, and the v you return is the old one. The next call would start from it
    again, and nothing would ever build up. Return the new v.""",
)
def momentum_forgotten(w, v, gradient, lr, momentum):
    return w - lr * (momentum * v + gradient), v

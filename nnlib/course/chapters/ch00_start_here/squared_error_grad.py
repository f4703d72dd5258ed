"""A weight's slope is its own input times the error: large inputs move their weights most."""

import numpy as np

from nnlib.course.description import case, describe, region


def squared_error_grad(w, x, y):
    """dL/dw of L = 1/2 (y - x.w)^2, one sample: (D,), (D,), a number -> (D,)"""
    prediction = x @ w
    return x * (prediction - y)


def weights_and_sample(rng):
    D = rng.integers(3, 6)
    return rng.normal(size=D), rng.normal(size=D), float(rng.normal())


exercise = describe(
    squared_error_grad,
    title="The chain rule on one squared error",
    minutes=6,
    difficulty=2,
    returns=("dL/dw",),
    cases=(
        case(np.array([1.0, 2]), np.array([3.0, 4]), 10.0, about="predicts 11, true is 10"),
        case(np.array([0.5]), np.array([-2.0]), 1.0, about="one weight"),
        case(np.array([1.0, 1, 1]), np.array([1.0, 2, 3]), 6.0, about="no error, no slope"),
    ),
    draw=weights_and_sample,
    regions=(
        region(
            """Near, and not exact: a difference to one side is off by a multiple of h, and the
            notebook compares to 8 digits. Take the slope by the rules, or step to both sides and
            divide by 2h.""",
            case(np.array([0.5, 0.25]), np.array([2.0, -4]), -0.0625),
            tolerance=3e-7,
        ),
    ),
    exempt={
        "single precision": "a difference quotient is right too, and needs more digits",
        "a list": "the cells below take a list as well",
    },
    hints=(
        "w moves the prediction, the prediction moves the error, the error moves L. What is "
        "the slope of each link?",
        "dL/dprediction = prediction - y: the half cancels the 2. dprediction/dw = x. "
        "Multiply the two.",
        "`x * (x @ w - y)`.",
    ),
)


@exercise.misconception(
    "sign turned round",
    """The sign is turned round. y - x.w holds a minus in front of w, and the chain rule brings it
    out: x (prediction - y). Try it: if the prediction is too high and x positive, a larger w makes
    L larger.""",
)
def error_grad_turned(w, x, y):
    return x * (y - x @ w)


@exercise.misconception(
    "inner derivative missing",
    """This is dL/dprediction, one number, and it is right. One link of the chain is left: the
    prediction x.w has the slope x along w. Multiply by x.""",
)
def error_grad_outer_only(w, x, y):
    return x @ w - y


@exercise.misconception(
    "the half forgotten",
    """Twice too large. The square brings down a 2, and the 1/2 in front of L cancels it.""",
)
def error_grad_with_two(w, x, y):
    return 2 * x * (x @ w - y)


@exercise.misconception(
    "multiplied by w",
    """You multiply the error by w. That is the slope along x. Along w, each weight counts as much
    as its own input: multiply by x.""",
)
def error_grad_times_w(w, x, y):
    return w * (x @ w - y)


@exercise.misconception(
    "prediction not added up",
    """`x * w` is a vector of products: each entry is compared with y by itself. The prediction is
    one number, their sum: `x @ w`.""",
)
def error_grad_products_apart(w, x, y):
    return x * (x * w - y)


@exercise.misconception(
    "the loss itself",
    """This is L, one number, and it is right. Asked for is how L changes with each weight: a slope
    for each, in the shape of w. Follow the chain: x (prediction - y).""",
)
def error_grad_loss_itself(w, x, y):
    return 0.5 * (y - x @ w) ** 2

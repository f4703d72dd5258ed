"""The questions of chapter 5, asked before the answer is told."""

from nnlib.course.description import Option, Quiz

QUIZZES = (
    Quiz(
        id="what_linear_remembers",
        question="On the way forward Z = X W + b is computed. Of X, Z and b, what must a linear "
        "layer keep for its backward pass?",
        options=(
            Option(
                "Z, because backward begins with dZ",
                "dZ arrives from above, computed by whoever used Z. No formula of this layer "
                "contains Z itself.",
            ),
            Option(
                "X",
                "dW = X^T dZ needs the inputs, dX = dZ W^T needs W, which the layer owns anyway, "
                "and db needs neither. This is why training takes more memory than predicting.",
                right=True,
            ),
            Option(
                "All three",
                "Then some formula would have to contain Z or b. Look at the three lines: none "
                "does.",
            ),
            Option(
                "Nothing",
                "The slope of x w along w is x: without the inputs nobody knows dW.",
            ),
        ),
    ),
    Quiz(
        id="price_of_numerical_gradients",
        question="The network [784, 64, 32, 10] has 52,650 parameters. A centred difference for "
        "every one takes how many forward passes? And backpropagation?",
        options=(
            Option(
                "105,300, and about the cost of three",
                "Two passes for each parameter. Backward does two products for each one of "
                "forward: one for dX, one for dW. The numerical gradient is for checking.",
                right=True,
            ),
            Option(
                "2, and 52,650",
                "The other way round: a difference moves one parameter at a time, and one backward "
                "pass gives all gradients.",
            ),
            Option(
                "52,650, and 52,650",
                "Backward does not go parameter by parameter. Each layer gives all its gradients "
                "in two matrix products.",
            ),
        ),
    ),
    Quiz(
        id="check_at_a_kink",
        question="A unit with ReLU has no bias. Its input 5 meets a weight of 0.0000008, its other "
        "inputs are 0. With the step 0.00001 a gradient check reports an error of 0.3 for this "
        "weight, below 0.0000001 for all others of the network. What happened?",
        options=(
            Option(
                "There is a bug in the backward pass",
                "A bug in a formula meets every entry that uses it, rarely just one. Check at "
                "another point before you search.",
            ),
            Option(
                "The network has not been trained yet",
                "A gradient can be checked at any weights, trained or not.",
            ),
            Option(
                "The step crossed the kink",
                "On one side of the step the unit is on, on the other it is off: the difference "
                "measures a mixture of two slopes. A smaller step, or another sample, and the "
                "error is gone.",
                right=True,
            ),
        ),
    ),
    Quiz(
        id="two_backwards_no_reset",
        question="You run forward and backward on the same batch twice and never call "
        "`zero_grad()`. What is in `.grad` now?",
        options=(
            Option(
                "The same as after the first time",
                "It would be, if backward replaced the gradients. It adds, so that several "
                "batches, or several uses of a weight, can share one step.",
            ),
            Option(
                "Twice the gradient",
                "Gradients add up until they are reset. A loop that forgets it steps along the "
                "sum of all batches it has ever seen.",
                right=True,
            ),
            Option(
                "Zero",
                "Only `zero_grad()` forgets them. Nothing else does.",
            ),
            Option(
                "The mean of the two",
                "Nobody divides. A sum of two batches is twice their mean.",
            ),
        ),
    ),
)

"""The questions of chapter 9, asked before the answer is told."""

from nnlib.course.description import Option, Quiz

QUIZZES = (
    Quiz(
        id="shape_of_their_weight",
        question="A PyTorch layer `torch.nn.Linear(784, 64)` takes 784 inputs to 64 outputs. What "
        "is the shape of its weight?",
        options=(
            Option(
                "(784, 64)",
                "That is ours: X @ W + b. Theirs is stored the other way, a row for each output.",
            ),
            Option(
                "(64, 784)",
                "They store a row for each output and compute X @ W.T + b. Samples still lie in "
                "rows.",
                right=True,
            ),
            Option(
                "(65, 784)",
                "The bias is an array of its own, (64,), not a row of the weight.",
            ),
        ),
    ),
    Quiz(
        id="which_loss_is_right",
        question="With the same weights and the same batch, in float32, our loss is 2.3136592 and "
        "theirs 2.3136594. What has happened?",
        options=(
            Option(
                "Both sums were rounded, in different orders",
                "A float32 holds about 7 digits. Adding the same numbers in another order rounds "
                "differently in the last one. In float64 both would agree to 15 or so.",
                right=True,
            ),
            Option(
                "One of the two has a bug",
                "A bug would most likely show in an earlier digit. To be sure, repeat it in "
                "float64: rounding shrinks half a billion times, a bug stays.",
            ),
            Option(
                "PyTorch computes more exactly",
                "Both use the same float32 numbers. Neither last digit is to be trusted.",
            ),
        ),
    ),
    Quiz(
        id="softmax_twice",
        question="A network of 10 classes ends in a Softmax layer, and its output goes to "
        "PyTorch's cross_entropy. How does the training go?",
        options=(
            Option(
                "It is the textbook way: probabilities, then cross-entropy",
                "On paper, yes. But this cross_entropy takes scores and applies softmax itself.",
            ),
            Option(
                "An error says that scores were expected",
                "Probabilities are numbers like any others. Nothing can notice.",
            ),
            Option(
                "It runs, and the loss never falls below 1.46",
                "Softmax is applied twice. The best it can see is a 1 and nine 0s: "
                "ln(1 + 9/e) = 1.46. It still learns, slowly, and looks stuck.",
                right=True,
            ),
        ),
    ),
    Quiz(
        id="decay_for_a_penalty",
        question="A paper adds lambda ||W||^2 to the loss, without the half. Which `weight_decay` "
        "gives plain SGD the same steps?",
        options=(
            Option(
                "lambda / 2",
                "weight_decay adds itself times W to the gradient. Take the derivative of "
                "lambda w^2 once more.",
            ),
            Option(
                "lambda",
                "That fits lambda/2 ||W||^2, whose gradient is lambda W. It is why the half is "
                "there.",
            ),
            Option(
                "2 lambda",
                "The gradient of lambda ||W||^2 is 2 lambda W, and weight_decay is whatever "
                "stands in front of W.",
                right=True,
            ),
        ),
    ),
)

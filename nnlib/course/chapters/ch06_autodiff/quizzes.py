"""The questions of chapter 6, asked before the answer is told."""

from nnlib.course.description import Option, Quiz

QUIZZES = (
    Quiz(
        id="which_mode",
        question="A program draws a curve of 10,000 points from 3 settings. You want to know how "
        "every point moves with every setting: 30,000 derivatives. Which mode?",
        options=(
            Option(
                "Reverse mode, as for networks",
                "One reverse pass answers for one output. Here it would take 10,000 of them.",
            ),
            Option(
                "Forward mode: 3 passes",
                "One forward pass answers for one input, whatever the number of outputs. A network "
                "is the opposite case: many weights, one loss.",
                right=True,
            ),
            Option(
                "It makes no difference",
                "Both give the same numbers. The number of passes is 3 against 10,000.",
            ),
            Option(
                "Finite differences, as there are so many points",
                "They take one pass for each setting as well, and one more to compare with; and "
                "they lose about half the digits.",
            ),
        ),
    ),
    Quiz(
        id="shared_on_tape",
        question="b = a + a and c = b + b, so c = 4 a. The tape of c is the tape of b, the tape of "
        "b again, and c's own entries. Run from its end, what does it say dc/da is?",
        options=(
            Option(
                "4",
                "That is the truth. It would come out if the entries of b were on the tape once.",
            ),
            Option(
                "2",
                "2 would mean that a use was not heard. Here every use is heard, and some twice.",
            ),
            Option(
                "8",
                "c sends 1 + 1 = 2 to b. Then b's entries run, sending 2 + 2 = 4 to a; and they "
                "stand on the tape a second time, sending 4 again.",
                right=True,
            ),
            Option(
                "16",
                "b's entries run twice, and each time they send 4 to a. (No number of doublings "
                "gives 16: one more, and the tape says 48 where 8 is true.)",
            ),
        ),
    ),
    Quiz(
        id="two_minus_x",
        question="Somebody saves a line and writes `__rsub__ = __sub__` in Tensor. x holds 5. What "
        "is `2 - x`?",
        options=(
            Option(
                "A Tensor of 3",
                "Python asks x for `__rsub__(2)`. As a copy of `__sub__` it computes x - 2. Value "
                "and gradient have their signs turned round, and nothing complains. The reflected "
                "form has to turn the arguments round instead.",
                right=True,
            ),
            Option(
                "A Tensor of -3",
                "It is, when `__rsub__(self, other)` computes other - self. A copy of `__sub__` "
                "computes self - other.",
            ),
            Option(
                "A TypeError",
                "It would be one without any `__rsub__`: a plain 2 does not know Tensors.",
            ),
        ),
    ),
    Quiz(
        id="leaf_no_more",
        question="A training loop says `W = W - 0.1 * W.grad`, with W a Tensor that requires a "
        "gradient. The first step is right. What happens in the second?",
        options=(
            Option(
                "The same again",
                "It would, if W were still the leaf that it was. Look at what `-` returns.",
            ),
            Option(
                "W.grad is None: nothing arrives",
                "`W - ...` is a result, with an edge to the old W. Gradients are collected at the "
                "leaves, so they go there. And each step makes the graph longer. Change `W.data` "
                "instead.",
                right=True,
            ),
            Option(
                "The gradient is twice as large",
                "Adding up happens when `.grad` is not reset. Here it is the W itself that has "
                "changed.",
            ),
        ),
    ),
)

"""The questions of chapter 3, asked before the answer is told."""

from nnlib.course.description import Option, Quiz

QUIZZES = (
    Quiz(
        id="ten_sigmoids_deep",
        question="A gradient goes back through ten sigmoids, one after another, and each "
        "multiplies it by its slope. At best, how much of it is left?",
        options=(
            Option(
                "All of it",
                "That would need a slope of 1. ReLU has it, for z > 0. Sigmoid never does.",
            ),
            Option(
                "About a fortieth",
                "That is 1/4 times 1/10. The slopes multiply; they do not add up.",
            ),
            Option(
                "About a millionth",
                "The steepest slope is 1/4, at z = 0, and (1/4)^10 is 0.00000095. Away from 0 it "
                "is less still. This is the vanishing gradient.",
                right=True,
            ),
        ),
    ),
    Quiz(
        id="dead_unit",
        question="One large step has set the bias of a ReLU unit in the first hidden layer to "
        "-50. Its score is now negative for every sample. What will gradient descent do about it?",
        options=(
            Option(
                "Nothing: the unit stays at 0",
                "For z < 0 the slope is 0, so no gradient reaches its weights or its bias, and "
                "they never move, and its inputs, the data, do not move either. A leaky ReLU would "
                "still feel a pull.",
                right=True,
            ),
            Option(
                "It raises the bias until the unit answers again",
                "That takes a gradient, and a slope of 0 multiplies whatever arrives by 0.",
            ),
            Option(
                "It makes the weights larger, to make up for it",
                "Its weights sit behind the same slope of 0 as its bias.",
            ),
        ),
    ),
    Quiz(
        id="all_weights_equal",
        question="All weights of a network with 64 hidden units start at 0.1, all biases at 0. "
        "After a thousand steps of training, how many different hidden units are there?",
        options=(
            Option(
                "64, training tells them apart",
                "What would tell them apart? They see the same inputs through the same weights, "
                "and get the same gradient.",
            ),
            Option(
                "1",
                "Equal units have equal outputs and equal gradients, and take equal steps. They "
                "stay copies of one unit for ever. Random weights break the symmetry.",
                right=True,
            ),
            Option(
                "10, one for each class",
                "The classes speak to every hidden unit through equal weights, so each unit hears "
                "the same mixture.",
            ),
            Option(
                "None, they all die",
                "They live and learn, as one: all weights 0 would stop them altogether.",
            ),
        ),
    ),
    Quiz(
        id="half_a_variance",
        question="Each ReLU layer of a badly started network halves the signal's mean square. How "
        "large is the root of it after 30 layers, if it began at 1?",
        options=(
            Option("About 0.03", "That is 1/30. Halving thirty times is much more than that."),
            Option(
                "About 0.000000001",
                "That is 2^-30, the mean square itself. Asked for is its root.",
            ),
            Option("0.5", "That is a single halving. Every layer does it again."),
            Option(
                "About 0.00003",
                "The mean square is 2^-30, its root 2^-15: a thirty-thousandth. A factor 2 in the "
                "variance of the weights, Kaiming's, prevents all of it.",
                right=True,
            ),
        ),
    ),
)

"""The questions of chapter 4, asked before the answer is told."""

from nnlib.course.description import Option, Quiz

QUIZZES = (
    Quiz(
        id="shift_invariance",
        question="The scores (1, 2, 3) give certain probabilities. What do (1001, 1002, 1003) "
        "give, on paper?",
        options=(
            Option(
                "Nearly everything on the last class",
                "Softmax looks at differences only. Between neighbours there is still 1.",
            ),
            Option(
                "The same probabilities",
                "e^1000 stands in the numerator and in the sum, and cancels. This is why the "
                "row's maximum may be subtracted before `exp`.",
                right=True,
            ),
            Option(
                "nan",
                "A computer that takes e^1003 does get nan. The mathematics does not mind.",
            ),
        ),
    ),
    Quiz(
        id="untrained_loss",
        question="A fresh classifier knows nothing and gives every one of 10 classes the same "
        "score. What is its cross-entropy?",
        options=(
            Option("0", "Zero means no surprise at all: probability 1 for the truth, every time."),
            Option("1", "It would be 1 if each true class got probability 1/e, about 0.37."),
            Option(
                "ln 10, about 2.303",
                "Each class gets p = 1/10, and -ln(1/10) = ln 10. A first loss far from this "
                "deserves a look before training begins.",
                right=True,
            ),
            Option("10", "Ten is the number of classes. The surprise is its logarithm."),
        ),
    ),
    Quiz(
        id="sure_and_wrong",
        question="The true class gets probability 0.99, then 0.5, then 0.01. How do the losses "
        "compare?",
        options=(
            Option(
                "About 0.01, 0.7 and 4.6",
                "-ln p: small when sure and right, large when sure and mistaken. The last sample "
                "pulls hardest on the weights.",
                right=True,
            ),
            Option(
                "0.01, 0.5 and 0.99",
                "That is 1 - p, a straight line. -ln p agrees with it near p = 1 and then climbs "
                "without bound.",
            ),
            Option(
                "All the same until the class changes",
                "That is the error rate. It does not notice confidence, and its gradient is zero.",
            ),
        ),
    ),
    Quiz(
        id="gradient_at_the_truth",
        question="P is (0.2, 0.7, 0.1) and the true class is the first. Which way does a step of "
        "gradient descent move the three scores?",
        options=(
            Option(
                "Up, down, down",
                "P - Y = (-0.8, 0.7, 0.1), and descent goes against it: the truth is pulled up "
                "by 0.8, the others pushed down by just as much together.",
                right=True,
            ),
            Option(
                "Up, and the others stay",
                "The others share the blame: each is pushed down in proportion to its probability.",
            ),
            Option(
                "Down, up, up",
                "That is the gradient itself, P - Y, with its sign. Descent steps against it.",
            ),
        ),
    ),
)

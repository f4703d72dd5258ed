"""The questions of chapter 7, asked before the answer is told."""

from nnlib.course.description import Option, Quiz

QUIZZES = (
    Quiz(
        id="four_times_the_batch",
        question="You make the batch four times as large. What happens to the noise of the "
        "gradient, measured as its typical distance from the full gradient?",
        options=(
            Option(
                "It falls to a quarter",
                "The squared distance does. The distance itself falls with the root of the batch.",
            ),
            Option(
                "It halves",
                "The variance of a mean of B samples is one sample's variance over B, so the "
                "typical distance goes with 1 over the root of B. Four times the work buys half "
                "the noise.",
                right=True,
            ),
            Option(
                "It stays the same",
                "It would if the samples' errors all pointed one way. They mostly cancel in the "
                "mean, and the more of them there are, the better.",
            ),
        ),
    ),
    Quiz(
        id="first_step_of_adam",
        question="You multiply the loss by 1000, so every gradient is 1000 times as large. What "
        "happens to Adam's first step?",
        options=(
            Option(
                "Nothing to speak of",
                "m and the root of s both grow by 1000, and their quotient stays. The first step "
                "has length lr along every weight, whatever the gradient's size.",
                right=True,
            ),
            Option(
                "It is 1000 times as long",
                "That is plain gradient descent. Adam divides by the gradient's own size.",
            ),
            Option(
                "It is 1000 times as short",
                "It would be if Adam divided by s, an average of squares. It divides by the "
                "root of s.",
            ),
        ),
    ),
    Quiz(
        id="which_penalty_gives_zeros",
        question="A weight is small, 0.001, and the data hardly care about it. Which penalty "
        "pulls it to 0 and holds it there?",
        options=(
            Option(
                "L2, for it punishes squares",
                "The pull of L2 is lambda w. It fades as w shrinks: at 0.001 hardly any is left.",
            ),
            Option(
                "Both do, in the same way",
                "Both pull towards 0. One pulls a small weight as hard as a large one; the other "
                "does not.",
            ),
            Option(
                "L1, for its pull does not fade",
                "The pull of L1 is lambda for every weight that is not 0. A weight must earn more "
                "than that from the data, or it goes to 0.",
                right=True,
            ),
        ),
    ),
    Quiz(
        id="which_data_decide",
        question="You tried 50 settings, kept the one with the best validation accuracy, 93 %, "
        "and now test it once. What do you expect?",
        options=(
            Option(
                "Somewhat less than 93 %",
                "The best of 50 is in part the luckiest of 50 on exactly these validation "
                "samples. The luck does not come along to new data. This is what the test set is "
                "kept for.",
                right=True,
            ),
            Option(
                "93 %, for the network has never learned from the validation set",
                "The weights have not. The choice among 50 has: it looked at the answers 50 times.",
            ),
            Option(
                "Somewhat more than 93 %",
                "That can happen by chance, but nothing pushes it that way. The choice "
                "pushes the validation number up, not the test's.",
            ),
        ),
    ),
)

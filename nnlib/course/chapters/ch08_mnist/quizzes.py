"""The questions of chapter 8, asked before the answer is told."""

from nnlib.course.description import Option, Quiz

QUIZZES = (
    Quiz(
        id="guessing_on_mnist",
        question="A program always answers 1, the most common digit. How many of 100 MNIST images "
        "does it read rightly?",
        options=(
            Option("None", "It is right whenever the image is a 1."),
            Option(
                "About 11",
                "The classes are nearly equally common; 1 has 6,742 of 60,000 images. Every "
                "accuracy you read about has to be compared with this one.",
                right=True,
            ),
            Option("About 50", "That would be so with two classes, or if half the images were 1s."),
        ),
    ),
    Quiz(
        id="batches_in_an_epoch",
        question="60,000 images, batches of 128, nothing thrown away. How many steps has an epoch?",
        options=(
            Option("468", "468 full batches are 59,904 images. The last 96 would never be seen."),
            Option(
                "469",
                "468 full batches, and one of the 96 images that are left.",
                right=True,
            ),
            Option("128", "That is the number of images in a batch."),
            Option("60,000", "That would be one image at a time, batches of 1."),
        ),
    ),
    Quiz(
        id="one_at_a_time",
        question="You train one image at a time instead of 100 at a time. One epoch is then 100 "
        "times as many steps. How much longer does it take?",
        options=(
            Option(
                "As long as before: the same multiplications are done",
                "Going forward and back they are the same. But each NumPy call costs about a "
                "microsecond before it computes anything, and there are 100 times as many calls.",
            ),
            Option(
                "Many times longer, but not 100 times",
                "Each step is cheaper, for it has 100 times less to multiply forward and back, "
                "but far from 100 times cheaper. What remains is the cost of calling NumPy at all, "
                "and of changing all the weights.",
                right=True,
            ),
            Option(
                "100 times longer",
                "Each step also has 100 times less to multiply, so it cannot cost the same.",
            ),
        ),
    ),
    Quiz(
        id="who_wrote_the_log",
        question="Loss before, and after each epoch: 289,371; 30,748; 27,350; 26,453; 26,032; and "
        "an overflow in the sigmoid's exponential. A multiplies by the sigmoid's slope on the way "
        "back, B forgets it. Who wrote the log?",
        options=(
            Option(
                "A: the loss falls from epoch to epoch",
                "A wrong gradient may bring the loss down as well, as long as it points roughly "
                "downhill. Look at the overflow: where would A's units have to be?",
            ),
            Option(
                "B: only there can a unit run so far out",
                "With the slope, a unit far out hardly moves any more. Without it nothing holds it "
                "back, until the exponential of -z overflows.",
                right=True,
            ),
            Option(
                "It cannot be known: both reach about 87 %",
                "The accuracy does not tell them apart, that is true. The loss after the first "
                "epoch and the overflow do.",
            ),
        ),
    ),
    Quiz(
        id="why_centre",
        question="Your drawn digit sits in a corner of the pad. The network, 98.5 % right on the "
        "test set, takes it for another. Why?",
        options=(
            Option(
                "It has learned too little", "On images like its own it is nearly always right."
            ),
            Option(
                "All its images were centred; to a linear layer a moved image is another image",
                "Each weight belongs to one pixel. Move the digit, and its ink meets weights that "
                "were trained on other strokes. MNIST's makers centred every digit by its ink.",
                right=True,
            ),
            Option(
                "Your handwriting is worse than theirs",
                "Perhaps. But move the same digit to the middle and try again.",
            ),
        ),
    ),
)

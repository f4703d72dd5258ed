"""The questions of chapter 2, asked before the answer is told."""

from nnlib.course.description import Option, Quiz

QUIZZES = (
    Quiz(
        id="shape_of_scores",
        question="32 images of 784 pixels pass through a layer of 64 neurons, Z = X W + b. Which "
        "shapes do W and Z have?",
        options=(
            Option(
                "W (784, 64), Z (32, 64)",
                "(32, 784) (784, 64): the inner sizes agree and vanish, the outer ones stay. A row "
                "for each image, a column for each neuron.",
                right=True,
            ),
            Option(
                "W (64, 784), Z (64, 32)",
                "That is the layout with samples in columns, Z = W X + b. Many texts use it.",
            ),
            Option(
                "W (32, 64), Z (784, 64)",
                "Then the weights would depend on how many images come at once. They depend on "
                "pixels and neurons.",
            ),
            Option(
                "W (784, 784), Z (32, 784)",
                "That layer would have 784 neurons.",
            ),
        ),
    ),
    Quiz(
        id="where_the_parameters_are",
        question="A network with layer sizes 784, 64, 32, 10 learns 52,650 numbers. Where are most "
        "of them?",
        options=(
            Option(
                "Spread evenly over the three layers",
                "That would need layers of equally many numbers. They have 50,240, 2,080 and 330.",
            ),
            Option(
                "In the last layer, where the decision is made",
                "The last layer has (32 + 1) 10 = 330.",
            ),
            Option(
                "In the first layer",
                "(784 + 1) 64 = 50,240, more than 95 % of all. Wide inputs are expensive.",
                right=True,
            ),
        ),
    ),
    Quiz(
        id="ten_linear_layers",
        question="Ten linear layers, 100 units each, with nothing between them. What can they "
        "compute that a single linear layer cannot?",
        options=(
            Option(
                "Curved boundaries, thanks to their depth",
                "Depth bends nothing by itself. What bends is the non-linearity between layers.",
            ),
            Option(
                "Nothing",
                "W1 W2 ... W10 is one matrix, and the biases fold into one vector. All those "
                "numbers draw straight lines.",
                right=True,
            ),
            Option(
                "More complicated functions, because they have more parameters",
                "Parameters count only where different values give different functions. Here "
                "endless choices give the same single layer.",
            ),
        ),
    ),
    Quiz(
        id="line_against_xor",
        question="XOR has four points: (0, 0) and (1, 1) are class 0, (0, 1) and (1, 0) are class "
        "1. How many can one straight line put on the right side?",
        options=(
            Option(
                "2",
                "A line through the middle does that. Move it: cutting off one corner does better.",
            ),
            Option(
                "4",
                "The two classes lie on the two diagonals, and these cross. The crossing point "
                "would have to be on both sides of the line.",
            ),
            Option(
                "3",
                "Cut off one corner and three points are right. The fourth never is: the diagonals "
                "cross, so no line can part them.",
                right=True,
            ),
        ),
    ),
)

"""Chapter 0, start here: the exercises and the questions."""

import numpy as np

from ...gradcheck import numerical_gradient
from ..exercise import Exercise, Misconception, Option, Quiz, case

CHAPTER = 0

# ------------------------------------------------- solutions the library does not hold elsewhere


def dot(u, v):
    """Multiply the numbers pair by pair and add up: (D,), (D,) -> one number."""
    return (u * v).sum()


def matvec(A, x):
    """Each row of A, dotted with x: (M, N), (N,) -> (M,)"""
    return (A * x).sum(axis=1)  # x is laid along every row


def lp_norm(x, p):
    """How long x is, (sum of |x_i|^p)^(1/p): p = 1 adds up the sizes, p = 2 is Euclid's length."""
    return (np.abs(x) ** p).sum() ** (1 / p)


def two_products(A, B):
    """The Hadamard product, entry by entry, and the matrix product, rows dotted with columns."""
    return A * B, A @ B


def center_rows(X):
    """Each row minus its own mean: (N, D) -> (N, D), every row adding up to 0."""
    return X - X.mean(axis=1, keepdims=True)


def gradient_of_f(w):
    """The gradient of f(w) = ln(w1 + w2) + w1^2 w2: (2,) -> (2,)"""
    w1, w2 = w
    return np.array([1 / (w1 + w2) + 2 * w1 * w2, 1 / (w1 + w2) + w1**2])


def squared_error_grad(w, x, y):
    """dL/dw of L = 1/2 (y - x.w)^2, one sample: (D,), (D,), a number -> (D,)"""
    prediction = x @ w
    return x * (prediction - y)


# ---------------------------------------------------------------------------------------- inputs


def two_vectors(rng):
    D = rng.integers(3, 7)
    return rng.normal(size=D), rng.normal(size=D)


def matrix_and_vector(rng):
    M, N = rng.integers(3, 5), int(rng.integers(5, 7))
    return rng.normal(size=(M, N)), rng.normal(size=N)


def vector_and_p(rng):
    return rng.normal(size=5) * 2, int(rng.integers(3, 6))


def two_squares(rng):
    return rng.normal(size=(3, 3)), rng.normal(size=(3, 3))


def table(rng):
    return (rng.normal(size=(rng.integers(3, 5), rng.integers(5, 7))) + 4,)


def weights_and_sample(rng):
    D = rng.integers(3, 6)
    return rng.normal(size=D), rng.normal(size=D), float(rng.normal())


def f(w):
    """ln(w1 + w2) + w1^2 w2"""
    return np.log(w[0] + w[1]) + w[0] ** 2 * w[1]


def cubes(w):
    """the sum of all w_i^3"""
    return np.sum(w**3)


def chain(w):
    """the sum of all w_i * w_(i+1)"""
    return np.sum(w[:-1] * w[1:])


def of_chain(rng):
    return chain, rng.normal(size=rng.integers(3, 6)) * 2, 0.01


# -------------------------------------------------------------------------------- misconceptions


def dot_not_added(u, v):
    return u * v


def dot_of_sums(u, v):
    return u.sum() * v.sum()


def dot_mean(u, v):
    return (u * v).mean()


def dot_all_pairs(u, v):
    return np.outer(u, v)


def matvec_down_columns(A, x):
    return (A * x).sum(axis=0)


def matvec_not_added(A, x):
    return A * x


def matvec_total(A, x):
    return (A * x).sum()


def matvec_transposed(A, x):
    return A.T @ x


def matvec_turned(A, x):
    return x @ A


def norm_without_sizes(x, p):
    return (x**p).sum() ** (1 / p)


def norm_without_root(x, p):
    return (np.abs(x) ** p).sum()


def norm_root_of_each(x, p):
    return ((np.abs(x) ** p) ** (1 / p)).sum()


def norm_divided(x, p):
    return (np.abs(x) ** p).sum() ** 1 / p


def norm_always_euclid(x, p):
    return np.sqrt((x**2).sum())


def norm_always_square_root(x, p):
    return np.sqrt((np.abs(x) ** p).sum())


def products_swapped(A, B):
    return A @ B, A * B


def products_both_hadamard(A, B):
    return A * B, np.multiply(A, B)


def products_both_matrix(A, B):
    return np.dot(A, B), A @ B


def products_other_order(A, B):
    return A * B, B @ A


def products_rows_with_rows(A, B):
    return A * B, A @ B.T


def products_hadamard_alone(A, B):
    return A * B


def products_matrix_alone(A, B):
    return A @ B


def center_without_keepdims(X):
    return X - X.mean(axis=1)


def center_columns(X):
    return X - X.mean(axis=0)


def center_everything(X):
    return X - X.mean()


def center_means_only(X):
    return X.mean(axis=1, keepdims=True)


def gradient_log_by_halves(w):
    w1, w2 = w
    return np.array([1 / w1 + 2 * w1 * w2, 1 / w2 + w1**2])


def gradient_without_log(w):
    w1, w2 = w
    return np.array([2 * w1 * w2, w1**2])


def gradient_swapped(w):
    return gradient_of_f(w)[::-1]


def gradient_total(w):
    return gradient_of_f(w).sum()


def gradient_factor_dropped(w):
    w1, w2 = w
    return np.array([1 / (w1 + w2) + 2 * w1, 1 / (w1 + w2) + w1**2])


def gradient_log_kept(w):
    w1, w2 = w
    return np.array([np.log(w1 + w2) + 2 * w1 * w2, np.log(w1 + w2) + w1**2])


def gradient_brackets_missing(w):
    w1, w2 = w
    return np.array([1 / w1 + w2 + 2 * w1 * w2, 1 / w1 + w2 + w1**2])


def gradient_caret(w):
    w1, w2 = w
    return np.array([1 / (w1 + w2) + 2 * w1 * w2, 1 / (w1 + w2) + w1 ^ 2])


def error_grad_turned(w, x, y):
    return x * (y - x @ w)


def error_grad_outer_only(w, x, y):
    return x @ w - y


def error_grad_with_two(w, x, y):
    return 2 * x * (x @ w - y)


def error_grad_times_w(w, x, y):
    return w * (x @ w - y)


def error_grad_products_apart(w, x, y):
    return x * (x * w - y)


def error_grad_loss_itself(w, x, y):
    return 0.5 * (y - x @ w) ** 2


def difference_forward(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        moved = x.copy()
        moved[i] += h
        gradient[i] = (f(moved) - f(x)) / h
    return gradient


def difference_over_one_step(f, x, h=1e-5):
    return 2 * numerical_gradient(f, x, h)


def difference_back_to_start(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        x[i] += h
        above = f(x)
        x[i] -= h
        gradient[i] = (above - f(x)) / (2 * h)
    return gradient


def difference_never_restored(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        gradient[i] = (above - f(x)) / (2 * h)
    return gradient


def difference_all_at_once(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


def difference_in_integers(f, x, h=1e-5):
    gradient = np.zeros(len(x))
    for i in range(len(x)):
        above, below = x.copy(), x.copy()
        above[i] += h
        below[i] -= h
        gradient[i] = (f(above) - f(below)) / (2 * h)
    return gradient


def difference_in_place_in_integers(f, x, h=1e-5):
    x, gradient = x.copy(), np.zeros(len(x))
    for i in range(len(x)):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        gradient[i] = (above - f(x)) / (2 * h)
        x[i] += h
    return gradient


def difference_without_brackets(f, x, h=1e-5):
    return numerical_gradient(f, x, h) * h * h


def difference_on_one_array(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        up = down = x
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient


def difference_returns_early(f, x, h=1e-5):
    gradient = np.zeros(len(x))
    gradient[0] = numerical_gradient(f, x, h)[0]
    return gradient


def difference_into_integers(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    gradient[:] = numerical_gradient(f, x, h)
    return gradient


# ------------------------------------------------------------------------------------- exercises

EXERCISES = (
    Exercise(
        id="dot",
        chapter=CHAPTER,
        title="The dot product, in ten seconds",
        minutes=1,
        difficulty=1,
        reference=dot,
        cases=(
            case(np.array([1.0, 2, 3]), np.array([4.0, 5, 6]), about="4 + 10 + 18"),
            case(np.array([1.0, 1, 2, 0]), np.array([2.0, -4, 1, 7]), about="a right angle: 0"),
        ),
        draw=two_vectors,
        hints=(
            "Two steps: multiply, then one more. What is still missing after `u * v`?",
            "`u * v` multiplies pair by pair and gives a vector. The dot product is one number: "
            "add the products up.",
            "`(u * v).sum()`, or `u @ v` for short.",
        ),
        misconceptions=(
            Misconception(
                "products not added up",
                "The pairs are multiplied, and nothing is added yet: you return a vector where "
                "one number was expected. Add the products up. `u @ v` does both steps at once.",
                dot_not_added,
            ),
            Misconception(
                "sums multiplied",
                "You add up each vector first and multiply the two sums. That pairs every number "
                "with every other. Multiply number by number first, then add.",
                dot_of_sums,
            ),
            Misconception(
                "mean instead of sum",
                "This is the mean of the products, D times too small for vectors of length D. The "
                "dot product is their sum.",
                dot_mean,
            ),
            Misconception(
                "all pairs",
                "This is the outer product, a table of all u_i v_j. The dot product takes only "
                "the pairs with i = j, the table's diagonal, and adds them up.",
                dot_all_pairs,
            ),
        ),
    ),
    Exercise(
        id="matvec",
        chapter=CHAPTER,
        title="A matrix times a vector",
        minutes=4,
        difficulty=1,
        reference=matvec,
        loops=False,
        cases=(
            case(np.array([[1.0, 2], [3, 4], [5, 6]]), np.array([10.0, 1]), about="three rows"),
            case(np.array([[1.0, 2], [3, 4]]), np.array([1.0, 0]), about="picks the first column"),
            case(np.array([[1.0, 2, 3]]), np.array([1.0, 1, 1]), about="a single row"),
        ),
        draw=matrix_and_vector,
        hints=(
            "A matrix with M rows asks M questions of x. How many numbers come back?",
            "Entry i of the result is the dot product of row i with x. `A * x` lays x along every "
            "row; what remains is a sum along each row.",
            "`(A * x).sum(axis=1)`, or `A @ x` for short.",
        ),
        misconceptions=(
            Misconception(
                "sums down the columns",
                "You add down the columns: N numbers come back where M were expected. Axis 0 runs "
                "down, axis 1 runs along a row. Each row gives one number, so sum along axis 1.",
                matvec_down_columns,
            ),
            Misconception(
                "products not added up",
                "`A * x` multiplies every row by x, entry by entry, and there it stops. Add up "
                "each row's products: one number a row.",
                matvec_not_added,
            ),
            Misconception(
                "one sum for everything",
                "You add up the whole table, so one number comes back. A matrix with M rows gives "
                "M numbers: tell `sum` which axis to run along.",
                matvec_total,
            ),
            Misconception(
                "matrix transposed",
                "`A.T @ x` dots the columns of A with x. With as many rows as columns it even "
                "runs. The rows are meant to meet x: leave out the `.T`.",
                matvec_transposed,
            ),
            Misconception(
                "x in front",
                "`x @ A` dots x with the columns of A. The rows are meant to meet x, so A stands "
                "in front: `A @ x`.",
                matvec_turned,
            ),
        ),
    ),
    Exercise(
        id="lp_norm",
        chapter=CHAPTER,
        title="The length of a vector, for any p",
        minutes=5,
        difficulty=2,
        reference=lp_norm,
        cases=(
            case(np.array([3.0, -4]), 2, about="Euclid's 3-4-5"),
            case(np.array([3.0, -4]), 1, about="the sum of sizes"),
            case(np.array([-2.0]), 3, about="one negative number, odd p"),
            case(np.zeros(3), 2, about="no length at all"),
        ),
        draw=vector_and_p,
        factors=lambda x, p: {"p": p},
        hints=(
            "Read the formula from the inside: size, power, sum, root. Which comes first in code?",
            "`np.abs(x) ** p`, then `.sum()`, then the p-th root, which is the power 1/p.",
            "`(np.abs(x) ** p).sum() ** (1 / p)`. The brackets around 1 / p matter.",
        ),
        misconceptions=(
            Misconception(
                "sizes not taken",
                "A negative number to an odd power stays negative and shortens the vector; it may "
                "even leave you a root of a negative number, nan. Take sizes first: `np.abs(x)`. "
                "For p = 2 the square hides this.",
                norm_without_sizes,
            ),
            Misconception(
                "root missing",
                "The sum of the powers is right, and the p-th root is missing. For p = 2 you have "
                "the squared length. Raise the sum to the power 1/p.",
                norm_without_root,
            ),
            Misconception(
                "root before the sum",
                "You take the p-th root of each power, which undoes it, so this is the sum of "
                "sizes for every p. Sum first, then take one root.",
                norm_root_of_each,
            ),
            Misconception(
                "a power before a fraction",
                "`s ** 1 / p` means (s ** 1) / p: Python takes powers before divisions. Write "
                "`s ** (1 / p)`.",
                norm_divided,
            ),
            Misconception(
                "always Euclid",
                "This is the Euclidean length whatever p is: right for p = 2, and p is not used "
                "otherwise. Put p where the 2 stands, and 1/p where the root is.",
                norm_always_euclid,
            ),
            Misconception(
                "always the square root",
                "The powers are right. The root is always the square root, which fits p = 2 only: "
                "for p = 3 it must be the cube root. Raise the sum to the power 1/p.",
                norm_always_square_root,
            ),
        ),
    ),
    Exercise(
        id="two_products",
        chapter=CHAPTER,
        title="Two products of two matrices",
        minutes=3,
        difficulty=1,
        reference=two_products,
        returns=("the Hadamard product", "the matrix product"),
        cases=(
            case(np.array([[1.0, 2], [3, 4]]), np.array([[0.0, 1], [1, 0]]), about="a swap"),
            case(np.array([[1.0, 2], [3, 4]]), np.eye(2), about="the identity matrix"),
        ),
        draw=two_squares,
        hints=(
            "NumPy has two signs for the two products. Which one did you use for two vectors?",
            "`*` works entry by entry. `@` dots every row of the left matrix with every column of "
            "the right one.",
            "`return A * B, A @ B`.",
        ),
        misconceptions=(
            Misconception(
                "the other way round",
                "Both products are there, in the opposite order. `*` is the Hadamard product and "
                "comes first here; `@` is the matrix product.",
                products_swapped,
            ),
            Misconception(
                "Hadamard twice",
                "Both are entry by entry: `np.multiply` is another name for `*`. The matrix "
                "product is `A @ B`.",
                products_both_hadamard,
            ),
            Misconception(
                "matrix product twice",
                "Both are the matrix product: for matrices `np.dot` is another name for `@`. Entry "
                "by entry is plain `A * B`.",
                products_both_matrix,
            ),
            Misconception(
                "B @ A",
                "The Hadamard product is right. The other is B @ A, and the order matters: rows "
                "are taken from the left matrix, columns from the right.",
                products_other_order,
            ),
            Misconception(
                "rows with rows",
                "You dot the rows of A with the rows of B; that is `A @ B.T`. In a matrix product "
                "the right matrix gives its columns: leave out the `.T`.",
                products_rows_with_rows,
            ),
            Misconception(
                "the Hadamard product alone",
                "This is the Hadamard product, and it is right. Two results were asked for: "
                "return it and the matrix product, with a comma between them.",
                products_hadamard_alone,
            ),
            Misconception(
                "the matrix product alone",
                "This is the matrix product, and it is right. Two results were asked for: return "
                "the Hadamard product and it, with a comma between them.",
                products_matrix_alone,
            ),
        ),
    ),
    Exercise(
        id="center_rows",
        chapter=CHAPTER,
        title="Bug clinic: broadcasting down when you meant along",
        minutes=6,
        difficulty=2,
        reference=center_rows,
        cases=(
            case(np.array([[1.0, 3], [10, 30]]), about="as many rows as columns"),
            case(np.array([[1.0, 2, 6]]), about="a single row"),
            case(np.array([[5.0, 5, 5], [0, 1, 2]]), about="a row of equal numbers"),
        ),
        draw=table,
        hints=(
            "Print the shape of `X.mean(axis=1)`. Against which side of X does NumPy line it up?",
            "Shapes are lined up from the right, so (N,) meets the columns. As a column (N, 1) it "
            "meets the rows. Which argument of `mean` keeps the axis?",
            "`X - X.mean(axis=1, keepdims=True)`.",
        ),
        misconceptions=(
            Misconception(
                "row means laid along the columns",
                "`X.mean(axis=1)` has shape (N,), and NumPy lines shapes up from the right: entry "
                "j is taken from column j. Only a square X lets this pass unseen. Keep the means "
                "as a column, (N, 1): `keepdims=True`.",
                center_without_keepdims,
            ),
            Misconception(
                "column means",
                "Your columns add up to 0; the rows should. `axis=0` runs down the rows and leaves "
                "a mean for each column. Take `axis=1`.",
                center_columns,
            ),
            Misconception(
                "one mean for everything",
                "You subtract the mean of the whole table. All numbers together add up to 0; each "
                "row by itself should. Give `mean` an axis.",
                center_everything,
            ),
            Misconception(
                "only the means",
                "These are the row means, one a row, in the right shape (N, 1). Subtract them "
                "from X.",
                center_means_only,
            ),
        ),
    ),
    Exercise(
        id="gradient_of_f",
        chapter=CHAPTER,
        title="A gradient on paper, then in code",
        minutes=6,
        difficulty=2,
        reference=gradient_of_f,
        cases=(
            case(np.array([1.0, 2]), about="the worked example, (4.3333, 1.3333)"),
            case(np.array([0.0, 1]), about="only the logarithm has a slope here"),
            case(np.array([3.0, -1]), about="a negative coordinate"),
        ),
        draw=lambda rng: (rng.uniform(0.5, 3, size=2),),
        terms=lambda w: {
            "1 / (w1 + w2)": np.full(2, 1 / (w[0] + w[1])),
            "of w1^2 w2": np.array([2 * w[0] * w[1], w[0] ** 2]),
        },
        hints=(
            "Two slopes: one with w2 held still, one with w1 held still. f is a sum of two terms, "
            "and so is each slope.",
            "d/du ln(u) = 1/u, and u = w1 + w2 grows by 1 with either. w1^2 w2 has the slope "
            "2 w1 w2 along w1, and w1^2 along w2.",
            "`w1, w2 = w`, then `np.array([1 / (w1 + w2) + 2 * w1 * w2, 1 / (w1 + w2) + w1**2])`.",
        ),
        misconceptions=(
            Misconception(
                "logarithm taken apart",
                "1/w1 and 1/w2 would belong to ln(w1) + ln(w2). Here the logarithm holds the sum: "
                "ln(w1 + w2) has the slope 1 / (w1 + w2) along both.",
                gradient_log_by_halves,
            ),
            Misconception(
                "logarithm left out",
                "The slopes of w1^2 w2 are right; those of the logarithm are missing. Add "
                "1 / (w1 + w2) to both entries.",
                gradient_without_log,
            ),
            Misconception(
                "partial derivatives swapped",
                "Both slopes are right and stand in each other's place. Entry 0 is the slope along "
                "w1, with w2 held still.",
                gradient_swapped,
            ),
            Misconception(
                "slopes added up",
                "You add the two slopes into one number. A gradient keeps them apart: one entry "
                "for each weight, in the shape of w.",
                gradient_total,
            ),
            Misconception(
                "constant factor dropped",
                "Entry 1 is right. Along w1, w2 is a constant, and a constant factor stays: "
                "w1^2 w2 has the slope 2 w1 w2, not 2 w1.",
                gradient_factor_dropped,
            ),
            Misconception(
                "logarithm not differentiated",
                "ln(w1 + w2) still stands in both slopes. The slope of ln(u) is 1/u: put 1 / (w1 "
                "+ w2) in its place.",
                gradient_log_kept,
            ),
            Misconception(
                "brackets missing",
                "`1 / w1 + w2` means (1 / w1) + w2: Python divides before it adds. Write `1 / (w1 "
                "+ w2)`.",
                gradient_brackets_missing,
            ),
            Misconception(
                "a caret for a power",
                "In Python `^` is not a power but an operation on the bits of integers, which "
                "fractions do not have. The square of w1 is `w1**2`.",
                gradient_caret,
            ),
        ),
    ),
    Exercise(
        id="squared_error_grad",
        chapter=CHAPTER,
        title="The chain rule on one squared error",
        minutes=6,
        difficulty=2,
        reference=squared_error_grad,
        returns=("dL/dw",),
        cases=(
            case(np.array([1.0, 2]), np.array([3.0, 4]), 10.0, about="predicts 11, true is 10"),
            case(np.array([0.5]), np.array([-2.0]), 1.0, about="one weight"),
            case(np.array([1.0, 1, 1]), np.array([1.0, 2, 3]), 6.0, about="no error, no slope"),
        ),
        draw=weights_and_sample,
        hints=(
            "w moves the prediction, the prediction moves the error, the error moves L. What is "
            "the slope of each link?",
            "dL/dprediction = prediction - y: the half cancels the 2. dprediction/dw = x. "
            "Multiply the two.",
            "`x * (x @ w - y)`.",
        ),
        misconceptions=(
            Misconception(
                "sign turned round",
                "The sign is turned round. y - x.w holds a minus in front of w, and the chain rule "
                "brings it out: x (prediction - y). Try it: if the prediction is too high and x "
                "positive, a larger w makes L larger.",
                error_grad_turned,
            ),
            Misconception(
                "inner derivative missing",
                "This is dL/dprediction, one number, and it is right. One link of the chain is "
                "left: the prediction x.w has the slope x along w. Multiply by x.",
                error_grad_outer_only,
            ),
            Misconception(
                "the half forgotten",
                "Twice too large. The square brings down a 2, and the 1/2 in front of L cancels "
                "it.",
                error_grad_with_two,
            ),
            Misconception(
                "multiplied by w",
                "You multiply the error by w. That is the slope along x. Along w, each weight "
                "counts as much as its own input: multiply by x.",
                error_grad_times_w,
            ),
            Misconception(
                "prediction not added up",
                "`x * w` is a vector of products: each entry is compared with y by itself. The "
                "prediction is one number, their sum: `x @ w`.",
                error_grad_products_apart,
            ),
            Misconception(
                "the loss itself",
                "This is L, one number, and it is right. Asked for is how L changes with each "
                "weight: a slope for each, in the shape of w. Follow the chain: x (prediction - "
                "y).",
                error_grad_loss_itself,
            ),
        ),
    ),
    Exercise(
        id="numerical_gradient",
        chapter=CHAPTER,
        title="The centred difference, judge of all gradients",
        minutes=10,
        difficulty=3,
        reference=numerical_gradient,
        tolerance=1e-6,
        cases=(
            case(f, np.array([1, 2]), about="the worked example, at integers"),
            case(cubes, np.array([1.0, -2]), 0.1, about="a large step, 0.1"),
            case(cubes, np.array([3.0]), 0.5, about="one weight, a step of 0.5"),
        ),
        draw=of_chain,
        factors=lambda f, x, h=1e-5: {"h": h},
        hints=(
            "One entry at a time: what has to be done to x before f is called, and what after?",
            "For each i: a copy of x with entry i raised by h, and another with it lowered by h. "
            "The rise of f between them, divided by 2h, is entry i.",
            "Begin with `x = np.array(x, dtype=float)`. In the loop: `up = x.copy(); up[i] += h`, "
            "the same for `down` with `-=`, then `gradient[i] = (f(up) - f(down)) / (2 * h)`.",
        ),
        misconceptions=(
            Misconception(
                "forward difference",
                "This is (f(x + h) - f(x)) / h. It comes near the slope, with an error of order h; "
                "the centred one has an error of order h^2. Step to both sides and divide by 2h.",
                difference_forward,
            ),
            Misconception(
                "divided by h",
                "Twice too large. From x - h to x + h the distance is 2h, and in Python it needs "
                "brackets: `/ (2 * h)`.",
                difference_over_one_step,
            ),
            Misconception(
                "second step ends at the start",
                "Half of the gradient: after `x[i] += h`, `x[i] -= h` leads back to x, not to "
                "x - h. The difference spans h only. Step down by 2h, or work on copies.",
                difference_back_to_start,
            ),
            Misconception(
                "entry not put back",
                "Entry 0 is right, the later ones are off: x[i] was left at x - h, and the next "
                "slope is measured from there. Put each entry back before the next, or step on a "
                "copy.",
                difference_never_restored,
            ),
            Misconception(
                "all entries at once",
                "`x + h` moves every entry at once, so one number comes back: the slopes added "
                "up. A gradient moves one entry at a time and leaves the others still.",
                difference_all_at_once,
            ),
            Misconception(
                "steps in an integer array",
                "x holds integers here, and an array of integers cuts off what does not fit: "
                "1.00001 becomes 1, and 0.99999 becomes 0. The steps are lost without a word. "
                "Begin with floats: `x = np.array(x, dtype=float)`.",
                difference_in_integers,
            ),
            Misconception(
                "gradient in an integer array",
                "`np.zeros_like(x)` takes over the integers of x, so your slopes are cut off: "
                "4.33 becomes 4. Make x a float array first, or use `np.zeros(len(x))`.",
                difference_into_integers,
            ),
            Misconception(
                "stepping in place on integers",
                "x holds integers here, and stepping on x itself cuts off what does not fit: "
                "`x[i] += h` leaves 1 at 1, `x[i] -= 2 * h` makes it 0. Begin with floats, in a "
                "new array: `x = np.array(x, dtype=float)`.",
                difference_in_place_in_integers,
            ),
            Misconception(
                "brackets missing",
                "`/ 2 * h` divides by 2 and then multiplies by h, so the result is far too small. "
                "Put the whole distance into brackets: `/ (2 * h)`.",
                difference_without_brackets,
            ),
            Misconception(
                "two names for one array",
                "`up = x` makes no copy, only a second name. Then the step up and the step down "
                "happen in one array, and the difference is 0. Write `up = x.copy()`, and the "
                "same for the other.",
                difference_on_one_array,
            ),
            Misconception(
                "returns inside the loop",
                "Entry 0 is right, and all later ones are still 0. Is `return` indented into the "
                "loop? It belongs after it.",
                difference_returns_early,
            ),
        ),
    ),
)

# ------------------------------------------------------------------------------------- questions

QUIZZES = (
    Quiz(
        id="which_product_runs",
        chapter=CHAPTER,
        question="A and B both have shape (2, 3). Which of these stops with an error?",
        options=(
            Option("A * B", "Entry by entry needs equal shapes, and these are equal: (2, 3)."),
            Option(
                "A @ B",
                "Rows of A have 3 numbers, columns of B have 2: they cannot be dotted. The two "
                "inner numbers, (2, 3) and (2, 3), would have to agree.",
                right=True,
            ),
            Option("A @ B.T", "(2, 3) @ (3, 2) agrees inside and gives (2, 2)."),
            Option("A.T @ B", "(3, 2) @ (2, 3) agrees inside and gives (3, 3)."),
        ),
    ),
    Quiz(
        id="column_meets_row",
        chapter=CHAPTER,
        question="A column of shape (4, 1) plus a vector of shape (3,). What comes out?",
        options=(
            Option(
                "An error",
                "It would be one if two lengths differed and neither was 1. A length of 1 is "
                "stretched.",
            ),
            Option(
                "Shape (4, 1)",
                "The vector would have to have length 1 for that. Here the column is stretched.",
            ),
            Option("Shape (7,)", "Joining end to end is `np.concatenate`. Plus adds numbers."),
            Option(
                "Shape (4, 3)",
                "Lined up from the right, (4, 1) and (3,) are stretched to (4, 3): every pair is "
                "added. Useful when you mean it, and no warning when you do not.",
                right=True,
            ),
        ),
    ),
    Quiz(
        id="steepest_direction",
        chapter=CHAPTER,
        question="At some point the gradient is (3, 4). You may take one short step of length s "
        "in any direction. How much can f rise?",
        options=(
            Option(
                "About 5 s, along (0.6, 0.8)",
                "The rise is gradient . step. It is largest where the step points along the "
                "gradient, and then it is the gradient's length, 5, times s.",
                right=True,
            ),
            Option(
                "About 7 s, along (1, 1)",
                "The step (1, 1) is longer than 1. Scaled to length s it gives 7 s / 1.414, about "
                "4.95 s.",
            ),
            Option(
                "About 4 s, along (0, 1)",
                "Only the steeper coordinate moves there. Moving both, in the proportion 3 to 4, "
                "gives more.",
            ),
        ),
    ),
    Quiz(
        id="smaller_step",
        chapter=CHAPTER,
        question="A centred difference with h = 1e-5 has an error of about 1e-10. You take "
        "h = 1e-13 instead. What becomes of the error?",
        options=(
            Option(
                "It shrinks to about 1e-26",
                "On paper the error falls with h^2. The computer stores 16 digits, and that is "
                "another error.",
            ),
            Option(
                "It stays the same",
                "Only at the bottom of the V does the error hardly change with h.",
            ),
            Option(
                "It grows a million times or more",
                "f(x + h) and f(x - h) now agree in about 13 of their 16 digits, so little is left "
                "of the difference. Its rounding error, about 1e-16, is divided by 2e-13.",
                right=True,
            ),
        ),
    ),
)

"""Chapter 7, learning well: steps, schedules, penalties, dropout and when to stop."""

import math

import numpy as np

from ...functions import l1_penalty_grad, l2_penalty_grad
from ..exercise import Exercise, Misconception, Option, Quiz, case

CHAPTER = 7

# ------------------------------------------------- solutions the library does not hold elsewhere


def exponential_decay(eta_0, rate, i):
    """The learning rate after i steps: eta_0 at the start, the same factor lost at every step."""
    return eta_0 * np.exp(-rate * i)


def momentum_step(w, v, gradient, lr, momentum):
    """One step of gradient descent with momentum (Polyak, 1964); returns the new (w, v)."""
    v = momentum * v + gradient
    return w - lr * v, v


def adam_step(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """Step number t = 1, 2, 3, ... of Adam (Kingma and Ba, 2015); returns the new (w, m, s)."""
    m = b1 * m + (1 - b1) * gradient
    s = b2 * s + (1 - b2) * gradient**2
    m_hat = m / (1 - b1**t)  # m and s began at zero: divide by the weight they have seen
    s_hat = s / (1 - b2**t)
    return w - lr * m_hat / (np.sqrt(s_hat) + eps), m, s


def warmup_cosine(t, warmup):
    """The factor on the learning rate when the part t of training is done, 0 <= t <= 1."""
    if t < warmup:
        return t / warmup
    past = (t - warmup) / (1 - warmup)  # 0 at the peak, 1 at the end
    return (1 + math.cos(math.pi * past)) / 2


def penalised_gradient(W, dW, l1, l2):
    """The gradient of loss + l1 * sum |w| + l2 / 2 * sum w^2, where dW is that of the loss."""
    return dW + l1_penalty_grad(W, l1) + l2_penalty_grad(W, l2)


def weight_decay_step(W, dW, lr, strength):
    """One step of gradient descent in which every weight also shrinks by one factor."""
    return W * (1 - lr * strength) - lr * dW


def dropout(A, dice, p, training):
    """Inverted dropout of activations A, by dice, uniform numbers in [0, 1) of the same shape.

    In training an element lives where dice >= p, and is divided by 1 - p (Srivastava et al., 2014).
    """
    if not training:
        return A
    return A * (dice >= p) / (1 - p)


def early_stopping(losses, patience):
    """(best epoch, last epoch), counted from 1, when training stops after `patience` epochs
    in a row without a new lowest validation loss."""
    best, best_epoch = losses[0], 1
    for epoch, loss in enumerate(losses, start=1):
        if loss < best:
            best, best_epoch = loss, epoch
        if epoch - best_epoch >= patience:
            break
    return best_epoch, epoch


# ---------------------------------------------------------------------------------------- inputs


def decay(rng):
    return float(rng.uniform(0.2, 0.9)), float(rng.uniform(0.1, 0.4)), np.arange(3.0, 8.0)


def moving_weights(rng):
    w, v, gradient = rng.normal(size=(3, int(rng.integers(3, 6))))
    return w, v, gradient, 0.3, 0.8


def adam_state(rng):
    w, m, s, gradient = rng.normal(size=(4, int(rng.integers(3, 6))))
    return w, m, s**2, gradient, int(rng.integers(2, 9)), 0.3, 0.7, 0.9, 0.05


def weights_and_gradient(rng):
    return rng.normal(size=(2, int(rng.integers(3, 5)), 3))


def activations(rng):
    shape = int(rng.integers(3, 5)), int(rng.integers(5, 7))
    return rng.normal(size=shape), rng.random(shape), float(rng.uniform(0.2, 0.45)), True


def validation_losses(rng):
    return rng.integers(1, 9, size=int(rng.integers(7, 12))).tolist(), int(rng.integers(2, 4))


# -------------------------------------------------------------------------------- misconceptions


def decay_growing(eta_0, rate, i):
    return eta_0 * np.exp(rate * i)


def decay_linear(eta_0, rate, i):
    return eta_0 - rate * i


def decay_harmonic(eta_0, rate, i):
    return eta_0 / (1 + rate * i)


def decay_geometric(eta_0, rate, i):
    return eta_0 * (1 - rate) ** i


def momentum_by_the_old_velocity(w, v, gradient, lr, momentum):
    return w - lr * v, momentum * v + gradient


def momentum_average(w, v, gradient, lr, momentum):
    v = momentum * v + (1 - momentum) * gradient
    return w - lr * v, v


def momentum_with_the_rate_inside(w, v, gradient, lr, momentum):
    v = momentum * v - lr * gradient
    return w + v, v


def momentum_looking_ahead(w, v, gradient, lr, momentum):
    v = momentum * v + gradient
    return w - lr * (gradient + momentum * v), v


def momentum_forgotten(w, v, gradient, lr, momentum):
    return w - lr * (momentum * v + gradient), v


def adam_uncorrected(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    m = b1 * m + (1 - b1) * gradient
    s = b2 * s + (1 - b2) * gradient**2
    return w - lr * m / (np.sqrt(s) + eps), m, s


def adam_counting_from_zero(w, m, s, gradient, t, *settings):
    return adam_step(w, m, s, gradient, t - 1, *settings)


def adam_one_step_ahead(w, m, s, gradient, t, *settings):
    return adam_step(w, m, s, gradient, t + 1, *settings)


def adam_storing_the_corrected(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    m = (b1 * m + (1 - b1) * gradient) / (1 - b1**t)
    s = (b2 * s + (1 - b2) * gradient**2) / (1 - b2**t)
    return w - lr * m / (np.sqrt(s) + eps), m, s


def adam_eps_under_the_root(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    m = b1 * m + (1 - b1) * gradient
    s = b2 * s + (1 - b2) * gradient**2
    return w - lr * m / (1 - b1**t) / np.sqrt(s / (1 - b2**t) + eps), m, s


def adam_without_the_root(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    m = b1 * m + (1 - b1) * gradient
    s = b2 * s + (1 - b2) * gradient**2
    return w - lr * m / (1 - b1**t) / (s / (1 - b2**t) + eps), m, s


def adam_without_the_square(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    m = b1 * m + (1 - b1) * gradient
    s = b2 * s + (1 - b2) * gradient
    return w - lr * m / (1 - b1**t) / (np.sqrt(s / (1 - b2**t)) + eps), m, s


def cosine_without_warmup(t, warmup):
    return (1 + math.cos(math.pi * t)) / 2


def cosine_not_restarted(t, warmup):
    return t / warmup if t < warmup else (1 + math.cos(math.pi * t)) / 2


def cosine_without_stretch(t, warmup):
    return t / warmup if t < warmup else (1 + math.cos(math.pi * (t - warmup))) / 2


def cosine_below_zero(t, warmup):
    return t / warmup if t < warmup else math.cos(math.pi * (t - warmup) / (1 - warmup))


def cosine_in_degrees(t, warmup):
    past = (t - warmup) / (1 - warmup)
    return t / warmup if t < warmup else (1 + math.cos(180 * past)) / 2


def penalty_without_its_half(W, dW, l1, l2):
    return dW + l1 * np.sign(W) + 2 * l2 * W


def penalty_by_magnitude(W, dW, l1, l2):
    return dW + l1 * np.abs(W) + l2 * W


def penalty_without_sign(W, dW, l1, l2):
    return dW + l1 + l2 * W


def penalty_divided_by_magnitude(W, dW, l1, l2):
    return dW + l1 * W / np.abs(W) + l2 * W


def penalty_of_the_loss(W, dW, l1, l2):
    return dW + l1 * np.sum(np.abs(W)) + l2 / 2 * np.sum(W**2)


def penalty_subtracted(W, dW, l1, l2):
    return dW - l1 * np.sign(W) - l2 * W


def decay_without_rate(W, dW, lr, strength):
    return W * (1 - strength) - lr * dW


def decay_of_the_step_too(W, dW, lr, strength):
    return (W - lr * dW) * (1 - lr * strength)


def decay_that_grows(W, dW, lr, strength):
    return W * (1 + lr * strength) - lr * dW


def decay_by_a_constant(W, dW, lr, strength):
    return W - lr * strength - lr * dW


def decay_of_the_gradient(W, dW, lr, strength):
    return W - lr * (1 - lr * strength) * dW


def dropout_not_scaled(A, dice, p, training):
    return A * (dice >= p) if training else A


def dropout_divided_by_p(A, dice, p, training):
    if not training:
        return A
    return A * (dice >= p) / p if p else A


def dropout_keeping_p(A, dice, p, training):
    return A * (dice < p) / (1 - p) if training else A


def dropout_left_on(A, dice, p, training):
    return A * (dice >= p) / (1 - p)


def dropout_scaled_at_test_time(A, dice, p, training):
    return A * (dice >= p) if training else A * (1 - p)


def dropout_the_other_way_round(A, dice, p, training):
    return A if training else A * (dice >= p) / (1 - p)


def dropout_of_small_activations(A, dice, p, training):
    return A * (p <= A) / (1 - p) if training else A


def stop_at_the_first_rise(losses, patience):
    for i in range(1, len(losses)):
        if losses[i] >= losses[i - 1]:
            return i, i + 1
    return len(losses), len(losses)


def stop_comparing_neighbours(losses, patience):
    best_epoch, rises = 1, 0
    for epoch in range(2, len(losses) + 1):
        if losses[epoch - 1] < losses[epoch - 2]:
            best_epoch, rises = epoch, 0
        else:
            rises += 1
        if rises >= patience:
            return best_epoch, epoch
    return best_epoch, len(losses)


def stop_counting_all_bad_epochs(losses, patience):
    best, best_epoch, bad = math.inf, 0, 0
    for epoch, loss in enumerate(losses, start=1):
        if loss < best:
            best, best_epoch = loss, epoch
        else:
            bad += 1
        if bad >= patience:
            return best_epoch, epoch
    return best_epoch, len(losses)


def stop_counting_from_zero(losses, patience):
    best_epoch, epoch = early_stopping(losses, patience)
    return best_epoch - 1, epoch - 1


def stop_one_epoch_late(losses, patience):
    return early_stopping(losses, patience + 1)


def stop_keeping_the_last(losses, patience):
    _, epoch = early_stopping(losses, patience)
    return epoch, epoch


def stop_never(losses, patience):
    return int(np.argmin(losses)) + 1, len(losses)


# ------------------------------------------------------------------------------------- exercises

EXERCISES = (
    Exercise(
        id="exponential_decay",
        chapter=CHAPTER,
        title="A learning rate that decays",
        minutes=3,
        difficulty=1,
        reference=exponential_decay,
        cases=(
            case(0.5, 0.1, 0, about="the first step"),
            case(0.5, 0.0, 7, about="no decay"),
            case(2.0, 0.1, np.array([0.0, 1, 10]), about="several steps at once"),
        ),
        draw=decay,
        returns=("the learning rate",),
        factors=lambda eta_0, rate, i: {"eta_0": eta_0, "the rate of decay": rate},
        hints=(
            "What must come out at i = 0, and what does the exponential give there?",
            "The exponent is minus `rate` times `i`. `np.exp` takes numbers and arrays.",
            "`eta_0 * np.exp(-rate * i)`.",
        ),
        misconceptions=(
            Misconception(
                "grows instead of decaying",
                "Your rate grows from step to step. The exponent lacks its minus sign: with "
                "e^(-rate i) every step multiplies by a number below 1.",
                decay_growing,
            ),
            Misconception(
                "falls in a line",
                "You take the same amount away at each step, so the rate becomes 0 and then "
                "negative, and descent turns into ascent. Exponential decay takes away the same "
                "share each time, and stays positive.",
                decay_linear,
            ),
            Misconception(
                "the 1/i schedule",
                "This is eta_0 / (1 + rate i), another honest schedule, used by Robbins and Monro "
                "in 1951. It starts alike and falls much more slowly later. Here the exponential "
                "is asked for.",
                decay_harmonic,
            ),
            Misconception(
                "a power of 1 - rate",
                "(1 - rate)^i is close to e^(-rate i) while the rate is tiny, since e^(-x) is "
                "about 1 - x. It is another number otherwise. Use `np.exp(-rate * i)`.",
                decay_geometric,
            ),
        ),
    ),
    Exercise(
        id="momentum_step",
        chapter=CHAPTER,
        title="A step with momentum",
        minutes=6,
        difficulty=1,
        reference=momentum_step,
        cases=(
            case(
                np.array([1.0, 2, 3]),
                np.zeros(3),
                np.array([0.5, -1, 0]),
                0.1,
                0.9,
                about="at rest",
            ),
            case(
                np.array([1.0, 2, 3]),
                np.array([1.0, 0, -2]),
                np.zeros(3),
                0.1,
                0.9,
                about="no slope: it rolls on",
            ),
            case(
                np.array([[1.0, 2, 3]]),
                np.ones((1, 3)),
                np.array([[4.0, 0, -1]]),
                0.5,
                0.0,
                about="no momentum: plain descent",
            ),
        ),
        draw=moving_weights,
        returns=("w", "v"),
        factors=lambda w, v, gradient, lr, momentum: {
            "the learning rate": lr,
            "the momentum": momentum,
            "1 - momentum": 1 - momentum,
        },
        terms=lambda w, v, gradient, lr, momentum: {
            "momentum * v": momentum * v,
            "the gradient": gradient,
            "lr * momentum * v": -lr * momentum * v,  # as they stand in w: subtracted
            "lr * gradient": -lr * gradient,
        },
        hints=(
            "Two things change, in an order. Which velocity moves the weights: the old one or the "
            "new one?",
            "First the velocity: keep `momentum` times the old one and add the gradient. Then "
            "step against the new velocity.",
            "`v = momentum * v + gradient`, then `return w - lr * v, v`.",
        ),
        misconceptions=(
            Misconception(
                "steps by the old velocity",
                "The weights move by the velocity from before, so the gradient just measured acts "
                "one step late. Update v first, then step by the new v.",
                momentum_by_the_old_velocity,
            ),
            Misconception(
                "the average form",
                "Your gradient carries a factor 1 - momentum, which makes v a running average. "
                "That is how Adam does it. Here v is a sum, as in PyTorch, and reaches "
                "1 / (1 - momentum) times a constant gradient.",
                momentum_average,
            ),
            Misconception(
                "the learning rate inside the velocity",
                "Your velocity already contains -lr, as in Sutskever et al. (2013). With one "
                "fixed rate both forms walk one path, but the v they keep differs. Here v is made "
                "of gradients, and lr is applied in the step.",
                momentum_with_the_rate_inside,
            ),
            Misconception(
                "Nesterov's step",
                "You step by gradient + momentum * v, and v already contains the gradient. That "
                "is Nesterov's form, the next section's. Plain momentum steps by v itself.",
                momentum_looking_ahead,
            ),
            Misconception(
                "the new velocity is thrown away",
                "The weights are right, and the v you return is the old one. The next call would "
                "start from it again, and nothing would ever build up. Return the new v.",
                momentum_forgotten,
            ),
        ),
    ),
    Exercise(
        id="adam_step",
        chapter=CHAPTER,
        title="A step of Adam",
        minutes=12,
        difficulty=3,
        reference=adam_step,
        cases=(
            case(
                np.array([1.0, 2, 3]),
                np.zeros(3),
                np.zeros(3),
                np.array([5.0, -0.01, 1]),
                1,
                about="the first step",
            ),
            case(
                np.array([0.0, 1]),
                np.zeros(2),
                np.zeros(2),
                np.array([0.0, 2]),
                1,
                0.1,
                about="a gradient of zero",
            ),
            case(
                np.array([0.0]),
                np.zeros(1),
                np.zeros(1),
                np.array([1e-8]),
                1,
                0.5,
                about="a gradient as small as eps",
            ),
            case(
                np.array([1.0, -1, 2]),
                np.array([0.5, 0.1, 0]),
                np.array([0.2, 0.3, 0.1]),
                np.array([1.0, -2, 0.5]),
                1000,
                0.1,
                about="the thousandth step",
            ),
        ),
        draw=adam_state,
        returns=("w", "m", "s"),
        factors=lambda w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8: {
            "the learning rate": lr,
            "1 - b1": 1 - b1,
            "1 - b2": 1 - b2,
            "1 - b1**t": 1 - b1**t,
            "1 - b2**t": 1 - b2**t,
        },
        hints=(
            "Four lines, in the order of the formulas: two running averages, two corrections. "
            "Which of these four numbers does the next step need again?",
            "Keep `m` and `s` as they are and return them. Only the step uses the corrected "
            "`m / (1 - b1**t)` and `s / (1 - b2**t)`. `eps` is added after the root.",
            "`m = b1 * m + (1 - b1) * gradient` and the same for `s` with `b2` and `gradient**2`; "
            "then `w - lr * m_hat / (np.sqrt(s_hat) + eps)`.",
        ),
        misconceptions=(
            Misconception(
                "no bias correction",
                "m and s begin at zero, so early on both are too small, and not by the same "
                "factor: your first step is (1 - b1) / sqrt(1 - b2), about 3 times too long. "
                "Divide m by 1 - b1^t and s by 1 - b2^t.",
                adam_uncorrected,
            ),
            Misconception(
                "the counter starts at 0",
                "Your correction uses t - 1. In the first step that is 1 - b^0 = 0, and the "
                "division gives inf or nan. t is already the number of this step: 1, 2, 3, ...",
                adam_counting_from_zero,
            ),
            Misconception(
                "the counter is one ahead",
                "Your correction uses t + 1, as if one more gradient had been seen. The first "
                "step is then about a quarter too short. t already counts this step; don't add 1.",
                adam_one_step_ahead,
            ),
            Misconception(
                "the corrected averages are stored",
                "You return the corrected m and s, and the next step would correct them again. "
                "The correction is for this step only: keep it under names of its own, such as "
                "`m_hat` and `s_hat`.",
                adam_storing_the_corrected,
            ),
            Misconception(
                "eps under the root",
                "Your eps is added before the square root. There 1e-8 acts like 1e-4, and "
                "parameters with small gradients hardly move. Add it to the root: "
                "`np.sqrt(s_hat) + eps`.",
                adam_eps_under_the_root,
            ),
            Misconception(
                "no square root",
                "You divide by s itself, an average of squares. A gradient ten times larger then "
                "gives a step ten times smaller. The root of s has the size of a gradient.",
                adam_without_the_root,
            ),
            Misconception(
                "s averages the gradient, not its square",
                "Your s averages the gradient itself, so it can be negative, and its root is nan. "
                "s measures size: average `gradient**2`.",
                adam_without_the_square,
            ),
        ),
    ),
    Exercise(
        id="warmup_cosine",
        chapter=CHAPTER,
        title="Warm up, then half a cosine",
        minutes=6,
        difficulty=2,
        reference=warmup_cosine,
        cases=(
            case(0.0, 0.1, about="the start"),
            case(0.05, 0.1, about="half of the warm-up"),
            case(0.1, 0.1, about="the peak"),
            case(0.6, 0.2, about="half-way down"),
            case(1.0, 0.2, about="the end"),
            case(0.0, 0.0, about="no warm-up at all"),
        ),
        draw=lambda rng: (float(rng.uniform(0.3, 0.95)), float(rng.uniform(0.05, 0.25))),
        returns=("the factor",),
        factors=lambda t, warmup: {"the warm-up": warmup, "1 - warmup": 1 - warmup},
        hints=(
            "There are two stretches. In which one is t, and how far through it?",
            "Rising: `t / warmup`. After that, `past = (t - warmup) / (1 - warmup)` runs from 0 "
            "to 1. The cosine of `pi * past` runs from 1 to -1; you need 1 to 0.",
            "`if t < warmup: return t / warmup`, else `(1 + math.cos(math.pi * past)) / 2`.",
        ),
        misconceptions=(
            Misconception(
                "no warm-up",
                "Your factor is 1 at the start. Warm-up begins at 0 and rises in a line, "
                "t / warmup, until t reaches `warmup`.",
                cosine_without_warmup,
            ),
            Misconception(
                "the cosine has already begun",
                "At the end of the warm-up your factor drops from 1 to a smaller number: the "
                "cosine runs on t, which is not 0 there. Let it run on "
                "(t - warmup) / (1 - warmup), which is.",
                cosine_not_restarted,
            ),
            Misconception(
                "the cosine does not reach its end",
                "Your cosine starts at the right place and is not finished at t = 1: it has only "
                "run over 1 - warmup. Divide t - warmup by 1 - warmup.",
                cosine_without_stretch,
            ),
            Misconception(
                "a factor below zero",
                "A cosine runs from 1 to -1, so your factor becomes negative half-way, and "
                "descent turns into ascent. Add 1 and halve: that runs from 1 to 0.",
                cosine_below_zero,
            ),
            Misconception(
                "an angle in degrees",
                "`math.cos` takes radians, so 180 is more than 28 turns. Half a turn is `math.pi`.",
                cosine_in_degrees,
            ),
        ),
    ),
    Exercise(
        id="early_stopping",
        chapter=CHAPTER,
        title="When to stop",
        minutes=8,
        difficulty=2,
        reference=early_stopping,
        cases=(
            case([5.0, 4, 3], 2, about="still improving"),
            case([3.0, 4, 5, 6], 2, about="worse from the start"),
            case([5.0, 3, 4, 2, 3, 3, 1], 2, about="the best comes after the stop"),
            case([5.0, 3, 3, 3, 1], 2, about="equal is no improvement"),
            case([5.0, 3, 4, 2, 5, 1, 4], 2, about="setbacks, but not in a row"),
            case([5.0, 1, 4, 3, 2], 2, about="better than yesterday, not than the best"),
            case([5.0, 4, 4], 1, about="no patience"),
            case([5.0], 3, about="a single epoch"),
        ),
        draw=validation_losses,
        returns=("best epoch", "last epoch"),
        loops=True,
        hints=(
            "What two things must you remember while you walk through the losses?",
            "Remember the lowest loss and its epoch. At each epoch: is this a new lowest? Then: "
            "how many epochs ago was the lowest?",
            "`if loss < best: best, best_epoch = loss, epoch`, then "
            "`if epoch - best_epoch >= patience: break`. "
            "Use `enumerate(losses, start=1)`.",
        ),
        misconceptions=(
            Misconception(
                "stops at the first rise",
                "You stop as soon as a loss is not below the one before. Validation losses jump "
                "up and down; that is what `patience` is for. Count the epochs since the best.",
                stop_at_the_first_rise,
            ),
            Misconception(
                "compares with the epoch before",
                "You compare each loss with its neighbour. A loss can fall from bad to less bad "
                "and still be far above the best. Keep the lowest loss so far and compare with it.",
                stop_comparing_neighbours,
            ),
            Misconception(
                "counts all bad epochs",
                "You count every epoch without a new best, and never start again. A new best "
                "makes good what went before: count only the epochs since then.",
                stop_counting_all_bad_epochs,
            ),
            Misconception(
                "counts from 0",
                "Both your numbers are one too small. Python counts from 0, people count epochs "
                "from 1: `enumerate(losses, start=1)`.",
                stop_counting_from_zero,
            ),
            Misconception(
                "stops one epoch late",
                "You wait one epoch longer than `patience` says. With a patience of 2 the second "
                "epoch without a new best is the last: `>=`, not `>`.",
                stop_one_epoch_late,
            ),
            Misconception(
                "keeps the last epoch",
                "You stop at the right time and name the last epoch as the best. Training went on "
                "for `patience` epochs after it; the weights to keep are those of the lowest loss.",
                stop_keeping_the_last,
            ),
            Misconception(
                "looks into the future",
                "You take the lowest loss of the whole list. Early stopping has to decide on the "
                "way: what comes after the stop is never computed.",
                stop_never,
            ),
        ),
    ),
    Exercise(
        id="penalised_gradient",
        chapter=CHAPTER,
        title="The gradient with L1 and L2",
        minutes=5,
        difficulty=2,
        reference=penalised_gradient,
        cases=(
            case(np.array([[3.0, -0.5], [0, 1], [0, -2]]), np.zeros((3, 2)), 0.1, 0.0, about="L1"),
            case(np.array([[3.0, -0.5, 0]]), np.zeros((1, 3)), 0.0, 0.1, about="L2"),
            case(np.array([[3.0, -0.5]]), np.array([[1.0, 2]]), 0.0, 0.0, about="no penalty"),
        ),
        draw=lambda rng: (*weights_and_gradient(rng), 0.3, 0.7),
        returns=("the gradient",),
        factors=lambda W, dW, l1, l2: {"l1": l1, "l2": l2},
        terms=lambda W, dW, l1, l2: {
            "dW": dW,
            "l2 * W": l2 * W,
            "l1 * sign(W)": l1 * np.sign(W),
        },
        hints=(
            "Differentiate each penalty by one weight. How does |w| change when w grows a little, "
            "for a positive w and for a negative one?",
            "The slope of |w| is the sign of w: `np.sign`, which gives 0 at 0. The half in the L2 "
            "penalty cancels the 2 of the square.",
            "`dW + l1 * np.sign(W) + l2 * W`.",
        ),
        misconceptions=(
            Misconception(
                "a factor 2 in L2",
                "Your L2 term is twice too large. The penalty is l2 / 2 times the sum of squares, "
                "and the half cancels the 2 from the square: l2 * W is left.",
                penalty_without_its_half,
            ),
            Misconception(
                "the absolute value in place of its slope",
                "You add l1 * |W|, the penalty itself. Its slope is 1 for positive weights and -1 "
                "for negative ones, whatever their size: `np.sign(W)`.",
                penalty_by_magnitude,
            ),
            Misconception(
                "L1 without the sign",
                "You add l1 to every element, so positive weights shrink and negative ones grow "
                "away from 0. The slope of |w| is -1 where w is negative: use `np.sign(W)`.",
                penalty_without_sign,
            ),
            Misconception(
                "zero divided by zero",
                "W / |W| is the sign, until a weight is exactly 0: 0 / 0 is nan, and it spreads "
                "through the network in one step. `np.sign` gives 0 there.",
                penalty_divided_by_magnitude,
            ),
            Misconception(
                "the penalty instead of its gradient",
                "You add the value of the penalty, one number, to every element. A gradient says "
                "how that number changes with each weight: l1 * sign(W) and l2 * W.",
                penalty_of_the_loss,
            ),
            Misconception(
                "the penalty is subtracted",
                "Your penalty has the opposite sign, so descent makes the weights larger. Both "
                "penalties are added to the loss, so both gradients are added to dW.",
                penalty_subtracted,
            ),
        ),
    ),
    Exercise(
        id="weight_decay_step",
        chapter=CHAPTER,
        title="A step with weight decay",
        minutes=4,
        difficulty=1,
        reference=weight_decay_step,
        cases=(
            case(np.array([[2.0, -4, 1]]), np.zeros((1, 3)), 0.1, 0.5, about="no gradient"),
            case(np.zeros((1, 3)), np.array([[1.0, -2, 3]]), 0.1, 0.5, about="weights of zero"),
            case(np.array([[2.0, -4]]), np.array([[1.0, 3]]), 0.1, 0.0, about="no decay"),
        ),
        draw=lambda rng: (*weights_and_gradient(rng), 0.3, 0.7),
        returns=("W",),
        factors=lambda W, dW, lr, strength: {
            "the learning rate": lr,
            "lambda": strength,
            "1 - lr * lambda": 1 - lr * strength,
        },
        terms=lambda W, dW, lr, strength: {
            "lr * dW": -lr * dW,  # as they stand in the step: subtracted
            "lr * lambda * W": -lr * strength * W,
            "lambda * W": -strength * W,
        },
        hints=(
            "Write the plain step with the gradient dW + strength * W. What can be taken out of "
            "the two terms with W?",
            "W - lr * strength * W is W times one factor. The gradient's own term stays as it is.",
            "`W * (1 - lr * strength) - lr * dW`.",
        ),
        misconceptions=(
            Misconception(
                "the decay lacks the learning rate",
                "You shrink by 1 - strength. In the derivation the penalty's gradient is "
                "multiplied by lr like any other: the factor is 1 - lr * strength.",
                decay_without_rate,
            ),
            Misconception(
                "the gradient's step is decayed too",
                "You shrink after the step, so the factor also falls on lr * dW. It belongs to "
                "the old W alone: W * (1 - lr * strength) - lr * dW.",
                decay_of_the_step_too,
            ),
            Misconception(
                "the weights grow",
                "Your factor is above 1: without a gradient the weights grow for ever. Decay "
                "shrinks them, 1 - lr * strength.",
                decay_that_grows,
            ),
            Misconception(
                "a constant is subtracted",
                "You subtract the same number from every weight, and negative weights move away "
                "from 0. The L2 gradient is strength * W: a large weight loses more.",
                decay_by_a_constant,
            ),
            Misconception(
                "the gradient decays instead of W",
                "Your factor 1 - lr * strength is on the gradient, which only makes a smaller "
                "learning rate. It belongs to W.",
                decay_of_the_gradient,
            ),
        ),
    ),
    Exercise(
        id="dropout",
        chapter=CHAPTER,
        title="Dropout, forward",
        minutes=6,
        difficulty=2,
        reference=dropout,
        cases=(
            case(
                np.array([[1.0, 2, 3, 4]]),
                np.array([[0.1, 0.25, 0.9, 0.3]]),
                0.25,
                True,
                about="one throw equals p",
            ),
            case(
                np.array([[1.0, 2, 3]]),
                np.array([[0.0, 0.5, 0.9]]),
                0.0,
                True,
                about="p = 0: all live",
            ),
            case(
                np.array([[1.0, 2, 3], [4, 5, 6]]),
                np.array([[0.1, 0.5, 0.9], [0.8, 0.2, 0.3]]),
                0.4,
                False,
                about="not training",
            ),
        ),
        draw=activations,
        returns=("the output",),
        factors=lambda A, dice, p, training: {"p": p, "1 - p": 1 - p},
        hints=(
            "When nobody trains, what should happen? And in training, what is the average of an "
            "element that lives with probability 1 - p?",
            "`dice >= p` is true where an element lives, and counts as 1 in a product. Divide by "
            "1 - p to keep the average what it was.",
            "`if not training: return A`, else `A * (dice >= p) / (1 - p)`.",
        ),
        misconceptions=(
            Misconception(
                "the survivors are not scaled",
                "You drop, and leave the rest as it is. The next layer then sees 1 - p of what it "
                "will see at test time, when nothing is dropped. Divide the survivors by 1 - p.",
                dropout_not_scaled,
            ),
            Misconception(
                "divided by p",
                "You divide by p, the share that is dropped. The share that lives is 1 - p: "
                "dividing by it keeps the average.",
                dropout_divided_by_p,
            ),
            Misconception(
                "p taken for the share that lives",
                "Your elements live where dice < p. Here p is the probability of being dropped, as "
                "in PyTorch: they live where dice >= p. The first paper used p the other way.",
                dropout_keeping_p,
            ),
            Misconception(
                "left on at test time",
                "You drop even when `training` is False. Then the same image gets another answer "
                "each time it is asked about. Outside training, return A as it is.",
                dropout_left_on,
            ),
            Misconception(
                "scaled at test time instead",
                "You scale by 1 - p at test time, as the paper of 2014 did. Inverted dropout "
                "divides in training instead, so that the finished network needs no change.",
                dropout_scaled_at_test_time,
            ),
            Misconception(
                "the switch is turned round",
                "You drop when `training` is False and leave everything alive when it is True. "
                "Turn the condition round.",
                dropout_the_other_way_round,
            ),
            Misconception(
                "the small activations are dropped",
                "You compare A with p, so the small activations die, always the same ones. Dropout "
                "does not look at the value: compare the dice with p.",
                dropout_of_small_activations,
            ),
        ),
    ),
)

# --------------------------------------------------------------------------------------- quizzes

QUIZZES = (
    Quiz(
        id="four_times_the_batch",
        chapter=CHAPTER,
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
        chapter=CHAPTER,
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
        chapter=CHAPTER,
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
        chapter=CHAPTER,
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

"""The same network, trained by everyone: one function for each contender.

`contender(task)` sets a network up from `task.weights` and returns `epoch()`, which trains once
over all images in a new random order, by batches, and returns the mean loss of its batches.
Everyone does the same: ReLU between the layers, softmax cross-entropy, plain SGD, float32, the
last batch smaller where it must be. Each is written as its own documentation would write it, in
the fastest of its usual ways.
"""

from typing import NamedTuple

import numpy as np


class Task(NamedTuple):
    images: np.ndarray  # (N, 784) float32
    labels: np.ndarray  # (N,) int64
    weights: list  # [(W (D_in, D_out), b (D_out,)), ...] float32
    batch_size: int
    lr: float = 0.1
    seed: int = 1

    def shuffled_rows(self, rng):
        """The row numbers of one epoch's batches."""
        order = rng.permutation(len(self.images))
        return [order[i : i + self.batch_size] for i in range(0, len(order), self.batch_size)]


def limit(task):
    """Only the matrix products that a step cannot do without, into arrays made beforehand."""
    N, X = task.batch_size, task.images
    W1, W2, W3 = (W for W, _ in task.weights)
    dW1, dW2, dW3 = (np.empty_like(W) for W, _ in task.weights)
    A1, A2, A3 = (np.zeros((N, len(b)), np.float32) for _, b in task.weights)
    batches = [X[i : i + N] for i in range(0, len(X), N)]

    def epoch():
        for x in batches:
            a1, a2, a3 = A1[: len(x)], A2[: len(x)], A3[: len(x)]
            np.matmul(x, W1, out=a1)
            np.matmul(a1, W2, out=a2)
            np.matmul(a2, W3, out=a3)
            np.matmul(a2.T, a3, out=dW3)
            np.matmul(a3, W3.T, out=a2)
            np.matmul(a1.T, a2, out=dW2)
            np.matmul(a2, W2.T, out=a1)
            np.matmul(x.T, a1, out=dW1)

    return epoch


def pytorch_limit(task):
    """The same products by PyTorch: on some processors its library has faster ones than NumPy's."""
    import torch

    torch.set_num_threads(THREADS)
    N, X = task.batch_size, torch.from_numpy(task.images)
    W1, W2, W3 = (torch.tensor(W) for W, _ in task.weights)
    dW1, dW2, dW3 = (torch.empty_like(W) for W in (W1, W2, W3))
    A1, A2, A3 = (torch.zeros(N, len(b)) for _, b in task.weights)

    def epoch():
        for x in X.split(N):
            a1, a2, a3 = A1[: len(x)], A2[: len(x)], A3[: len(x)]
            torch.mm(x, W1, out=a1)
            torch.mm(a1, W2, out=a2)
            torch.mm(a2, W3, out=a3)
            torch.mm(a2.T, a3, out=dW3)
            torch.mm(a3, W3.T, out=a2)
            torch.mm(a1.T, a2, out=dW2)
            torch.mm(a2, W2.T, out=a1)
            torch.mm(x.T, a1, out=dW1)

    return epoch


def jax_limit(task):
    """The same products by JAX, the eight of a step compiled together."""
    import jax
    import jax.numpy as jnp

    W1, W2, W3 = (jnp.array(W) for W, _ in task.weights)
    starts = range(0, len(task.images), task.batch_size)
    batches = [jnp.asarray(task.images[i : i + task.batch_size]) for i in starts]

    @jax.jit
    def products(x, W1, W2, W3):
        a1 = x @ W1
        a2 = a1 @ W2
        a3 = a2 @ W3
        da2 = a3 @ W3.T
        da1 = da2 @ W2.T
        return x.T @ da1, a1.T @ da2, a2.T @ a3

    def epoch():
        jax.block_until_ready([products(x, W1, W2, W3) for x in batches])

    return epoch


def hand_written(task):
    """NumPy as most people would write it."""
    X, y, lr = task.images, task.labels, task.lr
    (W1, b1), (W2, b2), (W3, b3) = ((W.copy(), b.copy()) for W, b in task.weights)
    rng = np.random.default_rng(task.seed)

    def epoch():
        losses = []
        for rows in task.shuffled_rows(rng):
            x, t, n = X[rows], y[rows], np.arange(len(rows))
            Z1 = x @ W1 + b1
            A1 = np.maximum(Z1, 0)
            Z2 = A1 @ W2 + b2
            A2 = np.maximum(Z2, 0)
            Z3 = A2 @ W3 + b3

            P = np.exp(Z3 - Z3.max(axis=1, keepdims=True))
            P /= P.sum(axis=1, keepdims=True)
            losses.append(-np.log(P[n, t]).mean())

            P[n, t] -= 1
            dZ3 = P / len(rows)
            dZ2 = dZ3 @ W3.T * (Z2 > 0)
            dZ1 = dZ2 @ W2.T * (Z1 > 0)
            gradients = (
                (W1, x.T @ dZ1),
                (b1, dZ1.sum(axis=0)),
                (W2, A1.T @ dZ2),
                (b2, dZ2.sum(axis=0)),
                (W3, A2.T @ dZ3),
                (b3, dZ3.sum(axis=0)),
            )
            for parameter, gradient in gradients:
                parameter -= lr * gradient
        return np.mean(losses)

    return epoch


def reused_buffers(task):
    """NumPy with every array made beforehand, and the quickest way to say each line."""
    X, y, lr = task.images, task.labels, np.float32(task.lr)
    weights = [(W.copy(), b.copy()) for W, b in task.weights]
    last = len(weights) - 1
    widths = [X.shape[1], *(len(b) for _, b in weights)]
    A = [np.empty((task.batch_size, d), np.float32) for d in widths]
    dA = [np.empty_like(a) for a in A]
    on = [np.empty(a.shape, bool) for a in A]
    zeros = [np.zeros(d, np.float32) for d in widths]  # faster than a scalar in np.maximum
    gradients = [(np.empty_like(W), np.empty_like(b)) for W, b in weights]
    ones, count = np.ones(task.batch_size, np.float32), np.arange(task.batch_size)
    rng = np.random.default_rng(task.seed)

    def epoch():
        losses = []
        for rows in task.shuffled_rows(rng):
            N, t = len(rows), y[rows]
            n = count[:N]
            a, da, positive = ([b[:N] for b in buffers] for buffers in (A, dA, on))
            X.take(rows, axis=0, out=a[0], mode="clip")  # the other modes copy once more
            for i, (W, b) in enumerate(weights):
                Z = np.matmul(a[i], W, out=a[i + 1])
                Z += b
                if i < last:
                    np.maximum(Z, zeros[i + 1], out=Z)

            Z -= Z.max(axis=1, keepdims=True)
            picked = Z[n, t].sum()
            E = np.exp(Z, out=Z)
            S = E.sum(axis=1, keepdims=True)
            losses.append((np.log(S).sum() - picked) / N)
            E /= S
            E[n, t] -= 1
            E /= N

            dZ = E
            for i in range(last, -1, -1):
                W, b = weights[i]
                dW, db = gradients[i]
                np.matmul(a[i].T, dZ, out=dW)
                np.matmul(ones[:N], dZ, out=db)
                if i:
                    dZ = np.matmul(dZ, W.T, out=da[i])
                    dZ *= np.greater(a[i], 0, out=positive[i])
            for pair, pair_gradients in zip(weights, gradients, strict=True):
                for parameter, gradient in zip(pair, pair_gradients, strict=True):
                    gradient *= lr
                    parameter -= gradient
        return np.mean(losses)

    return epoch


def nnlib_manual(task):
    """nnlib.manual: the backward pass of chapter 5, layer by layer."""
    from nnlib import data, manual, optim

    net = manual.MLP([len(task.weights[0][0]), *(len(b) for _, b in task.weights)])
    for parameter, array in zip(net.parameters(), _flat(task), strict=True):
        parameter.data[...] = array
    criterion = manual.SoftmaxCrossEntropy()
    optimizer = optim.SGD(net.parameters(), lr=task.lr)
    batches = data.batches(task.images, task.labels, task.batch_size, rng=task.seed)

    def epoch():
        losses = []
        for x, t in batches:
            optimizer.zero_grad()
            losses.append(criterion.forward(net.forward(x), t))
            net.backward(criterion.backward(), need_dX=False)
            optimizer.step()
        return np.mean(losses)

    return epoch


def nnlib_autodiff(task):
    """nnlib.nn: the network of chapter 6, whose gradients come from Tensor."""
    from nnlib import nn

    net, optimizer, batches = _nnlib(task)

    def step(x, t):
        optimizer.zero_grad()
        loss = nn.cross_entropy(net(x), t)
        loss.backward()
        optimizer.step()
        return loss.item()

    def epoch():
        return np.mean([step(x, t) for x, t in batches])

    return epoch


STUDENT = """
losses = []
for X_batch, y_batch in batches:
    optimizer.zero_grad()
    loss = nn.cross_entropy(net(X_batch), y_batch)
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
"""


def nnlib_student(task):
    """The loop of a notebook's cell: its names are global, and `loss`, with the whole graph behind
    it, lives until the next step has made its own."""
    from nnlib import nn

    cell = compile(STUDENT, "<a notebook's cell>", "exec")
    names = dict(zip(("net", "optimizer", "batches"), _nnlib(task), strict=True), nn=nn)

    def epoch():
        exec(cell, names)
        return np.mean(names["losses"])

    return epoch


def nnlib_fit(task):
    """training.fit, which also counts the hits of every batch and keeps a history."""
    from nnlib import training

    net, optimizer, _ = _nnlib(task)
    options = {"epochs": 1, "batch_size": task.batch_size, "optimizer": optimizer}
    rng = np.random.default_rng(task.seed)

    def epoch():
        history = training.fit(net, task.images, task.labels, rng=rng, progress=False, **options)
        return np.mean(history.batch_loss)

    return epoch


def _nnlib(task):
    """The network, the optimiser and the batches that nnlib's contenders share."""
    from nnlib import data, nn, optim

    parts = []
    for W, b in task.weights:
        parts += [nn.Linear(*W.shape), nn.ReLU()]
        parts[-2].weight.data[...] = W
        parts[-2].bias.data[...] = b
    net = nn.Sequential(*parts[:-1])
    optimizer = optim.SGD(net.parameters(), lr=task.lr)
    return net, optimizer, data.batches(task.images, task.labels, task.batch_size, rng=task.seed)


def pytorch(task):
    """PyTorch, eager."""
    import torch
    from torch import nn

    torch.set_num_threads(THREADS)
    torch.manual_seed(task.seed)
    X, y = torch.from_numpy(task.images), torch.from_numpy(task.labels)
    parts = []
    for W, b in task.weights:
        parts += [nn.Linear(*W.shape), nn.ReLU()]
        with torch.no_grad():
            parts[-2].weight.copy_(torch.from_numpy(W.T))
            parts[-2].bias.copy_(torch.from_numpy(b))
    net = nn.Sequential(*parts[:-1])
    optimizer = torch.optim.SGD(net.parameters(), lr=task.lr)  # foreach, fused: no faster here

    def epoch():
        losses = []
        for rows in torch.randperm(len(X)).split(task.batch_size):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(net(X[rows]), y[rows])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        return np.mean(losses)

    return epoch


def jax_step(task):
    """JAX, each step compiled: the usual way."""
    import jax

    X, y, weights, step = _jax(task)
    step = jax.jit(step, donate_argnums=0)
    rng = np.random.default_rng(task.seed)

    def epoch():
        nonlocal weights
        losses = []
        for rows in task.shuffled_rows(rng):
            weights, loss = step(weights, X, y, rows)
            losses.append(loss)  # not waited for: the next step can be sent already
        return np.mean(jax.block_until_ready(losses))

    return epoch


def jax_scan(task):
    """JAX, a whole epoch compiled into one loop; a last smaller batch is a step of its own."""
    import jax

    X, y, weights, step = _jax(task)
    last_step = jax.jit(step, donate_argnums=0)
    whole = len(task.images) // task.batch_size * task.batch_size
    rng = np.random.default_rng(task.seed)

    def scan(weights, X, y, rows):
        return jax.lax.scan(lambda weights, rows: step(weights, X, y, rows), weights, rows)

    scan = jax.jit(scan, donate_argnums=0)

    def epoch():
        nonlocal weights
        order = rng.permutation(len(task.images))
        weights, losses = scan(weights, X, y, order[:whole].reshape(-1, task.batch_size))
        losses = [*np.asarray(losses)]
        if whole < len(order):
            weights, loss = last_step(weights, X, y, order[whole:])
            losses.append(loss)
        return np.mean(jax.block_until_ready(losses))

    return epoch


def _jax(task):
    """Images, labels, weights and the step that both JAX contenders compile."""
    import jax
    import jax.numpy as jnp

    def loss(weights, x, t):
        *hidden, (W, b) = weights
        for V, c in hidden:
            x = jax.nn.relu(x @ V + c)
        log_P = jax.nn.log_softmax(x @ W + b)
        return -jnp.mean(jnp.take_along_axis(log_P, t[:, None], axis=1))

    def step(weights, X, y, rows):
        value, gradients = jax.value_and_grad(loss)(weights, X[rows], y[rows])
        return jax.tree.map(lambda w, g: w - task.lr * g, weights, gradients), value

    weights = [(jnp.array(W), jnp.array(b)) for W, b in task.weights]
    return jnp.asarray(task.images), jnp.asarray(task.labels), weights, step


def scikit_learn(task):
    """scikit-learn's MLPClassifier; each partial_fit is one epoch."""
    from sklearn.neural_network import MLPClassifier

    net = MLPClassifier(
        [len(b) for _, b in task.weights[:-1]],
        solver="sgd",
        learning_rate_init=task.lr,
        momentum=0,
        nesterovs_momentum=False,
        alpha=0,
        batch_size=task.batch_size,
        random_state=task.seed,
    )
    K = len(task.weights[-1][1])
    start = task.batch_size  # enough rows for it to build itself; then the weights are replaced
    net.partial_fit(task.images[:start], task.labels[:start], classes=np.arange(K))
    for (W, b), its_W, its_b in zip(task.weights, net.coefs_, net.intercepts_, strict=True):
        its_W[...], its_b[...] = W, b

    def epoch():
        net.partial_fit(task.images, task.labels)
        return net.loss_

    return epoch


def autograd(task):
    """HIPS autograd: the loss in its NumPy, the gradient by value_and_grad."""
    import autograd.numpy as anp
    from autograd import value_and_grad

    def loss(weights, x, t):
        *hidden, (W, b) = weights
        for V, c in hidden:
            x = anp.maximum(x @ V + c, 0)
        Z = x @ W + b
        Z = Z - anp.max(Z, axis=1, keepdims=True)
        picked = Z[np.arange(len(t)), t]
        return anp.mean(anp.log(anp.sum(anp.exp(Z), axis=1)) - picked)

    weights = [(W.copy(), b.copy()) for W, b in task.weights]
    step, rng = value_and_grad(loss), np.random.default_rng(task.seed)

    def epoch():
        losses = []
        for rows in task.shuffled_rows(rng):
            value, gradients = step(weights, task.images[rows], task.labels[rows])
            for (W, b), (dW, db) in zip(weights, gradients, strict=True):
                W -= task.lr * dW
                b -= task.lr * db
            losses.append(value)
        return np.mean(losses)

    return epoch


def _flat(task):
    """W1, b1, W2, b2, ..."""
    return [array for pair in task.weights for array in pair]


THREADS = 2


class Contender(NamedTuple):
    name: str  # on the command line
    title: str  # in the table
    package: str  # that it needs
    start: object  # contender(task) -> epoch()


CONTENDERS = [
    Contender("limit", "matrix products alone", "numpy", limit),
    Contender("pytorch-limit", "the same, PyTorch's", "torch", pytorch_limit),
    Contender("jax-limit", "the same, JAX's", "jax", jax_limit),
    Contender("hand-written", "NumPy, hand-written", "numpy", hand_written),
    Contender("buffers", "NumPy, reused buffers", "numpy", reused_buffers),
    Contender("nnlib-manual", "nnlib, manual", "nnlib", nnlib_manual),
    Contender("nnlib-autodiff", "nnlib, autodiff", "nnlib", nnlib_autodiff),
    Contender("nnlib-student", "nnlib, a student's loop", "nnlib", nnlib_student),
    Contender("nnlib-fit", "nnlib, fit", "nnlib", nnlib_fit),
    Contender("jax", "JAX, jit of a step", "jax", jax_step),
    Contender("jax-scan", "JAX, jit of an epoch", "jax", jax_scan),
    Contender("pytorch", "PyTorch", "torch", pytorch),
    Contender("scikit-learn", "scikit-learn", "sklearn", scikit_learn),
    Contender("autograd", "autograd", "autograd", autograd),
]

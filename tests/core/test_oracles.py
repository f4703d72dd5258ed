"""Published numbers, recomputed: each test names where its numbers were printed."""

import numpy as np
import pytest

from nnlib import Tensor, functions, manual, nn, optim
from nnlib.data import hubble
from nnlib.gradcheck import numerical_gradient
from nnlib.tensor import primitive
from nnlib.training import Penalty

try:
    import torch
except ImportError:
    torch = None
needs_torch = pytest.mark.skipif(torch is None, reason="PyTorch is not installed")


def grid(a, b, *shape):
    return np.linspace(a, b, int(np.prod(shape))).reshape(shape)


def with_weights(model, *arrays):
    for p, array in zip(model.parameters(), arrays, strict=True):
        p.data = np.array(array, float)
    return model


def two_layers(kind, hidden, sizes, weights):
    """The same network by hand or by graph, with a function that leaves gradients behind."""
    D, H, K = sizes
    if kind == "manual":
        net = manual.MLP(sizes, "relu" if hidden == "ReLU" else "sigmoid")
    else:
        net = nn.Sequential(nn.Linear(D, H), getattr(nn, hidden)(), nn.Linear(H, K))
    return with_weights(net, *weights)


def regularised_loss(net, X, y, strength=0.0):
    """Mean cross-entropy plus strength/2 ||W||^2, with gradients in `.grad`."""
    net.zero_grad()
    penalty = Penalty(l2=strength)
    if isinstance(net, manual.Layer):
        criterion = manual.SoftmaxCrossEntropy()
        loss = criterion.forward(net.forward(X), y)
        net.backward(criterion.backward())
    else:
        graph = nn.cross_entropy(net(X), y)
        graph.backward()
        loss = graph.item()
    penalty.backward(net.parameters())
    return loss + penalty.forward(net.parameters())


both = pytest.mark.parametrize("kind", ["manual", "nn"])


# ------------------------------------------------ Stanford CS231n, two_layer_net notebook

LINE_WEIGHTS = [
    grid(-0.7, 0.3, 5, 50),
    grid(-0.1, 0.9, 50),
    grid(-0.3, 0.4, 50, 7),
    grid(-0.9, 0.1, 7),
]
LINE_X, LINE_Y = np.linspace(-5.5, 4.5, 15).reshape(5, 3).T, np.array([0, 5, 1])
LINE_SCORES = [
    [11.53165108, 12.2917344, 13.05181771, 13.81190102, 14.57198434, 15.33206765, 16.09215096],
    [12.05769098, 12.74614105, 13.43459113, 14.1230412, 14.81149128, 15.49994135, 16.18839143],
    [12.58373087, 13.20054771, 13.81736455, 14.43418138, 15.05099822, 15.66781506, 16.2846319],
]


@both
def test_cs231n_two_layer_net_on_a_line_grid(kind):
    net = two_layers(kind, "ReLU", [5, 50, 7], LINE_WEIGHTS)
    np.testing.assert_allclose(np.asarray(net(LINE_X)), LINE_SCORES, atol=5e-9)
    assert regularised_loss(net, LINE_X, LINE_Y) == pytest.approx(3.4702243556, abs=5e-11)
    assert regularised_loss(net, LINE_X, LINE_Y, 1.0) == pytest.approx(26.5948426952, abs=5e-11)


@both
def test_cs231n_two_layer_net_gradients(kind):
    """The notebook checks them at an L2 strength of 0.7."""
    net = two_layers(kind, "ReLU", [5, 50, 7], LINE_WEIGHTS)
    regularised_loss(net, LINE_X, LINE_Y, 0.7)
    for p, gradient in [(p, p.grad) for p in net.parameters()]:
        held = p.data

        def loss_at(W, p=p):
            p.data = W
            return regularised_loss(net, LINE_X, LINE_Y, 0.7)

        expected = numerical_gradient(loss_at, held)
        p.data = held
        np.testing.assert_allclose(gradient, expected, atol=1e-7)


@both
def test_cs231n_affine_layer(kind):
    layer = (manual if kind == "manual" else nn).Linear(120, 3)
    with_weights(layer, grid(-0.2, 0.3, 120, 3), grid(-0.3, 0.1, 3))
    expected = [[1.49834967, 1.70660132, 1.91485297], [3.25553199, 3.5141327, 3.77273342]]
    np.testing.assert_allclose(np.asarray(layer(grid(-0.1, 0.5, 2, 120))), expected, atol=5e-9)


def test_cs231n_sigmoid_neuron():
    """CS231n notes on backpropagation: 1 / (1 + e^-(w0 x0 + w1 x1 + w2))."""
    w = Tensor([2.0, -3.0, -3.0], requires_grad=True)
    x = Tensor([-1.0, -2.0], requires_grad=True)
    f = (w[0] * x[0] + w[1] * x[1] + w[2]).sigmoid()
    f.backward()
    assert f.item() == pytest.approx(0.73105858, abs=5e-9)
    np.testing.assert_allclose(x.grad, [0.39322387, -0.58983580], atol=5e-9)
    np.testing.assert_allclose(w.grad, [-0.19661193, -0.39322387, 0.19661193], atol=5e-9)


def test_cs231n_sigmoid_neuron_by_hand():
    net = with_weights(manual.Sequential(manual.Linear(2, 1), manual.Sigmoid()), [[2], [-3]], [-3])
    assert net.forward(np.array([[-1.0, -2.0]])).item() == pytest.approx(0.73105858, abs=5e-9)
    dX = net.backward(np.ones((1, 1)))
    np.testing.assert_allclose(dX, [[0.39322387, -0.58983580]], atol=5e-9)
    dW, db = (p.grad for p in net.parameters())
    np.testing.assert_allclose(dW, [[-0.19661193], [-0.39322387]], atol=5e-9)
    np.testing.assert_allclose(db, [0.19661193], atol=5e-9)


# ------------------------------------ Stanford CS231n, FullyConnectedNets notebook

UPDATES = {  # optimiser, what it remembers, and the published weights after one more step
    "momentum": (
        lambda w: optim.SGD(w, lr=1e-3, momentum=0.9),
        {"v": -grid(0.6, 0.9, 4, 5) / 1e-3},  # the notebook's v is -lr times ours
        [
            [0.1406, 0.20738947, 0.27417895, 0.34096842, 0.40775789],
            [0.47454737, 0.54133684, 0.60812632, 0.67491579, 0.74170526],
            [0.80849474, 0.87528421, 0.94207368, 1.00886316, 1.07565263],
            [1.14244211, 1.20923158, 1.27602105, 1.34281053, 1.4096],
        ],
    ),
    "RMSprop": (
        lambda w: optim.RMSprop(w, lr=1e-2),
        {"s": grid(0.6, 0.9, 4, 5)},
        [
            [-0.39223849, -0.34037513, -0.28849239, -0.23659121, -0.18467247],
            [-0.132737, -0.08078555, -0.02881884, 0.02316247, 0.07515774],
            [0.12716641, 0.17918792, 0.23122175, 0.28326742, 0.33532447],
            [0.38739248, 0.43947102, 0.49155973, 0.54365823, 0.59576619],
        ],
    ),
    "Adam": (
        lambda w: optim.Adam(w, lr=1e-2),
        {"t": 5, "m": grid(0.6, 0.9, 4, 5), "s": grid(0.7, 0.5, 4, 5)},
        [
            [-0.40094747, -0.34836187, -0.29577703, -0.24319299, -0.19060977],
            [-0.1380274, -0.08544591, -0.03286534, 0.01971428, 0.0722929],
            [0.1248705, 0.17744702, 0.23002243, 0.28259667, 0.33516969],
            [0.38774145, 0.44031188, 0.49288093, 0.54544852, 0.59801459],
        ],
    ),
}


@pytest.mark.parametrize("optimizer, memory, expected", UPDATES.values(), ids=UPDATES)
def test_cs231n_update_rules(optimizer, memory, expected):
    w = manual.Parameter(grid(-0.4, 0.6, 4, 5))
    w.grad = grid(-0.6, 0.4, 4, 5)
    opt = optimizer([w])
    opt.states[0].update(memory)
    opt.step()
    np.testing.assert_allclose(w.data, expected, atol=6e-9)


# ------------------------------------- Mazur, "A step by step backpropagation example"


@both
def test_mazur_step_by_step(kind):
    """E is half the sum of squares: with two outputs, exactly our mean. Biases stay fixed."""
    X, T = np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]])
    weights = [[[0.15, 0.25], [0.20, 0.30]], [0.35] * 2, [[0.40, 0.50], [0.45, 0.55]], [0.60] * 2]
    if kind == "manual":
        parts = [manual.Linear(2, 2), manual.Sigmoid(), manual.Linear(2, 2), manual.Sigmoid()]
        net = with_weights(manual.Sequential(*parts), *weights)
        criterion = manual.MSE()
    else:
        parts = [nn.Linear(2, 2), nn.Sigmoid(), nn.Linear(2, 2), nn.Sigmoid()]
        net = with_weights(nn.Sequential(*parts), *weights)
        criterion = nn.mse_loss
    hidden = np.asarray(parts[1](parts[0](X)))
    np.testing.assert_allclose(hidden, [[0.593269992, 0.596884378]], atol=5e-10)
    out = net(X)
    np.testing.assert_allclose(np.asarray(out), [[0.75136507, 0.77292847]], atol=5e-9)
    loss = criterion(out, T)
    assert float(loss) == pytest.approx(0.2983711088, abs=5e-11)
    if kind == "manual":
        net.backward(criterion.backward())
    else:
        loss.backward()

    W1, b1, W2, b2 = net.parameters()
    optim.SGD([W1, W2], lr=0.5).step()
    np.testing.assert_allclose(  # w5, w6 lead into o1, w7, w8 into o2
        W2.data.T.ravel(), [0.35891648, 0.40866619, 0.51130127, 0.56137012], atol=5e-9
    )
    np.testing.assert_allclose(
        W1.data.T.ravel(), [0.14978072, 0.19956143, 0.24975114, 0.29950229], atol=5e-9
    )
    assert float(criterion(net(X), T)) == pytest.approx(0.2910277737, abs=5e-11)


# ------------------------------------------------------------- micrograd, README and demo


def test_micrograd_readme():
    a, b = Tensor(-4.0, requires_grad=True), Tensor(2.0, requires_grad=True)
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    g.backward()
    assert f"{g.item():.4f}" == "24.7041"
    assert f"{a.grad:.4f}" == "138.8338"
    assert f"{b.grad:.4f}" == "645.5773"


def test_reused_tensor():
    """(x W)^2 with x = 2, W = 3: a node used twice counts twice."""
    x, W = Tensor([[2.0]], requires_grad=True), Tensor([[3.0]], requires_grad=True)
    z = x @ W
    (z * z).backward()
    assert (W.grad.item(), x.grad.item()) == (24, 36)


# --------------------------------------------------- Neuromatch Academy, deep learning


def test_neuromatch_cross_entropy():
    logits, labels = [[10.0, 1, -1, -20], [10, 10, 2, -10]], [0, 1]
    assert functions.cross_entropy(logits, labels) == pytest.approx(0.34672750, abs=5e-9)
    assert nn.cross_entropy(Tensor(logits), labels).item() == pytest.approx(0.34672750, abs=5e-9)


def test_equal_scores_are_a_surprise_of_log_10():
    assert functions.cross_entropy(np.zeros((5, 10)), [0, 3, 9, 1, 1]) == pytest.approx(2.30258509)


# -------------------------------- the 3-4-5 case: sigmoid, L2, published in columns

CASE_345 = [np.tile([[1.0], [2], [3]], 4), np.ones(4), np.full((4, 5), 2.0), np.full(5, 2.0)]
X_345, Y_345 = np.arange(6.0).reshape(3, 2).T, np.array([3, 4])


def check_345(loss, dW1, db1, dW2, db2):
    assert loss == pytest.approx(35.6094379124341, abs=5e-13 * 35)
    np.testing.assert_allclose(dW1, np.tile([[0.5], [1], [1.5]], 4), atol=1e-12)
    np.testing.assert_allclose(dW2[:, :3], 1.2, atol=1e-12)
    np.testing.assert_allclose(dW2[:, 3:], 0.7, atol=1e-12)
    np.testing.assert_allclose(db2, [0.2, 0.2, 0.2, -0.3, -0.3], atol=1e-12)
    assert np.abs(db1).max() < 1e-15


@both
def test_the_3_4_5_case(kind):
    net = two_layers(kind, "Sigmoid", [3, 4, 5], CASE_345)
    loss = regularised_loss(net, X_345, Y_345, 0.5)
    check_345(loss, *(p.grad for p in net.parameters()))


def test_the_3_4_5_case_in_columns_as_published():
    """W x + b, samples in columns: the transpose of everything, through the same engine."""
    tensors = [Tensor(w.T if w.ndim == 2 else w[:, None], requires_grad=True) for w in CASE_345]
    W1, b1, W2, b2 = tensors
    H = (W1 @ X_345.T + b1).sigmoid()
    loss = -(W2 @ H + b2).log_softmax(axis=0)[Y_345, [0, 1]].mean()
    loss = loss + 0.25 * ((W1**2).sum() + (W2**2).sum())
    loss.backward()
    check_345(loss.item(), W1.grad.T, b1.grad.T[0], W2.grad.T, b2.grad.T[0])


@needs_torch
def test_the_3_4_5_case_in_torch():
    tensors = [torch.tensor(w, requires_grad=True) for w in CASE_345]
    W1, b1, W2, b2 = tensors
    scores = torch.sigmoid(torch.tensor(X_345) @ W1 + b1) @ W2 + b2
    loss = torch.nn.functional.cross_entropy(scores, torch.tensor(Y_345))
    loss = loss + 0.25 * (W1.square().sum() + W2.square().sum())
    loss.backward()
    check_345(loss.item(), *(t.grad.numpy() for t in tensors))


# ------------------------------------------------------------------- Hubble, 1929


def test_hubble_least_squares():
    """Slope 454.158 and intercept -40.784, through the origin 423.937, by gradient descent."""
    distance, velocity = hubble()
    X, T = distance[:, None], velocity[:, None]
    line = with_weights(manual.Linear(1, 1), [[0.0]], [0.0])
    criterion, optimizer = manual.MSE(), optim.SGD(line.parameters(), lr=0.3)
    for _ in range(300):
        optimizer.zero_grad()
        criterion.forward(line.forward(X), T)
        line.backward(criterion.backward())
        optimizer.step()
    assert f"{line.weight.data.item():.3f}" == "454.158"
    assert f"{line.bias.data.item():.3f}" == "-40.784"

    slope = Tensor(np.zeros((1, 1)), requires_grad=True)
    for _ in range(200):
        slope.grad = None
        nn.mse_loss(X @ slope, T).backward()
        slope.data -= 0.3 * slope.grad
    assert f"{slope.data.item():.3f}" == "423.937"


def test_the_course_on_the_chain_rule():
    """x1 x2 + sin(x1), traced node by node: the derivatives are x2 + cos(x1) and x1."""
    sin = primitive(lambda x: (np.sin(x), (lambda g: g * np.cos(x),)))
    x1, x2 = Tensor(2.0, requires_grad=True), Tensor(5.0, requires_grad=True)
    (x1 * x2 + sin(x1)).backward()
    assert (x1.grad, x2.grad) == (pytest.approx(5 + np.cos(2)), 2)

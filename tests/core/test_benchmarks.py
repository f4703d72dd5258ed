"""The commands behind the README's figures run, and their clock compares like with like."""

import importlib.util
import os
import platform
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from nnlib.data import deskew
from nnlib.training import History

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"


def load(name):
    spec = importlib.util.spec_from_file_location(f"benchmarks_{name}", FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


contenders = load("contenders")


def run(script, *arguments):
    command = [sys.executable, str(FOLDER / script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def test_speed_prints_a_table_for_each_network():
    done = run(
        "speed.py",
        "--samples",
        "400",
        "--rounds",
        "1",
        "--rest",
        "0",
        "--only",
        "limit,hand-written,nnlib",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for network in ("course", "wide"):
        part = done.stdout.split(f"\n{network}: ")[1].split("\n\n")[0]
        row = r"^(\S.*?)  +(\d+\.\d+) +\+0% +(\d+\.\d+) +(\d+)% +([\d,]+|-)$"
        rows = re.findall(row, part, re.MULTILINE)
        names = [name for name, *_ in rows]
        assert names == [
            "matrix products alone",
            "NumPy, hand-written",
            "nnlib, manual",
            "nnlib, autodiff",
            "nnlib, a student's loop",
            "nnlib, fit",
        ]
        assert rows[0][3] == "100" and rows[1][2] == "1.00"
        assert "Same mathematics" in part
    assert f"numpy {np.__version__}" in done.stdout.splitlines()[-1]


def test_speed_names_the_contenders_it_knows():
    done = run("speed.py", "--only", "tensorflow")
    assert done.returncode != 0
    assert "'tensorflow'" in done.stderr and "hand-written" in done.stderr


@pytest.mark.parametrize("name", ["pytorch-limit", "jax-limit"])
def test_speed_shows_whose_products_are_faster(name):
    pytest.importorskip({"pytorch-limit": "torch", "jax-limit": "jax"}[name])
    done = run(
        "speed.py", *"--samples 400 --rounds 1 --rest 0 --network course".split(), "--only", name
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the same, " in done.stdout


# The network, the data and the loop of a script that trains; run() counts what an epoch takes.
TRAINING = """
import resource
import numpy as np
from nnlib import data, manual, nn, optim, training

rng = np.random.default_rng(0)
X, y = rng.random((6000, 784), dtype=np.float32), rng.integers(0, 10, 6000)
net = nn.Sequential(
    nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)
)
optimizer = optim.SGD(net.parameters(), lr=0.1)
options = {"epochs": 1, "batch_size": 200, "optimizer": optimizer}


def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


for _ in range(2):  # the first time warms up
    before = faults()
    for _ in range(10):  # 60,000 images in all
{loop}
print(faults() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
LOOPS = {
    "fit": "training.fit(net, X, y, progress=False, **options)",
    "fit by hand": """
net = manual.MLP([784, 64, 32, 10])
training.fit(net, X, y, progress=False, epochs=1, batch_size=200)""",
    "steps": """
for run in training.steps(net, X, y, **options):
    pass""",
    "a student's loop": """
for X_batch, y_batch in data.batches(X, y, 200):
    optimizer.zero_grad()
    loss = nn.cross_entropy(net(X_batch), y_batch)
    loss.backward()
    optimizer.step()""",
}


def train(loop, **environment):
    """(page faults an epoch, peak memory in MB) of a script of its own."""
    script = TRAINING.replace("{loop}", textwrap.indent(loop, " " * 8))
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env=os.environ | environment,
        cwd=FOLDER.parent,
    )
    assert done.returncode == 0, done.stderr
    faults, kilobytes = map(int, done.stdout.split())
    return faults, kilobytes / 1024


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc's heap is what is kept")
@pytest.mark.parametrize("loop", LOOPS.values(), ids=LOOPS)
def test_memory_is_kept_from_step_to_step(loop):
    usual = {"MALLOC_TRIM_THRESHOLD_": "131072", "MALLOC_MMAP_THRESHOLD_": "131072"}
    faults, peak = train(loop)
    faults_if_given_back, peak_if_given_back = train(loop, **usual)
    assert faults < 1000 < faults_if_given_back
    assert peak < peak_if_given_back + 64


def test_checks_prints_the_longest_and_counts_the_quick():
    done = run("checks.py")
    assert done.returncode == 0, done.stderr
    *longest, last = done.stdout.splitlines()
    assert all(re.fullmatch(r"\w+ +\d+ ms", line) for line in longest) and len(longest) == 10
    assert re.fullmatch(r"under 100 ms: \d+ of \d+ exercises", last)


def test_scaling_prints_a_slope_for_each_thing_that_grows():
    done = run("scaling.py", "--rounds", "1", "--doublings", "1")
    assert done.returncode == 0, done.stderr
    row = r"^(\w+) +slope -?\d+\.\d\d +[\d,]+ to [\d,]+: [\d.]+ to [\d.]+ ms$"
    assert re.findall(row, done.stdout, re.MULTILINE) == [
        "nodes",
        "diamonds",
        "samples",
        "batches",
        "layers",
    ]


def test_imports_prints_each_module_beside_numpy():
    done = run("imports.py", "--rounds", "1")
    assert done.returncode == 0, done.stderr
    assert re.findall(r"^import (\S+) +\d+\.\d+ s", done.stdout, re.MULTILINE) == [
        "numpy",
        "nnlib",
        "nnlib.course",
    ]


@pytest.mark.parametrize("arguments", [[], ["--validate"]])
def test_accuracy_learns_and_measures_on_what_it_says(monkeypatch, capsys, arguments):
    """Ten blank images each of a grey of its own stand in for the digits."""
    script = load("accuracy")
    labels = np.arange(10_040) % 10
    images = np.repeat(labels[:, None] / 10, 784, axis=1).astype(np.float32)
    shut = not arguments  # with --validate the test images are never looked at
    mnist = SimpleNamespace(train_images=images, train_labels=labels)
    if shut:
        mnist.test_images, mnist.test_labels = images[:50], labels[:50]
    learned = []

    def recipe(train, rng):
        learned.append(len(train[0]))
        return (lambda X: np.eye(10)[np.rint(X[:, 0] * 10).astype(int)]), History(loss=[0.5])

    monkeypatch.setattr(script.data, "load_mnist", lambda: mnist)
    monkeypatch.setattr(script, "RECIPES", {"one": recipe, "two": recipe})
    monkeypatch.setattr(sys, "argv", ["accuracy.py", "two", "--seed", "0", "3", *arguments])
    script.main()
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split()[2] == ("test" if shut else "validation")
    assert [row.split()[:5] for row in rows] == [
        ["two", seed, "100.00%", "0.5000", "1"] for seed in ("0", "3")
    ]
    assert learned == [10_040 if shut else 40] * 2


RECIPES = ["course", "shaken", "recipe", "deskewed", "augmented", "elastic"]


@pytest.mark.parametrize("recipe", RECIPES)
def test_each_recipe_of_accuracy_trains(recipe):
    digits = np.random.default_rng(0).random((60, 784), dtype=np.float32)
    model, history = load("accuracy").RECIPES[recipe]((digits, np.arange(60) % 10), 0)
    assert history.epochs >= 16 and not history.stopped
    assert model(digits).shape == (60, 10)


def test_bends_fade_towards_the_end(monkeypatch):
    script = load("accuracy")
    seen = []
    monkeypatch.setattr(script.data, "elastic", lambda X, rng, **size: seen.append(size))
    bend = script.FadingBends(steps=10)
    for _ in range(10):
        bend(None, None)
    assert [size["alpha"] / 28 for size in seen] == pytest.approx([1] * 7 + [0.825, 0.65, 0.475])
    assert [size["rotation"] / 8 for size in seen] == pytest.approx([s["shift"] for s in seen])
    assert [size["shift"] for size in seen] == pytest.approx([s["alpha"] / 28 for s in seen])


def test_a_deskewed_network_sets_what_it_reads_upright():
    layer = load("accuracy").Deskew()
    images = np.random.default_rng(0).random((3, 784), dtype=np.float32)
    np.testing.assert_array_equal(layer(images), deskew(images))


# Where one batch holds all samples, the random order changes nothing: every loss must agree.
LEARN = [c for c in contenders.CONTENDERS if not c.name.endswith("limit")]


@pytest.mark.parametrize("contender", LEARN, ids=lambda c: c.name)
def test_each_contender_does_the_same_mathematics(contender):
    pytest.importorskip(contender.package)
    rng = np.random.default_rng(3)
    sizes, N = [12, 9, 8, 5], 40
    weights = [
        (rng.normal(size=(d, k)).astype(np.float32) / 3, rng.normal(size=k).astype(np.float32))
        for d, k in zip(sizes, sizes[1:], strict=False)
    ]
    images = rng.normal(size=(N, 12)).astype(np.float32)
    labels = np.arange(N) % 5
    epoch = contender.start(contenders.Task(images, labels, weights, batch_size=N, lr=0.05))

    np.testing.assert_allclose(
        [epoch() for _ in range(4)], reference_losses(images, labels, weights, 0.05, 4), rtol=1e-4
    )


def reference_losses(X, y, weights, lr, steps):
    """Full-batch gradient descent in float64, one layer after the other."""
    weights = [(W.astype(float), b.astype(float)) for W, b in weights]
    Y, losses = np.eye(len(weights[-1][1]))[y], []
    for _ in range(steps):
        activations = [X.astype(float)]
        for W, b in weights[:-1]:
            activations.append(np.maximum(activations[-1] @ W + b, 0))
        W, b = weights[-1]
        P = np.exp(activations[-1] @ W + b)
        P /= P.sum(axis=1, keepdims=True)
        losses.append(-np.mean(np.log((P * Y).sum(axis=1))))
        dZ, stepped = (P - Y) / len(y), []
        for (W, b), A in zip(reversed(weights), reversed(activations), strict=True):
            stepped.insert(0, (W - lr * A.T @ dZ, b - lr * dZ.sum(axis=0)))
            dZ = dZ @ W.T * (A > 0)
        weights = stepped
    return losses

"""The commands behind the README's figures run, and their clock compares like with like."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

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
        rows = re.findall(r"^(\S.*?)  +(\d+\.\d+) +\+0% +(\d+\.\d+) +(\d+)%$", part, re.MULTILINE)
        names = [name for name, *_ in rows]
        assert names == [
            "matrix products alone",
            "NumPy, hand-written",
            "nnlib, manual",
            "nnlib, autodiff",
        ]
        assert rows[0][3] == "100" and rows[1][2] == "1.00"
        assert "Same mathematics" in part
    assert f"numpy {np.__version__}" in done.stdout.splitlines()[-1]


def test_speed_names_the_contenders_it_knows():
    done = run("speed.py", "--only", "tensorflow")
    assert done.returncode != 0
    assert "'tensorflow'" in done.stderr and "hand-written" in done.stderr


def test_checks_prints_the_longest_and_counts_the_quick():
    done = run("checks.py")
    assert done.returncode == 0, done.stderr
    *longest, last = done.stdout.splitlines()
    assert all(re.fullmatch(r"\w+ +\d+ ms", line) for line in longest) and len(longest) == 10
    assert re.fullmatch(r"under 100 ms: \d+ of \d+ exercises", last)


def test_imports_prints_each_module_beside_numpy():
    done = run("imports.py", "--rounds", "1")
    assert done.returncode == 0, done.stderr
    assert re.findall(r"^import (\S+) +\d+\.\d+ s", done.stdout, re.MULTILINE) == [
        "numpy",
        "nnlib",
        "nnlib.course",
    ]


# Where one batch holds all samples, the random order changes nothing: every loss must agree.
@pytest.mark.parametrize("contender", contenders.CONTENDERS[1:], ids=lambda c: c.name)
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

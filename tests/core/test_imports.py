"""The core needs NumPy and nothing else."""

import subprocess
import sys

import pytest

OTHERS = (
    "IPython, anywidget, ipykernel, ipywidgets, jupyter, matplotlib, nbformat, pandas, "
    "platformdirs, pooch, requests, scipy, sklearn, torch, tqdm, traitlets"
).split(", ")


def python(code):
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=60
    )


def test_core_runs_with_numpy_alone():
    code = f"""
import sys
sys.modules.update(dict.fromkeys({OTHERS}))          # importing any of these now fails
import nnlib
from nnlib import Tensor, data, functions, gradcheck, init, io, manual, nn, optim, training

X, y = data.make_xor(rng=0)
net = nn.Sequential(nn.Linear(2, 8, rng=0), nn.ReLU(), nn.Linear(8, 2, rng=1))
nn.cross_entropy(net(Tensor(X)), y).backward()
optim.SGD(net.parameters(), lr=0.1).step()
by_hand = manual.MLP([64, 10], rng=0)
training.fit(by_hand, *data.load_digits()[:2], epochs=1, progress=False)
print("ran")
"""
    done = python(code)
    assert done.stdout.strip() == "ran", done.stderr


@pytest.mark.parametrize("module", ["nnlib", "nnlib.data", "nnlib.training"])
def test_importing_the_core_brings_in_nothing_heavy(module):
    done = python(f"import sys, {module}; print(*sorted(set({OTHERS}) & set(sys.modules)))")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []

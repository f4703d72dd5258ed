"""How well the course's networks read the real MNIST: trains three and prints their test accuracy.

python benchmarks/accuracy.py            all three, about two minutes on two cores
python benchmarks/accuracy.py course     one of: course, recipe, augmented
"""

import argparse
import time

import numpy as np

from nnlib import nn, optim
from nnlib.data import load_mnist, random_affine
from nnlib.training import accuracy, fit


def course(train, rng):
    """[784, 64, 32, 10], as chapter 8 first trains it."""
    model = mlp([784, 64, 32, 10], rng)
    return model, fit(
        model,
        *train,
        epochs=20,
        batch_size=100,
        rng=rng,
        optimizer=optim.SGD(model.parameters(), lr=0.1, momentum=0.9, weight_decay=1e-5),
        schedule=optim.warmup_linear(0.1),
    )


def recipe(train, rng):
    """[784, 512, 256, 10] as chapter 8 trains it, with dropout and a little weight decay."""
    model = mlp([784, 512, 256, 10], rng, dropout=0.2)
    return model, fit(
        model,
        *train,
        epochs=16,
        batch_size=128,
        rng=rng,
        optimizer=optim.SGD(model.parameters(), lr=0.2, momentum=0.9, weight_decay=1e-4),
        schedule=optim.warmup_linear(0.1),
    )


def augmented(train, rng):
    """The same network, each image turned, stretched and moved a little every time it is seen."""
    model = mlp([784, 512, 256, 10], rng)
    return model, fit(
        model,
        *train,
        epochs=36,
        batch_size=128,
        rng=rng,
        augment=random_affine,
        optimizer=optim.SGD(model.parameters(), lr=0.1, momentum=0.9),
        schedule=optim.warmup_linear(0.1),
    )


def mlp(sizes, rng, dropout=0.0):
    """Linear layers with ReLU between each two, and dropout where wanted: half of it on pixels."""
    layers = [nn.Dropout(dropout / 2, rng=rng), nn.Linear(sizes[0], sizes[1], rng=rng)]
    for n_in, n_out in zip(sizes[1:-1], sizes[2:], strict=True):
        layers += [nn.ReLU(), nn.Dropout(dropout, rng=rng), nn.Linear(n_in, n_out, rng=rng)]
    return nn.Sequential(*layers)


RECIPES = {"course": course, "recipe": recipe, "augmented": augmented}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", choices=[*RECIPES, []], help="default: all")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()

    mnist = load_mnist()
    train = mnist.train_images, mnist.train_labels
    print(
        f"{'network':12s}{'test accuracy':>14s}{'training loss':>15s}{'epochs':>8s}{'seconds':>9s}"
    )
    for name in options.names or RECIPES:
        started = time.perf_counter()
        model, history = RECIPES[name](train, np.random.default_rng(options.seed))
        seconds = time.perf_counter() - started
        share = accuracy(model, mnist.test_images, mnist.test_labels)
        print(
            f"{name:12s}{share:>13.2%} {history.loss[-1]:>15.4f}{history.epochs:>8d}{seconds:>9.1f}"
        )


if __name__ == "__main__":
    main()

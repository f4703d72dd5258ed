"""How well the course's networks read the real MNIST: trains six and prints their test accuracy.

python benchmarks/accuracy.py                       all six, about five minutes on two cores
python benchmarks/accuracy.py elastic --seed 0 1 2  these rows only (--help: all names)
python benchmarks/accuracy.py --validate            the test set stays shut

Every setting was chosen with --validate, which trains on the first 50,000 training images and
measures on the last 10,000. Without it all 60,000 are learned from, and the test images are looked
at once a row, after training. The seconds are those of training, augmentation included.
"""

import argparse
import time
from functools import partial

import numpy as np

from nnlib import data, nn, optim
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


def shaken(train, rng):
    """The course's network, each image moved about half as far as `random_affine` would."""
    model = mlp([784, 64, 32, 10], rng)
    return model, fit(
        model,
        *train,
        epochs=25,
        batch_size=100,
        rng=rng,
        augment=partial(data.random_affine, rotation=5, scale=0.05, shear=0.05, shift=0.5),
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


def deskewed(train, rng):
    """The same, on images set upright: slant and place of a digit need not be learned."""
    X, labels = train
    model, history = recipe((data.deskew(X), labels), rng)
    return nn.Sequential(Deskew(), model), history


def augmented(train, rng):
    """The same sizes, each image turned, stretched and moved a little every time it is seen."""
    model = mlp([784, 512, 256, 10], rng)
    return model, fit(
        model,
        *train,
        epochs=36,
        batch_size=128,
        rng=rng,
        augment=data.random_affine,
        optimizer=optim.SGD(model.parameters(), lr=0.1, momentum=0.9),
        schedule=optim.warmup_linear(0.1),
    )


def elastic(train, rng):
    """A wider network on upright images, each bent as well (Simard, Steinkraus and Platt, 2003).

    The bends fade towards the end: the last epochs see digits nearly as they are.
    """
    X, labels = train
    model = mlp([784, 1024, 512, 10], rng)
    epochs, batch_size = 22, 256
    history = fit(
        model,
        data.deskew(X),
        labels,
        epochs=epochs,
        batch_size=batch_size,
        rng=rng,
        augment=FadingBends(epochs * -(-len(X) // batch_size)),
        optimizer=optim.AdamW(model.parameters(), lr=1.5e-3, weight_decay=0.01),
        schedule=optim.warmup_linear(0.1),
    )
    return nn.Sequential(Deskew(), model), history


class FadingBends:
    """`data.elastic` at full strength for 60 % of `steps` batches, then weaker down to 30 %."""

    def __init__(self, steps):
        self.steps = steps
        self.done = 0

    def __call__(self, X, rng):
        left = (1 - self.done / self.steps) / 0.4
        self.done += 1
        s = min(1, 0.3 + 0.7 * left)
        return data.elastic(
            X, rng, alpha=28 * s, rotation=8 * s, scale=0.08 * s, shear=0.08 * s, shift=s
        )


class Deskew(nn.Module):
    """A layer without parameters in front of a network: images to the same images, upright."""

    def forward(self, X):
        return data.deskew(X)


def mlp(sizes, rng, dropout=0.0):
    """Linear layers with ReLU between each two, and dropout where wanted: half of it on pixels."""
    layers = [nn.Dropout(dropout / 2, rng=rng), nn.Linear(sizes[0], sizes[1], rng=rng)]
    for n_in, n_out in zip(sizes[1:-1], sizes[2:], strict=True):
        layers += [nn.ReLU(), nn.Dropout(dropout, rng=rng), nn.Linear(n_in, n_out, rng=rng)]
    return nn.Sequential(*layers)


RECIPES = {
    train.__name__: train for train in (course, shaken, recipe, deskewed, augmented, elastic)
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", choices=[*RECIPES, []], help="default: all")
    parser.add_argument("--seed", type=int, nargs="+", default=[0], help="one row each")
    parser.add_argument("--validate", action="store_true", help="measure on training images")
    options = parser.parse_args()

    mnist = data.load_mnist()
    train = mnist.train_images, mnist.train_labels
    if options.validate:
        train, unseen = zip(*((part[:-10_000], part[-10_000:]) for part in train), strict=True)
    else:
        unseen = mnist.test_images, mnist.test_labels
    measured = "validation" if options.validate else "test"
    print(f"{'network':10s}{'seed':>5s}{measured + ' accuracy':>21s}", end="")
    print(f"{'training loss':>15s}{'epochs':>8s}{'seconds':>9s}")
    for name in options.names or RECIPES:
        for seed in options.seed:
            started = time.perf_counter()
            model, history = RECIPES[name](train, np.random.default_rng(seed))
            seconds = time.perf_counter() - started
            share = accuracy(model, *unseen)
            print(f"{name:10s}{seed:>5d}{share:>21.2%}", end="")
            print(f"{history.loss[-1]:>15.4f}{history.epochs:>8d}{seconds:>9.1f}", flush=True)


if __name__ == "__main__":
    main()

"""All kinds of derived cases, in the order in which they are tried, each with its words."""

from __future__ import annotations

import numpy as np

from .calls import interleaved, read_only, twice, with_gaps
from .draws import has_rng, other_draws, random_draws
from .effects import effects, more_effects
from .forms import forms, other_form
from .kind import Kind
from .turns import (
    all_at_once,
    as_it_is,
    beyond,
    drawn_again,
    each_and_all,
    only_one,
    single,
    whole,
)

KINDS = (
    Kind(
        "other draws", "Right on the cases before, and not on others like them.", turn=drawn_again
    ),
    Kind(
        "effects",
        "Something that was handed to your code is changed.",
        use=effects,
        differ=more_effects,
    ),
    Kind(
        "called again",
        "Right the first time. Called a second time, it gives something else: something is kept "
        "from one call to the next. Look for a list, a set or an array that is made above the "
        "function, or as the default of an argument.",
        use=twice,
        of="function",
        most=3,
    ),
    Kind(
        "two objects",
        "One object alone works. With a second one in use, the first forgets what it knew: they "
        "share their memory. Keep it on the object, as `self.name`, not on the class or above it.",
        use=interleaved,
        of="class",
        most=1,
    ),
    Kind("kept in", "The numbers are not kept in an array.", use=forms, differ=other_form, most=3),
    Kind(
        "draws",
        "The numbers are not random as they should be.",
        turn=has_rng,
        use=random_draws,
        differ=other_draws,
    ),
    Kind(
        "whole numbers",
        "Right, with fractions. With whole numbers in, an array made like the input "
        "(`np.zeros_like`, a copy) is an array of integers and cuts every fraction off. Make it "
        "an array of floats.",
        turn=all_at_once(whole),
        like=all_at_once(lambda array: whole(array).astype(float)),
        may_raise=True,
        stable=True,
    ),
    Kind(
        "single precision",
        "Right, in double precision. With float32 in, as the networks of this course use, "
        "something else comes out.",
        turn=all_at_once(single),
        like=all_at_once(lambda array: single(array).astype(float)),
        may_raise=True,
        stable=True,
        tolerance=1e-3,
    ),
    Kind(
        "read-only",
        "Right, but it writes into an array that it was given. Here that array may only be read, "
        "as data from a file often may. Work on a copy.",
        use=read_only,
        like=as_it_is,
    ),
    Kind(
        "views",
        "Right, but only where an array lies in memory in one piece. A slice does not. Look at "
        "`reshape`, `ravel`, `.shape =` and `order`.",
        use=with_gaps,
        like=as_it_is,
    ),
    Kind(
        "a length of 1",
        "Right, as long as every axis has more than one entry. With a length of 1 (one sample, "
        "one input or one unit) something else comes out. Look for `squeeze`, `@` between "
        "vectors, and what is broadcast.",
        turn=only_one,
        stable=True,
    ),
    Kind(
        "beyond every axis",
        "Right, for a small whole number (a count, a size, a shift). With one that is larger than "
        "every axis is long, something else comes out. Look for the end of a slice that falls "
        "below 0, where it counts from the other side.",
        turn=beyond,
        may_raise=True,
    ),
    Kind(
        "zeros",
        "Right, until an array holds only zeros.",
        turn=each_and_all(np.zeros_like),
        stable=True,
    ),
    Kind(
        "other signs",
        "Right on the cases before. With the signs of an array turned round, something else "
        "comes out. Look for an `abs`, a `max` or a root that takes the sign away.",
        turn=each_and_all(np.negative),
        stable=True,
    ),
    Kind(
        "small numbers",
        "Right, for numbers of ordinary size. With numbers ten thousand times smaller something "
        "else comes out. Look for a constant that is added, a rounding, or a test against a small "
        "number.",
        turn=each_and_all(lambda array: array * 1e-4),
        stable=True,
        tolerance=1e-3,
    ),
    Kind(
        "large numbers",
        "Right, for numbers of ordinary size. With numbers a thousand times as large something "
        "else comes out. Look for an `exp` that overflows, or a limit.",
        turn=each_and_all(lambda array: array * 1e3),
        stable=True,
        tolerance=1e-3,
    ),
)

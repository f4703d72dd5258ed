"""What the tests know beyond the chapters: right answers written differently, harmless mutants.

One file a chapter, answers_chNN.py, with
    ALTERNATIVES  id -> at least two right answers
    MAY_REFUSE    id -> right numbers in a list, with which a later cell of the notebook stops
    EQUIVALENT    id -> {mutant, "*" for any text: the reason why it changes nothing}
    METHODS       id -> the methods of a class that mutants are made from (all, if left out)
    NO_FLOAT32    id -> the reason why float32 inputs make no sense
"""

import importlib.util
import re
import sys
from functools import cache
from pathlib import Path


@cache
def chapter(number):
    path = Path(__file__).with_name(f"answers_ch{number:02}.py")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # where `inspect` finds the source of a class
    spec.loader.exec_module(module)
    return module


def known(exercise, table):
    """An exercise's entry in one of the tables, or an empty one."""
    return getattr(chapter(exercise.chapter), table, {}).get(exercise.id, ())


def reason(exercise, mutant):
    """(pattern, reason) where a mutant is known to change nothing, else None."""
    for pattern, why in dict(known(exercise, "EQUIVALENT")).items():
        if re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), mutant):
            return pattern, why
    return None

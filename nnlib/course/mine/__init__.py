"""A library of the student's own: each answer that passed, in files of theirs."""

from .library import mine

__all__ = ["mine"]

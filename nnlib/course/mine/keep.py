"""Keeping an answer at the moment it passes. It never raises, and says in a sentence what fails."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from ..description import Exercise
from .piece import CannotKeep, piece
from .places import folder
from .shelf import store


def kept(asked: Exercise, answer: Any) -> str:
    """Keep a passing answer in the student's library; what the card says of it, or ""."""
    try:
        return store(piece(asked, answer))
    except CannotKeep as why:
        return f"It is not kept in your library: {why}."
    except OSError as error:
        with suppress(Exception):
            return (
                f"It is not kept in your library: {folder()} cannot be written ({error.strerror})."
            )
    except Exception as error:  # a fault of the course's must not stop the student
        return f"It is not kept in your library ({type(error).__name__}: {error})."
    return "It is not kept in your library."

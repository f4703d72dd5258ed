"""The smallest change to a student's own code that makes it right."""

from .holes import holes
from .words import Repair, repair

__all__ = ["Repair", "holes", "repair"]

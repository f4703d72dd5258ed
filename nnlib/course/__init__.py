"""Exercises that answer: `exercise`, `exercises`, `hint`, `solution`, `quiz`, `progress`,
`review`; and `mine`, the student's own library.
"""

from .decorator import exercise as exercise
from .hints import hint, solution
from .mine import mine
from .progress import progress
from .quiz import quiz
from .registry import exercises, quizzes
from .review import review

__all__ = [
    "exercise",
    "exercises",
    "hint",
    "mine",
    "progress",
    "quiz",
    "quizzes",
    "review",
    "solution",
]

"""Exercises that answer: `exercise`, `exercises`, `hint`, `solution`, `quiz`, `progress`."""

from .decorator import exercise as exercise
from .hints import hint, solution
from .progress import progress
from .quiz import quiz
from .registry import exercises, quizzes

__all__ = ["exercise", "exercises", "hint", "progress", "quiz", "quizzes", "solution"]

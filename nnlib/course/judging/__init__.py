"""In goes an exercise and an answer, out comes a Result: what was found, and what to say of it.

`judge` holds the way of an answer; the other files are its stations. `check` runs an answer and
judges it, `diagnose` judges what a run in another process has brought.
"""

from .judge import check as check
from .judge import diagnose as diagnose
from .result import Result as Result

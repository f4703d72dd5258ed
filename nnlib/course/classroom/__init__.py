"""Many notebooks at once: read them, grade them, report.

`notebook` reads the text, `answer` finds the answers in it, `mark` judges one by what `worker`
sends from a process of its own, `run` runs the whole in a fresh kernel, `grade` makes a row of it,
`table` the report. `fill` goes the other way: a notebook with its exercises answered.
"""

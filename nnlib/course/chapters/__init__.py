"""The exercises and quizzes, one file a chapter: each defines EXERCISES and QUIZZES."""

"""What chapter 9 stands on, asked again before it begins."""

QUIZZES = "batches_in_an_epoch", "four_times_the_batch"
EXERCISE = "share_correct"

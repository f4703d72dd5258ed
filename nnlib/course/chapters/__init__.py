"""What is asked: a folder a chapter, named as its notebook, with one file an exercise."""

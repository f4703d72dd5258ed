"""For those who carry on: `new` begins an exercise, `prove` says what it still lacks."""

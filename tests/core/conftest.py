"""Property tests look at the same examples every time, and no clock decides a verdict."""

from hypothesis import settings

settings.register_profile(
    "core",
    derandomize=True,
    deadline=None,
    max_examples=40,
    database=None,
)
settings.load_profile("core")

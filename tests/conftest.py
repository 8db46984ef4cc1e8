"""Hypothesis without a stopwatch (these machines are noisy), and the same examples each time in CI."""

import os

from hypothesis import settings

settings.register_profile("her-study", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("her-study")

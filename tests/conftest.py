"""Figures in tests are drawn without a screen."""

import matplotlib

matplotlib.use("agg")

"""Measurements: everything is a ratio of runs taken in turn on one machine, never a time."""

"""Bytes in and out: the only writer, what to put back after an interruption, and what was read."""

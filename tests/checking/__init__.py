"""Checks: what they find, and that a memory changes nothing of it."""

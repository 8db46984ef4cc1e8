"""Faults at random moments: kills, full disks, clocks that go back, several writers at once (`python -m tests.faults`)."""

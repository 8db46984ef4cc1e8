"""Acceptance tests: her-study as a whole, as its users, its packagers and its attackers meet it; no module is mirrored."""

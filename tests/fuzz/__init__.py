"""Fuzzing: inputs bred for coverage (`python -m tests.fuzz`, `make fuzz`), and what they found replayed by pytest.

`corpus/<target>/` holds inputs that together reach what was ever reached, and
`found/<target>/` those that once broke something. A target takes bytes and
raises when something that must hold does not (`tests.fuzz.targets`).
"""

from pathlib import Path

HERE = Path(__file__).parent
CORPUS, FOUND = HERE / "corpus", HERE / "found"


def inputs(target: str) -> list[Path]:
    """The kept inputs of a target: its corpus, and what once broke it."""
    return sorted(path for folder in (CORPUS, FOUND) for path in (folder / target).glob("*"))

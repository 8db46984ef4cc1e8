from __future__ import annotations

import pytest

from tests.fuzz import CORPUS, FOUND, inputs
from tests.fuzz.mutate import mutated
from tests.fuzz.targets import TARGETS
from tests.make.folder import every_file


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_what_must_hold_holds_for_every_kept_input(name: str) -> None:
    """No input that ever broke a target breaks it again, nor does any of its corpus."""
    paths = inputs(name)
    assert paths
    for path in paths:
        try:
            TARGETS[name].check(path.read_bytes())
        except Exception as error:
            error.add_note(f"the input is {path}")
            raise


def test_kept_inputs_are_small_and_each_is_of_a_target() -> None:
    """The corpus stays below a megabyte, and none of it lies where no target looks."""
    assert {folder.name for kept in (CORPUS, FOUND) for folder in kept.iterdir()} == TARGETS.keys()
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < 1_000_000


@pytest.mark.parametrize("name", [name for name in every_file() if name.endswith(".yaml")])
def test_changes_of_a_tree_are_new_texts_of_the_size_allowed(name: str) -> None:
    """Different seeds make different inputs, none too long; the same seed makes the same, and no tree none."""
    data = every_file()[name]
    made = [mutated(data, 2 * len(data), seed) for seed in range(20)]
    assert len(set(made) - {None, data}) > 10
    assert all(new is None or len(new) <= 2 * len(data) for new in made)
    assert made == [mutated(data, 2 * len(data), seed) for seed in range(20)]
    assert mutated(b"no tree", 100, 0) is None

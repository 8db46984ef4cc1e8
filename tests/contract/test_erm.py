"""The Rasch model against R's eRm (Debian's r-cran-erm)."""

from __future__ import annotations

import pytest

from builder.analysis.rasch import rasch
from tests.make import erm

pytestmark = pytest.mark.contract


@pytest.mark.parametrize(("takers", "items", "seed"), [(120, 8, 2), (400, 40, 3)])
def test_the_model_is_that_of_erm(takers: int, items: int, seed: int) -> None:
    """Difficulties, errors, infit and outfit of classes that are not recorded are those that eRm finds now."""
    columns = erm.answers(takers, items, seed)
    theirs = erm.numbers(erm.by_erm(columns))
    found = rasch(columns)
    assert found is not None
    for name, item in found.items.items():
        ours = [item.difficulty.value, item.error, item.infit, item.outfit]
        kinds = ("b", "error", "infit", "outfit")
        assert ours == pytest.approx([theirs[f"{kind}:{name}"] for kind in kinds], abs=3e-4)


def test_the_recorded_numbers_are_those_of_erm() -> None:
    """What `tests/analysis/erm.txt` holds is what eRm says now."""
    columns, said = erm.recorded()
    assert said == pytest.approx(erm.numbers(erm.by_erm(columns)), abs=3e-4)

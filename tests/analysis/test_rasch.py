"""The Rasch model against R's eRm, whose numbers are recorded in `erm.txt`, and against what is known of made-up answers."""

from __future__ import annotations

from itertools import combinations
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.analysis.papers import paper_report
from builder.analysis.rasch import ability, rasch
from builder.analysis.symmetric import slopes, symmetric
from tests.make import erm
from tests.make.classes import answered, quiz_of_choices

_eases = st.lists(st.floats(0.1, 10), min_size=1, max_size=7)


def _by_hand(eases: list[float]) -> list[float]:
    return [sum(prod(some) for some in combinations(eases, order)) for order in range(len(eases) + 1)]


@settings(max_examples=30)
@given(_eases, st.data())
def test_symmetric_functions_and_their_slopes_are_sums_over_all_choices(
    eases: list[float], data: st.DataObject
) -> None:
    """Each function is the sum over all choices of so many items, and each slope that over the choices of the others."""
    assert symmetric(eases) == pytest.approx(_by_hand(eases))
    weights = data.draw(st.lists(st.floats(0, 5), min_size=len(eases) + 1, max_size=len(eases) + 1))
    for place, slope in enumerate(slopes(eases, weights)):
        others = _by_hand(eases[:place] + eases[place + 1 :])
        assert slope == pytest.approx(sum(w * it for w, it in zip(weights[1:], others, strict=True)))


def test_the_model_is_that_of_erm() -> None:
    """Difficulties, their errors, infit, outfit and abilities are those of eRm 1.0-2, to the digits that its search is exact to."""
    columns, theirs = erm.recorded()
    found = rasch(columns)
    assert found is not None
    difficulties = [item.difficulty.value for item in found.items.values()]
    ours: dict[str, float] = {}
    for name, item in found.items.items():
        ours |= {f"b:{name}": item.difficulty.value, f"error:{name}": item.error}
        ours |= {f"infit:{name}": item.infit, f"outfit:{name}": item.outfit}
        ours |= {f"infit-z:{name}": item.infit_z, f"outfit-z:{name}": item.outfit_z}
    for name in theirs:
        if name.startswith("ability:"):
            ours[name] = ability(int(name.removeprefix("ability:")), difficulties, weighted=False).value
    assert ours == pytest.approx(theirs, abs=3e-4)
    assert sum(difficulties) == pytest.approx(0, abs=1e-9)
    misfit = max(found.items, key=lambda name: found.items[name].infit_z)
    assert misfit == "q10"  # which all guessed


def test_intervals_hold_the_true_difficulties() -> None:
    """Of 20 items of known difficulty nearly all lie in their intervals, and the abilities rise with the right answers to both ends."""
    found = rasch(erm.answers(500, 21, 7))
    assert found is not None
    true = [4 * place / 20 - 2 for place in range(20)]
    level = sum(item.difficulty.value for item in list(found.items.values())[:20]) / 20
    held = [
        item.difficulty.low <= b + level <= item.difficulty.high
        for item, b in zip(found.items.values(), true, strict=False)
    ]
    assert sum(held) >= 17
    values = [it.value for it in found.abilities]
    assert values == sorted(values)
    assert -7 < values[0] < values[1] - 0.5
    assert len(values) == 22


def test_what_cannot_be_estimated_is_not() -> None:
    """Fewer than 100 takers, fewer than five items, and items that one order of takers answers have no estimate."""
    assert rasch(erm.answers(99, 10, 1)) is None
    assert rasch(erm.answers(300, 4, 1)) is None
    assert rasch({}) is None
    steps = {f"q{n}": [taker % 7 > n for taker in range(300)] for n in range(6)}
    assert rasch(steps) is None


def test_a_paper_has_the_model_of_its_right_or_wrong_questions() -> None:
    """Items that all had right are left out, and who had nothing or all right does not count among those that tell."""
    columns = erm.answers(160, 8, 3)
    keys = ["A"] * 9
    rows = [["A" if it else "B" for it in row] + ["A"] for row in zip(*columns.values(), strict=True)]
    found = paper_report(answered(quiz_of_choices(keys), rows)).rasch
    alone = rasch(columns)
    assert found is not None
    assert alone is not None
    assert "q09" not in found.items
    assert {name: it.difficulty.value for name, it in found.items.items()} == pytest.approx(
        {name: it.difficulty.value for name, it in alone.items.items()}
    )

"""The grades that Moodle takes for an answer: a file with any other is refused as a whole (Moodle 4.5)."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.model import Mcq
    from builder.paper.record import Rule

_NAMES = "100 90 83.33333 80 75 70 66.66667 60 50 40 33.33333 30 25 20 16.66667 14.28571 12.5 11.11111 10 5 0".split()
_THIRDS = (3, 6, 7, 9)
_EXACT = {f"{float(Fraction(100 * n, d)):.5f}": Fraction(n, d) for d in _THIRDS for n in range(1, d)}
GRID = sorted((_EXACT.get(name, Fraction(name) / 100), name) for name in _NAMES)


def at_least(share: Fraction) -> tuple[Fraction, str]:
    """The smallest grade that is no less than a share of the marks: 1/11 is 11.11111 %."""
    return next(((value, name) for value, name in GRID if value >= share), GRID[-1])


def nearest(share: Fraction) -> tuple[Fraction, str]:
    """The grade that is nearest to a share of the marks: 0.97 is 100 %."""
    return min(GRID, key=lambda grade: abs(grade[0] - share))


@lru_cache(maxsize=1024)
def share_of(text: str) -> Fraction:
    """The share that a grade of a file means: `33.33333` is 1/3, and anything else what it says."""
    try:
        exact = Fraction(text.strip() or "0") / 100
    except (ValueError, ZeroDivisionError):
        return Fraction(0)
    value, _ = nearest(abs(exact))
    near = value if abs(value - abs(exact)) < Fraction(1, 100_000) else abs(exact)
    return near if exact >= 0 else -near


def grades(item: Mcq, rule: Rule | None, lose: Callable[[str], None]) -> tuple[str, str]:
    """The grade of each right and of each wrong option.

    Of five options two are right: each is worth 50, each wrong one costs 33.33333, so that ticking all earns 0. Eleven
    right ones would be worth 9.09 each; the grid has 10, and ten of them are then enough.
    """
    if not item.multiple:
        penalty = rule.penalty if rule else Fraction(0)
        value, name = nearest(penalty)
        if value != penalty:
            lose(f"a wrong option costs {name} %, the nearest grade that Moodle has")
        return "100", f"-{name}" if value else "0"
    number = sum(option.is_right for option in item.options)
    others = len(item.options) - number
    value, right = at_least(Fraction(1, number))
    if value * number != 1:
        lose(f"{number} right options can't share the marks equally: each earns {right} %")
    fair = Fraction(1, max(1, others))
    penalty = rule.penalty if rule and rule.rule == "each-minus" else fair
    is_fair = penalty == fair  # then it must not cost less, or "tick everything" would earn marks
    value, wrong = at_least(penalty) if is_fair else nearest(penalty)
    if penalty and not value:
        value, wrong = at_least(penalty)  # what costs something must not cost nothing
    if value != penalty:
        lose(f"a wrong option costs {wrong} %, the nearest grade that Moodle has")
    if rule is None or rule.rule != "each-minus":
        message = (
            "each right option earns a part and each wrong one costs: Moodle has no other rule for several options"
        )
        lose(message)
    elif rule.negative:
        lose("Moodle gives a question no less than 0")
    elif not item.scoring:
        lose("the rule of the course becomes that of the question")
    return right, f"-{wrong}" if value else "0"

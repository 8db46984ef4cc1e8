"""The grades that Moodle takes for an answer: a file with any other is refused as a whole (Moodle 4.5)."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

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

"""What is wrong with an item by all exams since its last edit, where the whole interval says so: rules S01 to S05."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.analysis.items import EASY, chance_level, discriminates
from builder.analysis.usage import dead_options, measured, options_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from builder.analysis.usage import Measured
    from builder.model import Course, Item
    from builder.model.measures import FaultCode

# The least and the greatest share of right answers that fit each difficulty.
FITTING = {1: (0.5, 1.0), 2: (0.35, 0.9), 3: (0.0, 0.8)}


def is_too_easy(found: Measured) -> bool:
    """Whether surely more than .95 of an item's marks are earned."""
    return found.p.low > EASY


def is_too_hard(item: Item, found: Measured) -> bool:
    """Whether surely less of an item's marks is earned than by guessing."""
    return found.p.high < chance_level(options_of(item))


def misfit(item: Item, found: Measured) -> str:
    """How an item's share of marks surely lies outside what fits its stated difficulty: `below 50%`; empty where it fits."""
    least, most = FITTING[item.difficulty] if item.difficulty else (0.0, 1.0)
    if found.p.high < least:
        return f"below {least:.0%}"
    return f"above {most:.0%}" if found.p.low > most else ""


def faults(item: Item, found: Measured) -> Iterator[FaultCode]:
    """The codes of the rules that an item breaks, those that it allows included."""
    if is_too_easy(found):
        yield "S01"
    if is_too_hard(item, found):
        yield "S02"
    if discriminates(found.r, found.r_shrunk):
        yield "S03"
    if dead_options(item, found):
        yield "S04"
    if misfit(item, found):
        yield "S05"


def flagged(course: Course, codes: Container[str]) -> dict[str, tuple[str, ...]]:
    """The items in use that break a rule of `codes` without allowing it, by id, each with the codes that it breaks."""
    found = {
        item.id: tuple(code for code in faults(item, figures) if code in codes and code not in item.allow)
        for item, figures in measured(course)
    }
    return {item: broken for item, broken in found.items() if broken}

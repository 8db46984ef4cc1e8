"""The schedule of the page against that of the terminal: `python -m tests.study.parity 10000` compares so many histories.

The histories have all ratings, on time, late, early and on one day; some reviews lie a minute before four o'clock, some
a minute after, in three time zones and across changes of their clocks.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from builder.pages.study import SCHEDULE
from builder.study.days import Moment, day_of
from builder.study.schedule import NEW, State, after
from builder.study.weights import DEFAULT
from tests.study.histories import histories

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from builder.study.weights import Values

ZONES = ("Pacific/Auckland", "America/New_York", "Europe/Berlin")
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
Reviews = list[tuple[int, int]]  # milliseconds since 1970, and rating

SCRIPT = """([histories, weights]) => weigh(weights) ?? histories.map((history) => {
  let state = NEW;
  return history.map(([time, rating]) => Object.values((state = after(state, rating, { time, day: dayOf(time) }))));
})"""


class Compared(NamedTuple):
    """Reviews that were compared; those with other phases, days, steps or intervals; and those where the last digit differs."""

    reviews: int
    other: list[str]
    digits: int


def compared(browser: Browser, number: int, seed: int = 22, weights: Values = DEFAULT) -> Compared:
    """Compare the states after each review of so many random histories in each of the time zones, by these weights."""
    chance = random.Random(seed)
    reviews, digits, other = 0, 0, []
    for zone in ZONES:
        some = [_timed(history, chance, zone) for history in histories(chance, number // len(ZONES) + 1)]
        page = browser.new_context(timezone_id=zone).new_page()
        for name in SCHEDULE:
            page.add_script_tag(content=(files("builder") / name).read_text("utf-8"))
        theirs = page.evaluate(SCRIPT, [some, list(weights)])
        page.context.close()
        for history, found in zip(some, theirs, strict=True):
            for mine, made in zip(_states(history, zone, weights), found, strict=True):
                reviews += 1
                digits += list(mine) != made
                if [*mine[:4], *mine[6:]] != [*made[:4], *made[6:]] or abs(mine.stability - made[4]) > 2e-4:
                    other.append(f"{zone} {history}: {mine}, and the page says {made}")
                    break
    return Compared(reviews, other, digits)


def _timed(history: list[tuple[int, int]], chance: random.Random, zone: str) -> Reviews:
    """A history with times: at any hour, or a minute before or after the day begins."""
    made: Reviews = []
    at = START + timedelta(days=chance.randint(0, 300))
    for gap, rating in history:
        local = (at + timedelta(days=gap)).astimezone(ZoneInfo(zone))
        if chance.random() < 0.4:
            local = local.replace(hour=chance.choice((3, 4)), minute=chance.choice((59, 1)))
        at = max(at + timedelta(seconds=9), local.astimezone(UTC))
        made.append((int(at.timestamp() * 1000), rating))
    return made


def _states(history: Reviews, zone: str, weights: Values) -> Iterator[State]:
    state = NEW
    for time, rating in history:
        local = datetime.fromtimestamp(time / 1000, UTC).astimezone(ZoneInfo(zone))
        state = after(state, rating, Moment(time, day_of(local)), weights)
        yield state


if __name__ == "__main__":
    from tests.browser import chromium

    for window in chromium():
        result = compared(window, int(sys.argv[1]))
        sys.stdout.write(
            f"{result.reviews} reviews: {len(result.other)} differ, {result.digits} in the last digit of their memory\n"
        )
        sys.stdout.write("".join(f"{line}\n" for line in result.other[:10]))
    sys.exit(bool(result.other))

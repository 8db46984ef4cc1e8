from __future__ import annotations

import random

import pytest
from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from builder.diagnostics import BuilderError
from builder.study.days import Moment
from builder.study.progress import Review, Weights, as_entry, as_line, settled
from builder.study.queue import Queue
from builder.study.schedule import state_of
from builder.study.weights import DEFAULT, LEAST, MOST, NEEDED, as_text, fitted, of_text
from tests.make.course import cards_of, course_of

_DAY = 86_400_000
_FIRST = 739_949


def forgetful(number: int) -> list[Review]:
    """The reviews of a student who forgets much sooner than the default weights foretell: six of each card."""
    chance, made = random.Random(3), []
    for card in range(number):
        day, gap = _FIRST, 0
        for _ in range(7):
            day += gap
            is_known = not gap or chance.random() < 0.7
            made.append(Review(1795943411123 + (day - _FIRST) * _DAY + card, day, f"c{card}", 1, 3 if is_known else 1))
            gap = max(1, round(gap * 1.6)) if is_known else 1
    return sorted(made)


def test_weights_are_computed_only_where_reviews_suffice() -> None:
    """Below the least number an error says how many there are; above it, the weights foretell better and are legal."""
    some = forgetful(70)
    with pytest.raises(BuilderError, match=f"do not suffice .*: 396 came .* and {NEEDED} are needed"):
        fitted([it for it in some if int(it.item[1:]) < 66], DEFAULT)
    found = fitted(some, DEFAULT)
    assert found.reviews == 420
    assert found.is_better
    assert found.after.rmse < found.before.rmse
    # fsrs-rs adds up on several threads, in any order: the last digits of two measures of the same weights may differ.
    assert found.before.rmse == pytest.approx(found.default.rmse)
    assert found.before.log_loss == pytest.approx(found.default.log_loss)
    assert of_text(as_text(found.after.values)) == found.after.values
    assert not fitted(some, found.after.values).is_better


def test_bounds_are_within_those_of_the_library() -> None:
    """No weight that progress takes is refused by py-fsrs."""
    for least, most, lower, upper in zip(LEAST, MOST, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True):
        assert lower <= least < most <= upper


@pytest.mark.parametrize(
    "text", ["", "Default", "1.0 2.0", as_text(LEAST).replace("0.0010", "0.0009", 1), as_text(MOST) + " 1.0000"]
)
def test_other_weights_are_refused(text: str) -> None:
    """A line with wrong weights is no line of progress."""
    line = as_line(Weights(1795943411123, 739949, "default")).replace('"default"', f'"{text}"')
    with pytest.raises(ValueError, match="its weights are not"):
        as_entry(line)


def test_the_last_weights_count_on_all_devices() -> None:
    """In any order of lines the latest weights count, for a queue that starts and for one that runs."""
    own, back = (Weights(1795943411123 + n, 739949, text) for n, text in enumerate((as_text(MOST), "default")))
    reviews = [Review(1795943411123, 739949, "a", 1, 3), Review(1795943411123 + _DAY, 739950, "a", 1, 3)]
    assert as_entry(as_line(own)) == own
    assert settled([back, *reviews, own]).weights == back
    course = course_of([{"id": "a", "kind": "basic", "prompt": "A?", "answer": "b"}])
    mine, default = state_of(reviews, MOST), state_of(reviews)
    assert mine != default
    running = Queue(cards_of(course), reviews, 20)
    running.heed(own)
    assert running.states == Queue(cards_of(course), reviews, 20, own).states == {("a", 1): mine}
    later = Moment(reviews[1].time + 9 * _DAY, 739959)
    assert running.after(mine, 3, later) != Queue(cards_of(course), reviews, 20).after(mine, 3, later)
    running.heed(back)
    running.heed(own)
    assert running.states == {("a", 1): default}

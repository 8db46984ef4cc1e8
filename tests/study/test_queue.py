from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from builder.study.days import Moment
from builder.study.progress import Review
from builder.study.queue import AHEAD, Queue
from tests.make.course import cards_of, course_of
from tests.make.items import EXAMPLES
from tests.study.histories import DAY

if TYPE_CHECKING:
    import random

    from builder.study.sheets import Card

TODAY = 1000
MINUTE = 60_000


def at(minutes: float, day: int = TODAY) -> Moment:
    """So many minutes after noon."""
    return Moment(day * DAY + int(minutes * MINUTE), day)


def basics(number: int) -> list[Card]:
    """Cards of basic items."""
    values = [{"id": f"b{n}", "kind": "basic", "prompt": f"What is {n}?", "answer": str(n)} for n in range(number)]
    return cards_of(course_of(values))


def answered(queue: Queue, card: Card, rating: int, now: Moment) -> None:
    """The card is answered."""
    queue.take(Review(now.time, now.day, card.item, card.number, rating))


def test_every_kind_has_the_cards_that_anki_has() -> None:
    """Two for a reversed item, one for each number of a cloze and for each box, else one."""
    made = cards_of(course_of(EXAMPLES))
    by_kind = {card.kind: [it.number for it in made if it.item == card.item] for card in made}
    assert by_kind == {kind: [1] for kind in by_kind} | {"reversed": [1, 2], "cloze": [1, 2], "occlusion": [1, 2]}
    assert len(by_kind) == 11


def test_what_is_kept_for_exams_or_retired_is_not_asked() -> None:
    """Whoever studies sees no item of an exam to come."""
    values: list[dict[str, Any]] = [
        {"id": "open", "kind": "basic", "prompt": "What?", "answer": "this"},
        {"id": "kept", "kind": "basic", "prompt": "What of it?", "answer": "that", "use": "exam"},
        {
            "id": "gone",
            "kind": "basic",
            "prompt": "What then?",
            "answer": "no",
            "retired": {"since": "2026-01-01", "reason": "x"},
        },
    ]
    assert [card.item for card in cards_of(course_of(values))] == ["open"]


def test_due_cards_come_before_new_ones_and_the_limit_holds() -> None:
    """A card of yesterday is asked first, then two new ones; the third waits for the next day, at four."""
    some = basics(5)
    queue = Queue(some, [Review(0, TODAY - 9, "b4", 1, 4)], limit=2)
    now = at(0)
    assert queue.counts(now) == (2, 0, 1)
    asked = []
    while card := queue.next(now):
        asked.append(card.item)
        answered(queue, card, 4, now)
    assert asked == ["b4", "b0", "b1"]
    assert queue.counts(now) == (0, 0, 0)
    tomorrow = at(0, TODAY + 1)
    assert queue.next(tomorrow) == some[2]


def test_a_card_comes_again_when_its_minutes_are_over() -> None:
    """Before new ones once they are over; ahead of time only when nothing else is left, and by 20 minutes at most."""
    some = basics(2)
    queue = Queue(some, [], limit=2)
    answered(queue, some[0], 1, at(0))
    assert queue.next(at(0.5)) == some[1]
    assert queue.next(at(1)) == some[0]
    answered(queue, some[1], 4, at(1))
    assert queue.next(at(1)) == some[0]
    answered(queue, some[0], 3, at(1))
    assert queue.states[some[0].place].due == at(11).time
    assert queue.next(Moment(at(11).time - AHEAD - 1, TODAY)) is None
    assert queue.next(Moment(at(11).time - AHEAD, TODAY)) == some[0]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 90), st.integers(1, 4)), max_size=20), st.randoms())
def test_the_order_in_which_reviews_arrive_does_not_matter(
    some: list[tuple[int, int, int]], chance: random.Random
) -> None:
    """Reviews of two devices, taken up one by one in any order and twice, give the states of all of them at once."""
    reviews = [Review(day * DAY, day, f"b{n}", 1, rating) for n, day, rating in some]
    mixed = [*reviews, *reviews[:3]]
    chance.shuffle(mixed)
    other = Queue(basics(3), [], 2)
    for review in mixed:
        other.take(review)
    whole = Queue(basics(3), set(reviews), 2)
    assert other.states == whole.states
    assert other.counts(at(0, 30)) == whole.counts(at(0, 30))

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from builder.pages import study
from builder.study.days import day_of
from builder.study.progress import Review, as_line, settled, written
from builder.study.queue import Queue
from tests.make.course import cards_of, course_of
from tests.pages.students import FIRST, ITEMS, Student
from tests.pages.test_study_page import NEXT

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.model import Course

LIMIT = 2


def merged(one: Student, other: Student) -> None:
    """Save a copy on each device, and take it over on the other; both know the same then."""
    for device in (one, other):
        device.saved()
    one.take_over(other.folder / "progress.jsonl")
    other.take_over(one.folder / "progress.jsonl")
    assert one.stored() == other.stored() == one.lines()


def studied(device: Student, chance: random.Random) -> int:
    """Answer all that is asked on this day; how many answers that were."""
    number = 0
    while device.asked():
        device.rate(chance.choice((1, 2, 3, 3, 3, 4)))
        number += 1
    return number


def opened(device: Student, course: Course) -> None:
    """Open the page of a course with a small limit of new cards."""
    device.open(course)
    device.page.evaluate(f"setLimit({LIMIT})")
    device.later(seconds=1)


@pytest.mark.slow
def test_a_month_on_two_devices_loses_nothing(student: Callable[..., Student]) -> None:
    """Two devices, the next release in between, and a storage that the browser clears: each answer of the month counts once."""
    phone, desk, chance = student("phone"), student("desk"), random.Random(30)
    course, answers = course_of(ITEMS), 0
    for device in (phone, desk):
        opened(device, course)
        expect(device.page.locator("#notice-lasting")).to_contain_text("may clear it")
    for day in range(30):
        device = (phone, desk)[day % 2]
        device.time = FIRST + timedelta(days=day)
        if day in (12, 13):  # the next release comes to one device a day before the other
            course = course_of(NEXT)
        opened(device, course)
        answers += studied(device, chance)
        fresh = [it for it in settled(device.saved()).reviews if day_of(FIRST) + day == it.day]
        before = {(it.item, it.card) for it in settled(device.saved()).reviews if it.day < day_of(FIRST) + day}
        assert len({(it.item, it.card) for it in fresh} - before) <= LIMIT
        if day % 7 == 6:
            phone.at(device.time)
            desk.at(device.time)
            merged(phone, desk)
        if day == 20:
            cleared(phone)
    merged(phone, desk)
    assert len(settled(desk.saved()).reviews) == answers > 40
    queue = Queue(cards_of(study.asked(course).course), settled(desk.saved()).reviews, LIMIT)
    for device in (phone, desk):
        states = device.page.evaluate("cards.map(({ place }) => [place, Object.values(memory.of(place).state)])")
        theirs = {f"{item} {card}": list(state) for (item, card), state in queue.states.items()}
        assert dict(states) == theirs


def cleared(device: Student) -> None:
    """The browser clears its storage: the page says so when it is opened, and a copy brings all back."""
    lines = device.lines()
    device.saved()
    device.page.evaluate("(store.base.close(), settled(indexedDB.deleteDatabase(NAME)).then(() => true))")
    device.page.reload()
    device.page.locator("html[data-ready]").wait_for(state="attached")
    expect(device.page.locator("#told")).to_contain_text("Nothing studied yet in this browser")
    assert device.lines() == []
    device.take_over(device.folder / "progress.jsonl")
    assert device.stored() == lines


def test_a_copy_is_asked_for_before_many_answers_are_at_risk(student: Callable[..., Student]) -> None:
    """A hundred answers that the browser may clear are told, until a copy is saved; then as many may come again."""
    one = student()
    one.open()
    expect(one.page.locator("#notice-copy")).to_have_count(0)
    at, day = int((FIRST - timedelta(days=99)).timestamp() * 1000), day_of(FIRST) - 99
    (one.folder / "mine.jsonl").write_bytes(written([Review(at + n, day, "capital", 1, 3) for n in range(100)]))
    one.take_over(one.folder / "mine.jsonl")
    expect(one.page.locator("#notice-copy")).to_contain_text("100")
    assert [as_line(entry) for entry in one.saved()] == one.lines()
    expect(one.page.locator("#notice-copy")).to_have_count(0)

"""The exams that the shipped course is meant for can be drawn from it."""

from __future__ import annotations

import pytest

from builder.loader import load, shipped
from builder.model import Course, Essay, Item, Matching, Ordering, Short
from builder.quiz import Quiz, arrange, rank

FINAL = {"mcq": 30, "truefalse": 6, "matching": 2, "ordering": 1, "short": 5, "essay": 2}
MIDTERM = {"mcq": 10, "truefalse": 5, "ordering": 1, "short": 4}
EXAMS = (FINAL, FINAL, MIDTERM)


@pytest.fixture(scope="module")
def course() -> Course:
    """The shipped course."""
    loaded = load(shipped()).course
    assert loaded
    return loaded


def _fits(item: Item) -> bool:
    """Whether an item is worth what the exams give to its kind: 5 for a matching, 4 for ordering and short, 24."""
    match item:
        case Matching():
            return item.points == 5
        case Ordering() | Short():
            return item.points == 4
        case Essay():
            return item.points == 24
    return True


def _may_join(item: Item, picked: list[Item]) -> bool:
    return not any(
        (item.group and item.group == other.group) or item.id in other.enemies or other.id in item.enemies
        for other in picked
    )


def _dealt(course: Course, seed: str) -> list[list[Item]] | None:
    """Items dealt out to the three exams, those with the most enemies first; None where the seed leads nowhere."""
    dealt: list[list[Item]] = [[] for _ in EXAMS]
    left = [dict(exam) for exam in EXAMS]
    for kind in FINAL:
        pool = [i for i in course.active if i.kind == kind and _fits(i)]
        for item in sorted(pool, key=lambda i: (-len(i.enemies), rank(seed, i.id))):
            # The exam that has least of the theme takes it, if it has room and may.
            def fewest(exam: int, item: Item = item) -> tuple[int, bytes]:
                return sum(other.theme == item.theme for other in dealt[exam]), rank(seed, item.id, str(exam))

            for exam in sorted(range(len(EXAMS)), key=fewest):
                if left[exam].get(kind, 0) and _may_join(item, dealt[exam]):
                    dealt[exam].append(item)
                    left[exam][kind] -= 1
                    break
    return None if any(any(places.values()) for places in left) else dealt


def _exams(course: Course) -> list[Quiz]:
    """Two finals and a mid-term without a common item, from the first seed that yields them."""
    for seed in map(str, range(300)):
        dealt = _dealt(course, seed)
        if dealt:
            return [arrange(course, items, seed, "A") for items in dealt]
    pytest.fail("no seed of 300 yields two finals and a mid-term")


def test_two_disjoint_finals_and_a_mid_term_can_be_drawn(course: Course) -> None:
    """No item is in two of the three, no group or enemies meet, and the marks are 100, 100 and 40."""
    exams = _exams(course)
    ids = [entry.id for exam in exams for entry in exam.items]
    assert len(ids) == len(set(ids))
    # One essay of the two is answered.
    assert [exam.points - (24 if exam is not exams[2] else 0) for exam in exams] == [100, 100, 40]
    for exam in exams:
        items = [course.by_id[entry.id] for entry in exam.items]
        for place, item in enumerate(items):
            assert _may_join(item, items[:place])


def test_each_exam_spans_the_themes(course: Course) -> None:
    """A final asks about every theme, the mid-term about most."""
    for exam, least in zip(_exams(course), (10, 10, 6), strict=True):
        assert len({course.by_id[entry.id].theme for entry in exam.items}) >= least

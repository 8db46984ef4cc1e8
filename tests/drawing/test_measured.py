"""Papers by what exams have shown of the items: expected difficulty, anchors, and items with faults left out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from builder.analysis.expected import expected_shares
from builder.drawing import Drawing, UnmetError, draw, pose
from builder.drawing.conflicts import conflicts
from builder.model import Blueprint, GivenPaper, History
from builder.model.measures import Anchors, Shares
from builder.model.usage import ItemUse
from tests.drawing import blueprints, referee
from tests.drawing.test_conflict import judge, named
from tests.drawing.test_draw import basic, blueprint_of, choice, ids
from tests.make import quarrels
from tests.make.course import course_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model import Course, Item
    from builder.model.blueprint import Row


def used(item: Item, p: float, r: float | None = 0.3, n: int = 400, exam: str = "may") -> ItemUse:
    """An item in an exam."""
    return ItemUse(exam=exam, date="2026-05-04", item=item.id, digest=item.digest, n=n, p=p, r=r)


def shown(course: Course, shares: Mapping[str, float], exam: str = "may") -> Course:
    """The course after an exam in which some items earned such shares."""
    return replace(course, usage=tuple(used(course.by_id[item], p, exam=exam) for item, p in shares.items()))


@st.composite
def _asked(draw: st.DrawFn, course: Course) -> tuple[Course, Blueprint]:
    """A course after an exam and a paper of it, and a blueprint that asks for what they have shown."""
    seen = draw(st.lists(st.sampled_from([None, 0.2, 0.5, 0.55, 0.9]), min_size=len(course.items)))
    shares = {item.id: p for item, p in zip(course.items, seen, strict=False) if p is not None}
    earlier = draw(st.lists(st.sampled_from(course.items), min_size=1, unique_by=lambda item: item.id))
    paper = GivenPaper(paper="earlier", date="2026-01-01", seed="0", items={it.id: it.digest for it in earlier})
    after = replace(shown(course, shares), history=History(papers=(paper,)))
    blueprint, _ = draw(blueprints.blueprints(course))
    low = draw(st.integers(30, 80))
    mean_p = draw(st.sampled_from([None, Shares(low, low + draw(st.integers(0, 20)))]))
    anchors = draw(st.sampled_from([None, Anchors(exam="earlier", min=draw(st.integers(1, 2)), max=None)]))
    rows: tuple[Row, ...] = blueprint.rows
    is_bounded: bool = draw(st.booleans())
    if rows and is_bounded:
        rows = (*rows[:-1], rows[-1].model_copy(update={"mean_p": Shares(50, 60)}))
    return after, blueprint.model_copy(update={"mean_p": mean_p, "anchors": anchors, "rows": rows})


def known_of(course: Course, blueprint: Blueprint) -> referee.Known:
    """What the referee has to know of a course."""
    (earlier,) = course.history.papers
    shares = {item: round(100 * share) for item, share in expected_shares(course).items()}
    return referee.Known(shares, earlier.items if blueprint.anchors else ())


@settings(max_examples=20, phases=[Phase.explicit, Phase.generate])
@given(st.data(), quarrels.courses(1, 7), blueprints.seeds, st.sampled_from([(), ("earlier",)]))
def test_the_paper_is_the_first_that_meets_what_exams_have_shown(
    data: st.DataObject, course: Course, seed: str, avoid: tuple[str, ...]
) -> None:
    """Of all choices the first one with the mean and the anchors that are asked for is drawn; if none is, what fights is named with its numbers."""
    course, blueprint = data.draw(_asked(course))
    known = known_of(course, blueprint)
    avoided = set(course.history.papers[0].items) if avoid else set()
    expected = referee.first(course, blueprint, seed, avoided, known)
    event("drawable" if expected else "not drawable")
    drawing = Drawing(blueprint, seed, avoid=avoid)
    if expected is not None:
        assert {entry.id for entry in draw(course, drawing).items} == {item.id for item in expected}
        return
    with pytest.raises(UnmetError):
        draw(course, drawing)
    pool = referee.pool(course, blueprint)
    pairs = referee.quarrels(course, pool)
    every = [
        (chosen, referee.broken(blueprint, chosen, pairs, avoided, known=known)) for chosen in referee.choices(pool)
    ]
    for fight in conflicts(pose(course, drawing), partial(pose, course, drawing)):
        names = {named(lack.cause) for lack in fight}
        assert all(broken & names for _, broken in every)
        for lack in fight:
            left = [chosen for chosen, broken in every if not broken & (names - {named(lack.cause)})]
            assert left
            if not lack.cause.total:
                judge(blueprint, lack, left, known)


BANK = course_of([*(choice(f"m{n}", theme="love") for n in range(6)), *(basic(f"b{n}") for n in range(6))])
SHARES = {**{f"m{n}": (n + 2) / 10 for n in range(6)}, **{f"b{n}": 0.9 for n in range(6)}}


def test_a_paper_has_the_mean_share_that_is_asked_for() -> None:
    """Of items that earned .2 to .9, papers of any seed are drawn whose expected mean lies in the range, and whose rows' do."""
    course = shown(BANK, SHARES)
    shares = expected_shares(course)
    blueprint = blueprint_of(items=6, mean_p="0.6..0.7", rows=[{"kind": "mcq", "mean_p": "0.35..0.45", "min": 3}])
    for seed in "12345":
        paper = ids(draw(course, Drawing(blueprint, seed)))
        choices = [item for item in paper if item.startswith("m")]
        assert 0.595 <= sum(shares[item] for item in paper) / 6 <= 0.705  # shares count in hundredths
        assert 0.345 <= sum(shares[item] for item in choices) / len(choices) <= 0.455


def test_a_mean_that_cannot_be_had_says_which_can() -> None:
    """Where the items are too hard, the nearest range is named, and drawing with it succeeds."""
    course = shown(BANK, SHARES)
    blueprint = blueprint_of(items=4, only={"kind": "mcq"}, mean_p="0.8..0.9")
    with pytest.raises(UnmetError, match=r"expected mean share of marks \(0\.80\.\.0\.90\): 0\.55 can be had"):
        draw(course, Drawing(blueprint, "1"))
    assert draw(course, Drawing(blueprint.model_copy(update={"mean_p": Shares(55, 90)}), "1"))


def test_anchors_come_back_from_an_exam_unless_they_were_edited() -> None:
    """So many unchanged items of an exam are on the paper, and no more of them where that exam is to be avoided."""
    course = shown(BANK, {f"b{n}": 0.5 for n in range(5)})
    edited = course.usage[0].model_copy(update={"digest": "0" * 16})
    paper = GivenPaper(paper="may", date="2026-05-04", seed="0", items={use.item: use.digest for use in course.usage})
    course = replace(course, usage=(edited, *course.usage[1:]), history=History(papers=(paper,)))
    blueprint = blueprint_of(items=6, anchors={"exam": "may", "min": 3})
    for seed in "123":
        again = set(ids(draw(course, Drawing(blueprint, seed, avoid=("may",))))) & {f"b{n}" for n in range(5)}
        assert len(again) == 3
    alone = replace(course, history=History())
    with pytest.raises(
        UnmetError, match=r"unchanged questions of 'may' \(at least 5\): at most 4 can be had, 1 missing"
    ):
        draw(alone, Drawing(blueprint_of(items=6, anchors={"exam": "may", "min": 5}), "1"))


def test_items_with_faults_that_exams_have_shown_are_left_out() -> None:
    """What S01 and S03 name is on no paper that avoids them, unless it is fixed or allows the fault."""
    m0, m1, m2 = BANK.items[:3]
    usage = (used(m0, 0.5, -0.3), used(m1, 0.995), used(m2, 0.5, -0.3))
    items = (m0, m1, m2.model_copy(update={"allow": {"S03": "asked for that"}}), *BANK.items[3:])
    course = replace(BANK, items=items, usage=usage)
    only = {"kind": "mcq"}
    paper = ids(draw(course, Drawing(blueprint_of(items=4, only=only, avoid_flagged=["S01", "S03"]), "1")))
    assert set(paper) == {"m2", "m3", "m4", "m5"}
    fixed = ids(draw(course, Drawing(blueprint_of(items=5, only=only, avoid_flagged="S03", fixed="m0"), "1")))
    assert "m0" in fixed
    with pytest.raises(UnmetError, match="left out: 1 item with a fault that exams have shown"):
        draw(course, Drawing(blueprint_of(items=6, only=only, avoid_flagged="S03"), "1"))


@pytest.mark.parametrize("typed", ["0.6", "0.7..0.6", "0.6..1.1", "0.600..0.7", "60..70", ["60", "70"], {}])
def test_what_is_no_range_is_refused(typed: object) -> None:
    """A range has two ends from 0 to 1 in order, with two decimals at most."""
    with pytest.raises(ValidationError, match=r"no range of shares|begins above its end"):
        blueprint_of(items=3, mean_p=typed)

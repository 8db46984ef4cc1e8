"""What holds on every paper drawn, whatever the course and the blueprint."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from builder.drawing import Drawing, UnmetError, draw, pose
from builder.model import Blueprint, TrueFalse
from tests.benchmarks import generate
from tests.drawing import blueprints, referee
from tests.make import quarrels
from tests.make.course import course_of

if TYPE_CHECKING:
    import random

    from builder.model import Course
    from builder.paper.record import Quiz


def blueprint_of(**fields: Any) -> Blueprint:
    """A blueprint of these fields."""
    return Blueprint.model_validate({"blueprint": "paper", "title": "A paper"} | fields)


def basic(item_id: str, **fields: Any) -> dict[str, Any]:
    """An item that has nothing to do with any other."""
    return {"id": item_id, "kind": "basic", "prompt": f"p {item_id}?", "answer": f"a {item_id}"} | fields


def choice(item_id: str, *options: dict[str, str], **fields: Any) -> dict[str, Any]:
    """A choice of four, if not told otherwise, that has nothing to do with any other."""
    four = options or tuple({"wrong" if n else "right": f"{item_id} {n}"} for n in range(4))
    return {"id": item_id, "kind": "mcq", "prompt": f"p {item_id}?", "options": list(four)} | fields


def ids(quiz: Quiz) -> list[str]:
    """The ids of a paper in the order of its first version."""
    return [entry.id for entry in quiz.items]


@pytest.mark.slow
@settings(max_examples=60)
@given(st.data(), quarrels.courses(9, 24), blueprints.seeds, st.integers(1, 3))
def test_every_demand_is_met(data: st.DataObject, course: Course, seed: str, versions: int) -> None:
    """No paper breaks a demand of its blueprint; and where some paper meets it, one is drawn."""
    blueprint, model = data.draw(blueprints.blueprints(course))
    pool = referee.pool(course, blueprint)
    apart = referee.quarrels(course, pool)
    try:
        quiz = draw(course, Drawing(blueprint, seed, versions))
    except UnmetError:
        event("not drawable")
        is_there = all(item in pool for item in model)
        assert not is_there or referee.broken(blueprint, model, apart)
        return
    event("drawn")
    chosen = [course.by_id[entry.id] for entry in quiz.items]
    assert all(item in pool for item in chosen)
    assert not referee.broken(blueprint, chosen, apart)
    answers = [item.answer for item in chosen if isinstance(item, TrueFalse)]
    assert referee.is_fair(sum(answers), len(answers))
    assert blueprint.marks in {None, quiz.points}
    for version in quiz.versions:
        assert {e.id for e in version.items} == {item.id for item in chosen}
        assert [e.points for e in version.items] == [
            referee.marks(course.by_id[e.id], blueprint) for e in version.items
        ]


@pytest.mark.slow
@settings(max_examples=40)
@given(st.data(), quarrels.banks(4, 10), blueprints.seeds, st.randoms(use_true_random=False))
def test_order_in_the_files_is_nothing_to_a_paper(
    data: st.DataObject, bank: list[dict[str, Any]], seed: str, rng: random.Random
) -> None:
    """Items of the bank and rows of the blueprint in another order give the same paper in all its versions."""
    course = course_of(bank)
    blueprint, _ = data.draw(blueprints.blueprints(course))
    mixed = replace(course, items=tuple(rng.sample(course.items, len(course.items))))
    rows = tuple(rng.sample(blueprint.rows, len(blueprint.rows)))
    turned = blueprint.model_copy(update={"rows": rows})
    assert _drawn(mixed, Drawing(turned, seed, 2)) == _drawn(course, Drawing(blueprint, seed, 2))


def _drawn(course: Course, drawing: Drawing) -> Quiz | None:
    try:
        return draw(course, drawing)
    except UnmetError:
        return None


@given(
    st.lists(st.tuples(st.sampled_from(["mcq", "basic", "truefalse"]), st.booleans()), min_size=2, max_size=14),
    st.data(),
    blueprints.seeds,
)
def test_one_more_item_changes_one_question_at_most(
    kinds: list[tuple[str, bool]], data: st.DataObject, seed: str
) -> None:
    """Where kinds alone are counted, a bank that grows by one item keeps its paper but for one question."""
    items = [
        basic(f"i{n}") if kind == "basic" else choice(f"i{n}") if kind == "mcq" else statement(f"i{n}", answer=answer)
        for n, (kind, answer) in enumerate(kinds)
    ]
    there = [item["kind"] for item in items[:-1]]
    counts = {kind: data.draw(st.integers(0, there.count(kind))) for kind in set(there)}
    assume(any(counts.values()))
    blueprint = blueprint_of(rows=[{"kind": kind, "count": count} for kind, count in counts.items()])
    before = _drawn(course_of(items[:-1]), Drawing(blueprint, seed))
    assume(before)
    assert before
    after = draw(course_of(items), Drawing(blueprint, seed))
    assert len(set(ids(before)) - set(ids(after))) <= 1
    assert set(ids(after)) - set(ids(before)) <= {items[-1]["id"]}


def statement(item_id: str, *, answer: bool) -> dict[str, Any]:
    """A statement that has nothing to do with any other item."""
    return {
        "id": item_id,
        "kind": "truefalse",
        "prompt": f"p {item_id}.",
        "answer": answer,
        "correction": f"c {item_id}",
    }


def test_seeds_draw_different_papers() -> None:
    """Another seed is another paper, and over many seeds every item has its turn."""
    course = course_of(basic(f"i{n}") for n in range(12))
    papers = [frozenset(ids(draw(course, Drawing(blueprint_of(items=4), str(seed))))) for seed in range(60)]
    assert len(set(papers)) > 40
    assert len(frozenset.union(*papers)) == 12


def test_rows_that_say_one_thing_are_one_limit() -> None:
    """A blueprint of five thousand equal rows poses no larger problem than one of one row."""
    course = course_of(
        [{"id": name, "kind": "basic", "prompt": name, "answer": name} for name in ("one", "two", "three")]
    )
    row = {"kind": "basic", "min": 1}
    sizes = []
    for rows in ([row], [row] * 5000, [row, {"kind": "basic", "min": 2}]):
        blueprint = Blueprint.model_validate({"blueprint": "b", "title": "B", "items": 2, "rows": rows})
        sizes.append(len(pose(course, Drawing(blueprint, "1")).limits))
    assert sizes[1] == sizes[0] == sizes[2] - 1


def test_siblings_enemies_and_the_retired_never_meet() -> None:
    """One of a group, one of two enemies (said on one side alone), nothing retired: under every seed."""
    items = [
        basic("a", group="g"),
        basic("b", group="g"),
        basic("c", enemies=["d"]),
        basic("d"),
        basic("e", retired={"since": "2026-01-01", "reason": "r"}),
    ]
    for seed in map(str, range(30)):
        drawn = set(ids(draw(course_of(items), Drawing(blueprint_of(items=2), seed))))
        assert len(drawn & {"a", "b"}) == 1
        assert len(drawn & {"c", "d"}) == 1
    with pytest.raises(UnmetError):
        draw(course_of(items), Drawing(blueprint_of(items=3), "1"))


def test_cues_and_near_duplicates_never_meet() -> None:
    """A question that gives another's answer away, or asks it again, stands on another paper."""
    items = [
        basic("label", prompt="Which label does the paper give the commissioned letters?", answer="Borrowed intimacy"),
        basic("echo", prompt="Why is borrowed intimacy in letters an echo?", answer="Nobody is there"),
        basic("stuck", prompt="Which task of mourning is Theodore stuck in?", answer="The second"),
        basic("again", prompt="In which task of mourning is Theodore stuck?", answer="the second"),
    ]
    seen = set()
    for seed in map(str, range(30)):
        drawn = frozenset(ids(draw(course_of(items), Drawing(blueprint_of(items=2), seed))))
        assert len(drawn & {"label", "echo"}) == 1
        assert len(drawn & {"stuck", "again"}) == 1
        seen.add(drawn)
    assert len(seen) == 4


@pytest.mark.parametrize("size", [{"items": 7}, {"marks": 7}])
@pytest.mark.parametrize(("share", "numbers"), [(40, {2, 3}), (43, {3, 4}), (0, {0}), (100, {7})])
def test_a_share_is_met_to_the_next_whole_number(size: dict[str, int], share: int, numbers: set[int]) -> None:
    """Of seven questions 40 % are two or three, wherever the bank has most, whether items or marks say how many."""
    rows = [{"kind": "mcq", "share": share}]
    seen = set()
    for many, few in (("m", "b"), ("b", "m")):
        made = [*(f"{many}{n}" for n in range(30)), *(f"{few}{n}" for n in range(8))]
        course = course_of(choice(i) if i[0] == "m" else basic(i) for i in made)
        for seed in "123":
            drawn = ids(draw(course, Drawing(blueprint_of(**size, rows=rows), seed)))
            assert len(drawn) == 7
            seen.add(sum(i[0] == "m" for i in drawn))
    assert seen == numbers


@pytest.mark.parametrize("asked", range(1, 12))
def test_true_and_false_are_shared_out(asked: int) -> None:
    """From 40 to 60 % of the statements are true, whether a row counts them or leaves their number open."""
    course = course_of(statement(f"s{n}", answer=n % 4 > 0) for n in range(28))
    for rows in ([{"kind": "truefalse", "count": asked}], [{"kind": "truefalse", "min": 1}]):
        for seed in "12345":
            drawn = ids(draw(course, Drawing(blueprint_of(items=asked, rows=rows), seed)))
            true = sum(getattr(course.by_id[i], "answer", False) for i in drawn)
            assert len(drawn) == asked
            assert referee.is_fair(true, asked), (true, asked)


def test_what_a_candidate_chooses_from_is_offered() -> None:
    """`choose` without `marks` still draws no fewer questions than are answered, each worth the same."""
    essays = [
        {
            "id": f"e{n}",
            "kind": "essay",
            "prompt": f"p{n}",
            "rubric": [{"criterion": f"c{n}", "marks": 5 + n % 2, "levels": ["0", "1"]}],
        }
        for n in range(4)
    ]
    course = course_of([*essays, *(basic(f"b{n}") for n in range(9))])
    blueprint = blueprint_of(items=3, points={"essay": 5}, choose={"essay": 2})
    for seed in "123456":
        quiz = draw(course, Drawing(blueprint, seed))
        assert {"e0", "e2"} < set(ids(quiz))
        assert quiz.points == 11
    with pytest.raises(UnmetError, match="essay questions to choose 3 from"):
        draw(course, Drawing(blueprint_of(items=4, points={"essay": 5}, choose={"essay": 3}), "1"))


def test_a_fixed_question_stands_on_the_paper_and_is_worth_what_its_kind_is() -> None:
    """`fixed` beats `only` and `excluded`, but brings no question of another worth."""
    short = {"id": "s", "kind": "short", "prompt": "p s?", "key_points": [{"point": "k", "marks": 3}]}
    course = course_of([short, *(basic(f"b{n}", theme="love") for n in range(4))])
    blueprint = blueprint_of(items=2, fixed="s", only={"theme": "love"}, excluded="s", points={"short": 3})
    assert {"s"} < set(ids(draw(course, Drawing(blueprint, "1"))))
    with pytest.raises(UnmetError, match="the fixed question 's', which is retired or not worth"):
        draw(course, Drawing(blueprint.model_copy(update={"points": {"short": 4}}), "1"))


def test_a_paper_made_for_the_occasion_is_none_of_the_course() -> None:
    """A blueprint that only shares its name with one of the course neither claims its name nor its file's lines."""
    own = blueprint_of(blueprint="quiz", items=1)
    course = course_of([basic("a"), basic("b")], blueprints={"quiz": own})
    assert draw(course, Drawing(own, "1")).blueprint == "quiz"
    assert draw(course, Drawing(own.model_copy(update={"items": 2}), "1")).blueprint is None


@pytest.mark.slow
def test_a_large_bank_is_drawn_from() -> None:
    """Ten thousand items with rows that cross each other: a paper comes out, and it breaks nothing."""
    dice = generate.Dice.of("draw", 10_000)
    course = course_of(generate.item(dice, n) for n in range(10_000))
    rows = [{"kind": "mcq", "share": 50}, {"difficulty": 3, "max": 5}, {"bloom": ["apply", "analyze"], "min": 25}]
    blueprint = blueprint_of(items=40, marks=100, rows=rows, only={"kind": ["mcq", "basic", "short", "matching"]})
    quiz = draw(course, Drawing(blueprint, "1"))
    chosen = [course.by_id[entry.id] for entry in quiz.items]
    assert not referee.broken(blueprint, chosen, referee.quarrels(course, chosen))
    assert quiz.points == 100


KNOWN = ["m2", "m1", "s4", "s2", "s0"]
_SCRIPT = """
import json
from builder.drawing import Drawing, draw
from tests.make.course import course_of
from tests.drawing.test_draw import known_course, known_paper
print(json.dumps([e.id for e in draw(known_course(), known_paper()).items]))
"""


def known_course() -> Course:
    """A course that must never change."""
    shorts = [
        {"id": f"s{n}", "kind": "short", "prompt": f"p{n}", "key_points": [{"point": f"k{n}", "marks": n % 4 + 2}]}
        for n in range(8)
    ]
    return course_of([*(choice(f"m{n}") for n in range(6)), *shorts])


def known_paper() -> Drawing:
    """A drawing that must never change; for its marks it takes the solver."""
    rows = [{"kind": "mcq", "count": 2}, {"kind": "short", "count": 3}]
    return Drawing(blueprint_of(rows=rows, marks=10), "2026")


def test_a_known_paper_never_changes() -> None:
    """Seed, blueprint and ids alone decide: this paper must come out on every machine and Python."""
    course, drawing = known_course(), known_paper()
    assert ids(draw(course, drawing)) == KNOWN
    expected = referee.first(course, drawing.blueprint, drawing.seed)
    assert expected
    assert {item.id for item in expected} == set(KNOWN)


@pytest.mark.slow
@pytest.mark.parametrize("hashes", ["1", "2"])
def test_the_order_of_sets_is_nothing_to_a_paper(hashes: str) -> None:
    """Another seed of Python's own hashes leaves the paper as it is."""
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT],
        env=os.environ | {"PYTHONHASHSEED": hashes},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == KNOWN

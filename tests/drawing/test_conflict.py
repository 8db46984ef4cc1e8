"""Blueprints that can't be met: what is named is the trouble, and all of it, with the right numbers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from math import ceil, floor
from typing import TYPE_CHECKING, Any, Literal

import pytest
from click.testing import CliRunner
from hypothesis import event, given, settings
from hypothesis import strategies as st

from builder.cli import main
from builder.drawing import Drawing, UnmetError, draw, pose
from builder.drawing.conflicts import conflicts
from builder.model import GivenPaper, History
from tests import samples
from tests.drawing import blueprints, referee
from tests.drawing.test_draw import basic, blueprint_of, choice
from tests.make import quarrels
from tests.make.course import course_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from builder.drawing.conflicts import Lack
    from builder.drawing.problem import Cause
    from builder.model import Blueprint, Course, Item

SPOKEN = {
    "no question of earlier papers but": "earlier-anchors",
    "no two enemies": "together",
    "no question of earlier": "earlier",
    "of the true/false": "true",
}


def named(cause: Cause) -> str:
    """The name that the referee has for a cause."""
    match cause.keys:
        case ():
            return next(name for start, name in SPOKEN.items() if cause.text.startswith(start))
        case ("choose",):
            return f"choose.{cause.text.split()[0]}"
        case ("fixed",):
            return "fixed." + cause.text.split("'")[1]
        case keys:
            return ".".join(map(str, keys))


@pytest.mark.slow
@settings(max_examples=150)
@given(st.data(), quarrels.courses(1, 8), st.integers(0, 3))
def test_what_is_named_fights_and_nothing_of_it_could_be_left_out(
    data: st.DataObject, course: Course, used: int
) -> None:
    """Every choice of items breaks one of the named causes; give up any of them, and some choice meets the others."""
    blueprint, _ = data.draw(blueprints.blueprints(course))
    avoided = {item.id for item in course.items[:used]} if used > 1 else set()
    pool = referee.pool(course, blueprint)
    pairs = referee.quarrels(course, pool)
    every = [(chosen, referee.broken(blueprint, chosen, pairs, avoided)) for chosen in referee.choices(pool)]
    event("drawable" if any(not broken for _, broken in every) else "not drawable")
    if any(not broken for _, broken in every):
        return
    fights = fights_of(course, blueprint, avoided)
    assert fights
    for fight in fights:
        names = {named(lack.cause) for lack in fight}
        assert len(names) == len(fight)
        assert all(broken & names for _, broken in every)
        for lack in fight:
            left = [chosen for chosen, broken in every if not broken & (names - {named(lack.cause)})]
            assert left
            if lack.cause.total:
                _judge_total(course, blueprint, lack, avoided)
            else:
                judge(blueprint, lack, left)


def fights_of(course: Course, blueprint: Blueprint, avoided: Collection[str] = ()) -> list[list[Lack]]:
    """The conflicts of a blueprint on a paper that leaves out the items of an earlier one."""
    if avoided:
        earlier = GivenPaper(paper="earlier", date="2026-01-01", seed="0", items=dict.fromkeys(avoided, "0" * 16))
        course = replace(course, history=History(papers=(earlier,)))
    drawing = Drawing(blueprint, "1", avoid=("earlier",) if avoided else ())
    return conflicts(pose(course, drawing), partial(pose, course, drawing))


def totals(
    course: Course, blueprint: Blueprint, key: Literal["items", "marks"], avoided: Collection[str], spared: str
) -> set[float]:
    """Every total that can be written at `items:` or `marks:`, found by trying all choices; `spared` need not hold."""
    if key == "marks":
        pool = referee.pool(course, blueprint)
        pairs = referee.quarrels(course, pool)
        fitting = [
            chosen
            for chosen in referee.choices(pool)
            if referee.broken(blueprint, chosen, pairs, avoided) <= {"marks", *SPARED[spared]}
        ]
        return {
            blueprint.chosen
            + sum(referee.marks(item, blueprint) for item in chosen if item.kind not in blueprint.choose)
            for chosen in fitting
        }
    found = set[float]()
    for number in range(len(course.items) + 1):
        asked = blueprint.model_copy(update={"items": number})
        pool = referee.pool(course, asked)
        pairs = referee.quarrels(course, pool)
        if any(
            len(chosen) == number and referee.broken(asked, chosen, pairs, avoided) <= SPARED[spared]
            for chosen in referee.choices(pool)
        ):
            found.add(number)
    return found


SPARED = {"": set[str](), "items": {"items", "rows"}, "marks": {"marks"}}


def _judge_total(course: Course, blueprint: Blueprint, lack: Lack, avoided: Collection[str]) -> None:
    """The totals that are named, against all that can be had: with every other line, or, where none can, with all rows."""
    key = lack.cause.total
    assert key
    more = blueprint.chosen if key == "marks" else 0
    wanted = blueprint.marks if key == "marks" else referee.size(blueprint)
    assert wanted
    can = totals(course, blueprint, key, avoided, "")
    event(f"a total of {key}: {'with the other total' if can else 'without it'}")
    assert lack.alone is (not can and (lack.below, lack.above) != (None, None))
    if not can:
        can = totals(course, blueprint, key, avoided, "marks" if key == "items" else "items")
    below = max((total for total in can if total < wanted), default=None)
    above = min((total for total in can if total > wanted), default=None)
    assert (lack.below, lack.above) == tuple(None if it is None else it - more for it in (below, above))
    assert lack.missing == (None if below is None else wanted - below)


def judge(
    blueprint: Blueprint, lack: Lack, left: Sequence[Sequence[Item]], known: referee.Known = referee.NOTHING
) -> None:
    """The numbers of a lack, against all choices that the other causes leave."""
    name = named(lack.cause)
    open_share = name.startswith("rows.") and referee.size(blueprint) is None and not lack.cause.is_mean
    found = [next((it for it in referee.demands(blueprint, chosen, known) if it.name == name), None) for chosen in left]
    demands = [it for it in found if it is not None]
    if not demands or (open_share and blueprint.rows[int(name[5:])].share is not None):
        assert (lack.below, lack.above, lack.missing) == (None, None, None)  # it forbids, or its numbers move
        return
    below = max((it.has for it in demands if it.has < it.least), default=None)
    above = min((it.has for it in demands if it.most is not None and it.has > it.most), default=None)
    if lack.cause.is_mean:
        assert lack.below == (None if below is None else floor(below) / 100)
        assert lack.above == (None if above is None else ceil(above) / 100)
        return
    assert (lack.below, lack.above) == (below, above)
    assert lack.missing == (None if below is None else demands[0].least - below)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"rows": [{"kind": "mcq", "count": 5}, {"kind": "basic", "count": 9}]},
            "kind mcq (5): at most 3 can be had, 2 missing. Nor of this: kind basic (9): at most 4 can be had, 5 missing",
        ),
        ({"items": 2, "only": {"kind": "essay"}}, "questions in all (2): at most 0 can be had, 2 missing"),
        (
            {"marks": 5, "points": {"basic": 2, "mcq": 2}},
            "marks in all (5): the questions' marks don't add up to that, but to 4 or 6",
        ),
        ({"marks": 1, "points": {"basic": 2, "mcq": 2}}, "marks in all (1): at least 2 would be needed"),
        (
            {"items": 3, "rows": [{"theme": "love", "min": 2}, {"kind": "mcq", "min": 2}]},
            (
                "questions in all (3): at least 4 would be needed; theme love (at least 2): at most 1 can be had, "
                "1 missing; kind mcq (at least 2): at most 1 can be had, 1 missing"
            ),
        ),
        (
            {"rows": [{"kind": "mcq", "count": 3}], "excluded": "m0"},
            "kind mcq (3): at most 2 can be had, 1 missing",
        ),
    ],
)
def test_a_conflict_is_told_in_numbers(fields: dict[str, Any], said: str) -> None:
    """The message says which lines fight, what can be had, and how many are missing."""
    course = course_of([*(choice(f"m{n}") for n in range(3)), *(basic(f"b{n}", theme="love") for n in range(4))])
    with pytest.raises(UnmetError) as error:
        draw(course, Drawing(blueprint_of(**fields), "1"))
    assert str(error.value) == f"no paper meets all of this: {said}"
    assert error.value.findings == []  # it stands in no file


def test_a_fight_between_papers_names_both() -> None:
    """Two papers that may share nothing and want more than there is: both are named, and what parts them."""
    two = {
        name: blueprint_of(blueprint=name, rows=[{"kind": "mcq", "count": 2}], disjoint=other)
        for name, other in (("one", "two"), ("two", "one"))
    }
    course = course_of([choice(f"m{n}") for n in range(3)], blueprints=two)
    with pytest.raises(UnmetError) as error:
        draw(course, Drawing(two["two"], "1"))
    assert set(str(error.value).removeprefix("no paper meets all of this: ").split("; ")) == {
        "one: kind mcq (2): at most 1 can be had, 1 missing",
        "kind mcq (2): at most 1 can be had, 1 missing",
        "one: no question that is on two",
    }


BLUEPRINT = """\
blueprint: exam
title: An exam
rows:
  # Too many by far.
  - {kind: mcq, count: 40}
  - {kind: essay,
     count: 1}
"""


@pytest.fixture
def course_with_exam(tmp_path: Path) -> Path:
    """A course of every kind with a blueprint that it can't meet."""
    folder = samples.course(tmp_path / "course", samples.HERE / "good" / "all-kinds.yaml")
    file = folder / "course.yaml"
    file.write_text(file.read_text("utf-8") + "blueprints: [papers/*.yaml]\n", "utf-8")
    (folder / "papers").mkdir()
    (folder / "papers" / "exam.yaml").write_text(BLUEPRINT, "utf-8")
    return folder


def test_the_row_is_shown_in_its_file(course_with_exam: Path, tmp_path: Path) -> None:
    """`her-study quiz` points at line and column of the row, exits with 1, and writes nothing."""
    out = tmp_path / "out"
    given = ["quiz", str(course_with_exam), "--blueprint", "exam", "-o", str(out), "--record", "--no-lint"]
    done = CliRunner().invoke(main, given, catch_exceptions=False)
    assert done.exit_code == 1
    place = f"{course_with_exam / 'papers' / 'exam.yaml'}:5:5"
    assert f"{place}: error[unmet-blueprint] kind mcq (40): at most" in done.stderr
    assert "no paper meets blueprint 'exam': nothing was written" in done.stderr
    assert "exam.yaml:6" not in done.stderr
    assert not out.exists()
    assert not (course_with_exam / "history.yaml").exists()


def test_rows_that_fight_name_each_other(course_with_exam: Path, tmp_path: Path) -> None:
    """Each line of a conflict is shown at its place, and says which others it fights with."""
    text = "blueprint: exam\ntitle: An exam\nitems: 3\nrows:\n  - {kind: mcq, min: 2}\n  - {kind: [short, essay], min: 2}\n"
    (course_with_exam / "papers" / "exam.yaml").write_text(text, "utf-8")
    given = ["quiz", str(course_with_exam), "--blueprint", "exam", "-o", str(tmp_path / "out"), "--no-lint"]
    done = CliRunner().invoke(main, given, catch_exceptions=False)
    assert done.exit_code == 1
    for place in ("3:1", "5:5", "6:5"):
        assert f"{course_with_exam / 'papers' / 'exam.yaml'}:{place}: error[unmet-blueprint]" in done.stderr
    assert "one that it fights with: kind mcq (at least 2); kind short or essay (at least 2)" in done.stderr


@pytest.mark.parametrize(
    ("fields", "line", "said", "help_"),
    [
        (
            "marks: 3\npoints: {mcq: 2}\nonly: {kind: mcq}\nrows:\n  - {kind: mcq, min: 1}\n",
            3,
            "marks in all (3): the questions' marks don't add up to that, but to 2 or 4",
            "write 'marks: 2' or 'marks: 4', which can be had with all the other lines, or change 'points:'",
        ),
        (
            "marks: 90\npoints:\n  mcq: 1\n  short: 90\nrows:\n  - {kind: short, count: 1}\n",
            6,
            "short questions of 90 marks: there is none; they are worth 2",
            "write one of these numbers, or leave the kind out of 'points:'",
        ),
    ],
)
def test_marks_that_do_not_fit_say_which_would(
    fields: str, line: int, said: str, help_: str, course_with_exam: Path
) -> None:
    """A sum that can't be had has its neighbours beside it, and marks that no question of a kind has those that some have."""
    (course_with_exam / "papers" / "exam.yaml").write_text(f"blueprint: exam\ntitle: An exam\n{fields}", "utf-8")
    given = ["quiz", str(course_with_exam), "--blueprint", "exam", "-o", str(course_with_exam / "out"), "--no-lint"]
    done = CliRunner().invoke(main, given, catch_exceptions=False)
    assert done.exit_code == 1
    (told,) = [entry for entry in done.stderr.split("\n\n") if said in entry]
    assert f"exam.yaml:{line}:" in told
    assert f"help: {help_}" in told


def test_items_worth_other_marks_than_the_blueprint_says_are_told() -> None:
    """Where points let through only some items of a kind that is marked part by part, the rest is counted, with the reason."""
    course = course_of(
        [
            {
                "id": f"match-{place}",
                "kind": "matching",
                "prompt": f"Match {place}.",
                "pairs": [(f"a{place}{k}", f"b{place}{k}") for k in range(size)],
            }
            for place, size in enumerate((3, 3, 4))
        ]
    )
    rows = [{"kind": "matching", "count": 2}]
    told = "kind matching .*at most 1 can be had.*left out: 2 items worth other marks than `points:` says"
    with pytest.raises(UnmetError, match=told):
        draw(course, Drawing(blueprint_of(rows=rows, points={"matching": 4}), "1"))
    assert draw(course, Drawing(blueprint_of(rows=rows, points={"matching": 3}), "1"))

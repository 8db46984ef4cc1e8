"""Papers that were given: taken down, counted, left out of the next one, and drawn again."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from builder.cli import main
from builder.diagnostics import BuilderError
from builder.drawing import Drawing, UnmetError, draw
from builder.drawing.history import taken_down, usage
from builder.loading.course import load
from builder.model import History
from builder.source.nodes import values
from tests import samples
from tests.drawing.test_draw import basic, blueprint_of, ids
from tests.make import strategies
from tests.make.course import course_of

if TYPE_CHECKING:
    from pathlib import Path

    from builder.model import Course
    from builder.paper.record import Quiz

DATE = "2026-05-04"
OPEN = blueprint_of(blueprint="open", items=3)
COURSE = course_of((basic(f"i{n}") for n in range(12)), blueprints={"open": OPEN})


def read(text: str) -> History:
    """The history as a course reads it."""
    parsed = values("history.yaml", text)
    assert not parsed.faults
    return History.model_validate(parsed.value)


def paper(seed: str, name: str | None = None, course: Course = COURSE, **drawing: Any) -> Quiz:
    """A paper of three questions."""
    quiz = draw(course, Drawing(course.blueprints["open"], seed, **drawing))
    return quiz.model_copy(update={"name": f"open-{seed}" if name is None else name})


def after(course: Course, *quizzes: Quiz) -> Course:
    """The course after these papers were given too."""
    taken = (read(taken_down("", quiz, DATE) or "") for quiz in quizzes)
    papers = itertools.chain(course.history.papers, *(history.papers for history in taken))
    return replace(course, history=History(papers=tuple(papers)))


def test_a_first_paper_makes_the_file() -> None:
    """The file says what it is, and the paper's name, day, seed, blueprint and hashes."""
    quiz = paper("7")
    text = taken_down("", quiz, DATE)
    assert text
    assert text.startswith("# ")
    (taken,) = read(text).papers
    assert (taken.paper, taken.date, taken.seed, taken.blueprint) == ("open-7", DATE, "7", "open")
    assert taken.items == {entry.id: COURSE.by_id[entry.id].digest for entry in quiz.items}


END = st.sampled_from(["", "\n", "# the end", "  # indented\n", "\n\n# after two lines\n\n"])


@given(st.lists(st.tuples(strategies.text, strategies.text, END), min_size=1, max_size=4), st.sampled_from(["", "  "]))
def test_what_stands_in_the_history_stays_byte_for_byte(given_papers: list[tuple[str, str, str]], margin: str) -> None:
    """Whatever its names, comments and margins, the file only grows at its end; the new paper reads back as it was."""
    text, history, names = "", History(), set[str]()
    for name, seed, comment in given_papers:
        quiz = paper("1", name).model_copy(update={"seed": seed})
        if name.strip() in names:
            assert taken_down(text, quiz, DATE) is None
            continue
        names.add(name.strip())
        grown = taken_down(text, quiz, DATE)
        assert grown
        assert grown.startswith(text)
        history = read(grown)
        assert (history.papers[-1].paper, history.papers[-1].seed) == (name.strip(), seed)
        assert len(history.papers) == len(names)
        if margin and len(names) == 1:
            # As some editors lay lists out.
            head, entries = grown.split("papers:\n")
            grown = f"{head}papers:\n{''.join(margin + line for line in entries.splitlines(keepends=True))}"
        text = grown + comment
        assert read(text) == history


def test_the_same_paper_is_taken_down_once_and_a_name_stands_for_one_paper() -> None:
    """The very same paper again is nothing new; another one under its name is refused."""
    text = taken_down("", paper("1"), DATE)
    assert text
    assert taken_down(text, paper("1"), "2026-06-01") is None
    with pytest.raises(BuilderError, match="another paper 'open-1', of 2026-05-04; give this one a name with --name"):
        taken_down(text, paper("2", "open-1"), DATE)
    changed = course_of([basic(f"i{n}", answer="another") for n in range(12)], blueprints={"open": OPEN})
    with pytest.raises(BuilderError, match="another paper 'open-1'"):
        taken_down(text, paper("1", course=changed), DATE)
    with pytest.raises(BuilderError, match="needs a name"):
        taken_down("", paper("1", " "), DATE)


def test_a_list_that_does_not_grow_at_its_end_is_left_alone() -> None:
    """A list on one line is not rewritten: its author is asked to lay it out in lines."""
    spoiled = "papers: [{paper: a, date: 2026-01-01, seed: 1, items: {x: 0123456789abcdef}}]\n"
    with pytest.raises(BuilderError, match="let `papers:` be its last key"):
        taken_down(spoiled, paper("1"), DATE)


def test_a_file_without_papers_keeps_its_comments() -> None:
    """A history that an author began with a comment goes on below it."""
    text = "schema: her-study/history/1\n# Given since 2026.\n"
    grown = taken_down(text, paper("1"), DATE)
    assert grown
    assert grown.startswith(text)
    assert len(read(grown).papers) == 1


def test_use_is_counted() -> None:
    """The most used item comes first; an item that was edited since its last paper is marked."""
    first, second = paper("1"), paper("2")
    course = after(COURSE, first, second)
    used = {use.id: use for use in usage(course)}
    assert used.keys() == COURSE.by_id.keys()
    for item_id, use in used.items():
        assert [it.paper for it in use.papers] == [q.name for q in (first, second) if item_id in ids(q)]
        assert not use.changed
    times = [len(use.papers) for use in usage(course)]
    assert times == sorted(times, reverse=True)
    edited = ids(first)[0]
    items = [basic(f"i{n}", **({"answer": "new"} if f"i{n}" == edited else {})) for n in range(12)]
    changed = course_of(items, blueprints={"open": OPEN}, history=course.history)
    assert [use.id for use in usage(changed) if use.changed] == [edited]


def test_items_of_the_last_papers_are_left_out() -> None:
    """`avoid_last` leaves out those of the last papers and no others, `avoid` those of a paper by name."""
    course = COURSE
    given_papers: list[Quiz] = []
    for seed in "123":
        given_papers.append(paper(seed, course=course, avoid_last=len(given_papers)))
        course = after(course, given_papers[-1])
    assert len({i for quiz in given_papers for i in ids(quiz)}) == 9
    fourth = paper("4", course=course, avoid_last=3)
    assert set(ids(fourth)) == COURSE.by_id.keys() - {i for quiz in given_papers for i in ids(quiz)}
    for seed in map(str, range(10, 20)):
        for last in (1, 2):
            left_out = {i for quiz in given_papers[-last:] for i in ids(quiz)}
            assert left_out.isdisjoint(ids(paper(seed, course=course, avoid_last=last)))
        named = paper(seed, course=course, avoid=("open-1", "open-3"))
        assert {*ids(given_papers[0]), *ids(given_papers[2])}.isdisjoint(ids(named))
    free = {i for seed in map(str, range(10, 60)) for i in ids(paper(seed, course=course, avoid_last=1))}
    assert free == COURSE.by_id.keys() - set(ids(given_papers[-1]))
    with pytest.raises(BuilderError, match="no paper 'open-2x'; did you mean 'open-2'"):
        paper("4", course=course, avoid=("open-2x",))


def test_too_much_left_out_is_said() -> None:
    """Where earlier papers leave too few items, that is what the message names."""
    course = COURSE
    for seed in "1234":
        course = after(course, paper(seed, course=course, avoid_last=4))
    with pytest.raises(
        UnmetError, match=r"questions in all \(3\): at most 0 can be had, 3 missing; no question of earlier"
    ):
        paper("5", course=course, avoid_last=4)


def test_a_paper_is_drawn_again_whatever_was_given_since() -> None:
    """The same seed and options give the recorded paper, next day and after others were recorded."""
    before = after(COURSE, paper("1"), paper("2"))
    first = paper("3", course=before, avoid_last=1)
    for later in itertools.accumulate([(), (first,), (paper("8"),), (paper("9"),)]):
        again = paper("3", course=after(before, *later), avoid_last=1)
        assert again == first


def test_a_disjoint_paper_drawn_later_still_shares_nothing() -> None:
    """Of two papers tied together the second, drawn after a third was recorded, has no question of the first."""
    tied = {name: blueprint_of(blueprint=name, items=2, disjoint=other) for name, other in (("a", "b"), ("b", "a"))} | {
        "open": OPEN
    }
    start = course_of((basic(f"i{n}") for n in range(12)), blueprints=tied)
    for seed in map(str, range(8)):
        course = after(start, paper("x", course=start))
        one = draw(course, Drawing(tied["a"], seed, avoid_last=1)).model_copy(update={"name": "a-1"})
        later = after(course, one, paper("y", course=start), paper("z", course=start))
        two = draw(later, Drawing(tied["b"], seed, avoid_last=1))
        assert set(ids(one)).isdisjoint(ids(two))
        assert two == draw(course, Drawing(tied["b"], seed, avoid_last=1))


@pytest.mark.slow
def test_the_command_takes_down_counts_and_avoids(tmp_path: Path) -> None:
    """`quiz --record` writes history.yaml into the course, `history` counts, `--avoid-last` leaves out."""
    folder = samples.course(tmp_path / "course", samples.HERE / "good" / "all-kinds.yaml")

    def run(*given_options: str) -> str:
        out = str(tmp_path / "out")
        options = ["quiz", str(folder), "--no-lint", "--format", "md", "-o", out, "--items", "3", *given_options]
        done = CliRunner().invoke(main, options, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    run("--seed", "1", "--record", "--date", DATE)
    (first,) = load(folder).course.history.papers  # type: ignore[union-attr]
    assert (first.paper, first.date, first.seed, len(first.items)) == ("quiz-1", DATE, "1", 3)
    assert "is in the history already" in run("--seed", "1", "--record")
    run("--seed", "2", "--record", "--avoid-last", "1")
    run("--seed", "3", "--record", "--avoid", "quiz-1")
    _, second, third = load(folder).course.history.papers  # type: ignore[union-attr]
    assert first.items.keys().isdisjoint(second.items)
    assert first.items.keys().isdisjoint(third.items)
    shown = CliRunner().invoke(main, ["history", str(folder)], catch_exceptions=False).output
    assert "quiz-1" in shown
    assert all(item in shown for item in first.items)

"""The page of the queue, in a browser: answered by keys alone, and saved as decisions that the next run reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from builder.grading.decisions import Decision, Decisions, decisions_of
from builder.grading.pages import Page
from builder.grading.queue import queue_page
from builder.grading.rows import Row
from builder.paper.sheet.stamp import Stamp
from tests.marking import sheets

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from builder.paper.record import QuizItem

FIRST, SECOND, OLD = "0" * 15 + "1", "0" * 15 + "2", "f" * 16


def test_the_queue_is_answered_by_keys_and_saved(browser: Browser, tmp_path: Path) -> None:
    """Letters in any case, a dash for a blank and an id are kept beside older decisions; what is no circle is told, and left out."""
    quiz = sheets.paper().quiz
    questions = quiz.versions[0].items
    truth = next(item for item in questions if item.section == "truefalse")
    stamp = Stamp(quiz.identity, "0000", "A", 1, 0)
    rows = [Row(questions[n], ("A", "B", "C"), ("A", "B"), 0.0, "2 marks: A, B", (0.5, 0.5, 0.0)) for n in range(3)]
    pages = [
        Page("<b>scan.pdf", 1, FIRST, stamp, rows=rows),
        Page("scan.pdf", 2, SECOND, stamp, rows=[Row(truth, ("true", "false"), (), 0.0, "faint", (0.05, 0.0))]),
    ]
    pages[1].doubts.append("no name is in its code: whose is it?")
    before = Decisions(pages={OLD: Decision(use=False, answers={"1": "C"})})
    (tmp_path / "queue.html").write_bytes(queue_page(quiz, pages, before))
    page = browser.new_page()
    page.goto((tmp_path / "queue.html").as_uri())
    for typed in ("b", "-", "Q", "s 17: x", "f"):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    assert page.inner_text("#left") == "4 of 5 answered"
    assert page.inner_text("section:nth-of-type(3) .odd") == "There is no such circle or answer."
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    text = Path(download.value.path()).read_text("utf-8")
    page.close()
    assert decisions_of("decisions.yaml", text) == Decisions(
        pages={
            FIRST: Decision(answers={questions[0].label: "B", questions[1].label: ""}),
            SECOND: Decision(student="s 17: x", answers={truth.label: "false"}),
            OLD: Decision(use=False, answers={"1": "C"}),
        }
    )


def test_each_row_of_a_question_keeps_its_own_entry(browser: Browser, tmp_path: Path) -> None:
    """Of a matching or an ordering, entries stay in the order of the rows as they were typed, twins and dashes among them."""
    quiz = sheets.paper().quiz
    items = {item.section: item for item in quiz.versions[0].items}
    stamp = Stamp(quiz.identity, "0000", "A", 1, 0)
    rows = [_in_doubt(items["matching"], 5, "ABCDE"), _in_doubt(items["ordering"], 4, "1234")]
    (tmp_path / "queue.html").write_bytes(queue_page(quiz, [Page("scan.pdf", 1, FIRST, stamp, rows=rows)], Decisions()))
    page = browser.new_page()
    page.goto((tmp_path / "queue.html").as_uri())
    for typed in ("b d b - a", "3 1 4 2"):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    text = Path(download.value.path()).read_text("utf-8")
    page.close()
    answers = {items["matching"].label: "B D B - A", items["ordering"].label: "3 1 4 2"}
    assert decisions_of("decisions.yaml", text).of(FIRST).answers == answers


def _in_doubt(question: QuizItem, count: int, signs: str) -> Row:
    """A question with `count` rows of circles, which a person has to read."""
    values = tuple(f"{row}.{sign}" for row in range(1, count + 1) for sign in signs)
    return Row(question, values, (), 0.0, "row 1: faint, erased or stray", (0.0,) * len(values))

"""The page of the queue, in a browser: answered by keys alone, and saved as decisions that the next run reads."""

from __future__ import annotations

import io
import pickle
import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from builder.grading import filling
from builder.grading.decisions import Decision, Decisions, decisions_of
from builder.grading.pages import Page, Reader
from builder.grading.queue import queue_page
from builder.grading.reasons import reason, told
from builder.grading.rows import Field, Row
from builder.paper import sheet as layout
from builder.paper.sheet.stamp import Stamp
from builder.wording import languages, wording
from builder.wording.exams import exam_words
from tests.marking import pen, sheets
from tests.marking.reading import scan

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
    pages[1].doubts.append(reason("whose"))
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


@pytest.mark.parametrize("language", languages())
def test_the_page_speaks_the_language_of_the_paper(language: str, browser: Browser, tmp_path: Path) -> None:
    """Words, reasons and signs are those of the language, and what its sheets print may be typed; English is in none but English."""
    quiz = sheets.paper(language=language).quiz
    truth = next(item for item in quiz.versions[0].items if item.section == "truefalse")
    pair = next(item for item in quiz.versions[0].items if item.section == "matching")
    stamp = Stamp(quiz.identity, "0000", "A", 1, 0)
    rows = [
        Row(truth, ("true", "false"), (), 0.0, reason("faint", "true"), (0.05, 0.0)),
        _in_doubt(pair, 5, "ABCDE"),
    ]
    pages = [
        Page("scan.pdf", 1, FIRST, stamp, rows=rows, doubts=[reason("twice_differ")]),
        Page("other.pdf", 1, refused=reason("other_paper", "0123456789ab")),
    ]
    words = exam_words(language)
    sign = wording(language).sign
    (tmp_path / "queue.html").write_bytes(queue_page(quiz, pages, Decisions()))
    page = browser.new_page()
    page.goto((tmp_path / "queue.html").as_uri())
    for typed in (words.reasons["yes"], sign("false"), "b d b - a"):
        page.keyboard.insert_text(typed)
        page.keyboard.press("Enter")
    text = page.inner_text("body")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    saved = Path(download.value.path()).read_text("utf-8")
    lang, direction = page.get_attribute("html", "lang"), page.get_attribute("html", "dir")
    page.close()
    assert (lang, direction) == (language, "rtl" if language in {"ar", "he"} else "ltr")
    assert decisions_of("decisions.yaml", saved).of(FIRST) == Decision(
        use=True, answers={truth.label: "false", pair.label: "B D B - A"}
    )
    assert words.queue["answered"].format(3, 3) in text
    assert words.reasons["faint"].format(sign("true")) in text
    assert words.reasons["other_paper"].format("0123456789ab") in text
    assert ("doubt" in text or "scan counts" in text) == (language == "en")


def test_a_reason_survives_the_way_between_processes() -> None:
    """It is the same text, and says the same in another language."""
    why = reason("row", 2, reason("beside", "B"))
    copy = pickle.loads(pickle.dumps(why))  # noqa: S301 - our own bytes
    assert copy == why == "row 2: B: ink beside the circle"
    assert told(copy, exam_words("es"), str) == "fila 2: B: tinta junto al círculo"


def test_marks_of_a_marker_have_the_decimal_sign_of_the_language() -> None:
    """In a Spanish paper 1.5 is 1,5, where it is read and where it is too many."""
    quiz = sheets.paper(language="es").quiz
    field = Field("marks", 7, "", ("0", "1", "½"), "1.5", 0.0, reason("too_many", "1.5", "1"), (0.0, 0.9, 0.9))
    page = queue_page(quiz, [Page("scan.pdf", 1, FIRST, fields=[field])], Decisions()).decode()
    assert "1,5 son más que 1 (leído: 1,5)" in page


@pytest.mark.parametrize("language", [it for it in languages() if it != "en"])
def test_no_word_of_a_circle_or_choice_is_left_in_english(language: str) -> None:
    """Both circles of a statement filled, versions, and a chosen question have the signs and words of the language."""
    quiz = sheets.paper(language=language).quiz
    truth = next(item for item in quiz.versions[0].items if item.section == "truefalse")
    marked = [
        filling.Circle(sign, 10.0, 0.9, 0.9, 0.0, 0.0, 0.0, (0.0, 0.0), 0.0, is_there=True)
        for sign in ("true", "false")
    ]
    both = filling.read(marked, 0.0, several=False, is_two_level=False)
    stamp = Stamp(quiz.identity, "0000", "A", 1, 0)
    rows = [Row(truth, ("true", "false"), both.answer, 0.0, both.doubt, (0.9, 0.9))]
    fields = [Field("chosen", -1, "", ("16", "17"), "", 0.0, reason("none_chosen"), (0.0, 0.0))]
    page = queue_page(quiz, [Page("scan.pdf", 1, FIRST, stamp, rows=rows, fields=fields)], Decisions()).decode()
    seen = re.sub(r"<[^>]+>", "", page.partition("<main>")[2].partition("<script>")[0])
    words, sign = exam_words(language), wording(language).sign
    parted = words.reasons["list"].format
    assert words.reasons["several"].format(2, parted(sign("true"), sign("false"))) in seen
    assert parted(words.queue["where"].format("scan.pdf", 1), words.queue["sheet"].format("A", 1)) in seen
    assert words.queue["chosen_of"].format(words.queue["choice"].format(1)) in unescape(seen)


def test_a_number_below_nothing_keeps_its_sign_in_front_where_text_runs_from_the_right() -> None:
    """A minus sign without a letter beside it would go to the other side of an Arabic line."""
    quiz = sheets.paper(language="ar").quiz
    number = next(item for item in quiz.versions[0].items if item.section == "numeric")
    row = Row(number, ("1.-", "1.1"), ("-12.5",), 0.0, reason("no_number", "-12.5"), (0.0, 0.0))
    page = queue_page(quiz, [Page("scan.pdf", 1, FIRST, rows=[row])], Decisions()).decode()
    assert page.count("\N{LEFT-TO-RIGHT ISOLATE}-12.5\N{POP DIRECTIONAL ISOLATE}") == 2
    assert 'dir="auto" autocomplete' in page


def test_what_other_keyboards_write_is_understood(browser: Browser, tmp_path: Path) -> None:
    """Wide letters and digits, Arabic digits and a minus sign are what they look like; an Enter that ends a word stays in its row."""
    quiz = sheets.paper(language="ja").quiz
    asked = [
        next(item for item in quiz.versions[0].items if item.section == it) for it in ("mcq", "numeric", "matching")
    ]
    number = Row(asked[1], ("1.-", "1.1"), (), 0.0, reason("written"), (0.0, 0.0))
    choice = Row(asked[0], ("A", "B", "C"), (), 0.0, reason("faint", "A"), (0.0, 0.0, 0.0))
    rows = [choice, number, _in_doubt(asked[2], 5, "ABCDE")]
    (tmp_path / "queue.html").write_bytes(queue_page(quiz, [Page("scan.pdf", 1, FIRST, rows=rows)], Decisions()))
    page = browser.new_page()
    page.goto((tmp_path / "queue.html").as_uri())
    for typed in (
        "\N{FULLWIDTH LATIN SMALL LETTER B}",
        "\u2212\u0661\u0662\uff0e\uff15",
        "A\u3001B\u3001\u30fc\u3001C\u3001D",
    ):
        page.keyboard.insert_text(typed)
        page.evaluate(
            "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true}))"
        )
        page.keyboard.press("Enter")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    saved = decisions_of("decisions.yaml", Path(download.value.path()).read_text("utf-8"))
    page.close()
    labels = [item.label for item in asked]
    assert saved.of(FIRST).answers == dict(zip(labels, ("B", "-12.5", "A B - C D"), strict=True))


def test_a_paper_in_a_language_of_the_course_s_own_is_read() -> None:
    """A course may bring the words of a language that we have none of, which its record does not hold: no sheet waits for them."""
    printed = sheets.paper()
    edition = printed.quiz.edition.model_copy(update={"language": "ca"})
    quiz = printed.quiz.model_copy(update={"edition": edition})
    page = Reader(quiz, Decisions()).read(scan(printed.pages["A"][0]))
    assert page.list == "read"
    assert b'<html lang="en"' in queue_page(quiz, [page], Decisions())


def test_of_a_number_it_is_shown_where_it_is_written() -> None:
    """The boxes above the columns, and the line below for what does not fit, are in the picture; a doubt names the column."""
    printed = sheets.paper()
    version = printed.quiz.version("A")
    number = next(item for item in version.items if item.section == "numeric")
    page = next(it for it in layout.pages(printed.quiz, version) if any(m.question == number.number for m in it.marks))
    own = [mark for mark in page.marks if (mark.question, mark.part) == (number.number, number.part)]
    picture = printed.pages["A"][page.number - 1].copy()
    for mark in (it for it in own if it.row == "2" and it.value in {"3", "4"}):
        pen.draw(picture, mark.at, "pen", sheets.generator("number"))
    read = Reader(printed.quiz, Decisions()).read(scan(picture))
    (row,) = (it for it in read.rows if it.question.id == number.id)
    assert row.doubt == "column 2: 2 marks: 3, 4"
    height = Image.open(io.BytesIO(row.picture)).height / 6
    assert height >= max(m.at.y + m.at.height for m in own) - min(m.at.y for m in own)


def _in_doubt(question: QuizItem, count: int, signs: str) -> Row:
    """A question with `count` rows of circles, which a person has to read."""
    values = tuple(f"{row}.{sign}" for row in range(1, count + 1) for sign in signs)
    return Row(question, values, (), 0.0, reason("row", 1, reason("faint", signs[0])), (0.0,) * len(values))

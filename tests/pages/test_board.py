"""The report for the exam board, as its PDF says it."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pypdf
import pytest

from builder.pages import analysis as page_of
from builder.pages.board import NAME, board, report
from builder.text.numbers import decimal_sign
from builder.wording import languages
from builder.wording.exams import exam_words
from tests.make.classes import class_of, quiz_of_choices

if TYPE_CHECKING:
    from collections.abc import Sequence


def _report(n: int, cuts: Sequence[float] = ()) -> pypdf.PdfReader:
    sat = class_of(n, 7)
    quiz = quiz_of_choices([question.key[0] for question in sat.questions])
    files = board(page_of.analysed([quiz], [sat]), [quiz], [sat], cuts)
    assert files == board(page_of.analysed([quiz], [sat]), [quiz], [sat], cuts)
    return pypdf.PdfReader(io.BytesIO(files[NAME]))


def _text(report: pypdf.PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in report.pages))


def test_the_board_reads_what_it_has_to_decide_and_how_sure_the_marks_are() -> None:
    """A wrong key stands first with what can be done, then the figures with their intervals, and the cut score with who would move; on one tagged page."""
    report = _report(140, [12])
    assert len(report.pages) == 1
    assert "/MarkInfo" in report.root_object
    assert "/StructTreeRoot" in report.root_object
    said = _text(report)
    assert "Is the key wrong? Option D is chosen as a right answer is" in said
    assert "take both for right; or give every taker the marks" in said
    assert re.search(r"Reliability \(KR-20\) 0\.68 0\.60 to 0\.75", said)
    assert re.search(r"reach 12 marks\. \d+ lie within one standard error .* about \d+ \(\d+ to \d+\) takers", said)
    assert "For those who write the questions, not for the board: q30" in said


def test_a_small_class_has_counts_alone() -> None:
    """Ten takers give no figures, and the report says so."""
    said = _text(_report(10))
    assert "No question needs a decision" in said
    assert "Fewer than 15 takers give counts alone" in said


@pytest.mark.parametrize("language", [it for it in languages() if it != "en"])
def test_the_board_reads_its_own_language(language: str) -> None:
    """Headings, figures and what can be done are in the language of the paper, with its decimal sign; no English sentence is left."""
    sat = class_of(140, 7)
    quiz = quiz_of_choices([question.key[0] for question in sat.questions], language=language)
    made = report(page_of.analysed([quiz], [sat]), [quiz], [sat], [12])
    words = exam_words(language).board
    (one, *_), (paper,) = made.decisions, made.papers
    assert one.says == (words["key"].format(words["option"].format("D")),)
    assert one.choices == words["do_key"].format(words["option"].format("D"))
    (reliability,) = (it for it in paper.figures if it.name == words["reliability"].format("KR-20"))
    sign = decimal_sign(language)
    assert (reliability.value, reliability.interval) == (
        f"0{sign}68",
        words["range"].format(f"0{sign}60", f"0{sign}75"),
    )
    assert made.head.language == language
    told = " ".join([one.share, *one.says, paper.about, *paper.cuts, *(f"{it.name} {it.says}" for it in paper.figures)])
    assert not re.search(r"\b(the|takers|marks|with)\b", told)
    pages = pypdf.PdfReader(io.BytesIO(board(page_of.analysed([quiz], [sat]), [quiz], [sat], [12])[NAME])).pages
    assert len(pages) == 1


def test_a_figure_below_nothing_keeps_its_sign_in_front_where_text_runs_from_the_right() -> None:
    """Of the question with a wrong key, the correlation with the rest is negative."""
    sat = class_of(140, 7)
    quiz = quiz_of_choices([question.key[0] for question in sat.questions], language="ar")
    (one, *_) = report(page_of.analysed([quiz], [sat]), [quiz], [sat], [12]).decisions
    assert one.correlation.startswith("\N{LEFT-TO-RIGHT ISOLATE}\N{MINUS SIGN}0.14\N{POP DIRECTIONAL ISOLATE} (")


def test_papers_beside_each_other_are_told_in_their_language() -> None:
    """What two sittings with questions in common tell has the words and the decimal sign of the report."""
    first, second = class_of(140, 7), class_of(140, 8)
    quiz = quiz_of_choices([question.key[0] for question in first.questions], language="de")
    sittings = [first._replace(name="Mai"), second._replace(name="Juli")]
    made = report(page_of.analysed([quiz, quiz], sittings), [quiz, quiz], sittings, [])
    assert any(re.match(r"Mai und Juli haben 30 Fragen gemeinsam\..* \S?\d,\d\d \(", said) for said in made.links)

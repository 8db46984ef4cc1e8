"""The report for the exam board, as its PDF says it."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pypdf

from builder.pages import analysis as page_of
from builder.pages.board import NAME, board
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

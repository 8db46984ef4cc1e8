"""The page that says how each sheet was read and decided, in the language of the paper."""

from __future__ import annotations

import re
from html import unescape

import pytest

from builder.grading.audit import audit_page
from builder.grading.decisions import Decision, Decisions, joined
from builder.grading.pages import Page
from builder.grading.reasons import reason
from builder.grading.rows import Field, Row
from builder.paper.sheet.stamp import Stamp
from builder.wording import languages, wording
from builder.wording.exams import exam_words
from tests.marking import sheets

DIGEST = "0" * 16


@pytest.mark.parametrize("language", languages())
def test_how_sheets_were_read_is_told_in_the_language_of_the_paper(language: str) -> None:
    """What was read, doubted and decided has the words of the language, and the signs that its sheets print."""
    quiz = sheets.paper(language=language).quiz
    truth = next(item for item in quiz.versions[0].items if item.section == "truefalse")
    machine = reason("faint", "true")
    row = Row(truth, ("true", "false"), ("false",), 1.0, "", (0.05, 0.0), is_decided=True, machine=machine)
    order = next(item for item in quiz.versions[0].items if item.section == "ordering")
    steps = Row(order, ("1.1", "1.2"), ("2",), 1.0, "", (0.0, 0.9))
    field = Field("marks", 7, "", ("0", "1"), "", 0.0, reason("ones"), (0.0, 0.0))
    page = Page("scan.pdf", 1, DIGEST, Stamp(quiz.identity, "0000", "A", 1, 0), rows=[row, steps], fields=[field])
    page.notes.append(reason("two_level"))
    other = Page("other.pdf", 2, refused=reason("no_code"))
    decided = joined(
        [], Decisions(by="Ada", pages={DIGEST: Decision(student="s1", use=True, answers={truth.label: "false"})})
    )
    text = unescape(re.sub(r"<[^>]+>", "", audit_page(quiz, [page, other], decided).decode().partition("<main>")[2]))
    words, sign = exam_words(language), wording(language).sign
    says = words.reasons["says"].format("Ada", "{}")
    for told in (
        words.audit["title"],
        words.audit["nobody"],
        f": {words.audit['is_refused']}",
        words.audit["decided_whose"].format(says.format("s1")),
        words.audit["decided_use"].format(says.format(words.reasons["yes"])),
        words.audit["decided"].format(words.reasons["faint"].format(sign("true")), says.format(sign("false"))),
        words.queue["marks_of"].format(7),
        words.reasons["two_level"],
        words.reasons["no_code"],
        words.reasons["list"].format(f"{sign('true')} 0.05", f"{sign('false')} 0.00"),
        words.reasons["list"].format("1.1 0.00", "1.2 0.90"),
    ):
        assert told in text
    assert bool(re.search(r"\b(the|sheet|read)\b", text)) == (language == "en")

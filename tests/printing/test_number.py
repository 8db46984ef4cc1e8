"""Numbers that are asked for, on papers, keys, guides, sheets and in the record."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import docx
import pytest

from builder.diagnostics import BuilderError
from builder.model.verdict import judge
from builder.paper.record import Quiz
from builder.printing import papers
from tests.make.course import course_of
from tests.make.papers import printed, quiz_of, reader, said
from tests.make.typing import number

if TYPE_CHECKING:
    from builder.model import Numeric

FALL = number(
    prompt="How far does it fall?",
    answer="19.60",
    tolerance="0.1",
    marks="2",
    unit={"symbol": "m", "accept": ["metre"], "convert": {"km": "1e3"}, "cost": "1/2"},
    figures={"number": "4", "cost": "1/4"},
    accept=[
        {"between": ["18", "21"], "share": "1/2", "why": "The way is *right*"},
        {"value": "-1.5e-3", "tolerance": "10 %", "share": "0", "why": "Not squared"},
    ],
)
LINES = {
    "en": [
        "19.60\xa0m",
        "19.5 to 19.7\xa0m [2 marks]",
        "18 to 21\xa0m: The way is right [1 mark]",
        "−0.00165 to −0.00135\xa0m: Not squared [0 marks]",
        "Unit missing or wrong [−1 mark]",
        "Another number of significant figures [−0.5 marks]",
        "m, metre; 1\xa0km = 1·103\xa0m",
    ],
    "de": [
        "19,60\xa0m",
        "19,5 bis 19,7\xa0m [2 Punkte]",
        "18 bis 21\xa0m: The way is right [1 Punkt]",
        "−0,00165 bis −0,00135\xa0m: Not squared [0 Punkte]",
        "Einheit fehlt oder ist falsch [−1 Punkt]",
        "Andere Zahl signifikanter Stellen [−0,5 Punkte]",
        "m, metre; 1\xa0km = 1·103\xa0m",
    ],
}


@pytest.mark.parametrize("language", LINES)
def test_the_key_tells_the_marks_of_each_range(language: str) -> None:
    """Value, ranges with their marks and reasons, costs and units stand on the key, as the language writes numbers."""
    made = course_of([FALL])
    files = papers.files(made, quiz_of(made, language=language, formats=("pdf", "docx")))
    squeezed = said(reader(files["key-A.pdf"]))
    for line in LINES[language]:
        for part in line.replace(" [", "\0[").split("\0"):  # the marks stand in a column of their own
            assert "".join(part.split()) in squeezed
    document = docx.Document(io.BytesIO(files["key-A.docx"]))
    shown = [paragraph.text.partition("\t")[2] for paragraph in document.paragraphs]
    assert [line for line in LINES[language] if line not in shown] == []


def test_the_guide_has_a_row_for_each_range() -> None:
    """Whoever marks by hand finds the ranges with their marks, and a place for the marks awarded."""
    made = course_of([FALL])
    files = papers.files(made, quiz_of(made, formats=("pdf", "docx")))
    table = docx.Document(io.BytesIO(files["guide-A.docx"])).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Answer", "Marks", "Awarded"]
    assert rows[2] == ["18 to 21\xa0m: The way is right", "1 mark", ""]
    assert rows[5] == ["Another number of significant figures", "−0.5 marks", ""]
    assert "18to21m:Thewayisright1mark" in said(reader(files["guide-A.pdf"]))


@pytest.mark.parametrize("answers", ["sheet", "inline"])
def test_a_paper_says_what_it_asks_and_nothing_of_the_answer(answers: str) -> None:
    """The figures and a printed unit stand on the paper, in every format; no number of the key does."""
    item = number(answer="77.5", unit={"symbol": "kg m^2^", "ask": "given"}, figures="3")
    made = course_of([item])
    files = papers.files(made, quiz_of(made, answers=answers, formats=("pdf", "docx", "html", "md")))
    document = docx.Document(io.BytesIO(files["paper-A.docx"]))
    texts = {
        "pdf": said(reader(files["paper-A.pdf"])),
        "docx": "".join(paragraph.text for paragraph in document.paragraphs),
        "html": files["paper-A.html"].decode(),
        "md": files["paper-A.md"].decode(),
    }
    for name, text in texts.items():
        assert "".join("Give 3 significant figures.".split()) in "".join(text.split()), name
        assert "kg" in text, name
        assert "77.5" not in text, name
    if answers == "sheet":
        assert "kgm²" in said(reader(files["sheet-A.pdf"]))
        sheet = docx.Document(io.BytesIO(files["sheet-A.docx"]))
        assert any("kg m²" in paragraph.text for paragraph in sheet.paragraphs)


def test_signs_in_a_unit_are_no_markup_of_a_format() -> None:
    """Dollars begin no formula, not even in an item with formulas, and nothing acts in Typst or HTML."""
    item = number(answer="5", tolerance="1", math="true", unit={"symbol": '$<b>#panic("x")', "accept": ["US$", "A$"]})
    _, _, key = printed([item])
    assert '4to6$<b>#panic("x")' in said(key)
    assert '$<b>#panic("x"),US$,A$' in said(key)


def test_the_record_is_enough_to_mark_by() -> None:
    """What quiz.json says of a number judges as the item does, and other items have no such key."""
    other = {"id": "b", "kind": "basic", "prompt": "p", "answer": "a"}
    made = course_of([FALL, other])
    files = papers.files(made, quiz_of(made, formats=("md",)))
    told = json.loads(files["quiz.json"])
    entries = {entry["id"]: entry for entry in told["versions"][0]["items"]}
    assert "numeric" not in entries["b"]
    assert entries["n"]["key"] == ["19.60 m"]
    read = Quiz.model_validate_json(files["quiz.json"]).items
    answer = next(entry.numeric for entry in read if entry.numeric)
    for typed in ("19.60 m", "20.00 m", "19.6", "0.01960 km", "x"):
        assert judge(answer, typed, ".") == judge(FALL, typed, ".")
    assert papers.files(made, Quiz.model_validate_json(files["quiz.json"])) == files


@pytest.mark.parametrize("change", [{"answer": "19.70"}, {"unit": None}, {"tolerance": "9"}])
def test_a_record_with_another_number_is_not_printed(change: dict[str, str | None]) -> None:
    """A range that was edited in the record would mark wrongly: it is refused."""
    made = course_of([FALL])
    quiz = quiz_of(made)
    entry = quiz.items[0]
    assert entry.numeric
    edited = entry.model_copy(update={"numeric": entry.numeric.model_copy(update=change)})
    version = quiz.versions[0].model_copy(update={"items": (edited,)})
    with pytest.raises(BuilderError, match="contradicts itself"):
        papers.files(made, quiz.model_copy(update={"versions": (version,)}))


def _only(item: Numeric) -> str:
    return said(printed([item])[2])


def test_ends_without_an_end_are_a_value_and_a_tolerance() -> None:
    """Where a range can't be written in decimals, the key says how far off an answer may be."""
    assert "1/3m±2%" in _only(number(answer="1/3", tolerance="2 %", unit="m"))
    assert "1/3±0.01m" in _only(number(answer="1/3", tolerance="0.01", unit="m"))
    assert "33.5to36.5%" in _only(number(answer="35", tolerance="1.5", unit="%"))

"""Courses from right to left in DOCX: paragraphs, tables, runs and the footer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

from builder.printing import direction
from tests.make.documents import files, in_libreoffice, opened, paper, paragraphs
from tests.make.papers import said

if TYPE_CHECKING:
    from pathlib import Path

TOWNS = {
    "id": "towns",
    "kind": "matching",
    "prompt": "صل كل مدينة ببلدها.",
    "pairs": [["بغداد", "العراق"], ["دمشق", "سوريا"], ["طرابلس", "ليبيا"]],
}
FILM = {
    "id": "film",
    "kind": "basic",
    "prompt": "الفيلم أكبر من *Her* (2013):\n\n```python\nx = (1)\n```",
    "answer": "x",
}


def test_text_is_cut_where_its_direction_changes() -> None:
    """Digits and spaces go with their neighbours, or with the paragraph."""
    assert direction.pieces("فيلم Her (2013) جديد", is_leftward=True) == [
        ("فيلم ", True),
        ("Her", False),
        (" (2013) جديد", True),
    ]
    assert direction.pieces("The word שלום 5 שלום is", is_leftward=False) == [
        ("The word ", False),
        ("שלום 5 שלום", True),
        (" is", False),
    ]


def test_paragraphs_and_tables_run_to_the_left_and_code_does_not() -> None:
    """The base style is bidirectional, which all others inherit; a style for code says no; terms stand on the right."""
    document = paper(TOWNS, FILM, language="ar")
    normal: Any = document.styles["Normal"].element.pPr
    assert normal.find(qn("w:bidi")) is not None
    code: Any = document.styles["Code block"].element.pPr
    assert code.find(qn("w:bidi")).get(qn("w:val")) == "0"
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in document.tables)
    assert len(document.tables) == 1
    assert document.sections[0]._sectPr.find(qn("w:bidi")) is not None


def test_runs_say_their_direction() -> None:
    """Arabic runs are from right to left, Latin ones are not; in a course from left to right nothing is marked but Arabic."""
    for language in ("ar", "en"):
        document = paper(FILM, language=language)
        prompt = next(it for it in paragraphs(document) if "الفيلم" in it.text)
        flows = {run.text.strip(" \u200e"): bool(run.font.rtl) for run in prompt.runs if run.text.strip()}
        assert flows["الفيلم أكبر من"] is True
        assert flows["Her"] is False
    latin = paper({"id": "q", "kind": "basic", "prompt": "What?", "answer": "x"})
    assert not latin.element.findall(f".//{qn('w:rtl')}")


def test_fixed_words_stay_readable(tmp_path: Path) -> None:
    """LibreOffice shows marks, counts and the page's number in their own order, in the text and in the footer."""
    documents = {"paper.docx": files([TOWNS, FILM], language="ar", title="علوم")["paper-A.docx"]}
    text = said(in_libreoffice(tmp_path, documents)["paper.docx"]).replace("\u200e", "")
    for words in ("2questions·4marks", "[3marks]", "1question,3marks", "Quiz·VersionA", "1/1", "x=(1)"):
        assert words in text, words


def test_footer_is_marked() -> None:
    """The marks that keep the fixed words together are in the footer too, and none is in a course from left to right."""
    footers = [
        opened(files([TOWNS], language=language)["paper-A.docx"]).sections[0].footer.paragraphs[0]
        for language in ("ar", "en")
    ]
    assert [footer.text.count("\u200e") for footer in footers] == [6, 0]


def test_fixed_texts_of_a_paper_from_right_to_left_are_kept_whole() -> None:
    """English words between Arabic ones are isolated; names and single words stay as they are."""
    data = {
        "points": "3 marks",
        "kind": "a b",
        "prompt": [{"text": "باريس x"}],
        "title": "باريس x",
        "word": "Name",
        "n": 3,
    }
    apart = direction.isolated(data)
    assert apart["points"] == "\u20663 marks\u2069"
    assert {key: value for key, value in apart.items() if key != "points"} == {
        key: value for key, value in data.items() if key != "points"
    }


def test_an_author_s_line_from_left_to_right_is_kept_whole_on_a_paper_from_right_to_left() -> None:
    """The sign at its end belongs to it, also behind a gap; lines of both directions, options and programs are left alone."""
    line = [{"text": "Who is "}, {"gap": "", "hint": [{"text": "she?"}]}, {"text": "?"}]
    first, who, gap, mark, last = direction.isolated([{"kind": "paragraph", "runs": line}])[0]["runs"]
    assert (first, who, mark, last) == ({"text": "\u2066"}, line[0], line[2], {"text": "\u2069"})
    assert gap["hint"] == [{"text": "\u2066"}, {"text": "she?"}, {"text": "\u2069"}]
    for kept in (
        [{"text": "من "}, {"text": "she?", "em": True}],
        [{"text": "6!"}],
        {"indent": 4, "runs": [{"text": "return x;"}]},
        [{"letter": "A", "text": []}],
    ):
        assert direction.isolated(kept) == kept

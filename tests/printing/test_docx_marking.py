"""Answer sheets, marking guides and legends as DOCX, and terms beside responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_TAB_LEADER

from builder.model import Essay
from tests.make.documents import files, in_libreoffice, opened, paper, paragraphs, texts
from tests.make.items import EXAMPLES
from tests.make.papers import said, squeezed

if TYPE_CHECKING:
    from pathlib import Path

PAIRS = {
    "id": "pairs",
    "kind": "matching",
    "prompt": "Match each capital.",
    "pairs": [["France", "Paris"], ["Spain", "Madrid"]],
    "distractors": ["Lima"],
}


def test_files_are_those_of_the_pdf() -> None:
    """A version has paper, key, guide and sheet; several have a legend; where answers stand on the paper there is no sheet."""
    names = {"paper", "key", "guide", "sheet"}
    pdf = {name.replace(".pdf", ".docx") for name in files(versions=2, formats=("pdf",)) if name.endswith(".pdf")}
    assert {name for name in files(versions=2) if name.endswith(".docx")} == pdf
    assert {f"{name}-B.docx" for name in names} | {"versions.docx"} < pdf
    assert "sheet-A.docx" not in files(answers="inline")
    assert "guide-A.docx" not in files([PAIRS])


def test_terms_stand_beside_responses(tmp_path: Path) -> None:
    """They are two cells of a table without lines; LibreOffice shows the first of each on one line."""
    document = paper(PAIRS)
    (table,) = document.tables
    left, right = table.rows[0].cells
    assert [it.text for it in left.paragraphs] == ["(1)\tFrance", "(2)\tSpain"]
    assert {it.text for it in right.paragraphs} == {"Lima", "Madrid", "Paris"}
    assert table.style is None or table.style.name == "Normal Table"
    page = in_libreoffice(tmp_path, {"paper.docx": files([PAIRS])["paper-A.docx"]})["paper.docx"].pages[0]
    places: dict[str, float] = {}

    def note(text: str, _: Any, at: Any, *__: Any) -> None:
        places.setdefault(text.strip(), at[5])

    page.extract_text(visitor_text=note)
    first = right.paragraphs[0].text
    assert abs(places["France"] - places[first]) < 3


def test_terms_stand_above_responses_where_there_is_no_room() -> None:
    """In two columns, and in large print, there is no table."""
    for edition in ({"columns": 2}, {"size": 24}):
        document = paper(PAIRS, **edition)
        assert document.tables == []
        assert texts(document, "Term") == ["(1)\tFrance", "(2)\tSpain"]
        assert len(texts(document, "Option")) == 3


def test_terms_hang() -> None:
    """A long term goes on below its first word, not below its sign."""
    for answers in ("sheet", "inline"):
        for it in paragraphs(paper(PAIRS, answers=answers)):
            if it.style and it.style.name == "Term":
                form = it.paragraph_format
                assert form.left_indent is not None
                assert form.first_line_indent is not None
                assert form.left_indent > 0 > form.first_line_indent


def test_sheet_has_room_for_each_answer(tmp_path: Path) -> None:
    """Every question has its number, and circles, boxes or lines as its answer wants; no word of the key is there."""
    data = files()["sheet-A.docx"]
    text = said(in_libreoffice(tmp_path, {"sheet.docx": data})["sheet.docx"])
    for number in range(1, len(EXAMPLES) + 1):
        assert f"{number}." in text
    assert "◯A◯B◯C" in text
    assert texts(opened(data), "Question").count("◯ A     ◯ B     ◯ C") == 2  # where several may be right as well
    assert text.count("◯True◯False") == text.count("Correction:") == 2
    assert "SECRET" not in text
    ruled = [it for it in paragraphs(opened(data)) if it.style and it.style.name == "Answer line"]
    stops: Any = ruled[0].style
    assert [stop.leader for stop in stops.paragraph_format.tab_stops] == [WD_TAB_LEADER.LINES]


def test_sheet_has_as_many_essays_as_are_answered() -> None:
    """Where one of two essays is chosen, there is room for one, and a place for its number."""
    rubric = [{"criterion": "c", "marks": 1, "levels": ["a", "b"]}]
    essays = [{"id": f"e{n}", "kind": "essay", "prompt": "Why?", "words": 50, "rubric": rubric} for n in range(2)]
    document = opened(files(essays, choose={"essay": 1})["sheet-A.docx"])
    assert len(texts(document, "Below")) == 1
    assert "Number of the question that you answer" in texts(document, "Below")[0]
    assert texts(document, "Question") == []


def test_guide_has_points_levels_and_room_for_marks() -> None:
    """The questions keep their numbers of the paper; each has a table with a column to fill in, and lines for remarks."""
    document = opened(files()["guide-A.docx"])
    number, short, essay = document.tables
    assert [cell.text for cell in number.rows[0].cells] == ["Answer", "Marks", "Awarded"]
    assert [cell.text for cell in short.rows[0].cells] == ["Key points", "Marks", "Awarded"]
    assert [cell.text for cell in short.rows[1].cells] == ["SECRETpoint", "3 marks", ""]
    assert [cell.text for cell in essay.rows[1].cells] == [
        "SECRETcriterion",
        "SECRETnone",
        "SECRETsome",
        "SECRETall",
        "6",
        "",
    ]
    assert [row.cells[0].text for row in (short.rows[-1], essay.rows[-1])] == ["Total", "Total"]
    lines = texts(document, "Answer line")
    assert [line.strip() for line in lines] == ["Remarks:", ""] * 3
    root: Any = document.part.numbering_part.element
    starts = [node.val for node in root.iter("{*}startOverride")]
    assert [str(start) for start in starts] == ["11"]


def test_many_levels_are_a_list() -> None:
    """Five levels, and any in large print, stand below their criterion."""
    levels = [f"level {n}" for n in range(5)]
    essay = Essay.model_validate(
        {"id": "e", "kind": "essay", "prompt": "Why?", "rubric": [{"criterion": "Depth", "marks": 4, "levels": levels}]}
    )
    document = opened(files([essay])["guide-A.docx"])
    assert squeezed(document.tables[0].rows[1].cells[0].text) == squeezed("Depth" + "".join(levels))
    large = opened(files(size=24)["guide-A.docx"])
    assert squeezed(large.tables[2].rows[1].cells[0].text) == "SECRETcriterionSECRETnoneSECRETsomeSECRETall"


def test_legend_says_where_each_question_stands() -> None:
    """Each question is a row; each version has a column with its number and answer."""
    document = opened(files(versions=2)["versions.docx"])
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Question", "Version A", "Version B"]
    assert len(table.rows) == 1 + len(EXAMPLES)
    assert {row.cells[0].text.split(":")[0] for row in table.rows[1:]} == {item.id for item in EXAMPLES}


def test_many_versions_are_several_tables() -> None:
    """Seven versions stand beside each other, and the eighth in a table of its own."""
    document = opened(files([PAIRS], versions=8)["versions.docx"])
    assert [len(table.columns) for table in document.tables] == [8, 2]

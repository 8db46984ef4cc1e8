"""An author's blocks in DOCX: lists, programs, tables, quotes and verses as Word has them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from docx.oxml.ns import qn

from tests.make.documents import files, in_libreoffice, key, opened, paper, paragraphs, text_of, texts
from tests.make.papers import said, squeezed

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document
    from docx.text.paragraph import Paragraph

CODE = '```python\ndef f(x):\n    """Doc."""\n\n    if x:  # why\n\treturn 1\n```'
LIST = "- one\n- two\n  1. inner\n\n     more of it\n  2. last"
NUMBERED = "5. five\n6. six"
TABLE = "| City | People |\n| :-: | ---: |\n| Oslo | 7 |\n| **Bergen** | 3 |"
QUOTE = "> To be,\n> or not.\n>\n> - Hamlet"
VERSE = "| Calm *sea*\n| by night\n|\n| alone"
BLOCKS = (CODE, LIST, NUMBERED, TABLE, QUOTE, VERSE)


def basic(prompt: str, answer: str = "x", **fields: Any) -> dict[str, Any]:
    """A question."""
    return {"id": "q", "kind": "basic", "prompt": prompt, "answer": answer, **fields}


def style(paragraph: Paragraph) -> str:
    """The name of its style."""
    return str(paragraph.style.name) if paragraph.style else ""


def numbered(document: Document) -> list[tuple[str, str, int]]:
    """Of each paragraph in a list its text, the kind of its numbers, and how deep it stands in other lists."""
    root: Any = document.part.numbering_part.element
    looks = {it.get(qn("w:abstractNumId")): it for it in root.iter(qn("w:abstractNum"))}
    lists = {
        it.get(qn("w:numId")): looks[it.find(qn("w:abstractNumId")).get(qn("w:val"))] for it in root.iter(qn("w:num"))
    }
    found = []
    for paragraph in paragraphs(document):
        own: Any = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
        if own is not None:
            level = lists[str(own.numId.val)].findall(qn("w:lvl"))[own.ilvl.val]
            found.append((paragraph.text, level.find(qn("w:numFmt")).get(qn("w:val")), own.ilvl.val))
    return found


def test_lists_are_lists_of_word() -> None:
    """Bullets and numbers are Word's, an inner list is one level down, and a further paragraph of an entry has none."""
    document = paper(basic(f"See:\n\n{LIST}\n\nWhat?"))
    assert numbered(document) == [
        ("See:", "decimal", 0),
        ("one", "bullet", 0),
        ("two", "bullet", 0),
        ("inner", "decimal", 1),
        ("last", "decimal", 1),
    ]
    assert texts(document, "Text") == ["more of it", "What?  [1\u00a0mark]"]


def test_lists_begin_where_the_author_says(tmp_path: Path) -> None:
    """A list from five shows five and six, the next question has its own number, and its options begin with A."""
    options = [{"right": "yes"}, {"wrong": f"no\n\n{NUMBERED}"}, {"wrong": "maybe"}]
    first = {"id": "a", "kind": "mcq", "prompt": f"See:\n\n{NUMBERED}", "options": options}
    documents = {"paper.docx": files([first, first | {"id": "b"}])["paper-A.docx"]}
    text = said(in_libreoffice(tmp_path, documents)["paper.docx"])
    for number in (1, 2):
        assert f"{number}.See:[1mark]5.five6.six" in text
    for letter in "ABC":
        assert text.count(f"{letter}.") == 2
    assert text.count("no5.five6.six") == 2


def test_programs_keep_their_lines_and_indents() -> None:
    """A program is one paragraph of a style for code; a line's end is one, a tab goes to a fourth column."""
    (program,) = texts(paper(basic(f"What?\n\n{CODE}")), "Code block")
    assert program == 'def f(x):\n    """Doc."""\n\n    if x:  # why\n    return 1'


def test_programs_are_highlighted_without_colour() -> None:
    """Keywords and names are bold, comments and strings italic."""
    document = paper(basic(f"What?\n\n{CODE}"))
    (program,) = [it for it in paragraphs(document) if style(it) == "Code block"]
    assert [run.text for run in program.runs if run.bold] == ["def", "f", "if", "return"]
    assert [run.text for run in program.runs if run.italic] == ['"""Doc."""', "# why"]


@pytest.mark.parametrize("block", [CODE, LIST, TABLE, QUOTE, VERSE])
def test_question_keeps_its_number_whatever_it_begins_with(block: str) -> None:
    """One paragraph has the number, the first one, and the marks follow the last words."""
    document = paper(basic(f"{block}\n\nWhat?"))
    first = next(it for it in paragraphs(document) if style(it) == "Question")
    properties: Any = first._p.pPr
    assert properties.numPr is not None
    assert texts(document, "Question")[1:] == []
    assert texts(document, "Text")[-1] == "What?  [1\u00a0mark]"


@pytest.mark.parametrize("block", [CODE, LIST, TABLE, QUOTE, VERSE])
def test_marks_stand_beside_the_number_of_a_question_that_is_a_block(block: str) -> None:
    """Where no words follow a block, the marks are in the paragraph with the number."""
    assert texts(paper(basic(block)), "Question") == ["  [1\u00a0mark]"]


def test_table_has_a_head_that_is_printed_again() -> None:
    """The first row is the head, in bold; no row parts; columns are aligned as the author says and fit the column."""
    document = paper(basic(f"See:\n\n{TABLE}\n\nWhat?"), columns=2)
    (table,) = document.tables
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["City", "People"],
        ["Oslo", "7"],
        ["Bergen", "3"],
    ]
    assert all(run.bold for cell in table.rows[0].cells for run in cell.paragraphs[0].runs)
    assert [str(cell.paragraphs[0].alignment) for cell in table.rows[1].cells] == ["CENTER (1)", "RIGHT (2)"]
    assert sum(column.width.mm for column in table.columns if column.width) < 75


def test_long_cells_share_the_width() -> None:
    """A table that would be too wide is as wide as its place, and its short column is no wider than its words."""
    words = "many words that go on and on " * 8
    document = paper(basic(f"See:\n\n| A | B |\n| - | - |\n| x | {words} |"))
    first, second = (column.width.mm for column in document.tables[0].columns if column.width)
    assert first < 12
    assert first + second == pytest.approx(210 - 2 * 21 - 9, abs=0.5)


def test_short_cells_stay_on_their_lines(tmp_path: Path) -> None:
    """No word is cut, bold heads included, in whatever face LibreOffice has for ours."""
    table = "| Stoff | Masse in g |\n| :-- | --: |\n| Kupfer | 0,635 |\n| UNESCO | 6,54 |\n| 日日日日 | 7 |"
    shown = in_libreoffice(tmp_path, {"a.docx": files([basic(table)])["paper-A.docx"]})["a.docx"]
    lines = shown.pages[0].extract_text().splitlines()
    for cell in ("Stoff", "Masse in g", "Kupfer", "UNESCO", "日日日日"):
        assert any(cell in line for line in lines), lines


def test_two_tables_in_a_row_stay_two() -> None:
    """Word would join tables that touch: something stands between them."""
    document = paper(basic(f"{TABLE}\n\n{TABLE}\n\nWhat?"))
    kinds = [child.tag.rpartition("}")[2] for child in document.element.body]
    assert kinds.count("tbl") == 2
    assert not any(pair == ("tbl", "tbl") for pair in pairwise(kinds))


def test_quotes_and_verses_have_styles() -> None:
    """A quote is of Word's style for one, a stanza a paragraph whose lines end where they end."""
    document = paper(basic(f"Read:\n\n{QUOTE}\n\n{VERSE}\n\nWho?"))
    assert texts(document, "Quote") == ["To be, or not."]
    assert texts(document, "Verse") == ["Calm sea\nby night", "alone"]


@pytest.mark.slow
@pytest.mark.parametrize("block", BLOCKS)
def test_no_field_loses_a_block(block: str) -> None:
    """Whatever may hold a block has all its words on the paper or the key."""
    text = f"Words.\n\n{block}"
    items = [
        basic(text, text, explanation=text),
        {
            "id": "m",
            "kind": "mcq",
            "prompt": text,
            "options": [{"right": text, "why": text}, {"wrong": "w", "why": text}],
        },
        {"id": "p", "kind": "matching", "prompt": text, "pairs": [[text, f"a{text}"], ["b", "c"]]},
        {"id": "o", "kind": "ordering", "prompt": text, "sequence": [text, "d"]},
        {"id": "t", "kind": "truefalse", "prompt": text, "answer": False, "correction": text},
    ]
    alone = text_of(paper(basic(text))).partition("Words.[1mark]")[2]
    words = alone.removesuffix("Endofthepaper")
    assert len(words) > 5
    assert text_of(paper(*items)).count(words) == 9
    assert text_of(key(*items)).count(words) == 14


def test_cover_of_several_blocks_is_framed() -> None:
    """A list in the cover stands in the frame with the rest of it."""
    document = paper(basic("What?"), cover=f"Read.\n\n{LIST}")
    assert squeezed(document.tables[0].rows[0].cells[0].text) == "Read.onetwoinnermoreofitlast"


def test_same_blocks_give_the_same_bytes() -> None:
    """Lists and tables get no numbers by chance."""
    item = basic("\n\n".join(BLOCKS))
    assert files([item]) == files([item])
    assert opened(files([item])["paper-A.docx"]).tables


def test_words_keep_all_their_marks() -> None:
    """Each mark of a text is one of Word's, alone and with the others: a subscript is no plain letter, nor is a power."""
    document = paper(basic("*a* **b** ~~c~~ d~e~ f^g^ *h~i~* **j^k^** p*K*~S~"))
    looks = {
        run.text: (run.italic, run.bold, run.font.strike, run.font.subscript, run.font.superscript)
        for paragraph in paragraphs(document)
        for run in paragraph.runs
    }
    on: list[tuple[str, set[int]]] = [("a", {0}), ("b", {1}), ("c", {2}), ("e", {3}), ("g", {4}), ("h", {0})]
    on += [("i", {0, 3}), ("j", {1}), ("k", {1, 4}), ("K", {0}), ("S", {3})]
    for letter, marks in on:
        assert {n for n, it in enumerate(looks[letter]) if it} == marks, letter

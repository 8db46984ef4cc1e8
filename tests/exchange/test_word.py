from __future__ import annotations

import io
import shutil
import subprocess
import time
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor

from builder.exchange import guessed, word
from builder.exchange._frame import BrokenSourceError
from tests.exchange.test_list import said
from tests.pictures import png

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from builder.exchange._frame import Read

_OPTIONS = [{"wrong": "Paris"}, {"right": "Rome"}]


class Paper:
    """A document of Word's that is written paragraph by paragraph."""

    def __init__(self) -> None:
        self.document = Document()

    def add(self, *parts: str, style: str | None = None) -> Paper:
        """A paragraph: a part between stars is bold, between bars red, between underscores underlined."""
        paragraph = self.document.add_paragraph(style=style)
        for part in parts:
            sign = part[0] if part[0] in "*|_" and part[0] == part[-1] else ""
            run = paragraph.add_run(part.strip(sign) if sign else part)
            run.bold = sign == "*" or None
            run.underline = sign == "_" or None
            if sign == "|":
                run.font.color.rgb = RGBColor(200, 0, 0)
        return self

    def read(self) -> Read:
        """What it comes to."""
        made = io.BytesIO()
        self.document.save(made)
        assert guessed("x", made.getvalue()) == "word"
        return word.read("x.docx", made.getvalue())


@pytest.mark.parametrize(
    "options",
    [
        (("a) Paris",), ("*b) Rome",)),
        (("a) Paris",), ("b) ", "*Rome*")),
        (("a) Paris",), ("*b) Rome*",)),
        (("A. Paris",), ("|B. Rome|",)),
        (("A. Paris",), ("B. ", "_Rome_")),
        (("A. Paris\tB. Rome *",),),
        (("A. Paris",), ("B. Rome",), ("Answer: B",)),
    ],
    ids=["star", "bold", "all-bold", "red", "underlined", "beside", "line"],
)
def test_the_right_option_is_told_however_it_is_marked(options: tuple[tuple[str, ...], ...]) -> None:
    """By a star, by bold, underlined or coloured letters, or by a line."""
    paper = Paper().add("1. Where is ", "*it*", "?")
    for option in options:
        paper.add(*option)
    read = paper.read()
    assert read.notes == []
    assert said(read) == [{"kind": "mcq", "prompt": "Where is **it**?", "options": _OPTIONS}]


@pytest.mark.parametrize("sign", "■▪●")
def test_a_bullet_before_all_options_is_no_key(sign: str) -> None:
    """Two questions with the sign before each option: bold letters tell the answer of one, the other is named."""
    paper = Paper().add("1. Where is it?").add(f"{sign} Paris").add(f"{sign} ", "*Rome*")
    read = paper.add("2. And who?").add(f"{sign} I").add(f"{sign} You").read()
    assert [it["options"] for it in said(read)] == [_OPTIONS]
    assert [(note.span.line, f"{sign} stands before all options" in note.message) for note in read.notes] == [(4, True)]


def test_a_key_may_be_a_table() -> None:
    """Behind its heading, a row a question."""
    paper = Paper()
    for number in (1, 2):
        paper.add(f"{number}. Which {number}?").add("a) Paris").add("b) Rome")
    paper.add("*Answer Key*")
    table = paper.document.add_table(2, 2)
    for row, text in enumerate(("1", "B", "2", "A")):
        table.cell(row // 2, row % 2).text = text
    assert [item["options"] for item in said(paper.read())] == [_OPTIONS, [{"right": "Paris"}, {"wrong": "Rome"}]]


TREATIES = [["Treaty", "Year"], ["Verdun", "843"]]


def _table(paper: Paper, rows: list[list[str]]) -> Paper:
    """A table behind what there is."""
    table = paper.document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return paper


@pytest.mark.parametrize("lines", [["Answer: Rome"], ["a) Paris", "*b) Rome"], ["a) Paris", "b) Rome", "Answer: B"]])
def test_a_table_behind_the_last_question_is_named(lines: list[str]) -> None:
    """What is behind the options and the answer is no explanation: each row is named as left out."""
    paper = Paper().add("1. What is the capital?")
    for line in lines:
        paper.add(line)
    read = _table(paper, TREATIES).read()
    assert [note.message for note in read.notes] == [
        "'Treaty Year' belongs to no question: dropped",
        "'Verdun 843' belongs to no question: dropped",
    ]
    assert "Verdun" not in str(read.entries[0].value)


@pytest.mark.parametrize(
    ("lines", "key"),
    [(["1. Which is the oldest?"], "prompt"), (["1. Which?", "Answer: Verdun", "Explanation: see"], "explanation")],
)
def test_a_table_of_a_question_or_an_explanation_stays_there(lines: list[str], key: str) -> None:
    """It is read row by row, where it stands."""
    paper = Paper()
    for line in lines:
        paper.add(line)
    read = _table(paper, TREATIES).add(*["Answer: Verdun"] * (key == "prompt") or ["2. Who?"]).add("Answer: I").read()
    assert "Verdun  843" in str(read.entries[0].value[key])
    assert not [note for note in read.notes if "dropped" in note.message]


def _numbered(paper: Paper, text: str, level: int) -> None:
    """A paragraph whose number Word sets: digits on the first level, letters on the second."""
    paragraph = paper.document.add_paragraph(text)
    number = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", str(level)), ("w:numId", "77")):
        element = OxmlElement(name)
        element.set(qn("w:val"), value)
        number.append(element)
    paragraph._p.get_or_add_pPr().append(number)


def test_numbers_that_word_sets_count() -> None:
    """Digits begin questions, letters options, and the letters begin anew below each question."""
    paper = Paper()
    root = paper.document.part.numbering_part.element
    abstract, number = OxmlElement("w:abstractNum"), OxmlElement("w:num")
    abstract.set(qn("w:abstractNumId"), "76")
    for level, kind in enumerate(("decimal", "lowerLetter")):
        element, form = OxmlElement("w:lvl"), OxmlElement("w:numFmt")
        element.set(qn("w:ilvl"), str(level))
        form.set(qn("w:val"), kind)
        element.append(form)
        abstract.append(element)
    number.set(qn("w:numId"), "77")
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), "76")
    number.append(link)
    root.insert(0, abstract)
    root.append(number)
    for text in ("First?", "Second?"):
        _numbered(paper, text, 0)
        _numbered(paper, "Paris", 1)
        _numbered(paper, "Rome", 1)
        paper.add("Answer: B")
    assert [(item["prompt"], item["options"]) for item in said(paper.read())] == [
        ("First?", _OPTIONS),
        ("Second?", _OPTIONS),
    ]


def test_numbers_of_a_style_count() -> None:
    """Paragraphs in the style of a numbered list begin questions."""
    paper = Paper()
    for text in ("First?", "Second?"):
        paper.add(text, style="List Number").add("a) Paris").add("*b) Rome")
    assert [item["prompt"] for item in said(paper.read())] == ["First?", "Second?"]


def test_a_word_processors_own_lists_are_read(tmp_path: Path) -> None:
    """LibreOffice makes a document of lists in HTML, with numbers of its own."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("LibreOffice is missing, and only it shows how a word processor numbers: sh tests/programs.sh")
    ask = '<li>{}<ol type="a"><li>Paris</li><li><b>Rome</b></li></ol></li>'
    html = f"<html><body><ol>{ask.format('Where is <i>it</i>?')}{ask.format('And she?')}</ol></body></html>"
    (tmp_path / "test.html").write_text(html, "utf-8")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--infilter=HTML (StarWriter)", "--convert-to", "docx"]
    command += ["--outdir", str(tmp_path), str(tmp_path / "test.html")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    read = word.read("x.docx", (tmp_path / "test.docx").read_bytes())
    assert read.notes == []
    assert [(item["prompt"], item["options"]) for item in said(read)] == [
        ("Where is *it*?", _OPTIONS),
        ("And she?", _OPTIONS),
    ]


def test_pictures_come_along_and_what_is_lost_is_named() -> None:
    """By the number of its paragraph."""
    paper = Paper().add("My exam").add("1. What is it?")
    paper.document.paragraphs[-1].add_run().add_picture(io.BytesIO(png(4, 3)))
    paper.add("Answer: a box").add("2. Nothing is right here?").add("a) x").add("b) y")
    read = paper.read()
    assert list(read.files) == ["media/image1.png"]
    (item,) = said(read)
    assert item["prompt"].startswith("What is it?![")
    assert [(note.span.line, note.severity.value) for note in read.notes] == [(1, "warning"), (4, "error")]


TERMS = [("taille", "a *direct* tax"), ("gabelle", "a tax on salt"), ("dime", "a tenth")]


def test_the_heads_of_a_table_of_terms_say_which_column_is_asked() -> None:
    """Definitions may stand before their terms."""
    read = _table(Paper(), [["Definition", "Term"], ["a tax", "taille"], ["a court", "parlement"]]).read()
    assert [(item["prompt"], item["answer"]) for item in said(read)] == [("taille", "a tax"), ("parlement", "a court")]


@pytest.mark.parametrize("head", [("Term", "Definition"), ("Terme", "Définition"), None])
def test_a_table_of_terms_is_a_list_of_questions(head: tuple[str, str] | None) -> None:
    """Where the document asks nothing else; what stands around the table is named."""
    paper = Paper().add("Words of the Old Regime")
    rows = [*([head] if head else []), *TERMS]
    table = paper.document.add_table(len(rows), 2)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            for place, part in enumerate(text.split("*")):
                cell.paragraphs[0].add_run(part).italic = place % 2 or None
    paper.add("Learn them by Monday")
    read = paper.read()
    assert [(item["kind"], item["prompt"], item["answer"]) for item in said(read)] == [
        ("basic", term, definition) for term, definition in TERMS
    ]
    assert [note.message for note in read.notes] == [
        "'Words of the Old Regime' belongs to no question: dropped",
        "'Learn them by Monday' belongs to no question: dropped",
    ]


@pytest.mark.parametrize("sign", ["–", "-", "=", ":"])
@pytest.mark.parametrize("title", [["Words"], []])
def test_lines_of_terms_are_a_list_of_questions(sign: str, title: list[str]) -> None:
    """With the same sign in each line; a title may stand above them."""
    paper = Paper()
    for line in [*title, *(f"{term} {sign} a tax" for term, _ in TERMS)]:
        paper.add(line)
    read = paper.read()
    assert [(item["prompt"], item["answer"]) for item in said(read)] == [(term, "a tax") for term, _ in TERMS]
    assert len(read.notes) == len(title)


def _zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return made.getvalue()


@pytest.mark.parametrize(
    "made",
    [
        lambda: _zipped(document=b"<a>" * 300_000),
        lambda: _zipped(document=b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
        lambda: _zipped(document=b"\0" * 300_000_000),
        lambda: _zipped(document=b"<a/>")[:-30],
        lambda: _zipped(other=b"<a/>"),
        lambda: b"\xd0\xcf\x11\xe0",
    ],
    ids=["depth", "entity", "zip", "cut", "other", "old"],
)
def test_a_hostile_document_is_refused_in_time(made: Callable[[], bytes]) -> None:
    """Whatever it would unpack to."""
    data = made()
    start = time.process_time()
    with pytest.raises(BrokenSourceError):
        word.read("x.docx", data)
    assert time.process_time() - start < 10

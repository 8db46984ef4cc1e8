"""Papers as DOCX: read back by python-docx, opened and printed by LibreOffice."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from builder.diagnostics import BuilderError
from builder.model import Basic, Mcq
from builder.model.items import LETTERS
from builder.printing import papers
from builder.text import markup
from tests.make.course import course_of
from tests.make.documents import files, in_libreoffice, opened, paragraphs, text_of, texts
from tests.make.items import EXAMPLES
from tests.make.papers import quiz_of, reader, said, squeezed
from tests.pictures import png

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from pypdf import PdfReader

    from builder.model import Item

MEAN = '#x $y$ <b>&amp;</b> \\ _ {c} "q" مرحبا 👩‍👩‍👧 e\u0301 %s {{MERGEFIELD x}}'


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, dict[str, bytes], dict[str, PdfReader]]:
    """A quiz of all kinds, its files, and its papers and keys as LibreOffice prints them; large print and columns too."""
    made = course_of(EXAMPLES)
    quiz = quiz_of(made, formats=("pdf", "docx"))
    found = papers.files(made, quiz)
    documents = {name: data for name, data in found.items() if name.endswith(".docx")}
    documents["large.docx"] = files(size=24, paper="letter")["paper-A.docx"]
    documents["columns.docx"] = files(columns=2)["paper-A.docx"]
    documents["inline.docx"] = files(answers="inline")["paper-A.docx"]
    documents["mean.docx"] = files(mean_items(), title=MEAN, cover=MEAN)["paper-A.docx"]
    return quiz, found, in_libreoffice(tmp_path_factory.mktemp("office"), documents)


def mean_items() -> tuple[Item, ...]:
    """A choice with hostile text in every field."""
    options = [{"right": MEAN, "why": MEAN}, {"wrong": f"not {MEAN}"}]
    return (Mcq.model_validate({"id": "m", "kind": "mcq", "prompt": MEAN, "options": options, "explanation": MEAN}),)


@pytest.mark.slow
def test_libreoffice_shows_the_questions_of_the_pdf_with_their_numbers(both: Any) -> None:
    """Numbers, prompts, letters and options come in the order of the printed paper."""
    quiz, _, pdfs = both
    for name in ("paper-A.docx", "large.docx", "columns.docx", "inline.docx"):
        text = said(pdfs[name])
        for entry in quiz.items:
            item = course_of(EXAMPLES).by_id[entry.id]
            if entry.section != "cloze":
                assert f"{entry.number}.{squeezed(markup.plain(item.prompt))}" in text, (name, entry.id)
            if isinstance(item, Mcq):
                for letter, i in zip(LETTERS, entry.order, strict=False):
                    assert f"{letter}.{squeezed(item.options[i].text)}" in text
        assert "SECRET" not in text
        assert text.index("Part1:") < text.index("Part10:") < text.index("Endofthepaper")


def test_pdf_and_docx_have_the_same_words(both: Any) -> None:
    """Each prompt, term, response and step of the PDF paper stands in LibreOffice's."""
    _, found, pdfs = both
    ours, theirs = said(reader(found["paper-A.pdf"])), said(pdfs["paper-A.docx"])
    for word in ("France", "Spain", "Lima", "Madrid", "Paris", "Wake", "Rise", "Wash", "ahint", "Atmost60words."):
        assert ours.count(word) == theirs.count(word) > 0


def test_key_has_every_answer(both: Any) -> None:
    """What the PDF key knows, the DOCX key knows: answers, why, key points, rubric."""
    quiz, found, pdfs = both
    secrets = set(re.findall(r"SECRET[a-z]+", said(reader(found["key-A.pdf"]))))
    text = said(pdfs["key-A.docx"])
    assert {secret for secret in secrets if secret not in text} == set()
    (single,) = [entry for entry in quiz.items if entry.id == "one"]
    assert f"{single.number}{single.key[0]};" in text or f"{single.number}{single.key[0]}Part" in text


def test_hostile_text_is_printed_as_typed(both: Any) -> None:
    """No field, tag or entity of the text acts in LibreOffice, and python-docx reads it back."""
    typed = squeezed(markup.plain(MEAN))
    document = opened(files(mean_items(), title=MEAN, cover=MEAN)["paper-A.docx"])
    assert text_of(document).count(typed) == 4  # cover, prompt and two options; the title holds no markup
    assert squeezed(MEAN) in text_of(document)
    printed = said(both[2]["mean.docx"])
    assert "<b>" in printed
    assert "{{MERGEFIELDx}}" in printed


def test_controls_vanish_and_line_ends_are_spaces() -> None:
    """What XML can't hold goes, and words on two lines stay two words."""
    item = Basic.model_validate({"id": "c", "kind": "basic", "prompt": "a\x00b\x1f\ufffe\x80c", "answer": "x"})
    document = opened(files((item,), title="Two\nwords\tand\x0bmore")["paper-A.docx"])
    assert texts(document, "Title") == ["Two words and more"]
    assert texts(document, "Question") == ["abc  [1\u00a0mark]"]


def test_styles_and_numbering_are_real() -> None:
    """Questions are one list, each question's options a list of their own, and headings are headings."""
    document = opened(files()["paper-A.docx"])
    numbers: dict[str, list[int]] = {"Question": [], "Option": []}
    for paragraph in paragraphs(document):
        if paragraph.style and paragraph.style.name in numbers:
            properties: Any = paragraph._p.pPr
            numbers[paragraph.style.name].append(properties.numPr.numId.val)
    assert len(numbers["Question"]) == len(EXAMPLES)
    assert len(set(numbers["Question"])) == 1
    assert len(set(numbers["Option"])) == 4  # two choices, one matching, one ordering
    root: Any = document.part.numbering_part.element
    formats = [level.get(qn("w:val")) for level in root.iter(qn("w:numFmt"))]
    assert formats == ["decimal", "upperLetter"]
    assert [p.split(":")[0] for p in texts(document, "Heading 1")] == [f"Part {n}" for n in range(1, 11)]


def test_parts_are_not_chained_to_one_page() -> None:
    """Every question ends in a paragraph or a row that may part from the next question; its own may not."""
    document = opened(files()["paper-A.docx"])
    rows = [[it] if isinstance(it, Paragraph) else _in_table(it) for it in document.iter_inner_content()]
    names = [row[0].style.name if len(row) == 1 and row[0].style else "" for row in rows]
    starts = [i for i, name in enumerate(names) if name == "Question"]
    for start in starts:
        end = next(i for i in range(start + 1, len(names)) if names[i] in {"Question", "Heading 1", "End"})
        kept = [set(map(_kept, row)) for row in rows[start:end]]
        is_last = names[end] == "End"
        assert kept == [{True}] * (len(kept) - 1) + [{is_last}], rows[start][0].text


def _in_table(table: Table) -> list[Paragraph]:
    """The paragraphs of a table of one row."""
    (row,) = table.rows
    return [paragraph for cell in row.cells for paragraph in cell.paragraphs]


def _kept(paragraph: Any) -> bool:
    own = paragraph.paragraph_format.keep_with_next
    return bool(paragraph.style.paragraph_format.keep_with_next if own is None else own)


@pytest.mark.parametrize(("size", "paper", "width"), [(11, "a4", 210.0), (18, "letter", 215.9), (24, "a4", 210.0)])
def test_edition_sets_size_page_and_language(size: int, paper: str, width: float) -> None:
    """Text of every script has the size asked for, the page is the paper, and the language that of the course."""
    document = opened(files(size=size, paper=paper)["paper-A.docx"])
    normal: Any = document.styles["Normal"].element.rPr
    assert normal.find(qn("w:sz")).get(qn("w:val")) == normal.find(qn("w:szCs")).get(qn("w:val")) == str(size * 2)
    assert normal.find(qn("w:lang")).get(qn("w:val")) == "en-GB"
    page_width = document.sections[0].page_width
    assert page_width is not None
    assert page_width.mm == pytest.approx(width, abs=0.1)
    sizes = [style.font.size.pt for name in ("Title", "Heading 1", "Subtitle") if (style := document.styles[name])]
    assert min(sizes) >= size


def test_properties_name_the_paper_and_nobody() -> None:
    """Title and language are set; no author, program or picture of the library's own document is left."""
    data = files(title="T" * 300)["paper-A.docx"]
    about = opened(data).core_properties
    assert (about.title, about.language) == ("T" * 255, "en-GB")
    assert (about.author, about.comments, about.last_modified_by, about.keywords) == ("", "", "", "")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if "thumbnail" in name]


def test_picture_has_its_words() -> None:
    """A picture is in the document, no wider than the text, with its alternative text."""
    image = {"file": "a.png", "alt": "A grey <square> & more"}
    item = Basic.model_validate({"id": "p", "kind": "basic", "prompt": "What?", "answer": "x", "image": image})
    document = opened(files((item,), media={"a.png": png(900, 300)})["paper-A.docx"])
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == image["alt"]
    assert shape.width.mm <= 140


@pytest.mark.parametrize(("name", "data"), [("a.webp", b"RIFF"), ("a.png", b"no picture")])
def test_picture_that_docx_cannot_hold_is_named(name: str, data: bytes) -> None:
    """The author hears which picture, and what to do."""
    image = {"file": name, "alt": "words"}
    item = Basic.model_validate({"id": "p", "kind": "basic", "prompt": "What?", "answer": "x", "image": image})
    with pytest.raises(BuilderError, match=rf"{name}: .*PNG or JPEG"):
        files((item,), media={name: data})


def test_two_columns_begin_below_the_head() -> None:
    """Title and instructions span the page; the questions stand in two columns."""
    assert _columns(opened(files(columns=2)["paper-A.docx"])) == [None, "2"]


def _columns(document: Document) -> list[str | None]:
    """The number of columns of each section, or None for one."""
    return [section._sectPr.find(qn("w:cols")).get(qn("w:num")) for section in document.sections]


def test_same_quiz_gives_the_same_bytes() -> None:
    """Nothing of the time is in the documents."""
    assert files() == files()


def test_missing_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without python-docx the call fails with the command that helps."""
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(BuilderError, match=r"pip install 'her-study\[docx\]'"):
        files()


def test_an_essay_has_lines_of_full_width_in_two_columns_too() -> None:
    """Where it is written on the paper, its part stands in one column; with an answer sheet all stay in two."""
    document = opened(files(columns=2, answers="inline")["paper-A.docx"])
    assert _columns(document) == [None, "2", "1"]
    ends = [
        document.styles[name].paragraph_format.tab_stops[0].position for name in ("Essay line", "Field", "Answer line")
    ]
    assert ends[0] == ends[1] > ends[2]
    assert len(texts(document, "Essay line")) == 88

"""Words in other languages than the course's, on papers of every format: what reads them aloud is told their language."""

from __future__ import annotations

import io
import re
from functools import cache

import pikepdf
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from builder.printing import papers
from tests.make.course import course_of
from tests.make.papers import quiz_of, reader, said

SHALOM = "\u05e9\u05dc\u05d5\u05dd"
ITEMS = [
    {"id": "a", "kind": "basic", "prompt": f"What is [*Guten* Tag]{{lang=de-AT}} beside {SHALOM}?", "answer": "So"},
    {"id": "b", "kind": "cloze", "prompt": "It is [le {{c1::chat::[un mot]{lang=es}}}]{lang=fr}."},
]
COURSE = course_of(ITEMS)


@cache
def files() -> dict[str, bytes]:
    """Its paper and key in every format."""
    return papers.files(COURSE, quiz_of(COURSE, formats=("pdf", "docx", "html", "md"), answers="inline"))


def test_the_pdf_marks_them_in_its_tags() -> None:
    """The text stays in reading order, and German, Hebrew, French and Spanish pieces have their language."""
    pdf = files()["paper-A.pdf"]
    assert "WhatisGutenTag" in said(reader(pdf))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [str(it["/Lang"]) for it in opened.objects if isinstance(it, pikepdf.Dictionary) and "/Lang" in it]
        pages = b"".join(page.Contents.read_bytes() for page in opened.pages)
    found += [code.decode() for code in re.findall(rb"/Lang ?\(([^)]*)\)", pages)]
    assert set(found) >= {"en-GB", "de-AT", "he", "fr", "es"}


def test_word_gets_them_run_by_run() -> None:
    """For Latin, Asian and bidirectional signs alike, so that whatever the letters are the language is this."""
    body = Document(io.BytesIO(files()["paper-A.docx"])).element.body
    marked = {}
    for run in body.iter(qn("w:r")):
        for lang in run.iter(qn("w:lang")):
            assert len(set(lang.values())) == 1
            marked["".join(it.text for it in run.iter(qn("w:t")))] = lang.get(qn("w:val"))
    assert marked == {"Guten": "de-AT", " Tag": "de-AT", SHALOM: "he", "le ": "fr", "un mot": "es"}


def test_pages_have_their_language_and_direction() -> None:
    """Each piece is an element with both."""
    page = files()["paper-A.html"].decode()
    assert '<span lang="de-AT" dir="ltr"> Tag</span>' in page
    assert f'<span lang="he" dir="rtl">{SHALOM}</span>' in page
    assert '<span lang="fr" dir="ltr">le </span>' in page


def test_markdown_has_them_as_html() -> None:
    """CommonMark has no sign for them, and lets HTML through; what a blank hides keeps its language on the key."""
    assert '*<span lang="de-AT">Guten</span>*<span lang="de-AT"> Tag</span>' in files()["paper-A.md"].decode()
    assert '**<span lang="fr">chat</span>**' in files()["key-A.md"].decode()


def test_an_option_in_another_language_has_its_reason_on_its_line() -> None:
    """On a key the reason stands behind an option of one line, whatever its language, right or wrong."""
    options = [{"right": "犬", "why": "yes"}, {"wrong": "ねこ", "why": "no"}, {"wrong": SHALOM, "why": "nor this"}]
    made = course_of([{"id": "a", "kind": "mcq", "prompt": "Which is a dog?", "options": options}])
    lines = reader(papers.files(made, quiz_of(made))["key-A.pdf"]).pages[0].extract_text().splitlines()
    for reason in ("yes", "no", "nor this"):
        (line,) = [it for it in lines if it.endswith(f"\u2013 {reason}")]
        assert len(line) > len(f"\u2013 {reason}") + 1


@pytest.mark.parametrize("language", ["de", "en", "pl", "tr"])
def test_a_label_of_the_key_stands_apart_from_what_it_labels(language: str) -> None:
    """However long its words are in a language, a millimetre is left between them and the text beside them."""
    points = [{"point": "QQQ", "marks": 1}, {"point": "QQQ too", "marks": 1}]
    made = course_of([{"id": "a", "kind": "short", "prompt": "Why?", "key_points": points}])
    page = pypdfium2.PdfDocument(papers.files(made, quiz_of(made, language=language))["key-A.pdf"])[0]
    text = page.get_textpage()
    left, low, _, high = text.get_charbox(text.get_text_range().index("QQQ"))
    boxes = [text.get_charbox(i) for i in range(text.count_chars()) if text.get_text_range(i, 1).strip()]
    label = [right for start, bottom, right, top in boxes if start < left and bottom < high and top > low]
    assert label
    assert max(label) < left - 72 / 25.4


def test_french_papers_have_no_break_spaces_before_signs() -> None:
    """In the texts of the course and in the fixed words, in all formats; a program keeps its plain ones."""
    text = "Est-ce **lui** ? « Oui » : non ; `a ? b`"
    items = [{"id": "qui", "kind": "mcq", "prompt": text, "options": [{"right": text}, {"wrong": "Elle !"}]}]
    course = course_of(items, language="fr")
    made = papers.files(course, quiz_of(course, formats=("pdf", "docx", "html", "md"), language="fr"))
    for name in ("paper-A", "key-A"):
        document = Document(io.BytesIO(made[f"{name}.docx"]))
        said = {
            "docx": "\n".join(it.text for it in document.paragraphs),
            "html": made[f"{name}.html"].decode().partition("<body")[2],
            "md": made[f"{name}.md"].decode(),
            "pdf": "".join(page.extract_text() for page in reader(made[f"{name}.pdf"]).pages),
        }
        for format_, shown in said.items():
            assert "« Oui »" not in shown, (name, format_)
            assert "«\u00a0Oui\u00a0»\u00a0: non\u202f;" in shown, (name, format_)
            assert "a ? b" in shown, (name, format_)
            assert "Partie 1\u00a0: " in shown, (name, format_)

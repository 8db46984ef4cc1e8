"""Passages in print: once before their questions, in every format, with the numbers of the questions on them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document

from builder.loading.course import load
from builder.paper.record import Quiz
from builder.printing import papers
from builder.wording import languages, wording
from tests import samples
from tests.make.course import course_of
from tests.make.papers import quiz_of, reader, said, squeezed

if TYPE_CHECKING:
    from pathlib import Path

    from builder.model import Course

FORMATS = ("pdf", "docx", "html", "md")


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """The sample with two passages, the second of which has parts."""
    made = load(samples.course(tmp_path / "course", samples.HERE / "good" / "passages.yaml")).course
    assert made
    return made


def told(name: str, data: bytes) -> str:
    """All that a file says, squeezed."""
    if name.endswith(".pdf"):
        return said(reader(data))
    if name.endswith(".docx"):
        document = Document(io.BytesIO(data))
        return squeezed("".join(paragraph.text for paragraph in document.paragraphs))
    return squeezed(data.decode())


@pytest.mark.slow
@pytest.mark.parametrize("format_", FORMATS)
def test_a_passage_stands_once_before_its_questions(course: Course, format_: str) -> None:
    """In each of four versions the text of a passage comes once, then its questions in the bank's order."""
    files = papers.files(course, quiz_of(course, 4, formats=(format_,)))
    for version in "ABCD":
        text = told(f"paper.{format_}", files[f"paper-{version}.{format_}"])
        order = ["Nothingislostthatwaseversaid", "Whichofthesedidthewriterkeep", "Whymaythewritercountthepauses"]
        places = [text.index(words) for words in order]
        assert places == sorted(places)
        assert text.count("MydearTheodore") == 1
        counts = ["Aclinic", "Howmanyvisits", "Thevisitsrose", "Inwhichweek"]
        places = [text.index(words) for words in counts]
        assert places == sorted(places)


@pytest.mark.parametrize("format_", ["pdf", "html", "md"])
def test_the_questions_on_a_passage_are_named_or_share_its_number(course: Course, format_: str) -> None:
    """A line says which questions are on a text; parts have their letters, after the number that they share."""
    quiz = quiz_of(course, formats=(format_,))
    files = papers.files(course, quiz)
    first = next(entry.number for entry in quiz.items if entry.passage == "letter")
    shared = next(entry.number for entry in quiz.items if entry.passage == "table")
    text = told(f"paper.{format_}", files[f"paper-A.{format_}"])
    assert f"Questions{first}to{first + 2}areonthistext." in text
    assert text.index(str(shared)) < text.index("(a)") < text.index("(b)") < text.index("(c)")
    key = told(f"key.{format_}", files[f"key-A.{format_}"])
    assert f"{shared}(a)" in key
    assert "Aletter" in key
    assert "MydearTheodore" not in key


def test_a_passage_in_docx_has_letters_of_words_own(course: Course) -> None:
    """Parts are a list of Word's, from (a), and the number before them is one of the list of questions."""
    files = papers.files(course, quiz_of(course, formats=("docx",)))
    with zipfile.ZipFile(io.BytesIO(files["paper-A.docx"])) as archive:
        numbering = archive.read("word/numbering.xml").decode()
    assert '<w:lvlText w:val="(%1)"/>' in numbering
    assert '<w:numFmt w:val="lowerLetter"/>' in numbering


def test_each_kind_on_a_passage_says_how_it_is_answered(course: Course) -> None:
    """The first question of its kind on a passage has the instruction that a part of its kind would have."""
    words = wording("en")
    text = told("paper.md", papers.files(course, quiz_of(course, formats=("md",)))["paper-A.md"])
    for kind in ("mcq", "cloze", "short", "truefalse"):
        assert text.count(squeezed(words.sections[kind]["sheet"])) == 1


def test_the_guide_has_the_open_questions_on_a_passage_alone(course: Course) -> None:
    """Of the questions on passages, the marking guide shows those that are marked by points or ranges."""
    text = told("guide.pdf", papers.files(course, quiz_of(course))["guide-A.pdf"])
    assert "Whymaythewriter" in text
    assert "Howmanyvisits" in text
    assert "Whichofthesedid" not in text
    assert "2questions,3marks" in text


@pytest.mark.parametrize("language", languages())
def test_a_paper_with_passages_prints_in_every_language(course: Course, language: str) -> None:
    """The line on a passage and the heading of its part are in the language of the paper, with both numbers."""
    quiz = quiz_of(course, formats=("md",), language=language)
    text = told("paper.md", papers.files(course, quiz)["paper-A.md"])
    words = wording(language)
    first = next(entry.number for entry in quiz.items if entry.passage == "letter")
    assert squeezed(words["on_texts"].format(first, first + 2)) in text
    assert squeezed(words.sections["passage"]["title"]) in text


@pytest.mark.slow
@pytest.mark.parametrize("edition", [{}, {"answers": "inline"}, {"columns": 2}, {"size": 24, "answers": "inline"}])
def test_the_record_gives_the_same_bytes(course: Course, edition: dict[str, Any]) -> None:
    """From the saved record all files come out byte for byte."""
    quiz = quiz_of(course, 2, formats=FORMATS, **edition)
    files = papers.files(course, quiz)
    again = papers.files(course, Quiz.model_validate_json(files["quiz.json"]))
    assert again == files


def test_a_long_passage_goes_on_over_pages_and_ends_before_its_question(course: Course) -> None:
    """A passage of more than a page fills pages; a short one stands on the page of its first question."""
    long = "\n\n".join(["Words and words of a very long letter, which goes on. " * 20] * 9)
    items = [
        item.model_copy(update={"passage": item.passage.model_copy(update={"text": f"{item.passage.text}\n\n{long}"})})
        if item.passage and item.passage.id == "letter"
        else item
        for item in course.items
    ]
    made = replace(course, items=tuple(items))
    pages = [squeezed(page.extract_text()) for page in reader(papers.files(made, quiz_of(made))["paper-A.pdf"]).pages]
    with_letter = [n for n, page in enumerate(pages) if "verylongletter" in page]
    assert with_letter == list(range(with_letter[0], with_letter[-1] + 1))
    assert len(with_letter) > 1
    (asked,) = [n for n, page in enumerate(pages) if "Whichofthesedid" in page]
    assert asked in {with_letter[-1], with_letter[-1] + 1}
    (table,) = [n for n, page in enumerate(pages) if "Aclinic" in page]
    assert "Howmanyvisits" in pages[table]


def test_an_essay_on_a_passage_has_its_lines_below_it() -> None:
    """Where answers are given on the paper, an essay on a passage keeps its place among the others, with lines."""
    essay = {
        "id": "essay",
        "kind": "essay",
        "passage": "p",
        "prompt": "Write on it.",
        "words": "40",
        "rubric": [{"criterion": "It says so.", "marks": "4", "levels": ["no", "yes"]}],
    }
    after = {"id": "after", "kind": "basic", "passage": "p", "prompt": "Who wrote it?", "answer": "Sam"}
    made = course_of([essay, after], passages=[{"id": "p", "text": "A text."}])
    (page,) = reader(papers.files(made, quiz_of(made, answers="inline"))["paper-A.pdf"]).pages
    text = squeezed(page.extract_text())
    assert text.index("Atext.") < text.index("Writeonit.") < text.index("Whowroteit?")

"""What a paper tells candidates to do can be done on it: in every format, with a sheet and without."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import docx
import pytest

from builder.model.items import LETTERS, Mcq
from builder.paper import sheet
from builder.paper.key import key_of
from builder.printing import papers
from builder.printing.markdown.commonmark import BLANK
from builder.wording import languages, wording
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import quiz_of, reader, squeezed

if TYPE_CHECKING:
    from builder.model import Item

WORDS = wording("en")
FORMATS = ["pdf", "docx", "html", "md"]
# Where something stands, or what it looks like, differs between editions.
PLACES = {
    "ar": "يمين|يسار|مربع|إلى جانبه",
    "de": "rechts|Kästchen",
    "en": "right side|on its right|box",
    "es": "derecha|casilla",
    "fr": "droite|case",
    "he": "מימין|משמאל|משבצ",
    "it": "destra|casell",
    "ja": "右|所定の欄|各欄",
    "nl": "rechts|vakje",
    "pl": "po prawej|kratk",
    "pt": "direita|caixa",
    "tr": "sağında|kutu",
    "zh": "右侧|方框",
}


def _files(kind: str, formats: str, answers: str, **fields: object) -> dict[str, bytes]:
    made = course_of([item for item in EXAMPLES if item.kind == kind])
    return papers.files(made, quiz_of(made, formats=(formats,), answers=answers, **fields))  # type: ignore[arg-type]


def _text(name: str, data: bytes) -> str:
    """All that a file says."""
    if name.endswith("pdf"):
        return "\n".join(page.extract_text() for page in reader(data).pages)
    if name.endswith("docx"):
        document = docx.Document(io.BytesIO(data))
        cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join(it.text for it in [*document.paragraphs, *(it for cell in cells for it in cell.paragraphs)])
    return data.decode()


def _paper(kind: str, formats: str, answers: str, **fields: object) -> str:
    name = f"paper-A.{formats}"
    return _text(name, _files(kind, formats, answers, **fields)[name])


def _asked(kind: str) -> list[Item]:
    return [item for item in EXAMPLES if item.kind == kind]


@pytest.mark.parametrize("formats", FORMATS)
@pytest.mark.parametrize("edition", [{"size": 11}, {"size": 18, "columns": 2}], ids=str)
def test_marks_stand_in_square_brackets(formats: str, edition: dict[str, int]) -> None:
    """Wherever the marks of a question are printed, they are in the brackets that the instructions speak of."""
    text = squeezed(_paper("mcq", formats, "inline", **edition))
    assert "givenin" in text
    assert "squarebrackets" in text
    assert len(re.findall(r"\\?\[1mark\\?\]", text)) == len(_asked("mcq"))


def test_every_option_has_a_circle_to_fill() -> None:
    """On the sheet, those of questions with several right options too."""
    text = _text("docx", _files("mcq", "docx", "sheet")["sheet-A.docx"])
    assert "☐" not in text
    assert text.count("◯") == sum(len(item.options) for item in EXAMPLES if isinstance(item, Mcq))


@pytest.mark.parametrize("formats", FORMATS)
def test_a_false_statement_has_its_line(formats: str) -> None:
    """Where what is true is to be written on the line, each statement has one, on a sheet for one mark too."""
    count = len(_asked("truefalse"))
    text = _paper("truefalse", formats, "inline")
    assert squeezed("write what is true on the line") in squeezed(text)
    assert text.count(WORDS["correction"]) == count
    room = {"html": 'class="rule"', "md": BLANK, "docx": "☐ True", "pdf": WORDS["false"]}[formats]
    assert text.count(room) >= count
    if formats == "md":
        assert text.count("☐ True\n") == text.count("☐ False\n") == count


def test_a_false_statement_has_its_line_on_the_sheet() -> None:
    """In PDF and DOCX, whatever the statement is worth."""
    made = course_of(_asked("truefalse"))
    quiz = quiz_of(made, points={"truefalse": 1})
    marks = [mark for page in sheet.pages(quiz, quiz.versions[0]) for mark in page.marks]
    assert sorted(mark.question for mark in marks if mark.kind == "line") == [it.number for it in quiz.items]
    assert _text("docx", _files("truefalse", "docx", "sheet")["sheet-A.docx"]).count(WORDS["correction"]) == 2


@pytest.mark.parametrize("formats", FORMATS)
def test_letters_can_be_written_beside_numbers(formats: str) -> None:
    """The terms of a matching are numbered, and beside each number is room for a letter."""
    (item,) = _asked("matching")
    text = _paper("matching", formats, "inline")
    assert squeezed("Beside each number, write the letter") in squeezed(text)
    numbers = range(1, len(key_of(item, range(9))) + 1)
    if formats == "html":
        assert 'class="terms boxed"' in text
    else:
        assert all(f"({number})" in text for number in numbers)
    if formats in {"docx", "md"}:
        assert all(re.search(rf"_ \({number}\)", text) for number in numbers)


def test_letters_and_places_can_be_written_on_the_sheet() -> None:
    """The sheet has a row of circles for each numbered term, and one for each lettered step; in DOCX, room to write."""
    for kind, signs in (("matching", "12"), ("ordering", LETTERS[:3])):
        made = course_of(_asked(kind))
        quiz = quiz_of(made)
        marks = [mark for page in sheet.pages(quiz, quiz.versions[0]) for mark in page.marks]
        rows = dict.fromkeys(mark.row for mark in marks if mark.use == "answer")
        assert list(rows) == list(signs)
        text = _text("docx", _files(kind, "docx", "sheet")["sheet-A.docx"])
        assert all(re.search(rf"\(?{sign}\)? ___", text) for sign in signs)


@pytest.mark.parametrize("formats", FORMATS)
def test_steps_can_be_numbered(formats: str) -> None:
    """Steps have room for a number in place of letters where they are numbered on the paper."""
    text = _paper("ordering", formats, "inline")
    assert squeezed("Number the steps") in squeezed(text)
    if formats == "html":
        assert 'class="steps boxed"' in text
    else:
        assert not re.search(r"^\W*A\W+(Wake|Rise|Wash)", text, re.MULTILINE)
    if formats in {"docx", "md"}:
        assert len(re.findall(r"_\s+(?:Wake|Rise|Wash)", text)) == 3


def test_a_limit_is_spoken_of_as_one_that_may_be_missing() -> None:
    """A short question without a limit of words is not sent to look for one."""
    short = next(item for item in EXAMPLES if item.kind == "short").model_copy(update={"words": None})
    made = course_of([short])
    text = squeezed(_text("pdf", papers.files(made, quiz_of(made))["paper-A.pdf"]))
    assert "Atmost" not in text
    assert squeezed("within the word limit if there is one") in text


@pytest.mark.parametrize("language", languages())
def test_no_instruction_names_a_place_that_another_edition_lacks(language: str) -> None:
    """In no language do instructions speak of a side of the page, or of boxes where Word has lines."""
    table = wording(language)
    texts = [table["instructions_sheet"], table["instructions_inline"], table["places"], table["as_printed"]]
    # The boxes of a figure lie on its picture in every edition.
    sections = [text for kind, text in table.sections.items() if kind != "occlusion"]
    texts += [text[answers] for text in sections for answers in ("sheet", "inline")]
    assert [text for text in texts if re.search(PLACES[language], text)] == []


def test_places_of_steps_are_in_the_order_printed() -> None:
    """The key says to which order its places belong, in every format."""
    for formats in FORMATS:
        name = f"key-A.{formats}"
        assert squeezed("in the order printed") in squeezed(_text(name, _files("ordering", formats, "sheet")[name]))

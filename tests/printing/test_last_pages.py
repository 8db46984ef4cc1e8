"""How pages are filled: none is there for a line, and no room is printed that nobody writes in."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from builder.drawing import Drawing, draw
from builder.loading.course import load, shipped
from builder.paper.sheet.table import THIN
from builder.printing import papers, pdf
from builder.printing.pdf import typeset
from builder.wording import wording
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import printed, quiz_of, reader, said, squeezed
from tests.printing import lastpages
from tests.printing.lastpages import last_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.model import Item

_MM = 72 / 25.4


def _paper(items: Iterable[Item], **fields: object) -> bytes:
    made = course_of(items)
    return papers.files(made, quiz_of(made, **fields))["paper-A.pdf"]  # type: ignore[arg-type]


def _many(example: int, count: int) -> list[Item]:
    return [EXAMPLES[example].model_copy(update={"id": f"item-{n}"}) for n in range(count)]


def _widths(data: bytes, page: int) -> list[float]:
    """The widths of what is drawn on a page other than text, in millimetres."""
    drawn = pypdfium2.PdfDocument(io.BytesIO(data))[page].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])
    return [(right - left) / _MM for left, _, right, _ in (it.get_bounds() for it in drawn)]


@pytest.mark.slow
def test_a_page_for_a_line_is_saved_by_setting_closer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of papers of any number of questions those with a last page of an eighth or less have a page less than without it."""
    lengths = range(3, 16)
    with monkeypatch.context() as patch:
        patch.setattr(typeset, "_TIGHTEST", 0)
        before = [last_page(_paper(_many(0, count))) for count in lengths]

    after = [last_page(_paper(_many(0, count))) for count in lengths]
    thin = [it.pages > 1 and it.share < THIN for it in before]
    assert any(thin)
    assert [it.pages for it in after] == [it.pages - is_thin for it, is_thin in zip(before, thin, strict=True)]


def test_the_end_of_large_print_needs_no_page_with_a_line() -> None:
    """In 24 points a line to write on and the end fill a sixth of a page, which is set closer all the same."""
    edition = next(it for it in lastpages.editions(93) if it.size == 24 and it.answers == "inline")
    with pdf.jobs(lastpages.courses()[1], lastpages.quiz_of(93, edition)) as jobs:
        found = last_page(jobs[0].make(lambda: None)["paper-A.pdf"])
    assert found.pages > 1
    assert not found.is_end_alone


@pytest.mark.parametrize("count", [2, 5, 40])
def test_the_end_stands_below_a_question(count: int) -> None:
    """With room for answers too, the end of a paper is never all that its last page holds."""
    found = last_page(_paper(_many(10, count), answers="inline"))
    assert found.lines > 2
    assert not found.is_end_alone


def test_the_end_stays_with_the_last_option_of_a_long_question() -> None:
    """Of a question longer than a page, the last option and the end are on one page."""
    options = [{"right" if n == 0 else "wrong": f"{n} " + "very long words " * 40} for n in range(20)]
    item = {"id": "long", "kind": "mcq", "prompt": "Which?", "options": options}
    made = course_of([item])
    for size in (11, 18, 24):
        pdf = reader(papers.files(made, quiz_of(made, size=size))["paper-A.pdf"])
        assert len(pdf.pages) > 1
        assert "very long words" in pdf.pages[-1].extract_text()
        assert wording("en")["end"] in pdf.pages[-1].extract_text()


def test_questions_answered_on_a_sheet_keep_no_room() -> None:
    """Eighteen questions of one line take one page, where with room to write they take more."""
    recall = _many(8, 18)
    assert len(reader(_paper(recall)).pages) == 1
    assert len(reader(_paper(recall, answers="inline")).pages) > 1


def test_an_essay_is_written_on_lines_of_full_width() -> None:
    """In two columns too, and the page of an essay is ruled down to the end of the paper."""
    data = _paper([EXAMPLES[0], EXAMPLES[-1]], answers="inline", columns=2)
    last = len(reader(data).pages) - 1
    assert sum(width > 165 for width in _widths(data, last)) > 20
    assert wording("en")["end"] in reader(data).pages[last].extract_text()


def test_a_key_fills_its_pages() -> None:
    """The key of a final examination has more than three questions a page, and its works follow without a new one."""
    made = load(shipped()).course
    assert made
    quiz = draw(made, Drawing(made.blueprints["final-a"], "2026"))
    key = reader(papers.files(made, quiz)["key-A.pdf"])
    assert len(key.pages) * 3.3 < len(quiz.items)
    headed = [page for page in key.pages if wording("en")["works_cited"] in page.extract_text()]
    assert len(headed) == 1
    assert not headed[0].extract_text().startswith(wording("en")["works_cited"])


def test_sources_are_one_paragraph() -> None:
    """On the key, all places where an answer is found follow each other, parted by semicolons."""
    made = load(shipped()).course
    assert made
    item = next(item for item in made.items if len(item.locator) > 1)
    text = said(reader(papers.files(made, quiz_of(replace(made, items=(item,))))["key-A.pdf"]))
    assert squeezed("; ".join(str(made.places[name]) for name in item.locator)) in text


def test_a_last_page_is_what_it_looks_like() -> None:
    """The judge of last pages tells a page of ruled lines, one that is nearly empty, and one that holds the end alone."""
    _, paper, _ = printed([EXAMPLES[0]])
    assert len(paper.pages) == 1
    assert last_page(_paper([EXAMPLES[-1]], answers="inline")).share > 0.9
    found = last_page(_paper([EXAMPLES[0]]))
    assert found.lines > 10
    assert 0.3 < found.share < 0.5

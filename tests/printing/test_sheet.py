"""The answer sheet as it is printed, measured on the rendered page against `builder.paper.sheet`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pypdfium2
import pytest
import zxingcpp

from builder.model import Essay, Matching, Mcq, Numeric, Ordering
from builder.paper import sheet as layout
from builder.paper.sheet import Box
from builder.paper.sheet.stamp import layout_hash
from builder.paper.sheet.table import CORE, CORNER
from builder.printing import papers
from builder.wording import wording
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import quiz_of

if TYPE_CHECKING:
    from builder.model import Item
    from builder.paper.record import Quiz
    from builder.paper.sheet import Mark, Page

DOTS = 8  # to the millimetre
CLOSE = 0.3  # millimetres: two dots of a scan at 200 dpi
DARK, WHITE = 160, 250
EDITIONS = [(paper, size) for paper in layout.PAPERS for size in layout.TABLE]
LANGUAGES, LEFTWARD = ("de", "es", "fr"), "ar"

MANY: tuple[Item, ...] = (
    Mcq.model_validate(
        {
            "id": "twenty-six",
            "kind": "mcq",
            "prompt": "Which?",
            "options": [{"right": "This"}, *({"wrong": f"Not {n}"} for n in range(25))],
        }
    ),
    Matching.model_validate(
        {"id": "twelve", "kind": "matching", "prompt": "Match.", "pairs": [(f"l{n}", f"r{n}") for n in range(12)]}
    ),
    Ordering.model_validate(
        {"id": "row", "kind": "ordering", "prompt": "Order.", "sequence": [f"step {n}" for n in range(12)]}
    ),
    *(
        Numeric.model_validate({"id": f"n{answer}", "kind": "numeric", "prompt": "How many?", "answer": answer})
        for answer in ("12", "-3.5")
    ),
    Essay.model_validate(
        {
            "id": "other-essay",
            "kind": "essay",
            "prompt": "Or write this.",
            "words": 300,
            "rubric": [{"criterion": "All", "marks": 6, "levels": ["none", "all"]}],
        }
    ),
)


class Printed(NamedTuple):
    """A sheet: its quiz, what the layout says of its pages, and these as grey dots and as text."""

    quiz: Quiz
    pages: list[Page]
    dots: list[Any]
    texts: list[Any]


@cache
def printed(
    paper: str = "a4", size: int = 11, language: str = "en", title: str = "A test", heading: str = ""
) -> Printed:
    """The sheet of all kinds of question, short ones and long ones, in an edition."""
    made = course_of((*EXAMPLES, *MANY), title=title)
    quiz = quiz_of(made, paper=paper, size=size, language=language, choose={"essay": 1}, heading=heading)
    document = pypdfium2.PdfDocument(papers.files(made, quiz)["sheet-A.pdf"])
    dots = [page.render(scale=DOTS * 25.4 / 72, grayscale=True).to_numpy().squeeze() for page in document]
    return Printed(quiz, layout.pages(quiz, quiz.versions[0]), dots, [page.get_textpage() for page in document])


@pytest.fixture(params=EDITIONS, ids=lambda edition: f"{edition[0]}-{edition[1]}")
def edition(request: pytest.FixtureRequest) -> Printed:
    """The sheet in each size of page and of print."""
    return printed(*request.param)


def cut(dots: Any, box: Box, around: float = 0.0) -> Any:
    """The dots in a box, and `around` it, in millimetres."""
    top, bottom = (round(y * DOTS) for y in (box.y - around, box.y + box.height + around))
    left, right = (round(x * DOTS) for x in (box.x - around, box.x + box.width + around))
    return dots[max(top, 0) : bottom, max(left, 0) : right]


def extent(dots: Any, box: Box, around: float) -> Box:
    """What is dark in a box and `around` it, as the smallest box in millimetres."""
    rows, columns = np.nonzero(cut(dots, box, around) < DARK)
    assert len(rows), f"nothing at {box}"
    x, y = (round((start - around) * DOTS) / DOTS for start in (box.x, box.y))
    width, height = (np.ptp(places) + 1 for places in (columns, rows))
    return Box(x + columns.min() / DOTS, y + rows.min() / DOTS, width / DOTS, height / DOTS)


def is_near(found: Box, wanted: Box) -> bool:
    """Whether all four edges are where they should be."""
    ends = [(b.x, b.y, b.x + b.width, b.y + b.height) for b in (found, wanted)]
    return all(abs(one - other) < CLOSE for one, other in zip(*ends, strict=True))


def drawn(mark: Mark) -> Box:
    """Where the ink of a mark is: the outline's middle follows the box; a line is its lower edge."""
    at = mark.at
    return at._replace(y=at.y + at.height, height=0) if mark.kind == "line" else at


def test_every_mark_lies_where_the_layout_says(edition: Printed) -> None:
    """Circles, boxes and lines are where they should be, to a third of a millimetre."""
    seen = set()
    for page, dots in zip(edition.pages, edition.dots, strict=True):
        for mark in page.marks:
            at = drawn(mark)
            assert is_near(extent(dots, at, 0.6), at), (page.number, mark)
            seen.add(mark.kind)
    assert seen == {"bubble", "box", "line"}


def test_circles_are_round_and_lines_whole(edition: Printed) -> None:
    """All around a circle, a box and along a line there is ink, and none just outside a circle."""
    for page, dots in zip(edition.pages, edition.dots, strict=True):
        for mark in page.marks:
            x, y, width, height = drawn(mark)
            if mark.kind == "bubble":
                angles = np.linspace(0, 2 * np.pi, 72, endpoint=False)
                for radius, is_inked in ((width / 2, True), (width / 2 + 0.6, False)):
                    across = (x + width / 2 + radius * np.cos(angles)) * DOTS
                    down = (y + height / 2 + radius * np.sin(angles)) * DOTS
                    assert [bool(_darkest(dots, c, r) < DARK) for c, r in zip(across, down, strict=True)] == [
                        is_inked
                    ] * 72
            else:
                lower = cut(dots, Box(x, y + height - 0.4, width, 0.8)).min(axis=0)
                assert (lower[2:-2] < WHITE).all(), (page.number, mark)


def _darkest(dots: Any, x: float, y: float) -> int:
    column, row = int(x), int(y)
    return int(dots[row - 1 : row + 2, column - 1 : column + 2].min())


def test_corner_marks_are_black_and_in_place(edition: Printed) -> None:
    """The four squares are whole, on each page; the lower right one alone has a white core."""
    for dots in edition.dots:
        for number, box in enumerate(layout.corners(edition.quiz.edition.paper)):
            assert is_near(extent(dots, box, 1.0), box)
            inside = cut(dots, box, -0.2)
            if number == 2:
                inner = CORNER / 2 - CORE / 2 / 2**0.5 + 0.2  # the square in the core
                assert (cut(dots, box, -inner) > WHITE).all()
                assert (inside < DARK).mean() == pytest.approx(1 - CORE**2 * np.pi / 4 / (CORNER - 0.4) ** 2, abs=0.02)
            else:
                assert (inside < DARK).all()


def test_pages_have_the_size_that_the_layout_says(edition: Printed) -> None:
    """There are as many pages as the layout has, and of the paper's size."""
    wanted = layout.PAPERS[edition.quiz.edition.paper]
    sizes = [(dots.shape[1] / DOTS, dots.shape[0] / DOTS) for dots in edition.dots]
    assert sizes == [pytest.approx(wanted, abs=2 / DOTS)] * len(edition.pages)


@pytest.mark.parametrize("language", [*LANGUAGES, LEFTWARD])
@pytest.mark.parametrize("size", layout.TABLE)
def test_nothing_is_printed_outside_its_place_in_any_language(size: int, language: str) -> None:
    """What is no mark, label, title, field, code or corner is white, and no text reaches out of its own place."""
    assert_inside(printed("letter", size, language))


def test_nothing_is_printed_outside_its_place(edition: Printed) -> None:
    """What is no mark, label, title, field, code or corner is white, and no text reaches out of its own place."""
    assert_inside(edition)


def assert_inside(found: Printed) -> None:
    """Take all that the layout knows off each page: white paper is left."""
    paper, size = found.quiz.edition.paper, found.quiz.edition.size
    leftward = found.quiz.edition.language == LEFTWARD
    fixed = [
        *layout.corners(paper),
        layout.code(paper),
        layout.title(paper, size),
        *layout.fields(paper, size, leftward=leftward),
    ]
    fixed.append(layout.code_text(paper))
    for page, dots in zip(found.pages, found.dots, strict=True):
        rest = dots.copy()
        for box in [*fixed, layout.foot(paper), *(mark.at for mark in page.marks)]:
            cut(rest, box, CLOSE)[:] = 255
        for label in page.labels:  # a J reaches a tenth of an em to the left of where it stands
            cut(rest, label.at, 0.1 * size / 72 * 25.4)[:] = 255
        assert (rest > WHITE).all(), f"page {page.number}: {np.argwhere(rest <= WHITE)[:5] / DOTS}"
        for mark in page.marks:  # a box is for a candidate's sign alone
            assert mark.kind != "box" or (cut(dots, mark.at, -0.4) > WHITE).all(), (page.number, mark)


def test_labels_say_what_they_should_in_their_places(edition: Printed) -> None:
    """Read from the page at its place, each number, letter and gap is the layout's."""
    seen = 0
    for page, text in zip(edition.pages, edition.texts, strict=True):
        for label in page.labels:
            said = bounded(text, label.at, edition.quiz.edition.paper).strip().strip("()")
            wanted = wording("en").sign(label.text)
            if label.role in {"number", "line number", "value", "digit", "marker digit", "gap", "line gap"}:
                assert said == wanted, label
                seen += 1
    assert seen > 70


def test_code_says_paper_version_and_page(edition: Printed) -> None:
    """A reader that is not ours finds one code on each page, in its place."""
    quiz = edition.quiz
    at = layout.code(quiz.edition.paper)
    for number, dots in enumerate(edition.dots, 1):
        (code,) = zxingcpp.read_barcodes(dots)
        hashed = layout_hash(edition.pages, quiz.edition.paper)
        assert code.text == f"HS2/{quiz.identity.upper()}/{hashed}/A/{number}/0"
        assert is_near(extent(dots, at, 1.0), at)


def test_code_can_be_typed_where_it_is_lost(edition: Printed) -> None:
    """What the code says stands below it, in two lines."""
    paper = edition.quiz.edition.paper
    hashed = layout_hash(edition.pages, paper)
    for number, text in enumerate(edition.texts, 1):
        said = bounded(text, layout.code_text(paper), paper).split()
        assert said == [f"HS2/{edition.quiz.identity.upper()}/", f"{hashed}/A/{number}/0"]


def test_circles_stand_below_what_says_how_to_fill_them(edition: Printed) -> None:
    """How an answer is changed is said once, above the first circles, in whole."""
    paper = edition.quiz.edition.paper
    ((text, label),) = (
        (text, label)
        for page, text in zip(edition.pages, edition.texts, strict=True)
        for label in page.labels
        if label.role == "how"
    )
    assert " ".join(bounded(text, label.at, paper).split()) == wording("en")["how_to_fill"]
    assert label.at.y < min(mark.at.y for mark in edition.pages[0].marks if mark.use == "answer")


def bounded(text: Any, box: Box, paper: str) -> str:
    """The text that stands in a box."""
    height = layout.PAPERS[paper][1]
    left, right, top, bottom = (
        n / 25.4 * 72 for n in (box.x, box.x + box.width, height - box.y, height - box.y - box.height)
    )
    return str(text.get_text_bounded(left=left, right=right, top=top, bottom=bottom))


def test_code_is_read_from_a_poor_copy() -> None:
    """Turned, at 150 dpi, grey and with noise, the code is still read."""
    dots = printed().dots[0][:: DOTS // 6 or 1, :: DOTS // 6 or 1]
    noisy = np.clip(dots * 0.6 + 60 + np.random.default_rng(1).normal(0, 25, dots.shape), 0, 255).astype(np.uint8)
    (code,) = zxingcpp.read_barcodes(np.ascontiguousarray(np.rot90(noisy, 2)))
    assert code.text.startswith("HS2/")


@pytest.mark.slow
@pytest.mark.parametrize("size", layout.TABLE)
@pytest.mark.parametrize(
    "text", ["W" * 400, "A long title of many words that go on " * 8, "#x $y$ *z* \\ <b> مرحبا 👩‍👩‍👧"]
)
def test_any_title_keeps_to_its_place(size: int, text: str) -> None:
    """However long or odd title and heading are, they stay clear of code, fields and questions."""
    assert_inside(printed("a4", size, "en", text, text))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("paper", "size"), [edition for edition in EDITIONS if edition[1] > min(layout.TABLE)])
def test_large_print_has_no_small_print(paper: str, size: int, language: str) -> None:
    """Every letter for a candidate is as large as was asked for: title, notes, fields, signs of circles, page numbers."""
    title, heading = "Her (2013): loneliness, love and social work", "Final examination, paper A"
    found = printed(paper, size, language, title, heading)
    assert all(text.count_chars() for text in found.texts)
    sizes = {
        round(pypdfium2.raw.FPDFText_GetFontSize(text.raw, n), 1)
        for page, text in zip(found.pages, found.texts, strict=True)
        for n in range(text.count_chars())
        if text.get_text_range(n, 1).strip() and not is_for_others(paper, page, text.get_charbox(n))
    }
    assert min(sizes) == size


def is_for_others(paper: str, page: Page, box: tuple[float, float, float, float]) -> bool:
    """Whether a letter, whose edges are in points from the page's foot, stands in the code's text, or is for the marker."""
    x, y = box[0] / 72 * 25.4, layout.PAPERS[paper][1] - box[3] / 72 * 25.4
    places = [layout.code_text(paper), *(label.at for label in page.labels if label.role == "strip")]
    return any(at.x - 1 < x < at.x + at.width and at.y - 1 < y < at.y + at.height for at in places)


def test_large_circles_have_their_letters_outside(edition: Printed) -> None:
    """A circle is 7 mm wide at most, and in large print it is empty."""
    size = edition.quiz.edition.size
    for page, dots in zip(edition.pages, edition.dots, strict=True):
        for mark in page.marks:
            if mark.kind == "bubble":
                assert mark.at.width <= 7
                assert size == 11 or (cut(dots, mark.at, -1.2) > WHITE).all()

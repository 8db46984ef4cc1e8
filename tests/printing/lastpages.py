"""Random papers in every edition, and what stands on their last pages: none is there for a single line.

`python -m tests.printing.lastpages PAPERS [FIRST]` draws so many papers, from the one of
that number (or 0) on, every second one from the shipped course and the others from a made one of every kind of item. Each
is set in every size of print, number of columns and way of answering; size of page
and font go round, so that four papers after each other are in all forty editions.
It counts the pages, the last pages of which less than an eighth is filled, and those
that hold a line or nothing but the paper's end: one of these is a failure.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE, FPDF_PAGEOBJ_PATH, FPDF_PAGEOBJ_TEXT

from builder.loading.course import load, shipped
from builder.paper import sheet
from builder.paper.order import arrange
from builder.paper.record import Edition, Quiz
from builder.paper.sheet.table import EDGE, FOOT, PAPERS, TABLE, THIN
from builder.printing import pdf
from builder.wording import wording
from tests.benchmarks import generate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.model import Course

LOOKS = list(product(("a4", "letter"), ("serif", "hyperlegible")))
SETTINGS = [it for it in product((11, 18, 24), (1, 2), ("sheet", "inline")) if it[:2] != (24, 2)]
MOST_OF_END = 3  # lines that the paper's end may take
_MM = 72 / 25.4
_TOP, _BOTTOM = 20 * _MM, 23 * _MM  # margins of a page, and the most that its foot reaches up


class Last(NamedTuple):
    """A document's number of pages, how many lines the last one holds, and which share of its height they reach down."""

    pages: int
    lines: int
    share: float
    is_end_alone: bool = False


@cache
def courses() -> tuple[Course, Course]:
    """The shipped course, and one of two hundred items of every kind."""
    with TemporaryDirectory() as folder:
        generate.write(Path(folder), 200)
        made = load(shipped()).course, load(Path(folder)).course
    assert made[0]
    assert made[1]
    return made[0], made[1]


def quiz_of(number: int, edition: Edition) -> Quiz:
    """The paper of that number, in an edition: two to forty items of some kinds."""
    dice = random.Random(number)
    course = courses()[number % 2]
    kinds = sorted({item.kind for item in course.active})
    some = set(dice.sample(kinds, dice.randint(1, len(kinds))))
    pool = [item for item in course.active if item.kind in some]
    version = arrange(dice.sample(pool, min(len(pool), dice.randint(2, 40))), "A", str(number))
    return Quiz(
        course=course.id, title=course.title, seed=str(number), edition=edition, versions=(version,), minutes=50
    )


def editions(number: int) -> Iterator[Edition]:
    """The editions that the paper of that number is set in."""
    for place, (size, columns, answers) in enumerate(SETTINGS):
        paper, font = LOOKS[(number + place) % len(LOOKS)]
        yield Edition(paper=paper, font=font, size=size, columns=columns, answers=answers)


def last_page(data: bytes) -> Last:
    """What stands on the last page of a PDF, between its head and its foot."""
    document = pypdfium2.PdfDocument(data)
    page = document[len(document) - 1]
    top = page.get_height() - _TOP
    seen = [FPDF_PAGEOBJ_TEXT, FPDF_PAGEOBJ_PATH, FPDF_PAGEOBJ_IMAGE]
    heights = [(low, high) for _, low, _, high in (it.get_bounds() for it in page.get_objects(filter=seen))]
    lines = _lines((low, high) for low, high in heights if low > _BOTTOM and high < top + 2 * _MM)
    text = page.get_textpage().get_text_bounded(bottom=_BOTTOM, top=top).strip()
    is_end_alone = len(lines) <= MOST_OF_END and text.startswith(wording("en")["end"])
    lowest = min((low for low, _ in lines), default=top)
    return Last(len(document), len(lines), (top - lowest) / (top - _BOTTOM), is_end_alone)


def _lines(heights: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """What overlaps in height is one line: (10, 20), (18, 22) and (2, 5) are (10, 22) and (2, 5)."""
    made: list[tuple[float, float]] = []
    for low, high in sorted(heights, key=lambda it: -it[1]):
        if made and high > made[-1][0] + 1:
            made[-1] = (min(made[-1][0], low), made[-1][1])
        else:
            made.append((low, high))
    return made


def last_of_sheet(quiz: Quiz) -> Last:
    """What stands on the last page of the answer sheet."""
    pages = sheet.pages(quiz, quiz.versions[0])
    top, bottom = EDGE + TABLE[quiz.edition.size].head, PAPERS[quiz.edition.paper][1] - FOOT
    lowest = max(mark.at.y + mark.at.height for mark in pages[-1].marks)
    return Last(len(pages), len({mark.at.y for mark in pages[-1].marks}), (lowest - top) / (bottom - top))


def set_in_all(number: int) -> list[tuple[str, str, Last]]:
    """What the last pages of a paper hold: kind of document, edition, last page. Keys and guides are alike in some editions."""
    found: list[tuple[str, str, Last]] = []
    for edition in editions(number):
        quiz, name = quiz_of(number, edition), " ".join(map(str, edition.model_dump().values()))
        is_plain = edition.columns == 1 and edition.answers == "sheet"
        if is_plain:
            found.append(("sheet", name, last_of_sheet(quiz)))
        with pdf.jobs(courses()[number % 2], quiz) as jobs:
            made: dict[str, bytes] = {}
            for job in jobs[: None if is_plain else 1]:
                made |= job.make(lambda: None)
        found += [(it[: it.index("-")], name, last_page(data)) for it, data in made.items() if "sheet" not in it]
    return found


def report(papers: int, start: int = 0) -> Iterator[str]:
    """A line for each failure, then a table."""
    counts: dict[str, Counter[str]] = {}
    with ProcessPoolExecutor() as pool:
        for number, found in enumerate(pool.map(set_in_all, range(start, start + papers)), start):
            for kind, name, last in found:
                is_lonely = last.pages > 1 and (last.lines < 2 or last.is_end_alone)
                is_thin = last.pages > 1 and last.share < THIN
                counts.setdefault(kind, Counter()).update(
                    {"files": 1, "pages": last.pages, "nearly empty": is_thin, "single line": is_lonely}
                )
                if is_lonely:
                    yield f"FAIL: page {last.pages} of the {kind} of paper {number}, {name}: {last.lines} lines"
    for kind, count in counts.items():
        yield f"{kind}: " + ", ".join(f"{number} {what}" for what, number in count.items())


if __name__ == "__main__":
    lines = list(report(*map(int, sys.argv[1:])))
    print("\n".join(lines))
    sys.exit(any(line.startswith("FAIL") for line in lines))

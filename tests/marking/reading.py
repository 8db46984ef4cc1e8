"""What the reader makes of a filled and spoiled page, row by row, against what was filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from builder.grading.decisions import Decisions
from builder.grading.pages import Reader
from builder.grading.scans import Scan, smaller
from builder.paper import sheet as layout
from tests.marking import sheets, spoil

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from PIL import Image

    from tests.marking.sheets import Filled, Printed

Edition = tuple[str, int, str]


class Judged(NamedTuple):
    """A row: where it is, what befell the page, how it was filled, what it means, what was read, and whether that is right.

    `outcome` is `read` (rightly), `doubt` (put before a person), `open` (marks of a marker, or digits of a candidate's
    number, are missing, and `grade` says so), `silent` (wrongly, and nobody would know) or `refused`.
    """

    page: tuple[object, ...]
    damage: str
    question: str
    kind: str
    truth: tuple[str, ...]
    answer: tuple[str, ...]
    doubt: str
    outcome: str


def rows(edition: Edition, kind: str, seed: int) -> list[Judged]:
    """The rows of a page with all kinds of mark, under one damage."""
    random = sheets.generator(seed, edition, kind)
    printed = sheets.paper(*edition)
    number = _any_page(printed, random)
    return list(_judged(printed, sheets.filled(printed, number, random), (edition, kind, seed, number), kind, random))


def hard_rows(edition: Edition, hard: str, kind: str, seed: int, *, is_any_page: bool = False) -> list[Judged]:
    """The rows of the first page, or of any, where each is filled in one hard way."""
    random = sheets.generator(seed, edition, hard)
    printed = sheets.paper(*edition)
    number = _any_page(printed, random) if is_any_page else 1
    filled = sheets.filled(printed, number, random, hard=hard)
    return list(_judged(printed, filled, (edition, hard, seed, number), kind, random))


def _any_page(printed: Printed, random: Random) -> int:
    """A page of the sheet that has circles."""
    pages = layout.pages(printed.quiz, printed.quiz.version("A"))
    return random.choice([page.number for page in pages if sheets.groups(page)])


def _judged(printed: Printed, filled: Filled, where: tuple[object, ...], kind: str, random: Random) -> Iterator[Judged]:
    page = Reader(printed.quiz, Decisions()).read(scan(spoil.spoilt(filled.page, kind, random)))
    if page.refused:
        yield from (
            Judged(where, kind, str(key), filled.kinds[key], filled.truth[key], (), page.refused, "refused")
            for key in filled.truth
        )
        return
    found: dict[sheets.Key, tuple[tuple[str, ...], str]] = {
        ("answer", row.question.number, row.question.part): (row.answer, row.doubt) for row in page.rows
    }
    found |= {(it.use, it.question, it.part): ((it.answer,) if it.answer else (), it.doubt) for it in page.fields}
    for key, truth in filled.truth.items():
        answer, doubt = found[key]
        is_open = (key[0] == "marks" and not answer) or (
            key[0] == "candidate" and len("".join(answer)) < len("".join(truth))
        )
        outcome = "doubt" if doubt else "read" if answer == truth else "open" if is_open else "silent"
        yield Judged(where, kind, str(key), filled.kinds[key], truth, answer, doubt, outcome)


def scan(picture: Image.Image) -> Scan:
    """A picture as it comes out of a file."""
    return Scan("page.png", 1, "0" * 16, *smaller(np.asarray(picture), is_two_level=False))

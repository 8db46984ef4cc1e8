"""Filled sheets: clean pages of a paper, answers that are made up, and what each row says to whoever looks."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2

from builder.model import Mcq, TrueFalse
from builder.paper import sheet as layout
from builder.printing import papers
from tests.make.course import course_of
from tests.make.papers import quiz_of
from tests.marking import pen

if TYPE_CHECKING:
    from PIL import Image

    from builder.model import Course, Item
    from builder.paper.record import Quiz
    from builder.paper.sheet import Mark, Page

PLAIN, HARD = 0.88, 0.06  # share of rows with one clear mark, and with something that a person has to look at


class Filled(NamedTuple):
    """A filled page: its dots, and for each row what it says and whether it is plain."""

    page: Image.Image
    truth: dict[tuple[int, str], tuple[str, ...]]
    kinds: dict[tuple[int, str], str]


def items(choices: int = 24, verdicts: int = 6) -> tuple[Item, ...]:
    """Questions that are answered in circles alone."""
    asked: list[Item] = [
        Mcq.model_validate(
            {
                "id": f"choice-{n}",
                "kind": "mcq",
                "prompt": f"Which of {n}?",
                "options": [{"right": f"this {n}"}, *({"wrong": f"not {m} of {n}"} for m in range(3 + n % 3))],
            }
        )
        for n in range(choices)
    ]
    asked += [
        TrueFalse.model_validate({"id": f"verdict-{n}", "kind": "truefalse", "prompt": f"{n} is so.", "answer": True})
        for n in range(verdicts)
    ]
    return tuple(asked)


@cache
def course() -> Course:
    """The course of these questions."""
    return course_of(items(), title="A test")


class Printed(NamedTuple):
    """A paper, and the clean pages of each version's sheet, which nobody has filled; the files as they are printed."""

    quiz: Quiz
    pages: dict[str, list[Image.Image]]
    files: dict[str, bytes]


@cache
def paper(name: str = "a4", size: int = 11, font: str = "serif", versions: int = 1, language: str = "en") -> Printed:
    """A paper of these questions in an edition."""
    quiz = quiz_of(course(), versions, paper=name, size=size, font=font, language=language)
    files = papers.files(course(), quiz)
    return Printed(quiz, {v.name: pictures(files[f"sheet-{v.name}.pdf"]) for v in quiz.versions}, files)


def pictures(pdf: bytes) -> list[Image.Image]:
    """The pages of a PDF in grey, 300 dots to the inch."""
    return [page.render(scale=300 / 72, grayscale=True).to_pil().convert("L") for page in pypdfium2.PdfDocument(pdf)]


def rows(page: Page) -> dict[tuple[int, str], list[Mark]]:
    """The circles of each question on a page."""
    found: dict[tuple[int, str], list[Mark]] = {}
    for mark in page.marks:
        if mark.kind == "bubble":
            found.setdefault((mark.question, mark.part), []).append(mark)
    return found


def filled(printed: Printed, number: int, random: Random, version: str = "A", *, hard: str = "") -> Filled:
    """A page of a sheet with answers; some rows are left blank, and some are hard on purpose: all in the way `hard`, if given."""
    page = layout.pages(printed.quiz, printed.quiz.version(version))[number - 1]
    picture = printed.pages[version][number - 1].copy()
    truth: dict[tuple[int, str], tuple[str, ...]] = {}
    kinds: dict[tuple[int, str], str] = {}
    for key, marks in rows(page).items():
        kinds[key] = "plain"
        chosen = random.choice(marks)
        drawn = random.random()
        truth[key] = (chosen.value,)
        if hard or drawn > 1 - HARD:
            kinds[key] = hard or random.choice([*pen.DOUBTFUL, "two", "rubbed"])
            truth[key] = _made_hard(picture, marks, chosen, kinds[key], random)
        elif drawn < PLAIN:
            pen.draw(picture, chosen.at, random.choice(pen.CLEAR), random)
        else:
            kinds[key], truth[key] = "blank", ()
    return Filled(picture, truth, kinds)


def _made_hard(picture: Image.Image, marks: list[Mark], chosen: Mark, kind: str, random: Random) -> tuple[str, ...]:
    """Fill a row in a way that a person has to look at, and say what it means."""
    other = random.choice([mark for mark in marks if mark is not chosen])
    match kind:
        case "two":
            pen.draw(picture, chosen.at, "pen", random)
            pen.draw(picture, other.at, "pen", random)
            return tuple(sorted((chosen.value, other.value)))
        case "rubbed":
            pen.draw(picture, chosen.at, "pencil", random)
            pen.draw(picture, other.at, "erased", random)
            return (chosen.value,)
        case "struck":
            pen.draw(picture, other.at, "struck", random)
            pen.draw(picture, chosen.at, "pen", random)
            return (chosen.value,)
        case "faint":
            pen.draw(picture, chosen.at, "faint", random)
            return (chosen.value,)
        case _:  # nothing that was meant
            pen.draw(picture, chosen.at, kind, random)
            return ()


def generator(*seed: object) -> Random:
    """Random numbers that are the same in each run."""
    return Random(repr(seed))

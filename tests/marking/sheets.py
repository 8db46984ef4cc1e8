"""Filled sheets: clean pages of a paper, answers that are made up, and what each row says to whoever looks."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2

from builder.model import Cloze, Essay, Matching, Mcq, Numeric, Ordering, Short, TrueFalse
from builder.paper import sheet as layout
from builder.paper.sheet.circles import HALF
from builder.printing import papers
from tests.make.course import course_of
from tests.make.papers import quiz_of
from tests.marking import pen

if TYPE_CHECKING:
    from PIL import Image

    from builder.model import Course, Item
    from builder.paper.record import Quiz
    from builder.paper.sheet import Mark, Page
    from builder.paper.sheet.marks import Use

PLAIN, HARD = 0.88, 0.06  # share of rows with one clear mark, and with something that a person has to look at
HALVES = 0.3  # share of markers who give a half
HARD_KINDS = (*pen.DOUBTFUL, "two", "rubbed")
Key = tuple["Use", int, str]  # what circles are for, the number of their question, and its part
Rows = dict[str, list["Mark"]]  # of one answer, by their signs


class Filled(NamedTuple):
    """A filled page: its dots, and for each answer what it says and whether it is plain."""

    page: Image.Image
    truth: dict[Key, tuple[str, ...]]
    kinds: dict[Key, str]


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


def more() -> tuple[Item, ...]:
    """Questions with several rows of circles, and such that a marker fills in."""
    pairs = [(f"term {n}", f"response {n}") for n in range(5)]
    rubric = [{"criterion": "All", "marks": 12, "levels": ["none", "all"]}]
    return (
        Matching.model_validate({"id": "pairs", "kind": "matching", "prompt": "Match.", "pairs": pairs}),
        Ordering.model_validate(
            {"id": "steps", "kind": "ordering", "prompt": "Order.", "sequence": ["one", "two", "three", "four"]}
        ),
        *(
            Numeric.model_validate({"id": f"number-{n}", "kind": "numeric", "prompt": f"How many {n}?", "answer": it})
            for n, it in enumerate(("-12.5", "340"))
        ),
        Cloze.model_validate({"id": "gaps", "kind": "cloze", "prompt": "The {{c1::cat}} sat on the {{c2::mat}}."}),
        Short.model_validate(
            {"id": "say", "kind": "short", "prompt": "Say.", "key_points": [{"point": "it", "marks": 3}], "words": 30}
        ),
        *(
            Essay.model_validate(
                {"id": f"essay-{n}", "kind": "essay", "prompt": f"Write {n}.", "words": 60, "rubric": rubric}
            )
            for n in range(3)
        ),
    )


@cache
def course() -> Course:
    """The course of these questions."""
    return course_of((*items(), *more()), title="A test")


class Printed(NamedTuple):
    """A paper, and the clean pages of each version's sheet, which nobody has filled; the files as they are printed."""

    quiz: Quiz
    pages: dict[str, list[Image.Image]]
    files: dict[str, bytes]


@cache
def paper(name: str = "a4", size: int = 11, font: str = "serif", versions: int = 1, language: str = "en") -> Printed:
    """A paper of these questions in an edition."""
    made = course()
    quiz = quiz_of(made, versions, choose={"essay": 1}, paper=name, size=size, font=font, language=language)
    files = papers.files(made, quiz)
    return Printed(quiz, {v.name: pictures(files[f"sheet-{v.name}.pdf"]) for v in quiz.versions}, files)


def pictures(pdf: bytes) -> list[Image.Image]:
    """The pages of a PDF in grey, 300 dots to the inch."""
    return [page.render(scale=300 / 72, grayscale=True).to_pil().convert("L") for page in pypdfium2.PdfDocument(pdf)]


def groups(page: Page) -> dict[Key, Rows]:
    """The circles of each answer and field on a page, row by row."""
    found: dict[Key, Rows] = {}
    for mark in page.marks:
        if mark.kind == "bubble":
            use: Use = "answer" if mark.use == "digit" else mark.use
            row = HALF if mark.use == "marks" and mark.value == HALF else mark.row
            found.setdefault((use, mark.question, mark.part), {}).setdefault(row, []).append(mark)
    return found


def filled(printed: Printed, number: int, random: Random, version: str = "A", *, hard: str = "") -> Filled:
    """A page of a sheet with answers; some are left blank, and some are hard on purpose: all in the way `hard`, if given."""
    page = layout.pages(printed.quiz, printed.quiz.version(version))[number - 1]
    picture = printed.pages[version][number - 1].copy()
    truth: dict[Key, tuple[str, ...]] = {}
    kinds: dict[Key, str] = {}
    for key, rows in groups(page).items():
        kinds[key] = "plain"
        drawn = random.random()
        if hard or drawn > 1 - HARD:
            kinds[key] = hard or random.choice(HARD_KINDS)
            chosen = made_up(rows, random)
            row = random.choice([sign for sign in rows if len(rows[sign]) > 1])
            chosen.pop(row, None)
            _drawn(picture, chosen, random)
            one = _made_hard(picture, rows[row], random.choice(rows[row]), kinds[key], random)
            meant = chosen | {row: _valued(rows[row], one[0])} if one else chosen
            truth[key] = one if len(rows) == 1 else ("?",) if len(one) > 1 else said(rows, meant) if meant else ()
        elif drawn < PLAIN:
            chosen = made_up(rows, random)
            _drawn(picture, chosen, random)
            truth[key] = said(rows, chosen)
        else:
            kinds[key], truth[key] = "blank", ()
    return Filled(picture, truth, kinds)


def made_up(rows: Rows, random: Random) -> dict[str, Mark]:
    """A circle for the rows of an answer, as somebody may fill them: all rows of one, of several also fewer."""
    first = next(iter(rows.values()))[0]
    match first.use:
        case "digit":
            text = f"{random.choice(['', '-'])}{random.randint(0, 999)}{random.choice(['', '.5', '.25'])}"
            return {str(n): _valued(rows[str(n)], sign) for n, sign in enumerate(text, 1)}
        case "marks":
            ones = {
                sign: random.choice(marks[: 1 if sign == "10" else 2]) for sign, marks in rows.items() if sign != HALF
            }
            return ones | ({HALF: rows[HALF][0]} if HALF in rows and random.random() < HALVES else {})
        case _:
            chosen = {sign: random.choice(marks) for sign, marks in rows.items()}
            spare = random.choice(list(rows)) if first.use == "answer" and len(rows) > 1 else None
            return {sign: mark for sign, mark in chosen.items() if sign != spare}


def _valued(marks: list[Mark], value: str) -> Mark:
    return next(mark for mark in marks if mark.value == value)


def _drawn(picture: Image.Image, chosen: dict[str, Mark], random: Random) -> None:
    for mark in chosen.values():
        pen.draw(picture, mark.at, random.choice(pen.CLEAR), random)


def said(rows: Rows, chosen: dict[str, Mark]) -> tuple[str, ...]:
    """What filled circles say, in the words of the reader."""
    first = next(iter(rows.values()))[0]
    match first.use:
        case "digit" | "candidate":
            return ("".join(chosen[sign].value for sign in rows if sign in chosen),)
        case "marks":
            total = sum(int(mark.value) * int(sign) for sign, mark in chosen.items() if sign != HALF)
            return (f"{total + (HALF in chosen) / 2:g}",)
        case _:
            return tuple(chosen[sign].value if sign in chosen else "" for sign in rows)


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

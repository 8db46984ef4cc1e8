"""An exam of the shipped course from the blueprint to the next one: made-up students of known ability, and planted faults.

`Loop` has a course of its own in a folder, in which one key is wrong. Four more questions of the paper are answered as bad
questions are. `python -m tests.make.loop` goes the whole way with a sheet's picture for each of twelve students, and
prints what came of it; `--pictures 120` gives one to everybody.
"""

from __future__ import annotations

import argparse
import csv
import io
import math
import random
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pikepdf
from click.testing import CliRunner, Result

from builder.cli import main
from builder.drawing import Drawing, draw
from builder.loading.course import load
from builder.model import Mcq, TrueFalse
from builder.paper import sheet as layout
from builder.paper.record import Student
from builder.printing.pdf import named
from tests.marking import pen, piles, sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL import Image

    from builder.model import Course, Item
    from builder.paper.record import Quiz, QuizItem

DECKS = Path(__file__).parent.parent.parent / "decks"
SEED, EXAM = "2026", "final-2026"
_EASE = {1: -1.2, 2: -0.4, 3: 0.4, None: -0.4}  # logits, by the author's difficulty


class Planted(NamedTuple):
    """The questions that are planted: a wrong key, and one that rule S01, S02, S03 or S04 has to name."""

    key: str
    easy: str
    hard: str
    negative: str
    dead: str


@dataclass
class Loop:
    """The exam of a class of so many takers, in a folder."""

    folder: Path
    takers: int = 120
    versions: int = 4
    abilities: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Copy the course, plant the wrong key in it, and draw the paper."""
        shutil.copytree(DECKS, self.folder / "course")
        sound = _loaded(self.folder / "course")
        drawn = draw(sound, Drawing(sound.blueprints["final-a"], SEED))
        choices = [item.id for item in drawn.items if isinstance(it := sound.by_id[item.id], Mcq) and not it.multiple]
        self.planted = Planted(*random.Random(SEED).sample(choices, 5))
        self.right = {it.id: _right(it) for it in sound.items if isinstance(it, Mcq)}
        _swap_key(self.folder / "course", self.planted.key)
        students = tuple(
            Student(id=f"s{n:03}", name=f"Student {n}", version="ABCDEFGH"[n % self.versions])
            for n in range(1, self.takers + 1)
        )
        quiz = draw(self.course, Drawing(self.course.blueprints["final-a"], SEED, self.versions))
        self.quiz = quiz.model_copy(update={"students": students, "name": EXAM})
        assert {it.id for it in self.quiz.items} >= set(self.planted)
        (self.folder / "quiz.json").write_text(self.quiz.model_dump_json(by_alias=True), "utf-8")
        chance = random.Random(7)
        self.abilities = {student.id: chance.gauss(0, 1) for student in students}
        self.answers = dict(self._answers(chance))

    @cached_property
    def course(self) -> Course:
        """The course with its wrong key."""
        return _loaded(self.folder / "course")

    def _answers(self, chance: random.Random) -> Iterator[tuple[tuple[str, str], str | float]]:
        """What each student gives to each item: the index of an option, `true` or `false`, or marks."""
        hard = {it.id: _EASE[self.course.by_id[it.id].difficulty] + chance.gauss(0, 0.4) for it in self.quiz.items}
        for student, ability in self.abilities.items():
            essay = chance.random() < 0.5
            for item in self.quiz.items:
                asked = self.course.by_id[item.id]
                p = 1 / (1 + math.exp(1.2 * (hard[item.id] - ability)))
                if isinstance(asked, Mcq):
                    yield (student, item.id), str(self._option(asked, ability, 0.15 + 0.85 * p, chance))
                elif isinstance(asked, TrueFalse):
                    yield (student, item.id), str(asked.answer == (chance.random() < 0.4 + 0.6 * p)).lower()
                elif item.kind != "essay" or (essay := not essay):
                    yield (student, item.id), round(2 * item.points * min(max(p + chance.gauss(0, 0.15), 0), 1)) / 2

    def _option(self, item: Mcq, ability: float, p: float, chance: random.Random) -> int:
        right, wrong = self.right[item.id], [n for n in range(len(item.options)) if n != self.right[item.id]]
        if item.id == self.planted.easy:
            return right
        if item.id == self.planted.hard:
            p = 0.06
        if item.id == self.planted.negative:
            p = 1 / (1 + math.exp(1.2 * ability))
        if item.id == self.planted.dead:
            p, wrong = 0.2 + 0.35 * p, wrong[1:]
        return right if chance.random() < p else chance.choice(wrong)

    def entry(self, student: str, item: QuizItem) -> str:
        """What stands on the student's sheet: a letter of the version, or the word; empty where it is not on the sheet."""
        given = self.answers.get((student, item.id))
        if not isinstance(given, str):
            return ""
        return "ABCDEFGH"[item.order.index(int(given))] if given.isdigit() else given

    def marks(self, students: Sequence[str]) -> str:
        """The marks that markers give: all of what is not a choice, as `marks.csv`; for a false statement half goes to its correction, which nobody wrote."""
        rows = [("student", "item", "marks")]
        for student in students:
            for item in self.quiz.items:
                given = self.answers.get((student, item.id))
                if isinstance(given, float):
                    rows.append((student, item.id, f"{given:g}"))
                elif item.section == "truefalse":
                    rows.append((student, item.id, f"{item.points if (given,) == item.key[:1] else 0:g}"))
        return _csv(rows)

    def responses(self, students: Sequence[str]) -> str:
        """The answers as a table, for those of whom no picture is made."""
        version = {student.id: self.quiz.version(student.version) for student in self.quiz.students}
        marks = {(row[0], row[1]): row[2] for row in csv.reader(io.StringIO(self.marks(students)))}
        rows = [("student", "version", "item", "answer", "marks")]
        for student in students:
            for item in version[student].items:
                given = (self.entry(student, item), marks.get((student, item.id), ""))
                if any(given):
                    rows.append((student, version[student].name, item.id, *given))
        return _csv(rows)

    def pictures(self, students: int) -> list[Image.Image]:
        """The filled sheets of the first students."""
        few = self.quiz.model_copy(update={"students": self.quiz.students[:students]})
        files = named.job(self.course, few).make(lambda: None)
        rows = csv.DictReader(io.StringIO(files["students.csv"].decode("utf-8-sig")))
        lasts = [int(list(row.values())[-1]) for row in rows]
        found = []
        for student, last in zip(few.students, lasts, strict=True):
            version = self.quiz.version(student.version)
            pages = layout.pages(self.quiz, version, is_named=True)
            items = {(item.number, item.part): item for item in version.items}
            for page, picture in zip(pages, _cut(files["students.pdf"], last, len(pages)), strict=True):
                for mark in (it for it in page.marks if it.kind == "bubble" and it.use == "answer"):
                    entry = self.entry(student.id, items[mark.question, mark.part])
                    if mark.value == entry:
                        pen.draw(picture, mark.at, "pen", random.Random(entry))
                found.append(picture)
        return found

    def run(self, *arguments: str | Path) -> Result:
        """One command, which may end with 1 where something is left to do."""
        return CliRunner().invoke(main, [str(it) for it in arguments], catch_exceptions=False)

    def graded(self, pictures: int) -> Result:
        """`grade` on the sheets of the first students, with the marks of their markers."""
        scans = piles.saved(self.pictures(pictures), self.folder / "scans.pdf")
        first = [student.id for student in self.quiz.students[:pictures]]
        (self.folder / "marks.csv").write_text(self.marks(first), "utf-8")
        where = ("--quiz", self.folder / "quiz.json", "--marks", self.folder / "marks.csv")
        return self.run("grade", scans, *where, "-o", self.folder / "results")

    def analysed(self, pictures: int) -> Result:
        """`analyse` on what was graded and on the table of all others, with figures taken down and the report for the board."""
        rest = [student.id for student in self.quiz.students[pictures:]]
        (self.folder / "rest.csv").write_text(self.responses(rest), "utf-8")
        tables = [self.folder / "rest.csv", *([self.folder / "results" / "responses.csv"] if pictures else [])]
        course = ("--course", self.folder / "course", "--record", "--date", "2026-07-01")
        board = ("--board", "--cut", "50", "-o", self.folder / "analysis")
        return self.run("analyse", *tables, "--quiz", self.folder / "quiz.json", *course, *board)

    def table(self, name: str) -> list[dict[str, str]]:
        """A table of the analysis."""
        text = (self.folder / "analysis" / name).read_bytes().decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def recovered(self) -> tuple[float, float, int]:
        """The correlation of true and estimated abilities, the one that theory allows, and of how many students.

        Theory allows the root of the reliability of the estimates: the share of their variance that is not error.
        """
        rows = self.table("abilities.csv")
        found, true = [float(row["ability"]) for row in rows], [self.abilities[row["student"]] for row in rows]
        error = sum(float(row["error"]) ** 2 for row in rows) / len(rows)
        spread, n = _variance(found), len(rows)
        together = sum((a - sum(found) / n) * (b - sum(true) / n) for a, b in zip(found, true, strict=True)) / (n - 1)
        return together / math.sqrt(spread * _variance(true)), math.sqrt(1 - error / spread), n

    def next_blueprint(self) -> str:
        """The text of a blueprint like the final's, without what exams have found bad, and with questions of the last one."""
        text = (self.folder / "course" / "blueprints" / "final-a.yaml").read_text("utf-8")
        more = "avoid_flagged: [S01, S02, S03, S04]\nmean_p: 0.5..0.75\nanchors: {exam: final-2026, min: 10, max: 20}\n"
        text = text.replace("blueprint: final-a", "blueprint: next").replace("disjoint: [final-b, midterm]\n", more)
        (self.folder / "course" / "blueprints" / "next.yaml").write_text(text, "utf-8")
        return text

    def next_paper(self) -> Quiz:
        """The paper that follows."""
        self.next_blueprint()
        course = _loaded(self.folder / "course")
        return draw(course, Drawing(course.blueprints["next"], "2027"))


def _loaded(folder: Path) -> Course:
    course = load(folder).course
    assert course
    return course


def _right(item: Item) -> int:
    assert isinstance(item, Mcq)
    return next(n for n, option in enumerate(item.options) if option.is_right)


def _swap_key(folder: Path, item: str) -> None:
    """Make the first wrong option of an item the right one in its file, and the right one wrong."""
    for file in sorted(folder.rglob("*.yaml")):
        text = file.read_text("utf-8")
        found = re.search(rf"^  - id: {re.escape(item)}\n(?:(?!  - id: ).*\n)*", text, re.MULTILINE)
        if found and "es" not in file.relative_to(folder).parts:
            turned = found[0].replace("- right:", "- RIGHT:").replace("- wrong:", "- right:", 1)
            file.write_text(text.replace(found[0], turned.replace("- RIGHT:", "- wrong:")), "utf-8")
            return
    raise LookupError(item)


def _cut(pdf: bytes, last: int, count: int) -> list[Image.Image]:
    """The pages of a student's sheet, which end with page `last`, or before a blank one that follows an odd number."""
    with pikepdf.open(io.BytesIO(pdf)) as source, pikepdf.new() as cut:
        cut.pages.extend(source.pages[last - count - count % 2 : last - count % 2])
        data = io.BytesIO()
        cut.save(data)
    return sheets.pictures(data.getvalue())


def _csv(rows: Sequence[tuple[str, ...]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _variance(values: Sequence[float]) -> float:
    middle = sum(values) / len(values)
    return sum((value - middle) ** 2 for value in values) / (len(values) - 1)


def _show(loop: Loop, pictures: int) -> None:
    """Go the whole way, and say what came of it."""
    said = [f"planted: {loop.planted._asdict()}"]
    if pictures:
        said.append(loop.graded(pictures).stderr)
    said.append(loop.analysed(pictures).output)
    found, allowed, n = loop.recovered()
    said.append(f"abilities of {n} students: correlation {found:.3f}, theory allows {allowed:.3f}")
    said.append(loop.run("check", loop.folder / "course", "--select", "S01,S02,S03,S04").output)
    paper = {item.id for item in loop.next_paper().items}
    said.append(f"planted questions on the next paper: {sorted(paper & set(loop.planted)) or 'none'}")
    sys.stdout.write("\n".join(said) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.make.loop")
    parser.add_argument("--takers", type=int, default=120)
    parser.add_argument("--pictures", type=int, default=12)
    parser.add_argument("--keep", type=Path, help="A folder that is not there yet, which keeps all files.")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        _show(Loop(asked.keep or Path(scratch), asked.takers), asked.pictures)

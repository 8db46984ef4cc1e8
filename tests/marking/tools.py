"""Programs that print sheets of choices and read them: her-study, Auto Multiple Choice and R/exams.

Each is called as its users call it. Its sheets have the same number of questions and options, one page for each student.
"""

from __future__ import annotations

import csv
import re
import shlex
import shutil
import sqlite3
import subprocess
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, NamedTuple

from builder.paper import sheet as layout
from builder.paper.record import Student
from builder.paper.sheet import Box
from builder.printing import papers
from tests.benchmarks.cases import HER
from tests.make.course import course_of
from tests.make.papers import quiz_of
from tests.marking import sheets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from builder.paper.record import Quiz

QUESTIONS, OPTIONS = 30, 4
DOTS = 300  # to the inch: of the places that Auto Multiple Choice writes down
_TICKED = 0.3  # share of black, beyond that of a letter, from which on a box of Auto Multiple Choice is ticked

Filled = list[int]  # the option of each question, from 0, or none
UNREAD = -1


class Sheet(NamedTuple):
    """A clean sheet: its PDF, its page there from 0, and where each option of each question is."""

    path: Path
    page: int
    boxes: list[list[Box]]


class Tool(ABC):
    """A program that prints sheets and reads them. Its files are in `folder`: pages that are filled, scans, its own."""

    name: str
    wants: str  # to be installed

    def __init__(self, folder: Path, pages: int) -> None:
        self.folder, self.pages = folder, pages
        self.filled, self.scans = folder / "filled", folder / "scans"
        self.filled.mkdir(parents=True)
        self.scans.mkdir()

    def is_there(self) -> bool:
        """Whether it is installed."""
        return True

    @abstractmethod
    def sheets(self) -> list[Sheet]:
        """Print the sheets."""

    @property
    @abstractmethod
    def command(self) -> tuple[str, ...]:
        """What reads the scans."""

    @abstractmethod
    def answers(self) -> list[Filled]:
        """What it has read, page by page, as far as that is one option to a question."""

    def prepare(self) -> None:  # noqa: B027 - most have nothing to forget
        """Forget what was read before."""


class HerStudy(Tool):
    """her-study."""

    name, wants = "her-study", "the extras print and grade"

    def _quiz(self) -> tuple[Quiz, dict[str, bytes]]:
        students = tuple(Student(id=f"s{n:04}", name=f"Student {n}", version="A") for n in range(self.pages))
        course = course_of(sheets.items(QUESTIONS, 0), title="A test")
        quiz = quiz_of(course, students=students, answers="sheet")
        return quiz, papers.files(course, quiz)

    def sheets(self) -> list[Sheet]:
        """A sheet for each student, and its blank back, one after the other in one file."""
        quiz, files = self._quiz()
        path = self.folder / "students.pdf"
        path.write_bytes(files["students.pdf"])
        (self.folder / "quiz.json").write_text(quiz.model_dump_json(by_alias=True), "utf-8")
        (page,) = layout.pages(quiz, quiz.version("A"), is_named=True)
        rows = [next(iter(rows.values())) for (use, *_), rows in sheets.groups(page).items() if use == "answer"]
        boxes = [[mark.at for mark in row[:OPTIONS]] for row in rows]
        lines = list(csv.DictReader(files["students.csv"].decode("utf-8-sig").splitlines()))
        lasts = [
            int(list(line.values())[-1]) for line in lines
        ]  # the last pages, from 1: each has one, and a blank back
        return [Sheet(path, last - 2, boxes) for last in lasts]

    @property
    def command(self) -> tuple[str, ...]:
        """`grade`, as it is called by hand."""
        record = ("--quiz", str(self.folder / "quiz.json"))
        grade = (*HER, "grade", str(self.scans), *record, "--jobs", "1", "-o", str(self.folder / "results"))
        return ("sh", "-c", f"{shlex.join(grade)} || [ $? = 1 ]")  # which says that a person has to look at something

    def answers(self) -> list[Filled]:
        """The responses of each student, as letters."""
        text = (self.folder / "results/responses.csv").read_text("utf-8-sig")
        found: dict[str, Filled] = {}
        for line in csv.DictReader(text.splitlines()):
            option = "ABCDEF".find(line["answer"]) if line["answer"] else UNREAD
            found.setdefault(line["student"], []).append(option)
        return [found[student] for student in sorted(found)]


class MultipleChoice(Tool):
    """Auto Multiple Choice, with its answers on a sheet apart."""

    name, wants = "Auto Multiple Choice", "auto-multiple-choice, pdflatex"

    def is_there(self) -> bool:
        """Whether its programs are there."""
        return all(map(shutil.which, ("auto-multiple-choice", "pdflatex")))

    def sheets(self) -> list[Sheet]:
        """A copy with an answer sheet at its end for each student; where its boxes are stands in a database."""
        source, fresh = self.folder / "source.tex", self.folder / "fresh"
        fresh.mkdir()
        choices = [r"\correctchoice{this}", *(rf"\wrongchoice{{not {n}}}" for n in range(1, OPTIONS))]
        asked = "".join(
            rf"\begin{{question}}{{q{n}}}Which of {n}?\begin{{choices}}[o]{''.join(choices)}\end{{choices}}\end{{question}}"
            for n in range(QUESTIONS)
        )
        source.write_text(
            r"\documentclass[a4paper]{article}\usepackage[box,separateanswersheet]{automultiplechoice}\begin{document}"
            rf"\onecopy{{{self.pages}}}{{{asked}\AMCcleardoublepage\AMCformBegin\AMCform}}\end{{document}}",
            "utf-8",
        )
        places = ("--out-sujet", self._at("printed.pdf"), "--out-calage", self._at("places.xy"))
        rest = ("--out-corrige", self._at("key.pdf"), "--out-catalog", self._at("all.pdf"), "--data", str(fresh))
        _run("auto-multiple-choice", "prepare", "--mode", "s", "--with", "pdflatex", *places, *rest,
             "--prefix", f"{self.folder}/", str(source))  # fmt: skip
        _run("auto-multiple-choice", "meptex", "--src", self._at("places.xy"), "--data", str(fresh))
        rows = _asked(
            fresh / "layout.sqlite",
            "SELECT subjectpage, question, xmin, ymin, xmax, ymax FROM layout_box JOIN layout_page USING (student, page)"
            " WHERE role = 1 ORDER BY subjectpage, question, answer",
        )
        pages: dict[float, dict[float, list[Box]]] = {}
        for page, question, *ends in rows:
            left, top, right, bottom = (end / DOTS * 25.4 for end in ends)
            pages.setdefault(page, {}).setdefault(question, []).append(Box(left, top, right - left, bottom - top))
        path = self.folder / "printed.pdf"
        return [Sheet(path, int(page) - 1, list(boxes.values())) for page, boxes in pages.items()]

    def _at(self, name: str) -> str:
        return str(self.folder / name)

    def prepare(self) -> None:
        """Its data as they are before any scan is read, and the list of scans."""
        for name in ("data", "pictures"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        shutil.copytree(self.folder / "fresh", self.folder / "data")
        (self.folder / "pictures").mkdir()
        (self.folder / "scans.txt").write_text("".join(f"{path}\n" for path in sorted(self.scans.iterdir())))

    @property
    def command(self) -> tuple[str, ...]:
        """The analysis of pictures; that they are copied before is left out."""
        data = ("--projet", str(self.folder), "--data", self._at("data"), "--cr", self._at("pictures"))
        return ("auto-multiple-choice", "analyse", *data, "--liste-fichiers", self._at("scans.txt"), "--n-procs", "1")

    def answers(self) -> list[Filled]:
        """The share of black in each box, as its database has it."""
        rows = _asked(
            self.folder / "data/capture.sqlite",
            "SELECT student, id_a, id_b, 1.0 * black / total FROM capture_zone WHERE type = 4 ORDER BY student, id_a, id_b",
        )
        found: dict[float, dict[float, list[float]]] = {}
        for student, question, _, share in rows:
            found.setdefault(student, {}).setdefault(question, []).append(share)
        return [[_only(shares) for shares in page.values()] for page in found.values()]


def _only(shares: Sequence[float]) -> int:
    """The one box that is ticked, if one is."""
    ticked = [place for place, share in enumerate(shares) if share >= _TICKED]
    return ticked[0] if len(ticked) == 1 else UNREAD


class Rexams(Tool):
    """The scan of sheets in R/exams, which is made for 300 dpi; it prints a place for five options."""

    name, wants = "R/exams", "Rscript, pdflatex, and R's packages exams and png"

    def is_there(self) -> bool:
        """Whether its programs are there."""
        is_there = 'quit(status = !all(sapply(c("exams", "png"), requireNamespace)))'
        return all(map(shutil.which, ("Rscript", "pdflatex"))) and not _status("Rscript", "-e", is_there)

    def sheets(self) -> list[Sheet]:
        """The first page of its paper, for all students the same, since the scan does not mind."""
        for n in range(QUESTIONS):
            listed = "".join(f"* option {m}\n" for m in range(OPTIONS + 1))
            (self.folder / f"q{n}.Rmd").write_text(
                f"Question\n========\nWhich of {n}?\n\nAnswerlist\n----------\n{listed}\nMeta-information\n"
                f"================\nexname: q{n}\nextype: schoice\nexsolution: {10**OPTIONS}\n"
            )
        made = self.folder / "make.R"
        made.write_text(
            f'library(exams)\nsetwd("{self.folder}")\nset.seed(1)\n'
            f'exams2nops(paste0("q", 0:{QUESTIONS - 1}, ".Rmd"), n = 1, dir = "printed", date = "2026-01-01")\n'
        )
        _run("Rscript", str(made))
        # Its sheet has fifteen questions in a column, five of them together; a box is 4 mm wide.
        boxes = []
        for number in range(QUESTIONS):
            column, row = divmod(number, 15)
            x, y = 25 + 64 * column, 290 - (126 - 7 * row - 3 * (row // 5)) - 4
            boxes.append([Box(x + 8 * n, y, 4, 4) for n in range(OPTIONS)])
        return [Sheet(self.folder / "printed/nops1.pdf", 0, boxes)] * self.pages  # LaTeX takes seconds for each

    @property
    def command(self) -> tuple[str, ...]:
        """The scan, without packing its result."""
        out = self.folder / "read.txt"
        scan = f'nops_scan(dir = "{self.scans}", file = FALSE, verbose = FALSE)'
        return ("Rscript", "-e", f'library(exams); writeLines({scan}, "{out}")')

    def answers(self) -> list[Filled]:
        """Zeros and ones, question by question."""
        lines = (self.folder / "read.txt").read_text().splitlines()
        rows = [re.findall(r"\b[01]{5}\b", line)[-45:][:QUESTIONS] for line in sorted(lines)]
        return [[row.find("1") if row.count("1") == 1 else UNREAD for row in page] for page in rows]


def _asked(database: Path, query: str) -> list[tuple[float, ...]]:
    with sqlite3.connect(database) as connection:
        return connection.execute(query).fetchall()


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _status(*command: str) -> int:
    return subprocess.run(command, capture_output=True, check=False).returncode


TOOLS: tuple[type[Tool], ...] = (HerStudy, MultipleChoice, Rexams)

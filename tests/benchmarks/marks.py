"""What another key costs: 500 sheets of the shipped final exam, marked again without the scans.

`python -m tests.benchmarks.marks FOLDER` draws the exam, makes up the answers of 500 students as `grade` stores them, and
writes a change of the key.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.cases import HER, Case
from tests.benchmarks.measure import Step

if TYPE_CHECKING:
    from builder.grading.marks import Result
    from builder.paper.record import Quiz

STUDENTS = 500
AGAIN, START = f"grade, another key for {STUDENTS} sheets", "her-study --help"
CASES = (Case(AGAIN, START, 10.0),)


def steps(folder: Path) -> list[Step]:
    """Both steps, with their files in a folder."""
    subprocess.run([sys.executable, "-m", "tests.benchmarks.marks", str(folder)], check=True, capture_output=True)
    record, changes = ("--quiz", str(folder / "quiz.json")), ("--rekey", str(folder / "rekey.yaml"))
    return [
        Step(AGAIN, (*HER, "grade", *record, *changes, "-o", str(folder / "results"))),
        Step(START, (*HER, "--help")),
    ]


def write(folder: Path) -> None:
    """Write the record, the answers, and a change of the key of two questions."""
    from builder.drawing import Drawing, draw
    from builder.grading import stored
    from builder.loading.course import load, shipped
    from builder.paper.record import Student
    from tests.make.marked import answered

    course = load(shipped()).course
    assert course
    quiz = draw(course, Drawing(course.blueprints["final-a"], "2026", 4))
    names = [version.name for version in quiz.versions]
    students = (Student(id=f"s{n:04}", name=f"Student {n}", version=names[n % 4]) for n in range(STUDENTS))
    quiz = quiz.model_copy(update={"students": tuple(students)})
    results = [_as_asked(quiz, result) for result in answered(quiz, "marks")]
    (folder / "results").mkdir(parents=True)
    (folder / "quiz.json").write_text(quiz.model_dump_json(by_alias=True), "utf-8")
    for name, data in stored.files(quiz, results).items():
        (folder / "results" / name).write_bytes(data)
    choice, verdict = (next(it for it in quiz.items if it.section == kind) for kind in ("mcq", "truefalse"))
    key = "B" if choice.key == ("A",) else "A"
    (folder / "rekey.yaml").write_text(
        f"changes:\n- {{item: {choice.id}, key: {key}, version: A, reason: It is so.}}\n"
        f"- {{item: {verdict.id}, drop: yes, reason: It was not taught.}}\n",
        "utf-8",
    )


def _as_asked(quiz: Quiz, result: Result) -> Result:
    """The result, with as many questions answered of a part as candidates choose there."""
    left, answers = dict(quiz.choose), []
    for answer in result.answers:
        under = answer.question.under
        is_spare = under in left and left[under] == 0
        left |= {under: left[under] - 1} if under in left and not is_spare else {}
        answers.append(answer._replace(state="not chosen", marks=None, given=()) if is_spare else answer)
    return replace(result, answers=tuple(answers))


if __name__ == "__main__":
    write(Path(sys.argv[1]))

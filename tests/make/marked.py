"""Results of a class without any scans: answers that are made up, marked by the record."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

from builder.grading import stored
from builder.grading.marks import Answer, Result, scored
from builder.model.items import LETTERS
from builder.paper.record import Quiz, QuizItem, Student
from tests.make.course import course_of
from tests.make.papers import quiz_of

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = [{"right": "yes"}, {"wrong": "no"}, {"wrong": "never"}, {"wrong": "perhaps"}]
ITEMS: list[dict[str, Any]] = [
    *(
        {"id": f"choice-{n}", "kind": "mcq", "prompt": f"Which {n}?", "options": OPTIONS, "theme": "one"}
        for n in range(4)
    ),
    {
        "id": "both",
        "kind": "mcq",
        "prompt": "Which two?",
        "multiple": True,
        "options": [{"right": "a"}, {"right": "b"}, {"wrong": "c"}],
        "theme": "two",
        "bloom": "apply",
    },
    {"id": "so", "kind": "truefalse", "prompt": "It is so.", "answer": True, "theme": "two", "bloom": "remember"},
    {"id": "pairs", "kind": "matching", "prompt": "Match.", "pairs": [["a", "1"], ["b", "2"], ["c", "3"]]},
    {"id": "steps", "kind": "ordering", "prompt": "Order.", "sequence": ["p", "q", "r", "s"]},
    {"id": "say", "kind": "short", "prompt": "Say.", "key_points": [{"point": "it", "marks": 2}], "theme": "one"},
]


def quiz_of_marks(**fields: Any) -> Quiz:
    """A paper in two versions, with 24 students on its record; `fields` are those of the record."""
    versions = ("A", "B")
    students = tuple(Student(id=f"s{n}", name=f"Name {n}", version=versions[n % 2]) for n in range(24))
    made = course_of(ITEMS, themes={"one": "First", "two": "Second"})
    return quiz_of(made, 2, **({"students": students, "themes": dict(made.themes)} | fields))


def answered(quiz: Quiz, seed: str, *, is_marked: bool = True) -> list[Result]:
    """What the students of the record answer: now and then nothing; what is written is marked, or waits for a marker."""
    random = Random(seed)
    return [
        Result(
            student.id,
            student.name,
            student.version,
            tuple(_answer(question, random, is_marked=is_marked) for question in quiz.version(student.version).items),
            (),
            f"{number * 7919 % 65521:016x}",
            Fraction(quiz.points),
        )
        for number, student in enumerate(quiz.students, 1)
    ]


def _answer(question: QuizItem, random: Random, *, is_marked: bool) -> Answer:
    letters = LETTERS[: len(question.order)]
    given: tuple[str, ...]
    match question.section:
        case "mcq":
            given = tuple(sorted(random.sample(letters, random.randint(0, len(question.key)))))
        case "truefalse":
            given = random.choice([("true",), ("false",), ()])
        case "matching":
            given = tuple(random.choice(["", *letters]) for _ in question.key)
        case "ordering":
            given = tuple(random.sample([str(n + 1) for n in range(len(question.key))], len(question.key)))
        case _:
            half = Fraction(random.randint(0, int(2 * question.points)), 2)
            return Answer(question, (), "marked", half) if is_marked else Answer(question, (), "not marked", None)
    return scored(Answer(question, given, "read" if any(given) else "blank", None), ".")


def answer_of(result: Result, item: str) -> Answer:
    """The answer of a student to an item."""
    return next(answer for answer in result.answers if answer.question.id == item)


def store(folder: Path, out: Path) -> None:
    """Write the record and a change of its key into `folder`, and into `out` the answers of a class and what was decided."""
    quiz = quiz_of_marks()
    (folder / "quiz.json").write_text(quiz.model_dump_json(by_alias=True), "utf-8")
    (folder / "rekey.yaml").write_text("changes: [{item: so, key: 'false', reason: It is not so.}]", "utf-8")
    for name, data in stored.files(quiz, answered(quiz, "faults")).items():
        (out / name).write_bytes(data)
    (out / "decisions.yaml").write_text("by: A. Marker\npages: {}\n", "utf-8")

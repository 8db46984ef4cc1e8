"""What a student gets back as PDF: the result, each question with the own answer and the key, and the own sheet.

Marks, keys, letters and themes come from the record. With a course, the texts
of questions that have not changed since, their reasons and their sources are
printed too: hand out feedback with texts only where the questions are not kept
for another exam.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.disk.processes import processors
from builder.grading.profiles import profile
from builder.grading.tables import shown
from builder.pages.feedback.questions import Judged, judged
from builder.pages.feedback.texts import Texts
from builder.printing.form import Head
from builder.printing.pdf.typefaces import chosen
from builder.printing.pdf.typeset import Press
from builder.text.numbers import decimal_sign
from builder.wording import wording_on_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from builder.grading.marks import Result
    from builder.grading.rekey import Grader
    from builder.model import Course
    from builder.pages.feedback.sheets import Seen
    from builder.paper.record import Quiz
    from builder.printing.text import Line
    from builder.wording import Wording

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]|(?<!\w)\.|^\.")


@dataclass(frozen=True, slots=True)
class Group:
    """The marks in a theme: `share` of them, from 0 to 1, and both sums in words."""

    title: str
    marks: str
    share: float


@dataclass(frozen=True, slots=True)
class Feedback:
    """All that a student gets back; `provisional` says what is not known yet, and `pages` are those of the own sheet."""

    head: Head
    student: str
    name: str
    total: str
    percent: str
    grade: str
    provisional: tuple[str, ...]
    shares: tuple[Group, ...]
    questions: tuple[Judged, ...]
    works: tuple[Line, ...]
    pages: tuple[Seen, ...]


def feedback(
    quiz: Quiz,
    results: Sequence[Result],
    grader: Grader,
    course: Course | None,
    seen: Callable[[Result], Iterable[tuple[Seen, bytes]]],
    tell: Callable[[float], object] = lambda _: None,
) -> Iterator[tuple[str, bytes]]:
    """A PDF for each student, with its name: `feedback/s0017.pdf`. `seen` gives the pages of the own sheet, and their pictures.

    As many are made at once as there are processors; `tell` hears the share that is done.

    Raises:
        BuilderError: a formula or a picture of the course can't be printed.
    """
    texts = Texts(course, quiz)
    words = course.words_in(quiz.edition.language) if course else wording_on_record(quiz.edition.language)
    said = [quiz.title, quiz.heading, *(student.name for student in quiz.students), *texts.said, words.text]
    typefaces = chosen(course.fonts if course else (), said)
    names = _names(results)

    def made(result: Result) -> tuple[str, bytes]:
        pages = list(seen(result))
        pictures = {page.picture.file: data for page, data in pages}
        document = _document(quiz, result, grader, words, texts, tuple(page for page, _ in pages))
        with Press({**texts.media, **pictures}, typefaces) as press:
            return f"feedback/{names[result.student]}.pdf", press.pdf("feedback.typ", document)

    with ThreadPoolExecutor(processors()) as pool:
        try:
            for number, file in enumerate(pool.map(made, results), 1):
                tell(number / len(results))
                yield file
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _names(results: Iterable[Result]) -> Mapping[str, str]:
    """A name of a file for each student, which leads nowhere else: `../x` is `___x`. Twins are numbered."""
    names: dict[str, str] = {}
    for result in results:
        name = _UNSAFE.sub("_", result.student) or "_"
        taken = {it.lower() for it in names.values()}
        number = 2
        while (name if number == 2 else f"{name}-{number - 1}").lower() in taken:  # noqa: PLR2004 - the first twin is number 2
            number += 1
        names[result.student] = name if number == 2 else f"{name}-{number - 1}"  # noqa: PLR2004 - as above
    return names


def _document(
    quiz: Quiz, result: Result, grader: Grader, words: Wording, texts: Texts, pages: tuple[Seen, ...]
) -> Feedback:
    decimal = decimal_sign(quiz.edition.language)
    questions = judged(result, words, texts.of(result.version), decimal)
    unmarked = sum(it.verdict == "open" for it in questions)
    return Feedback(
        head=_head(quiz, result, words, texts),
        student=result.student,
        name=result.name,
        total=f"{shown(result.total)} / {shown(result.of)}".replace(".", decimal),
        percent=f"{float(result.percent):.1f} %".replace(".", decimal),
        grade=grader.said(result, decimal),
        provisional=(f"{words['unmarked']}{words['colon']} {unmarked}",) if unmarked else (),
        shares=tuple(
            Group(it.title, f"{shown(it.marks)} / {shown(it.of)}".replace(".", decimal), _share(float(it.percent)))
            for it in profile(quiz, [result])
            if it.by == "theme"
        ),
        questions=questions,
        works=texts.works,
        pages=pages,
    )


def _share(percent: float) -> float:
    return round(min(1.0, max(0.0, percent / 100)), 4)


def _head(quiz: Quiz, result: Result, words: Wording, texts: Texts) -> Head:
    own = {"your_answer": words.cards["your_answer"]}
    return Head(
        words={**words.words, **own},
        title=quiz.title,
        heading=quiz.heading or words["paper"],
        language=texts.language or quiz.edition.language,
        region=None,
        course=quiz.course,
        version=result.version,
        seed="",
        identity=quiz.identity,
        facts=(words.counted(quiz.questions, "question"), words.counted(quiz.points, "mark")),
        number=quiz.questions,
        total=words.number(quiz.points),
        edition=quiz.edition.model_copy(update={"columns": 1}),
    )

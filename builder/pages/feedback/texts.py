"""The texts of questions for feedback, out of a course: of those alone that say what they said when the paper was drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.printing.answers import solved
from builder.printing.figure import figured
from builder.printing.form import Form
from builder.printing.text import pictures
from builder.printing.works import Works

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model import Course
    from builder.paper.record import Quiz
    from builder.printing.answers import Answer
    from builder.printing.text import Line


class Texts:
    """What a course says of the questions of a paper; nothing where there is no course.

    `works` are the works cited, `media` the pictures that are shown, `said` texts by which typefaces are chosen,
    `language` is that of the course.
    """

    def __init__(self, course: Course | None, quiz: Quiz) -> None:
        """Have the works of all questions formatted, once for all versions."""
        self.works: tuple[Line, ...] = ()
        self.media: Mapping[str, bytes] = {}
        self.said: tuple[str, ...] = ()
        self.language = course.language.split("-")[0] if course else ""
        self._by_version: dict[str, Mapping[str, Answer]] = {}
        if course:
            self._take(course, quiz)

    def _take(self, course: Course, quiz: Quiz) -> None:
        known = {it.id for it in quiz.items if it.id in course.by_id and course.by_id[it.id].digest == it.digest}
        if not known:
            return
        versions = [
            version.model_copy(update={"items": tuple(it for it in version.items if it.id in known)})
            for version in quiz.versions
        ]
        ours = quiz.model_copy(update={"versions": tuple(versions)})
        course = figured(course, ours)
        works = Works(course, ours)
        self.works = tuple(works.references.values())
        self.media = pictures(course, ours)
        self.said = tuple(course.by_id[item].prompt for item in known)
        for version in versions:
            answers = [answer for part in solved(Form(course, ours, version), works) for answer in part.questions]
            ids = [entry.id for entry in version.items]
            self._by_version[version.name] = dict(zip(ids, answers, strict=True))

    def of(self, version: str) -> Mapping[str, Answer]:
        """The questions of a version with their answers, by item id."""
        return self._by_version.get(version, {})

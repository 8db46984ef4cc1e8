"""The description of a course's deck, which Anki shows above its cards."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from builder.cards.html import as_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model import Course
    from builder.text.tree import Run

_ADVICE = (
    "<p>Recall and Practice have the quick cards; Writing has what is answered in writing: study it by itself, when"
    " there is time.</p>"
    "<p>A newer release: import it, and leave the settings as they are; your reviews stay. If you wrote into notes,"
    " tagged or marked them, or Anki called one a leech, <code>her-study upgrade --mine</code> brings the release to"
    " those notes too and keeps what is yours. Notes that a release changed have a tag below"
    " <code>{course}::updated</code>, and withdrawn ones <code>{course}::retired</code>.</p>"
)


def description(course: Course, cited: Mapping[str, tuple[Run, ...]]) -> str:
    """The description of the course's deck that Anki shows, as HTML: title, licence, sources, advice, references.

    It always begins with the author's own words (`first_paragraph`). By these a later upgrade tells whether the
    student has written another description.
    """
    sources = [f"<em>{escape(source.title, quote=False)}</em>" for source in course.sources.values()]
    parts = [
        first_paragraph(course),
        f"<p>Licence: {escape(course.licence, quote=False)}</p>" if course.licence else "",
        f"<p>Drawn from {'; '.join(sources)}.</p>" if sources else "",
        _ADVICE.format(course=course.id),
    ]
    if cited:
        entries = "".join(f"<li>{as_html(runs)}</li>" for runs in cited.values())
        parts.append(f"<details><summary>References</summary><ul>{entries}</ul></details>")
    return "".join(parts)


def first_paragraph(course: Course) -> str:
    """The paragraph with which every release begins the description of the course's deck."""
    return f"<p>{escape(course.anki.description or course.title, quote=False)}</p>"

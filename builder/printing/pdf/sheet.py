"""The answer sheet: what `builder.paper.sheet` puts where, with its words and a QR code for each page."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from builder.paper import sheet as layout
from builder.printing.questions import Data, Form, head

if TYPE_CHECKING:
    from builder.paper.record import Quiz, Version
    from builder.paper.sheet import Box, Label, Page


def pages(quiz: Quiz, version: Version) -> list[Page]:
    """The pages of a version's answer sheet: where each mark is, in millimetres."""
    entries = []
    for item in version.items:
        lettered = item.section in {"mcq", "ordering"}
        choices = len(item.order) if lettered else len(item.key)
        entries.append(layout.Entry(item.number, item.section, choices, item.lines, item.points))
    return layout.pages(entries, quiz.choose, quiz.edition.paper, quiz.edition.size)


def document(form: Form, *, named: bool = False) -> Data:
    """The sheet; `named` leaves out what differs from student to student, for it to be printed there."""
    quiz, paper = form.quiz, form.quiz.edition.paper
    laid, identity = pages(quiz, form.version), quiz.identity
    name, candidate = layout.fields(paper, quiz.edition.size)
    return head(form) | {
        "named": named,
        "corners": [_box(box) for box in layout.corners(paper)],
        "code": _box(layout.code(paper)),
        "title_at": _box(layout.title(paper, quiz.edition.size)),
        "fields": [_box(name), _box(candidate)],
        "foot": _box(layout.foot(paper)),
        "pages": [
            {
                "code": {} if named else code(identity, form.version.name, page.number),
                "marks": [{"kind": mark.kind} | _box(mark.at) for mark in page.marks],
                "labels": [_label(form, label) for label in page.labels],
            }
            for page in laid
        ],
    }


def code(identity: str, version: str, page: int, student: str = "") -> Data:
    """A page's QR code as a picture, and what it says.

    `HS1/paper/version/page/student`: format, `Quiz.identity`, the rest as
    printed; the student's id comes last, since it may hold any sign.
    """
    said = f"HS1/{identity}/{version}/{page}/{student}"
    return {"svg": _svg(said), "said": said}


@lru_cache(maxsize=1024)
def _svg(text: str) -> str:
    import segno

    # Level M stands a seventh of the code being soiled; a version of its own choice would differ between pages.
    return str(segno.make(text, error="m", boost_error=False, micro=False).svg_inline(border=0, omitsize=True))


def _box(box: Box) -> Data:
    return {key: round(value, 3) for key, value in box._asdict().items()}


def _label(form: Form, label: Label) -> Data:
    """A label with the words of the edition's language."""
    words, text, note = form.words, label.text, ""
    match label.role:
        case "part":
            sections = list(dict.fromkeys(entry.section for entry in form.version.items))
            kind = sections[int(text) - 1]
            choose = form.quiz.choose.get(kind)
            there = sum(entry.section == kind for entry in form.version.items)
            text = words.part(int(text), kind)
            note = words.sections[kind]["sheet"] if form.quiz.edition.size == min(layout.TABLE) else ""
            note = words["choose"].format(choose, there) if choose else note
        case "value" if text in {"true", "false"}:
            text = words[f"{text}_short"]
        case "gap" | "line gap":
            text = f"({text})" if text.isdigit() else text
        case "correction" | "chosen":
            text = f"{words[label.role]}{words['colon']}"
        case "continued":
            text = f"({words['continued']})"
    return {"role": label.role, "text": text, "note": note} | _box(label.at)

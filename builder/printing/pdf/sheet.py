"""The answer sheet: what `builder.paper.sheet` puts where, with its words and a QR code for each page."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from builder.paper import sheet as layout
from builder.paper.sheet import Box, Mark
from builder.paper.sheet.stamp import NOBODY, Stamp, layout_hash
from builder.paper.sheet.table import CORE
from builder.printing.form import head
from builder.printing.pdf import codes
from builder.text.languages import is_leftward

if TYPE_CHECKING:
    from builder.paper.sheet import Label
    from builder.paper.sheet.marks import Role
    from builder.printing.form import Form, Head


class Code(NamedTuple):
    """A QR code: its picture, and what it says."""

    svg: str
    said: str


class SheetLabel(NamedTuple):
    """What is printed beside the marks, in the words of the edition; `note` is printed below a part's heading."""

    role: Role
    text: str
    note: str
    at: Box


class SheetPage(NamedTuple):
    """One page: its code, or none where each student gets an own one, its text for a person to type, and what stands on it.

    Where there is no code, its text lacks the end, which each student gets too.
    """

    code: Code | None
    said: tuple[str, ...]
    marks: tuple[Mark, ...]
    labels: tuple[SheetLabel, ...]


class Sheet(NamedTuple):
    """A whole answer sheet, all places in millimetres.

    On a `named` sheet the fields are left out, to be printed for each student. `leftward` says that it is read from the
    right.
    """

    head: Head
    named: bool
    leftward: bool
    corners: tuple[Box, ...]
    core: float
    code: Box
    code_text: Box
    title_at: Box
    fields: tuple[Box, Box]
    foot: Box
    pages: tuple[SheetPage, ...]


def sheet(form: Form, *, named: bool = False, coded: bool = True) -> Sheet:
    """The answer sheet of a version. One that is `named`, or not `coded`, gets its codes later, in a layer for each student."""
    quiz, paper = form.quiz, form.quiz.edition.paper
    pages = layout.pages(quiz, form.version, is_named=named)
    leftward = is_leftward(quiz.edition.language)
    has_code = coded and not named
    stamps = [Stamp(quiz.identity, layout_hash(pages, paper), form.version.name, page.number, NOBODY) for page in pages]
    name, candidate = layout.fields(paper, quiz.edition.size, leftward=leftward)
    return Sheet(
        head=head(form),
        named=named,
        leftward=leftward,
        corners=tuple(_rounded(box) for box in layout.corners(paper)),
        core=CORE,
        code=_rounded(layout.code(paper)),
        code_text=_rounded(layout.code_text(paper)),
        title_at=_rounded(layout.title(paper, quiz.edition.size)),
        fields=(_rounded(name), _rounded(candidate)),
        foot=_rounded(layout.foot(paper)),
        pages=tuple(
            SheetPage(
                code=code(stamp) if has_code else None,
                said=stamp.lines if has_code else stamp.stem,
                marks=tuple(mark._replace(at=_rounded(mark.at)) for mark in page.marks),
                labels=tuple(_label(form, label) for label in page.labels),
            )
            for page, stamp in zip(pages, stamps, strict=True)
        ),
    )


def code(stamp: Stamp) -> Code:
    """The QR code of a page."""
    return Code(_svg(stamp.text), stamp.text)


@lru_cache(maxsize=1024)
def _svg(text: str) -> str:
    return str(codes.symbol(text).svg_inline(border=0, omitsize=True))


def _rounded(box: Box) -> Box:
    """A box in whole micrometres."""
    return Box(*(round(value, 3) for value in box))


def _label(form: Form, label: Label) -> SheetLabel:
    """A label with the words of the edition's language."""
    words, text, note = form.words, label.text, ""
    match label.role:
        case "part":
            text, note = _part(form, int(text))
        case "value" | "digit" | "marker digit":
            text = words.sign(text)
        case "gap" | "line gap":
            text = f"({text})" if text.isdigit() else text
        case "how":
            text = words["how_to_fill"]
        case "other":
            text = f"{words['no_room']}{words['colon']}"
        case "strip":
            text = words["marker_only"]
        case "correction" | "chosen" | "candidate":
            text = f"{words[label.role]}{words['colon']}"
        case "continued":
            text = f"({words['continued']})"
        case "number" | "line number" | "unit":
            pass
    return SheetLabel(label.role, text, note, _rounded(label.at))


def _part(form: Form, number: int) -> tuple[str, str]:
    """The heading of a part, and the note below it."""
    words, entries = form.words, form.version.items
    kind = list(dict.fromkeys(entry.under for entry in entries))[number - 1]
    choose = form.quiz.choose.get(kind)
    if choose:
        note = words["choose"].format(choose, sum(entry.under == kind for entry in entries))
    else:
        asked = [entry for entry in entries if entry.under == kind] if kind != "passage" else ()
        note = form.instruction(kind, asked) if form.quiz.edition.size == min(layout.TABLE) else ""
    return words.part(number, kind), note

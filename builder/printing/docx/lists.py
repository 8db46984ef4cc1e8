"""Terms and lettered lists in Word, which stand side by side or below each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.shared import Mm, Pt

from builder.printing.docx.blocks import Place, write
from builder.printing.docx.runs import Sign
from builder.text.tree import Run, single

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.text.parfmt import ParagraphFormat

    from builder.printing.docx.document import Desk
    from builder.printing.text import Text


def write_terms(desk: Desk, texts: tuple[Text, ...], sign: Callable[[int], str], indent: float, right: float) -> None:
    """Write texts with a sign before each, which hangs: from `indent` to `right`, in millimetres."""
    own = desk.measures.term - desk.measures.indent
    place = Place("Term", indent + own, right - indent - own)
    for number, text in enumerate(texts, 1):
        made = write(desk, text, place, before=[Run(sign(number)), Sign.TAB])
        if not indent:
            hang(made[0].paragraph_format, place.indent, own)
        desk.keep(made)
        desk.keep(desk.last)


def write_lettered(desk: Desk, texts: tuple[Text, ...], indent: float, right: float, *, above: float = 0) -> None:
    """Write a lettered list of its own from `indent` to `right`; `above` are points of room before it.

    It is kept together where each of its texts is a single paragraph; a long one may part between its texts.
    """
    own = desk.measures.option - desk.measures.indent
    place = Place("Option", indent + own, right - indent - own)
    letters = desk.numbering.options()
    is_brief = all(single(text) is not None for text in texts)
    for count, text in enumerate(texts):
        made = write(desk, text, place, number=lambda it: desk.numbering.join(it, letters))
        if not indent:
            hang(made[0].paragraph_format, place.indent, own)
        if above and not count:
            made[0].paragraph_format.space_before = Pt(above)
        desk.keep(made if is_brief else made[:-1])
        if is_brief:
            desk.keep(desk.last)


def hang(form: ParagraphFormat, indent: float, hang: float) -> None:
    """Let the first line of a paragraph stand out to the left, by `hang` of `indent` millimetres."""
    form.left_indent, form.first_line_indent = Mm(indent), Mm(-hang)
    form.tab_stops.add_tab_stop(Mm(indent))

"""What stands in a line: runs of text, formulas, gaps to write in, pictures and sounds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.shared import RGBColor

from builder.printing.direction import MARK, guarded, pieces
from builder.printing.docx import omml, pictures
from builder.printing.docx.elements import clean, element, put
from builder.printing.formula import Formula
from builder.printing.text import Gap
from builder.text.tree import Picture, Run, Sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from docx.text.paragraph import Paragraph

    from builder.printing.text import Node

_GAP = "_" * 18
_FAINT = RGBColor(0x59, 0x59, 0x59)


class Sign(Enum):
    """What stands between the runs of a line."""

    TAB = "tab"


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes into paragraphs: `size` is that of the text in points, `media` are the pictures of the course."""

    size: float
    media: Mapping[str, bytes]
    is_leftward: bool

    def write(self, paragraph: Paragraph, nodes: Iterable[Node | Sign], width: float) -> None:
        """Write nodes at the end of a paragraph, in which a picture may be `width` millimetres wide."""
        line = list(nodes)
        for node, following in zip_longest(line, line[1:]):
            self._write(paragraph, node, width)
            if isinstance(node, Run) and node.href not in {"", node.text, getattr(following, "href", "")}:
                self._run(paragraph, Run(f" ({node.href})"))

    def _write(self, paragraph: Paragraph, node: Node | Sign, width: float) -> None:
        match node:
            case Gap(gap, hint):
                number = f"({gap}) " if gap else ""
                paragraph.add_run(f"{number}{_GAP}")
                self.write(paragraph, (Run(" ["), *hint, Run("]")) if hint else (), width)
            case Sign.TAB:
                paragraph.add_run().add_tab()
            case Formula():
                self._formula(paragraph, node)
            case Run(break_=True):
                paragraph.add_run().add_break()
            case Run():
                self._run(paragraph, node)
            case Picture(file, alt, share):
                pictures.add(paragraph.add_run(), self.media, file, alt, width=width, share=share)
            case Sound(transcript=words):
                self._run(paragraph, Run(f"[♪ {words}]" if words else "[♪]"))

    def _run(self, paragraph: Paragraph, run: Run) -> None:
        if run.code:
            self._code(paragraph, run)
            return
        text = guarded(clean(run.text), is_leftward=self.is_leftward)
        for piece, is_leftward in pieces(text, is_leftward=self.is_leftward):
            made = _styled(paragraph, run, piece)
            if is_leftward:
                made.font.rtl, made.font.cs_bold, made.font.cs_italic = True, run.strong or None, run.em or None

    def _code(self, paragraph: Paragraph, run: Run) -> None:
        """Code runs from left to right; marks beside it, not in it, keep it so."""
        marks = [MARK] if self.is_leftward else []
        for mark in marks:
            paragraph.add_run(mark)
        _styled(paragraph, run, clean(run.text)).style = "Code"
        for mark in marks:
            paragraph.add_run(mark)

    def _formula(self, paragraph: Paragraph, formula: Formula) -> None:
        """A formula as an equation of Word's, or as a picture where that has no words for it."""
        try:
            equation = omml.equation(formula.alt, is_displayed=formula.display)
        except omml.Unsayable:
            pictures.add_formula(paragraph.add_run(), formula, self.size)
            return
        paragraph._p.append(equation)  # noqa: SLF001 - python-docx has no equations

    def program(self, paragraph: Paragraph, nodes: Sequence[Node], *, in_style: bool) -> None:
        """Write a program: lines end where they end, and keywords, names and comments can be told apart without colour.

        `in_style` says that the paragraph is of a style for code; else the runs are.
        """
        for node in _lines(nodes):
            if not isinstance(node, Run):
                self.write(paragraph, (node,), 0)
            elif node.break_:
                paragraph.add_run().add_break()
            else:
                made = _styled(paragraph, _highlighted(node), clean(node.text))
                if not in_style:
                    made.style = "Code"
                if node.token == "comment":  # noqa: S105 - of a program
                    made.font.color.rgb = _FAINT

    def displayed(self, paragraph: Paragraph, formula: Formula) -> None:
        """Write a formula that has a paragraph of its own."""
        try:
            equation = omml.equation(formula.alt, is_displayed=True)
        except omml.Unsayable:
            pictures.add_formula(paragraph.add_run(), formula, self.size)
            return
        whole: Any = OxmlElement("m:oMathPara")
        whole.append(equation)
        paragraph._p.append(whole)  # noqa: SLF001 - as above


def _styled(paragraph: Paragraph, run: Run, text: str) -> Any:
    made = paragraph.add_run(text)
    made.bold, made.italic = run.strong or None, run.em or None
    if run.sub or run.sup:  # python-docx keeps both in one element, which a None for either takes away
        setattr(made.font, "subscript" if run.sub else "superscript", True)
    made.font.strike = run.strike or None
    if run.lang:
        language = element("w:lang", val=run.lang, eastAsia=run.lang, bidi=run.lang)
        put(made._r.get_or_add_rPr(), language)  # noqa: SLF001 - python-docx has no languages
    return made


def _highlighted(run: Run) -> Run:
    return run._replace(
        strong=run.strong or run.token in {"keyword", "name"}, em=run.em or run.token in {"comment", "string"}
    )


def _lines(nodes: Sequence[Node]) -> Iterator[Node]:
    """The nodes of a program with a break for each of its line ends, and spaces to the next fourth column for each tab."""
    column = 0
    for node in nodes:
        if not isinstance(node, Run):
            yield node
            continue
        for number, line in enumerate(node.text.split("\n")):
            if number:
                yield Run("", break_=True)
                column = 0
            wide = (" " * column + line).expandtabs(4)[column:]
            column += len(wide)
            if wide:
                yield node._replace(text=wide)

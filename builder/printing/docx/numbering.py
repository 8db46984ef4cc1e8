"""The lists of DOCX papers: numbers of questions, letters of options, and an author's own lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from docx.oxml import OxmlElement
from docx.shared import Mm

from builder.printing.docx.elements import element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from builder.printing.docx.styles import Measures

_DEPTH = 9  # levels that a list of Word may have
_BULLETS = "•–▪"


class Numbering:
    """Numbers of questions, in one list through the document; letters of options, and each list of an author's, a list of its own.

    Word parts what a list looks like (`w:abstractNum`) from the lists that look so (`w:num`).
    """

    def __init__(self, made: Document, measures: Measures) -> None:
        """Define the looks that every paper needs."""
        self._measures = measures
        self._root = made.part.numbering_part.element
        for old in list(self._root):
            self._root.remove(old)
        self._looks: dict[str, int] = {}
        self._define("questions", [("decimal", "%1.", measures.indent, measures.indent)], is_bold=True)
        self._define("options", [("upperLetter", "%1.", measures.option, measures.option - measures.indent)])
        self._count = self._questions = 0
        self._next = self._next_part = self._parts = 0

    def question(self, paragraph: Paragraph, number: int, label: str = "") -> None:
        """Give a paragraph the number of a question, or of a part of one, as `(b)`. Numbers in a row are one list."""
        if label.startswith("("):
            self._part(paragraph, label)
            return
        if number != self._next:
            self._questions = self._list("questions", start=number)
        self._next = number + 1
        self.join(paragraph, self._questions)

    def _part(self, paragraph: Paragraph, label: str) -> None:
        """Give a paragraph the letter of a part of a question. The letters of a question are one list."""
        indent = self._measures.indent
        if "parts" not in self._looks:
            self._define("parts", [("lowerLetter", "(%1)", indent, indent)], is_bold=True)
        letter = ord(label[1]) - ord("a") + 1
        if letter != self._next_part:
            self._parts = self._list("parts", start=letter)
        self._next_part = letter + 1
        self.join(paragraph, self._parts)

    def options(self) -> int:
        """Begin the options of a question, from A."""
        return self._list("options")

    def listing(self, start: int | None, depth: int) -> int:
        """Begin a list of an author's, numbered from `start` or with bullets; `depth` is 0 outside of other lists."""
        level = min(depth, _DEPTH - 1)
        look: Literal["bullets", "numbers"] = "bullets" if start is None else "numbers"
        if look not in self._looks:
            step = self._measures.step
            kinds = [("bullet", _BULLETS[n % 3]) if start is None else ("decimal", f"%{n + 1}.") for n in range(_DEPTH)]
            self._define(look, [(form, text, step * (n + 1), step) for n, (form, text) in enumerate(kinds)])
        return self._list(look, level, start or 0 if start is not None else 1)

    def join(self, paragraph: Paragraph, number: int, depth: int = 0) -> None:
        """Make a paragraph the next entry of a list."""
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - python-docx has no lists of its own
        properties.get_or_add_ilvl().val = min(depth, _DEPTH - 1)
        properties.get_or_add_numId().val = number

    def _define(self, look: str, levels: Sequence[tuple[str, str, float, float]], *, is_bold: bool = False) -> None:
        """Define a look: of each level the kind of its numbers, their text, the indent and how far the first line hangs."""
        number = self._looks[look] = len(self._looks)
        kind = element("w:abstractNum", abstractNumId=number)
        kind.append(element("w:multiLevelType", val="singleLevel" if len(levels) == 1 else "hybridMultilevel"))
        for depth, (form, text, indent, hang) in enumerate(levels):
            level = element("w:lvl", ilvl=depth)
            for name, value in (("start", 1), ("numFmt", form), ("lvlText", text), ("lvlJc", "left")):
                level.append(element(f"w:{name}", val=value))
            place = OxmlElement("w:pPr")
            place.append(element("w:ind", left=int(Mm(indent).twips), hanging=int(Mm(hang).twips)))
            level.append(place)
            if is_bold:
                strong = OxmlElement("w:rPr")
                strong.append(OxmlElement("w:b"))
                level.append(strong)
            kind.append(level)
        self._root.insert(number, kind)  # before the lists, as the standard wants it

    def _list(self, look: str, level: int = 0, start: int = 1) -> int:
        """A new list of that look, whose `level` counts from `start`."""
        self._count += 1
        made: Any = element("w:num", numId=self._count)
        made.append(element("w:abstractNumId", val=self._looks[look]))
        again = element("w:lvlOverride", ilvl=level)
        again.append(element("w:startOverride", val=start))
        made.append(again)
        self._root.append(made)
        return self._count

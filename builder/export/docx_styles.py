"""The styles and the numbering of DOCX papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

_OPTION_INDENT = 8  # millimetres


def document(
    *, font: str, size: int, language: str, page: tuple[float, float], margins: tuple[float, float]
) -> Document:
    """An empty document: `page` and `margins` (of the page, and of what stands below a number) in millimetres."""
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(page[0]), Mm(page[1])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(margins[0])
    width, indent = page[0] - 2 * margins[0], margins[1]
    _fonts(made, font, size, language)
    normal = made.styles["Normal"].paragraph_format
    normal.space_after, normal.widow_control = Pt(6), True
    for name, scale in (("Title", 1.6), ("Heading 1", 1.25)):
        _plain(made.styles[name], size * scale)
    _plain(made.styles["Subtitle"], size * 1.1)
    question = _style(made, "Question", above=12, keep=True)
    question.paragraph_format.keep_together = True
    _style(made, "Option", above=3, indent=indent + _OPTION_INDENT)
    _style(made, "Below", above=3, indent=indent)
    _style(made, "Instruction", keep=True).font.italic = True
    _style(made, "Instruction below", indent=indent, keep=True).font.italic = True
    line = _style(made, "Answer line", above=12, indent=indent)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
    fact = _style(made, "Fact", indent=indent + 24, hang=24)
    fact.paragraph_format.tab_stops.add_tab_stop(Mm(indent + 24))
    _style(made, "Cover")
    _style(made, "End", above=18).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    code = made.styles.add_style("Code", WD_STYLE_TYPE.CHARACTER)
    code.font.name = "Courier New"
    _footer(section.footer.paragraphs[0])
    return made


def _fonts(made: Document, font: str, size: int, language: str) -> None:
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(size)
    properties: Any = normal.element.get_or_add_rPr()
    said = OxmlElement("w:lang")
    said.set(qn("w:val"), language)
    properties.append(said)


def _plain(style: Any, size: float) -> None:
    """A heading in the font of the text, black, without Word's line."""
    style.font.size, style.font.color.rgb, style.font.bold, style.font.italic = Pt(size), RGBColor(0, 0, 0), True, False
    fonts = style.element.rPr.rFonts
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for border in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(border)
    style.paragraph_format.keep_with_next = True


def _style(
    made: Document, name: str, *, above: int = 0, indent: float = 0, hang: float = 0, keep: bool = False
) -> ParagraphStyle:
    style: Any = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = made.styles["Normal"]
    style.quick_style = True
    form = style.paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(above), Pt(3), keep
    form.left_indent, form.first_line_indent = Mm(indent), Mm(-hang)
    return style  # type: ignore[no-any-return]


def _footer(paragraph: Paragraph) -> None:
    """The page's number and how many there are, which Word fills in."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for i, field in enumerate(("PAGE", "NUMPAGES")):
        if i:
            paragraph.add_run(" / ")
        element = OxmlElement("w:fldSimple")
        element.set(qn("w:instr"), field)
        paragraph._p.append(element)  # noqa: SLF001 - python-docx has no fields


class Numbering:
    """Numbers of questions, in one list through the document, and letters of options, in a list for each question."""

    def __init__(self, made: Document, indent: float) -> None:
        """Define both lists."""
        self._root = made.part.numbering_part.element
        for element in list(self._root):
            self._root.remove(element)
        self._define(0, "decimal", "%1.", indent, indent, bold=True)
        self._define(1, "upperLetter", "%1.", indent + _OPTION_INDENT, _OPTION_INDENT)
        self._count = 0
        self._questions = self._list(0)

    def question(self, paragraph: Paragraph) -> None:
        """The next question."""
        self._join(paragraph, self._questions)

    def options(self, paragraphs: list[Paragraph]) -> None:
        """The options of one question, on one page with it."""
        number = self._list(1)
        for paragraph in paragraphs:
            self._join(paragraph, number)
            paragraph.paragraph_format.keep_with_next = paragraph is not paragraphs[-1]

    def _define(self, number: int, form: str, text: str, indent: float, hang: float, *, bold: bool = False) -> None:
        kind = _element("w:abstractNum", abstractNumId=number)
        kind.append(_element("w:multiLevelType", val="singleLevel"))
        level = _element("w:lvl", ilvl=0)
        for name, value in (("start", 1), ("numFmt", form), ("lvlText", text), ("lvlJc", "left")):
            level.append(_element(f"w:{name}", val=value))
        place = OxmlElement("w:pPr")
        place.append(_element("w:ind", left=int(Mm(indent).twips), hanging=int(Mm(hang).twips)))
        level.append(place)
        if bold:
            look = OxmlElement("w:rPr")
            look.append(OxmlElement("w:b"))
            level.append(look)
        kind.append(level)
        self._root.append(kind)

    def _list(self, kind: int) -> int:
        """A new list of that kind, from its first number."""
        self._count += 1
        made = _element("w:num", numId=self._count)
        made.append(_element("w:abstractNumId", val=kind))
        again = _element("w:lvlOverride", ilvl=0)
        again.append(_element("w:startOverride", val=1))
        made.append(again)
        self._root.append(made)
        return self._count

    def _join(self, paragraph: Paragraph, number: int) -> None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - python-docx has no lists of its own
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number


def _element(name: str, **attributes: object) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made

"""The styles and the numbering of DOCX papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

_OPTION_INDENT, _FACT_INDENT = 8, 24  # millimetres, for text of ordinary size


GUTTER = 9  # millimetres between two columns


def document(
    *, font: str, size: int, language: str, page: tuple[float, float], margins: tuple[float, float], columns: int
) -> Document:
    """An empty document: `page` and `margins` (of the page, and of what stands below a number) in millimetres."""
    scale = _scale(size)
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(page[0]), Mm(page[1])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(margins[0])
    width, indent = page[0] - 2 * margins[0], margins[1] * scale
    column = (width - GUTTER * (columns - 1)) / columns
    _fonts(made, font, size, language)
    normal = made.styles["Normal"].paragraph_format
    normal.space_after, normal.widow_control = Pt(6), True
    for name, scale in (("Title", 1.6), ("Heading 1", 1.25)):
        _plain(made.styles[name], size * scale)
    _plain(made.styles["Subtitle"], size * 1.1)
    question = _style(made, "Question", above=12, keep=True)
    question.paragraph_format.keep_together = True
    _style(made, "Option", above=3, indent=indent + _OPTION_INDENT * scale)
    _style(made, "Below", above=3, indent=indent)
    _style(made, "Lead", above=8)
    for name, start in (("Instruction", 0), ("Instruction below", indent)):
        note = _style(made, name, indent=start, keep=True)
        note.font.italic, note.paragraph_format.keep_together = True, True
    for name, start, end in (("Field", 0, width), ("Answer line", indent, column)):
        line = _style(made, name, above=12, indent=start).paragraph_format
        line.tab_stops.add_tab_stop(Mm(end), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
    fact = _style(made, "Fact", indent=indent + _FACT_INDENT * scale, hang=_FACT_INDENT * scale)
    fact.paragraph_format.tab_stops.add_tab_stop(Mm(indent + _FACT_INDENT * scale))
    work = _style(made, "Work", indent=indent, hang=indent)
    work.paragraph_format.tab_stops.add_tab_stop(Mm(indent))
    _bordered(_style(made, "Cover", above=6), "top", "left", "bottom", "right")
    _bordered(made.styles["Heading 1"], "bottom")
    _style(made, "End", above=18).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    code = made.styles.add_style("Code", WD_STYLE_TYPE.CHARACTER)
    code.font.name = "Courier New"
    _without_thumbnail(made)
    return made


def _scale(size: int) -> float:
    """By how much large print widens indents: less than its letters, since its lines are short."""
    return min(size / 11, 2)


def _fonts(made: Document, font: str, size: int, language: str) -> None:
    normal = made.styles["Normal"]
    normal.font.name = font
    _sized(normal, size)
    properties: Any = normal.element.get_or_add_rPr()
    properties.append(_element("w:lang", val=language, eastAsia=language, bidi=language))


def _sized(style: Any, size: float) -> None:
    """Text of that size in every script: Arabic, Hebrew and others have one of their own, in half points."""
    style.font.size = Pt(size)
    properties = style.element.get_or_add_rPr()
    for own in properties.findall(qn("w:szCs")):
        properties.remove(own)
    properties.find(qn("w:sz")).addnext(_element("w:szCs", val=round(size * 2)))


def _bordered(style: Any, *sides: str) -> None:
    """A thin line on these sides, which come in the order of the standard (ECMA-376, 17.3.1.24)."""
    borders = OxmlElement("w:pBdr")
    for side in sides:
        borders.append(_element(f"w:{side}", val="single", sz=6, space=4 if len(sides) > 1 else 1, color="auto"))
    properties = style.element.get_or_add_pPr()
    before = [
        qn(f"w:{name}") for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr")
    ]
    properties.insert(sum(child.tag in before for child in properties), borders)


def _without_thumbnail(made: Document) -> None:
    """python-docx's own empty document comes with the picture of a page."""
    relations = made.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def _plain(style: Any, size: float) -> None:
    """A heading in the font of the text, black, without Word's line."""
    style.font.color.rgb, style.font.bold, style.font.italic = RGBColor(0, 0, 0), True, False
    _sized(style, size)
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


def footer(made: Document, said: str, width: float) -> None:
    """On `width` millimetres: what the document is, and on the right the page's number and how many there are, which Word fills in."""
    paragraph = made.sections[0].footer.paragraphs[0]
    paragraph.style.paragraph_format.tab_stops.clear_all()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(said).add_tab()
    for i, field in enumerate(("PAGE", "NUMPAGES")):
        if i:
            paragraph.add_run(" / ")
        paragraph._p.append(_element("w:fldSimple", instr=field))  # noqa: SLF001 - python-docx has no fields


def two_columns(made: Document) -> None:
    """Set what follows in two columns."""
    properties: Any = made.add_section(WD_SECTION.CONTINUOUS)._sectPr  # noqa: SLF001 - python-docx has no columns
    columns = properties.find(qn("w:cols"))
    columns.set(qn("w:num"), "2")
    columns.set(qn("w:space"), str(int(Mm(GUTTER).twips)))


class Numbering:
    """Numbers of questions, in one list through the document, and letters of options, in a list for each question."""

    def __init__(self, made: Document, indent: float, size: int) -> None:
        """Define both lists: `indent` in millimetres, for text of ordinary size; `size` in points."""
        indent, option = indent * _scale(size), _OPTION_INDENT * _scale(size)
        self._root = made.part.numbering_part.element
        for element in list(self._root):
            self._root.remove(element)
        self._define(0, "decimal", "%1.", indent, indent, bold=True)
        self._define(1, "upperLetter", "%1.", indent + option, option)
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

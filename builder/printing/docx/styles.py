"""The styles of DOCX papers, and their measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from builder.printing.direction import MARK, guarded, pieces
from builder.printing.docx.elements import clean, element, put
from builder.text.languages import is_leftward

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

    from builder.paper.record import Edition

MARGIN = 21  # millimetres
GUTTER = 9  # millimetres between two columns
_INDENT, _OPTION, _TERM, _STEP = 9, 8, 9, 6  # millimetres, for text of ordinary size
_LABEL = 0.19  # about how many millimetres wide a letter of a label is, to the point of its size
_SHADE = "F2F2F2"


@dataclass(frozen=True, slots=True)
class Measures:
    """Millimetres: page, lines and indents; and the size of text in points.

    `indent` is that of what stands below a question's number, `option`, `term` and
    `fact` those of texts after a letter, a term's sign and a label; `step` is one level of a list.
    """

    page: tuple[float, float]
    width: float
    column: float
    columns: int
    size: int
    indent: float
    option: float
    term: float
    fact: float
    step: float

    @property
    def scale(self) -> float:
        """By how much large print widens what stands beside text."""
        return _scale(self.size)


def measures(edition: Edition, page: tuple[float, float], *, columns: int, signs: int, label: int) -> Measures:
    """The measures of an edition; `signs` is how many signs stand before a term's number, `label` how many are in the longest label."""
    scale = _scale(edition.size)
    width = page[0] - 2 * MARGIN
    indent = _INDENT * scale
    return Measures(
        page=page,
        width=width,
        column=(width - GUTTER * (columns - 1)) / columns,
        columns=columns,
        size=edition.size,
        indent=indent,
        option=indent + _OPTION * scale,
        term=indent + (_TERM + 2 * signs) * scale,
        fact=indent + min(label * _LABEL * edition.size + 3, width / 3),
        step=_STEP * scale,
    )


def document(*, font: str, language: str, measures: Measures) -> Document:
    """An empty document with all its styles."""
    made, size = docx.Document(), measures.size
    section = made.sections[0]
    section.page_width, section.page_height = map(Mm, measures.page)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    _fonts(made, font, size, language)
    normal = made.styles["Normal"].paragraph_format
    normal.space_after, normal.widow_control = Pt(6), True
    for name, scale in (("Title", 1.6), ("Heading 1", 1.25)):
        _plain(made.styles[name], size * scale)
    _plain(made.styles["Subtitle"], size * 1.1)
    _questions(made, measures)
    _blocks(made, size)
    for name, start in (("Instruction", 0.0), ("Instruction below", measures.indent)):
        note = _style(made, name, indent=start, keep=True)
        note.font.italic, note.paragraph_format.keep_together = True, True
    _bordered(_style(made, "Cover", above=6), "top", "left", "bottom", "right")
    _bordered(made.styles["Heading 1"], "bottom")
    _style(made, "End", above=18).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    code = made.styles.add_style("Code", WD_STYLE_TYPE.CHARACTER)
    code.font.name = "Courier New"
    if is_leftward(language):
        _turn(made)
    _without_thumbnail(made)
    return made


def _questions(made: Document, measures: Measures) -> None:
    """The styles of questions and what they are answered with, and of what the key says of them."""
    indent = measures.indent
    question = _style(made, "Question", above=12, indent=indent, hang=indent, keep=True)
    question.paragraph_format.keep_together = True
    option = measures.option - indent
    _style(made, "Option", above=3, indent=measures.option, hang=option)
    _style(made, "Below", above=3, indent=indent)
    _style(made, "Lead", above=8)
    ends = (
        ("Field", 0.0, measures.width),
        ("Answer line", indent, measures.column),
        ("Essay line", indent, measures.width),
    )
    for name, start, end in ends:
        line = _style(made, name, above=12, indent=start).paragraph_format
        line.tab_stops.add_tab_stop(Mm(end), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
    for name, start, hang in (
        ("Term", measures.term, measures.term - indent),
        ("Fact", measures.fact, measures.fact - indent),
        ("Work", indent, indent),
    ):
        hanging = _style(made, name, above=3 if name == "Term" else 0, indent=start, hang=hang).paragraph_format
        hanging.tab_stops.add_tab_stop(Mm(start))


def _blocks(made: Document, size: int) -> None:
    """The styles of an author's blocks."""
    _style(made, "Text", above=3)
    for name, room in (("Cell", 2), ("Gap between tables", 0)):
        cell = _style(made, name, above=room).paragraph_format
        cell.space_after = Pt(room)
    made.styles["Gap between tables"].font.size = Pt(4)
    code = _style(made, "Code block", above=3)
    code.font.name = "Courier New"
    _sized(code, round(size * 1.8) / 2)
    code.paragraph_format.keep_together = True
    code.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    put(code.element.get_or_add_pPr(), element("w:shd", val="clear", color="auto", fill=_SHADE))
    verse = _style(made, "Verse", above=3)
    verse.paragraph_format.keep_together = True
    quote: Any = made.styles["Quote"]
    quote.font.italic, quote.font.color.rgb = False, RGBColor(0, 0, 0)
    quote.paragraph_format.space_before = quote.paragraph_format.space_after = Pt(3)
    _bordered(quote, "left")
    entry = made.styles["List Paragraph"].paragraph_format
    entry.space_before, entry.space_after = Pt(1), Pt(2)
    for old in made.styles["List Paragraph"].element.pPr.findall(qn("w:contextualSpacing")):
        old.getparent().remove(old)


def _turn(made: Document) -> None:
    """Let all paragraphs, and the columns of each section, run from right to left, but for code."""
    put(made.styles["Normal"].element.get_or_add_pPr(), OxmlElement("w:bidi"))
    put(made.styles["Code block"].element.get_or_add_pPr(), element("w:bidi", val="0"))
    properties: Any = made.sections[0]._sectPr  # noqa: SLF001 - python-docx has no direction of sections
    put(properties, OxmlElement("w:bidi"))


def _scale(size: int) -> float:
    """By how much large print widens indents: less than its letters, since its lines are short."""
    return min(size / 11, 2)


def _fonts(made: Document, font: str, size: int, language: str) -> None:
    normal = made.styles["Normal"]
    normal.font.name = font
    _sized(normal, size)
    properties: Any = normal.element.get_or_add_rPr()
    properties.append(element("w:lang", val=language, eastAsia=language, bidi=language))


def _sized(style: Any, size: float) -> None:
    """Text of that size in every script: Arabic, Hebrew and others have one of their own, in half points."""
    style.font.size = Pt(size)
    properties = style.element.get_or_add_rPr()
    for own in properties.findall(qn("w:szCs")):
        properties.remove(own)
    properties.find(qn("w:sz")).addnext(element("w:szCs", val=round(size * 2)))


def _bordered(style: Any, *sides: str) -> None:
    """A thin line on these sides, which come in the order of the standard (ECMA-376, 17.3.1.24)."""
    borders = OxmlElement("w:pBdr")
    room = {"left": 6} if len(sides) == 1 else dict.fromkeys(sides, 4)
    for side in sides:
        borders.append(element(f"w:{side}", val="single", sz=6, space=room.get(side, 1), color="auto"))
    put(style.element.get_or_add_pPr(), borders)


def _without_thumbnail(made: Document) -> None:
    """python-docx's own empty document comes with the picture of a page."""
    relations = made.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def _plain(style: Any, size: float) -> None:
    """A heading in the font of the text, black, without Word's line."""
    style.font.color.rgb, style.font.bold, style.font.italic = RGBColor(0, 0, 0), True, False
    style.font.cs_bold = True
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


def footer(made: Document, said: list[str], width: float, language: str) -> None:
    """On `width` millimetres: what the document is, and on the right the page's number and how many there are, which Word fills in."""
    leftward = is_leftward(language)
    paragraph = made.sections[0].footer.paragraphs[0]
    paragraph.style.paragraph_format.tab_stops.clear_all()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    for place, text in enumerate(said):
        shown = guarded(clean(text), is_leftward=leftward)
        for piece, flow in pieces(" · " * (place > 0) + shown, is_leftward=leftward):
            paragraph.add_run(piece).font.rtl = flow or None
    paragraph.add_run().add_tab()
    if leftward:
        paragraph.add_run(MARK)  # or the numbers would change places; after them too
    for i, field in enumerate(("PAGE", "NUMPAGES")):
        if i:
            paragraph.add_run(" / ")
        paragraph._p.append(element("w:fldSimple", instr=field))  # noqa: SLF001 - python-docx has no fields
    if leftward:
        paragraph.add_run(MARK)


def set_columns(made: Document, count: int) -> None:
    """Set what follows in so many columns, from the same page on."""
    properties: Any = made.add_section(WD_SECTION.CONTINUOUS)._sectPr  # noqa: SLF001 - python-docx has no columns
    columns = properties.find(qn("w:cols"))
    columns.set(qn("w:num"), str(count))
    columns.set(qn("w:space"), str(int(Mm(GUTTER).twips)))

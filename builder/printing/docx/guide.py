"""What markers get beside the keys, as DOCX: the guide to open questions, and the legend that tells versions apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from builder.printing.docx import tables
from builder.printing.docx.blocks import Place, need, write
from builder.printing.docx.paper import fields, section
from builder.printing.docx.runs import Sign
from builder.printing.keys import EssayKey, ShortKey
from builder.printing.number import NumericKey
from builder.text.tree import Listing, Paragraph, Run, lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.printing.answers import Answer
    from builder.printing.docx.document import Desk
    from builder.printing.marking import Guide, Legend
    from builder.printing.number import SolvedPoint
    from builder.printing.text import Text

_LARGE = 18  # points of print from which on levels are a list, and fewer versions stand beside each other
_BESIDE = 4  # levels that fit beside each other
_REMARKS = 2  # lines
_NARROW, _PORTION, _QUESTION = 20, 27, 58  # millimetres, for text of ordinary size


def guide(desk: Desk, document: Guide) -> None:
    """Write the marking guide."""
    words = desk.words
    desk.head()
    fields(desk, (words["candidate"], words["name"]))
    desk.line("Normal", [Run(words["confidential"], strong=True)], space_before=Pt(12))
    for part in document.sections:
        section(desk, part, [part.choose], lambda answer: _marked(desk, answer))


def _marked(desk: Desk, answer: Answer) -> None:
    """Write by what an answer is marked, and room for marks and remarks."""
    match answer.key:
        case NumericKey():
            _points(desk, desk.words["answer"], answer.key.rows, least=_PORTION)
        case ShortKey():
            _points(desk, desk.words["key_points"], answer.key.key_points)
        case EssayKey():
            _rubric(desk, answer.key)
        case kind:
            message = f"no open question, which the guide leaves out: {kind}"
            raise AssertionError(message)
    desk.line("Answer line", [Run(f"{desk.words['remarks']}{desk.words['colon']} "), Sign.TAB], keep_with_next=True)
    for _ in range(_REMARKS - 1):
        desk.line("Answer line", [Sign.TAB])


def _points(desk: Desk, head: str, points: Sequence[SolvedPoint], *, least: float = _NARROW) -> None:
    """Write what an answer is marked by, with a column for its marks of `least` millimetres at least."""
    rows = [[it.text, _said(it.points), ()] for it in points]
    _awarded(desk, [_said(head, is_strong=True)], rows, least)


def _rubric(desk: Desk, key: EssayKey) -> None:
    """Write a rubric: up to four levels beside each other; more, and any in large print, are a list below the criterion."""
    words, most = desk.words, max(len(row.levels) for row in key.rubric)
    criterion = _said(words["criterion"], is_strong=True)
    if most <= _BESIDE and desk.measures.size < _LARGE:
        levels = [_said(f"{words['level']} {n}", is_strong=True) for n in range(1, most + 1)]
        rows = [[row.text, *row.levels, *[()] * (most - len(row.levels)), _said(row.marks), ()] for row in key.rubric]
        _awarded(desk, [criterion, *levels], rows)
    else:
        rows = [[(*row.text, Listing(row.levels, start=1)), _said(row.marks), ()] for row in key.rubric]
        _awarded(desk, [(*criterion, *_said(words["levels"]))], rows)


def _awarded(desk: Desk, head: list[Text], rows: list[list[Text]], least: float = _NARROW) -> None:
    """Write a table whose last columns are the marks that there are and room for those awarded."""
    words, indent = desk.words, desk.measures.indent
    names = [words["marks"], words["awarded"]]
    letter = tables.LETTER * desk.measures.size
    narrow = [max(least, (len(name) + 1) * letter * tables.BOLD + 2 * tables.PADDING) for name in names]
    room = desk.measures.column - indent - sum(narrow)
    needs = [
        need([line for row in (head, *rows) for line in lines(row[n])], letter * tables.BOLD) for n in range(len(head))
    ]
    own = tables.fitted(needs, room)
    widths = [*(width * room / sum(own) for width in own), *narrow]
    heads = [*head, *(_said(name, is_strong=True) for name in names)]
    _grid(desk, widths, heads, rows, indent=indent, has_total=True)


def legend(desk: Desk, document: Legend) -> None:
    """Write the version legend: number and answer of each question in each version, some versions to a table."""
    words, scale = desk.words, desk.measures.scale
    desk.head()
    desk.line("Normal", [Run(words["confidential"], strong=True), Run(" · "), Run(words["legend_note"])])
    at_once = 3 if desk.measures.size >= _LARGE else 7
    first = _QUESTION * max(1, scale * 0.7)
    for start in range(0, len(document.versions), at_once):
        names = document.versions[start : start + at_once]
        rows = [
            [
                (Paragraph((Run(f"{row.id}: "), *row.prompt)),),
                *(_said(f"{cell.number} {cell.key}".strip()) for cell in row.cells[start : start + at_once]),
            ]
            for row in document.rows
        ]
        widths = [first, *[(desk.measures.width - first) / len(names)] * len(names)]
        heads = [words["question"], *(f"{words['version']} {name}" for name in names)]
        _grid(desk, widths, [_said(word, is_strong=True) for word in heads], rows)


def _grid(
    desk: Desk,
    widths: Sequence[float],
    head: Sequence[Text],
    rows: Sequence[Sequence[Text]],
    *,
    indent: float = 0,
    has_total: bool = False,
) -> None:
    """Write a table; in a row for the total of the last column nothing stands but its name."""
    made = desk.table(1 + len(rows) + has_total, len(widths))
    tables.shape(made, widths, indent=indent, is_leftward=desk.is_leftward)
    texts = [head, *rows]
    for count, (row, cells) in enumerate(zip(made.rows, texts, strict=False)):
        tables.keep_whole(row, is_head=count == 0)
        for cell, text, width in zip(row.cells, cells, widths, strict=True):
            with desk.inside(cell):
                own = width - 2 * tables.PADDING
                paragraphs = write(desk, text, Place("Cell", 0, own, others="Cell"))
                if count == 0:
                    desk.keep(paragraphs)
    if has_total:
        total = made.rows[-1]
        tables.keep_whole(total)
        name = total.cells[0].merge(total.cells[-2])
        with desk.inside(name):
            desk.line("Cell", desk.words["total"], alignment=WD_ALIGN_PARAGRAPH.RIGHT)
        with desk.inside(total.cells[-1]):
            desk.line("Cell")


def _said(words: str, *, is_strong: bool = False) -> Text:
    return (Paragraph((Run(words, strong=is_strong),)),)

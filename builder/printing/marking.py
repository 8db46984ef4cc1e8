"""What markers get beside the keys: the guide to open questions, and the legend that tells versions apart."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from builder.model import Cloze
from builder.paper.sheet import TABLE
from builder.printing.answers import brief, solved
from builder.printing.form import head
from builder.printing.formula import Formula
from builder.printing.text import Gap, filled, on_one_line, read
from builder.text import cloze, markup
from builder.text.tree import Picture, Run, Sound

if TYPE_CHECKING:
    from builder.model import Item
    from builder.paper.record import QuizItem, SectionName
    from builder.printing.answers import Answer
    from builder.printing.form import Form, Head, Section
    from builder.printing.text import Line, Node
    from builder.printing.works import Works
    from builder.wording import Wording

_ROOM, _LARGE_ROOM = 42, 22  # letters of a line of the legend, in usual and in large print
_LETTERS = 2.1  # to the em


class Guide(NamedTuple):
    """The marking guide: numbers with their ranges, open questions with key points and rubrics, and room for marks."""

    head: Head
    sections: tuple[Section[Answer], ...]


class Cell(NamedTuple):
    """A question in one version: its number, as `12` or `12 (a)`, and its answer in a few signs or nothing."""

    number: str
    key: str


class Row(NamedTuple):
    """A question of the legend: its item's id, the start of its prompt, and a cell for each version."""

    id: str
    prompt: Line
    cells: tuple[Cell, ...]


class Legend(NamedTuple):
    """Each question of the first version, and its number and answer in every version."""

    head: Head
    versions: tuple[str, ...]
    rows: tuple[Row, ...]


def is_guided(section: SectionName) -> bool:
    """Whether the answers of a section are marked by key points, ranges or a rubric, which the guide prints."""
    match section:
        case "numeric" | "short" | "essay":
            return True
        case "mcq" | "truefalse" | "matching" | "ordering" | "cloze" | "occlusion" | "basic":
            return False


def guide(form: Form, works: Works) -> Guide:
    """The marking guide of a version."""
    return Guide(head(form), solved(form, works, lambda entry: is_guided(entry.section)))


def legend(forms: list[Form]) -> Legend:
    """The legend of all versions."""
    first = forms[0]
    room = _LARGE_ROOM if first.quiz.edition.size > min(TABLE) else _ROOM
    pairs = [{entry.id: (entry, item) for entry, item in form.pairs} for form in forms]
    return Legend(
        head=head(first)._replace(version=""),
        versions=tuple(form.version.name for form in forms),
        rows=tuple(
            Row(
                id=item.id,
                prompt=_start(item, first.course.language, room),
                cells=tuple(_cell(first.words, *by_id[item.id]) for by_id in pairs),
            )
            for _, item in first.pairs
        ),
    )


def _cell(words: Wording, entry: QuizItem, item: Item) -> Cell:
    return Cell(entry.label, brief(words, entry, item))


def _start(item: Item, language: str, room: int) -> Line:
    """As much of a prompt as fits a line of the legend: formulas as they are drawn, pictures and sounds in words.

    `room` is counted in letters. Of `What is $x^2$ in this case?` a room of 12
    letters takes `What is`, the formula, and a sign that more follows.
    """
    text = read(item, language, _asked(item))
    line = [_brief(node) for node in on_one_line(text)]
    if sum(map(_letters, line)) <= room:
        return tuple(line)
    made: list[Node] = []
    for node in line:
        room -= _letters(node)
        if room <= 0:
            kept = node.text[: room - 1].rstrip() if isinstance(node, Run) else ""
            return (*made, Run(f"{kept}\u2026"))
        made.append(node)
    return tuple(made)


def _asked(item: Item) -> str:
    """A prompt with what its blanks hide; values, which each version has others of, by their names: `{{m}} kg` is `m kg`."""
    if item.values and isinstance(item.values.typed["prompt"], str):
        prompt = item.values.put(item.values.typed["prompt"], lambda inner, _: inner.rpartition(":")[0] or inner)
        return cloze.filled(prompt) if isinstance(item, Cloze) else prompt
    return filled(item) if isinstance(item, Cloze) else item.prompt


def _brief(node: Node) -> Node:
    """A node as it stands in a line among others."""
    match node:
        case Run():
            return node._replace(text=" ".join(node.text.split("\n")) or " ", href="", break_=False)
        case Formula():
            return node._replace(display=False, parts=())
        case Picture() | Sound():
            return Run(markup.words(node))
        case Gap():
            return Run("_")


def _letters(node: Node) -> int:
    """How wide a node is, in letters of a usual width."""
    return ceil(node.width * _LETTERS) if isinstance(node, Formula) else len(node.text) if isinstance(node, Run) else 0

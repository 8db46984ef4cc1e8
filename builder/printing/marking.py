"""What markers get beside the keys: the guide to open questions, and the legend that tells versions apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder.model import Cloze
from builder.printing.answers import brief, solved
from builder.printing.form import head
from builder.printing.text import filled
from builder.text import markup

if TYPE_CHECKING:
    from builder.model import Item
    from builder.paper.record import SectionName
    from builder.printing.answers import Answer, Works
    from builder.printing.form import Form, Head, Section

_LINE = 42  # characters


@dataclass(frozen=True, slots=True)
class Guide:
    """The marking guide: numbers with their ranges, open questions with key points and rubrics, and room for marks."""

    head: Head
    sections: tuple[Section[Answer], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A question in one version: its number, and its answer in a few signs or nothing."""

    number: int
    key: str


@dataclass(frozen=True, slots=True)
class Row:
    """A question of the legend: its item's id, the start of its prompt, and a cell for each version."""

    id: str
    prompt: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """Each question of the first version, and its number and answer in every version."""

    head: Head
    versions: tuple[str, ...]
    rows: tuple[Row, ...]


def is_guided(section: SectionName) -> bool:
    """Whether the answers of a section are marked by key points, ranges or a rubric, which the guide prints."""
    match section:
        case "numeric" | "short" | "essay":
            return True
        case "mcq" | "truefalse" | "matching" | "ordering" | "cloze" | "basic":
            return False


def guide(form: Form, works: Works) -> Guide:
    """The marking guide of a version."""
    return Guide(head(form), tuple(part for part in solved(form, works) if is_guided(part.kind)))


def legend(forms: list[Form]) -> Legend:
    """The legend of all versions."""
    first = forms[0]
    entries = [{entry.id: entry for entry in form.version.items} for form in forms]
    return Legend(
        head=replace(head(first), version=""),
        versions=tuple(form.version.name for form in forms),
        rows=tuple(
            Row(
                id=item.id,
                prompt=_start(item),
                cells=tuple(Cell(by_id[item.id].number, brief(first.words, by_id[item.id], item)) for by_id in entries),
            )
            for _, item in first.pairs
        ),
    )


def _start(item: Item) -> str:
    """As much of a prompt as fits a line of the legend."""
    text = markup.plain(filled(item) if isinstance(item, Cloze) else item.prompt)
    return text if len(text) <= _LINE else f"{text[: _LINE - 1].rstrip()}\u2026"

"""What every format gives back: files and losses when it writes, entries and notes when it reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from builder.diagnostics import At, Diagnostic, Finding, Severity, Span
from builder.model.values import said_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.diagnostics import Keys
    from builder.model import Course, Item

LOST = "lost"  # the code of what a format can't hold
LEFT_OUT = "left out:"  # so begins the message of a loss that is a whole item
REFUSED = "not-imported"  # the code of a question that is not taken in
MOST_BYTES = 256 * 1024 * 1024  # of a file to be read


@dataclass(frozen=True, slots=True)
class Written:
    """The files of an export by name, and what the format could not hold, each with its place in the course."""

    files: Mapping[str, bytes]
    losses: Sequence[Finding]


class Entry(NamedTuple):
    """A question that was read: its keys as a bank has them, what its id is made from, and where it stands."""

    value: dict[str, Any]
    wish: str
    span: Span


@dataclass(slots=True)
class Read:
    """What a file comes to.

    `entries` have no ids yet (`builder.exchange._ids`). `notes` tell of what was dropped, as warnings, and of
    questions that were left out, as errors. `files` are pictures and sounds, by their names in the course;
    `themes` the titles of themes, by their ids. `told` says how the file was read where it left that open. `titles` are
    those of the quizzes or banks in it: a bank that is made of the file has its name of the only one.
    """

    entries: list[Entry] = field(default_factory=list)
    notes: list[Diagnostic] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    themes: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    titles: dict[str, None] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title of the quiz or bank that the file is; empty where it says none, or has several."""
        return next(iter(self.titles)) if len(self.titles) == 1 else ""

    def lost(self, span: Span, message: str, remedy: str = "") -> None:
        """Note that something of a question was dropped."""
        self.notes.append(Diagnostic(span, LOST, message, remedy, Severity.WARNING))

    def refused(self, span: Span, message: str, remedy: str = "") -> None:
        """Note that a question was left out."""
        self.notes.append(Diagnostic(span, REFUSED, message, remedy))


class Format(Protocol):
    """A module of this folder. One that only writes or only reads lacks the other functions.

    Formats of tables have `read_columns` besides, which is told what some columns hold.
    """

    __doc__: str | None

    def write(self, course: Course, items: Sequence[Item]) -> Written:
        """The items as files of the format."""

    def read(self, name: str, data: bytes) -> Read:
        """What the file comes to.

        Raises:
            BrokenSourceError: the file as a whole can't be read.
        """

    def read_columns(self, name: str, data: bytes, columns: str) -> Read:
        """What the table comes to, of whose columns some are named."""

    def looks_like(self, name: str, data: bytes) -> bool:
        """Whether the file is probably of this format."""


class BrokenSourceError(Exception):
    """A file as a whole is not of its format, or not safe to read."""

    def __init__(self, span: Span, message: str, remedy: str = "") -> None:
        """Name the place and the reason."""
        super().__init__(message)
        self.diagnostic = Diagnostic(span, "broken-source", message, remedy)


class UnfitError(Exception):
    """A question that can't become an item; the message says why."""


class Losses:
    """Gathers what a format can't hold of an item."""

    def __init__(self, course: Course) -> None:
        """Start with nothing lost."""
        self._course = course
        self.found: list[Finding] = []

    def add(self, item: Item, keys: Keys, message: str, remedy: str = "") -> None:
        """Note that the value at these keys of the item is lost; without keys, the item is."""
        at = self._course.at.get(item.id, At(self._course.path, (item.id,)))
        there = At(at.path, (*at.keys, *keys))
        self.found.append(Finding(there, LOST, message, remedy, Severity.WARNING))


def stand_alone(course: Course, items: Sequence[Item]) -> tuple[list[Item], list[Finding]]:
    """The items, each by itself, as no other system ties them together; and what is lost by that.

    A passage stands above each of its questions. Of an item with values there is one variant.
    """
    losses, made = Losses(course), []
    for item in items:
        alone = item
        if item.values:
            drawn = said_of(item.values.drawn)
            losses.add(
                item, ("values",), f"one variant of it is written, with {drawn}", "export it once for each variant"
            )
            alone = alone.model_copy(update={"values": None, "where": ()})
        if item.passage:
            losses.add(item, ("passage",), "its passage stands above this question, and above each other one on it")
            said = item.passage.text
            if item.math and not item.passage.math:
                said = said.replace("$", "\\$")  # where TeX is read, a dollar that is a sign is typed so
            elif item.passage.math and not item.math:
                losses.add(
                    item, ("math",), "the formulas of its passage are written as they are typed", "add 'math: true'"
                )
            above = "\n\n".join(filter(None, (item.passage.title, said, item.prompt)))
            update = {"passage": None, "prompt": above}
            alone = alone.model_copy(update=update)
        made.append(alone)
    return made, losses.found

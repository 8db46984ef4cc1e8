"""The papers that a course has given: taking another one down, and how often each item was on one."""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress
from textwrap import indent
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from builder.diagnostics import BuilderError
from builder.model import GivenPaper, History
from builder.source.nodes import dump, values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course
    from builder.paper.record import Quiz

_HEAD = "# The papers that were given, oldest first: `her-study quiz --record` adds one. Commit it.\n"
_EMPTY = re.compile(
    r"^papers:[ \t]*(?:\[\s*\])[ \t]*(?:#[^\r\n]*)?\r?\n?", re.MULTILINE
)  # a list with nothing in it yet
_MARGINS = ("", "  ", "    ")  # of the list, as its author has it


class Use(NamedTuple):
    """An item's use: on which papers it stood, and whether it has changed since the last of them."""

    id: str
    papers: tuple[GivenPaper, ...]
    changed: bool


def taken_down(text: str, quiz: Quiz, date: str) -> str | None:
    """The text of the history with this paper at its end; None where it holds the very same paper already.

    `text` is that of the file, empty where there is none. What stands in the file stays as it is, comments included. `date` is ISO 8601.

    Raises:
        BuilderError: another paper of that name is in it, the paper has none, something follows the list, or the text
            is no history.
    """
    history = _read(text)
    if not quiz.name.strip():
        message = "the history needs a name of the paper; give it one with --name"
        raise BuilderError(message)
    paper = GivenPaper(
        paper=quiz.name,
        date=date,
        seed=quiz.seed,
        blueprint=quiz.blueprint,
        items=dict(sorted((item.id, item.digest) for item in quiz.items)),
    )
    for given in history.papers:
        if given.paper == paper.paper:
            if given.items == paper.items:
                return None
            message = (
                f"the history has another paper '{paper.paper}', of {given.date}; give this one a name with --name"
            )
            raise BuilderError(message)
    return _grown(text, history, paper)


def _grown(text: str, history: History, paper: GivenPaper) -> str:
    """The text with a paper at the end of its list, indented as that is, with its line ends."""
    entry = dump({"papers": [paper.model_dump(exclude_defaults=True)]}).split("\n", 1)[1]
    before = text or _HEAD + dump({"schema": history.schema_})
    end = "\r\n" if "\r\n" in before else "\n"
    if not history.papers:
        before = _EMPTY.sub("", before)
    before = before.removesuffix("\n").removesuffix("\r") + (end if history.papers else f"{end}papers:{end}")
    wanted = History(papers=(*history.papers, paper))
    for margin in _MARGINS:
        after = before + indent(entry, margin).replace("\n", end)
        parsed = values("history.yaml", after)
        if not parsed.faults and _is(parsed.value, wanted):
            return after
    message = "the history can't be added to at its end; let `papers:` be its last key, with its list in lines"
    raise BuilderError(message)


def _read(text: str) -> History:
    """The history that a text holds; an empty one for no text."""
    if not text.strip():
        return History()
    parsed = values("history.yaml", text)
    if not parsed.faults:
        with suppress(ValidationError):
            return History.model_validate(parsed.value)
    message = "history.yaml is not sound; `her-study check` says what is wrong with it"
    raise BuilderError(message)


def _is(value: object, wanted: History) -> bool:
    try:
        return History.model_validate(value) == wanted
    except ValidationError:
        return False


def usage(course: Course) -> Iterator[Use]:
    """Every item in use: those of most papers first, then in the order of study."""
    papers: dict[str, list[GivenPaper]] = defaultdict(list)
    for paper in course.history.papers:
        for name in paper.items:
            papers[name].append(paper)
    for item in sorted(course.active, key=lambda item: -len(papers[item.id])):
        given = tuple(papers[item.id])
        yield Use(item.id, given, bool(given) and given[-1].items[item.id] != item.digest)

"""The papers that a course has given: taking another one down, and how often each item was on one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from builder.diagnostics import BuilderError
from builder.model import GivenPaper, History
from builder.nodes import dump, values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course
    from builder.quiz import Quiz

_HEAD = "# The papers that were given, oldest first: `her-study quiz --record` adds one. Commit it.\n"


class Use(NamedTuple):
    """An item's use: on which papers it stood, and whether it has changed since the last of them."""

    id: str
    papers: tuple[GivenPaper, ...]
    changed: bool


def taken_down(text: str, history: History, quiz: Quiz, date: str) -> str | None:
    """The text of the history with this paper at its end; None where it holds the very same paper already.

    What stands in the file stays as it is, comments included. `date` is ISO 8601.

    Raises:
        BuilderError: another paper of that name is in it, or something follows its list of papers.
    """
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
    entry = dump({"papers": [paper.model_dump(exclude_defaults=True)]}).split("\n", 1)[1]
    before = text if history.papers else _HEAD + dump({"schema": history.schema_}) + "papers:\n"
    after = before.rstrip("\n") + "\n" + entry
    parsed = values("history.yaml", after)
    wanted = History(papers=(*history.papers, paper))
    if parsed.problems or History.model_validate(parsed.value) != wanted:
        message = "the history can't be added to at its end; let `papers:` be its last key, with its list in lines"
        raise BuilderError(message)
    return after


def usage(course: Course) -> Iterator[Use]:
    """Every item in use: those of most papers first, then in the order of study."""
    papers: dict[str, list[GivenPaper]] = defaultdict(list)
    for paper in course.history.papers:
        for name in paper.items:
            papers[name].append(paper)
    for item in sorted(course.active, key=lambda item: -len(papers[item.id])):
        given = tuple(papers[item.id])
        yield Use(item.id, given, bool(given) and given[-1].items[item.id] != item.digest)

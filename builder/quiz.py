"""A drawn and ordered paper with its key, as plain data: the record saved as `quiz.json`.

Drawing is by rank: items are sorted by a hash of seed and id, so the paper is
the same on any machine and under any Python, whatever the order of the files,
and one more item in the course changes at most one drawn item.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import ConfigDict, Field

from builder.diagnostics import BuilderError
from builder.model.fields import Frozen
from builder.model.items import KINDS, Cloze, Essay, Item, Matching, Mcq, Ordering, Short, TrueFalse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from builder.model import Course

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# The order of sections on a paper: quick choices first, long writing last.
SECTIONS = ("mcq", "truefalse", "matching", "ordering", "cloze", "basic", "short", "essay")
_SECTION_OF = {kind: kind for kind in KINDS} | {"reversed": "basic"}


class QuizItem(Frozen):
    """One question of a paper.

    `order` is the printed order of what is shuffled: entry k is the index, in
    the bank, of what stands at place k (options of a choice, responses of a
    matching, steps of an ordering; empty where nothing is shuffled). `key` is
    the right answer as a marker reads it off the paper: letters for choice and
    matching, `true` or `false`, the place of each printed step, or the text.
    """

    number: Annotated[int, Field(ge=1)]
    id: str
    kind: str
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$", description="content hash of the item when it was drawn")]
    points: Annotated[int, Field(ge=1)]
    order: tuple[int, ...] = ()
    key: tuple[str, ...]


class Quiz(Frozen):
    """One version of a paper: what was drawn, in which order, and what is right."""

    model_config = ConfigDict(validate_by_name=True)

    schema_: Literal["her-study/quiz/1"] = Field("her-study/quiz/1", alias="schema")
    course: str
    title: str
    seed: str
    version: Annotated[str, Field(pattern=r"^[A-Z]{1,3}$")]
    items: tuple[QuizItem, ...]

    @property
    def points(self) -> int:
        """The marks of the whole paper."""
        return sum(item.points for item in self.items)


def rank(*parts: str) -> bytes:
    """A place in a fixed, even shuffle: SHA-256 over the parts (STYLE: draw by rank, not by dice)."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()


def draw(course: Course, count: int, seed: str, version: str = "A") -> Quiz:
    """A paper of `count` items in use, at most one of a group and no two enemies.

    Raises:
        BuilderError: the course has fewer items that may stand together.
    """
    picked: list[Item] = []
    groups: set[str] = set()
    barred: set[str] = set()
    for item in sorted(course.active, key=lambda item: rank(seed, item.id)):
        if len(picked) == count:
            break
        if item.id in barred or item.group in groups or any(other.id in item.enemies for other in picked):
            continue
        picked.append(item)
        barred.update(item.enemies)
        groups |= {item.group} if item.group else set()
    if len(picked) < count:
        message = f"only {len(picked)} items can stand on one paper, {count} were asked for; ask for fewer with --items"
        raise BuilderError(message)
    return arrange(course, picked, seed, version)


def arrange(course: Course, items: Iterable[Item], seed: str, version: str) -> Quiz:
    """The paper of just these items: in sections, each in the rank order of seed and version."""
    ordered = sorted(items, key=lambda item: (SECTIONS.index(section(item)), rank(seed, version, item.id)))
    entries = tuple(_entry(item, number, seed, version) for number, item in enumerate(ordered, 1))
    return Quiz(course=course.id, title=course.title, seed=seed, version=version, items=entries)


def section(item: Item) -> str:
    """The section of the paper that an item belongs to."""
    return _SECTION_OF[item.kind]


def _entry(item: Item, number: int, seed: str, version: str) -> QuizItem:
    order = shuffled(item, seed, version)
    return QuizItem(
        number=number,
        id=item.id,
        kind=item.kind,
        digest=item.digest,
        points=item.points,
        order=order,
        key=_key(item, order),
    )


def shuffled(item: Item, *seed: str) -> tuple[int, ...]:
    """The printed order of an item's options, responses or steps: entry k is the index of what stands at k.

    Pinned options keep to their end, numbers stay in the author's order, and
    an ordering is never printed solved.
    """
    match item:
        case Mcq():
            if item.is_ordered:
                return tuple(range(len(item.options)))
            ends = {"first": 0, None: 1, "last": 2}
            return _by_rank([o.text for o in item.options], item.id, *seed, ends=[ends[o.pin] for o in item.options])
        case Matching():
            return _by_rank(item.responses, item.id, *seed)
        case Ordering():
            order = _by_rank(item.sequence, item.id, *seed)
            return order if order != tuple(sorted(order)) else (*order[1:], order[0])
    return ()


def _by_rank(texts: Sequence[str], *seed: str, ends: Sequence[int] | None = None) -> tuple[int, ...]:
    # Ranked by text, so that the order of the options in the bank does not matter; equal texts by place.
    return tuple(sorted(range(len(texts)), key=lambda i: (ends[i] if ends else 0, rank(*seed, texts[i]), i)))


def _key(item: Item, order: Sequence[int]) -> tuple[str, ...]:
    match item:
        case Mcq():
            return tuple(LETTERS[place] for place, i in enumerate(order) if item.options[i].is_right)
        case TrueFalse():
            return ("true" if item.answer else "false",)
        case Matching():
            return tuple(LETTERS[order.index(i)] for i in range(len(item.pairs)))
        case Ordering():
            return tuple(str(i + 1) for i in order)
        case Cloze():
            return tuple(blank.text for blank in item.blanks)
        case Short():
            return tuple(point.point for point in item.key_points)
        case Essay():
            return tuple(row.criterion for row in item.rubric)
    return (item.answer,)

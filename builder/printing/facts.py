"""The answer to a question as labelled lines, for formats that have no layout of their own for each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.fields import LETTERS
from builder.printing.keys import (
    BasicKey,
    ClozeKey,
    EssayKey,
    MatchingKey,
    McqKey,
    OcclusionKey,
    OrderingKey,
    ShortKey,
    TrueFalseKey,
)
from builder.printing.number import NumericKey
from builder.text.tree import Paragraph, Run, followed, joined, mapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.printing.answers import Answer
    from builder.printing.keys import RubricRow, SolvedOption
    from builder.printing.text import Line, Node, Text
    from builder.wording import Wording

_ENDS = (".", "?", "!", "\u2026", "\u3002", "\uff1f", "\uff01", "\u061f")  # of a sentence


Fact = tuple[str, "Text"]  # a label, and what it labels


def facts(words: Wording, answer: Answer) -> Iterator[Fact]:
    """What is right and how it is scored, why, where to read it up, and what the item is about: line by line."""
    yield from _right(words, answer)
    if answer.working.drawn:
        yield words["drawn"], _said(Run(answer.working.drawn))
    if answer.working.steps:
        yield words["calculation"], _said(Run(answer.working.steps))
    if answer.scoring:
        yield words["scoring"], _said(Run(answer.scoring))
    if answer.explanation:
        yield words["explanation"], answer.explanation
    if answer.sources:
        yield words["source"], _said(Run("; ".join(answer.sources)))
    if answer.works:
        cited = [(*work.cited, Run(f" [{work.number}]")) for work in answer.works]
        yield words["works"], _said(*(run for i, it in enumerate(cited) for run in ((Run(", "),) * (i > 0) + it)))
    yield words["item"], _said(Run(" · ".join(answer.about)))


def _right(words: Wording, answer: Answer) -> Iterator[Fact]:
    """What is right, part by part."""
    brief = _said(Run(answer.brief, strong=True))
    match answer.key:
        case McqKey(options):
            yield words["answer"], brief
            for letter, option in zip(LETTERS, options, strict=False):
                yield letter, _option(words, option)
        case TrueFalseKey(correction=correction):
            yield words["answer"], brief
            if correction:
                yield words["correction"], correction
        case MatchingKey(pairs):
            yield words["answer"], brief
            for number, pair in enumerate(pairs, 1):
                between = (Run(" – "), Run(pair.letter, strong=True), Run(" "))
                yield f"({number})", joined(pair.term, between, pair.text)
        case OrderingKey(steps):
            yield words["places"], followed(brief, (Run(f" ({words['as_printed']})"),))
            yield from ((f"{number}", step) for number, step in enumerate(steps, 1))
        case ClozeKey():
            yield from _gaps(words, answer.key)
        case OcclusionKey():
            yield from _boxes(words, answer.key)
        case BasicKey(said, accept):
            yield words["answer"], mapped(said, _bold)
            yield from ((words["accepted"], text) for text in accept)
        case NumericKey():
            yield from _number(words, answer.key)
        case ShortKey(points):
            yield from ((words["key_points"], followed(it.text, (Run(f" [{it.points}]"),))) for it in points)
        case EssayKey(rubric):
            yield from ((words["criterion"], _row(row)) for row in rubric)


def _gaps(words: Wording, key: ClozeKey) -> Iterator[Fact]:
    for number, (gap, others) in enumerate(zip(key.gaps, key.accept, strict=True), 1):
        yield f"{words['gap']} {number}", _said(*_lettered(key, number), *_bold(gap))
        yield from ((words["accepted"], text) for text in others)


def _boxes(words: Wording, key: OcclusionKey) -> Iterator[Fact]:
    for number, (label, others) in enumerate(zip(key.labels, key.accept, strict=True), 1):
        said, letter = mapped(label, _bold), _lettered(key, number)
        yield (
            f"({number})" if len(key.labels) > 1 else words["answer"],
            joined(_said(*letter), (), said) if letter else said,
        )
        yield from ((words["accepted"], text) for text in others)


def _lettered(key: ClozeKey | OcclusionKey, number: int) -> Line:
    """The letter of a gap's right word, before that word; nothing where words have none."""
    return (Run(key.letters[number - 1], strong=True), Run("\u00a0 ")) if key.letters else ()


def _number(words: Wording, key: NumericKey) -> Iterator[Fact]:
    yield words["answer"], mapped(key.answer, _bold)
    yield from ((words["marks"], followed(it.text, (Run(f" [{it.points}]"),))) for it in key.rows)
    if key.units:
        yield words["unit"], key.units


def _option(words: Wording, option: SolvedOption) -> Text:
    right = (Run(f" ({words['right']})"),) if option.right else ()
    said = followed(mapped(option.text, _bold) if option.right else option.text, right)
    if option.why and isinstance(said[-1], Paragraph):
        # A sentence has its own end; behind it a colon would be one sign too many.
        last = said[-1].runs[-1]
        ended = isinstance(last, Run) and last.text.rstrip().endswith(_ENDS)
        return joined(said, (Run(" \u2013 " if ended else ": "),), option.why)
    return (*said, *option.why)  # after a table or a program, a colon would stand on a line by itself


def _row(row: RubricRow) -> Text:
    made = followed(mapped(row.text, _bold), (Run(f" ({row.marks}): "),))
    for number, level in enumerate(row.levels):
        made = joined(made, (Run(" / "),) * (number > 0), level)
    return made


def _said(*nodes: Node) -> Text:
    return (Paragraph(nodes),)


def _bold(line: Line) -> Line:
    return tuple(it._replace(strong=True) if isinstance(it, Run) and not it.break_ else it for it in line)

"""The answer to a question as labelled lines, for formats that have no layout of their own for each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.items import LETTERS
from builder.printing.answers import (
    BasicKey,
    ClozeKey,
    EssayKey,
    MatchingKey,
    McqKey,
    OrderingKey,
    ShortKey,
    TrueFalseKey,
)
from builder.text.markup import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.printing.answers import Answer, RubricRow, SolvedOption
    from builder.printing.runs import Runs
    from builder.wording import Wording

Fact = tuple[str, "Runs"]  # a label, and what it labels


def facts(words: Wording, answer: Answer) -> Iterator[Fact]:
    """What is right, why, where to read it up, and what the item is about: line by line."""
    yield from _right(words, answer)
    if answer.explanation:
        yield words["explanation"], answer.explanation
    for source in answer.sources:
        yield words["source"], (Run(source),)
    if answer.works:
        yield words["works"], _joined(", ", ((*work.cited, Run(f" [{work.number}]")) for work in answer.works))
    yield words["item"], (Run(" · ".join(answer.about)),)


def _right(words: Wording, answer: Answer) -> Iterator[Fact]:
    """What is right, part by part."""
    brief = (Run(answer.brief, strong=True),)
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
                yield f"({number})", (*pair.term, Run(" – "), Run(pair.letter, strong=True), Run(" "), *pair.text)
        case OrderingKey(steps):
            yield words["boxes"], brief
            yield from ((f"{number}", step) for number, step in enumerate(steps, 1))
        case ClozeKey(gaps):
            yield from ((f"{words['gap']} {number}", _strong(gap)) for number, gap in enumerate(gaps, 1))
        case BasicKey(said, accept):
            yield words["answer"], _strong(said)
            yield from ((words["accepted"], text) for text in accept)
        case ShortKey(points):
            yield from ((words["key_points"], (*point.text, Run(f" [{point.points}]"))) for point in points)
        case EssayKey(rubric):
            yield from ((words["criterion"], _row(row)) for row in rubric)


def _option(words: Wording, option: SolvedOption) -> Runs:
    right = [Run(f" ({words['right']})")] if option.right else []
    why = [Run(": "), *option.why] if option.why else []
    return (*(_strong(option.text) if option.right else option.text), *right, *why)


def _row(row: RubricRow) -> Runs:
    return (*_strong(row.text), Run(f" ({row.marks}): "), *_joined(" / ", row.levels))


def _joined(sign: str, texts: Iterable[Runs]) -> Runs:
    """Texts in a row, a sign between them."""
    return tuple(run for i, text in enumerate(texts) for run in ((Run(sign),) * (i > 0) + text))


def _strong(runs: Runs) -> Runs:
    return tuple(run._replace(strong=True) if isinstance(run, Run) and not run.break_ else run for run in runs)

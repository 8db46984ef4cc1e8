"""An open, matching or ordering item lacks what it takes to answer and mark it fairly.

Without a limit nobody knows how much is wanted; without points that add up,
two markers give two marks. Scoring guides made beforehand are what makes essay
marks dependable (Haladyna and Rodriguez 2013, on constructed responses). Where
every response of a matching item is used up, the last pair comes free; a list
too long measures patience.

A short or essay item needs a word limit (`words:`). Its marks are those of its
points or criteria together; where `marks:` says a number, that has to be their sum. A rubric needs 3 criteria
and each criterion 3 levels. A matching item needs at least one spare response
unless some terms share a response, and may have 8 pairs. No two responses of it may differ in case and
punctuation alone, but for symbols such as mA and MA. An ordering item needs 3 to 7 steps.

Bad:

    - id: love-flawless
      kind: short
      prompt: Explain how the paper on *Her* turns Samantha's lack of flaws into a problem.
      marks: 4  # O01
      words: 70
      key_points:
        - {point: She is chosen because she is no human, marks: 1}
        - {point: She mirrors his wishes, marks: 2}

Good:

    - id: love-flawless
      kind: short
      prompt: Explain how the paper on *Her* turns Samantha's lack of flaws into a problem.
      marks: 4
      words: 70
      key_points:
        - {point: She is chosen because she is no human, marks: 2}
        - {point: She mirrors his wishes, marks: 2}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model import Basic, Cloze, Essay, Matching, Mcq, Numeric, Occlusion, Ordering, Reversed, Short, TrueFalse
from builder.rules import Hit
from builder.text.words import normal, signs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "give marks that add up, a word limit, and spare responses"
LEAST_CRITERIA, LEAST_LEVELS, MOST_PAIRS = 3, 3, 8
LEAST_STEPS, MOST_STEPS = 3, 7
SYMBOL = 3  # characters of a response that case alone may tell from another: `mA` and `MA`

Fault = tuple[tuple[str | int, ...], str, str]  # keys, message, remedy


def check(course: Course) -> Iterator[Hit]:
    """Items of the open kinds that are not ready for use."""
    for item in course.active:
        match item:
            case Short() | Essay():
                faults = _written(item)
            case Matching():
                faults = _matching(item)
            case Ordering():
                faults = _ordering(item)
            case Basic() | Reversed() | Cloze() | Occlusion() | Mcq() | TrueFalse() | Numeric():
                continue
        for keys, message, remedy in faults:
            at = course.at[item.id]
            for key in keys:
                at /= key
            yield Hit(at, message, remedy=remedy)


def _written(item: Short | Essay) -> Iterator[Fault]:
    total, parts = item.usual_marks, "key points" if isinstance(item, Short) else "criteria"
    if item.marks is not None and item.marks != total:
        yield ("marks",), f"the {parts} add up to {total}, the marks are {item.marks}", "make the two agree"
    if not item.words:
        yield ("words",), "the item has no word limit", "add 'words:' with a limit"
    if isinstance(item, Essay):
        if len(item.rubric) < LEAST_CRITERIA:
            yield ("rubric",), f"the rubric has {len(item.rubric)} criteria (at least {LEAST_CRITERIA})", "add criteria"
        for i, row in enumerate(item.rubric):
            if len(row.levels) < LEAST_LEVELS:
                message = f"'{row.criterion}' has {len(row.levels)} levels (at least {LEAST_LEVELS})"
                yield ("rubric", i, "levels"), message, "describe a level in between"


def _matching(item: Matching) -> Iterator[Fault]:
    if not item.distractors and not item.has_classes:
        yield ("pairs",), "there is no spare response (at least 1): the last pair comes free", "add 'distractors:'"
    if len(item.pairs) > MOST_PAIRS:
        yield ("pairs",), f"there are {len(item.pairs)} pairs (limit {MOST_PAIRS})", "make two items"
    seen: set[tuple[str, ...]] = set()
    places: list[tuple[str | int, ...]] = [("pairs", item.targets.index(i), 1) for i in sorted(set(item.targets))]
    places += [("distractors", i) for i in range(len(item.distractors))]
    for keys, response in zip(places, item.responses, strict=True):
        said = (normal(response), *signs(response)) if len(response) > SYMBOL else (response,)
        if said in seen:
            yield keys, f"the response “{response}” stands twice", "make the responses differ"
        seen.add(said)


def _ordering(item: Ordering) -> Iterator[Fault]:
    count = len(item.sequence)
    if not LEAST_STEPS <= count <= MOST_STEPS:
        message = f"there are {count} steps ({LEAST_STEPS} to {MOST_STEPS})"
        yield ("sequence",), message, "add steps or join some"

"""What an item says, by kind: its prompts, its texts, its answers, and what a paper prints of it.

Whoever reads an item asks here, so that a new kind is read by all of them: each `match` names every kind, and the
type checker points at the ones that a new kind is missing from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from builder.model.items import (
    Basic,
    Cloze,
    Essay,
    Item,
    Matching,
    Mcq,
    Numeric,
    Occlusion,
    Ordering,
    Reversed,
    Short,
    TrueFalse,
)
from builder.text import cloze, tree
from builder.text.late import late
from builder.text.markup import parse
from builder.text.tree import Run
from builder.text.words import normal, signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.diagnostics import Keys
    from builder.model.blueprint import Blueprint

_EXACT = late(r"[`$\\\n]")  # without one of these there is no code and no formula


class Card(NamedTuple):
    """A question that a student meets: its item, the key of its text, the text, and the answer for comparison."""

    item: Item
    key: str
    prompt: str
    answer: str


def prompts(item: Item) -> Iterator[tuple[str, str]]:
    """The key and the text of each prompt: a reversed item has two, any other kind has one."""
    yield "prompt", item.prompt
    match item:
        case Reversed():
            yield "reverse_prompt", item.reverse_prompt
        case Basic() | Cloze() | Occlusion() | Mcq() | TrueFalse() | Matching() | Ordering():
            pass
        case Numeric() | Short() | Essay():
            pass


def recalled(item: Item) -> Iterator[tuple[str, str, str]]:
    """The key and the text of each answer that is recalled in one go, and the prompt that asks for it."""
    match item:
        case Basic():
            yield "answer", item.answer, item.prompt
        case Reversed():
            yield "answer", item.answer, item.prompt
            yield "reverse_answer", item.reverse_answer, item.reverse_prompt
        case Cloze() | Occlusion() | Mcq() | TrueFalse() | Matching() | Ordering() | Numeric() | Short() | Essay():
            pass  # a number is worked out, not recalled


def texts(item: Item) -> Iterator[tuple[Keys, str]]:
    """Every text that an item teaches, with the keys that lead to it; other spellings to accept teach nothing."""
    yield ("prompt",), item.prompt
    match item:
        case Basic():
            yield ("answer",), item.answer
        case Reversed():
            yield ("answer",), item.answer
            yield ("reverse_prompt",), item.reverse_prompt
            yield ("reverse_answer",), item.reverse_answer
        case Cloze():
            yield from _each(("word_bank",), item.word_bank or ())  # the prompt holds the hidden parts too
        case Occlusion():
            yield from ((("boxes", i, "label"), box.label) for i, box in enumerate(item.boxes))
            yield from _each(("word_bank",), item.word_bank or ())
        case Mcq():
            yield from _options(item)
        case TrueFalse():
            yield ("correction",), item.correction
        case Matching():
            yield from (text for i, pair in enumerate(item.pairs) for text in _each(("pairs", i), pair))
            yield from _each(("distractors",), item.distractors)
        case Ordering():
            yield from _each(("sequence",), item.sequence)
        case Numeric():
            yield from ((("accept", i, "why"), entry.why) for i, entry in enumerate(item.accept))
        case Short():
            yield from ((("key_points", i, "point"), point.point) for i, point in enumerate(item.key_points))
        case Essay():
            yield from _rubric(item)
    yield ("explanation",), item.explanation


def _each(keys: Keys, entries: Iterable[str]) -> Iterator[tuple[Keys, str]]:
    for i, text in enumerate(entries):
        yield (*keys, i), text


def _options(item: Mcq) -> Iterator[tuple[Keys, str]]:
    for i, option in enumerate(item.options):
        yield ("options", i, "right" if option.is_right else "wrong"), option.text
        yield ("options", i, "why"), option.why


def _rubric(item: Essay) -> Iterator[tuple[Keys, str]]:
    for i, row in enumerate(item.rubric):
        yield ("rubric", i, "criterion"), row.criterion
        yield from _each(("rubric", i, "levels"), row.levels)


def files(item: Item) -> Iterator[tuple[Keys, str]]:
    """The pictures and sounds that an item shows, with the keys that lead to them.

    They are its image, its audio, and those in its texts and in its passage.
    """
    if item.image:
        yield ("image", "file"), item.image.file
    if item.audio:
        yield ("audio", "file"), item.audio.file
    for keys, text in (*texts(item), *_beside(item)):
        if "![" in text:
            # What a blank hides is shown too, and so is its hint.
            hints = [it.hint for it in item.blanks] if isinstance(item, Cloze) and keys == ("prompt",) else []
            for part in (cloze.filled(text) if hints else text, *hints):
                yield from ((keys, file) for file in tree.files(parse(part, math=item.math)))
    if item.passage and "![" in item.passage.text:
        yield from ((("passage",), file) for file in tree.files(parse(item.passage.text, math=item.passage.math)))


def _beside(item: Item) -> Iterator[tuple[Keys, str]]:
    """Texts that are shown and teach nothing: other answers to type, and why an item was withdrawn."""
    if isinstance(item, Basic | Reversed):
        yield from _each(("accept",), item.accept)
    if isinstance(item, Cloze):
        yield from (text for key, others in item.accept.items() for text in _each(("accept", key), others))
    if isinstance(item, Occlusion):
        yield from (it for i, box in enumerate(item.boxes) for it in _each(("boxes", i, "accept"), box.accept))
    if item.retired:
        yield ("retired", "reason"), item.retired.reason


def blueprint_files(blueprint: Blueprint) -> Iterator[tuple[Keys, str]]:
    """The pictures in the texts of a blueprint, with the keys that lead to them."""
    for key, text in (("cover", blueprint.cover), ("instructions", blueprint.instructions)):
        yield from (((key,), file) for file in tree.files(parse(text)))


def worded_blanks(item: Cloze) -> Iterator[cloze.Blank]:
    """The blanks that hide words, in the order of the text: not those inside a formula or a program, nor ones that hide these alone.

    In "{{c1::Ohm}} found that $U = {{c2::R}} I$", only the first is one.
    """
    if not _EXACT.search(item.prompt):
        yield from item.blanks
        return
    for node in (node for line in tree.lines(cloze.read(item.prompt, math=True)) for node in line):
        if isinstance(node, cloze.Gap) and not all(isinstance(it, Run) and (it.code or it.math) for it in node.content):
            yield node.blank


def is_meant_wrong(item: Item, keys: Keys) -> bool:
    """Whether the text at these keys is there to be wrong: a false statement, a wrong option, a spare response, a further word to choose from."""
    match item:
        case TrueFalse():
            return not item.answer and keys == ("prompt",)
        case Mcq():
            return keys[-1] == "wrong"
        case Matching():
            return keys[0] == "distractors"
        case Cloze() | Occlusion():
            return keys[0] == "word_bank"
        case Basic() | Reversed() | Ordering() | Numeric() | Short() | Essay():
            return False


def solution(item: Item) -> tuple[str, ...]:
    """The texts that answer an item; a cloze has its answer in its prompt."""
    match item:
        case Basic():
            return (item.answer,)
        case Reversed():
            return (item.answer, item.reverse_prompt, item.reverse_answer)
        case Cloze():
            return ()
        case Occlusion():
            return item.labels
        case Mcq():
            return tuple(option.text for option in item.options if option.is_right)
        case TrueFalse():
            return (item.correction,)
        case Matching():
            return tuple(text for pair in item.pairs for text in pair)
        case Ordering():
            return item.sequence
        case Numeric():
            return (_quantity(item),)
        case Short():
            return tuple(point.point for point in item.key_points)
        case Essay():
            return tuple(row.criterion for row in item.rubric)


def cards(item: Item) -> Iterator[Card]:
    """The questions of an item, in the order of `prompts`: two for a reversed item, else one."""
    match item:
        case Basic():
            yield Card(item, "prompt", item.prompt, _compared(item.answer))
        case Reversed():
            yield Card(item, "prompt", item.prompt, _compared(item.answer))
            yield Card(item, "reverse_prompt", item.reverse_prompt, _compared(item.reverse_answer))
        case Cloze():
            yield Card(item, "prompt", item.prompt, "\n".join(_compared(blank.text) for blank in item.blanks))
        case Occlusion():
            yield Card(item, "prompt", item.prompt, "\n".join(map(_compared, item.labels)))
        case Mcq():
            yield Card(item, "prompt", item.prompt, "\n".join(_compared(o.text) for o in item.options if o.is_right))
        case TrueFalse():
            yield Card(item, "prompt", item.prompt, f"{item.answer} {_compared(item.correction)}")
        case Numeric():
            yield Card(item, "prompt", item.prompt, _quantity(item))
        case Matching() | Ordering() | Short() | Essay():
            # These answers are long: only copies have equal ones, so case alone is evened out.
            yield Card(item, "prompt", item.prompt, "\n".join(solution(item)).casefold())


def _quantity(item: Numeric) -> str:
    """The answer with its unit, as the author wrote both."""
    return f"{item.answer} {item.unit.symbol}" if item.unit else item.answer


def _compared(answer: str) -> str:
    """An answer for comparison: its words in any case, its code, formulas and signs to the letter."""
    return "\n".join([normal(answer) or answer, *signs(answer)])


def key_texts(item: Item) -> Iterator[tuple[Keys, str]]:
    """The short answers that a paper asks for and does not print, with the keys that lead to them.

    Of a reversed item a paper asks the first side alone. What is matched or put in order is printed, and what is
    written freely has no one text. A number gives nothing away: it may stand anywhere.
    """
    match item:
        case Basic() | Reversed():
            yield ("answer",), item.answer
        case Cloze():
            yield from ((("prompt",), blank.text) for blank in item.blanks)
        case Occlusion():
            yield from ((("boxes", i, "label"), box.label) for i, box in enumerate(item.boxes))
        case Mcq():
            yield from ((("options", i), option.text) for i, option in enumerate(item.options) if option.is_right)
        case TrueFalse():
            yield ("correction",), item.correction
        case Matching() | Ordering() | Numeric() | Short() | Essay():
            pass


def printed(item: Item) -> tuple[str, ...]:
    """What a paper prints of an item, the prompt first: no hidden part of a cloze, no key, no correction.

    An ellipsis stands for a blank: unlike a line of underscores it is no markup, which would take time to read.
    """
    match item:
        case Cloze():
            return (
                " \u2026 ".join(part if isinstance(part, str) else part.hint for part in cloze.pieces(item.prompt)),
                *item.words,
            )
        case Occlusion():
            return (item.prompt, *item.words)
        case Mcq():
            return (item.prompt, *(option.text for option in item.options))
        case Matching():
            return (item.prompt, *(left for left, _ in item.pairs), *item.responses)
        case Ordering():
            return (item.prompt, *item.sequence)
        case Basic() | Reversed() | TrueFalse() | Numeric() | Short() | Essay():
            return (item.prompt,)

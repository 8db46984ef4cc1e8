"""The two sides of a card in a terminal: what is asked, and what is right, kind by kind.

`order` is that of the options, responses or steps: `builder.paper.shuffle.shuffled` gives it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model import (
    Basic,
    Cloze,
    Essay,
    Matching,
    Mcq,
    Numeric,
    Occlusion,
    Ordering,
    Reversed,
    Short,
    TrueFalse,
)
from builder.model.base import LETTERS
from builder.paper import numbers
from builder.study.terminal import BOLD, DIM, GREEN, RED, cleaned
from builder.text import cloze, tree
from builder.text.markup import parse
from builder.text.numbers import decimal_sign
from builder.text.tree import Picture, Run, Sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.model import Course, Item
    from builder.model.occlusion import Rectangle
    from builder.study.queue import Card
    from builder.study.terminal import Writer
    from builder.text.tree import Inline, Text
    from builder.wording import Wording

_HIDDEN = "[…]"


def front(card: Card, writer: Writer, order: Sequence[int], words: Wording) -> list[str]:
    """The lines of what is asked: passage, picture and sound, question, and what there is to choose from."""
    item = card.item
    lines: list[str] = []
    if item.passage:
        title = f"{words.cards['passage']}{words['colon']} {cleaned(item.passage.title or '')}".rstrip()
        text = parse(item.passage.text, math=item.passage.math)
        lines += [writer.styled(title, BOLD), *(f"│ {line}" for line in writer.narrowed(2).lines(text)), ""]
    beside: list[Inline] = [Picture(item.image.file, item.image.alt)] if item.image else []
    beside += [Sound(item.audio.file, "")] if item.audio else []
    for node in beside:
        lines += [*writer.wrapped(writer.line([node])), ""]
    lines += writer.lines(_question(card))
    asked = list(_asked(card, writer, order, words))
    return [*lines, *([""] if asked else []), *asked]


def _question(card: Card) -> Text[Inline]:
    """The question of a card; in a cloze, the blanks of the card are hidden, and the others filled."""
    item = card.item
    match item:
        case Cloze():
            return tree.mapped(cloze.read(item.prompt, math=item.math), lambda line: _blanked(line, card.number))
        case Reversed():
            return parse(item.prompt if card.number == 1 else item.reverse_prompt, math=item.math)
        case Basic() | Occlusion() | Mcq() | TrueFalse() | Matching() | Ordering() | Numeric() | Short() | Essay():
            return parse(item.prompt, math=item.math)


def _blanked(line: Iterable[cloze.Node], hidden: int) -> tuple[Inline, ...]:
    """The nodes of a line of a cloze, in which the blanks of the number `hidden` are hidden; with 0, none is."""
    made: list[Inline] = []
    for node in line:
        match node:
            case cloze.Gap(blank, content, hint):
                if blank.number != hidden:
                    made += content
                else:
                    said = (Run("["), *hint, Run("]")) if hint else (Run(_HIDDEN),)
                    made += [it._replace(strong=True) if isinstance(it, Run) else it for it in said]
            case cloze.Formula(parts):
                tex = (it if isinstance(it, str) else _HIDDEN if it.number == hidden else it.text for it in parts)
                made.append(Run("".join(tex), math=True))
            case _:
                made.append(node)
    return tuple(made)


def _asked(card: Card, writer: Writer, order: Sequence[int], words: Wording) -> Iterator[str]:
    """What stands below the question: what there is to choose from, or how much is asked."""
    item = card.item
    match item:
        case Mcq():
            if item.multiple:
                yield from writer.wrapped(cleaned(words.to_choose(item.choose)))
            yield from _lettered((item.options[i].text for i in order), item, writer)
        case TrueFalse():
            yield from _lettered((words["true"], words["false"]), item, writer)
        case Matching():
            for place, (term, _) in enumerate(item.pairs, 1):
                yield from writer.led(f"{place}. ", parse(term, math=item.math))
            yield ""
            yield from _lettered((item.responses[i] for i in order), item, writer)
        case Ordering():
            yield from _lettered((item.sequence[i] for i in order), item, writer)
        case Numeric():
            asked = numbers.asks(item, words, is_printed=False)
            yield from writer.lines(parse(asked)) if asked else ()
        case Occlusion():
            yield from writer.wrapped(f"{_where(item.boxes[card.number - 1].at)}: ?")
        case Short() | Essay():
            limit = f"{words['comma']}{words.counted(item.words, 'at_most')}" if item.words else ""
            yield from writer.wrapped(cleaned(words.counted(item.points, "mark") + limit))
        case Basic() | Reversed() | Cloze():
            pass


def _where(box: Rectangle) -> str:
    """Where a box lies in its picture."""
    return f"box at {box.left:g}% from the left and {box.top:g}% from the top, {box.width:g}% x {box.height:g}%"


def _lettered(texts: Iterable[str], item: Item, writer: Writer) -> Iterator[str]:
    for letter, text in zip(LETTERS, texts, strict=False):
        yield from writer.led(f"{letter}. ", parse(text, math=item.math))


def back(card: Card, writer: Writer, order: Sequence[int], course: Course) -> list[str]:
    """The lines of what is right, why, and where it is said."""
    item, words = card.item, course.words
    lines = list(_answer(card, writer, order, course))
    for text in (item.explanation, item.audio.transcript if item.audio else ""):
        if text:
            lines += ["", *writer.lines(parse(text, math=item.math))]
    said = [
        course.places[name].said(words["paragraph"], words["entry"]) for name in item.locator if name in course.places
    ]
    if said:
        lines += ["", *(row for place in said for row in writer.wrapped(writer.styled(cleaned(place), DIM)))]
    return lines


def _answer(card: Card, writer: Writer, order: Sequence[int], course: Course) -> Iterator[str]:
    item, words = card.item, course.words
    accepted = f"{words.cards['accepted']}{words['colon']} "
    match item:
        case Basic():
            yield from writer.lines(parse(item.answer, math=item.math))
            yield from _each(accepted, item.accept, item, writer)
        case Reversed():
            yield from writer.lines(parse(item.answer if card.number == 1 else item.reverse_answer, math=item.math))
            yield from _each(accepted, item.accept if card.number == 1 else (), item, writer)
        case Cloze():
            yield from writer.lines(
                tree.mapped(cloze.read(item.prompt, math=item.math), lambda line: _blanked(line, 0))
            )
            yield ""
            for blank in item.blanks:
                if blank.number == card.number:
                    yield from writer.led("→ ", parse(blank.text, math=item.math))
            yield from _each(accepted, item.accept.get(f"c{card.number}", ()), item, writer)
        case Occlusion():
            box = item.boxes[card.number - 1]
            yield from writer.led("→ ", parse(box.label, math=item.math))
            yield from _each(accepted, box.accept, item, writer)
        case Mcq() | TrueFalse():
            yield from _options(item, writer, order, words)
        case Matching():
            yield from _pairs(item, writer, order, words)
        case Ordering():
            for place, text in enumerate(item.sequence):
                yield from writer.led(f"{place + 1}. {LETTERS[order.index(place)]}. ", parse(text, math=item.math))
        case Numeric():
            yield from _ranges(item, writer, words)
        case Short() | Essay():
            yield from _points(item, writer, words)


def _ranges(item: Numeric, writer: Writer, words: Wording) -> Iterator[str]:
    """The number, what is accepted for which share of the marks, and how the unit may be spelled."""
    decimal = decimal_sign(words.language)
    yield from writer.lines(parse(numbers.quantity(item, decimal)))
    for row in numbers.rows(item, words, decimal):
        share = f" ({row.share})" if row.share != 1 else ""
        yield from writer.led("→ ", parse(f"{row.text}{share}"))
        yield from writer.led("  ", parse(row.why, math=item.math)) if row.why else ()
    units = numbers.units(item, decimal)
    yield from writer.led("= ", parse(units)) if units else ()


def _points(item: Short | Essay, writer: Writer, words: Wording) -> Iterator[str]:
    """What a written answer is judged by, with the marks for each."""
    if isinstance(item, Short):
        for point in item.key_points:
            yield from writer.led(f"• ({words.number(point.marks)}) ", parse(point.point, math=item.math))
        return
    for criterion in item.rubric:
        yield from writer.led(f"• ({words.number(criterion.marks)}) ", parse(criterion.criterion, math=item.math))
        yield from _each("    - ", criterion.levels, item, writer)


def _options(item: Mcq | TrueFalse, writer: Writer, order: Sequence[int], words: Wording) -> Iterator[str]:
    """Every option with a mark that says whether it is right, and why."""
    if isinstance(item, Mcq):
        judged = [(option.text, option.why, option.is_right) for option in (item.options[i] for i in order)]
    else:
        said = ((words["true"], item.answer), (words["false"], not item.answer))
        judged = [(text, item.correction if is_right else "", is_right) for text, is_right in said]
    for letter, (text, why, is_right) in zip(LETTERS, judged, strict=False):
        mark = writer.styled("✓", GREEN, BOLD) if is_right else writer.styled("✗", RED)
        yield from writer.led(f"{mark} {letter}. ", parse(text, math=item.math))
        if why:
            yield from (f"     {line}" for line in writer.narrowed(5).lines(parse(why, math=item.math)))


def _pairs(item: Matching, writer: Writer, order: Sequence[int], words: Wording) -> Iterator[str]:
    """Every term with its response, and what is left over."""
    for place, ((term, response), target) in enumerate(zip(item.pairs, item.targets, strict=True), 1):
        yield from writer.led(f"{place}. ", parse(term, math=item.math))
        yield from writer.led(f"   {LETTERS[order.index(target)]}. ", parse(response, math=item.math))
    yield from _each(f"{words['left_over']}{words['colon']} ", item.distractors, item, writer)


def _each(lead: str, texts: Iterable[str], item: Item, writer: Writer) -> Iterator[str]:
    for text in texts:
        yield from writer.led(lead, parse(text, math=item.math))

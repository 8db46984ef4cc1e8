"""The cards of a course for a terminal, kind by kind: what is asked, what is right, and what judges an answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from builder.model import (
    KINDS,
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
from builder.paper import numbers
from builder.paper.shuffle import mixing
from builder.study.sheets import GAP, Card, Deck, Key, Row, Sheet, packed
from builder.text.numbers import decimal_sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.model import Course, Item
    from builder.model.occlusion import Rectangle
    from builder.wording import Wording

_UNITS = ("minute", "day", "month", "year")


def made(course: Course) -> Deck:
    """The deck of the course: of the items in use that are not kept for exams. A sheet is made when it is wanted."""
    words = course.words
    items = [item for item in course.active if not item.is_kept]
    cards = [
        Card(item.id, number, item.kind, item.theme, partial(_packed, item, number, course))
        for item in items
        for number in card_numbers(item)
    ]
    ids = tuple(item.id for item in course.items)
    units = {unit: words.forms[unit] for unit in _UNITS}
    said = dict(words.cards), _around(words), units
    return Deck(course.id, course.path, words.language, *said, tuple(course.themes), KINDS, ids, cards)


def _around(words: Wording) -> dict[str, str]:
    """The words around a card: those of the page to study, but in English, where keys are explained in whole phrases."""
    names = ("new", "learning", "due", "again", "hard", "good", "easy", "undo", "flag", "suspend", "flagged")
    said = {name: words.page[name] for name in names} | {"end": "Esc"}
    answered = {"is_answered": words.page["is_answered"]}
    if words.language.partition("-")[0] != "en":
        return said | answered
    phrases = {
        "undo": "takes the last answer back",
        "flag": "flags the card",
        "suspend": "suspends it",
        "end": "Esc ends",
    }
    return {name: text.lower() for name, text in said.items()} | phrases | answered


def card_numbers(item: Item) -> tuple[int, ...]:
    """The numbers of an item's cards: those of Anki's cards, counted from 1."""
    match item:
        case Reversed():
            return (1, 2)
        case Cloze():
            return tuple(sorted({blank.number for blank in item.blanks}))
        case Occlusion():
            return tuple(range(1, len(item.boxes) + 1))
        case Basic() | Mcq() | TrueFalse() | Matching() | Ordering() | Numeric() | Short() | Essay():
            return (1,)


def _packed(item: Item, number: int, course: Course) -> bytes:
    sheet = Sheet(
        tuple(_front(item, number, course.words)),
        tuple(_back(item, number, course)),
        _key(item, number),
        mixing(item),
        2 if isinstance(item, TrueFalse) else len(item.options) if isinstance(item, Mcq) and not item.multiple else 0,
    )
    return packed(sheet)


def _front(item: Item, number: int, words: Wording) -> Iterator[Row]:
    """What is asked: passage, picture and sound, question, and what there is to choose from."""
    if item.passage:
        yield Row(f"{words.cards['passage']}{words['colon']} {item.passage.title or ''}".rstrip(), form="heading")
        yield from (Row(item.passage.text, form="quote", math=item.passage.math), GAP)
    if item.image:
        yield from (Row(item.image.alt, form="picture", file=item.image.file), GAP)
    if item.audio:
        yield from (Row(form="sound", file=item.audio.file), GAP)
    match item:
        case Cloze():
            yield Row(item.prompt, form="cloze", math=item.math, hidden=number)
        case Reversed():
            yield Row(item.prompt if number == 1 else item.reverse_prompt, math=item.math)
        case Basic() | Occlusion() | Mcq() | TrueFalse() | Matching() | Ordering() | Numeric() | Short() | Essay():
            yield Row(item.prompt, math=item.math)
    asked = tuple(_asked(item, number, words))
    yield from (GAP, *asked) if asked else ()


def _asked(item: Item, number: int, words: Wording) -> Iterator[Row]:
    """What stands below the question: what there is to choose from, or how much is asked."""
    match item:
        case Mcq():
            if item.multiple:
                yield Row(words.to_choose(item.choose), form="words")
            yield from _lettered((option.text for option in item.options), item)
        case TrueFalse():
            yield from (Row(words[name], letter=place) for place, name in enumerate(("true", "false")))
        case Matching():
            for place, (term, _) in enumerate(item.pairs, 1):
                yield Row(term, f"{place}. ", math=item.math)
            yield GAP
            yield from _lettered(item.responses, item)
        case Ordering():
            yield from _lettered(item.sequence, item)
        case Numeric():
            asked = numbers.asks(item, words, is_printed=False)
            yield from (Row(asked),) if asked else ()
        case Occlusion():
            yield Row(f"{_where(item.boxes[number - 1].at)}: ?", form="words")
        case Short() | Essay():
            limit = f"{words['comma']}{words.counted(item.words, 'at_most')}" if item.words else ""
            yield Row(words.counted(item.points, "mark") + limit, form="words")
        case Basic() | Reversed() | Cloze():
            pass


def _where(box: Rectangle) -> str:
    """Where a box lies in its picture."""
    return f"box at {box.left:g}% from the left and {box.top:g}% from the top, {box.width:g}% x {box.height:g}%"


def _lettered(texts: Iterable[str], item: Item) -> Iterator[Row]:
    for place, text in enumerate(texts):
        yield Row(text, math=item.math, option=place, letter=place)


def _back(item: Item, number: int, course: Course) -> Iterator[Row]:
    """What is right, why, and where it is said."""
    words = course.words
    yield from _answer(item, number, words)
    for text in (item.explanation, item.audio.transcript if item.audio else ""):
        yield from (GAP, Row(text, math=item.math)) if text else ()
    said = [
        course.places[name].said(words["paragraph"], words["entry"]) for name in item.locator if name in course.places
    ]
    yield from (GAP, *(Row(place, form="note") for place in said)) if said else ()


def _answer(item: Item, number: int, words: Wording) -> Iterator[Row]:
    accepted = f"{words.cards['accepted']}{words['colon']} "
    match item:
        case Basic():
            yield Row(item.answer, math=item.math)
            yield from _each(accepted, item.accept, item)
        case Reversed():
            yield Row(item.answer if number == 1 else item.reverse_answer, math=item.math)
            yield from _each(accepted, item.accept if number == 1 else (), item)
        case Cloze():
            yield from (Row(item.prompt, form="cloze", math=item.math), GAP)
            yield from _each("→ ", (blank.text for blank in item.blanks if blank.number == number), item)
            yield from _each(accepted, item.accept.get(f"c{number}", ()), item)
        case Occlusion():
            box = item.boxes[number - 1]
            yield Row(box.label, "→ ", math=item.math)
            yield from _each(accepted, box.accept, item)
        case Mcq() | TrueFalse():
            yield from _options(item, words)
        case Matching():
            for place, ((term, response), target) in enumerate(zip(item.pairs, item.targets, strict=True), 1):
                yield Row(term, f"{place}. ", math=item.math)
                yield Row(response, "   ", math=item.math, letter=target)
            yield from _each(f"{words['left_over']}{words['colon']} ", item.distractors, item)
        case Ordering():
            for place, text in enumerate(item.sequence):
                yield Row(text, f"{place + 1}. ", math=item.math, letter=place)
        case Numeric():
            yield from _ranges(item, words)
        case Short() | Essay():
            yield from _points(item, words)


def _options(item: Mcq | TrueFalse, words: Wording) -> Iterator[Row]:
    """Every option with a mark that says whether it is right, and why."""
    if isinstance(item, Mcq):
        for place, option in enumerate(item.options):
            yield Row(option.text, "", place, place, _mark(option.is_right), item.math)
            yield from (Row(option.why, "     ", option=place, math=item.math),) if option.why else ()
        return
    for place, (name, is_right) in enumerate((("true", item.answer), ("false", not item.answer))):
        yield Row(words[name], letter=place, mark=_mark(is_right))
        yield from (Row(item.correction, "     ", math=item.math),) if is_right and item.correction else ()


def _mark(is_right: bool) -> Literal["right", "wrong"]:  # noqa: FBT001 - the name says it
    return "right" if is_right else "wrong"


def _ranges(item: Numeric, words: Wording) -> Iterator[Row]:
    """The number, what is accepted for which share of the marks, and how the unit may be spelled."""
    decimal = decimal_sign(words.language)
    yield Row(numbers.quantity(item, decimal))
    for row in numbers.rows(item, words, decimal):
        share = f" ({row.share})" if row.share != 1 else ""
        yield Row(f"{row.text}{share}", "→ ")
        yield from (Row(row.why, "  ", math=item.math),) if row.why else ()
    units = numbers.units(item, decimal)
    yield from (Row(units, "= "),) if units else ()


def _points(item: Short | Essay, words: Wording) -> Iterator[Row]:
    """What a written answer is judged by, with the marks for each."""
    if isinstance(item, Short):
        for point in item.key_points:
            yield Row(point.point, f"• ({words.number(point.marks)}) ", math=item.math)
        return
    for criterion in item.rubric:
        yield Row(criterion.criterion, f"• ({words.number(criterion.marks)}) ", math=item.math)
        yield from _each("    - ", criterion.levels, item)


def _each(lead: str, texts: Iterable[str], item: Item) -> Iterator[Row]:
    for text in texts:
        yield Row(text, lead, math=item.math)


def _key(item: Item, number: int) -> Key:
    """What judges an answer to a card of the item."""
    match item:
        case Basic():
            return _open(item.answer, item.accept, item)
        case Reversed():
            return _open(item.answer, item.accept, item) if number == 1 else _open(item.reverse_answer, (), item)
        case Cloze():
            hidden = dict.fromkeys(blank.text for blank in item.blanks if blank.number == number)
            return Key("words", (", ".join(hidden), *item.accept.get(f"c{number}", ())), math=item.math)
        case Occlusion():
            box = item.boxes[number - 1]
            return Key("words", (box.label, *box.accept), math=item.math)
        case Mcq():
            return Key("options", places=tuple(place for place, it in enumerate(item.options) if it.is_right))
        case TrueFalse():
            return Key("options", places=(0 if item.answer else 1,))
        case Matching():
            return Key("pairs", places=item.targets)
        case Ordering():
            return Key("steps")
        case Numeric():
            return Key("number", (item.numeric.model_dump_json(),))
        case Short() | Essay():
            return Key()


def _open(answer: str, accepted: Iterable[str], item: Basic | Reversed) -> Key:
    return Key("open", (answer, *accepted), math=item.math, case=item.case, accents=item.accents)

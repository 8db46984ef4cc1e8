"""What every version of QTI needs of an item: HTML, what stands beside it, the order of options, and what is lost."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from builder.exchange import _beside, _sources, _tags
from builder.text import amounts, cloze, markup
from builder.text.numbers import as_decimal, is_endless
from builder.text.tree import Run, lines, single

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.diagnostics import Keys
    from builder.exchange._frame import Losses
    from builder.exchange._html import Html
    from builder.model import Cloze, Course, Item, Mcq, Numeric

DIGITS = 15  # of a number that has no end
_BLOCKS = ("<p", "<ul", "<ol", "<table", "<blockquote")


class Arranged(NamedTuple):
    """The order in which options are written, whether a system shuffles them, and which of them keep their places."""

    order: tuple[int, ...]
    shuffle: bool
    fixed: frozenset[int]


class Base:
    """What a writer of a version has: the course, where losses go, and what writes HTML."""

    def __init__(self, course: Course, items: Sequence[Item], losses: Losses, html: Html) -> None:
        self.course, self.losses, self.html = course, losses, html
        self._sources = _sources.teller(course, items)

    def typed(self, text: str, item: Item) -> str:
        """The HTML of a text of an item."""
        return self.html.typed(text, math=item.math)

    def blocks(self, text: str, item: Item) -> str:
        """The HTML of a text of an item, in paragraphs."""
        return boxed(self.typed(text, item))

    def asked(self, item: Item, shown: str) -> str:
        """A question, and its picture and its recording."""
        return boxed(shown) + _beside.written(self.html, item)

    def told(self, item: Item) -> str:
        """The explanation and the sources of an item; empty where it has neither."""
        return (self.blocks(item.explanation, item) if item.explanation else "") + self._sources(self.html, item)

    def tags(self, item: Item) -> list[str]:
        """What no field of QTI holds, as tags."""
        return [tag for _, tag in _tags.written(self.course, item)]

    def words(self, item: Item, keys: Keys, text: str) -> str:
        """The words of a text where nothing else can stand; its markup is noted as lost."""
        read = markup.parse(text, math=item.math)
        nodes = [node for line in lines(read) for node in line]
        if single(read) is None or any(not isinstance(node, Run) or node != Run(node.text) for node in nodes):
            self.losses.add(item, keys, "only words can stand here: markup, formulas and pictures are lost")
        return " ".join(markup.plain(text, math=item.math).split())

    def nowhere(self, item: Item) -> None:
        """Note what no question can hold."""
        for key in ("allow", "reviewed"):
            if getattr(item, key):
                self.losses.add(item, (key,), f"'{key}' has no place in QTI")
        if item.status == "approved":
            self.losses.add(item, ("status",), "an approval has no place in QTI")
        if item.audio and item.audio.paper == "listen":
            self.losses.add(item, ("audio", "paper"), "what a paper says of a recording has no place in QTI")

    def gaps(self, item: Cloze) -> None:
        """Note what gaps have no place for."""
        numbers = [blank.number for blank in item.blanks]
        if numbers != list(range(1, len(numbers) + 1)):
            self.losses.add(item, ("prompt",), "the numbers of blanks, which say what is asked on one card, are lost")
        if any(blank.hint for blank in item.blanks):
            self.losses.add(item, ("prompt",), "a hint stands in the text, in brackets after its gap")
        read = cloze.read(item.prompt, math=item.math)
        if any(isinstance(node, cloze.Formula) for line in lines(read) for node in line):
            self.losses.add(item, ("prompt",), "a gap in a formula stands after the formula")

    def bank(self, item: Cloze) -> list[str]:
        """The words to choose from, each once: what is hidden in the order of the text, then the further words."""
        if item.word_bank is None:
            return []
        hidden = [self.words(item, ("prompt",), blank.text) for blank in item.blanks]
        spare = [self.words(item, ("word_bank", place), text) for place, text in enumerate(item.word_bank)]
        return list(dict.fromkeys([*hidden, *spare]))

    def number(self, item: Item, keys: Keys, value: Fraction) -> str:
        """A number as a decimal; one without an end is cut, and noted."""
        if is_endless(value):
            self.losses.add(item, keys, f"{value} has no end as a decimal, and is rounded to {DIGITS} digits")
            return f"{float(value):.{DIGITS}g}"
        return as_decimal(value)

    def quantity(self, item: Numeric) -> None:
        """Note what a number alone does not say."""
        if item.unit:
            message = f"the unit {item.unit.symbol} is neither asked for nor marked: name it in the prompt"
            self.losses.add(item, ("unit",), message)
        if item.figures:
            self.losses.add(item, ("figures",), "significant figures are not counted")


def arranged(base: Base, item: Mcq) -> Arranged:
    """The order of options; what of it does not come back is noted.

    Of the options a (pinned last), b and c, the order is b, c, a: b and c are shuffled, and a keeps its place.
    """
    pins = [option.pin for option in item.options]
    free = [option.text for option in item.options if option.pin is None]
    is_fixed = item.is_ordered or not free
    order = item.printed_order
    if not item.is_ordered:
        order = tuple(place for end in ("first", None, "last") for place, pin in enumerate(pins) if pin == end)
    if list(order) != sorted(order):
        base.losses.add(item, ("options",), "options stand in the order in which they are printed")
    if is_fixed:
        for place, pin in enumerate(pins):
            if pin:
                base.losses.add(item, ("options", place, "pin"), "no option of this item is shuffled, pinned or not")
    if item.order != read_order([option.text for option in item.options] if is_fixed else free, shuffle=not is_fixed):
        base.losses.add(item, ("order",), "options are shuffled or stand as they are written, for no other reason")
    fixed = frozenset() if is_fixed else frozenset(place for place, pin in enumerate(pins) if pin)
    return Arranged(order, not is_fixed, fixed)


def read_order(texts: Sequence[str], *, shuffle: bool) -> str | None:
    """The `order` of options that are shuffled or not; None where that is usual for texts like these."""
    is_usual = amounts.are_amounts(tuple(texts), math=False) != shuffle
    return None if is_usual else "shuffle" if shuffle else "author"


def boxed(html: str) -> str:
    """HTML in paragraphs: a bare line gets one."""
    return html if html.startswith(_BLOCKS) else f"<p>{html}</p>"


def parts(number: int, whole: int = 100) -> list[str]:
    """Equal parts of a whole in decimals that add up to it: three of 100 are 33.33, 33.34 and 33.33."""
    ends = [round(Fraction(100 * whole * place, number)) for place in range(number + 1)]
    return [as_decimal(Fraction(end - start, 100)) for start, end in pairwise(ends)]


def points(value: float) -> str:
    """Marks as a decimal: 2.0 is `2`."""
    return as_decimal(Fraction(value))

"""The nodes of a line as Markdown that reads back as these nodes: marks of emphasis open and close where they should.

Source: CommonMark 0.31.2, section 6; GitHub Flavored Markdown for strikethrough.
"""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic, Literal, NamedTuple, TypeVar

from builder.text.tree import Picture, Run, Sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Style = Literal["strong", "em", "strike"]

N = TypeVar("N")
BREAK = "\\\n"
_STYLES: tuple[Style, ...] = ("strong", "em", "strike")
_EDGES = re.compile(r"(\s*)(.*?)(\s*)\Z", re.DOTALL)
# Signs outside emphasis beside which its marks work, whatever stands at their inner side.
_CLEAR = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class Piece(NamedTuple):
    """A piece of Markdown: escaped text; a whole, such as a code span (`as it is`); or a mark that opens or closes."""

    kind: Literal["text", "as it is", "open", "close"]
    text: str


def _merged(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, with texts that stand side by side as one: so a space at an end is seen whatever it is made of."""
    made: list[Piece] = []
    for piece in pieces:
        if made and made[-1].kind == piece.kind == "text":
            piece = Piece("text", made.pop().text + piece.text)  # noqa: PLW2901
        made.append(piece)
    return made


class Marks(ABC, Generic[N]):
    """A writer of lines as Markdown. A dialect, as a subclass, says how nodes are written.

    `apart` is Markdown that shows nothing, and keeps the pieces on its two sides
    apart. `weak` are the marks that never work beside a letter or digit. A mark
    must not have a space at its inner side. Such a space is moved outside; or, if
    the dialect `keeps_space`, stays inside, behind `apart`.
    """

    apart: ClassVar[str]
    weak: ClassVar[frozenset[str]]
    keeps_space: ClassVar[bool]

    @abstractmethod
    def plain(self, node: N) -> Iterator[Piece]:
        """The pieces of a node, without its emphasis and strikethrough."""

    def line(self, nodes: Sequence[N]) -> str:
        """The nodes as one line of Markdown."""
        return "".join(piece.text for piece in self._set(self._pieces(tuple(nodes))))

    def _pieces(self, nodes: tuple[N, ...]) -> list[Piece]:
        """The pieces of nodes, with marks around them. If several styles begin at one node, the longest is outermost."""
        # `***` can be read in more than one way, so emphasis beside bold text takes low lines.
        em = "_" if any(_has(node, "strong") for node in nodes) else "*"
        made = list(self._styled(nodes, {"strong": "**", "em": em, "strike": "~~"}))
        return self._edged(made) if self.keeps_space else made

    def _styled(self, rest: tuple[N, ...], marks: dict[Style, str]) -> Iterator[Piece]:
        """The pieces of nodes, style by style from the outermost inwards; `marks` has the mark of each style."""
        while rest:
            reach = {style: _reach(rest, style) for style in marks if _has(rest[0], style)}
            if not reach:
                yield from self.plain(rest[0])
                rest = rest[1:]
                continue
            style = max(reach, key=lambda style: reach[style])
            styled, rest = rest[: reach[style]], rest[reach[style] :]
            inner = list(self._styled(tuple(_without(node, style) for node in styled), marks))
            yield from self._wrapped(inner, marks[style])

    def _wrapped(self, inner: list[Piece], mark: str) -> Iterator[Piece]:
        """Pieces between marks. Space at the ends of the pieces goes outside the marks, or behind `apart`."""
        if self.keeps_space:
            yield from (Piece("open", mark), *self._edged(inner), Piece("close", mark))
            return
        before = after = ""
        inner = _merged(inner)
        if inner and inner[0].kind == "text":
            before, _, _ = _EDGES.match(inner[0].text).groups()  # type: ignore[union-attr]
            inner[0] = Piece("text", inner[0].text[len(before) :])
        if inner and inner[-1].kind == "text":
            core = inner[-1].text.rstrip()
            after = inner[-1].text[len(core) :]
            inner[-1] = Piece("text", core)
        inner = [piece for piece in inner if piece.text]
        if before:
            yield Piece("text", before)
        if inner:
            yield from (Piece("open", mark), *inner, Piece("close", mark))
        if after:
            yield Piece("text", after)

    def _edged(self, pieces: list[Piece]) -> list[Piece]:
        """The pieces, with `apart` before a space that begins a line, and after one that ends it, so that it is kept."""
        made: list[Piece] = []
        for place, piece in enumerate(pieces):
            is_first = place == 0 or pieces[place - 1].text == BREAK
            is_last = place + 1 == len(pieces) or pieces[place + 1].text == BREAK
            is_text = piece.kind == "text"
            made += [Piece("as it is", self.apart)] * (is_text and is_first and piece.text[:1].isspace())
            made.append(piece)
            made += [Piece("as it is", self.apart)] * (is_text and is_last and piece.text[-1:].isspace())
        if made and made[-1].text == BREAK:
            made.append(Piece("as it is", self.apart))
        return made

    def _set(self, pieces: Iterable[Piece]) -> list[Piece]:
        """The pieces in a row, changed so that each mark of emphasis opens or closes what it should.

        Asterisks with a letter outside work only if a letter stands inside as
        well; weak marks with a letter outside never work. So there the letter
        outside is written as a reference, whose first and last signs are no
        letters. For example, `a` before bold `!b` becomes `&#97;**!b**`.
        """
        made: list[Piece] = []
        for piece in pieces:
            if made and _runs_on(made, piece):
                made.append(Piece("as it is", self.apart))
            made.append(piece)
        # A letter that became a reference may stand inside another mark, which then needs a look again.
        while any(self._shielded(made, i) for i, piece in enumerate(made) if piece.kind in {"open", "close"}):
            pass
        return made

    def _shielded(self, made: list[Piece], place: int) -> bool:
        """Write the letter outside the mark at `place` as a reference, if the mark needs it; say whether that was so."""
        kind, mark = made[place]
        opens = kind == "open"
        outside, within = (place - 1, place + 1) if opens else (place + 1, place - 1)
        if not 0 <= outside < len(made) or made[outside].kind != "text":
            return False
        text = made[outside].text
        inner, sign = (made[within].text[:1], text[-1:]) if opens else (made[within].text[-1:], text[:1])
        if inner.isalnum() and self._acts(mark, sign):
            return False
        if not sign or sign in _CLEAR or sign.isspace():
            return False
        if _has_reference(sign):
            named = f"&#{ord(sign)};"
            made[outside] = Piece("text", text[:-1] + named if opens else named + text[1:])
        else:
            made.insert(place if opens else outside, Piece("as it is", self.apart))
        return True

    def _acts(self, mark: str, outer: str) -> bool:
        """Whether a mark with a letter at its inner side works with the sign `outer` at its outer side."""
        return mark not in self.weak or (mark == "*" and not outer.isalnum())


def _has_reference(sign: str) -> bool:
    """Whether a sign can be written as a reference. Readers of Markdown refuse references to controls and noncharacters."""
    return unicodedata.category(sign) not in {"Cc", "Cs", "Cn"}


def _runs_on(made: list[Piece], after: Piece) -> bool:
    """Whether a piece would be read as one with those before it, as two code spans, marks, scripts or formulas may be."""
    before, sign, next_sign = made[-1], made[-1].text[-1:], after.text[:1]
    if sign == next_sign and sign and sign in "`~^":
        return True
    if before.kind != "as it is":
        return False
    if sign == "^":  # in `2^x+y^2` each sign is one of its own
        return next_sign.isalnum() and len(made) > 1 and made[-2].text[-1:].isalnum()
    return sign == "$" and (next_sign == "$" or next_sign.isdigit())


def code_span(text: str) -> str:
    """A code span. Its fences have more backquotes than any row of backquotes inside."""
    fence = "`" * (max(map(len, re.findall(r"`+", text)), default=0) + 1)
    is_trimmed = text[:1] == text[-1:] == " " and text.strip(" ")
    pad = " " if text[:1] == "`" or text[-1:] == "`" or is_trimmed else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _has(node: object, style: Style) -> bool:
    return isinstance(node, Run) and bool(getattr(node, style))


def _without(node: N, style: Style) -> N:
    if not isinstance(node, Run):
        return node
    return node._replace(**{style: False})  # type: ignore[arg-type]


def _reach(nodes: Sequence[object], style: Style) -> int:
    """How many nodes a style covers from the first on; pictures and sounds between styled nodes are covered as well."""
    reach = 0
    for number, node in enumerate(nodes, 1):
        if _has(node, style):
            reach = number
        elif not isinstance(node, Picture | Sound):
            break
    return reach

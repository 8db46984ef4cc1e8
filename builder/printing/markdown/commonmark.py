"""Runs of text as Markdown that reads back as just these runs (CommonMark 0.31.2, section 6).

Every sign that could act is escaped, those too that act in the dialects of
pandoc and GitHub.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from builder.printing.formula import Formula
from builder.printing.text import Gap
from builder.text.tree import Picture, Run, Sound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.printing.text import Line, Node

    Style = Literal["strong", "em"]

BLANK = r"\_" * 24

# Dashes and dots act in a row alone: pandoc makes one sign of them.
_SIGNS = re.compile(r"([\\`*_\[\]{}<>#~^$@|]|&(?=#?\w+;)|!(?=\[|\Z)|-(?=-)|\.(?=\.))")
# What makes a list, a heading or a rule of a line, where it stands at its start.
_MARKER = re.compile(r"(\s*\(?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+)?)([-+=:.)%])")
_BREAK = "\\\n"
_SPACE = re.compile(r"[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
_EDGES = re.compile(r"(\s*)(.*?)(\s*)\Z", re.DOTALL)
# What emphasis may begin or end beside, whatever stands inside it.
_CLEAR = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class _Piece(NamedTuple):
    """Text that is escaped already, a code span or a gap `as it is`, or the mark at an end of emphasis."""

    kind: Literal["text", "as it is", "open", "close"]
    text: str


def escaped(text: str) -> str:
    """Plain text as Markdown that shows just that, on one line."""
    return _SIGNS.sub(r"\\\1", _tidy(text))


def inline(runs: Line) -> str:
    """Runs as Markdown for a line that something stands before; formulas are TeX between dollars."""
    first, *rest = _set(_pieces(runs)).split(_BREAK)
    return _BREAK.join([first, *map(_started, rest)])


def block(runs: Line) -> str:
    """Runs as a block of their own."""
    return _started(inline(runs))


def _started(line: str) -> str:
    """A line that is no list, heading or rule, whatever it begins with."""
    return _MARKER.sub(r"\1\\\2", line.lstrip(), count=1) if _MARKER.match(line) else line.lstrip()


def _tidy(text: str) -> str:
    """Text without controls, every space of a typewriter a space."""
    return text if text.isprintable() and "  " not in text else _CONTROL.sub("", _SPACE.sub(" ", text))


def _pieces(runs: Line) -> Iterator[_Piece]:
    """The pieces of runs; of the styles that begin at a place, the one that goes on longest is the outer one."""
    # Asterisks of both kinds close to each other are read in more than one way.
    marks: dict[Style, str] = {"strong": "**", "em": "_" if any(_has(run, "strong") for run in runs) else "*"}
    yield from _styled(runs, marks)


def _styled(rest: Line, marks: dict[Style, str]) -> Iterator[_Piece]:
    while rest:
        reach = {style: _reach(rest, style) for style in marks if _has(rest[0], style)}
        if not reach:
            yield from _plain(rest[0])
            rest = rest[1:]
            continue
        style = max(reach, key=lambda style: reach[style])
        styled, rest = rest[: reach[style]], rest[reach[style] :]
        inner = list(_styled(tuple(_without(run, style) for run in styled), marks))
        yield from _wrapped(inner, marks[style])


def _has(run: Node, style: Style) -> bool:
    return isinstance(run, Run) and (run.strong if style == "strong" else run.em)


def _without(run: Node, style: Style) -> Node:
    if not isinstance(run, Run):
        return run
    return run._replace(strong=False) if style == "strong" else run._replace(em=False)


def _reach(runs: Sequence[Node], style: Style) -> int:
    return next((i for i, run in enumerate(runs) if not _has(run, style)), len(runs))


def _wrapped(inner: list[_Piece], mark: str) -> Iterator[_Piece]:
    """Pieces between marks, which have no space at their inner sides: that goes outside."""
    before = after = ""
    if inner and inner[0].kind == "text":
        before, core, _ = _EDGES.match(inner[0].text).groups()  # type: ignore[union-attr]
        inner[0] = _Piece("text", inner[0].text[len(before) :])
    if inner and inner[-1].kind == "text":
        core = inner[-1].text.rstrip()
        after = inner[-1].text[len(core) :]
        inner[-1] = _Piece("text", core)
    inner = [piece for piece in inner if piece.text]
    if before:
        yield _Piece("text", before)
    if inner:
        yield from (_Piece("open", mark), *inner, _Piece("close", mark))
    if after:
        yield _Piece("text", after)


def _plain(run: Node) -> Iterator[_Piece]:
    """The pieces of a run without emphasis."""
    match run:
        case Gap(gap, hint):
            yield _Piece("as it is", f"{'(' + gap + ') ' if gap else ''}{BLANK}")
            if hint:
                yield from (_Piece("as it is", " \\["), *_pieces(hint), _Piece("as it is", "\\]"))
        case Formula():
            yield _Piece("as it is", f"${run.alt}$")
        case Run(break_=True):
            yield _Piece("as it is", _BREAK)
        case Run() if run.href:
            said = "".join(piece.text for piece in _plain(run._replace(href="")))
            yield _Piece("as it is", f"[{said}](<{_address(run.href)}>)")
        case Run() if run.sub or run.sup or run.strike:
            # CommonMark has no signs for these, and lets HTML through.
            tag = "sub" if run.sub else "sup" if run.sup else "s"
            inner = run._replace(sub=False, sup=run.sup and run.sub, strike=run.strike and (run.sub or run.sup))
            yield from (_Piece("as it is", f"<{tag}>"), *_plain(inner), _Piece("as it is", f"</{tag}>"))
        case Run() if run.code and run.text.strip():
            yield _Piece("as it is", _code(_tidy(run.text)))
        case Run():
            yield _Piece("text", escaped(run.text))
        case Picture(alt=words) | Sound(transcript=words):
            yield _Piece("text", escaped(words))


def _address(href: str) -> str:
    return re.sub(r"([\\&<>])", r"\\\1", _tidy(href))


def _code(text: str) -> str:
    """A code span: fenced by more backticks than stand in a row within it."""
    fence = "`" * (max(map(len, re.findall(r"`+", text)), default=0) + 1)
    pad = " " if text[:1] in {"`", " "} or text[-1:] in {"`", " "} else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _set(pieces: Iterator[_Piece]) -> str:
    """Pieces in a row, so that each mark of emphasis opens or closes what it should.

    Asterisks beside a letter work only where a letter follows within, and
    underscores never: there the letter outside is written as a reference,
    which ends and begins in a sign.
    """
    made: list[_Piece] = []
    for piece in pieces:
        if made and made[-1].text[-1:] == "`" == piece.text[:1]:
            made.append(_Piece("as it is", "<!-- -->"))  # or both code spans would be one
        made.append(piece)
    # A reference is itself no letter, which may matter to other marks beside it.
    while any(_shielded(made, i) for i, piece in enumerate(made) if piece.kind in {"open", "close"}):
        pass
    return "".join(piece.text for piece in made)


def _shielded(made: list[_Piece], place: int) -> bool:
    """Write the letter outside the mark at `place` as a reference, if need be; whether it was."""
    kind, mark = made[place]
    opens = kind == "open"
    outside, within = (place - 1, place + 1) if opens else (place + 1, place - 1)
    inner = made[within].text[:1] if opens else made[within].text[-1:]
    if (inner.isalnum() and mark != "_") or not 0 <= outside < len(made) or made[outside].kind != "text":
        return False
    text = made[outside].text
    new = text[:-1] + _reference(text[-1:]) if opens else _reference(text[:1]) + text[1:]
    made[outside] = _Piece("text", new)
    return new != text


def _reference(sign: str) -> str:
    return f"&#{ord(sign)};" if sign and sign not in _CLEAR and not sign.isspace() else sign

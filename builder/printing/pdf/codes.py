"""QR codes of many pages at once: the very modules that segno makes, in a fiftieth of the time.

A QR code under a given mask is an affine function of its data: each bit of a text turns a fixed set of modules. segno
says which ones, once for all texts of a length; every further code is a sum of them. The mask is the one of eight
with the lowest penalty by ISO/IEC 18004:2015, 7.8.3, reckoned for all codes together.

A line is a row or a column of a code as a number: bit 0 is the first module, and 1 is dark. A code is 50 lines, its
rows and then its columns.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Lines = NDArray[Any]  # of np.uint32

SIDE = 25  # modules of version 2, in which what a stamp says always fits
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"  # of the alphanumeric mode: a pair of them has 11 bits
_PAIR, _SINGLE = 11, 6  # bits of two signs, and of one that is left over
_MASKS = 8
_STARTS = (1 << 19) - 1  # the places in a line where seven modules in a row begin


def symbol(text: str, mask: int | None = None) -> Any:
    """The code of a text, as segno makes it. Level M stands a seventh of the code being soiled."""
    import segno

    return segno.make(text, version=2, error="m", mode="alphanumeric", boost_error=False, mask=mask)


def strokes(texts: Sequence[str]) -> list[bytes]:
    """The dark stretches of each code as a PDF's path of lines one unit wide: `4 .5 m 11 .5 l`; the first row is at 0.5."""
    import numpy as np

    paths = [b""] * len(texts)
    for length in sorted({len(text) for text in texts}):
        places = [place for place, text in enumerate(texts) if len(text) == length]
        dark = rows([texts[place] for place in places])[:, :, None] >> np.arange(SIDE, dtype=np.uint32) & 1
        edges = np.diff(np.pad(dark.astype(np.int8), [(0, 0), (0, 0), (1, 1)]), axis=2)
        code, row, start = np.nonzero(edges == 1)
        end = np.nonzero(edges == -1)[2]
        lines = [
            f"{first} {y}.5 m {last} {y}.5 l"
            for y, first, last in zip(row.tolist(), start.tolist(), end.tolist(), strict=True)
        ]
        ends = np.searchsorted(code, np.arange(len(places) + 1)).tolist()
        for place, first, last in zip(places, ends, ends[1:], strict=False):
            paths[place] = "\n".join(lines[first:last]).encode()
    return paths


def rows(texts: Sequence[str]) -> Lines:
    """The 25 rows of the code of each text; all texts have the same length."""
    import numpy as np

    base, turns = _turns(len(texts[0]))
    bits = np.array([_bits(text) for text in texts], bool)
    plain = base ^ np.bitwise_xor.reduce(np.where(bits[:, :, None], turns, np.uint32(0)), axis=1)
    is_data, patterns, fixed, unsaid = _frame()
    masked = (plain & is_data)[:, None] ^ patterns | fixed  # axes: text, mask, line
    best = _penalties(masked & ~unsaid).argmin(axis=1)
    return np.asarray(masked[np.arange(len(texts)), best, :SIDE])


def _bits(text: str) -> list[int]:
    """The bits of a text in pairs: AC is 45 * 10 + 12 in 11 bits."""
    bits: list[int] = []
    for start in range(0, len(text), 2):
        pair = [_SIGNS.index(sign) for sign in text[start : start + 2]]
        value, width = (pair[0] * len(_SIGNS) + pair[1], _PAIR) if len(pair) > 1 else (pair[0], _SINGLE)
        bits += [value >> place & 1 for place in reversed(range(width))]
    return bits


@cache
def _turns(length: int) -> tuple[Lines, Lines]:
    """The code of as many zeros under mask 0, and what each bit of a text turns in it."""
    import numpy as np

    base = _code("0" * length, 0)
    turns = []
    for start in range(0, length, 2):
        signs = min(2, length - start)
        for place in reversed(range(_PAIR if signs > 1 else _SINGLE)):
            high, low = divmod(1 << place, len(_SIGNS))
            pair = (_SIGNS[high] + _SIGNS[low])[-signs:]
            turns.append(_code(pair.rjust(start + signs, "0").ljust(length, "0"), 0) ^ base)
    return base, np.array(turns)


def _code(text: str, mask: int) -> Lines:
    import numpy as np

    return _lines(np.array([list(row) for row in symbol(text, mask).matrix], np.uint32) & 1)


def _lines(modules: NDArray[Any]) -> Lines:
    """The lines of a code, or of several, from their modules."""
    import numpy as np

    both = np.concatenate([modules, modules.swapaxes(-1, -2)], axis=-2).astype(np.uint32)
    return np.asarray((both << np.arange(SIDE, dtype=np.uint32)).sum(axis=-1, dtype=np.uint32))


@cache
def _frame() -> tuple[Lines, Lines, Lines, Lines]:
    """Where data stands; what turns mask 0 into each mask; the other modules under each mask; which of these tell the mask."""
    import numpy as np

    row, column = np.indices((SIDE, SIDE))
    is_data = np.ones((SIDE, SIDE), bool)
    for area in (np.s_[:9, :9], np.s_[:9, -8:], np.s_[-8:, :9], np.s_[6, :], np.s_[:, 6], np.s_[16:21, 16:21]):
        is_data[area] = False
    unsaid = np.zeros_like(is_data)
    for beside in (np.s_[8, :9], np.s_[:9, 8], np.s_[8, -8:], np.s_[-8:, 8]):
        unsaid[beside] = True
    unsaid[6, 8] = unsaid[8, 6] = False  # they belong to the timing pattern
    product = row * column
    rules = (
        (row + column) % 2,
        row % 2,
        column % 3,
        (row + column) % 3,
        (row // 2 + column // 3) % 2,
        product % 2 + product % 3,
        (product % 2 + product % 3) % 2,
        ((row + column) % 2 + product % 3) % 2,
    )
    turned = np.array([rule == 0 for rule in rules])
    fixed = np.array([_code("0", mask) for mask in range(_MASKS)])
    return _lines(is_data), _lines((turned ^ turned[0]) & is_data), fixed & ~_lines(is_data), _lines(unsaid)


def _penalties(masked: Lines) -> NDArray[np.int64]:
    """The penalty of each text under each mask."""
    import numpy as np

    same: Lines = ~(masked ^ masked >> 1) & np.uint32((1 << SIDE - 1) - 1)  # a module and the next one
    five: Lines = same & same >> 1 & same >> 2 & same >> 3
    # A run of n >= 5 has n - 4 places for five in a row, n - 5 for six, and costs n - 2.
    runs = 3 * _ones(five) - 2 * _ones(five & five >> 1)
    across, down = same[..., :SIDE], ~(masked[..., : SIDE - 1] ^ masked[..., 1:SIDE])
    blocks = 3 * _ones(across[..., 1:] & across[..., :-1] & down)
    share = _ones(masked[..., :SIDE]) / SIDE**2 * 100
    balance = 10 * (np.abs(share - 50) / 5).astype(np.int64)
    return np.asarray(runs + blocks + balance + 40 * _ones(_finders(masked)))


def _finders(line: Lines) -> Lines:
    """Where 1011101 begins with four light modules beside it; what has counted is not part of another."""
    import numpy as np

    here = line & ~(line >> 1) & line >> 2 & line >> 3 & line >> 4 & ~(line >> 5) & line >> 6
    is_light = ~(line << 1 | line << 2 | line << 3 | line << 4) | ~(line >> 7 | line >> 8 | line >> 9 | line >> 10)
    here &= is_light & _STARTS
    for start in range(4, 19):  # its last 101 may begin another, and its last 1
        here &= ~((here & 1 << start - 4) << 4)
        if start >= 6:  # noqa: PLR2004
            here &= ~((here & 1 << start - 6) << 6)
    return np.asarray(here, np.uint32)


def _ones(lines: Lines) -> NDArray[np.int64]:
    """The bits that are 1 in all lines of a code together."""
    import numpy as np

    pairs = lines - (lines >> 1 & 0x55555555)
    fours = (pairs & 0x33333333) + (pairs >> 2 & 0x33333333)
    eights = fours + (fours >> 4) & 0x0F0F0F0F
    return np.asarray((eights * np.uint32(0x01010101) >> 24).sum(axis=-1, dtype=np.int64))

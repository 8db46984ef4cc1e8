"""TeX formulas as pictures: `$...$` of an item, drawn by ziamath, with the TeX as the words for it.

A formula is an SVG measured in em, so that it takes the size of the text around
it and stands on its baseline. ziamath is the optional extra `math`: a course
without formulas never loads it.
"""

from __future__ import annotations

import warnings
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import tostring

from builder.diagnostics import BuilderError
from builder.text import breaks
from builder.text.chemistry import translated
from builder.text.tex import problem
from builder.text.tree import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.text.tree import Inline

_SIZE = 24.0  # ziamath's units to the em
_LONG = 6.0  # em; no column is narrower
# ziafont reads all glyphs through one place in the file of its font. Of two threads that read at once, one moves that place
# under the other, which then keeps a wrong shape of a letter for as long as the process runs.
_ONE_AT_A_TIME = Lock()


class Formula(NamedTuple):
    """A drawn formula: its SVG, its TeX, and its width, height and depth below the baseline, in em.

    `display` says that it stands on a line of its own. `parts` are the pieces
    of a long formula, between which it may break: each begins with a sign of
    relation or operation. They are empty where it is short or can't be cut.
    """

    svg: str
    alt: str
    width: float
    height: float
    depth: float
    display: bool = False
    parts: tuple[Formula, ...] = ()


def drawn(nodes: Iterable[Inline], item: str) -> tuple[Inline | Formula, ...]:
    """The nodes of a line, those of TeX drawn as formulas; `item` is the id of the item that holds them.

    Raises:
        BuilderError: ziamath is not installed, or the TeX of this item can't be read.
    """
    return tuple(_placed(list(nodes), item))


def _placed(nodes: list[Inline], item: str) -> Iterator[Inline | Formula]:
    """The nodes in order; a displayed formula gets a line of its own."""
    for place, node in enumerate(nodes):
        if isinstance(node, Run) and node.math:
            picture = _picture(node.text, item, is_displayed=node.display)
            if node.display and place:
                yield Run("", break_=True)
            yield picture
            if node.display and place + 1 < len(nodes):
                yield Run("", break_=True)
        else:
            yield node


def mathml(tex: str, *, is_displayed: bool) -> str:
    """The MathML that a drawn formula was drawn from."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # as below
        from ziamath.tex import tex2mml
    return str(tex2mml(translated(tex), inline=not is_displayed))


@lru_cache(maxsize=1024)
def _picture(tex: str, item: str, *, is_displayed: bool) -> Formula:
    try:
        fault = problem(tex)
        whole = _drawn(tex, is_displayed=is_displayed)
    except ImportError as error:
        message = f"{item}: formulas need ziamath; install it with: pip install 'her-study[math]'"
        raise BuilderError(message) from error
    except Exception as error:  # each fault in TeX is another exception, of latex2mathml, XML or ziamath
        message = f"{item}: the formula ${tex}$ can't be drawn ({type(error).__name__}); write it in plainer TeX"
        raise BuilderError(message) from error
    if fault:  # which would be printed, with the name of a command in place of what it does
        message = f"{item}: the formula ${tex}$ can't be drawn: {fault}"
        raise BuilderError(message)
    pieces = breaks.pieces(tex) if whole.width > _LONG else ()
    if len(pieces) < 2:  # noqa: PLR2004 - one piece is the whole
        return whole
    try:
        # After an empty group, the sign at the head of a piece has the space of one between two operands.
        return whole._replace(parts=tuple(_drawn(f"{{}}{piece}", is_displayed=is_displayed) for piece in pieces))
    except Exception:  # noqa: BLE001 - a piece that can't be drawn alone; the whole was drawn
        return whole


@lru_cache(maxsize=4096)
def _drawn(tex: str, *, is_displayed: bool) -> Formula:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it finds its font in the way of Python 3.8
        from ziamath.zmath import Latex
    # STIX Two Math, which comes with ziamath. Beside Libertinus, which papers are set in, its capitals and figures are as
    # high, its strokes as heavy and its letters as narrow; Libertinus Math itself is in no package of Python's. It is a
    # serif beside the hyperlegible sans as well, which has no signs for formulas, and as high as that.
    with _ONE_AT_A_TIME:
        svg = Latex(breaks.signed(translated(tex)), size=_SIZE, inline=not is_displayed).svgxml()
    _, top, width, height = (float(number) / _SIZE for number in svg.attrib["viewBox"].split())
    return Formula(tostring(svg, encoding="unicode"), tex, width, height, depth=top + height, display=is_displayed)

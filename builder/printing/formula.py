"""TeX formulas as pictures: `$...$` of an item, drawn by ziamath, with the TeX as the words for it.

A formula is an SVG measured in em, so that it takes the size of the text around
it and stands on its baseline. ziamath is the optional extra `math`: a course
without formulas never loads it.
"""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import tostring

from builder.diagnostics import BuilderError

_SIZE = 24.0  # ziamath's units to the em


def drawn(runs: list[dict[str, Any]], item: str) -> list[dict[str, Any]]:
    """The runs (as `markup.data` gives them), those of TeX turned into `{"svg", "alt", "width", "height", "depth"}`.

    Width, height and the depth below the baseline are in em.

    Raises:
        BuilderError: ziamath is not installed, or the TeX of this item can't be read.
    """
    return [_picture(run["text"], item) if run.get("math") else run for run in runs]


@lru_cache(maxsize=1024)
def _picture(tex: str, item: str) -> dict[str, Any]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # it finds its font in the way of Python 3.8
            from ziamath.zmath import Latex
    except ImportError as error:
        message = f"{item}: formulas need ziamath; install it with: pip install her-study[math]"
        raise BuilderError(message) from error
    try:
        svg = Latex(tex, size=_SIZE, inline=True).svgxml()
    except Exception as error:  # each fault in TeX is another exception, of latex2mathml, XML or ziamath
        message = f"{item}: the formula ${tex}$ can't be drawn ({type(error).__name__}); write it in plainer TeX"
        raise BuilderError(message) from error
    _, top, width, height = (float(number) / _SIZE for number in svg.attrib["viewBox"].split())
    return {
        "svg": tostring(svg, encoding="unicode"),
        "alt": tex,
        "width": width,
        "height": height,
        "depth": top + height,
    }

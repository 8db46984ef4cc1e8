r"""Checks of TeX: would a formula be drawn as its author means it?

latex2mathml accepts nearly everything: an unknown command becomes a word with a
backslash, and a brace too many becomes a sign. Anki's MathJax prints an unknown
command in red. So unknown commands and unmatched braces are faults here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from builder.text.chemistry import translated
from builder.text.late import late

_UNKNOWN = late(r"<mi[^>]*>(\\[A-Za-z]+|\\)</mi>")
_BRACES = late(r"\\.|[{}]", re.DOTALL)
_ENVIRONMENT = late(r"\\(begin|end)\s*\{([^{}]*)\}")
_UNITS = {r"\SI", r"\si", r"\qty", r"\unit", r"\num", r"\ang"}


@lru_cache(maxsize=1 << 12)
def problem(tex: str) -> str:
    """What is wrong with some TeX, or the empty string.

    Raises:
        ImportError: latex2mathml is not installed.
    """
    from latex2mathml.converter import convert

    if not _is_balanced(tex):
        return "its braces don't match"
    if not _is_nested(tex):
        return r"each \begin{...} needs its \end{...}"
    try:
        made = convert(translated(tex))
    except Exception as error:  # noqa: BLE001 - each fault in TeX is another exception, of latex2mathml or of what it calls
        return _said(type(error).__name__)
    unknown = _UNKNOWN.search(made)
    if unknown and unknown[1] in _UNITS:
        return rf"{unknown[1]} is of siunitx, which Anki has not: write 1.6 \times 10^{{-19}}\,\mathrm{{C}}"
    return f"{unknown[1]} is no command of it" if unknown else ""


def _is_balanced(tex: str) -> bool:
    depth = 0
    for found in _BRACES.finditer(tex):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth < 0:
            return False
    return not depth


def _is_nested(tex: str) -> bool:
    opened = []
    for found in _ENVIRONMENT.finditer(tex):
        if found[1] == "begin":
            opened.append(found[2])
        elif not opened or opened.pop() != found[2]:
            return False
    return not opened


def _said(name: str) -> str:
    """The name of an exception in words: `DoubleSuperscriptsError` is "double superscripts"."""
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", name.removesuffix("Error")).lower()
    return "something is missing at its end" if words == "no available tokens" else words

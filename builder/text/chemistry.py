r"""Chemical formulas: mhchem's `\ce{...}` translated into TeX that any reader of TeX can draw.

    \ce{2H2O}            {2\,\mathrm{H}_{2}\mathrm{O}}
    \ce{SO4^2-}          {\mathrm{SO}_{4}^{2-}}
    \ce{A + B <=> C}     A + B with arrows both ways
    \ce{A ->[heat] B}    an arrow with a word above it

The common part of mhchem is understood: elements and groups with their numbers,
charges, isotopes, states, bonds, arrows with texts, gases and precipitates
(` ^`, ` v`), crystal water (`CuSO4*5H2O`) and formulas of TeX between dollars.
Papers need the translation. Anki does not: it shows formulas by MathJax, which
reads mhchem itself.

Source: the mhchem manual, versions 3.21 to 4 (M. Hensel), "Chemical Equations".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.text.late import late

if TYPE_CHECKING:
    from collections.abc import Iterator

_CE = late(r"\\(?:ce|cf)\s*\{")
_ARROWS = {
    "<=>>": r"\rightleftharpoons",
    "<<=>": r"\rightleftharpoons",
    "<=>": r"\rightleftharpoons",
    "<-->": r"\leftrightarrow",
    "<->": r"\leftrightarrow",
    "->": r"\rightarrow",
    "<-": r"\leftarrow",
}
_TOKEN = late(
    r"(?P<arrow><=>>|<<=>|<=>|<-->|<->|->|<-)(?:\[(?P<above>[^\]]*)\])?(?:\[(?P<below>[^\]]*)\])?"
    r"|\$(?P<tex>[^$]*)\$"
    r"|(?P<gas>(?<![^ ])(?:\^|v)(?![^ ]))"
    r"|\^(?:\{(?P<sup>[^{}]*)\}|(?P<charge>\d*[+-]|[\d.+-]+|\w))"
    r"|_(?:\{(?P<sub>[^{}]*)\}|(?P<index>[\d.+-]+|\w))"
    r"|(?P<plus> \+ )"
    r"|(?P<ion>(?<=[\w)\]])[+-](?=[ )\]]|$))"
    r"|(?P<number>\d+(?:[./]\d+)?)"
    r"|(?P<atoms>[A-Za-z]+)"
    r"|(?P<bond>(?<=[\w)\]])[-=#](?=[A-Za-z(\[]))"
    r"|(?P<dot>[*.])"
    r"|(?P<command>\\[A-Za-z]+)"
    r"|(?P<space> +)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_BONDS = {"-": r"{-}", "=": r"{=}", "#": r"{\equiv}"}


def translated(tex: str) -> str:
    r"""The TeX with each `\ce{...}` translated; from one whose braces don't match, the text stays as it is."""
    out, end = [], 0
    while found := _CE.search(tex, end):
        close = _closing(tex, found.end())
        if close < 0:
            break
        out += [tex[end : found.start()], "{", *_equation(tex[found.end() : close]), "}"]
        end = close + 1
    return "".join([*out, tex[end:]])


def _closing(tex: str, start: int) -> int:
    """The offset of the brace that closes the one just before `start`; -1 where there is none."""
    depth = 1
    for found in re.finditer(r"\\.|[{}]", tex[start:], re.DOTALL):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if not depth:
            return start + found.start()
    return -1


def _equation(source: str) -> Iterator[str]:
    """The pieces of an equation in TeX. A number behind an atom or a bracket is an index, any other a coefficient.

    `2H2O` gives a coefficient 2, an upright H, an index 2, and an upright O.
    """
    before = ""
    for found in _TOKEN.finditer(source.strip()):
        kind, text = str(found.lastgroup), found[0]
        kind = "arrow" if found["arrow"] else kind
        match kind:
            case "arrow":
                yield _arrow(found)
            case "tex":
                yield found["tex"]
            case "gas":
                yield r"\uparrow" if text == "^" else r"\downarrow "
            case "sup" | "charge" | "ion" | "sub" | "index":
                script = found["sup"] or found["charge"] or found["sub"] or found["index"] or text
                yield f"{'' if before else '{}'}{'_' if text[0] == '_' else '^'}{{{_upright(script)}}}"
            case "plus":
                yield " + "
            case "number":
                yield f"_{{{text}}}" if before in {"atoms", "close"} else f"{text}\\,"
            case "atoms":
                yield _upright(text)
            case "bond":
                yield _BONDS[text]
            case "dot":
                yield r"\cdot "
            case "space":
                yield r"\;"
            case _:
                yield f"{text} " if kind == "command" else text
        closes = kind == "other" and text in ")]}"
        before = "" if kind in {"space", "plus", "arrow", "dot", "bond"} else "close" if closes else kind


def _upright(text: str) -> str:
    return re.sub(r"[A-Za-z]+", lambda found: rf"\mathrm{{{found[0]}}}", text)


def _arrow(found: re.Match[str]) -> str:
    arrow = _ARROWS[found["arrow"]]
    if found["above"]:
        arrow = rf"\overset{{{''.join(_equation(found['above']))}}}{{{arrow}}}"
    if found["below"]:
        arrow = rf"\underset{{{''.join(_equation(found['below']))}}}{{{arrow}}}"
    return rf"\;{arrow}\;"

r"""The formulas of cards as MathML, which browsers show without asking the network. latex2mathml (extra `math`) makes it.

As Anki's MathJax does, this module reads chemistry in `\ce{...}`, sets the sign of `x = -3` close to its number,
and looks for `\(...\)` and `\[...\]` in the HTML
of fields. A formula with blanks has several forms: `\(x={{c1::1}}\)` is shown as
`x=[...]` while c1 is asked, and else as `x=1`.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, tostring

from builder.text.breaks import signed
from builder.text.chemistry import translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FORMULA = re.compile(r"\\\((.*?)\\\)|\\\[(.*?)\\\]", re.DOTALL)
_BLANK = re.compile(r"\{\{c(\d+)::(.*?)(?:::(.*?))?\}\}", re.DOTALL)
_UPRIGHT = re.compile(r"\\mathrm\s*\{\s*([A-Za-z])\s*\}")  # a letter in braces, which latex2mathml 3.81 slants
_LINKS = frozenset(["href", "style", "class", "id"])

# MathML by its key: `1` for a displayed formula or `0`, and then the TeX. None where latex2mathml is not installed.
Formulas = dict[str, str] | None


def typeset(fields: Iterable[str]) -> Formulas:
    """The MathML of every formula in the fields, by its key; without formulas whose TeX can't be read."""
    wanted = {key for field in fields if "\\(" in field or "\\[" in field for key in _formulas(field)}
    if not wanted:
        return {}
    try:
        import latex2mathml  # noqa: F401 - asked for once, not for each formula
    except ImportError:
        return None
    return {key: made for key in sorted(wanted) if (made := _mathml(key[1:], is_displayed=key[0] == "1"))}


def _formulas(field: str) -> Iterator[str]:
    """The keys of all forms in which the formulas of a field may be shown: one for each number of a blank, and one."""
    for found in _FORMULA.finditer(field):
        inside = found[1] if found[2] is None else found[2]
        numbers = {blank[1] for blank in _BLANK.finditer(inside)}
        for asked in ("", *numbers):
            yield f"{int(found[2] is not None)}{_as_shown(inside, asked)}"


def _as_shown(inside: str, asked: str) -> str:
    """The TeX of a formula while the blanks with the number `asked` are asked; none are if it is empty."""
    filled = _BLANK.sub(lambda it: f"[{it[3] or '...'}]" if it[1] == asked else it[2], inside)
    return unescape(filled).strip()


def _mathml(tex: str, *, is_displayed: bool) -> str:
    """A formula as MathML without links and styles; the empty string for TeX that can't be read."""
    from latex2mathml.converter import convert_to_element

    try:
        sound = _UPRIGHT.sub(r"{\\mathrm \1}", signed(translated(tex)))
        made = convert_to_element(sound, display="block" if is_displayed else "inline")
    except Exception:  # noqa: BLE001 - each fault in TeX is another exception; the card then shows the TeX
        return ""
    for element in made.iter():
        _clean(element)
        if element.tag == "mrow" and len(element) == 1 and element[0].tag == "mo":
            element[0].attrib |= {
                "lspace": "0",
                "rspace": "0",
            }  # a sign in braces has no space in TeX: `x = {-}3`, `0{,}5`
    return tostring(made, encoding="unicode")


def _clean(element: Element) -> None:
    """Replace references in the text by their signs, and take links and styles away.

    latex2mathml writes some signs as references, which would be escaped once more.
    """
    element.text = unescape(element.text) if element.text else None
    for name in _LINKS & element.attrib.keys():
        del element.attrib[name]

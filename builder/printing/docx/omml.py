"""TeX as equations that Word can edit: OMML, the mathematics of Office (ECMA-376, part 1, 22.1).

ziamath reads TeX into MathML for its pictures; here the MathML is said in OMML,
so that a document and a PDF show one reading. MathML stands in rows in which
a sum is only a sign. OMML wants the sum with all that it sums up: `∑ a = b` is
three nodes, of which the first two become one `m:nary`.
"""

from __future__ import annotations

import unicodedata
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from builder.printing import formula
from builder.printing.docx import mathml
from builder.printing.docx.elements import element

if TYPE_CHECKING:
    from collections.abc import Sequence

_ACCENTS = {
    **dict(
        zip("^~˙¨ˇ˘´`→←↔˚", "\u0302\u0303\u0307\u0308\u030c\u0306\u0301\u0300\u20d7\u20d6\u20e1\u030a", strict=True)
    ),
    **{mark: mark for mark in "\u0302\u0303"},
    "ˆ": "\u0302",
}
_BARS = frozenset("¯―_‾\u0332\u0305")
_BRACES = {"⏞": "top", "⏟": "bot"}
_LONE_BARS = {"|": "∣", "‖": "∥"}  # between two terms
_NOTHING = "\u2060"  # word joiner: no width
_STYLES = {"bold": "b", "italic": "i", "bold-italic": "bi"}
_SCRIPTS = frozenset(["script", "fraktur", "double-struck", "sans-serif", "monospace"])
_STRIKES = {
    "horizontalstrike": "strikeH",
    "updiagonalstrike": "strikeBLTR",
    "downdiagonalstrike": "strikeTLBR",
}
_GAP = "_" * 8
_NAMESPACE = ' xmlns="http://www.w3.org/1998/Math/MathML"'


class Unsayable(Exception):  # noqa: N818 - no fault of anybody: the formula is then shown as a picture
    """OMML, or this room, has no way to say what a formula holds."""


def equation(tex: str, *, is_displayed: bool) -> Any:
    """The `m:oMath` of a formula.

    Raises:
        Unsayable: the formula has colours, lines in a table, or a command that nobody read.
    """
    if r"\tag" in tex:
        raise Unsayable(tex)
    root = parse_xml(formula.mathml(tex, is_displayed=is_displayed).replace(_NAMESPACE, "", 1))
    mathml.set_limits(root)
    lines: list[list[Any]] = [[]]
    for node in mathml.unwrapped(root):
        if node.get("linebreak") == "newline":
            lines.append([])
        else:
            lines[-1].append(node)
    if len(lines) == 1:
        return _m("oMath", *_row(lines[0]))
    return _m("oMath", _m("eqArr", *(_e(_row(line)) for line in lines)))


def _row(nodes: Sequence[Any]) -> list[Any]:
    """What stands side by side, in OMML."""
    made: list[Any] = []
    nodes = [node for node in nodes if node.tag != "mi" or node.text]
    if len(nodes) == 1 and mathml.sign(nodes[0]) in mathml.WANTS_SIDES:
        return [_run(mathml.sign(nodes[0]), is_text=True)]
    is_charge = bool(nodes) and mathml.sign(nodes[-1]) in mathml.WANTS_MORE
    rest, before = nodes[:-1] if is_charge else nodes, None
    while rest:
        elements, taken = _first(rest, before)
        made += elements
        before, rest = rest[taken - 1], rest[taken:]
    made += [_run(mathml.sign(nodes[-1]), is_text=True)] if is_charge else []
    # LibreOffice can't read a relation without something on both its sides, if it is no text, as above.
    first, last = (
        (mathml.sign(node) in mathml.WANTS_SIDES for node in (nodes[0], nodes[-1])) if nodes else (False, False)
    )
    return [*([_run(_NOTHING)] * first), *made, *([_run(_NOTHING)] * last)]


def _first(rest: list[Any], before: Any) -> tuple[list[Any], int]:
    """What the first nodes of a row make, and how many of them; `before` is the node before them."""
    node, after = rest[0], rest[1:]
    end = mathml.closing(rest, before)
    if end:
        return [_bracketed(rest[: end + 1])], end + 1
    if mathml.is_upright(node):
        letters = list(takewhile(mathml.is_upright, rest))
        return [_run("".join(map(mathml.sign, letters)), is_text=True)], len(letters)
    base = mathml.base(node)
    if mathml.sign(base) in mathml.NARY and after:
        count = mathml.operand(after)
        return [_nary(node, _row(after[:count]))], 1 + count
    if mathml.is_function(base) and after and mathml.is_argument(after[0]):
        return [_m("func", _m("fName", *_one(node)), _e(_one(after[0])))], 2
    if node.tag == "msubsup" and not len(base) and not base.text and after:
        sub, sup = list(node)[1:]
        return [_m("sPre", _m("sub", *_one(sub)), _m("sup", *_one(sup)), _e(_one(after[0])))], 2
    if mathml.sign(node) == "⧸" and after:
        return [_run(unicodedata.normalize("NFC", mathml.sign(after[0]) + "\u0338"))], 2
    return _one(node), 1


def _one(node: Any) -> list[Any]:
    """What a single node makes."""
    children = list(node)
    match node.tag:
        case "mi" | "mn" | "mo":
            return _sign(node)
        case "mtext":
            return [_run((node.text or "").replace("\u00a0", " "), is_text=True)]
        case "mspace" if "mathbackground" not in node.keys() and not node.get("linebreak"):  # noqa: SIM118 - of lxml
            space = mathml.space(node.get("width", "0"))
            return [_run(space)] if space else []
        case "mrow" if mathml.is_fence(children):
            return [_fenced(children)]
        case "mrow" | "mpadded" | "mstyle" if not ({"mathcolor", "mathbackground"} & set(node.keys())):
            if node.get("width") == "0":
                raise Unsayable(node.tag)
            return _row(children)
        case "menclose":
            return _enclosed(node, children)
        case "msub" | "msup" | "msubsup" | "munder" | "mover" | "munderover":
            return [_scripts(node.tag, children)]
        case _:
            return [_built(node, children)]


def _built(node: Any, children: list[Any]) -> Any:
    """A fraction, a root, a matrix, or room for what is not shown."""
    match node.tag:
        case "mfrac":
            kind = [_pr("f", type="noBar")] if node.get("linethickness") == "0" else []
            return _m("f", *kind, _m("num", *_one(children[0])), _m("den", *_one(children[1])))
        case "msqrt":
            return _m("rad", _pr("rad", degHide="1"), _m("deg"), _e(_row(children)))
        case "mroot":
            return _m("rad", _m("deg", *_one(children[1])), _e(_one(children[0])))
        case "mtable":
            return _matrix(node)
        case "mphantom":
            return _m("phant", _pr("phant", show="0"), _e(_row(children)))
        case kind:
            raise Unsayable(kind)


def _sign(node: Any) -> list[Any]:
    """A letter, a number or an operator."""
    text, variant = node.text or "", node.get("mathvariant", "")
    if len(node) or text.startswith("\\") or text == "&":
        raise Unsayable(text)
    if not text:
        return []
    is_word = variant == "normal" or (len(text) > 1 and node.tag != "mn")
    if is_word or text in mathml.OPEN | mathml.CLOSE:  # a bracket without another is a sign like any letter
        spaced = f"\u2005{text}\u2005" if text == "mod" and node.tag == "mo" else text
        return [_run(spaced, is_text=True)]
    return [_run(_LONE_BARS.get(text, text), _STYLES.get(variant, ""), variant if variant in _SCRIPTS else "")]


def _scripts(tag: str, nodes: list[Any], made: list[Any] | None = None) -> Any:
    """A base with something below, above or beside it; the base may be `made` already."""
    if mathml.sign(mathml.alone(nodes[0])) in mathml.NARY and tag.startswith(("mu", "mo")):
        return _limits(tag, [_run(mathml.sign(mathml.alone(nodes[0])))], nodes)
    base = made or _one(nodes[0])
    match tag:
        case "msub":
            return _m("sSub", _e(base), _m("sub", *_one(nodes[1])))
        case "msup":
            return _m("sSup", _e(base), _m("sup", *_one(nodes[1])))
        case "msubsup":
            return _m("sSubSup", _e(base), _m("sub", *_one(nodes[1])), _m("sup", *_one(nodes[2])))
        case _:
            mark = mathml.sign(nodes[1])
            if tag == "mover" and mark in _ACCENTS and nodes[0].tag != "mo":
                return _m("acc", _pr("acc", chr=_ACCENTS[mark]), _e(base))
            if tag != "munderover" and mark in _BARS:
                return _m("bar", _pr("bar", pos="top" if tag == "mover" else "bot"), _e(base))
            if mark in _BRACES and tag != "munderover":
                place = _BRACES[mark]
                over = {"top": "bot", "bot": "top"}[place]
                return _m("groupChr", _pr("groupChr", chr=mark, pos=place, vertJc=over), _e(base))
            return _limits(tag, base, nodes)


def _limits(tag: str, base: list[Any], nodes: list[Any]) -> Any:
    """A base with something written small below it, above it, or both."""
    if tag in {"munder", "munderover"}:
        base = [_m("limLow", _e(base), _m("lim", *_one(nodes[1])))]
    if tag in {"mover", "munderover"}:
        base = [_m("limUpp", _e(base), _m("lim", *_one(nodes[-1])))]
    return base[0]


def _nary(node: Any, operand: list[Any]) -> Any:
    """A sum, an integral or the like, with its limits and what it takes along."""
    parts = list(node)[1:]
    is_above = node.tag in {"munder", "mover", "munderover"}
    low = parts[0] if node.tag in {"msub", "msubsup", "munder", "munderover"} else None
    high = parts[-1] if node.tag in {"msup", "msubsup", "mover", "munderover"} else None
    hidden = {"subHide": low is None, "supHide": high is None}
    look = {"chr": mathml.sign(mathml.base(node)), "limLoc": "undOvr" if is_above else "subSup"}
    look |= {key: "1" for key, value in hidden.items() if value}
    limits = [_m(name, *([] if it is None else _one(it))) for name, it in (("sub", low), ("sup", high))]
    return _m("nary", _pr("nary", **look), *limits, _e(operand))


def _fenced(nodes: list[Any]) -> Any:
    """What stands between brackets that grow, with the bars between its parts."""
    has_end = nodes[-1].tag == "mo"
    inner, end = (nodes[1:-1], mathml.sign(nodes[-1])) if has_end else (nodes[1:], "")
    bar = next((mathml.sign(it) for it in inner if mathml.is_middle(it)), "")
    parts: list[list[Any]] = [[]]
    for it in inner:
        if mathml.is_middle(it) and mathml.sign(it) == bar:
            parts.append([])
        else:
            parts[-1].append(it)
    return _delimited(mathml.sign(nodes[0]), parts, end, bar)


def _bracketed(nodes: list[Any]) -> Any:
    """What stands between two brackets that are nodes of the row, with the scripts of the last one."""
    last = nodes[-1]
    made = _delimited(mathml.sign(nodes[0]), [nodes[1:-1]], mathml.sign(mathml.base(last)))
    return made if mathml.sign(last) else _scripts(last.tag, list(last), [made])


def _delimited(left: str, parts: list[list[Any]], right: str, bar: str = "") -> Any:
    between = {"sepChr": bar} if bar else {}
    look = {"begChr": left, **between, "endChr": right}
    return _m("d", _pr("d", **look), *(_e(_row(part)) for part in parts))


def _matrix(table: Any) -> Any:
    """Rows and columns; in an alignment of equations the columns touch."""
    if table.get("columnlines", "none") != "none" or table.get("rowlines", "none") != "none":
        raise Unsayable(table.tag)
    rows = [list(row) for row in table]
    width = max(map(len, rows), default=0)
    aligns = [next((r[i].get("columnalign") for r in rows if i < len(r)), None) or "center" for i in range(width)]
    columns = [_m("mc", _m("mcPr", element("m:count", val="1"), element("m:mcJc", val=align))) for align in aligns]
    touching = [element("m:cGpRule", val="3"), element("m:cGp", val="0")] if table.get("displaystyle") == "true" else []
    look = _m("mPr", element("m:plcHide", val="1"), *touching, _m("mcs", *columns))
    cells = [[_row(list(cell)) for cell in row] + [[]] * (width - len(row)) for row in rows]
    # LibreOffice can't read an empty cell.
    return _m("m", look, *(_m("mr", *(_e(cell or [_run(_NOTHING)]) for cell in row)) for row in cells))


def _enclosed(node: Any, children: list[Any]) -> list[Any]:
    """What is boxed or struck out. The box of a gap to write in is drawn as a line, which every program shows."""
    kinds = node.get("notation", "").split()
    if kinds == ["box"]:
        inner = [part for child in children for part in (list(child) or [child])]
        if inner and inner[-1].get("width") == "2em":
            number = "".join(map(mathml.sign, inner[:-1]))
            return [_run(f"{number} {_GAP}".strip(), is_text=True)]
        return [_m("borderBox", _e(_row(children)))]
    if not kinds or not set(kinds) <= _STRIKES.keys():
        raise Unsayable(node.tag)
    no_lines = dict.fromkeys(("hideTop", "hideBot", "hideLeft", "hideRight"), "1")
    strikes = {name: "1" for kind, name in _STRIKES.items() if kind in kinds}
    return [_m("borderBox", _pr("borderBox", **no_lines, **strikes), _e(_row(children)))]


def _run(text: str, style: str = "", script: str = "", *, is_text: bool = False) -> Any:
    look = [_m("nor")] if is_text else []
    look += [element("m:scr", val=script)] if script else []
    look += [element("m:sty", val=style)] if style else []
    made = _m("t")
    made.text = text
    if text != text.strip():
        made.set(qn("xml:space"), "preserve")
    return _m("r", *([_m("rPr", *look)] if look else []), made)


def _e(nodes: list[Any]) -> Any:
    return _m("e", *nodes)


def _pr(owner: str, **values: str) -> Any:
    """The properties of an element, in the order of the standard."""
    return _m(f"{owner}Pr", *(element(f"m:{key}", val=value) for key, value in values.items()))


def _m(name: str, *children: Any) -> Any:
    made = OxmlElement(f"m:{name}")
    made.extend(children)
    return made

"""What nodes of MathML are, as latex2mathml makes them: brackets, names of functions, sums and what they take along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

NARY = frozenset("∑∏∐∫∬∭∮∯∰⋀⋁⋂⋃⨀⨁⨂⨄⨆")
ENDS_OPERAND = frozenset("=<>≤≥≠≈≡∼≃≅∝→⇒⇔⟹⟺↦∈∉⊂⊆+−±∓,;")
OPEN, CLOSE, BARS = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉"), frozenset("|‖")
WANTS_SIDES = frozenset("=<>≤≥≠≈≡∼≃≅∝→⇒⇔⟹⟺↦∈∉⊂⊆×·⋅÷∪∩∧∨⧸")
WANTS_MORE = frozenset("+−±∓")  # behind them; without it, as in the charge of an ion, they are text
_SPACES = ((1.0, "\u2003"), (0.5, "\u2002"), (0.27, "\u2004"), (0.2, "\u2005"), (0.1, "\u2009"))  # em, at least
_SCRIPTS = frozenset(["msub", "msup", "msubsup", "munder", "mover", "munderover"])


def operand(nodes: Sequence[Any]) -> int:
    """How many of the nodes after a sum or an integral belong to it, at least one.

    They end before the next relation, plus or minus outside brackets: after the
    `∑` of `∑ (a + b) c = d` there are seven nodes, of which the first six belong to it.
    """
    depth = 0
    for place, node in enumerate(nodes):
        text = sign(node)
        depth += (text in {"(", "["}) - (text in {")", "]"})
        if depth < 0 or (place and not depth and text in ENDS_OPERAND):
            return max(place, 1)
    return len(nodes)


def space(width: str) -> str:
    """Spaces of about that width; what is no width in em is a wide one, and what is less than nothing is none."""
    number = re.fullmatch(r"(-?[\d.]+)em", width)
    if not number:
        return "" if width.startswith("negative") or width == "0" else "\u2003"
    left, made = float(number[1]), ""
    for size, sign_ in _SPACES:
        made += sign_ * int(left / size)
        left -= int(left / size) * size if left > 0 else 0
    return made


def unwrapped(node: Any) -> list[Any]:
    """The nodes of a row that only wraps another row: those of the inner one."""
    children = list(node)
    while len(children) == 1 and children[0].tag == "mrow" and not is_fence(list(children[0])):
        children = list(children[0])
    return children


def alone(node: Any) -> Any:
    """The one node that a row of its own wraps; any other node is itself."""
    inner = unwrapped(node) if node.tag == "mrow" else [node]
    return inner[0] if len(inner) == 1 else node


def base(node: Any) -> Any:
    """What scripts and limits are put to; any other node is its own base."""
    if node.tag in _SCRIPTS:
        return alone(node[0])
    return alone(node)


def sign(node: Any) -> str:
    """The sign of a node that is a single one, in or out of a row of its own."""
    if node.tag in {"mi", "mo", "mn", "mtext"} and not len(node):
        return str(node.text or "")
    if node.tag in {"mrow", "mpadded"} and len(node) == 1:
        return sign(node[0])
    return ""


def is_function(node: Any) -> bool:
    """Whether this is the name of a function, as sin, log and lim are."""
    text = sign(node)
    return node.tag in {"mi", "mo"} and len(text) > 1 and text.replace(" ", "").isalpha() and text != "mod"


def is_argument(node: Any) -> bool:
    """Whether a function before this node has it as its argument; a bracket stands close to the name without that."""
    if node.tag == "mspace" or (node.tag == "mrow" and is_fence(list(node))):
        return False
    return sign(node) not in {"(", "["} | ENDS_OPERAND


def set_limits(root: Any) -> None:
    """Put below `lim`, `max` and the like what Word puts there in any formula, and TeX in a displayed one."""
    for node in root.iter("msub", "msubsup"):
        if alone(node[0]).tag == "mo" and is_function(alone(node[0])):
            node.tag = {"msub": "munder", "msubsup": "munderover"}[node.tag]


def is_fence(nodes: list[Any]) -> bool:
    r"""Whether these are all between `\left` and `\right`, with their brackets; of `cases`, the brace and its table."""
    forms = [it.get("form") if it.get("fence") == "true" else None for it in (*nodes[:1], *nodes[-1:])]
    is_open = len(nodes) == 2 and nodes[1].tag == "mtable"  # noqa: PLR2004 - a brace, and a table without another
    return len(nodes) > 1 and (forms == ["prefix", "postfix"] or (forms[0] == "prefix" and is_open))


def is_middle(node: Any) -> bool:
    r"""Whether this is a bar of `\middle`."""
    return node.get("fence") == "true" and node.get("form") is None and node.get("minsize") is None


def is_upright(node: Any) -> bool:
    """Whether this is a letter of a word or a unit, as each in `mol` is."""
    return node.tag == "mi" and node.get("mathvariant") == "normal" and len(sign(node)) == 1


def closing(nodes: Sequence[Any], before: Any) -> int:
    """The place of the bracket that closes the first node, or 0 where that opens nothing.

    It may be the base of a script, as in `(a + b)^2`, and of another kind, as in
    `(0, 1]`. A bar opens where no term stands `before` it, and closes at the next bar: `|x|`, not `P(A|B)`.
    """
    first = sign(nodes[0])
    if first in BARS and before is not None and (before.tag != "mo" or sign(before) in CLOSE):
        return 0
    if first not in OPEN | BARS:
        return 0
    depth = 0
    for place, node in enumerate(nodes[1:], 1):
        text = sign(base(node))
        if depth == 0 and (text == first if first in BARS else text in CLOSE):
            return place
        depth += (text in OPEN) - (text in CLOSE)
        if depth < 0:
            return 0
    return 0

"""Where a formula may break when it is too long for its line.

TeX itself breaks formulas in a line after signs of relation and operation;
displayed ones are broken by hand before them. Here both break before.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\\begin\s*\{[^}]*\}|\\end\s*\{[^}]*\}|\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_RELATIONS = frozenset(
    r"= < > \le \leq \ge \geq \ne \neq \approx \equiv \sim \simeq \cong \propto \in \notin \subset \subseteq \to \gets \mapsto "
    r"\rightarrow \leftarrow \Rightarrow \Leftarrow \leftrightarrow \Leftrightarrow \implies \impliedby \iff "
    r"\longrightarrow \rightleftharpoons \land \lor \wedge \vee".split()
)
_OPERATIONS = frozenset(r"+ - \pm \mp \cdot \times \div \cup \cap \setminus \oplus \otimes".split())
_BREAKS = _RELATIONS | _OPERATIONS
_OPENING = frozenset(["{", r"\left"])
_CLOSING = frozenset(["}", r"\right"])
# What comes before these is no operand: `a = -b` breaks before `=` alone.
_NOT_AFTER = _BREAKS | frozenset(["(", "[", r"\{", ",", ";", "^", "_", r"\not", "&", r"\quad", r"\qquad"])
# What changes all that follows it, which a piece would lose.
_SWITCHES = re.compile(
    r"\\(?:over|atop|choose|above|color|rm|bf|it|sf|tt|cal|\\|(?:display|text|script|scriptscript)style)(?![A-Za-z])"
)


def pieces(tex: str) -> tuple[str, ...]:
    r"""The pieces of a formula between which it may break, which begin with a sign of relation or operation.

    `a = \frac{b + c}{2} + d` is `a`, `= \frac{b + c}{2}` and `+ d`: what is in
    braces, between `\left` and `\right` or in an environment stays whole. A
    formula with a command that changes all that follows it is one piece.
    """
    if _SWITCHES.search(tex):
        return (tex,)
    out, last, depth = [""], "", 0
    for token in _TOKEN.findall(tex):
        if token in _OPENING or token.startswith(r"\begin"):
            depth += 1
        elif token in _CLOSING or token.startswith(r"\end"):
            depth -= 1
        is_break = depth == 0 and token in _BREAKS and last and last not in _NOT_AFTER
        if is_break:
            out.append("")
        out[-1] += token
        if not token.isspace():
            last = token
    return tuple(piece.strip() for piece in out)

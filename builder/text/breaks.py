"""Where a formula may break when it is too long for its line.

TeX itself breaks a formula in running text after a sign of relation or
operation. Authors break displayed formulas by hand, before such a sign. Here
both kinds break before it.
"""

from __future__ import annotations

import re

from builder.text.late import late

_TOKEN = late(r"\\begin\s*\{[^}]*\}|\\end\s*\{[^}]*\}|\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_RELATIONS = frozenset(
    r"= < > \le \leq \ge \geq \ne \neq \approx \equiv \sim \simeq \cong \propto \in \notin \subset \subseteq \to \gets \mapsto "
    r"\rightarrow \leftarrow \Rightarrow \Leftarrow \leftrightarrow \Leftrightarrow \implies \impliedby \iff "
    r"\longrightarrow \rightleftharpoons \land \lor \wedge \vee".split()
)
_OPERATIONS = frozenset(r"+ - \pm \mp \cdot \times \div \cup \cap \setminus \oplus \otimes".split())
_BREAKS = _RELATIONS | _OPERATIONS
_OPENING = frozenset(["{", r"\left"])
_CLOSING = frozenset(["}", r"\right"])
# Behind these tokens, a sign such as `-` belongs to what follows: `a = -b` may break before `=`, not before `-`.
_NOT_AFTER = _BREAKS | frozenset(["(", "[", r"\{", ",", ";", "^", "_", r"\not", "&", r"\quad", r"\qquad"])
# Commands that change everything behind them: in a later piece of the formula, their effect would be lost.
_SWITCHES = late(
    r"\\(?:over|atop|choose|above|color|rm|bf|it|sf|tt|cal|\\|(?:display|text|script|scriptscript)style)(?![A-Za-z])"
)


def pieces(tex: str) -> tuple[str, ...]:
    r"""The pieces of a formula between which it may break; all but the first begin with a sign of relation or operation.

    `a = \frac{b + c}{2} + d` gives `a`, `= \frac{b + c}{2}` and `+ d`. Nothing
    breaks in braces, between `\left` and `\right` or in an environment. A formula
    with a command that changes everything behind it, such as `\color`, is one
    piece.
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

r"""Where a formula may break when it is too long for its line, and which signs belong to what is behind them.

TeX itself breaks a formula in running text after a sign of relation or
operation. Authors break displayed formulas by hand, before such a sign. Here
both kinds break before it.

The sign of `x = -3` is no operation: TeX sets it close to its number, since it
stands after a relation (Knuth, The TeXbook, 1986, chapter 18). Readers of MathML
go by the place alone, and set any sign but the first between spaces. So `signed`
puts such a sign into braces.
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
_SIGNS = frozenset(["+", "-", r"\pm", r"\mp"])
_SPACES = frozenset([r"\,", r"\;", r"\:", r"\!", r"\ ", r"\quad", r"\qquad"])  # a sign belongs to what is around them
_LEADING = _BREAKS | frozenset(["(", "[", r"\{", ",", ";"])  # after them, a sign is no operation
_WITH_OPTIONS = frozenset([r"\\", r"\sqrt", r"\xrightarrow", r"\xleftarrow"])  # in square brackets
# What is in their braces is no formula.
_WORDED = re.compile(r"\\(?:text[a-z]*|mbox|hbox|operatorname\*?|label|tag|hspace\*?|color|ce)(?![A-Za-z])")
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
    for part in _TOKEN.findall(tex):
        if part in _OPENING or part.startswith(r"\begin"):
            depth += 1
        elif part in _CLOSING or part.startswith(r"\end"):
            depth -= 1
        is_break = depth == 0 and part in _BREAKS and last and last not in _NOT_AFTER
        if is_break:
            out.append("")
        out[-1] += part
        if not part.isspace():
            last = part
    return tuple(piece.strip() for piece in out)


def signed(tex: str) -> str:
    r"""The formula with each sign that is no operation in braces: `x = -3` is `x = {-}3`, `a - 3` stays."""
    out: list[str] = []
    last = before = ""  # the part that a sign may belong to, and the one in front of it
    worded, bars = 0, 0  # the depth of braces in which there are words; every other bar opens
    for part in _TOKEN.findall(tex):
        if worded or (part == "{" and _WORDED.fullmatch(last)):
            worded += {"{": 1, "}": -1}.get(part, 0)
        elif part in _SIGNS and (last in _LEADING or (last == "|" and bars % 2)) and not _is_option(before, last):
            part = f"{{{part}}}"  # noqa: PLW2901 - the same sign
        out.append(part)
        if not part.isspace() and part not in _SPACES:
            before, last = last, part
            bars += part == "|"
    return "".join(out)


def _is_option(before: str, last: str) -> bool:
    r"""Whether two tokens begin what a command may be told in square brackets, as `\\[-3pt]` is."""
    return last == "[" and before in _WITH_OPTIONS

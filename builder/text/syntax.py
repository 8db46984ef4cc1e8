r"""The inline syntax beside CommonMark's own: formulas, sub- and superscript, and stars that are signs.

Each function is an inline rule of markdown-it-py: it looks at `state.src` at
`state.pos`, and where its construct begins there, pushes tokens, moves the
position past it and returns True.

- `$...$` and `\(...\)` are formulas in the line, `$$...$$` and `\[...\]` are
  displayed, where the text has maths on. They may run over several lines;
  `\$` inside is a dollar.
- `H~2~O` and `x^2^` are sub- and superscript, as pandoc writes them.
- `~~gone~~` is struck through (markdown-it's own rule).
- A single star between letters or digits is a star: `6*5*4` is a product.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

# What is between dollars: the first and last sign are no space, and no digit follows, so that "$5 and $6" is money.
_DOLLARS = re.compile(r"\$(?![\s$])((?:\\.|[^\\$`])+?)(?<!\s)\$(?![\d$])", re.DOTALL)
_DISPLAYED = re.compile(r"\$\$((?:\\.|[^\\$])+?)\$\$", re.DOTALL)
_ROUND = re.compile(r"\\\((.+?)\\\)", re.DOTALL)
_SQUARE = re.compile(r"\\\[(.+?)\\\]", re.DOTALL)
_FORMULAS = ((_DISPLAYED, True), (_DOLLARS, False), (_ROUND, False), (_SQUARE, True))
_ENDS = ("$", "\\)", "\\]")
_SCRIPT = {
    "~": re.compile(r"~((?:\\.|[^\s\\~])+)~(?!~)"),
    "^": re.compile(r"\^((?:\\.|[^\s\\^])+)\^"),
}
_TAGS = {"~": "sub", "^": "sup"}


def extend(parser: MarkdownIt) -> MarkdownIt:
    """The parser with these rules; a text's maths are read where its environment says `{"math": True}`."""
    parser.enable("strikethrough")
    parser.inline.ruler.before("escape", "formula", _formula)
    parser.inline.ruler.before("strikethrough", "script", _script)
    parser.inline.ruler.before("emphasis", "star", _star)
    return parser


def _formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls rules so
    if state.src[state.pos] not in "$\\" or not state.env.get("math"):
        return False
    if "last" not in state.env:  # to look for an end from each of many beginnings would take the square of the time
        state.env["last"] = max(map(state.src.rfind, _ENDS))
    if state.pos > state.env["last"]:
        return False
    for pattern, is_displayed in _FORMULAS:
        found = pattern.match(state.src, state.pos, state.posMax)
        if found and found[1].strip():
            if not silent:
                token = state.push("formula", "", 0)
                token.content = found[1].strip()
                token.meta = {"display": is_displayed}
            state.pos = found.end()
            return True
    return False


def _script(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls rules so
    src, start = state.src, state.pos
    pattern = _SCRIPT.get(src[start])
    found = pattern.match(src, start, state.posMax) if pattern else None
    if not found:
        return False
    before, after = src[start - 1 : start], src[found.end() : found.end() + 1]
    if before == src[start] or (src[start] == "^" and before.isalnum() and after.isalnum()):
        return False  # in `2^x+y^2` each sign is one of its own, while `^14^C` is carbon
    if not silent:
        tag = _TAGS[src[start]]
        state.push(f"{tag}_open", tag, 1)
        end, state.pos, state.posMax = state.posMax, found.start(1), found.end(1)
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push(f"{tag}_close", tag, -1)
    state.pos = found.end()
    return True


def _star(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls rules so
    src, pos = state.src, state.pos
    if src[pos] != "*" or not pos or not src[pos - 1].isalnum() or not src[pos + 1 : pos + 2].isalnum():
        return False
    if not silent:
        state.pending += "*"
    state.pos += 1
    return True

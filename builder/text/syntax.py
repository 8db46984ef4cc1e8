r"""The syntax beside CommonMark's own: formulas, sub- and superscript, stars that are signs, verses, widths of pictures.

Most functions here are rules of markdown-it-py. A rule looks at `state.src` at
the parser's place. If its construct begins there, the rule pushes tokens, moves
the place past the construct, and returns True.

- `$...$` and `\(...\)` are formulas in the line, `$$...$$` and `\[...\]` are
  displayed, where the text has maths on. They may run over several lines, in
  which nothing begins a block; `\$` inside is a dollar.
- `H~2~O` and `x^2^` are sub- and superscript, as pandoc writes them.
- `~~gone~~` is struck through (markdown-it's own rule), and tables are those of GitHub (`builder.text.tables`).
- A single star between letters or digits is a star: `6*5*4` is a product. But letters between two stars, of which one is
  no sign between letters, are emphasis, as CommonMark has it: `p*K*~S~` and `*d*x` are two letters, one of them slanted.
- Lines that begin with `| ` are a verse, in which each line ends where it ends.
- `![a cat](cat.png){width=60%}` is a picture that takes so much of the column.
- `[bonjour]{lang=fr}` are words in another language, as pandoc writes them.

Some constructs of CommonMark are turned off, and show as typed: headings,
thematic breaks, HTML, link references, and indentation as a sign of code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import rules_inline
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_block.table import getLine

from builder.text import brackets, tables
from builder.text.languages import TAG

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

# A formula between dollars neither begins nor ends with a space, and no digit follows it: "$5 and $6" is money.
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
# Letters of a word that are slanted, before which or behind which the word goes on: `p*K*` and `*d*x`.
_LONGEST_SLANTED = 40  # signs
_SLANTED_END = re.compile(rf"(?<=[^\W\d_])\*[^\W\d_]{{1,{_LONGEST_SLANTED}}}\*(?![\w*])")
_SLANTED_START = re.compile(rf"(?<![\w*])\*[^\W\d_]{{1,{_LONGEST_SLANTED}}}\Z")
_ADDRESS = ("](",)
_WORDS_END = ("]{",)
_CLOSERS = {"$$": "$$", "\\[": "\\]"}
_TAGS = {"~": "sub", "^": "sup"}
_WIDTH = re.compile(r"\{\s*width\s*=\s*\"?([1-9]\d?|100)%\"?\s*\}")
_LANGUAGE = re.compile(rf"\{{\s*lang\s*=\s*(\"?)({TAG})\1\s*\}}")
_DEEPEST = 12  # levels of the parser, two for each list; it would drop text that is nested deeper than twenty


def extend(parser: MarkdownIt) -> MarkdownIt:
    """Add these rules to a parser, and return it. Formulas are read if a text's environment is `{"math": True}`."""
    parser.enable(["strikethrough", "table"])
    parser.block.ruler.at("table", tables.table, {"alt": ["paragraph"]})
    parser.disable(["html_inline", "autolink", "html_block", "heading", "lheading", "hr", "reference", "code"])
    parser.block.ruler.before("table", "deep", _deep)
    parser.block.ruler.after("table", "verse", _verse, {"alt": ["paragraph"]})
    parser.block.ruler.before("fence", "displayed", _displayed, {"alt": ["paragraph", "list", "blockquote"]})
    parser.inline.ruler.at("image", _media)
    parser.inline.ruler.at("link", _link)
    parser.inline.ruler.before("link", "words", _words)
    parser.inline.ruler.before("escape", "formula", _formula)
    parser.inline.ruler.before("strikethrough", "script", _script)
    parser.inline.ruler.before("emphasis", "star", _star)
    return parser


def bracketed(tex: str, *, is_displayed: bool) -> str:
    """A formula as an author types it, in the first of the four kinds of brackets that can hold its TeX.

    Raises:
        ValueError: no brackets can hold it.
    """
    forms = ("$${}$$", "${}$", "\\({}\\)", "\\[{}\\]")
    for (pattern, displays), form in zip(_FORMULAS, forms, strict=True):
        typed = form.format(tex)
        found = pattern.match(typed) if displays == is_displayed else None
        if found and found.end() == len(typed):
            return typed
    message = f"TeX that no brackets can hold: {tex}"
    raise ValueError(message)


def _formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls rules so
    """Read a formula."""
    if state.src[state.pos] not in "$\\" or not state.env.get("math"):
        return False
    if state.pos > _last(state, _ENDS):
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


def _last(state: StateInline, ends: tuple[str, ...]) -> int:
    """The last place in the line at which one of these ends stands, or -1.

    A beginning behind that place has no end. The place is looked up once a line. If each of many beginnings looked for
    its end by itself, the time would grow with the square of the line's length.
    """
    found = state.env.setdefault("last", {})
    if (state.src, ends) not in found:
        found[state.src, ends] = max(map(state.src.rfind, ends))
    return int(found[state.src, ends])


def _script(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls rules so
    """Read a sub- or superscript."""
    src, start = state.src, state.pos
    pattern = _SCRIPT.get(src[start])
    found = pattern.match(src, start, state.posMax) if pattern else None
    if not found:
        return False
    before, after = src[start - 1 : start], src[found.end() : found.end() + 1]
    if before == src[start] or (src[start] == "^" and before.isalnum() and after.isalnum()):
        return False  # in `2^x+y^2` the two signs are no pair, while in `^14^C` they are
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
    """Read a single star between letters or digits as a sign, unless it slants letters of a word."""
    src, pos = state.src, state.pos
    if src[pos] != "*" or not pos or not src[pos - 1].isalnum() or not src[pos + 1 : pos + 2].isalnum():
        return False
    goes_on = src[pos + 1].isalpha() and _SLANTED_START.search(src, max(0, pos - _LONGEST_SLANTED - 1), pos)
    if goes_on or _SLANTED_END.match(src, pos):
        return False
    if not silent:
        state.pending += "*"
    state.pos += 1
    return True


def _link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls rules so
    """Read a link by markdown-it's own rule, if an address follows in the line."""
    return _may_close(state, _ADDRESS) and rules_inline.link(state, silent)


def _may_close(state: StateInline, ends: tuple[str, ...]) -> bool:
    """Whether a bracket may begin a link, a picture or words of a language: one of their `ends` follows in the line.

    In a line with very deeply nested brackets, all brackets are plain signs. Else the rest of the line would be searched
    from each of them.
    """
    if state.pos > _last(state, ends):
        return False
    deep = state.env.setdefault("deep", {})
    if state.src not in deep:
        deep[state.src] = brackets.are_deep(state.src)
    return not deep[state.src]


def _media(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls rules so
    """Read a picture or recording by markdown-it's own rule for images, and a width behind it."""
    if not _may_close(state, _ADDRESS) or not rules_inline.image(state, silent):
        return False
    width = _WIDTH.match(state.src, state.pos, state.posMax)
    if width:
        state.pos = width.end()
        if not silent:
            state.tokens[-1].meta["width"] = int(width[1])
    return True


def _words(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls rules so
    """Read words in another language."""
    src, start = state.src, state.pos
    # In silent mode, the parser looks for the end of a link's words, and only counts brackets.
    if silent or src[start] != "[" or not _may_close(state, _WORDS_END):
        return False
    close = parseLinkLabel(state, start)
    language = _LANGUAGE.match(src, close + 1, state.posMax) if close > start + 1 else None
    if not language:
        return False
    state.push("words_open", "span", 1).meta = {"lang": language[2]}
    end, state.pos, state.posMax = state.posMax, start + 1, close
    state.md.inline.tokenize(state)
    state.posMax = end
    state.push("words_close", "span", -1)
    state.pos = language.end()
    return True


def _deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls rules so
    """Read blocks that are nested too deep as lines of text, since the parser itself would leave them out."""
    if silent or state.level < _DEEPEST:
        return False
    _push_paragraph(state, start, end)
    return True


def _displayed(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls rules so
    """Read a displayed formula over several lines as one paragraph, even if a line begins with a sign of a block."""
    closer = _CLOSERS.get(state.src[state.bMarks[start] + state.tShift[start] :][:2])
    if closer is None or not state.env.get("math"):
        return False
    ended = state.env.setdefault("open", {})  # by closer: a formula that begins before this line has no end
    if start < ended.get(closer, 0):
        return False
    for line in range(start, end):
        if line > start and state.isEmpty(line):
            ended[closer] = line
            return False
        if closer in getLine(state, line)[2 * (line == start) :]:
            if line == start:
                return False  # an ordinary line, which the inline rule reads
            if not silent:
                _push_paragraph(state, start, line + 1)
            return True
    ended[closer] = end
    return False


def _push_paragraph(state: StateBlock, start: int, end: int) -> None:
    state.push("paragraph_open", "p", 1).map = [start, end]
    _push_inline(state, state.getLines(start, end, state.blkIndent, keepLastLF=False).strip(), start, end)
    state.push("paragraph_close", "p", -1)
    state.line = end


def _push_inline(state: StateBlock, text: str, start: int, end: int) -> None:
    """Push a token whose text markdown-it then reads as a line."""
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = text, [start, end], []


def _verse(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls rules so
    """Read two or more lines that begin with a bar and a space as a verse.

    A single such line is text. So are lines with bars at both ends: they are most likely a table whose author forgot the
    line below its head.
    """
    if start < state.env.get("barred", 0):
        return False
    lines = []
    for line in range(start, end):
        text = getLine(state, line)
        if state.sCount[line] < state.blkIndent or not (text == "|" or text.startswith("| ")):
            break
        lines.append(text[2:])
    if len(lines) < 2 or all(line.rstrip().endswith("|") for line in lines):  # noqa: PLR2004 - a verse has two lines
        state.env["barred"] = start + len(lines)  # before that line no verse begins
        return False
    if not silent:
        state.push("verse_open", "div", 1).map = [start, start + len(lines)]
        for line, text in enumerate(lines, start):
            shown = text.lstrip(" ")
            _push_inline(state, "\u00a0" * (len(text) - len(shown)) + shown.rstrip(), line, line + 1)
        state.push("verse_close", "div", -1)
        state.line = start + len(lines)
    return True

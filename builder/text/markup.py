"""An author's text as a tree: CommonMark's blocks and inline part, with the extensions of `builder.text.syntax`.

One parser serves every output. `parse` reads a text that may have blocks;
`inline` reads a text of one line, such as a title. Raw HTML is not markup, but
text that shows as typed. A text of one line is always one paragraph, so that the
answers `1. May` and `- 5` stay what they are. Nearly all texts have no special
character, and are not parsed at all.

Source: CommonMark 0.31.2; GitHub Flavored Markdown for tables; pandoc for line blocks and attributes of pictures.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from builder.text.late import late
from builder.text.tree import Code, Listing, Paragraph, Picture, Quote, Run, Sound, Table, Verse, flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from builder.text.tree import Block, Inline, Text

SPECIAL = late(r"[*_`\[\]<>&\\\n$~^]")
# Signs of other markup than emphasis. A bracket alone is no markup, nor is an ampersand that begins no reference.
_NOT_EMPHASIS = late(r"[_`<>\\\n$~^]|\](?=[({])|&(?=#?\w+;)")
_EDGES = frozenset(["", *" \t.,;:!?()[]'\"-/", *"“”‘’–—…"])
_WEB = late(r"(?:https?|mailto):", re.IGNORECASE)
SOUNDS = (".mp3", ".ogg", ".oga", ".opus", ".wav", ".m4a", ".flac", ".mp4", ".webm")


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    from builder.text import syntax

    return syntax.extend(MarkdownIt("commonmark", {"html": False}))


def parse(text: str, *, math: bool = False) -> Text[Inline]:
    r"""The blocks of a text; with `math`, what stands in `$...$`, `$$...$$`, `\(...\)` or `\[...\]` is TeX."""
    text = text.strip()
    if "\n" not in text:
        return (Paragraph(inline(text, math=math)),) if text else ()
    tokens = _parser().parse(text, {"math": math})
    return tuple(_blocks(iter(tokens)))


def inline(text: str, *, math: bool = False) -> tuple[Inline, ...]:
    """The nodes of a text that is read as one line: without blocks, and with line ends as spaces."""
    if not SPECIAL.search(text):
        return (Run(text),) if text else ()
    return _emphasis(text) or tuple(_markdown(text, math=math))


def runs(text: str) -> tuple[Run, ...]:
    """The runs of a title or another short text. Pictures and sounds, which have no place there, become their words."""
    return tuple(node if isinstance(node, Run) else Run(words(node)) for node in inline(text))


def plain(text: str, *, math: bool = False) -> str:
    """The text without its markup, with a space between blocks, lines and the two sides of a hard break."""
    if not SPECIAL.search(text):
        return text
    nodes = flat(parse(text, math=math), (Run(" "),)) if "\n" in text else inline(text, math=math)
    return "".join(map(words, nodes))


def words(node: Inline) -> str:
    """The text of a node; that of a break is a space, that of a picture or sound is its description or transcript."""
    match node:
        case Run(break_=True):
            return " "
        case Run(text):
            return text
        case Picture(alt=words) | Sound(transcript=words):
            return words


def _emphasis(text: str) -> tuple[Run, ...]:
    """The runs of a text whose only markup is `*words*` with clear edges; empty if that is not certain.

    Most markup is a title set off in a prompt, for which the parser takes forty times as long. So this function reads
    the easy texts, and leaves the others to the parser.
    """
    parts = text.split("*")
    if len(parts) % 2 == 0 or not all(parts[1:-1]) or _NOT_EMPHASIS.search(text):
        return ()  # two stars side by side may be bold text
    for before, inner, after in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
        if not (inner[:1].isalnum() and inner[-1:].isalnum() and before[-1:] in _EDGES and after[:1] in _EDGES):
            return ()
    return tuple(Run(part, em=place % 2 == 1) for place, part in enumerate(parts) if part)


def _markdown(text: str, *, math: bool = False) -> list[Inline]:
    # The parser drops space at both ends, which is needed where the text stands beside maths or a blank.
    core = text.strip()
    if not core:
        return [Run(text)] if text else []
    head, tail = text[: text.index(core[0])], text[len(text.rstrip()) :]
    (token,) = _parser().parseInline(core, {"math": math})
    return _merged([Run(head), *_nodes(token.children or []), Run(tail)])


def _blocks(tokens: Iterator[Token]) -> Iterator[Block[Inline]]:
    """The blocks that the tokens open, up to the token that closes the block around them."""
    for token in tokens:
        match token.type:
            case "paragraph_open":
                yield Paragraph(_line(next(tokens)))
                next(tokens)
            case "fence":
                language = token.info.split()[0] if token.info.split() else ""
                code = token.content.removesuffix("\n")
                yield Code((Run(code, code=True),) if code else (), language)
            case "bullet_list_open":
                yield Listing(tuple(_items(tokens)))
            case "ordered_list_open":
                yield Listing(tuple(_items(tokens)), int(token.attrs.get("start", 1)))
            case "blockquote_open":
                yield Quote(tuple(_blocks(tokens)))
            case "table_open":
                yield _table(token, tokens)
            case "verse_open":
                yield Verse(tuple(_verses(tokens)))
            case _ if token.nesting < 0:
                return
            case kind:
                message = f"a block of the parser that the tree has no place for: {kind}"
                raise AssertionError(message)


def _line(token: Token) -> tuple[Inline, ...]:
    """The nodes of an `inline` token."""
    return tuple(_merged(_nodes(token.children or [])))


def _verses(tokens: Iterator[Token]) -> Iterator[tuple[Inline, ...]]:
    for token in tokens:
        if token.type != "inline":
            return
        yield _line(token)


def _items(tokens: Iterator[Token]) -> Iterator[tuple[Block[Inline], ...]]:
    for token in tokens:
        if token.type != "list_item_open":
            return
        yield tuple(_blocks(tokens))


def _table(opening: Token, tokens: Iterator[Token]) -> Table[Inline]:
    rows: list[list[tuple[Inline, ...]]] = []
    for token in tokens:
        match token.type:
            case "table_close":
                break
            case "tr_open":
                rows.append([])
            case "inline":
                rows[-1].append(_line(token))
            case _:  # the end of a row
                pass
    head, *body = map(tuple, rows)
    return Table(head, tuple(body), tuple(opening.meta["aligns"]))


def _nodes(tokens: Iterable[Token]) -> Iterator[Inline]:
    """The nodes of the parser's tokens. Tokens that open or close a style count it up and down in `styles`."""
    styles = dict.fromkeys(("em", "strong", "s", "sub", "sup"), 0)
    href, spoken = "", [""]
    tokens = list(tokens)
    for place, token in enumerate(tokens):
        style = Run("", styles["em"] > 0, styles["strong"] > 0, href=href)
        style = style._replace(sub=styles["sub"] > 0, sup=styles["sup"] > 0, strike=styles["s"] > 0, lang=spoken[-1])
        match token.type:
            case "link_open":
                href = str(token.attrs["href"])
                href = href if _WEB.match(href) else ""
            case "link_close":
                href = ""
            case "words_open":
                spoken.append(token.meta["lang"])
            case "words_close":
                spoken.pop()
            case "softbreak":
                yield style._replace(text="" if _is_joined(tokens, place) else " ")
            case "hardbreak":
                yield Run("", break_=True)
            case "formula":
                yield style._replace(text=token.content, math=True, display=token.meta["display"], href="", lang="")
            case "image":
                yield _media(token)
            case _ if token.nesting:
                styles[token.type.rsplit("_", 1)[0]] += token.nesting
            case "code_inline":
                yield style._replace(text=token.content, code=True, lang="")
            case _:
                yield style._replace(text=token.content)


def _is_joined(tokens: list[Token], place: int) -> bool:
    """Whether the line end at `place` stands between two signs of a script without spaces, and so means no space."""
    before = (tokens[near].content[-1:] for near in range(place - 1, -1, -1) if not tokens[near].nesting)
    after = (tokens[near].content[:1] for near in range(place + 1, len(tokens)) if not tokens[near].nesting)
    return _is_unspaced(next(before, "")) and _is_unspaced(next(after, ""))


def _is_unspaced(sign: str) -> bool:
    return bool(sign) and unicodedata.east_asian_width(sign) in "WF" and not "\uac00" <= sign <= "\ud7a3"


def _media(token: Token) -> Picture | Sound:
    file, width = unquote(str(token.attrs["src"])), token.meta.get("width", 0)
    said = "".join(map(words, _merged(_nodes(token.children or []))))
    return Sound(file, said) if file.lower().endswith(SOUNDS) else Picture(file, said, width)


def _merged(nodes: Iterable[Inline]) -> list[Inline]:
    """The nodes, with neighbouring runs of one style joined, and empty runs left out."""
    out: list[Inline] = []
    for node in nodes:
        if not isinstance(node, Run):
            out.append(node)
        elif node.text or node.break_:
            last = out[-1] if out else None
            if isinstance(last, Run) and not (node.break_ or node.math) and last[1:] == node[1:]:
                out[-1] = last._replace(text=last.text + node.text)
            else:
                out.append(node)
    return out

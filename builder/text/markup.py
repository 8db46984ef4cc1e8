"""Inline text: CommonMark's inline part with the extensions of `builder.text.syntax`, and formulas where asked for.

One parser serves every output. `parse` turns text into runs, plain pieces with
a set of styles; `html` and `plain` write the runs out. Raw HTML is not
markup: it is text and shows as typed. Text without a special character, nearly
all of it, never meets the parser.

Source: CommonMark 0.31.2, section 6.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SPECIAL = re.compile(r"[*_`\[\]<>&\\\n$~^]")
# What may be other markup than emphasis. A bracket alone is none, nor is an ampersand that begins no reference.
_NOT_EMPHASIS = re.compile(r"[_`<>\\\n$~^]|\](?=\()|&(?=#?\w+;)")
_EDGES = frozenset(["", *" \t.,;:!?()[]'\"-/", *"“”‘’–—…"])
_WEB = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


class Run(NamedTuple):
    """A piece of text in one style.

    `math` is TeX, `display` says that it stands on a line of its own; `href` is a web address, `break_` a line's end.
    """

    text: str
    em: bool = False
    strong: bool = False
    code: bool = False
    math: bool = False
    href: str = ""
    break_: bool = False
    sub: bool = False
    sup: bool = False
    strike: bool = False
    display: bool = False


Runs = tuple[Run, ...]


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    from builder.text import syntax

    # Images are a field of an item, and raw HTML is text: neither is markup here.
    return syntax.extend(MarkdownIt("commonmark", {"html": False}).disable(["image", "html_inline", "autolink"]))


def parse(text: str, *, math: bool = False) -> Runs:
    r"""The runs of a text; with `math`, what stands in `$...$`, `$$...$$`, `\(...\)` or `\[...\]` is TeX."""
    if not SPECIAL.search(text):
        return (Run(text),) if text else ()
    return _emphasis(text) or tuple(_markdown(text, math=math))


def _emphasis(text: str) -> Runs:
    """The runs of a text whose only markup, if any, is `*words*` with clear edges; nothing where there is any doubt.

    A title set off in a prompt is by far the commonest markup; the parser takes forty times as long for it.
    """
    parts = text.split("*")
    if len(parts) % 2 == 0 or not all(parts[1:-1]) or _NOT_EMPHASIS.search(text):
        return ()  # two stars side by side are another sign
    for before, inner, after in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
        if not (inner[:1].isalnum() and inner[-1:].isalnum() and before[-1:] in _EDGES and after[:1] in _EDGES):
            return ()
    return tuple(Run(part, em=place % 2 == 1) for place, part in enumerate(parts) if part)


def _markdown(text: str, *, math: bool = False) -> list[Run]:
    # The parser trims a paragraph's outer space, which matters beside maths and clozes.
    core = text.strip()
    if not core:
        return [Run(text)] if text else []
    head, tail = text[: text.index(core[0])], text[len(text.rstrip()) :]
    (inline,) = _parser().parseInline(core, {"math": math})
    return _merged([Run(head), *_runs(inline.children or []), Run(tail)])


def _runs(tokens: Iterable[Token]) -> Iterable[Run]:
    styles = dict.fromkeys(("em", "strong", "s", "sub", "sup"), 0)
    href = ""
    for token in tokens:
        style = Run("", styles["em"] > 0, styles["strong"] > 0, href=href)
        style = style._replace(sub=styles["sub"] > 0, sup=styles["sup"] > 0, strike=styles["s"] > 0)
        match token.type:
            case "link_open":
                href = str(token.attrs["href"])
                href = href if _WEB.match(href) else ""
            case "link_close":
                href = ""
            case "softbreak":
                yield style._replace(text=" ")
            case "hardbreak":
                yield Run("", break_=True)
            case "formula":
                yield style._replace(text=token.content, math=True, display=token.meta["display"], href="")
            case kind if token.nesting:
                styles[kind.rsplit("_", 1)[0]] += token.nesting
            case kind:
                yield style._replace(text=token.content, code=kind == "code_inline")


def _merged(runs: Iterable[Run]) -> list[Run]:
    """Neighbours of one style become one run; empty ones go."""
    out: list[Run] = []
    for run in runs:
        if not run.text and not run.break_:
            continue
        if out and not (run.break_ or run.math) and out[-1][1:] == run[1:]:
            out[-1] = out[-1]._replace(text=out[-1].text + run.text)
        else:
            out.append(run)
    return out


def plain(text: str, *, math: bool = False) -> str:
    """The text without its markup; a hard break is a space."""
    if not SPECIAL.search(text):
        return text
    return "".join(" " if run.break_ else run.text for run in parse(text, math=math))


def as_html(runs: Iterable[Run]) -> str:
    """Runs as HTML, safe in an Anki field."""
    return "".join(map(_element, runs))


def html(text: str, *, math: bool = False) -> str:
    """HTML that shows in Anki and in a browser exactly what the author typed."""
    if not _TELLING.search(text):
        return text
    if not SPECIAL.search(text):
        return shield(escape(text, quote=False))
    return as_html(parse(text, math=math))


def html_text(text: str) -> str:
    """Text that holds no markup, as HTML that is safe in an Anki field."""
    return shield(escape(text, quote=False))


# What Anki would act on inside a field: media and TeX tags `[sound:`, `[latex]`, `[$]`, `[anki:`, `[[type:`,
# cloze and template braces, and MathJax's own brackets `\(`, `\[`.
_RISKY = re.compile(r"[\[\]{}\\]")
_TELLING = re.compile(r"[*_`\[\]<>&\\\n${}~^]")
_BRACKETS = str.maketrans({"[": "&#91;", "]": "&#93;"})
_SHIELDS = _BRACKETS | str.maketrans({"{": "&#123;", "}": "&#125;"})


def shield(markup: str) -> str:
    r"""HTML text that Anki leaves alone: brackets and braces as references, `\(` parted by an empty element.

    MathJax reads the page's text, where a reference is the character again;
    only an element in between keeps it from seeing `\(`.
    """
    return re.sub(r"\\(?=[(\[]|&#91;)", r"\\<span></span>", markup.translate(_SHIELDS))


def attribute(text: str) -> str:
    """Text for the value of an HTML attribute, in which neither Anki nor MathJax finds anything to act on."""
    return escape(text).translate(_SHIELDS).replace("\\", "&#92;")


def formula(tex: str, *, display: bool) -> str:
    r"""TeX between MathJax's brackets, `\(...\)` or `\[...\]`, as HTML.

    MathJax sees brackets where Anki sees references, and so Anki finds no `[sound:` in them; nor across the opening
    bracket of a displayed formula, after which a space stands.
    """
    return bracketed(tex_as_html(tex), display=display)


def tex_as_html(tex: str) -> str:
    """TeX as HTML text, its own brackets as references."""
    return escape(tex, quote=False).translate(_BRACKETS)


def bracketed(inner: str, *, display: bool) -> str:
    """The HTML of some TeX between the brackets that MathJax looks for."""
    return f"\\[ {inner} \\]" if display else f"\\({inner}\\)"


def _element(run: Run) -> str:
    if run.break_:
        return "<br>"
    if run.math:
        return formula(run.text, display=run.display)
    out = escape(run.text, quote=False)
    if _RISKY.search(out):
        out = shield(out)
    if run.code:
        out = f"<code>{out}</code>"
    if run.sub:
        out = f"<sub>{out}</sub>"
    if run.sup:
        out = f"<sup>{out}</sup>"
    if run.strike:
        out = f"<s>{out}</s>"
    if run.em:
        out = f"<em>{out}</em>"
    if run.strong:
        out = f"<strong>{out}</strong>"
    return f'<a href="{escape(run.href).translate(_SHIELDS)}">{out}</a>' if run.href else out

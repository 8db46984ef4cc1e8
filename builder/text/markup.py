"""Inline text: CommonMark's inline part, and `$...$` maths where an item asks for it.

One parser serves every output. `parse` turns text into runs, plain pieces with
a set of styles; `html` and `plain` write the runs out. Raw HTML is not
markup: it is text and shows as typed. Text without a special character, nearly
all of it, never meets the parser.

Source: CommonMark 0.31.2, section 6; cloze syntax: Anki manual, "Cloze Deletion".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SPECIAL = re.compile(r"[*_`\[\]<>&\\\n$]")
_NOT_EMPHASIS = re.compile(r"[_`\[\]<>&\\\n$]")
_EDGES = frozenset(["", *" \t.,;:!?()'\"-/", *"“”‘’–—…"])
_MATH = re.compile(r"(?<![\\$])\$(?=[^\s$])([^$\n]*?[^\s\\$])\$(?!\d)")
_CLOZE = re.compile(r"\{\{c(\d{1,9})::(.*?)(?:::(.*?))?\}\}", re.DOTALL)
MAX_BLANKS = 100
_WEB = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


class Run(NamedTuple):
    """A piece of text in one style; `href` is a web address, `break_` a line's end."""

    text: str
    em: bool = False
    strong: bool = False
    code: bool = False
    math: bool = False
    href: str = ""
    break_: bool = False


Runs = tuple[Run, ...]


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # Images are a field of an item, and raw HTML is text: neither is markup here.
    return MarkdownIt("commonmark", {"html": False}).disable(["image", "html_inline", "autolink"])


def parse(text: str, *, math: bool = False) -> Runs:
    """The runs of a text; with `math`, `$...$` is TeX."""
    if not SPECIAL.search(text):
        return (Run(text),) if text else ()
    if math:
        runs: list[Run] = []
        end = 0
        for found in _MATH.finditer(text):
            runs += _markdown(text[end : found.start()])
            runs.append(Run(found[1], math=True))
            end = found.end()
        return tuple(runs + _markdown(text[end:]))
    return _emphasis(text) or tuple(_markdown(text))


def _emphasis(text: str) -> Runs:
    """The runs of a text whose only markup is `*words*` with clear edges, or nothing where there is any doubt.

    A title set off in a prompt is by far the commonest markup; the parser takes forty times as long for it.
    """
    parts = text.split("*")
    if len(parts) % 2 == 0 or not all(parts[1:-1]) or _NOT_EMPHASIS.search(text):
        return ()  # two stars side by side are another sign
    for before, inner, after in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
        if not (inner[:1].isalnum() and inner[-1:].isalnum() and before[-1:] in _EDGES and after[:1] in _EDGES):
            return ()
    return tuple(Run(part, em=place % 2 == 1) for place, part in enumerate(parts) if part)


def _markdown(text: str) -> list[Run]:
    # The parser trims a paragraph's outer space, which matters beside maths and clozes.
    core = text.strip()
    if not core:
        return [Run(text)] if text else []
    head, tail = text[: text.index(core[0])], text[len(text.rstrip()) :]
    (inline,) = _parser().parseInline(core)
    return _merged([Run(head), *_runs(inline.children or []), Run(tail)])


def _runs(tokens: Iterable[Token]) -> Iterable[Run]:
    em = strong = 0
    href = ""
    for token in tokens:
        match token.type:
            case "em_open" | "em_close":
                em += token.nesting
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "link_open":
                href = str(token.attrs["href"])
                href = href if _WEB.match(href) else ""
            case "link_close":
                href = ""
            case "softbreak":
                yield Run(" ", em > 0, strong > 0, href=href)
            case "hardbreak":
                yield Run("", break_=True)
            case kind:
                yield Run(token.content, em > 0, strong > 0, kind == "code_inline", href=href)


def _merged(runs: Iterable[Run]) -> list[Run]:
    """Neighbours of one style become one run; empty ones go."""
    out: list[Run] = []
    for run in runs:
        if not run.text and not run.break_:
            continue
        if out and not run.break_ and out[-1][1:] == run[1:]:
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
_TELLING = re.compile(r"[*_`\[\]<>&\\\n${}]")
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


def _element(run: Run) -> str:
    if run.break_:
        return "<br>"
    if run.math:
        # MathJax sees brackets where Anki sees references, and finds no `[sound:` in them.
        return f"\\({escape(run.text, quote=False).translate(_BRACKETS)}\\)"
    out = escape(run.text, quote=False)
    if _RISKY.search(out):
        out = shield(out)
    if run.code:
        out = f"<code>{out}</code>"
    if run.em:
        out = f"<em>{out}</em>"
    if run.strong:
        out = f"<strong>{out}</strong>"
    return f'<a href="{escape(run.href).translate(_SHIELDS)}">{out}</a>' if run.href else out


@dataclass(frozen=True, slots=True)
class Blank:
    """One cloze deletion: its number (the card), the hidden text, a hint or the empty string."""

    number: int
    text: str
    hint: str = ""


def cloze(text: str) -> list[str | Blank]:
    """A cloze text in order: text and blanks."""
    parts: list[str | Blank] = []
    end = 0
    # Past the last end there is no blank: to look for one from every start would take the square of the time.
    for found in _CLOZE.finditer(text, 0, text.rfind("}}") + 2):
        if found.start() > end:
            parts.append(text[end : found.start()])
        parts.append(Blank(int(found[1]), found[2], found[3] or ""))
        end = found.end()
    if end < len(text):
        parts.append(text[end:])
    return parts


def cloze_problem(text: str) -> str:
    """What is wrong with the cloze syntax of a text, or the empty string."""
    parts = cloze(text)
    blanks = [part for part in parts if isinstance(part, Blank)]
    if not blanks:
        return "no blank: hide a part of the text as {{c1::...}}"
    if len(blanks) > MAX_BLANKS:
        return f"{len(blanks)} blanks, more than the {MAX_BLANKS} that one text may have"
    for blank in blanks:
        if not blank.text.strip():
            return f"the blank c{blank.number} hides nothing"
        if "{{" in blank.text + blank.hint:
            return f"the blank c{blank.number} holds another one: blanks do not nest"
        if not 1 <= blank.number <= 500:  # noqa: PLR2004 - Anki refuses higher numbers
            return f"the blank c{blank.number} is not numbered from 1 to 500"
    rest = "".join(part for part in parts if isinstance(part, str))
    if re.search(r"\{\{\s*c\d|\}\}", rest):
        return "a blank is not closed, or not of the form {{c1::hidden text}} or {{c1::hidden text::hint}}"
    return ""

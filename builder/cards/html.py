r"""An author's text as the HTML of an Anki field: what a browser shows is what the author typed.

A text of one paragraph is written without an element around it. What Anki or
MathJax would act on is hidden from them.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from builder.text import cloze, highlight, languages, spaces
from builder.text.languages import PLAIN, Speech
from builder.text.markup import SPECIAL, parse
from builder.text.tree import Code, Listing, Paragraph, Picture, Quote, Run, Sound, Table, Verse, single

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from builder.text.tree import Align, Block, Text

_NO_NAMES: Mapping[str, str] = {}


def html(
    text: str,
    *,
    math: bool = False,
    names: Mapping[str, str] = _NO_NAMES,
    language: str = "",
    label: str = "Transcript",
    is_mute: bool = False,
) -> str:
    """A text of a course in that language; `names` are the names inside Anki of the files that it shows.

    A card is in the language of the student's Anki, so words whose letters tell their language say it, those of the
    course too. `label` stands above a transcript. In a mute text, sounds are not played.
    """
    is_telling = _TELLING.search(text)
    if not is_telling and text.isascii() and not spaces.wants(text, language):
        return text
    speech = languages.speech(text, language, "")
    if speech is PLAIN and not is_telling:
        return text
    if speech is PLAIN and not SPECIAL.search(text):
        return shield(escape(text, quote=False))
    return _Writer(names, speech, label, is_mute=is_mute).text(parse(text, math=math))


def writer(**given: Any) -> Callable[..., str]:
    """`html` with these options, faster for a text that has no sign to write otherwise: most have none.

    The function takes a text, and options of `html` in place of those given.
    """
    telling = _TELLING.search
    is_french = spaces.is_french(given.get("language", ""))

    def write(text: str, **other: Any) -> str:
        return text if text.isascii() and not (is_french or telling(text)) else html(text, **(given | other))

    return write


def cloze_html(
    text: str,
    *,
    math: bool = False,
    names: Mapping[str, str] = _NO_NAMES,
    language: str = "",
    label: str = "Transcript",
) -> str:
    """A cloze text, with Anki's own braces around what is hidden."""
    if text.isascii() and _SIMPLE_CLOZE.fullmatch(text) and not spaces.wants(text, language):
        return text
    return _Writer(names, languages.speech(text, language, ""), label).text(cloze.read(text, math=math))


def box(name: str, inside: str) -> str:
    """An element of that class around the HTML of a text: a `div` where the text has blocks, which no `span` may hold."""
    tag = "div" if holds_blocks(inside) else "span"
    return f'<{tag} class="{name}">{inside}</{tag}>'


def holds_blocks(inside: str) -> bool:
    """Whether the HTML of a text holds an element that stands in no line. What an author typed holds none: it is escaped."""
    return "<" in inside and bool(_BLOCK.search(inside))


def folded(transcript: str, label: str) -> str:
    """What is said in a recording, as HTML that is folded, since it may be the answer; nothing for no words."""
    return f'<details><summary class="tappable">{label}</summary>{transcript}</details>' if transcript else ""


def folded_passage(text: str, label: str) -> str:
    """A passage as HTML, folded above the question that is on it: whoever knows it need not scroll past it."""
    # Its look stands here and not in the style sheet, which is part of every deck: decks without passages stay as they are.
    look = "display:block;margin-bottom:.7em;color:inherit"
    return f'<details class="passage" style="{look}"><summary class="tappable">{label}</summary>{text}</details>'


def as_html(runs: Iterable[Run]) -> str:
    """Runs in a row, as a reference has them."""
    return "".join(map(_run, runs))


def html_text(text: str) -> str:
    """Text that holds no markup."""
    return shield(escape(text, quote=False))


# What Anki would act on inside a field: media and TeX tags `[sound:`, `[latex]`, `[$]`, `[anki:`, `[[type:`,
# cloze and template braces, and MathJax's own brackets `\(`, `\[`.
_RISKY = re.compile(r"[\[\]{}\\]")
_TELLING = re.compile(r"[*_`\[\]<>&\\\n${}~^]")
# A cloze text that is its own HTML: words and blanks without any sign that Markdown, HTML, Anki or a hint could mean.
_WORDS = r"[ !\"#%'()+,\-./0-9;=?@A-Z|a-z]"
_SIMPLE_CLOZE = re.compile(rf"(?! )(?:{_WORDS}++|\{{\{{c[1-9][0-9]{{0,8}}::(?! ){_WORDS}++(?<! )\}}\}})++(?<! )")
_BLOCK = re.compile(r"<(?:p|div|pre|ul|ol|blockquote|details)\b")
_BRACKETS = str.maketrans({"[": "&#91;", "]": "&#93;"})
_OPENING = re.compile(r"\\(?=[(\[]|&#91;)")
_SHIELDS = _BRACKETS | str.maketrans({"{": "&#123;", "}": "&#125;"})


def shield(markup: str) -> str:
    r"""HTML text that Anki leaves alone: brackets and braces as references, `\(` parted by an empty element.

    MathJax reads the page's text, where a reference is the character again;
    only an element in between keeps it from seeing `\(`.
    """
    shielded = markup.translate(_SHIELDS)
    return _OPENING.sub(r"\\<span></span>", shielded) if "\\" in shielded else shielded


def attribute(text: str) -> str:
    """Text for the value of an HTML attribute, in which neither Anki nor MathJax finds anything to act on."""
    return escape(text).translate(_SHIELDS).replace("\\", "&#92;")


class _Writer:
    """Writes texts whose pictures and sounds have these names inside Anki, and whose letters speak as `speech` says.

    Anki plays each sound that a side holds, even one that the side hides. A mute
    text has its sounds as words alone: it repeats what is played elsewhere, or
    is hidden.
    """

    def __init__(self, names: Mapping[str, str], speech: Speech, label: str, *, is_mute: bool = False) -> None:
        self.names, self.speech, self.label, self.is_mute = names, speech, html_text(label), is_mute

    def text(self, text: Text[cloze.Node]) -> str:
        """A text: one paragraph bare, more as blocks."""
        line = single(text)
        return self.line(line) if line is not None else "".join(map(self.block, text))

    def block(self, block: Block[cloze.Node]) -> str:
        """A block as an element."""
        match block:
            case Paragraph(runs):
                inside = self.line(runs)
                return f'<div class="line">{inside}</div>' if holds_blocks(inside) else f"<p>{inside}</p>"
            case Code():
                return f"<pre><code>{self.program(highlight.coloured(block))}</code></pre>"
            case Listing(items, start):
                tag = "ul" if start is None else "ol"
                first = f' start="{start}"' if start not in {None, 1} else ""
                inside = "".join(f"<li>{self.text(item)}</li>" for item in items)
                return f"<{tag}{first}>{inside}</{tag}>"
            case Table(head, rows, aligns):
                top = self.row("th", head, aligns)
                below = "".join(self.row("td", row, aligns) for row in rows)
                table = f"<table><thead>{top}</thead><tbody>{below}</tbody></table>"
                return f'<div class="sheet">{table}</div>'
            case Quote(blocks):
                return f"<blockquote>{self.text(blocks)}</blockquote>"
            case Verse(lines):
                return f'<p class="verse">{"<br>".join(map(self.line, lines))}</p>'

    def row(self, tag: str, cells: Iterable[tuple[cloze.Node, ...]], aligns: Iterable[Align]) -> str:
        """A row of a table."""
        made = []
        for cell, align in zip(cells, aligns, strict=True):
            style = f' style="text-align:{align}"' if align else ""
            made.append(f"<{tag}{style}>{self.line(cell)}</{tag}>")
        return f"<tr>{''.join(made)}</tr>"

    def line(self, nodes: Iterable[cloze.Node]) -> str:
        """What stands in a line."""
        return "".join(map(self.node, self.speech.line(nodes)))

    def program(self, nodes: Iterable[cloze.Node]) -> str:
        """The inside of a program: tokens in their classes, blanks between them."""
        made = []
        for node in nodes:
            match node:
                case cloze.Gap(blank, content, hint):
                    made.append(_braced(blank.number, _inside(self.program(content)), _inside(self.program(hint))))
                case Run(text, token=token):
                    shown = html_text(text)
                    made.append(f'<span class="code-{token}">{shown}</span>' if token else shown)
                case Picture() | Sound() | cloze.Formula():  # a fence reads no markup
                    pass
        return "".join(made)

    def node(self, node: cloze.Node) -> str:
        """A piece of a line."""
        match node:
            case Run():
                return _run(node)
            case Picture(file, alt, width):
                size = f' style="width:{width}%"' if width else ""
                return f'<img src="{attribute(self.names[file])}" alt="{attribute(alt)}"{size}>'
            case Sound(file, transcript):
                return self.sound(self.names[file], html_text(transcript))
            case cloze.Gap():
                return _braced(node.blank.number, _inside(self.line(node.content)), _inside(self.line(node.hint)))
            case cloze.Formula():
                inner = "".join(
                    _tex(piece)
                    if isinstance(piece, str)
                    else _braced(piece.number, _inside(_tex(piece.text)), _inside(_tex(piece.hint)))
                    for piece in node.parts
                )
                return _bracketed(inner, display=node.display)

    def sound(self, name: str, transcript: str) -> str:
        """A sound, which Anki makes a button, and its words, folded."""
        button = "" if self.is_mute else f"[sound:{name}]"
        return f'<span class="sound" data-file="{attribute(name)}">{button}</span>{folded(transcript, self.label)}'


def _run(run: Run) -> str:
    if run.break_:
        return "<br>"
    if run.math:
        return _bracketed(_tex(run.text), display=run.display)
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
    if run.lang:
        flow = "rtl" if languages.is_leftward(run.lang) else "ltr"
        out = f'<span lang="{run.lang}" dir="{flow}">{out}</span>'
    if run.em:
        out = f"<em>{out}</em>"
    if run.strong:
        out = f"<strong>{out}</strong>"
    return f'<a href="{escape(run.href).translate(_SHIELDS)}">{out}</a>' if run.href else out


def _tex(tex: str) -> str:
    """TeX as HTML text, its own brackets as references, so that Anki finds no `[sound:` in it."""
    return escape(tex, quote=False).translate(_BRACKETS)


def _bracketed(inner: str, *, display: bool) -> str:
    r"""The HTML of some TeX between the brackets that MathJax looks for, `\(...\)` or `\[...\]`.

    Anki finds no `[sound:` across the bracket of a displayed formula, since a space stands after it.
    """
    return f"\\[ {inner} \\]" if display else f"\\({inner}\\)"


def _braced(number: int, hidden: str, hint: str) -> str:
    return f"{{{{c{number}::{hidden}::{hint}}}}}" if hint else f"{{{{c{number}::{hidden}}}}}"


def _inside(html: str) -> str:
    """HTML that may stand in a blank, which Anki would end at `}}`, and whose hint it would begin at `::`.

    References hide both from Anki; a browser and MathJax read the signs again. A brace at the end is hidden too,
    since two more follow it.
    """
    html = html.replace("::", ":&#58;").replace("}}", "}&#125;")
    return f"{html[:-1]}&#125;" if html.endswith("}") else html

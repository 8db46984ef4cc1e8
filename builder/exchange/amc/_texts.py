r"""Texts of AMC-TXT as texts of items: `[_emphasis_]`, `[*strong*]`, `[|code|]`, `[[LaTeX]]`, `[verbatim]`, `!a.png!`."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from builder.exchange._markup import from_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from builder.exchange._rich import Rich

_PARTS = re.compile(
    r"\[verbatim\]|\[\[|!(?:\{[^!\s{}]{1,80}\})?(?:\[[^!\s\[\]]{1,80}\])?(?P<file>[^!\s]{1,200}\.\w{2,4})!",
    re.IGNORECASE,
)
_ENDS = {"[verbatim]": "[/verbatim]", "[[": "]]"}
_FORMULAS = re.compile(r"\$\$|\$|\\\(|\\\[")
_FORMULA_ENDS = {"$$": "$$", "$": "$", "\\(": "\\)", "\\[": "\\]"}
_COMMAND = re.compile(r"\\(?![%&_#$ {}])[a-zA-Z]+|\\begin")
_SIGNS = {"==": "strong", "_": "em", "*": "strong", "/": "em", "|": "code"}
_OPEN = re.compile(r"\[(==|[_*/|])|(==|[_*/|])\]")


def rich(said: Iterable[str], lost: Callable[[str], None], *, is_latex: bool) -> Rich:
    """The text of some lines; with `is_latex`, formulas stand anywhere between dollars."""
    text = "\n".join(said).strip()
    made, end = "", 0
    for found, inside, after in _closed(text, _PARTS, _ENDS):
        made += _words(text[end : found.start()], lost, is_latex=is_latex)
        if found["file"]:
            lost(f"the picture {found['file'][:60]} is not in the file: put it beside the bank, and name it there")
        elif found[0] == "[[":
            made += _latex(inside, lost)
        else:
            made += f"<pre>{escape(inside.strip(chr(10)), quote=False)}</pre>"
        end = after
    made += _words(text[end:], lost, is_latex=is_latex)
    return from_html(f"<p>{made}</p>")


def _closed(text: str, signs: re.Pattern[str], ends: dict[str, str]) -> Iterator[tuple[re.Match[str], str, int]]:
    """Each sign that something closes, what stands between, and where that ends; what has no end is looked for once."""
    at, open_ = 0, set()
    for found in signs.finditer(text):
        closing = ends.get(found[0].lower(), "")
        if found.start() < at or closing in open_:
            continue
        end = text.find(closing, found.end()) if closing else found.end()
        if end < 0:
            open_.add(closing)
            continue
        at = end + len(closing)
        yield found, text[found.end() : end], at


def _latex(code: str, lost: Callable[[str], None]) -> str:
    """LaTeX: its formulas, and the rest as it is typed."""
    made, end, rest = "", 0, ""
    for found, inside, after in _closed(code, _FORMULAS, _FORMULA_ENDS):
        between = code[end : found.start()]
        rest += between
        tex = escape(inside, quote=False)
        made += _plain(between) + (f"\\[{tex}\\]" if found[0] in {"$$", "\\["} else f"\\({tex}\\)")
        end = after
    rest += code[end:]
    if _COMMAND.search(rest):
        lost(f"LaTeX that is more than a formula stays as it is typed: {' '.join(rest.split())[:60]}")
    return made + _plain(code[end:])


def _words(text: str, lost: Callable[[str], None], *, is_latex: bool) -> str:
    """Words, with their emphasis; an empty line parts paragraphs."""
    made, end = "", 0
    opened: list[str] = []
    for found in _OPEN.finditer(text):
        tag = _SIGNS[found[1] or found[2]]
        if (found[2] and opened[-1:] != [tag]) or len(opened) > len(_SIGNS):
            continue  # it closes nothing: a sign of the text
        made += _piece(text[end : found.start()], lost, is_latex=is_latex)
        made += f"<{tag}>" if found[1] else f"</{tag}>"
        opened = [*opened, tag] if found[1] else opened[:-1]
        end = found.end()
    return made + _piece(text[end:], lost, is_latex=is_latex) + "".join(f"</{tag}>" for tag in reversed(opened))


def _piece(text: str, lost: Callable[[str], None], *, is_latex: bool) -> str:
    return _latex(text, lost) if is_latex else _plain(text)


def _plain(text: str) -> str:
    """Words as HTML: backslashes and dollars in them begin no formula."""
    made = escape(text, quote=False).replace("\\", "\\<span></span>").replace("$", "$<span></span>")
    return re.sub(r"\n[ \t]*\n\s*", "</p><p>", made)

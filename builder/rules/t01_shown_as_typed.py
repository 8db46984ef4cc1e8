r"""A text holds signs of markup that don't become what they stand for.

Five slips reach students as typed, or not at all.

- *HTML.* `H<sub>2</sub>O` reads so, tags and all, since nothing that an author
  pastes may run. Markdown says the same: `H~2~O`, `x^2^`, `**bold**`,
  `~~gone~~`, and a backslash at the end of a line for a break.
- *TeX without maths.* `$x^2 \ln x$` is a formula only where the item says
  `math: true`. Then `$...$`, `$$...$$`, `\(...\)` and `\[...\]` are formulas, and
  one without its second `$` is none.
- *What an item has no place for.* Headings, lines that part sections, and
  programs by indentation are text. A program stands between two lines of three
  backquotes; the sections of a text are paragraphs.

- *A link that leads nowhere.* `[0](event)` reads as a link, of which the words
  alone are shown: only web and e-mail addresses are links.
- *A language by its name.* `[bonjour]{lang=french}`: it is named by its code, `fr`
  or `pt-BR` (BCP 47).

What is meant as typed goes into a code span, `` `<b>` ``. Sub- and superscript
are those of pandoc, the rest is CommonMark (0.31.2, 2024). `&nbsp;` and its
like are read as the signs that they stand for. `her-study explain text` shows
all that may be written; `check --fix` rewrites tags that have one meaning.

Bad:

    - id: chem-water
      kind: basic
      prompt: What does H<sub>2</sub>O stand for?  # T01
      answer: Water
      explanation: Two atoms of hydrogen and one of oxygen make a molecule of water.
    - id: calc-log
      kind: basic
      prompt: What is the derivative of $\ln x$?  # T01
      answer: One over x
      explanation: The logarithm grows more slowly the larger x is, at the rate of one over x.
    - id: code-loop
      kind: basic
      prompt: |  # T01
        # A loop
        What does `for i in range(2): print(i)` print?
      answer: The numbers 0 and 1
      explanation: The range begins at zero and ends before two, and each number is printed.

Good:

    - id: chem-water
      kind: basic
      prompt: What does H~2~O stand for?
      answer: Water
      explanation: Two atoms of hydrogen and one of oxygen make a molecule of water.
    - id: calc-log
      kind: basic
      math: true
      prompt: What is the derivative of $\ln x$?
      answer: One over x
      explanation: The logarithm grows more slowly the larger x is, at the rate of one over x.
    - id: code-loop
      kind: basic
      prompt: |
        What does this print?

        ```python
        for i in range(2):
            print(i)
        ```
      answer: The numbers 0 and 1
      explanation: The range begins at zero and ends before two, and each number is printed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.diagnostics import At, Severity
from builder.rules import Hit
from builder.text import cloze, code
from builder.text.languages import TAG
from builder.text.late import late
from builder.text.markup import parse
from builder.text.tree import Run, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.WARNING
REMEDY = "put it in `backquotes` if the signs themselves are meant"

_READING = "no signs above others: write the reading behind them, 先生（せんせい）"
_INSTEAD = {
    "b": "**bold**",
    "strong": "**bold**",
    "i": "*emphasis*",
    "em": "*emphasis*",
    "u": "*emphasis*",
    "sub": "~sub~",
    "sup": "^super^",
    "s": "~~struck~~",
    "del": "~~struck~~",
    "strike": "~~struck~~",
    "code": "`code`",
    "br": "a backslash at the end of a line",
    "p": "the words alone",
    "div": "the words alone",
    "span": "the words alone",
    "font": "the words alone",
    "img": "![what it shows](file.png)",
    "a": "[words](https://...)",
    "ruby": _READING,
    "rb": _READING,
    "rt": _READING,
    "rp": _READING,
}
_TAG = late(rf"</?({'|'.join(_INSTEAD)})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TEX = late(r"\$[^$]*(?:\\[A-Za-z]+|[\^_])[^$]*\$|\\\((?:(?!\\\().)+?\\\)|\\\[(?:(?!\\\[).)+?\\\]", re.DOTALL)
_OPENED = late(r"\$\s?[^\s$]{0,60}(?:\\[A-Za-z]{2,}|[\^_][\w{]).*")  # a bound on it keeps long words from costing much
_CLOSED = late(r"\S{0,60}?(?:\\[A-Za-z]{2,}|[\^_]\{)")
_LANGUAGE = late(rf"(?<=\])\{{\s*lang\s*=(?!\s*(\"?){TAG}\1\s*\}})[^{{}}]*\}}")
_LINK = late(r"(?<![!\\])\[[^\[\]]*\]\(\s*+(?!<?(?:https?|mailto):)([^()\s]*+)[^()]*+\)", re.IGNORECASE)
_NO_BLOCKS = {
    "a heading": (re.compile(r"^ {0,3}#{1,6} \S", re.MULTILINE), "write it in **bold** as a paragraph"),
    "a line that parts sections": (re.compile(r"^ {0,3}([-*_])(?: *\1){2,} *$", re.MULTILINE), "leave an empty line"),
    "a program by indentation": (
        re.compile(r"\A(?!.*^ {0,3}(?:[-*+]|\d+[.)]) ).*\n\s*\n {4,}\S", re.MULTILINE | re.DOTALL),
        "put it between two lines of ```",
    ),
}


def check(course: Course) -> Iterator[Hit]:
    """HTML, TeX without maths, links to nowhere, headings and the like, outside code; each text is reported once."""
    for item, entries in course.texts:
        if not _is_suspect("".join([text for _, text in entries])):  # a quick look at all of them
            continue
        for keys, text in entries:
            found = _fault(text.strip(), math=item.math) if _is_suspect(text) else None
            if found:
                at = course.at[item.id]
                yield Hit(At(at.path, at.keys + keys), found[0], remedy=found[1])
    for passage, at in course.passages:
        if found := _fault(passage.text.strip(), math=passage.math):
            yield Hit(at / "text", found[0], remedy=found[1].replace("to the item", "to the passage"))


def _is_suspect(text: str) -> bool:
    """Whether a text has any sign of what is looked for. Six searches for a string take a tenth of one expression's time."""
    return "<" in text or "$" in text or "\\" in text or "\n" in text or "](" in text or "]{" in text


def _fault(text: str, *, math: bool) -> tuple[str, str] | None:
    """The first fault of a text and what to do about it."""
    bare = code.without(text)
    tag = _TAG.search(bare)
    if tag:
        return f"'{tag[0]}' shows as typed", f"Markdown has {_INSTEAD[tag[1].lower()]}; or {REMEDY}"
    tex = None if math else _TEX.search(bare)
    if tex:
        return f"'{_short(tex[0])}' shows as typed", f"add 'math: true' to the item; or {REMEDY}"
    if math and bare.count("$") % 2 != bare.count("\\$") % 2 and (begun := _begun(text)):
        return f"the formula '{_short(begun)}' has no end, and shows as typed", f"write its second $; or {REMEDY}"
    if language := _LANGUAGE.search(bare):
        return f"'{_short(language[0])}' shows as typed", "name a language by its code, as {lang=fr} or {lang=pt-BR}"
    if link := _LINK.search(bare):
        message = f"'{_short(link[0])}' is a link, and '{_short(link[1])}' is no address: the words alone are shown"
        return message, f"write the whole address, https://...; or {REMEDY}"
    if "\n" in bare:
        for name, (pattern, remedy) in _NO_BLOCKS.items():
            if pattern.search(bare):
                return f"{name} shows as typed", remedy
    return None


def _begun(text: str) -> str:
    """A formula that has but one of its two dollars, from there on; the empty string if there is none."""
    runs = (node for line in lines(parse(cloze.filled(text), math=True)) for node in line if isinstance(node, Run))
    found = (_half(run.text) for run in runs if not run.math and not run.code)
    return next(filter(None, found), "")


def _half(text: str) -> str:
    """What stands behind a dollar and is TeX, or else before the last one; the empty string for neither."""
    if "$" not in text:
        return ""
    opened, end = _OPENED.search(text), text.rindex("$")
    closed = None if opened else _CLOSED.search(text, 0, end)
    return opened[0].strip() if opened else text[closed.start() : end + 1].strip() if closed else ""


def _short(tex: str) -> str:
    return tex if len(tex) <= 30 else f"{tex[:29]}\u2026"  # noqa: PLR2004 - characters in a message

r"""A text holds signs of markup that don't become what they stand for.

Three habits from elsewhere reach students as typed, or lose their shape.

- *HTML.* `H<sub>2</sub>O` reads so, tags and all, since nothing that an author
  pastes may run. Markdown says the same: `H~2~O`, `x^2^`, `**bold**`,
  `~~gone~~`, and a backslash at the end of a line for a break.
- *TeX without maths.* `$x^2 \ln x$` is a formula only where the item says
  `math: true`. Then `$...$`, `$$...$$`, `\(...\)` and `\[...\]` are formulas.
- *Blocks.* A text is printed as one paragraph. A table becomes bars and dashes
  there, a program or a list one line. Code that fits a line goes into a code
  span; a table or a longer program goes into a picture, whose words `alt`
  gives (WCAG 2.2, 2023, criterion 1.1.1).

What is meant as typed goes into a code span, `` `<b>` ``. Sub- and superscript
are those of pandoc, the rest is CommonMark (0.31.2, 2024).

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
        What does this print?

        ```python
        for i in range(2):
            print(i)
        ```
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
      prompt: "What does `for i in range(2): print(i)` print?"
      answer: The numbers 0 and 1
      explanation: The range begins at zero and ends before two, and each number is printed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.diagnostics import At, Severity
from builder.rules import Hit
from builder.text import code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.WARNING
REMEDY = "put it in `backquotes` if the signs themselves are meant"

_SUSPECT = re.compile(r"[<$\\\n]")
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
    "img": "the key 'image:' of the item",
    "a": "[words](https://...)",
}
_TAG = re.compile(rf"</?({'|'.join(_INSTEAD)})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TEX = re.compile(r"\$[^$]*(?:\\[A-Za-z]+|[\^_])[^$]*\$|\\\((?:(?!\\\().)+?\\\)|\\\[(?:(?!\\\[).)+?\\\]", re.DOTALL)
_BLOCKS = {
    "a fenced code block": re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE),
    "a table": re.compile(r"^ {0,3}\|.+\n {0,3}\|[ :|-]+$", re.MULTILINE),
    "a list": re.compile(r"^ {0,3}(?:[-*+]|\d{1,9}[.)]) +\S.*\n {0,3}(?:[-*+]|\d{1,9}[.)]) +\S", re.MULTILINE),
    "a quotation": re.compile(r"^ {0,3}> ", re.MULTILINE),
    "several paragraphs": re.compile(r"\n[ \t]*\n"),
}


def check(course: Course) -> Iterator[Hit]:
    """HTML, TeX without maths, and blocks outside code spans; each text is reported once."""
    for item, entries in course.texts:
        if not _SUSPECT.search("".join([text for _, text in entries])):  # a quick look at all of them
            continue
        for keys, text in entries:
            found = _fault(text.strip(), math=item.math) if _SUSPECT.search(text) else None
            if found:
                at = course.at[item.id]
                yield Hit(At(at.path, at.keys + keys), found[0], remedy=found[1])


def _fault(text: str, *, math: bool) -> tuple[str, str] | None:
    """The first fault of a text and what to do about it."""
    if "\n" in text:
        block = next((name for name, pattern in _BLOCKS.items() if pattern.search(text)), "")
        if block:
            remedy = (
                "keep a break by a backslash at the end of the line; put code into `backquotes`, a table into a picture"
            )
            return f"{block} would run together in one paragraph", remedy
    bare = code.without(text)
    tag = _TAG.search(bare)
    if tag:
        return f"'{tag[0]}' shows as typed", f"Markdown has {_INSTEAD[tag[1].lower()]}; or {REMEDY}"
    tex = None if math else _TEX.search(bare)
    return (f"'{_short(tex[0])}' shows as typed", f"add 'math: true' to the item; or {REMEDY}") if tex else None


def _short(tex: str) -> str:
    return tex if len(tex) <= 30 else f"{tex[:29]}\u2026"  # noqa: PLR2004 - characters in a message

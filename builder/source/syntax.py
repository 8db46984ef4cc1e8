"""What is wrong with a text that is no YAML, at the place where its author has to look.

libyaml tells where it could go on no further, which is often lines below the mistake: an author who has typed half a key
would see the next item underlined. Where it says in what it was, the finding is there:

    - id: moon
      promp             <- here, and not at the next dash
    - id: sun
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from builder.text.late import late

if TYPE_CHECKING:
    import yaml
    from yaml._yaml import Mark as CMark
    from yaml.error import Mark as PyMark

    Mark = CMark | PyMark

_MOST = 30  # characters of the text that are repeated
_QUOTES = ("'", '"')
_CLOSING = {"[": "]", "{": "}"}
_BLOCKS = "|>"
# What libyaml says where a plain text begins with a sign that means something to it.
_SIGNED = (
    "found character that cannot start any token",
    "block sequence entries are not allowed",
    "mapping keys are not allowed",
)
_BRACKETED = "within [...] and {...}, put quotes around a text that holds , [ ] { or }"
_SCANNED = ("an alias", "an anchor", "a block scalar")
_KEYED = late(r"(?P<margin> *(?:- +)*)(?P<key>[A-Za-z_][\w.-]*):(?:\s|$)")
_BARE_DASH = late(r" *(-[A-Za-z_]\w*):(?:\s|$)")
_ODD_SPACE = late(r"^(?: *-?| *(?:- +)?[A-Za-z_][\w.-]*:)[ \t]*([\u00a0\u2000-\u200b\u202f\u3000])", re.MULTILINE)


class Fault(NamedTuple):
    """What is wrong and what to do about it; `offset` is its place in the text, in characters; None if unknown."""

    offset: int | None
    message: str
    remedy: str


def fault(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """What is wrong with a text that can't be read as YAML."""
    start, stop = error.context_mark, error.problem_mark
    context = error.context or ""
    found = next(filter(None, (_odd_space(mark.index, text) for mark in (start, stop) if mark)), None)
    if not found and start and stop and start.line < stop.line:
        found = _open(start.index, text, context)
    if not found and stop:
        found = _behind(stop, text, error.problem or "")
    if found:
        return found
    problem = (error.problem or "not YAML").strip()
    is_scanned = context.endswith(_SCANNED)
    sign = start if is_scanned and start else stop
    if sign and (is_scanned or problem.startswith(_SIGNED)) and sign.index < len(text):
        return _signed(sign.index, text)
    mark = stop or start
    return Fault(mark.index if mark else None, f"{problem} ({context})" if context else problem, _remedy(problem))


def _open(offset: int, text: str, context: str) -> Fault | None:
    """What has begun lines above and was never ended: a key without its colon, a quote, a bracket."""
    begun = text[offset:].partition("\n")[0].rstrip()
    if context.endswith("a simple key"):
        said = begun if len(begun) <= _MOST else f"{begun[:_MOST].rstrip()} …"
        return Fault(
            offset, f"'{said}' has no ':' behind it", "write 'key: value', or indent what goes on from the line above"
        )
    if context.endswith("a quoted scalar"):
        return Fault(offset, "the quote that begins here is not closed", f"write {begun[:1]} where the text ends")
    if begun[:1] in _CLOSING:
        remedy = f"write '{_CLOSING[begun[0]]}' behind the last entry"
        return Fault(offset, f"the '{begun[0]}' that begins here is not closed", remedy)
    return None


def _behind(mark: Mark, text: str, problem: str) -> Fault | None:
    """What can't stand behind the line above it, or behind what is left of it."""
    if "expected key" in problem and text[: mark.index].rstrip(" ")[-1:] in _QUOTES:
        remedy = "quote the text as a whole, with '' for each ' within, or take the quotes away"
        return Fault(mark.index, "more stands behind the quote that ends the text", remedy)
    if "expected key" in problem and text.startswith("- ", mark.index):
        remedy = "indent it as the entries above it, or write their key above them, such as 'items:'"
        return Fault(mark.index, "an entry of a list stands where a key is expected", remedy)
    if "expected ','" in problem:
        return Fault(mark.index, "a text between brackets ends here, and more stands behind it", _BRACKETED)
    if "a tab character" in problem:
        return Fault(mark.index, "a tab stands at the start of the line", "indent with spaces")
    return _indented(mark, text) if "mapping values are not allowed" in problem else None


def _signed(offset: int, text: str) -> Fault:
    """A text that begins with a sign of YAML, such as `*o*-xylene`."""
    sign = text[offset]
    if sign == "\t":
        return Fault(offset, "a tab stands where a text or a key begins", "type spaces in its place")
    remedy = f"put quotes around the whole text: '{sign}...'"
    if sign == "-":
        remedy += "; a list begins in the line below its key"
    if sign in _BLOCKS:
        remedy += f"; a {sign} alone stands before a text in the lines below"
    return Fault(offset, f"a text can't begin with a bare '{sign}': it means something to YAML", remedy)


def _indented(mark: Mark, text: str) -> Fault | None:
    """A key that begins further right than the key above it, or that follows on a dash without its space.

    libyaml takes such a line for more of the text above, and stumbles over its colon:

        - id: moon
          kind: basic
           bloom: remember
    """
    lines = text[: mark.index].split("\n")
    here = _KEYED.fullmatch(f"{lines[-1]}:")
    above = next((number for number in range(len(lines) - 2, -1, -1) if lines[number].strip()), None)
    if here is None or above is None:
        return None
    start = sum(len(line) + 1 for line in lines[:above])
    if dash := _BARE_DASH.match(lines[above]):
        return Fault(start + dash.start(1), f"'{dash[1]}' has no space behind its dash", f"write '- {dash[1][1:]}:'")
    over = _KEYED.match(lines[above])
    if over is None or over.end("margin") >= here.end("margin"):
        return None
    said = f"'{here['key']}' begins further right than '{over['key']}' above it"
    remedy = "let the keys of one item begin in one column; a text that holds ': ' needs quotes around it"
    return Fault(mark.index - len(here["key"]), said, remedy)


def _odd_space(offset: int, text: str) -> Fault | None:
    """A space that looks like others and is none to YAML, at the margin or behind a key, in this line or the one above."""
    line = text.rfind("\n", 0, offset) + 1
    begin = text.rfind("\n", 0, max(0, line - 1)) + 1
    end = text.find("\n", offset)
    found = _ODD_SPACE.search(text[begin : end if end >= 0 else len(text)])
    if found is None:
        return None
    said = f"U+{ord(found[1]):04X} looks like a space, and is none to YAML"
    return Fault(begin + found.start(1), said, "type a plain space in its place")


def _remedy(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "text that holds ': ' needs quotes around it"
    return "check the indentation, and put quotes around text with ':', '#', '[' or '{'"

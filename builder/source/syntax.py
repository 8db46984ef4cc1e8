"""What is wrong with a text that is no YAML, at the place where its author has to look.

libyaml tells where it could go on no further, which is often lines below the mistake: an author who has typed half a key
would see the next item underlined. Where it says in what it was, the finding is there:

    - id: moon
      promp             <- here, and not at the next dash
    - id: sun
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import yaml

_MOST = 30  # characters of the text that are repeated
_QUOTES = ("'", '"')
_CLOSING = {"[": "]", "{": "}"}


class Fault(NamedTuple):
    """What is wrong and what to do about it; `offset` is its place in the text, in characters; None if unknown."""

    offset: int | None
    message: str
    remedy: str


def fault(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """What is wrong with a text that can't be read as YAML."""
    start, stop = error.context_mark, error.problem_mark
    context = error.context or ""
    if start and stop and start.line < stop.line:
        begun = text[start.index :].partition("\n")[0].rstrip()
        if context.endswith("a simple key"):
            said = begun if len(begun) <= _MOST else f"{begun[:_MOST].rstrip()} …"
            remedy = "write 'key: value', or indent what goes on from the line above"
            return Fault(start.index, f"'{said}' has no ':' behind it", remedy)
        if context.endswith("a quoted scalar"):
            return Fault(
                start.index, "the quote that begins here is not closed", f"write {begun[:1]} where the text ends"
            )
        if begun[:1] in _CLOSING:
            remedy = f"write '{_CLOSING[begun[0]]}' behind the last entry"
            return Fault(start.index, f"the '{begun[0]}' that begins here is not closed", remedy)
    if stop and "expected key" in (error.problem or "") and text[: stop.index].rstrip(" ")[-1:] in _QUOTES:
        remedy = "quote the text as a whole, with '' for each ' within, or take the quotes away"
        return Fault(stop.index, "more stands behind the quote that ends the text", remedy)
    mark = stop or start
    problem = (error.problem or "not YAML").strip()
    return Fault(mark.index if mark else None, f"{problem} ({context})" if context else problem, _remedy(problem))


def _remedy(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "text that holds ': ' needs quotes around it"
    if "found character that cannot start any token" in problem:
        return "indent with spaces, and put quotes around text that starts with a special character"
    return "check the indentation, and put quotes around text with ':', '#', '[' or '{'"

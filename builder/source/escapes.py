r"""Backslashes of TeX inside double quotes, where YAML takes them for escapes.

`"\theta"` holds a tab and `heta`, `"\neq"` a line break and `eq`, and `"\mu"` is
no YAML at all, since there is no escape `\m`. Authors of formulas mean a
backslash. Single quotes and block scalars leave it alone.

Source: YAML 1.2.2, section 5.7 (escaped characters).
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from builder.text.late import late

CODE = "backslash"
MESSAGE = "a backslash means something inside double quotes"
REMEDY = "use single quotes or a block scalar, in which a backslash is a backslash; --fix does it"
UNKNOWN = "unknown escape"  # what libyaml says of them
_MOST = 100

_ESCAPE = late(r"\\(.)", re.DOTALL)
_LETTERS = late(r"[A-Za-z]+")
_YAML = frozenset('0abt\tnvfre "/\\N_LPxuU\n\r')  # what may follow a backslash
_CONTROLS = frozenset("abefrv")  # escapes for control characters, which no text wants
# Commands of TeX that start with n or t, as an escaped line break or tab does.
_LONG = frozenset(
    """
    nabla natural ncong nearrow neg neq newline nexists ngeq ngtr nleq nless nmid nolimits nonumber notin nparallel nsim
    nwarrow tan tanh tau tbinom text textbf textit textrm texttt tfrac therefore theta thinspace tilde times
    triangle triangledown
    """.split()
)
_SHORT = frozenset("ne ni not nu to top".split())  # they may also begin a line, so they want a formula around them
_FORMULA = late(r"\$|\\\\[(\[]")
_QUOTED = late(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


def is_swallowed(raw: str) -> bool:
    r"""Whether a double-quoted scalar, as typed with its quotes, has an escape that was meant as a backslash.

    There are three such cases. An escape for a control character stands before letters (`\frac`). An escape for a tab
    or a line break begins a command of TeX (`\theta`, `\neq`). Or there is no such escape in YAML (`\mu`). In
    `"two\nlines"` the escape was meant as one.
    """
    return any(_is_meant(raw, found) for found in _ESCAPE.finditer(raw))


def _is_meant(raw: str, found: re.Match[str]) -> bool:
    """Whether an escape was meant as a backslash."""
    letter = found[1]
    if letter not in _YAML:
        return True
    word = _LETTERS.match(raw, found.start(1))
    if word is None or len(word[0]) == 1:
        return False
    if letter in _CONTROLS:
        return True
    return word[0] in _LONG or (word[0] in _SHORT and bool(_FORMULA.search(raw)))


def single_quoted(raw: str) -> str | None:
    r"""A double-quoted scalar, as typed, in single quotes with the backslashes that were meant; None if it can't be.

    `"$\theta$ is \"large\""` becomes `'$\theta$ is "large"'`. A scalar with an escape that single quotes
    can't say (a line break that was meant, `\u00e9`) is left to its author.
    """
    parts: list[str] = []
    end = 1
    for found in _ESCAPE.finditer(raw, 1, len(raw) - 1):
        parts.append(raw[end : found.start()])
        if found[1] in '"\\/':
            parts.append(found[1])
        elif _is_meant(raw, found):
            parts.append(found[0])
        else:
            return None
        end = found.end()
    inner = "".join([*parts, raw[end:-1]])
    return "'" + inner.replace("'", "''") + "'"


def mended(text: str) -> tuple[str, int]:
    """A file's text in which scalars with swallowed backslashes have single quotes, and the number of these scalars.

    The reader of YAML stops at an escape that it does not know. So the text is read again after each of these is
    mended. After `_MOST` readings the rest is left for the next call.
    """
    fixes = 0
    for _ in range(_MOST):
        before = fixes
        for start in reversed(_at_fault(text)):
            found = _QUOTED.match(text, start)
            better = single_quoted(found[0]) if found else None
            if found and better:
                text = text[:start] + better + text[found.end() :]
                fixes += 1
        if fixes == before:
            break
    return text, fixes


def _at_fault(text: str) -> list[int]:
    """The offsets of double-quoted scalars with a swallowed backslash, as far as the text can be read."""
    starts = []
    parser = CParser(text)
    try:
        event: Any = None  # untyped, since PyYAML's stubs say that a mark may be missing
        while not isinstance(event, yaml.StreamEndEvent):
            event = parser.get_event()
            if getattr(event, "style", None) == '"':
                start = event.start_mark.index
                if is_swallowed(text[start : event.end_mark.index]):
                    starts.append(start)
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark
        if mark and UNKNOWN in (error.problem or ""):
            starts.append(mark.index)
    return starts

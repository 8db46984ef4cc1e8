r"""AMC-TXT, the plain text of Auto Multiple Choice, in.

    *[id=capital]{b=2,m=-1} Which city is the capital of Italy?
    - Paris
    + Rome

Kept: questions with one right choice (`*`) and with several (`**`), on one line or several; `id` as id; `ordered` as
order of the author; groups as tags; emphasis, code, `[verbatim]`, and formulas between dollars in `[[...]]`, or
anywhere where the file says `LaTeX: 1`. Underlined text is emphasized. `{b=2,m=-1}`, or `DefaultScoringS`, is marks and penalty
of a choice of one, `mz=2` the rule `all`. An open question (`<lines=4>`) becomes a short answer whose key points are
to be written by hand: the item is then a draft.

Lost, and named: other scoring, by boxes or by choices; text above and below groups; pictures, which are not in the
file; LaTeX that is more than a formula, which stays as it is typed; settings of the paper; files that are included.
Left out: questions that count for nothing (`indicative`). How choices stand on the page is not taken along.

A second import is a merge; without `id`, the text of a question is what its id is made from.

The form is that of the parser of Auto Multiple Choice 1.6.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.diagnostics import Diagnostic
from builder.disk.reader import decode
from builder.exchange._frame import BrokenSourceError
from builder.exchange.amc import _into
from builder.exchange.amc._lines import questions

if TYPE_CHECKING:
    from builder.exchange._frame import Read

_LOOKS = re.compile(
    r"(?m)^[ \t]*\*{1,2}(?:<[^>\n]*>)?(?:\[[^]\n]*\])?(?:\{[^}\n]*\})?[ \t]+\S.*\n(?:(?![ \t]*[*+-]).*\n)*[ \t]*[+-][\[{ \t]"
)
_BOTH = re.compile(r"(?m)^[ \t]*\+[\[{ \t]")


def read(name: str, data: bytes) -> Read:
    """The questions of a text."""
    text = decode(name, data)
    if isinstance(text, Diagnostic):
        raise BrokenSourceError(text.span, text.message, text.help)
    return _into.taken(name, questions(text))


def looks_like(name: str, data: bytes) -> bool:
    """Whether it is a text with questions behind stars and choices behind plus and minus."""
    text = data[:20_000].decode("utf-8", "replace").replace("\r\n", "\n")
    return name.lower().endswith((".txt", ".amc")) and bool(_BOTH.search(text)) and bool(_LOOKS.search(text))

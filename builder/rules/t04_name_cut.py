r"""A blank cuts a name of a program in two: what stands after its `::` is a hint.

`{{c1::Date::Calc}}` hides "Date" and shows "Calc" as the hint, on cards and
papers; the student is asked for half of a name. In a code span or a program `::`
is no hint: `` {{c1::`Date::Calc`}} `` hides the whole name.

A hit means that a blank has a hint, that both sides of its `::` are names
without a space, and that one of these is so: a side has a sign of programs in
it (`_`, `()`, another `::`, a capital after a small letter); or the text speaks of a
language that writes `::`, as C++, Perl, PHP, Ruby or Rust, and either the hint has a
capital or the hidden word is a usual namespace, as `std`.

Source: Anki manual (2025), "Cloze Deletion".

Bad:

    - id: perl-days
      kind: cloze
      prompt: Perl counts days with {{c1::Date::Calc}}, which is one of the oldest modules of its archive.  # T04

Good:

    - id: perl-days
      kind: cloze
      prompt: Perl counts days with {{c1::`Date::Calc`}}, which is one of the oldest modules of its archive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model import Cloze
from builder.rules import Hit
from builder.text import cloze
from builder.text.late import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.WARNING
REMEDY = "put the name into `backquotes` inside the blank; or, where a hint is meant, write it as a phrase"

_NAME = late(r"[A-Za-z_]\w*(?:::\w+)*(?:\(\))?")
_CODE = late(r"_|\(\)|::|[a-z][A-Z]")
_LANGUAGE = late(r"C\+\+|\b(?:Perl|PHP|Raku|Ruby|Rust|Tcl)\b")
_SPACES = frozenset("boost core crate self std super".split())


def check(course: Course) -> Iterator[Hit]:
    """Blanks whose hint is the second half of a name; each is reported."""
    for item in course.active:
        if not isinstance(item, Cloze) or not any(blank.hint for blank in item.blanks):
            continue
        rest = "".join(part for part in cloze.pieces(item.prompt) if isinstance(part, str))
        for blank in item.blanks:
            if _is_cut(blank, speaks_of_code=bool(_LANGUAGE.search(rest))):
                said = f"“{blank.hint}” is the hint of the blank “{blank.text}”, and looks like the end of a name"
                yield Hit(course.at[item.id] / "prompt", said)


def _is_cut(blank: cloze.Blank, *, speaks_of_code: bool) -> bool:
    if not (_NAME.fullmatch(blank.text) and _NAME.fullmatch(blank.hint)):
        return False
    is_usual = blank.hint[0].isupper() or blank.text in _SPACES
    return bool(_CODE.search(f"{blank.text} {blank.hint}")) or (speaks_of_code and is_usual)

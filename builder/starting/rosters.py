"""The page of a class list: its columns, by the headings that are known."""

from __future__ import annotations

import textwrap

from builder.paper.roster import columns
from builder.starting import raw

_WIDTH = 100
_SAID = """
A class list for `quiz --roster`, and for `grade --roster` where the record names nobody: CSV, TSV or Excel, as a student
system or a form wrote it. The first line that names the columns counts; titles may stand above it, and rows that are no
students are left out with a note. Upper case, accents and the order of the columns make no difference, and further
columns do no harm. Each student needs an id of their own and a name, whole or as first and last name: two students
may have one name, and no two have one id. An id is printed on the sheet and stands in the results, so that it should be
the one that your gradebook knows. A column `version` says who gets which version; without it versions go round. Columns
with other headings are named by heading or number: `--roster-columns id=Code,name=3`. Marks in a table (`--marks`) and
decisions name students by the same id.
"""


def page() -> str:
    """What a class list is, an example, and the headings that are known, by what they are for."""
    heads = {
        "id, where it was given by a school": columns.NUMBERS,
        "id, where there is none of these": (*columns.RUNNING, *columns.LOGINS, *columns.MAILS),
        "name": columns.NAMES,
        "first": columns.FIRSTS,
        "last": columns.LASTS,
        "in front of the last": columns.BETWEEN,
        "version": ("version",),
    }
    parts = ["roster\n======", textwrap.fill(" ".join(_SAID.split()), _WIDTH)]
    parts += ["For example:", raw("roster.csv").strip(), "Headings, without accents, those to be trusted first:"]
    for what, known in heads.items():
        parts.append(
            textwrap.fill(f"{what}: {', '.join(known)}", _WIDTH, initial_indent="  ", subsequent_indent="    ")
        )
    return "\n\n".join(parts) + "\n"

"""Exercises of R/exams in Markdown (`.Rmd`), or a zip archive of them, in.

Kept: single and multiple choice (`schoice`, `mchoice`), numbers with their tolerance (`num`), texts (`string`), and
cloze exercises whose answers have their places (`##ANSWER1##`); the solution as explanation, what it says of each
option as its reason; `exname` as id, `expoints` as marks, `exsection` as theme and tags; pictures of the archive, and
formulas. Options that are not shuffled (no `exshuffle`) keep the order of the author.

Left out, and named: exercises that R makes anew each time, by code or `` `r x` ``: nothing is run here. Export these from R by
`exams2moodle`, and import that file. So are essays, uploads, answers that are ranges, and LaTeX (`.Rnw`).

Lost, and named: tolerances of numbers in a cloze, the other options of a choice beside gaps to fill, answers without a
place, which come after the text, options that R samples (`exshuffle: 4`), other meta-information. Of R code, that which
only brings along pictures (`include_supplement`) may be there.

A second import is a merge by `exname`; without it, the file's name is what an id is made from.

The form is that of the documentation of R/exams 2.4.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.diagnostics import Diagnostic, Span
from builder.disk.reader import decode
from builder.exchange._frame import BrokenSourceError, Read, UnfitError
from builder.exchange._package import Package
from builder.exchange.rexams import _into, _parts

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOOKS = re.compile(r"(?im)^(?:#+ *)?meta-?information[ \t#]*$")
_NAMES = (".rmd", ".rnw", ".rtex")


def read(name: str, data: bytes) -> Read:
    """The exercises of a file or an archive.

    Raises:
        BrokenSourceError: the file is no text, or the archive can't be read.
    """
    package = Package(name, data)
    read = Read()
    members = [name] if not data.startswith(b"PK") else sorted(_exercises(package))
    for member in members:
        span = Span(package.place(member))
        text = decode(package.place(member), package.read(member))
        if isinstance(text, Diagnostic):
            if len(members) == 1:
                raise BrokenSourceError(text.span, text.message, text.help)
            read.refused(text.span, f"'{member}' is left out: {text.message}", text.help)
            continue
        try:
            _into.take(read, package, member, _parts.parted(text))
        except UnfitError as error:
            read.refused(span, f"'{member[-60:]}' is left out: {error}")
    if not members:
        raise BrokenSourceError(Span(name), "no exercise in it: no file that ends in .Rmd")
    return read


def _exercises(package: Package) -> Iterator[str]:
    return (member for member in package if member.lower().endswith(_NAMES) and "__MACOSX" not in member)


def looks_like(name: str, data: bytes) -> bool:
    """Whether it is a text with meta-information, or an archive with exercises."""
    if data.startswith(b"PK"):
        try:
            return any(True for _ in _exercises(Package(name, data)))
        except BrokenSourceError:
            return False
    return name.lower().endswith(_NAMES) or (
        name.lower().endswith(".md") and bool(_LOOKS.search(data[:100_000].decode("utf-8", "replace")))
    )

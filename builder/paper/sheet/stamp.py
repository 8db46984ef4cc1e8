"""What the code on a page of an answer sheet says.

`HS2/0CEDBADB5EB9/4F1A/A/1/S017KQBT` is page 1 of version A of the paper with that
identity, for the student at place 17 of the roster; `4F1A` is the hash of the
layout, and `KQBT` the check of the student. `C017` is copy 17 of the sheets that bear no name, and `0` one that is not
numbered. Capitals and digits alone keep the code small (25 modules), whatever
ids the students have, and no id of a person stands in it. A reader refuses a
page whose layout it can't lay out again.

One paper may be printed for two class lists. Another student has each place then, and the check tells them apart.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from builder.paper.sheet.table import code, corners

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from builder.paper.sheet.marks import Page

FORMAT = "HS2"
NOBODY = 0  # the number on a sheet without a name that is not numbered either
MOST_COPIES = 20_000
ROOM = 38  # signs that the version 2 of a QR code holds at level M
CHECK = 4  # signs of a check: another student has the same one time in 160,000
_SIGNS = "BCDFGHJKLMNPQRSTVWXZ"  # without vowels they are no words
_SAID = re.compile(
    r"HS2/([0-9A-F]{12})/([0-9A-F]{4})/([A-Z]{1,3})/([1-9][0-9]{0,3})/"
    rf"(?:(0|C[0-9]{{3,5}})|(S[0-9]{{3,5}})([{_SIGNS}]{{0,{CHECK}}}))"
)


class Stamp(NamedTuple):
    """What a page is: `identity` of the paper, `layout` of the sheet, and `number`, the student's place from 1 on.

    On a copy without a name `number` is that of the copy. `check` is that of the student (`check_of`); sheets that were
    printed before there was one have none.
    """

    identity: str
    layout: str
    version: str
    page: int
    number: int
    is_copy: bool = False
    check: str = ""

    @property
    def student(self) -> int:
        """The student's place on the roster from 1 on, or `NOBODY`."""
        return NOBODY if self.is_copy else self.number

    @property
    def text(self) -> str:
        """What the code says, at most `ROOM` signs.

        All fits for up to 26 versions of 999 pages and any roster. Beyond that signs of the check are left out.
        """
        return ("".join(self.stem) + self.place)[:ROOM]

    @property
    def stem(self) -> tuple[str, str]:
        """The text in two lines, but for its end: `HS2/0CEDBADB5EB9/` and `4F1A/A/1/`. All copies share it."""
        return f"{FORMAT}/{self.identity.upper()}/", f"{self.layout}/{self.version}/{self.page}/"

    @property
    def place(self) -> str:
        """The end of the text: `S017KQBT`, `C009`, or `0`."""
        return f"{'C' if self.is_copy else 'S'}{self.number:03}{self.check}" if self.number else "0"

    @property
    def lines(self) -> tuple[str, ...]:
        """The text in two lines: `HS2/0CEDBADB5EB9/` and `4F1A/A/1/S017KQBT`."""
        first, second = self.stem
        return first, second + self.place

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """What a code says, or None where it is none of ours."""
        said = _SAID.fullmatch(text)
        if said is None:
            return None
        identity, layout, version, page, nameless, named, check = said.groups()
        number = nameless or named
        return cls(
            identity.lower(), layout, version, int(page), int(number.lstrip("SC")), number[0] == "C", check or ""
        )

    def is_of(self, student: str) -> bool:
        """Whether the sheet was printed for the student with that id. Of one without a check nobody can tell."""
        return not self.check or self.text == self._replace(check=check_of(self.identity, student)).text


def check_of(identity: str, student: str) -> str:
    """The check of a student: four letters that follow from the paper and the id. Few other ids have the same ones."""
    number = int.from_bytes(hashlib.sha256(f"{identity}/{student}".encode("utf-8", "surrogatepass")).digest()[:8])
    signs = []
    for _ in range(CHECK):
        number, sign = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[sign])
    return "".join(signs)


def layout_hash(pages: Sequence[Page], paper: str) -> str:
    """Four signs that tell where everything stands on the pages of a version: paper, corner marks, code, and all marks.

    The editions of one paper differ in it, and so do sheets that were printed before the table was changed.
    """
    marks = [
        (page.number, m.kind, m.use, m.question, m.part, m.row, m.value, *_micrometres(m.at))
        for page in pages
        for m in page.marks
    ]
    fixed = [_micrometres(box) for box in (code(paper), *corners(paper))]
    return hashlib.sha256(repr((paper, fixed, marks)).encode()).hexdigest()[:4].upper()


def _micrometres(box: tuple[float, ...]) -> tuple[int, ...]:
    return tuple(round(side * 1000) for side in box)

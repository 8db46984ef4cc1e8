"""The names of one sort that a course knows, and what to say where another is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import At, Finding, Near, did_you_mean
from builder.model.items import KINDS
from builder.model.specification import LEVELS

if TYPE_CHECKING:
    from collections.abc import Collection

CITES = "C01"  # the code whose page in `builder.rules` explains what is found here
WORK, THEME = "key of the references", "theme of course.yaml"


class Names:
    """Known names, such as the keys of the references: `what` calls one of them, `code` is that of the finding."""

    def __init__(self, code: str, what: str, known: Collection[str]) -> None:
        """Take the names; `known` should tell at once whether a name is in it."""
        self._code, self._what, self._known = code, what, known
        self._near = Near(known)

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def __len__(self) -> int:
        return len(self._known)

    def unknown(self, at: At, name: str) -> Finding:
        """The finding that a name leads nowhere."""
        remedy = did_you_mean(name, self._near) or (
            f"add it, or name one of the {len(self._known)} there are"
            if self._known
            else f"the course has no {self._what.rsplit(' of ', maxsplit=1)[-1].removeprefix('the ')}"
        )
        return Finding(at, self._code, f"'{name}' is no {self._what}", remedy)


def kinds_known() -> Names:
    """The kinds of items."""
    return Names("unknown-kind", "kind of item", KINDS)


def levels_known() -> Names:
    """The Bloom levels."""
    return Names("unknown-value", "Bloom level", LEVELS)


# Letters that many typefaces show alike (Unicode Technical Standard 39, confusables), and signs between words.
_ALIKE = str.maketrans("10._", "lo--")


def look_of(name: str) -> str:
    """An id as an eye sees it: `item_10` and `item-lo` are one."""
    return name.translate(_ALIKE).replace("rn", "m")

"""Regular expressions that are compiled when they are first used.

To compile one takes a fifth of a millisecond and more, and a short run uses few of the hundred and more that the modules
hold which it imports: a check after an edit of one item a fifth of them.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_SEARCHES = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")


class _Late:
    """Stands for a compiled expression, and becomes as good as one when it is first asked for anything."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # Python asks for its own methods, such as those of copies
            raise AttributeError(name)
        made = re.compile(self._pattern, self._flags)
        vars(self).update({search: getattr(made, search) for search in _SEARCHES})  # which no longer come by here
        return getattr(made, name)


def late(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` would return, without its price until then; functions of `re` itself don't take it.

    A pattern that is none is noticed at its first use: `tests/text/test_late.py` uses each.
    """
    return cast("re.Pattern[AnyStr]", _Late(pattern, flags))

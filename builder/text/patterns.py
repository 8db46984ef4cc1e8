"""Regular expressions of authors, run by RE2.

A stranger may write an expression that keeps Python's own engine busy for ever. RE2 always ends in time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import re2

if TYPE_CHECKING:
    from typing import Any

_OPTIONS = re2.Options()
_OPTIONS.case_sensitive = False
_OPTIONS.log_errors = False


def expression(pattern: str) -> Any:
    """The compiled expression, without regard to case; RE2 searches a text in time linear to its length.

    Raises:
        ValueError: it is no expression, or needs what RE2 can't do, such as looking ahead
            (github.com/google/re2/wiki/Syntax).
    """
    try:
        return re2.compile(pattern, _OPTIONS)
    except re2.error as error:
        reason = error.args[0] if error.args else error
        raise ValueError(reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)) from error

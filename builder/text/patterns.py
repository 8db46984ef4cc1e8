"""Authors' regular expressions. A stranger's expression may be made to run for ever; RE2 can't be."""

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
        ValueError: it is none, or wants what RE2 can't do, such as looking ahead (github.com/google/re2/wiki/Syntax).
    """
    try:
        return re2.compile(pattern, _OPTIONS)
    except re2.error as error:
        reason = error.args[0] if error.args else error
        raise ValueError(reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)) from error

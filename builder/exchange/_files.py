"""Pictures and recordings that come along with questions: under safe names, and only where they are what they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.disk import media

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.exchange._frame import Read

_NO_NAME = re.compile(r"[^\w.-]+")


def taken(read: Read, name: str, content: bytes, lost: Callable[[str], None]) -> str | None:
    """The name in the course of a file that came along; None, and a note, where it is no picture or recording."""
    safe = "/".join(_NO_NAME.sub("-", part).strip(".-") or "file" for part in name.split("/") if part not in {"", ".."})
    problem = "" if media.kind(safe) else "is neither a picture nor a recording that her-study takes"
    problem = problem or (media.fault(safe, content) if len(content) <= media.limit(safe) else "is too large")
    if problem:
        lost(f"the file {name[:80]} {problem}, and is left out")
        return None
    stem, dot, end = safe.rpartition(".")
    number = 1
    while read.files.setdefault(safe, content) != content:
        number += 1
        safe = f"{stem}-{number}{dot}{end}"
    return safe


def named(address: str) -> str:
    """A name for a file that stands in its own address, `data:image/png;base64,...`; empty for what items can't have."""
    head = address.partition(",")[0]
    ending = next((end for end, kind in media.KINDS.items() if head.startswith(f"data:{kind};base64")), "")
    return f"picture{ending}" if ending else ""

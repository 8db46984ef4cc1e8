"""Pages out of scans: PDF, TIFF, PNG and JPEG, and folders of them, each page as grey dots."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image

from builder.grading.reasons import reason
from builder.grading.sources import SHORT, SourceError, opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from builder.grading.reasons import Reason
    from builder.grading.sources import Grey, Source

_LEAST = 500  # dots of the shorter side: A4 at 60 dpi
_DARK, _LIGHT = 24, 232  # greys from the one on, below the other, that a scan of two levels has not
_FEW = 0.002
_EACH = 2  # of how many rows and columns of dots one is looked at for greys


class Scan(NamedTuple):
    """A page: where it comes from (`number` from 1), its grey dots, and whether the scanner knew only black and white.

    `digest` is the hash of the dots: it is the same in whatever file the page comes, and at whatever place.
    """

    file: str
    number: int
    digest: str
    dots: Grey
    is_two_level: bool


class Unread(NamedTuple):
    """A file, or a page of it, that can't be read, and why."""

    file: str
    number: int
    reason: str


def files(paths: Iterable[Path]) -> list[str]:
    """The files, and those within folders, in the order of their names."""
    found: list[str] = []
    for path in paths:
        if path.is_dir():
            found += sorted(
                os.path.join(folder, name)
                for folder, _, names in os.walk(path)
                for name in names
                if not name.startswith(".")
            )
        else:
            found.append(str(path))
    return found


def scans(paths: Iterable[Path]) -> Iterator[Scan | Unread]:
    """The pages of files and folders, in the order of their names. What can't be read is told and stops nothing."""
    for name in files(paths):
        yield from pages(name, 0, counted(name))


def counted(name: str) -> int:
    """How many pages there are in a file; a file that can't be opened, or has none, counts as a page that can't be read."""
    try:
        with opened(name) as source:
            return max(1, len(source))
    except Exception:  # noqa: BLE001 - `pages` says what the trouble is
        return 1


def pages(name: str, first: int, end: int) -> Iterator[Scan | Unread]:
    """The pages of a file from place `first` to before `end`, counted from 0. A page that is broken stops no other."""
    try:
        with opened(name) as source:
            if not len(source):
                yield Unread(name, 1, reason("no_page"))
            else:
                yield from (_page(name, source, place) for place in range(first, end))
    except Exception as error:  # noqa: BLE001 - decoders raise whatever a broken file leads them to; no file stops the others
        yield Unread(name, first + 1, _said(error))


def _page(name: str, source: Source, place: int) -> Scan | Unread:
    try:
        dots, is_two_level = source.page(place)
    except Exception as error:  # noqa: BLE001 - nor does a page stop the other pages
        return Unread(name, place + 1, _said(error))
    if min(dots.shape) < _LEAST:
        size = f"{dots.shape[1]} x {dots.shape[0]}"
        return Unread(name, place + 1, reason("small", size))
    digest = hashlib.blake2b(dots.data, digest_size=8, key=repr(dots.shape).encode()).hexdigest()
    return Scan(name, place + 1, digest, *smaller(dots, is_two_level=is_two_level))


def _said(error: Exception) -> Reason:
    """What is wrong with a file or page, in a line."""
    if isinstance(error, SourceError):
        return error.why
    text = str(error) or type(error).__name__
    return reason("unreadable", text.splitlines()[0])


def smaller(dots: Grey, *, is_two_level: bool) -> tuple[Grey, bool]:
    """A page with no more dots than it takes to read it, and whether it has two levels."""
    some = dots[::_EACH, ::_EACH]
    # Greys below the dark ones wrap around to more than all others: one comparison does for both ends.
    is_grey = np.count_nonzero(some - np.uint8(_DARK) < _LIGHT - _DARK) >= _FEW * some.size
    factor = max(1, min(dots.shape) // SHORT)
    small = np.asarray(Image.fromarray(dots).reduce(factor)) if factor > 1 else dots
    return small, is_two_level or not is_grey

"""All pages of a pile of scans, read: by this process, or by several that share the work.

Which process reads a page changes nothing about it, and pages come in the
order of the files, whichever is done first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from builder.diagnostics import BuilderError
from builder.disk.processes import processors
from builder.grading.pages import Page, Reader, whole
from builder.grading.scans import Unread, counted, files, pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from builder.grading.decisions import Joined
    from builder.paper.record import Quiz

MOST = 4  # processes, unless more are wanted; each takes some 70 MB
_FEW = 8  # pages that are read before other processes have started
_AT_ONCE = 4  # pages of a file that one process reads one after the other
_KEPT = 24 << 20  # bytes: more than the arrays of a page, and less than what glibc always asks the system for


class Part(NamedTuple):
    """Some pages of a file: those from place `first` to before `end`, from 0; `file` is the place of the file among all."""

    file: int
    name: str
    first: int
    end: int


# A page, or what is wrong with the decisions about it, by the place of its file and its place there.
Found = dict[tuple[int, int], Page | BuilderError]


def read_all(
    quiz: Quiz, decisions: Joined, paths: Iterable[Path], processes: int | None, tell: Callable[[float], object]
) -> list[Page]:
    """All pages, in the order of the scans; `tell` is told which share is read. `processes` are as many as there are processors.

    Raises:
        BuilderError: a decision names a circle that there is not, or no process can be started.
    """
    parts = list(_parts(files(paths)))
    total = sum(part.end - part.first for part in parts)
    several = min(processes or min(processors(), MOST), len(parts))
    found: Found = {}

    def take(file: int, place: int, page: Page | BuilderError) -> None:
        found[file, place] = page
        tell(len(found) / total)

    if several > 1 and total > _FEW:
        from builder.grading.crew import share

        share(quiz, decisions, parts, several, take)
    else:
        keep_freed()
        reader = Reader(quiz, decisions)
        for part in parts:
            for place, page in enumerate(read(reader, part), part.first):
                take(part.file, place, page)
    return list(_in_order(found))


def keep_freed() -> None:
    """Have the C library keep what one page frees for the next one, instead of giving it back and asking for it again.

    glibc gives back less from when a large block was freed (`mallopt(3)`, M_MMAP_THRESHOLD). Nobody writes to this one, so
    it takes no memory. Without it a tenth of the time of a page goes to the system, which clears megabytes for each array.
    """
    bytes(_KEPT)


def _parts(names: Iterable[str]) -> Iterator[Part]:
    for file, name in enumerate(names):
        count = counted(name)
        yield from (Part(file, name, first, min(count, first + _AT_ONCE)) for first in range(0, count, _AT_ONCE))


def read(reader: Reader, part: Part) -> Iterator[Page | BuilderError]:
    """The pages of a part, as a reader understands them."""
    for scan in pages(part.name, part.first, part.end):
        if isinstance(scan, Unread):
            yield Page(scan.file, scan.number, refused=scan.reason)
            continue
        try:
            page = reader.read(scan)
        except BuilderError as error:
            yield error
            continue
        if page.refused and not page.picture:
            page.picture = whole(scan.dots)
        yield page


def _in_order(found: Found) -> Iterator[Page]:
    for _, page in sorted(found.items(), key=lambda it: it[0]):
        if isinstance(page, BuilderError):
            raise page
        yield page

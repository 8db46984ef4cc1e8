"""Processes that share the pages of a pile.

One that breaks down over a page, as decoders written in C may, costs that page
and no other.
"""

from __future__ import annotations

import io
import pickle
from collections import deque
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from builder.diagnostics import BuilderError
from builder.disk.processes import GUARD, started
from builder.grading.layouts import Layout, Layouts
from builder.grading.pages import Page, Reader
from builder.grading.reading import Part, keep_freed, read
from builder.paper.record import QuizItem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

    from builder.disk.processes import Helper
    from builder.grading.decisions import Joined
    from builder.paper.record import Quiz

_READY = b""  # what a process says when it waits for pages
_BROKEN = "the reader breaks down over it: the file is damaged, or the memory is full"


@dataclass(slots=True)
class _Worker:
    """A process, and the pages that it has still to read; nothing as long as it has none."""

    helper: Helper
    part: Part | None = None


def share(
    quiz: Quiz,
    decisions: Joined,
    parts: Sequence[Part],
    count: int,
    take: Callable[[int, int, Page | BuilderError], object],
) -> None:
    """Have `count` processes read parts of files; `take` gets each page with the place of its file and its place there.

    Raises:
        BuilderError: a process ends before it has read anything.
    """
    waiting, codec = deque(parts), _Codec(quiz, Layouts(quiz))
    crew = [_Worker(started(_work, quiz, decisions)) for _ in range(count)]
    try:
        while crew:
            for pipe in wait([worker.helper.pipe for worker in crew]):
                worker = next(it for it in crew if it.helper.pipe is pipe)
                if not _heard(worker, codec, waiting, take):
                    crew.remove(worker)
                    worker.helper.end()
                    if waiting:  # it broke down, or has left what another one left over by that
                        crew.append(_Worker(started(_work, quiz, decisions)))
    finally:
        for worker in crew:
            worker.helper.end()


def _heard(
    worker: _Worker, codec: _Codec, waiting: deque[Part], take: Callable[[int, int, Page | BuilderError], object]
) -> bool:
    """Hear what a process has to say, and whether it goes on: it ends when nothing is left to read, or has broken down."""
    try:
        said = worker.helper.pipe.recv_bytes()
        if said == _READY:
            worker.part = waiting.popleft() if waiting else None
            if worker.part:
                worker.helper.pipe.send(worker.part)
            return worker.part is not None
    except (EOFError, OSError):
        if worker.part is None:
            message = f"a process that reads pages can't be started; have this one read them: --jobs 1; or {GUARD}"
            raise BuilderError(message) from None
        said = codec.packed(Page(worker.part.name, worker.part.first + 1, refused=_BROKEN))
        going = False
    else:
        going = True
    part = worker.part
    assert part  # noqa: S101 - it reads
    take(part.file, part.first, codec.unpacked(said))
    worker.part = part._replace(first=part.first + 1)
    if not going and worker.part.first < part.end:
        waiting.appendleft(worker.part)
    return going


def _work(pipe: Connection[Any, Any], quiz: Quiz, decisions: Joined) -> None:
    """Read what the first process asks for, until it asks for no more, or is gone."""
    keep_freed()
    reader = Reader(quiz, decisions)
    codec = _Codec(quiz, reader.layouts)
    try:
        while True:
            pipe.send_bytes(_READY)
            for page in read(reader, pipe.recv()):
                pipe.send_bytes(codec.packed(page))
    except (EOFError, OSError):
        return


class _Codec:
    """Pages as bytes: what both processes know is named alone, which is most of a page."""

    def __init__(self, quiz: Quiz, layouts: Layouts) -> None:
        self._layouts = layouts
        self._questions = {(version.name, it.id): it for version in quiz.versions for it in version.items}
        self._names = {id(it): key for key, it in self._questions.items()}

    def packed(self, page: Page | BuilderError) -> bytes:
        data = io.BytesIO()
        pickler = pickle.Pickler(data, pickle.HIGHEST_PROTOCOL)
        pickler.persistent_id = self._named  # type: ignore[method-assign]
        pickler.dump(page)
        return data.getvalue()

    def _named(self, it: object) -> tuple[str, str, str] | None:
        if isinstance(it, QuizItem):
            return ("question", *self._names[id(it)])
        return ("layout", it.version.name, it.hashed) if isinstance(it, Layout) else None

    def unpacked(self, data: bytes) -> Page | BuilderError:
        unpickler = pickle.Unpickler(io.BytesIO(data))  # noqa: S301 - what this program's own process wrote
        unpickler.persistent_load = self._meant  # type: ignore[method-assign]
        page: Page | BuilderError = unpickler.load()
        return page

    def _meant(self, named: tuple[str, str, str]) -> QuizItem | Layout | None:
        what, version, name = named
        return self._questions[version, name] if what == "question" else self._layouts.find(version, name)

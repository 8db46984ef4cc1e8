"""All files of a quiz: its papers in every format asked for, those of its students, and the record of it."""

from __future__ import annotations

import itertools
from contextlib import ExitStack
from importlib import import_module
from typing import TYPE_CHECKING

from builder.disk.processes import processors
from builder.paper.proof import refuse_changed
from builder.paper.record import FORMATS
from builder.printing.figure import figured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from builder.model import Course
    from builder.paper.record import Quiz
    from builder.printing.jobs import Done, Job

_ROOMS = {"md": "markdown"}  # every other format has the name of its module


def files(
    course: Course, quiz: Quiz, tell: Callable[[float], object] = lambda _: None, copies: range = range(0)
) -> dict[str, bytes]:
    """The papers, keys and so on, and `quiz.json`; the same quiz gives the same bytes.

    Of each version's sheet there are numbered `copies` of these numbers.
    `tell` hears the share that is done, from several threads, not always in order.

    Raises:
        BuilderError: the course no longer holds an item as it was drawn, a
            formula or a picture can't be drawn, or an extra is not installed.
    """
    refuse_changed(course, quiz)
    course = figured(course, quiz)
    with ExitStack() as stack:
        jobs: list[Job] = []
        if quiz.students:
            # First of all: the memory that the versions take would be there as well.
            from builder.printing.pdf import named

            jobs.append(named.job(course, quiz))
        if copies:
            from builder.printing.pdf import copies as numbered

            jobs += numbered.jobs(course, quiz, copies)
        for name in FORMATS:
            if name in quiz.formats:
                room = import_module(f"builder.printing.{_ROOMS.get(name, name)}")
                jobs += stack.enter_context(room.jobs(course, quiz))
        whole, steps = sum(job.steps for job in jobs), itertools.count(1)
        made = _done(jobs, lambda: tell(next(steps) / whole))
    record = quiz.model_dump_json(by_alias=True, indent=2) + "\n"
    return made | {"quiz.json": record.encode()}


def _done(jobs: Iterable[Job], done: Done) -> dict[str, bytes]:
    """The files of all jobs, in the order of the list."""
    made: dict[str, bytes] = {}
    for at_once, group in itertools.groupby(jobs, key=lambda job: job.at_once):
        for files_ in _in_threads(group, done) if at_once else (job.make(done) for job in group):
            made |= files_
    return made


def _in_threads(jobs: Iterable[Job], done: Done) -> list[Mapping[str, bytes]]:
    """The files of jobs that are done at once, as many as there are processors."""
    from concurrent.futures import ThreadPoolExecutor  # most papers have one version

    with ThreadPoolExecutor(processors()) as pool:
        try:
            return list(pool.map(lambda job: job.make(done), jobs))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise

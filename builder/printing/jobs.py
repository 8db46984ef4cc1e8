"""The making of files as a list of jobs: a format says what there is to do, and `builder.printing.papers` does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Done = Callable[[], object]


class Job(NamedTuple):
    """A piece of work: `make` returns the bytes of its files by their names.

    `make` is given a function, and calls it as often as the job has `steps`.
    Jobs in a row that name one group to be done `at_once` may be done in
    threads, in any order; every other job is done alone. All are done before
    those that follow them in the list.
    """

    make: Callable[[Done], Mapping[str, bytes]]
    steps: int = 1
    at_once: str = ""


def file(name: str, make: Callable[[], bytes], *, at_once: str = "") -> Job:
    """The job that makes one file."""

    def made(done: Done) -> dict[str, bytes]:
        data = make()
        done()
        return {name: data}

    return Job(made, at_once=at_once)

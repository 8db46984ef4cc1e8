"""Everything that is wrong with a course: its structure, its promises to students, and what the rules say of its items.

Who checks a course again and again hands in a `Memory`: what was found of unchanged texts is then taken from there.
The result is the same as without one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.checking.reading import parse_banks
from builder.disk.processes import may_fork
from builder.disk.reader import DISK
from builder.loading.course import load

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from builder.checking.memory import Memory
    from builder.diagnostics import Finding
    from builder.disk.reader import Reader
    from builder.loading.loaded import Loaded
    from builder.model import Course

    Tell = Callable[[float], object]

# Items of a course. With fewer, a second process takes longer to start than it saves.
_MANY = 3000


def check(  # noqa: PLR0913 - each part can be had by itself
    root: Path,
    *,
    lint: bool = True,
    select: Collection[str] | None = None,
    ignore: Collection[str] | None = None,
    read: Reader = DISK,
    memory: Memory | None = None,
    stage: Callable[[str], Tell] = lambda _: lambda _: None,
) -> Loaded:
    """The course in the folder `root` with all that is wrong with it.

    Without `lint`, no rule is asked. `select` and `ignore` hold the codes of the
    rules to run and to leave out. `read` gives the bytes of the files. `memory` has what
    earlier checks of this course came to, and takes in what this one does. `stage` is called with the name of each
    stage as it begins, "reading" and then
    "checking". The function that it returns is told which share of that stage
    is done, 0 to 1.

    Raises:
        BuilderError: `root` is no folder of a course.
    """
    parse, before = (memory.parse, memory.before) if memory else (parse_banks, None)
    loaded = load(root, stage("reading"), read=read, parse=parse, before=before)
    if memory:
        memory.forget_all_but(loaded.starts)
    if lint and loaded.course:
        verdicts = memory.verdicts if memory else None
        known = verdicts.known(loaded, select, ignore or ()) if verdicts else None
        if known is None:
            known = _judged(loaded, loaded.course, select, ignore or (), memory, stage("checking"))
            if verdicts:
                verdicts.keep(loaded, select, ignore or (), known)
        loaded.add(known)
    return loaded


def _judged(
    loaded: Loaded,
    course: Course,
    select: Collection[str] | None,
    ignore: Collection[str],
    memory: Memory | None,
    tell: Tell,
) -> list[Finding]:
    """What the rules find in a course that was loaded."""
    from builder.rules import all_rules, found, run  # who needs no rule does without

    find = memory.found(loaded) if memory else found
    hits = run(course, select=select, ignore=ignore, two_at_once=_is_for_two(course), tell=tell, find=find)
    early = set() if loaded.is_whole else {rule.code for rule in all_rules() if rule.is_of_all}
    return [hit for hit in hits if hit.code not in early]


def _is_for_two(course: Course) -> bool:
    """Whether a second process makes the check faster."""
    return len(course.items) >= _MANY and may_fork()

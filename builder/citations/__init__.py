"""Reference lists and citations, formatted by citeproc-py from CSL data.

The style is the Citation Style Language project's `apa.csl` (APA 7th edition,
CC BY-SA 3.0), which travels in `builder/data/`, or the one that the course
brings. Titles may hold Markdown emphasis, as pandoc reads CSL-YAML.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

from builder.citations.runs import runs
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from builder.citations.processor import Works
    from builder.model import Course
    from builder.text.tree import Run

    Printed = dict[str, tuple[Run, ...]]

Made = TypeVar("Made")


def bibliography(course: Course, keys: Iterable[str], *, apart: bool = True) -> Printed:
    """The full reference of each key, in the order of a reference list; web addresses are links.

    Keys that the course's references lack are left out: the check of the
    course's structure has reported them. Works to which the style gives no
    entry, such as personal communications, come last, as a text cites them.

    With `apart`, the entries are taken for one list, in which two works of one
    author and year become 2012a and 2012b. Without it, each entry is formatted
    as if it stood alone.

    Raises:
        BuilderError: citeproc stops at a work; the message names it.
    """
    return _in_runs(_told(course, keys, _listed, apart=apart) or {})


def in_text(course: Course, keys: Iterable[str]) -> Printed:
    """How a text cites each key: author and year in brackets. Keys that the references lack are left out.

    Two works become 2012a and 2012b only if both are among `keys`. So pass all keys of the reference list that the
    text has.
    """
    return _in_runs(_told(course, keys, lambda works: works.cited()) or {})


def listed_and_cited(course: Course, keys: Iterable[str]) -> tuple[Printed, Printed]:
    """What `bibliography` and `in_text` say of the keys, for which the works are told apart only once.

    Raises:
        BuilderError: citeproc stops at a work; the message names it.
    """
    both = _told(course, keys, lambda works: (_listed(works), works.cited()))
    entries, cited = both or ({}, {})
    return _in_runs(entries), _in_runs(cited)


def _listed(works: Works) -> dict[str, str]:
    """The HTML of each work's entry, and last of works without an entry, as a text cites them."""
    entries = works.entries()
    if len(entries) < len(works):
        entries = works.cited() | entries
        return dict(sorted(entries.items(), key=lambda entry: entry[0] in entries))
    return entries


def _in_runs(printed: Mapping[str, str]) -> Printed:
    return {key: tuple(runs(markup)) for key, markup in printed.items()}


@cache
def _apa() -> str:
    return (files("builder") / "data" / "apa.csl").read_text("utf-8")


def _told(course: Course, keys: Iterable[str], act: Callable[[Works], Made], *, apart: bool = True) -> Made | None:
    """What `act` makes of the works of the keys; None where the references have none of them.

    citeproc does not say at which work it stopped. So after a failure, each work is tried alone, until one fails.

    Raises:
        BuilderError: citeproc stops at a work; the message names it.
    """
    wanted = [course.references[key] for key in dict.fromkeys(keys) if key in course.references]
    if not wanted:
        return None
    from builder.citations import processor

    def done(works: list[Mapping[str, Any]]) -> Made:
        return act(processor.Works(processor.style(course.style or _apa(), course.language), works, apart=apart))

    try:
        return done(wanted)
    except Exception as error:
        for work in wanted:
            try:
                done([work])
            except Exception as own:  # noqa: BLE001 - citeproc raises whatever its code ran into
                message = (
                    f"the reference '{work['id']}' can't be formatted ({type(own).__name__}: {own}); "
                    f"simplify its names and dates, or give its type another look"
                )
                raise BuilderError(message) from error
        raise

"""What the commands share: the COURSE argument, and loading it with its findings shown."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from pathlib import Path

    from builder.deck.apkg import Rendered
    from builder.diagnostics import Finding
    from builder.loading.course import Loaded
    from builder.model import Course, Lock


class _Folder(click.Path):
    """A path, as `pathlib.Path`, which is imported when a value comes: --help does without."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path as it was typed; an empty one is a variable that a script has not set."""
        from pathlib import Path

        if value == "" and param is not None:
            message = f"{param.opts[0]} is empty; give it a value, or leave it out"
            raise BuilderError(message)
        return Path(os.fsdecode(super().convert(value, param, ctx)))


WRITTEN = "builder.written"  # in a context's `meta`: the paths that this call has written so far

FOLDER = _Folder()
course_argument = click.argument("folder", metavar="[COURSE]", required=False, type=FOLDER)
output_option = click.option(
    "-o",
    "--output",
    default="dist",
    show_default=True,
    metavar="FOLDER",
    type=FOLDER,
    help="Where to write; made if need be.",
)


lint_option = click.option(
    "--lint/--no-lint", default=True, help="--no-lint checks the structure alone, not the rules."
)


def checked(
    folder: Path | None,
    *,
    lint: bool = True,
    select: Container[str] | None = None,
    ignore: Container[str] | None = None,
) -> Loaded:
    """The course in `folder`, or the shipped one, with all that is wrong with it; a bar shows how far it is."""
    from builder.checking import check
    from builder.cli._progress import Progress
    from builder.loading.course import shipped

    with Progress({"reading": 1} | ({"checking": 2} if lint else {})) as progress:
        return check(folder or shipped(), lint=lint, select=select, ignore=ignore, stage=progress.stage)


def rendered(course: Course) -> Rendered:
    """Every note of the course, with what they cite."""
    from builder.cli._progress import Progress
    from builder.deck import apkg

    with Progress({"rendering": 1}) as progress:
        return apkg.rendered(course, progress.stage("rendering"))


def changes(folder: Path | None) -> Iterator[object]:
    """One thing as soon as the course's folder is watched, then one after every save of a file in it, for ever."""
    from builder.loading.course import shipped

    try:
        from watchfiles import watch
    except ImportError as error:
        message = "--watch needs watchfiles: pip install 'her-study[watch]'"
        raise BuilderError(message) from error
    is_first = True
    for saved in watch(folder or shipped(), debounce=100, rust_timeout=100, yield_on_timeout=True):
        if saved or is_first:
            yield saved
        is_first = False


def written(folder: Path, files: Mapping[str, bytes], *, before: Mapping[str, str | None] | None = None) -> list[Path]:
    """Write files as `builder.disk.output.write` does; a later Ctrl-C tells of them."""
    from builder.disk.output import write

    return write(folder, files, before=before, done=click.get_current_context().meta.setdefault(WRITTEN, []).append)


class Clean(NamedTuple):
    """A course without errors, its last release, and when its newest file was last changed, in seconds since 1970.

    `loaded` is all that was loaded.
    """

    course: Course
    lock: Lock | None
    changed: int
    loaded: Loaded

    def show(self, findings: Iterable[Finding]) -> None:
        """More findings, on stderr, each with its place."""
        from builder.report import as_text

        before = {id(d) for d in self.loaded.diagnostics}
        self.loaded.add(findings)
        fresh = [d for d in self.loaded.diagnostics if id(d) not in before]
        click.echo(as_text(fresh, self.loaded.texts), err=True, nl=False)


def said(result: Loaded) -> str:
    """The findings as `clean` shows them, and their number; nothing where there are none."""
    from builder.report import as_text, summary

    found = result.diagnostics
    return f"{as_text(found, result.texts)}{summary(found)}\n" if found else ""


def clean(folder: Path | None, *, lint: bool = True) -> Clean:
    """The course, if it has no error; else its findings on stderr and exit code 1."""
    result = checked(folder, lint=lint)
    click.echo(said(result), err=True, nl=False)
    if result.errors or result.course is None:
        click.echo("nothing was built: mend the errors first", err=True)
        sys.exit(1)
    return Clean(result.course, result.lock, result.trace.changed, result)

"""`her-study explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.cli._course import course_argument
from builder.diagnostics import BuilderError, did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

    from builder.rules import Rule

_PAGES = ("text", "values")


@click.command("explain")
@click.argument("code", required=False)
@course_argument
def command(code: str | None, folder: Path | None) -> None:
    """Show the page of CODE: a rule, a kind of item, a key, a file or a format. Without CODE, the table of all rules.

    CODE is the code or name of a rule (M01, m01 or key-longest), a kind (mcq, cloze, numeric), a key (options,
    key_points, banks), the file course, bank, blueprint, outline, specification, traps, translation, decisions, rekey
    or roster, a format of `export` or `import` (moodle, gift), or one of the words `text` and `values`, for all that may be written in a
    text, and for values that are drawn. Rules that COURSE brings, L00 to L99, are shown too.
    """
    from builder.rules import all_pages, rendered

    if code is not None and (told := _page(code.lower())):
        click.echo(told)
        return
    pages = all_pages()
    found = next((page for page in pages if code and code.lower() in {page.code.lower(), page.name}), None)
    if found is None:
        own = _own(folder)
        pages = (*pages, *own)
        found = next((page for page in own if code and code.lower() in {page.code.lower(), page.name}), None)
    if code is None:
        width = max(len(page.name) for page in pages)
        for page in pages:
            click.echo(f"{page.code}  {page.severity!s:7}  {page.name:{width}}  {page.summary}")
        click.echo(f"there is a page too for {_others()}", err=True)
        return
    if found is None:
        from builder import exchange
        from builder.starting import keys
        from builder.starting import page as made

        known = [name for page in pages for name in (page.code, page.name)]
        near = did_you_mean(code, [*known, *made.names(), *exchange.names(), *_PAGES, *keys.names()])
        what = f"'{code}' is no rule, kind of item, key, file or format"
        message = f"{what}; {near or 'without a code, explain lists all rules'}"
        raise BuilderError(message)
    click.echo(rendered(found))


def _others() -> str:
    """What else has a page, in words."""
    from builder import exchange
    from builder.starting import page as made

    names = [*made.names(), *_PAGES, *exchange.names()]
    return f"{', '.join(names)}, and for each key of a bank, a blueprint or course.yaml"


def _page(name: str) -> str:
    """The page of a kind of item, a file, a format, a key, or of what may be written; none of any other name."""
    from builder import exchange
    from builder.starting import page as made

    if name in _PAGES:
        return written(name)
    if name in made.names():
        return made.page(name).rstrip()
    if name in exchange.names():
        return exchange.page(name)
    from builder.starting import keys

    return keys.page(name).rstrip() if name in keys.names() else ""


def _own(folder: Path | None) -> tuple[Rule, ...]:
    """The rules that the course in a folder brings, if its course.yaml is sound; only that file is read."""
    from builder.diagnostics import Finding
    from builder.disk.folder import Folder
    from builder.disk.reader import DISK
    from builder.loading.course import COURSE_FILE
    from builder.loading.part import modelled
    from builder.model import CourseFile
    from builder.rules import own_rules

    if folder is None:
        return ()
    course = Folder(folder.parent if folder.name == COURSE_FILE else folder, DISK)
    path = course.beside(COURSE_FILE)
    if path is None or isinstance(path, Finding):
        message = f"{folder}: no {COURSE_FILE} in this folder; name the folder of a course"
        raise BuilderError(message)
    text = course.text(path)
    head = modelled(CourseFile, path, text).value if isinstance(text, str) else None
    return own_rules(head.lint) if head else ()


def written(page: str = "text") -> str:
    """The page that says what an author may write in a text, or as values that are drawn."""
    from importlib.resources import files

    return (files("builder.data") / f"{page}.md").read_text("utf-8").strip()

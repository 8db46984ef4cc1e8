"""`her-study new`."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

from builder.cli._course import FOLDER, written
from builder.diagnostics import BuilderError, did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST = 200  # characters of a title that is typed


@click.command("new")
@click.argument("folder", type=FOLDER)
@click.option("--title", metavar="TEXT", help="Of the course.  [default: asked, or the folder's name]")
@click.option("--language", metavar="CODE", help="Of its texts, as en or pt-BR.  [default: asked, or en]")
@click.option(
    "--name", metavar="ID", help="For ever part of every note: small letters, digits, -.  [default: the folder's name]"
)
@click.option("--kinds", metavar="A,B", help="Kinds of item to show.  [default: all]")
def command(folder: Path, title: str | None, language: str | None, name: str | None, kinds: str | None) -> None:
    """Make a course in FOLDER that checks clean: course.yaml, a bank, a blueprint, references, and files for editors and forges.

    What isn't given is asked, where a terminal can answer. A folder that has
    anything in it is refused. Afterwards `her-study check FOLDER`.
    """
    from builder.model.fields import SLUG
    from builder.starting import new_course

    _refuse_full(folder)
    usual = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-") or "course"
    asks = sys.stdin.isatty()
    title = _said("title", title) or _asked("Title of the course", usual.replace("-", " ").capitalize(), asks=asks)
    language = _said("language", language) or _asked("Language of its texts", "en", asks=asks)
    name = _said("name", name) or _asked("Name in files and decks, for ever", usual, asks=asks)
    if not re.fullmatch(SLUG, name) or len(name) > 80:  # noqa: PLR2004 - as builder.model.fields.Slug
        message = f"--name {name}: use small letters and digits, joined by '-', '_' or '.'"
        raise BuilderError(message)
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
        message = f"--language {language}: write it like en or pt-BR"
        raise BuilderError(message)
    for path in written(folder, new_course(name, title, language, _kinds(kinds))):
        click.echo(path)
    bank = folder / "banks" / "first.yaml"
    click.echo(
        f"next: her-study build {folder}; her-study quiz {folder} --blueprint quiz; then replace the items of {bank}, "
        f"with her-study preview {folder} --watch beside it",
        err=True,
    )


def _said(option: str, given: str | None) -> str | None:
    """What an option says, on one line."""
    if given is not None and not (given.strip() and given.isprintable() and len(given) <= _LONGEST):
        message = f"--{option} takes up to {_LONGEST} characters of text, on one line"
        raise BuilderError(message)
    return given and given.strip()


def _asked(question: str, usual: str, *, asks: bool) -> str:
    """The answer of whoever sits at the terminal, or what is usual."""
    if not asks:
        return usual
    said: str = click.prompt(question, default=usual, err=True)
    return _said("title", said) or usual


def _kinds(given: str | None) -> tuple[str, ...]:
    """The kinds that are asked for, in the order of the union; all, if none is named."""
    from builder.model.items import KINDS

    if given is None:
        return KINDS
    wanted = [kind.strip() for kind in given.split(",") if kind.strip()]
    for kind in wanted:
        if kind not in KINDS:
            message = f"--kinds {kind}: {did_you_mean(kind, KINDS) or 'there is ' + ', '.join(KINDS)}"
            raise BuilderError(message)
    if not wanted:
        message = "--kinds is empty; name some, or leave it out"
        raise BuilderError(message)
    return tuple(kind for kind in KINDS if kind in wanted)


def _refuse_full(folder: Path) -> None:
    """Stop where something is there already, other than empty folders and what an interrupted run has left."""
    from itertools import chain

    from builder.disk.output import settle

    settle(folder)
    try:
        every = (it for top in folder.iterdir() for it in chain([top], top.rglob("*"))) if folder.exists() else ()
        found = next((it for it in every if it.is_symlink() or not it.is_dir()), None)
    except OSError as error:
        message = f"{folder}: {error.strerror or error}; name a new folder"
        raise BuilderError(message) from error
    if found is not None:
        message = f"{folder} isn't empty: it has {found.relative_to(folder)}; name a new folder"
        raise BuilderError(message)

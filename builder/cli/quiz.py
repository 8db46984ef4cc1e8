"""`her-study quiz`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from builder.cli._asked import Asked, blueprint_of
from builder.cli._copies import numbers
from builder.cli._course import (
    FOLDER,
    bare_course_argument,
    clean,
    language_option,
    output_option,
    refuse_shipped,
    said,
    written,
)
from builder.cli._rules import asked, rule_options
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from datetime import datetime
    from pathlib import Path

    from builder.cli._course import Clean
    from builder.model import Course
    from builder.paper.record import Quiz

_NEEDED = ("highspy", "numpy", "pikepdf", "segno", "typst")  # the extra `print`
_MOST_TYPED = 1000  # characters of a name or a seed
_MOST_VERSIONS = 1000  # the limit of builder.paper.record, whose import would slow --help down


def _filled(_ctx: click.Context, param: click.Parameter, given: str | None) -> str | None:
    """The value of an option that takes text.

    Raises:
        BuilderError: it is empty, most likely from a variable that a script has not set; or it is too long, or holds
            control characters.
    """
    if given is not None and not given.strip():
        message = f"{param.opts[0]} is empty; give it a value, or leave it out"
        raise BuilderError(message)
    if given is not None and not (given.isprintable() and len(given) <= _MOST_TYPED):
        message = f"{param.opts[0]} takes up to {_MOST_TYPED} characters of text, on one line and without control signs"
        raise BuilderError(message)
    return given


def _whole_or_half(_ctx: click.Context, _param: click.Parameter, given: float | None) -> float | None:
    """The marks of --points; other numbers than whole and half ones are refused."""
    if given is not None and (2 * given) % 1:
        message = f"--points {given} is no number of whole or half marks; give 40 or 12.5"
        raise BuilderError(message)
    return given


def _listed(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """The single values of an option that may be repeated, and whose values may have commas between them."""
    for text in given:
        _filled(ctx, param, text.replace(",", ""))
    return tuple(part.strip() for text in given for part in text.split(",") if part.strip())


def _sort_option(name: str, what: str) -> Callable[[Any], Any]:
    return click.option(f"--{name}", multiple=True, callback=_listed, metavar="A,B", help=f"Of {what}; several: any.")


@click.command("quiz")
@bare_course_argument
@click.option("--blueprint", metavar="NAME", help="Of the course: what is on the paper, and what it is worth.")
@click.option("--items", type=click.IntRange(1, 1000), help="How many questions, without a blueprint.  [default: 12]")
@click.option(
    "--points",
    type=click.FloatRange(0.5, 1000),
    callback=_whole_or_half,
    metavar="MARKS",
    help="What the marks add up to, without a blueprint: 40 or 12.5.",
)
@_sort_option("theme", "these themes")
@_sort_option("theory", "these theories")
@_sort_option("kind", "these kinds")
@_sort_option("bloom", "these Bloom levels")
@_sort_option("difficulty", "these difficulties")
@_sort_option("basis", "these sources")
@_sort_option("tags", "these tags")
@click.option(
    "--use",
    type=click.Choice(["deck", "exam"]),
    help="Of what students have in their deck, or of what is kept for exams, without a blueprint.  [default: deck]",
)
@click.option("--seed", callback=_filled, help="Any text: the same seed draws the same paper.  [default: 1]")
@click.option("--versions", type=click.IntRange(1, _MOST_VERSIONS), help="A, B and so on: the same questions shuffled.")
@click.option("--name", callback=_filled, help="Of the paper, for the history.  [default: blueprint and seed]")
@click.option(
    "--roster",
    type=FOLDER,
    metavar="FILE",
    help="Make students.pdf as well, with a paper for each: a class list, as CSV or Excel file.",
)
@click.option(
    "--roster-columns",
    callback=_filled,
    metavar="id=...,name=...",
    help="The headings of the list's columns, where they are not found: id, name, first, last, version.",
)
@click.option("--from", "record", type=FOLDER, metavar="JSON", help="Print a recorded paper again (quiz.json).")
@click.option("--record", "takes_down", is_flag=True, help="Take the paper down in history.yaml.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Of the record, if not today.")
@click.option(
    "--avoid-last", type=click.IntRange(0), default=0, metavar="K", help="Leave out the items of the last K papers."
)
@click.option("--avoid", multiple=True, callback=_listed, metavar="PAPER", help="Leave out the items of this paper.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="Size of the page.  [default: a4]")
@click.option("--font", type=click.Choice(["serif", "hyperlegible"]), help="[default: serif]")
@click.option("--large-print", type=click.Choice(["18", "24"]), help="Size of all text, in points.")
@click.option("--two-column/--one-column", default=None, help="Questions in two columns.")
@click.option(
    "--answers",
    type=click.Choice(["sheet", "inline"]),
    help="On an answer sheet, or on the paper.  [default: sheet; inline where no PDF is made]",
)
@click.option(
    "--copies",
    callback=numbers,
    metavar="N",
    help="Make sheets-A.pdf as well: N answer sheets without a name, each with a number in its code; or 41-60.",
)
@click.option(
    "--digits",
    type=click.IntRange(0, 12),
    help="Of the candidate number on sheets without a name.  [default: of blueprint or course, or 8]",
)
@language_option("Of a translation of COURSE, or of the fixed strings alone: en, de, fr, ...", is_needed=False)
@click.option(
    "--format", "formats", multiple=True, callback=_listed, metavar="A,B", help="pdf, docx, html, md.  [default: pdf]"
)
@click.option("--preview", is_flag=True, help="Show the pages in the browser, and write none of the files.")
@output_option
@rule_options
def command(
    folder: Path | None,
    output: Path,
    *,
    preview: bool,
    record: Path | None,
    copies: range,
    takes_down: bool,
    date: datetime | None,
    **given: Any,
) -> None:
    """Draw a paper from COURSE: papers, answer sheets, keys and marking guides, and quiz.json, the record of it all.

    Checks first, and stops at errors. All that a blueprint wants is met at
    once; retired items, two of one group, enemies, cues and near-duplicates
    never meet on a paper. `--from quiz.json` makes the same files again.
    """
    from builder.cli import _kept, _paper, _records

    _refuse_call(folder, date, takes_down=takes_down, others=takes_down or given["roster"], preview=preview)
    rules = asked()
    call = _kept.call("quiz", folder, output=str(output), lint=rules.lint, options=repr((given, copies, str(rules))))
    # A kept result says only whether the course and the written files are unchanged. These options read other files.
    may_keep = not (record or takes_down or given["roster"] or preview)
    if may_keep and (kept := _kept.last(call)):
        kept.show()
        _tell_leftovers(output, set(map(os.path.basename, kept.files)))
        return
    found = clean(folder, rules)
    quiz = _asked_for(found, record, given)
    if preview:
        _paper.show_pages(found.course, quiz)
        return
    paths = written(output, files := _print(found.course, quiz, copies, output))
    click.echo("\n".join(map(str, paths)))
    _tell_leftovers(output, files)
    if not _paper.tell_unreviewed(found.course, quiz) and may_keep:  # what is kept would not say so again
        _kept.keep(call, found.loaded.trace, _kept.Kept(said(found.loaded, folder, rules), _kept.digests(paths, files)))
    if takes_down:
        _records.take_down(found.course, quiz, date)


def _asked_for(found: Clean, record: Path | None, given: dict[str, Any]) -> Quiz:
    """The paper to print: drawn by the options in `given`, or read from a record.

    Raises:
        BuilderError: the options contradict each other, or the fonts lack characters of the paper.
    """
    from builder.cli._paper import Look, printed_as, refuse_boxes
    from builder.cli._records import recorded

    asked = Asked(**{name: given.pop(name) for name in Asked._fields})
    quiz = recorded(found.course, record, asked.given) if record else _drawn(found, asked)
    quiz = printed_as(found.course, quiz, Look(**given), again=record is not None)
    refuse_boxes(found.course, quiz)
    return quiz


def _refuse_copies(quiz: Quiz, copies: range) -> None:
    """Refuse to number sheets where there are none.

    Raises:
        BuilderError: answers are given on the paper, or no PDF is made.
    """
    if copies and (quiz.edition.answers == "inline" or "pdf" not in quiz.formats):
        message = "--copies numbers answer sheets, which this paper has not: give --answers sheet and --format pdf"
        raise BuilderError(message)


def _print(course: Course, quiz: Quiz, copies: range, folder: Path) -> dict[str, bytes]:
    """Make all files of a paper for a folder; before that, warn of names that the fonts can't print.

    Raises:
        BuilderError: the folder has the record of sheets that these would be taken for, or copies have no sheets.
    """
    import gc

    from builder.cli._paper import tell_boxes
    from builder.cli._progress import Progress
    from builder.cli._records import refuse_other_places

    _refuse_copies(quiz, copies)
    refuse_other_places(folder, quiz)
    tell_boxes(course, quiz)
    gc.freeze()  # so that the collector never walks the course
    gc.enable()  # commands turn it off for a short run, and a hundred versions take long
    with Progress({"setting": 1}) as progress:
        from builder.printing import papers

        return papers.files(course, quiz, progress.stage("setting"), copies)


def _refuse_call(
    folder: Path | None, date: datetime | None, *, takes_down: bool, others: object, preview: bool
) -> None:
    """Refuse a call that can't be carried out.

    Raises:
        BuilderError: the libraries that papers need are missing; --record (`takes_down`) was given and no course is
            named or found; --date was given without --record; or --preview with an option that writes (`others`).
    """
    from importlib.util import find_spec

    if not all(map(find_spec, _NEEDED)):
        message = "papers are drawn and printed by libraries of the extra 'print': pip install 'her-study[print]'"
        raise BuilderError(message)
    if takes_down:
        refuse_shipped(folder, "--record")
    elif date:
        message = "--date is that of a record in history.yaml; give --record as well"
        raise BuilderError(message)
    if preview and others:
        message = f"--preview writes nothing; leave out {'--record' if takes_down else '--roster'}"
        raise BuilderError(message)


def _tell_leftovers(output: Path, files: Container[str]) -> None:
    """Say which files in `output` belong to another paper than `files`, so that nobody hands out both together."""
    import re

    from builder.cli._paper import NAMED

    ours = re.compile(r"(?:(?:paper|key|guide|sheets?)-[A-Z]{1,3}|versions|students)\.(?:pdf|docx|html|md|csv)")
    left = sorted(name for name in os.listdir(output) if ours.fullmatch(name) and name not in files)
    if left:
        from builder.report import counted

        some = ", ".join(left[:NAMED]) + (" and so on" if len(left) > NAMED else "")
        click.echo(f"note: {counted(len(left), 'file')} of another paper in {output}: {some}; delete them", err=True)


def _drawn(found: Clean, asked: Asked) -> Quiz:
    """Draw the paper that the options ask for; where none meets the blueprint, say why, and exit with code 1."""
    from builder.cli._progress import Progress
    from builder.drawing import Drawing, UnmetError, draw

    course = found.course
    blueprint = blueprint_of(course, asked)
    seed = "1" if asked.seed is None else asked.seed
    try:
        with Progress({"drawing": 1}) as progress:
            drawing = Drawing(blueprint, seed, asked.versions or 1, asked.avoid_last, asked.avoid)
            if found.memory:
                drawing = drawing._replace(apart=found.memory.pairs(found.loaded).apart)
            quiz = draw(course, drawing, progress.stage("drawing"))
    except UnmetError as error:
        if not error.findings:
            raise
        found.show(error.findings)
        click.echo(f"no paper meets blueprint '{blueprint.blueprint}': nothing was written", err=True)
        sys.exit(1)
    return quiz.model_copy(update={"name": asked.name or f"{blueprint.blueprint}-{seed}"})

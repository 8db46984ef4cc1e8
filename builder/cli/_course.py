"""What the commands share: the COURSE argument, and loading that course with its findings shown."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

from builder.cli._rules import NONE
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping
    from pathlib import Path

    from builder.checking.kept import KeptMemory
    from builder.checking.memory import Memory
    from builder.cli._rules import Rules
    from builder.deck.apkg import Rendered
    from builder.diagnostics import Finding
    from builder.loading.loaded import Loaded
    from builder.model import Course, Lock


class _Folder(click.Path):
    """The type of options that take a path. It imports `pathlib` only for a value, so that --help starts faster."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path as it was typed.

        Raises:
            BuilderError: it is empty, most likely from a variable that a script has not set.
        """
        from pathlib import Path

        if value == "" and param is not None:
            message = f"{param.opts[0]} is empty; give it a value, or leave it out"
            raise BuilderError(message)
        return Path(os.fsdecode(super().convert(value, param, ctx)))


_LANGUAGE = "builder.language"  # in a context's `meta`: a language, and whether there must be a translation in it
WRITTEN = "builder.written"  # in a context's `meta`: the paths that this call has written so far


def _chosen(ctx: click.Context, _param: click.Parameter, named: Path | None) -> Path | None:
    """The folder of the course that a command works on; None stands for the shipped course.

    COURSE names the folder. Without COURSE it is the nearest folder with a course.yaml, from the one that the command
    is called in upwards; where none has one, the shipped course. With --language it is the folder of that translation
    within the course's folder.
    """
    language = ctx.meta.get(_LANGUAGE)
    return _translation(named or nearest(), *language) if language else named or nearest()


def nearest() -> Path | None:
    """The nearest folder with a course.yaml, from the current one upwards; None where none has one."""
    from pathlib import Path

    try:
        above = len(Path.cwd().parents)
    except OSError:  # the current folder was deleted
        return None
    # Relative, so that findings show short paths: `../bank.yaml`.
    folders = (Path(*[os.pardir] * up) for up in range(above + 1))
    return next((folder for folder in folders if (folder / "course.yaml").is_file()), None)


def _translation(folder: Path | None, language: str, is_needed: bool) -> Path | None:  # noqa: FBT001
    """The folder of the translation into `language` of the course in `folder` (None: the shipped course).

    Where there is no such translation, `folder` itself is returned, unless one `is_needed`.

    Raises:
        BuilderError: the course has no such translation, and `is_needed` is true.
    """
    from builder.loading.course import shipped

    root = folder or shipped()
    root = root.parent if root.name == "course.yaml" else root
    there = [found.name for found in translations(root)]
    if language in there:
        return root / language
    if not is_needed:
        return folder
    said = f"there is {', '.join(there)}" if there else "it has no translation"
    message = f"--language {language}: no translation {language}/course.yaml in {root}; {said}"
    raise BuilderError(message)


def translations(folder: Path) -> list[Path]:
    """The folders of the translations of the course in `folder`, by name."""
    return sorted(found.parent for found in folder.glob("*/course.yaml") if _translates(found))


def _translates(file: Path) -> bool:
    """Whether a course.yaml says that its course is the translation of another."""
    try:
        return re.search(rb"^translates:", file.read_bytes(), re.MULTILINE) is not None
    except OSError:
        return False


def language_option(text: str, *, is_needed: bool, **more: Any) -> Callable[[Any], Any]:
    """The option `--language`, which is read before COURSE, since it may choose a translation of it.

    With `is_needed`, a language without a translation is refused; else the course itself is used. `text` is the help.
    """

    def asked(ctx: click.Context, _param: click.Parameter, given: str | None) -> str | None:
        if given == "":
            message = "--language is empty; give it a value, or leave it out"
            raise BuilderError(message)
        if given is not None and not re.fullmatch("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", given):
            message = f"--language '{given}' is no code of a language; write it like es or pt-BR"
            raise BuilderError(message)
        if given:
            ctx.meta[_LANGUAGE] = (given, is_needed)
        return given

    return click.option("--language", is_eager=True, callback=asked, metavar="CODE", help=text, **more)


FOLDER = _Folder()
bare_course_argument = click.argument("folder", metavar="[COURSE]", required=False, type=FOLDER, callback=_chosen)


def course_argument(command: Any) -> Any:
    """Give a command the argument COURSE, and the option `--language` for one of its translations."""
    text = "Of a translation: es for the course in the folder es of COURSE."
    return bare_course_argument(language_option(text, is_needed=True, expose_value=False)(command))


output_option = click.option(
    "-o",
    "--output",
    default="dist",
    show_default=True,
    metavar="FOLDER",
    type=FOLDER,
    help="Where to write; made if need be.",
)


def refuse_shipped(folder: Path | None, what: str) -> None:
    """Stop a command that would write into the shipped course, unless the command line names that course.

    Raises:
        BuilderError: no course was named or found; `what` is the option or command that writes.
    """
    from builder.loading.course import shipped

    context = click.get_current_context()
    is_named = context.get_parameter_source("folder") is ParameterSource.COMMANDLINE
    if folder is None or (not is_named and folder.parent == shipped()):
        message = (
            f"{what} writes into the course's folder, and there is no course.yaml here or in a folder above; "
            "name the folder of a course"
        )
        raise BuilderError(message)


def checked(folder: Path | None, rules: Rules = NONE, memory: Memory | None = None) -> Loaded:
    """The course in `folder` (None: the shipped one) with all that is wrong with it, while a bar shows the progress.

    What `memory` has of earlier checks is not done again.
    """
    from builder.checking import check
    from builder.cli._progress import Progress
    from builder.loading.course import shipped

    with Progress({"reading": 1} | ({"checking": 2} if rules.lint else {})) as progress:
        result = check(folder or shipped(), **rules._asdict(), memory=memory, stage=progress.stage)
    rules.refuse_strange(result)
    return result


def rendered(course: Course) -> Rendered:
    """Every note of the course, and the references that the notes cite, while a bar shows the progress."""
    from builder.cli._progress import Progress
    from builder.deck import apkg

    with Progress({"rendering": 1}) as progress:
        return apkg.rendered(course, progress.stage("rendering"))


def written(folder: Path, files: Mapping[str, bytes], *, before: Mapping[str, str | None] | None = None) -> list[Path]:
    """Write files by `builder.disk.output.write`, and remember their paths, so that a later Ctrl-C can name them."""
    from builder.disk.output import write

    return write(folder, files, before=before, done=click.get_current_context().meta.setdefault(WRITTEN, []).append)


class Clean(NamedTuple):
    """A course without errors.

    `lock` records its last release. `changed` is when its newest file was last changed, in seconds since 1970.
    `loaded` has all that was read, warnings included. `memory` has what its checks came to (None: nothing is kept).
    """

    course: Course
    lock: Lock | None
    changed: int
    loaded: Loaded
    memory: KeptMemory | None

    def show(self, findings: Iterable[Finding], *, whole: Container[str] = ()) -> None:
        """Show further findings on stderr, each with its place; those of codes in `whole` are never cut short."""
        from builder.report import as_text

        before = {id(d) for d in self.loaded.diagnostics}
        self.loaded.add(findings)
        fresh = [d for d in self.loaded.diagnostics if id(d) not in before]
        click.echo(as_text(fresh, self.loaded.texts, whole=whole), err=True, nl=False)


def summed(result: Loaded, folder: Path | None) -> str:
    """The last line of a report: `her: 280 items: no problem found`.

    It begins with the id of the course, or with its folder where course.yaml gives no id.
    """
    from builder.report import as_line, counted, summary

    name = result.course.id if result.course else str(folder or "course.yaml")
    which = name if folder else f"{name}, which comes with her-study"
    size = f"{counted(len(result.course.items), 'item')}: " if result.course else ""
    return as_line(f"{which}: {size}{summary(result.diagnostics)}")


def said(result: Loaded, folder: Path | None, rules: Rules = NONE) -> str:
    """What `clean` shows on stderr: the errors, all findings of selected rules, and a line that sums all up.

    Warnings are counted alone: `check` shows them, and no command that follows shows them again. The text is empty if
    COURSE was named and there is no finding. Without COURSE the line is always shown, since it says which course was
    taken.
    """
    from builder.diagnostics import Severity
    from builder.report import as_text

    named = click.get_current_context().get_parameter_source("folder") is ParameterSource.COMMANDLINE
    if named and not result.diagnostics:
        return ""
    chosen = rules.select or frozenset()
    shown = [d for d in result.diagnostics if d.severity is Severity.ERROR or d.code in chosen]
    more = "; `her-study check` shows the warnings" if len(shown) < len(result.diagnostics) else ""
    return f"{as_text(shown, result.texts, whole=chosen)}{summed(result, folder)}{more}\n"


def left_exam(opened: list[str]) -> str:
    """A warning about items (`opened`, by id) that were kept for exams and would now go to students; else empty."""
    from builder.report import counted, printable

    items = f"{counted(len(opened), 'item')} that {'was' if len(opened) == 1 else 'were'} kept for exams"
    return f"warning: {items} would now go to students: {printable(', '.join(opened))}\n" if opened else ""


def remembered(folder: Path | None, rules: Rules = NONE) -> tuple[Loaded, KeptMemory | None]:
    """What `checked` gives, with the memory in the user's cache folder, which holds now what this check came to.

    Without rules nothing is looked up there or kept (None): that takes longer than to read the banks again.
    """
    from builder.cli import _kept
    from builder.diagnostics import MAX_FINDINGS

    memory = _kept.memory(folder) if rules.lint else None
    result = checked(folder, rules, memory)
    if memory and result.errors < MAX_FINDINGS:  # after more, what comes next is hardly one edit
        memory.save()
    return result, memory


def clean(folder: Path | None, rules: Rules = NONE) -> Clean:
    """The course with its findings shown on stderr; a course with errors ends the command with exit code 1."""
    result, memory = remembered(folder, rules)
    click.echo(said(result, folder, rules), err=True, nl=False)
    if result.errors or result.course is None:
        click.echo("nothing was built: mend the errors first", err=True)
        sys.exit(1)
    return Clean(result.course, result.lock, result.trace.changed, result, memory)

"""`her-study import`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from builder.cli._course import FOLDER, written
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from builder.diagnostics import Diagnostic
    from builder.exchange._frame import Read
    from builder.exchange._taking import Bank

COURSE_FILE = "course.yaml"
_BANKS = (".yaml", ".yml")


@click.command("import")
@click.argument("file", metavar="FILE", type=FOLDER)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="COURSE|BANK.yaml",
    type=FOLDER,
    help="The folder of a course, made if need be, or the file of a bank.",
)
@click.option("--format", "form", metavar="NAME", help="The format of FILE, where its content does not show it.")
@click.option(
    "--columns", metavar="NAME=COLUMN,...", help="What columns of a table hold: question=B,answer=Solution,A=C."
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
def command(file: Path, output: Path, form: str | None, columns: str | None, *, dry_run: bool) -> None:
    """Take the questions of FILE, from another system, into a course or a bank.

    A second import of a newer FILE joins what is new in it with what was edited
    here meanwhile. What can't be taken is listed with its place; where a
    question is left out, the exit code is 1. `explain NAME` tells of a format.
    """
    from builder import exchange
    from builder.exchange import _taking
    from builder.exchange._frame import BrokenSourceError

    data = _bytes(file)
    name = form or exchange.guessed(file.name, data)
    try:
        read = _read(name, str(file), data, columns)
        root, path = _place(output, file, read)
        read = _fitted(root, read)
        bank = _bank(path, root, read.title if output.suffix not in _BANKS else "")
        taken = _taking.take(read, bank)
    except BrokenSourceError as error:
        _show([error.diagnostic], file, data)
        _stop()
    except _taking.NothingTakenError as error:
        _show(error.notes, file, data)
        if not error.notes:  # a quiz that only names a bank of questions, for one
            click.echo(f"{file}: no question is in it; export the questions themselves", err=True)
        _stop()
    _show(taken.notes, file, data)
    click.echo(f"{bank.path}: from {file} as {name}")
    for line in taken.plan.lines():
        click.echo(f"  {line}")
    files = {path: taken.text.encode(), _base(path): taken.base.encode()}
    before: dict[str, str | None] = {path: bank.text, _base(path): bank.base}
    course = {} if output.suffix in _BANKS else _course(root, path, read, read.title or file.stem)
    for each, (old, new) in course.items():
        files[each], before[each] = new.encode(), old
    if not dry_run:
        _write(root, {**_media(root, read), **files}, before)
    if not taken.is_whole:
        sys.exit(1)


def _read(form: str, name: str, data: bytes, columns: str | None) -> Read:
    """What a file comes to; `columns` are named for formats of tables alone."""
    from builder import exchange

    if columns is None:
        read = exchange.named(form, "read").read(name, data)
    else:
        read = exchange.named(form, "read_columns").read_columns(name, data, columns)
    for line in read.told:
        click.echo(f"{name}: {line}", err=True)
    return read


def _stop() -> NoReturn:
    click.echo("nothing was written", err=True)
    sys.exit(1)


def _write(root: Path, files: dict[str, bytes], before: dict[str, str | None]) -> None:
    """Write the files, their folders made if need be, and name them."""
    try:
        for folder in {(root / name).parent for name in files}:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{root}: nothing was written: {error.strerror or error}; mend that, or name another folder"
        raise BuilderError(message) from error
    for done in written(root, files, before=before):
        click.echo(done)


def _show(notes: Sequence[Diagnostic], file: Path, data: bytes) -> None:
    from builder.exchange._frame import LOST, REFUSED
    from builder.report import as_text

    texts = {str(file): data.decode("utf-8", "replace")} if notes and b"\0" not in data[:1000] else {}
    ordered = sorted(notes, key=lambda note: (note.span, note.code, note.message))
    click.echo(as_text(ordered, texts, whole={LOST, REFUSED}), err=True, nl=False)


def _bytes(file: Path) -> bytes:
    from builder.exchange._frame import MOST_BYTES

    try:
        if file.stat().st_size > MOST_BYTES:
            message = f"{file}: more than {MOST_BYTES} bytes; export it in several parts"
            raise BuilderError(message)
        return file.read_bytes()
    except OSError as error:
        message = f"{file}: can't be read: {error.strerror or error}"
        raise BuilderError(message) from error


def _place(output: Path, file: Path, read: Read) -> tuple[Path, str]:
    """The folder of the course, and the name of the bank in it: that of an output, or one by the title or the file.

    What was imported under the name of its file goes there again. A bank of that title that has none of these questions
    is another one, which is let alone.
    """
    from builder.exchange import _taking
    from builder.exchange._ids import slug

    if output.suffix not in _BANKS:
        by_file, by_title = (f"banks/{slug(name.lower())}.yaml" for name in (file.stem, read.title or file.stem))
        has_letters = any(sign.isascii() and sign.isalpha() for sign in read.title)
        is_there = (output / _base(by_file)).exists()
        is_free = not (output / by_title).exists() or _taking.has_brought(read, _bank(by_title, output))
        return output, by_title if has_letters and not is_there and is_free else by_file
    root = next((folder for folder in output.parents if (folder / COURSE_FILE).is_file()), output.parent)
    return root, output.relative_to(root).as_posix()


def _base(path: str) -> str:
    return f"{path.rpartition('.')[0]}.imported.json"


def _bank(path: str, root: Path, title: str = "") -> Bank:
    from builder.exchange._ids import slug
    from builder.exchange._taking import Bank

    stem = path.rpartition("/")[2].rpartition(".")[0]
    text, base = _old(root / path), _old(root / _base(path))
    return Bank(path, slug(stem), title or stem, text, base)


def _old(path: Path) -> str | None:
    """The text of a file that is there already."""
    from builder.cli._paper import read

    return read(path) if path.exists() else None


def _media(root: Path, read: Read) -> dict[str, bytes]:
    """The pictures and recordings that are not there already.

    Raises:
        BuilderError: another file has the name of one.
    """
    for name, data in read.files.items():
        if (root / name).exists() and (root / name).read_bytes() != data:
            message = f"{root / name}: there is another file of that name; move it away, or import elsewhere"
            raise BuilderError(message)
    return {name: data for name, data in read.files.items() if not (root / name).exists()}


def _fitted(root: Path, read: Read) -> Read:
    """What was read, without what the course could not resolve.

    These are citations and locators where it has neither references nor an outline, and in a new course enemies that
    did not come along.
    """
    from dataclasses import replace

    from builder.exchange._ids import slug
    from builder.report import counted

    head = _head(_old(root / COURSE_FILE))
    drop = {key for key, needs in (("cites", "references"), ("locator", "outline")) if needs not in head}
    for key in sorted(drop):
        number = sum(key in entry.value for entry in read.entries)
        if number:
            click.echo(
                f"note: '{key}' of {counted(number, 'item')} dropped: the course has nothing that it names", err=True
            )
    entries = [
        entry._replace(value={key: it for key, it in entry.value.items() if key not in drop}) for entry in read.entries
    ]
    if not head:
        known = {slug(entry.wish) for entry in entries}
        for entry in entries:
            if enemies := entry.value.pop("enemies", None):
                there = [name for name in enemies if name in known]
                entry.value.update({"enemies": there} if there else {})
    return replace(read, entries=entries)


def _head(text: str | None) -> dict[str, Any]:
    """The values of a course.yaml."""
    from builder.source import nodes

    value: Any = nodes.values(COURSE_FILE, text).value if text else {}
    return value if isinstance(value, dict) else {}


def _language(read: Read) -> dict[str, str]:
    """The language of a new course, where its texts tell another one than English, which is told."""
    from builder.exchange._guide import TO_DO
    from builder.text.guessed import guessed

    texts = _texts([entry.value for entry in read.entries])
    language = guessed(text for text in texts if text != TO_DO)
    if language in {"", "en"}:
        return {}
    click.echo(
        f"note: course.yaml has language: {language}, as the texts tell; change it there if that is wrong", err=True
    )
    return {"language": language}


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _course(root: Path, path: str, read: Read, title: str) -> dict[str, tuple[str | None, str]]:
    """The text of course.yaml before and after: it names the bank, and the themes and theories of what was read."""
    from builder.exchange._ids import slug
    from builder.source import blocks, patches

    old = _old(root / COURSE_FILE)
    head = _head(old)
    value = head or {
        "course": slug(root.resolve().name.lower()), "title": title, **_language(read), "banks": ["banks/*.yaml"]
    }  # fmt: skip
    if not any((root / path).match(pattern) for pattern in value.get("banks") or []):
        value["banks"] = [*(value.get("banks") or []), path]
    for key, name in (("themes", "theme"), ("theories", "theory")):
        used = dict.fromkeys(entry.value[name] for entry in read.entries if name in entry.value)
        if used:
            value[key] = {word: read.themes.get(word, word) for word in used} | (value.get(key) or {})
    if old is None:
        return {COURSE_FILE: (None, blocks.dump(value | {"anki": {"deck": title}}))}
    new = patches.patched(COURSE_FILE, old, value)
    if new is None:
        message = f"{root / COURSE_FILE}: can't be edited without losing its comments; name a bank: -o {path}"
        raise BuilderError(message)
    return {COURSE_FILE: (old, new)} if new != old else {}

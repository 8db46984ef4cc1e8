"""`her-study add`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from builder.cli._course import course_argument, refuse_shipped, written
from builder.diagnostics import BuilderError, did_you_mean

if TYPE_CHECKING:
    from pathlib import Path


@click.command("add")
@click.argument("kind", required=False)
@course_argument
@click.option("--bank", metavar="NAME", help="Its `bank:` or its file.  [default: the only one]")
@click.option("--id", "item_id", metavar="ID", help="Of the new item.  [default: the kind and a number]")
def command(kind: str | None, folder: Path | None, bank: str | None, item_id: str | None) -> None:
    """Put an item of KIND at the end of a bank of COURSE, with a comment for each key, to be written over.

    The rest of the bank stays as it is, byte for byte.
    """
    from pathlib import Path

    from builder.checking import check
    from builder.loading.course import shipped
    from builder.model.fields import SLUG
    from builder.model.items import KINDS
    from builder.starting import with_item

    if item_id is not None and not re.fullmatch(SLUG, item_id):
        message = f"--id {item_id}: use small letters and digits, joined by '-', '_' or '.'"
        raise BuilderError(message)
    if kind not in KINDS:
        there = f"there is {', '.join(KINDS)}; `her-study explain KIND` shows one"
        message = (
            f"'{kind}' is no kind of item; {did_you_mean(kind, KINDS) or there}" if kind else f"name a kind: {there}"
        )
        raise BuilderError(message)
    refuse_shipped(folder, "add")
    loaded = check(folder or shipped(), lint=False)
    banks = list(loaded.starts)
    path = bank_of(bank, banks, loaded.texts)
    taken = set(loaded.course.by_id) if loaded.course else set()
    text, name = with_item(path, loaded.texts[path], kind, taken, item_id, loaded.course)
    file = Path(path)
    written(file.parent, {file.name: text.encode()}, before={file.name: loaded.texts[path]})
    line = text[: text.index(f"- id: {name}")].count("\n") + 1
    click.echo(f"{path}:{line}: {name}")
    click.echo("next: write over it; as it is, it repeats the item that `new` puts into a course", err=True)


def bank_of(named: str | None, paths: list[str], texts: dict[str, str]) -> str:
    """The path of the bank that is meant."""
    from pathlib import PurePath

    from builder.source import nodes

    if named is None and len(paths) == 1:
        return paths[0]
    names = {
        path: value["bank"]
        for path in paths
        if isinstance(value := nodes.values(path, texts[path]).value, dict) and "bank" in value
    }
    found = [
        path for path in paths if named and named in {names.get(path), path, PurePath(path).name, PurePath(path).stem}
    ]
    if len(found) != 1:
        known = [str(name) for name in names.values()]
        near = did_you_mean(named, known) if named else ""
        there = f"there is {', '.join(known)}"
        if named and not found and paths:
            file = PurePath(paths[-1]).with_name(f"{named}.yaml")
            there += f"; a new one is a file, such as {file}, with lines 'bank: {named}', 'title: ...' and 'items:'"
        message = f"--bank {named or 'is missing'}: {near or there}"
        raise BuilderError(message)
    return found[0]

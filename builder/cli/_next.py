"""`her-study coverage --next`: the items most worth writing, as text, as JSON, or as comments in a bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.loading.loaded import Loaded
    from builder.starting.wanted import Wanted

_SHOWN = 4  # demands that are named for each item
_NONE = (
    "Nothing is missing: no least number of the outline (`weight:`), of the specification or of a blueprint is missed."
)


def shown(found: Sequence[Wanted], form: str) -> str:
    """The items most worth writing as text for people, or as JSON."""
    from builder.report import as_line, json_text

    if form == "json":
        return json_text([_data(item) for item in found])
    return "\n".join(map(as_line, _text(found))) if found else _NONE


def _data(item: Wanted) -> dict[str, object]:
    from dataclasses import asdict

    return asdict(item)


def _text(found: Sequence[Wanted]) -> Iterator[str]:
    from builder.report import counted

    yield f"Most worth writing, {counted(len(found), 'item')}:"
    for number, item in enumerate(found, 1):
        said: list[str | int | None] = [
            item.kind,
            item.theme,
            item.theory,
            item.bloom,
            item.difficulty and f"difficulty {item.difficulty}",
        ]
        said += [
            f"marks: {item.marks}" if item.marks else None,
            item.basis,
            item.use and f"use: {item.use}",
            *item.tags,
        ]
        yield f"{number:3}. {', '.join(str(it) for it in said if it)}"
        if item.locator:
            yield f"     on {item.locator[0]}: {item.gist}"
        if item.cites:
            yield f"     citing {', '.join(item.cites)}"
        more = f", and {len(item.serves) - _SHOWN} more" if len(item.serves) > _SHOWN else ""
        yield f"     for {'; '.join(item.serves[:_SHOWN])}{more}"


def write(bank: str, found: Sequence[Wanted], loaded: Loaded) -> None:
    """Put a stub of each item, as comments, at the end of the bank of that name, and print the places."""
    from pathlib import Path

    from builder.cli._course import written
    from builder.cli.add import bank_of
    from builder.starting.stubs import with_stubs

    path = bank_of(bank, list(loaded.starts), loaded.texts)
    text = loaded.texts[path]
    taken = set(loaded.course.by_id) if loaded.course else set()
    after, names = with_stubs(path, text, found, taken)
    file = Path(path)
    if names:
        written(file.parent, {file.name: after.encode()}, before={file.name: text})
    for name in names:
        line = (
            after[: after.index(f"# - id: {name}\n".replace("\n", "\r\n" if "\r\n" in text else "\n"))].count("\n") + 1
        )
        click.echo(f"{path}:{line}: {name}")

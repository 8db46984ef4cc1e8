"""How items did on papers, as the file beside the course has it: `usage.jsonl`, a line for each item of an exam."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pydantic import ValidationError

from builder.diagnostics import MAX_FINDINGS, Diagnostic, Span
from builder.loading.part import Part
from builder.model.usage import ItemUse

if TYPE_CHECKING:
    from collections.abc import Iterator

_WAY_OUT = "delete the line, or take the file from version control; `her-study analyse --record` writes it"


def usage(path: str, text: str) -> Part[tuple[ItemUse, ...]]:
    """The uses of a file in its order, without the lines that are not sound; each of these has a diagnostic."""
    uses: list[ItemUse] = []
    faults = tuple(islice(_faults(path, text, uses), MAX_FINDINGS))
    return Part(tuple(uses), (), faults)


def _faults(path: str, text: str, uses: list[ItemUse]) -> Iterator[Diagnostic]:
    """What is wrong with each line; the sound ones are added to `uses`."""
    seen: set[tuple[str, str, str]] = set()
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            use = ItemUse.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            what = f"no use of an item: {where + ': ' if where else ''}{first['msg']}"
            yield Diagnostic(Span(path, number), "usage-damaged", what, _WAY_OUT)
            continue
        key = (use.exam, use.item, use.digest)
        if key in seen:
            what = f"a second line on '{use.item}' in '{use.exam}'"
            yield Diagnostic(Span(path, number), "usage-damaged", what, _WAY_OUT)
            continue
        seen.add(key)
        uses.append(use)

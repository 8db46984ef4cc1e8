"""Items that are still to be written, as comments at the end of a bank: who takes the `#` away has an item to write over.

A comment counts nowhere, so that no sample text gets into a deck or onto a paper before its author has written it.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError
from builder.source import nodes
from builder.starting import ending, sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.starting.wanted import Wanted

_OWN = re.compile(r"^  (?:bloom|difficulty|cites|kind):.*\n", re.MULTILINE)
_ID = re.compile(r"- id: (?P<id>[^\s#]+)")
_SHOWN = 4  # demands that a stub names


def with_stubs(path: str, text: str, wanted: Sequence[Wanted], taken: set[str]) -> tuple[str, list[str]]:
    """The text of the bank at `path` with a stub for each of these items at its end, and the stubs' ids.

    An id is none of `taken`, and none that the bank names already, be it in a comment.

    Raises:
        BuilderError: the bank is not written so that items can be put at its end.
    """
    taken = taken | {found["id"] for found in _ID.finditer(text)}
    indent = " " * ending(path, text)
    names: list[str] = []
    parts = [text.rstrip(), "\n"]
    for item in wanted:
        name = next(name for n in count(1) if (name := f"{item.kind}-{n}") not in taken)
        taken.add(name)
        names.append(name)
        lines = (f"{indent}# {line}".rstrip() for line in (*_reasons(item), *_entry(item, name)))
        parts.append("\n" + "\n".join(lines) + "\n")
    after = "".join(parts)
    after = after.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in text else after
    parsed = nodes.values(path, after)
    if parsed.faults or parsed.value != nodes.values(path, text).value:
        message = f"{path}: nothing can be added at its end; mend its layout first"
        raise BuilderError(message)
    return after, names


def _reasons(item: Wanted) -> list[str]:
    """Why an item is worth writing, in comments above it."""
    more = f", and {len(item.serves) - _SHOWN} more" if len(item.serves) > _SHOWN else ""
    gist = [f"# {item.locator[0]}: {' '.join(item.gist.split())}"] if item.gist else []
    return [f"# Wanted: {'; '.join(item.serves[:_SHOWN])}{more}", *gist]


def _entry(item: Wanted, name: str) -> list[str]:
    """The item as an entry of a bank: what is wanted of it, and the rest from the sample of its kind."""
    keys = {
        "kind": item.kind,
        "theme": item.theme,
        "theory": item.theory,
        "bloom": item.bloom,
        "difficulty": item.difficulty,
        "basis": item.basis,
        "use": item.use,
        "marks": item.marks,
        "tags": _flow(item.tags),
        "locator": _flow(item.locator),
        "cites": _flow(item.cites),
    }
    asked = "".join(f"  {key}: {value}\n" for key, value in keys.items() if value)
    body = sample(item.kind)
    body = body[body.index("- id:") :].partition("\n")[2]
    return [f"- id: {name}", *f"{asked}{_OWN.sub('', body)}".splitlines()]


def _flow(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]" if values else ""


def _quoted(value: str) -> str:
    """A value as an entry of a list in brackets; the key of a work may have signs that end an entry."""
    return value if re.fullmatch(r"[\w./-]+", value) else f'"{value}"'

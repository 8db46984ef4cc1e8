"""Cases of rules, as data: a sound item with a change, and where the rule has to find something.

`vectors/<code>.yaml` holds `items:` (the file `vectors/items_<name>.yaml` of sound items by name) and `cases:`, a list:
`shows` (what the case is about), `base` (which item; as in the case before, if
left out), `change` (keys laid over it), `without` (keys taken out), `course`
(what else the course is to have: see `tests.rules.frame`) and `hits` (the keys
that lead to each place, joined by `/`, with `warning` or `error` after them).
A case without `hits` is one on which the rule has to be silent.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from builder.source import nodes
from tests.rules.frame import Frame, frame

if TYPE_CHECKING:
    from collections.abc import Iterator

VECTORS = Path(__file__).parent / "vectors"


class Case(NamedTuple):
    """One case of one rule."""

    code: str
    shows: str
    frame: Frame
    hits: list[str]

    @property
    def found(self) -> list[str]:
        """What the rule finds, written as `hits` are."""
        return sorted(f"{_path(f.at.keys)} {f.severity}" for f in self.frame.findings(self.code))

    def __str__(self) -> str:
        return self.shows


def _path(keys: tuple[str | int, ...]) -> str:
    return "/".join(map(str, keys[2:] if keys[:1] == ("items",) else keys))


def each_case(code: str) -> pytest.MarkDecorator:
    """Gives a test each case of a rule as `case`."""
    return pytest.mark.parametrize("case", list(_cases(code)), ids=str)


def _read(name: str) -> Any:
    return nodes.values(name, (VECTORS / name).read_text("utf-8")).value


def _cases(code: str) -> Iterator[Case]:
    value = _read(f"{code.lower()}.yaml")
    assert value.keys() == {"items", "cases"}
    items = _read(f"items_{value['items']}.yaml")
    base = "basic"
    for row in value["cases"]:
        assert row.keys() <= {"shows", "base", "change", "without", "course", "hits"}, row
        base = row.get("base", base)
        item = {key: kept for key, kept in items[base].items() if key not in row.get("without", [])}
        text = nodes.dump({"items": [item | row.get("change", {})], **row.get("course", {})})
        yield Case(code, row["shows"], frame(text), sorted(row.get("hits", [])))

"""Cases of rules, as data: an item of the file's `base:` with a change, and where the rule has to find something.

A file holds `base:` (sound items by name) and, for each code, a list of cases:
`shows` (what the case is about), `base` (which item; as in the case before, if
left out), `change` (keys laid over it), `without` (keys taken out), `course`
(what else the course is to have: see `tests.rules.frame`) and `hits` (the keys
that lead to each place, joined by `/`, with `warning` or `error` after them).
A case without `hits` is one on which the rule has to be silent.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from builder.source import nodes
from tests.rules.frame import Frame, frame


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
        return f"{self.code}: {self.shows}"


def _path(keys: tuple[str | int, ...]) -> str:
    return "/".join(map(str, keys[2:] if keys[:1] == ("items",) else keys))


def cases(name: str) -> list[Case]:
    """The cases of a file in this folder."""
    path = Path(__file__).parent / name
    value: Any = nodes.values(name, path.read_text("utf-8")).value
    bases = value.pop("base")
    out = []
    for code, rows in value.items():
        base = "basic"
        for row in rows:
            assert row.keys() <= {"shows", "base", "change", "without", "course", "hits"}, row
            base = row.get("base", base)
            item = {key: kept for key, kept in bases[base].items() if key not in row.get("without", [])}
            text = nodes.dump({"items": [item | row.get("change", {})], **row.get("course", {})})
            out.append(Case(code, row["shows"], frame(text), sorted(row.get("hits", []))))
    return out

"""What an import writes: the sound questions of a file as a bank, joined with what is there already."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from builder.diagnostics import At, BuilderError, Diagnostic, Severity
from builder.exchange._frame import REFUSED
from builder.exchange._ids import identified
from builder.exchange._merge import Plan, merged
from builder.loading import variants
from builder.loading.part import validate
from builder.model import Bank as BankFile
from builder.model.order import ITEM
from builder.source import blocks, controls, nodes, patches

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.exchange._frame import Read

_SCHEMA = "her-study/imported/1"
_PLACES = {key: place for place, key in enumerate(ITEM)}
_APART = frozenset(["items"])
_NOTE = (
    "# Questions that were imported. Edit them as you like: a later import of the same source keeps what you changed,\n"
    "# by the help of the file {base} beside this one.\n"
)


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank as it stands before an import: where it is, its text if there is one, and what the last import brought."""

    path: str
    id: str
    title: str
    text: str | None = None
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The text of the bank after the import, what to compare the next one with, what changes, and what is told."""

    text: str
    base: str
    plan: Plan
    notes: Sequence[Diagnostic]

    @property
    def is_whole(self) -> bool:
        """Whether every question was taken."""
        return not any(note.severity is Severity.ERROR for note in self.notes)


def take(read: Read, bank: Bank) -> Taken:
    """What an import does to a bank.

    Raises:
        BuilderError: no question is sound, or the bank can't be edited without losing its comments.
    """
    entries, notes = _sound(read, bank)
    if not entries:
        raise NothingTakenError(notes)
    own: Any = nodes.values(bank.path, bank.text).value if bank.text else None
    items = own.get("items", []) if isinstance(own, dict) else []
    plan = merged(_based(bank), items, entries)
    head = {key: it for key, it in own.items() if key != "items"} if isinstance(own, dict) else {}
    value = {"bank": bank.id, "title": bank.title} | head | {"items": plan.items}
    return Taken(_text(bank, value), _record(entries), plan, notes)


def has_brought(read: Read, bank: Bank) -> bool:
    """Whether an earlier import has brought a question of this file into a bank.

    Raises:
        BuilderError: what the last import wrote down can't be read.
    """
    known = _based(bank)
    return any(entry["id"] in known for entry in identified(read))


def _record(entries: Sequence[Mapping[str, Any]]) -> str:
    """The JSON that a later import compares with: a line for each item, by its id."""
    # With `indent`, Python would write it by itself, five times as slowly.
    lines = ",\n".join(f"{_json(entry['id'])}: {_json(entry)}" for entry in entries)
    return f'{{"schema": {_json(_SCHEMA)}, "items": {{\n{lines}\n}}}}\n'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


class NothingTakenError(Exception):
    """No question of a file could be taken; `notes` say why."""

    def __init__(self, notes: Sequence[Diagnostic]) -> None:
        """Keep the notes."""
        super().__init__("no question could be taken")
        self.notes = notes


def _text(bank: Bank, value: dict[str, Any]) -> str:
    if bank.text is None:
        name = bank.path.rpartition("/")[2].rpartition(".")[0]
        return _NOTE.format(base=f"{name}.imported.json") + blocks.dump(value, apart=_APART)
    made = patches.patched(bank.path, bank.text, value)
    if made is None:
        message = f"{bank.path}: can't be edited without losing its comments; import into a new file: -o NEW.yaml"
        raise BuilderError(message)
    return made


def _based(bank: Bank) -> Mapping[str, dict[str, Any]]:
    """The items of the last import, by id."""
    try:
        base = json.loads(bank.base or "{}")
    except ValueError as error:
        message = f"{bank.path}: the record of the last import is no JSON: {error}; put it back, or delete it"
        raise BuilderError(message) from error
    items = base.get("items", {}) if isinstance(base, dict) else {}
    return items if isinstance(items, dict) else {}


def _typable(value: Any) -> Any:
    """A value without control characters, which no bank may hold."""
    if isinstance(value, str):
        return value if value.isprintable() else controls.ESCAPED.sub("", value)
    if isinstance(value, dict):
        return {
            key: inner if isinstance(inner, str) and inner.isprintable() else _typable(inner)
            for key, inner in value.items()
        }
    return [_typable(inner) for inner in value] if isinstance(value, list) else value


def _sound(read: Read, bank: Bank) -> tuple[list[dict[str, Any]], list[Diagnostic]]:
    """The entries that a bank may hold; the others are told of at their places in the source."""
    entries: list[dict[str, Any]] = [_typable(entry) for entry in identified(read)]
    spans = {entry["id"]: found.span for entry, found in zip(entries, read.entries, strict=True)}
    notes = list(read.notes)
    while entries:
        raw: Any = {"bank": bank.id, "title": bank.title, "items": entries}
        value, findings = validate(BankFile, bank.path, raw)
        if value:
            placed = [(item, At(bank.path, ("items", i))) for i, item in enumerate(value.items)]
            findings = variants.faults(placed)
        if not findings:
            return [{key: it[key] for key in sorted(it, key=_PLACES.__getitem__)} for it in entries], notes
        bad: dict[int, str] = {}
        for finding in findings:
            if finding.at.keys[:1] == ("items",) and len(finding.at.keys) > 1:
                bad.setdefault(int(finding.at.keys[1]), finding.message)
        for place, message in bad.items():
            name = entries[place]["id"]
            notes.append(Diagnostic(spans[name], REFUSED, f"'{name}' is left out: {message}"))
        entries = [entry for place, entry in enumerate(entries) if bad and place not in bad]
    return [], notes

"""A second import: what is new in the source joins what the author made of the first one.

For each key of an item there are three values: what the last import brought, what stands in the bank now, and what
the source says today. Whoever changed it wins; where both did, the author does, and the plan says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Values = dict[str, Any]


@dataclass(slots=True)
class Plan:
    """What an import will do: ids by what becomes of the item, and keys that both sides changed."""

    items: list[Values] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    conflicts: list[tuple[str, str]] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """What is to be told, a line for each sort of change."""
        for ids, what in (
            (self.new, "new"),
            (self.changed, "changed in the source"),
            (self.edited, "edited by you, kept"),
            (self.same, "unchanged"),
            (self.deleted, "deleted by you, not brought back"),
            (self.gone, "no longer in the source, kept"),
        ):
            if ids:
                named = (
                    f": {', '.join(ids[:_NAMED])}{', ...' if len(ids) > _NAMED else ''}" if ids is not self.same else ""
                )
                yield f"{len(ids)} {what}{named}"
        for item, key in self.conflicts:
            yield f"{item}: {key} was changed by you and in the source; yours is kept"


_NAMED = 10  # ids in one line


def merged(base: Mapping[str, Values], own: list[Values], source: list[Values]) -> Plan:
    """The items of the bank after the import: those of the bank in their order, then new ones in that of the source."""
    plan = Plan()
    incoming = {item["id"]: item for item in source}
    for item in own:
        there = incoming.get(str(item.get("id")))
        if there is None:
            plan.items.append(item)
            if item.get("id") in base:
                plan.gone.append(item["id"])
            continue
        plan.items.append(_joined(plan, base.get(item["id"]), item, there))
    known = {item.get("id") for item in own}
    for item in source:
        if item["id"] in base and item["id"] not in known:
            plan.deleted.append(item["id"])
        elif item["id"] not in known:
            plan.items.append(item)
            plan.new.append(item["id"])
    return plan


def _joined(plan: Plan, base: Values | None, own: Values, source: Values) -> Values:
    """An item that both have. Without a `base`, nobody knows who changed what, and the author's values stay."""
    made = dict(own)
    for key in {**own, **source}:
        was, mine, theirs = (values.get(key) for values in (base or {}, own, source))
        if mine == theirs or (base is not None and theirs == was):
            continue
        if base is not None and mine == was:
            made.pop(key, None)
            if theirs is not None:
                made[key] = theirs
        else:
            plan.conflicts.append((own["id"], key))
    is_edited = base is not None and own != base
    (plan.changed if made != own else plan.edited if is_edited else plan.same).append(own["id"])
    return made

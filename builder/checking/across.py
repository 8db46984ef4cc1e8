"""What rules of the whole course keep of it between checks, and which of its items have changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from builder.model import Course
    from builder.rules import Hit, Rule, Standing

    Keys = Mapping[str, Mapping[str, bytes]]


class Across:
    """What the rules of the whole course keep, by code, of items that are known by bank and id and by their keys."""

    def __init__(self, context: bytes, keys: Keys, standing: dict[str, Any]) -> None:
        """What is kept, `standing`, is by the code of the rule; it holds in `context` and of items with `keys` alone."""
        self.context, self.keys, self.standing = context, keys, standing

    def found(
        self, course: Course, rules: Sequence[Rule], now: Keys, tell: Callable[[float], object]
    ) -> dict[Rule, list[Hit]]:
        """What each of these rules of the whole course finds; `now` are the keys of its items."""
        changed = _changed(self.keys, now)
        before, self.standing, self.keys = self.standing, {}, {}  # were a rule to fail, nothing would be kept
        every = [rule for rule in rules if rule.is_whole]
        found: dict[Rule, list[Hit]] = {}
        kept: dict[str, Standing] = {}
        for number, rule in enumerate(every, 1):
            if rule.standing is None:
                found[rule] = list(rule.check(course))
            else:
                is_new = rule.code not in before
                kept[rule.code] = rule.standing(course)
                if not is_new:
                    kept[rule.code].kept = before[rule.code]
                found[rule] = list(kept[rule.code].look(course, course.by_id.keys() if is_new else changed))
            tell(number / len(every))
        self.standing, self.keys = {code: standing.kept for code, standing in kept.items()}, now
        return found


def _changed(before: Keys, now: Keys) -> set[str]:
    """The ids of the items that came, went or changed; of banks with the same keys none did."""
    pairs = ((path, before.get(path, {}), now.get(path, {})) for path in {**before, **now})
    banks = [path for path, old, new in pairs if old is not new and old != new]  # most are the same object
    gone = {name: key for path in banks for name, key in before.get(path, {}).items()}
    come = {name: key for path in banks for name, key in now.get(path, {}).items()}
    return {name for name in gone.keys() | come.keys() if gone.get(name) != come.get(name)}

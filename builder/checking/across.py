"""What rules of the whole course keep of it between checks, and which of its items have changed since."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from builder.model import Course
    from builder.rules import Hit, Rule, Standing


class Across:
    """What the rules of the whole course keep, by code, of items that are known by their keys (`slices.keys`)."""

    def __init__(self, context: bytes, keys: dict[str, bytes], standing: dict[str, Any]) -> None:
        """What is kept, `standing`, is by the code of the rule; it holds in `context` and of items with `keys` alone."""
        self.context, self.keys, self.standing = context, keys, standing

    def found(
        self, course: Course, rules: Sequence[Rule], keys: Mapping[str, bytes], tell: Callable[[float], object]
    ) -> dict[Rule, list[Hit]]:
        """What each of these rules of the whole course finds; `keys` are those of its items, as far as they have one."""
        now = dict(keys)
        if len(now) < len(course.items):
            now |= {item.id: _key_of(item) for item in course.items if item.id not in now}
        changed = {name for name, key in now.items() if self.keys.get(name) != key} | (self.keys.keys() - now.keys())
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
                found[rule] = list(kept[rule.code].look(course, now.keys() if is_new else changed))
            tell(number / len(every))
        self.standing, self.keys = {code: standing.kept for code, standing in kept.items()}, now
        return found


def _key_of(item: object) -> bytes:
    """A key for an item by its values."""
    return blake2b(repr(item).encode("utf-8", "surrogatepass"), digest_size=16).digest()

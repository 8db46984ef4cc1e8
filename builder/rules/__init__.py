"""Rules: from a course to findings, one file each, found by looking into this folder.

A rule is a module named `<code>_<name>.py`. Its docstring is its manual page
(`her-study explain CODE`), whose first line is the summary and whose `Bad` and
`Good` examples are run as tests; `SEVERITY` is what a hit weighs where the
course is strict, `REMEDY` the one line that says what to do, and `check(course)`
yields a `Hit` for each place. What a module may say beside that:

- `WHOLE_COURSE = True`: it compares items. With `STANDING`, a class (see `_page.Standing`), it keeps what it has compared,
  so that after an edit it looks at what has changed alone.
- `OF_ALL = True`: it says what no item has, so it says nothing while some items can't be read.
- `BROKEN = True`: what it finds can't work as it is, so it weighs as much in any course.
- `FEEDBACK = True`: it asks for texts that teach after the answer; lenient courses do without.
- `BY_VALUE = True`: it judges numbers or amounts, so it looks at other variants of an item with values too.
- `LANGUAGES`: the languages whose words it knows. It runs on courses in these alone. A module
  that says nothing reads no words.
- `STRUCTURAL = True`: the structural check (`builder.loading.links`) finds what the page explains, and there is no `check`.

To add a rule is to add a file. Rules that a course brings are data (`_own.py`).
"""

from __future__ import annotations

import pkgutil
from collections import Counter
from functools import cache
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING

from builder.diagnostics import At, Finding, Severity
from builder.rules._own import own_rules
from builder.rules._page import Hit, Page, Rule, Standing
from builder.rules._running import found, judged, single, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from builder.model import Course, Item
    from builder.model.group import Group
    from builder.rules._running import Find

__all__ = [
    "Hit",
    "Page",
    "Rule",
    "Standing",
    "all_pages",
    "all_rules",
    "found",
    "judged",
    "manual",
    "own_rules",
    "rendered",
    "run",
    "single",
    "whole",
]

_IN_ITEM = 2  # keys of a place that is in an item: the list and the item's number, then those within
MANY = 10  # items that lack something: as many and fewer are named
_OWN = """A course may bring rules of its own as data, under `lint: own:` in `course.yaml`. Their codes are `L00` to `L99`:

```yaml
lint:
  own:
    - {code: L01, name: kind-words, message: we say it otherwise, words: [crazy, mental patient]}
    - {code: L02, name: to-do, message: unfinished, pattern: 'TODO|\\?\\?\\?', level: error}
    - {code: L03, name: sourced, message: cite a work, requires: cites, where: {kind: [mcq, basic]}}
```

`words` are found by their stems where the endings of the course's language are known, else as they are; `pattern` is a
regular expression of RE2, searched in texts as typed; `in: [prompt, why]` names the texts to search, `where` the items,
and `remedy` what to do. Such a rule is selected, excused, weighed and explained as any other."""


@cache
def all_pages() -> tuple[Page, ...]:
    """The page of every code, by code."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name[0] != "_")
    return tuple(_page(name) for name in names)


def all_rules() -> tuple[Rule, ...]:
    """Every rule that has a check, by code."""
    return tuple(page for page in all_pages() if isinstance(page, Rule))


def _page(module_name: str) -> Page:
    module = import_module(f"{__name__}.{module_name}")
    code, _, name = module_name.partition("_")
    head = code.upper(), name.replace("_", "-"), module.SEVERITY, module.__doc__ or "", module.REMEDY
    is_structural = getattr(module, "STRUCTURAL", False)
    is_broken = is_structural or getattr(module, "BROKEN", False)
    known = (*head, is_broken, getattr(module, "LANGUAGES", None))
    if is_structural:
        return Page(*known)
    traits = ("WHOLE_COURSE", "OF_ALL", "FEEDBACK", "BY_VALUE")
    whole, of_all, feedback, by_value = (getattr(module, it, False) for it in traits)
    return Rule(*known, whole, of_all, feedback, by_value, module.check, getattr(module, "STANDING", None))


def rendered(page: Page) -> str:
    """A manual page for the terminal: heading, page, remedy."""
    head = f"{page.code} {page.name} ({page.weight})"
    return f"{head}\n{'=' * len(head)}\n\n{page.page.strip()}\n\nWhat to do: {page.remedy}.\n{page.reads}"


def manual() -> str:
    """All pages as one Markdown document, with a table in front."""
    rows = "".join(
        f"| [{r.code}](#{r.code.lower()}-{r.name}) | {r.name} | {r.weight} | {r.summary} |\n" for r in all_pages()
    )
    pages = "".join(
        f"\n## {r.code} {r.name}\n\n{r.page.strip()}\n\nWhat to do: {r.remedy}.\n\n{r.reads}\n" for r in all_pages()
    )
    return f"# Rules\n\n{_OWN}\n\n| code | name | severity | what it finds |\n| --- | --- | --- | --- |\n{rows}{pages}"


def run(
    course: Course,
    *,
    select: Container[str] | None = None,
    ignore: Container[str] = (),
    two_at_once: bool = False,
    tell: Callable[[float], object] = lambda _: None,
    find: Find = found,
) -> list[Finding]:
    """What every rule finds, less what items allow and what the course turns off.

    `select` and `ignore` hold codes; `two_at_once` lets a second process take half of the work; `tell` hears the
    share that is done. `find` takes the place of `found`: who checks a course again and again may keep what it
    found. An item's `allow: {CODE: reason}` silences a rule on it; an allowance that silences nothing
    is itself a finding.
    """
    findings: list[Finding] = []
    used: set[tuple[str, str]] = set()
    rules = (*all_rules(), *own_rules(course.lint))
    ran = [rule for rule in rules if (select is None or rule.code in select) and rule.code not in ignore]
    ran = [rule for rule in ran if rule.runs_on(course)]
    item_at = _owners(course)
    for rule, hits in find(course, ran, two_at_once, tell).items():
        kept = []
        for hit in hits:
            owner = item_at(hit.at)
            if owner and rule.code in owner.allow:
                used.add((owner.id, rule.code))
            else:
                kept.append((hit, owner))
        findings += (
            Finding(hit.at, rule.code, hit.message, hit.remedy or rule.remedy, rule.weighs(hit, course))
            for hit in (_gathered(course, kept) if course.lint.profile != "strict" else (hit for hit, _ in kept))
        )
    findings += _allowances(course, {rule.code for rule in ran}, used)
    return findings


def _gathered(course: Course, hits: Sequence[tuple[Hit, Item | None]]) -> Iterator[Hit]:
    """The hits of a rule; those on a lack that most items of the course share are one, on the course.

    Of 200 choices, 180 have no explanation: that is one hit, "180 of 200 items have no explanation".
    """
    lacking = {owner.id: (hit.lacks, owner.kind) for hit, owner in hits if hit.lacks and owner}
    number = 0
    if len(lacking) > MANY:  # else it does not matter
        kinds = {kind for _, kind in lacking.values()}
        number = sum(group.of(_kinds)[kind] for group in course.groups for kind in kinds)
    is_common = len(lacking) > MANY and 2 * len(lacking) > number
    if is_common:
        what, _ = next(iter(lacking.values()))
        yield Hit(At(course.path), f"{len(lacking)} of {number} items have no {what}")
    yield from (hit for hit, _ in hits if not (is_common and hit.lacks))


def _owners(course: Course) -> Callable[[At], Item | None]:
    """A function from a place to the item that it lies in, if any."""
    by_path: dict[str, list[Group]] = {}
    for group in course.groups:
        by_path.setdefault(group.path, []).append(group)

    def owner(at: At) -> Item | None:
        if at.keys[:1] != ("items",) or len(at.keys) < _IN_ITEM:
            return None
        own = [group for group in by_path.get(at.path, ()) if at.keys[1] in group.by_key]
        return own[0].by_key[at.keys[1]] if own else None

    return owner


def _allowances(course: Course, ran: Container[str], used: Container[tuple[str, str]]) -> Iterator[Finding]:
    """Allowances for codes that have no page, and those that silence nothing.

    An allowance for a rule is judged where the rule ran. One for a structural code never silences anything.
    """
    structural = {page.code for page in all_pages()} - {rule.code for rule in all_rules()}
    codes = {page.code for page in (*all_pages(), *own_rules(course.lint))}
    for item in chain.from_iterable(group.of(_allowing) for group in course.groups):
        for code in item.allow:
            at = At(course.at[item.id].path, (*course.at[item.id].keys, "allow", code), on_key=True)
            if code not in codes:
                yield Finding(at, "unknown-rule", f"'{code}' is no rule", "`her-study explain` lists them")
            elif code in structural or (code in ran and (item.id, code) not in used):
                message = f"the allowance for {code} silences nothing"
                gone = (
                    "it makes the course unsound, and can't be excused"
                    if code in structural
                    else "what it excused is gone"
                )
                yield Finding(at, "unused-allow", message, f"delete it: {gone}", Severity.WARNING)


def _kinds(group: Group) -> Counter[str]:
    """How many items of each kind a bank has in use."""
    return Counter(item.kind for item in group.active)


def _allowing(group: Group) -> list[Item]:
    """The items of a bank that allow what rules find."""
    return [item for item in group.active if item.allow]

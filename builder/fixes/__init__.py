"""What `check --fix` mends: safe and mechanical faults, in place, with comments, order and layout kept.

- Options that are numbers in no order, as rule M13 reports them, are put in ascending order.
- `et al.` and the narrative "and" are corrected where rule C03 reports a text that is meant to be right.
- HTML tags that have one meaning, as rule T01 reports them, become Markdown: `H~2~O`, `**bold**`.
- Typographic quotation marks and apostrophes in the texts of items become straight ones.
- White space at the end of lines goes.
- Double quotes around backslashes of TeX become single quotes. YAML can't read the bank beyond such a text, so the
  other faults of that bank are mended by the next run.
- A bank without the comment that names its schema gets it, if the other banks have one, or if none has one and the
  course has schemas of its own (`her-study schemas`).

A fix for a rule changes only what the rule reports. So it leaves alone what an
item allows, what the course turns off, and retired items. No id is ever
changed. The fixes are made in rounds, each on the items as they then read,
until a round finds nothing to mend. So a second run finds nothing.
"""

from __future__ import annotations

import os
import re
from bisect import bisect
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from builder.diagnostics import At
from builder.fixes import schema, tags, wording
from builder.loading.translation import overlaid
from builder.model import Mcq
from builder.model.readings import is_meant_wrong, texts
from builder.rules import run
from builder.source import escapes, nodes
from builder.source.edits import Edit, accepted, applied, blocks, node_at, rewritten, tree, value_at
from builder.source.reorder import reordered
from builder.text.amounts import by_value

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from builder.diagnostics import Keys
    from builder.loading.loaded import Loaded
    from builder.model import Course, Item

RULES = ORDER, CITATION, TAGS = "M13", "C03", "T01"
_TRAILING = re.compile(r"(?<![ \t])[ \t]+(?=\r?(?:\n|\Z))")


class Mended(NamedTuple):
    """The new text of a file, and how many fixes are in it."""

    text: str
    fixes: int


def fixed(loaded: Loaded, *, select: Container[str] | None = None, ignore: Container[str] = ()) -> dict[str, Mended]:
    """The new texts of the banks that change, by path.

    With `select`, only the fixes of these rules are made; `ignore` leaves rules
    out. A bank whose YAML has a problem stays as it is, except for backslashes
    inside double quotes. Nothing changes if course.yaml itself can't be read.
    """
    course = loaded.course
    if course is None:
        return {}
    banks = dict.fromkeys(at.path for at in course.at.values())
    sound = {path: loaded.texts[path] for path in banks if not nodes.values(path, loaded.texts[path]).faults}
    codes = {code for code in RULES if (select is None or code in select) and code not in ignore}
    texts = {path: loaded.texts[path] for path in banks}
    line = schema.common(texts, os.path.dirname(course.path)) if select is None else None
    now, fixes, waiting = dict(sound), Counter[str](), set(sound)
    while waiting:
        course = _part(course, waiting)
        reported = {(finding.code, finding.at) for finding in run(course, select=codes)} if codes else set()
        changed = {}
        for path in sorted(waiting):
            bank = _Bank(path, now[path], _part(course, {path}))
            edits = bank.accepted([*bank.mended(reported, tidy=select is None), *schema.missing(path, now[path], line)])
            if edits:
                changed[path] = applied(now[path], edits)
                fixes[path] += len(edits)
        now |= changed
        waiting = set(changed)
        course = _read_again(course, changed)
    read = _unescaped(loaded) if select is None else {}
    return {path: Mended(now[path], fixes[path]) for path in sound if fixes[path]} | read


def _unescaped(loaded: Loaded) -> dict[str, Mended]:
    """The new texts of files that have backslashes of TeX inside double quotes; these become single quotes."""
    paths = {d.span.path for d in loaded.diagnostics if d.code == escapes.CODE}
    mended = {path: Mended(*escapes.mended(loaded.texts[path])) for path in sorted(paths)}
    return {path: new for path, new in mended.items() if new.fixes}


def _part(course: Course, paths: Container[str]) -> Course:
    """The course with only the items of the banks in `paths`."""
    at = {item_id: at for item_id, at in course.at.items() if at.path in paths}
    return replace(course, items=tuple(item for item in course.items if item.id in at), at=at)


def _read_again(course: Course, texts: Mapping[str, str]) -> Course:
    """The course with only the items of changed banks, read again from their new `texts`."""
    values = {path: nodes.values(path, text).value for path, text in texts.items()}
    course = _part(course, texts)
    return replace(
        course,
        items=tuple(_modelled(item, values[course.at[item.id].path], course.at[item.id].keys) for item in course.items),
    )


def _modelled(item: Item, bank: Any, keys: Keys) -> Item:
    """The item that now stands at `keys` in a bank, in place of `item`.

    What an item takes over from elsewhere is taken from `item`: from the head of its bank (theme, theory, maths, use
    and status), its passage, and in a translation all but the texts.
    """
    entry = value_at(bank, keys)
    if "translates" in bank:
        if item.values:  # it is one of its variants: the texts that it was made from are not those of the bank
            return item
        entry = overlaid(item.model_dump(mode="json", exclude_defaults=True), entry)
    lent = {key: getattr(item, key) for key in ("theme", "theory", "math", "use", "status", "passage")}
    return type(item).model_validate(entry | lent)


@dataclass(frozen=True)
class _Bank:
    """A bank in one round of fixes: its path, its text, and the course with only the items of this bank."""

    path: str
    text: str
    course: Course

    @cached_property
    def root(self) -> Any:
        """The nodes of the text, with their places; parsed only for a bank with something to mend, since it is slow."""
        return tree(self.text)

    @cached_property
    def value(self) -> Any:
        """What the text holds."""
        return nodes.values(self.path, self.text).value

    @cached_property
    def authors(self) -> set[str]:
        """The words of the names of the works' authors."""
        return wording.name_words(name for work in self.course.references.values() for name in work.get("author", ()))

    def accepted(self, edits: list[Edit]) -> list[Edit]:
        """Those of the edits after which every other value is as before, and every item still follows its model."""
        return accepted(self.path, self.text, edits, self._is_sound) if edits else []

    def _is_sound(self, bank: Any, edits: Iterable[Edit]) -> bool:
        """Whether the edited items still follow their model; an edit may, for example, make two options equal."""
        touched = {edit.keys[:2] for edit in edits}
        try:
            for item in self.course.items:
                if self.course.at[item.id].keys in touched:
                    _modelled(item, bank, self.course.at[item.id].keys)
        except ValidationError:
            return False
        return True

    def mended(self, reported: Container[tuple[str, At]], *, tidy: bool) -> Iterator[Edit]:
        """An edit for each fault of the bank.

        `reported` has the code and the place of each finding of a rule. `tidy` adds what no rule reports: quotation
        marks, and white space at the ends of lines.
        """
        for item in self.course.active:
            place = self.course.at[item.id]
            listed = At(self.path, (*place.keys, "options"), on_key=True)
            # Other variants may rank otherwise, and a translation keeps to the order of the original.
            is_free = not item.values and "translates" not in self.value
            if isinstance(item, Mcq) and is_free and (ORDER, listed) in reported:
                yield from self._ordered(item, (*place.keys, "options"))
            for keys, text in texts(item):
                codes = {code for code in RULES if (code, At(self.path, place.keys + keys)) in reported}
                codes -= {CITATION} if is_meant_wrong(item, keys) else set()
                if codes or (tidy and wording.CURLY.search(text)):
                    yield from self._worded(item, place.keys + keys, codes, tidy=tidy)
        if tidy and (spaces := list(_TRAILING.finditer(self.text))):
            kept = list(blocks(self.root))
            for found in spaces:
                nearest = bisect(kept, (found.start(), len(self.text))) - 1
                if nearest < 0 or not self._is_content(kept[nearest], found.start()):
                    yield Edit(*found.span(), "")

    def _is_content(self, block: tuple[int, int], index: int) -> bool:
        """Whether a place is in the lines of a block scalar, below the line of its `|` or `>`."""
        start, end = block
        return self.text.find("\n", start) < index < end

    def _ordered(self, item: Mcq, keys: Keys) -> Iterator[Edit]:
        """The edit that puts options into ascending order; none if an option is pinned or has no value."""
        order = by_value([option.text for option in item.options], math=item.math)
        if order is None or any(option.pin for option in item.options):
            return
        edit = reordered(self.text, node_at(self.root, keys), keys, value_at(self.value, keys), order)
        if edit:
            yield edit

    def _worded(self, item: Item, keys: Keys, codes: Container[str], *, tidy: bool) -> Iterator[Edit]:
        """The edit of one text, which makes one sort of change a round: quotation marks, then tags, then citations.

        A label that is the key of its box (`boxes: {roof: [1, 2, 3, 4]}`) is no value, and is left alone.
        """
        try:
            value_at(self.value, keys)
        except (KeyError, IndexError):
            return
        node = node_at(self.root, keys)
        changes = wording.straight_quotes(node.value, math=item.math) if tidy else {}
        if TAGS in codes and not changes:
            changes = tags.as_markdown(node.value, math=item.math)
        if CITATION in codes and not changes:
            changes = wording.citation_form(node.value, self.authors)
        edit = rewritten(self.text, node, keys, changes) if changes else None
        if edit:
            yield edit

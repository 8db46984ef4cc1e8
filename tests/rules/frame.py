"""Items as YAML text, put into the shipped course in place of its own, and what the checks find in them.

The text is a list of items, or a mapping with `items:` and what else is to be
its own: `references:` (CSL entries), `shingles:` (plain texts, hashed here), `lint:`
(over the shipped course's options), `outline: none` (no sources, no places), `usage:` (how items of the text did in an
exam, as in `usage.jsonl`, with their hashes and a date).
Lines are those of the text as given.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from builder.diagnostics import At, Diagnostic, Finding
from builder.loading import links
from builder.loading.course import load, shipped
from builder.loading.loaded import Loaded
from builder.model import Bank, Course, LintOptions
from builder.model.usage import ItemUse
from builder.rules import run
from builder.rules.p06_source_overlap import shingles
from builder.source import nodes

if TYPE_CHECKING:
    from collections.abc import Container

BANK = "bank.yaml"


@dataclass(frozen=True)
class Frame:
    """A course made from a text: the course, its file and the lines put before the text."""

    course: Course
    path: str
    text: str
    added: int

    def findings(self, code: str) -> list[Finding]:
        """What the structural check and the rules find under a code, in the order of items."""
        found = [f for f in links.course_links(self.course, [], {}) if f.code == code]
        return found + run(self.course, select={code})

    def on_course(self, code: str) -> list[Finding]:
        """What is said under a code of the course as a whole."""
        return [f for f in self.findings(code) if not f.at.keys]

    def diagnostics(self, *, select: Container[str] | None = None, ignore: Container[str] = ()) -> list[Diagnostic]:
        """What the structural check and the rules find, with lines of the text as it was given."""
        structural = [f for f in links.course_links(self.course, [], {}) if select is None or f.code in select]
        loaded = Loaded(self.course, texts={self.path: self.text})
        loaded.add([*structural, *run(self.course, select=select, ignore=ignore)])
        return [replace(d, span=replace(d.span, line=max(1, d.span.line - self.added))) for d in loaded.diagnostics]

    def lines(self, code: str) -> list[int]:
        """The lines at which a code is reported."""
        return [d.span.line for d in self.diagnostics(select={code})]


@cache
def _shipped() -> Course:
    course = load(shipped()).course
    assert course
    return course


def frame(text: str, path: str = BANK) -> Frame:
    """The shipped course with the items of `text` in place of its own, in the bank file `path`."""
    text = textwrap.dedent(text).strip("\n") + "\n"
    value, added = _value(text), 0
    if isinstance(value, list):
        text, added = "items:\n" + textwrap.indent(text, "  "), 1
        value = {"items": value}
    assert isinstance(value, dict)
    return Frame(_course(value, path), path, text, added)


def _value(text: str) -> nodes.Value | None:
    parsed = nodes.values(BANK, text)
    assert parsed.problems == []
    return parsed.value


def _course(value: dict[str, Any], path: str) -> Course:
    items = Bank.model_validate({"bank": "bank", "title": "Bank", "items": value["items"]}).items
    course = _shipped()
    changes: dict[str, Any] = {}
    if "references" in value:
        changes["references"] = {work["id"]: work for work in value["references"]}
    if "shingles" in value:
        changes["shingles"] = frozenset(run for text in value["shingles"] for run in shingles(text))
    if value.get("outline") == "none":
        changes |= {"places": {}, "sources": {}}
    if "lint" in value:
        changes["lint"] = LintOptions.model_validate(course.lint.model_dump() | value["lint"])
    if "usage" in value:
        digests = {item.id: item.digest for item in items}
        given = [{"exam": "final", "date": "2026-07-01", "digest": digests[it["item"]], **it} for it in value["usage"]]
        changes["usage"] = tuple(ItemUse.model_validate(it) for it in given)
    return replace(
        course, path=path, items=items, at={item.id: At(path, ("items", i)) for i, item in enumerate(items)}, **changes
    )

"""course.yaml: its plain value, the model of it, and what a course has as it says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.loading.part import Part, parsed, validate
from builder.model import AnkiDeck, CourseFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.diagnostics import Finding
    from builder.source import nodes

    Checked = tuple[CourseFile | None, Sequence[Finding]]


def translates(raw: nodes.Value | None) -> bool:
    """Whether a course.yaml is that of a translation of the course in the folder above."""
    return isinstance(raw, dict) and raw.get("translates") == ".."


def head(path: str, text: str) -> Part[tuple[nodes.Value | None, Checked | None]]:
    """A course.yaml as typed, and its model or why it is none.

    That of a translation has no model yet: it is made of more than its own text.
    """
    part = parsed(path, text)
    checked = None if translates(part.value) else validate(CourseFile, path, part.value)
    return Part((part.value, checked), part.findings, part.diagnostics)


def as_said(head: CourseFile | None) -> dict[str, Any]:
    """What a course has as its course.yaml says it; without a sound one what stands in."""
    if head is None:
        return {"licence": "", "anki": AnkiDeck(deck="-"), "theories": {}}
    said = {"licence": head.licence or "", "report": head.report or "", "grades": head.grades, "digits": head.digits}
    return {**said, "anki": head.anki, "theories": head.theories, "lint": head.lint}

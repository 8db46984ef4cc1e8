"""A page for whoever has to answer for the marks: how each sheet was read and decided."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from builder import shell
from builder.grading.pages import TOLD
from builder.grading.queue import data_url, where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.grading.decisions import Joined, Said
    from builder.grading.pages import Page
    from builder.grading.rows import Field, Row
    from builder.paper.record import Quiz

AUDIT = "audit.html"
_LISTS = ("read", "queue", "refused")


def audit_page(quiz: Quiz, pages: Sequence[Page], decisions: Joined) -> bytes:
    """A page on which each page of the scans stands once, by student; what nobody looked at is figures alone."""
    names = {student.id: f"{student.id}: {student.name}" for student in quiz.students}
    ordered = sorted(pages, key=lambda it: (it.owner, it.stamp.page if it.stamp else 0, it.file, it.number))
    groups = [
        {
            "name": names.get(owner, owner) or "Nobody's",
            "pages": [_page(page, place, decisions) for place, page in enumerate(own)],
        }
        for owner, own in groupby(ordered, key=lambda page: page.owner)
    ]
    return shell.page(
        "grading/audit.html",
        language="en",
        title=quiz.heading or quiz.title,
        identity=quiz.identity,
        groups=groups,
        lists={name: sum(page.list == name for page in pages) for name in _LISTS},
        decisions=sum(len(decisions.said.get(page.digest, ())) for page in pages),
    )


def _page(page: Page, place: int, decisions: Joined) -> dict[str, Any]:
    said = {(it.what, it.label): it for it in decisions.said.get(page.digest, ())}
    whole = [_told(it) for (what, _), it in said.items() if what in {"student", "use"}]
    return {
        "list": page.list,
        "where": where(page),
        "digest": page.digest,
        "place": place,
        "notes": page.notes,
        "reasons": [*([page.refused] if page.refused else page.doubts), *whole],
        "looked_at": list(_looked_at(page, said.get)),
        "rows": [_row(row, row.question.label, row.said) for row in page.rows]
        + [_row(it, TOLD[it.use].format(it.label), it.answer) for it in page.fields],
        "least": f"{min([1.0, *(row.confidence for row in page.rows), *(it.confidence for it in page.fields)]):.2f}",
    }


def _told(said: Said) -> str:
    """What was decided about a page as a whole."""
    what = "whose it is" if said.what == "student" else "whether it counts"
    return f"Decided {what}: {said.text}"


def _looked_at(page: Page, said: Any) -> Iterator[dict[str, str]]:
    """The rows and fields that a person decided, or has to."""
    for row in page.rows:
        yield from _seen(row, row.question.label, said(("answer", row.question.label)))
    for it in page.fields:
        yield from _seen(it, TOLD[it.use].format(it.label), said((it.use, it.label)))


def _seen(it: Row | Field, label: str, decided: Said | None) -> Iterator[dict[str, str]]:
    if it.doubt or decided:
        before = f"{it.machine}; decided: {decided.text}" if decided and it.is_decided else it.doubt
        yield {"label": label, "said": before, "picture": data_url(it.picture)}


def _row(it: Row | Field, label: str, read: str) -> dict[str, str]:
    ink = (f"{value} {max(level, 0):.2f}" for value, level in zip(it.values, it.levels, strict=True))
    return {
        "label": label,
        "read": read or ("in doubt" if it.doubt else "blank"),
        "confidence": f"{it.confidence:.2f}",
        "ink": ", ".join(ink),
    }

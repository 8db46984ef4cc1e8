"""A page for whoever has to answer for the marks: how each sheet was read and decided, in the language of the paper."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from builder import shell
from builder.grading.queue import Says, data_url
from builder.text.languages import is_leftward

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
    says = Says(quiz.edition.language)
    names = {student.id: f"{student.id}: {student.name}" for student in quiz.students}
    ordered = sorted(pages, key=lambda it: (it.owner, it.stamp.page if it.stamp else 0, it.file, it.number))
    groups = [
        {
            "name": names.get(owner, owner) or says.words.audit["nobody"],
            "pages": [_page(page, place, decisions, says) for place, page in enumerate(own)],
        }
        for owner, own in groupby(ordered, key=lambda page: page.owner)
    ]
    return shell.page(
        "grading/audit.html",
        language=says.words.language,
        leftward=is_leftward(says.words.language),
        words=says.words.audit,
        marks_alt=says.words.queue["marks_alt"],
        title=quiz.heading or quiz.title,
        identity=quiz.identity,
        groups=groups,
        lists={says.words.audit[name]: sum(page.list == name for page in pages) for name in _LISTS},
        decisions=sum(len(decisions.said.get(page.digest, ())) for page in pages),
    )


def _page(page: Page, place: int, decisions: Joined, says: Says) -> dict[str, Any]:
    said = {(it.what, it.label): it for it in decisions.said.get(page.digest, ())}
    whole = [_told(it, says) for (what, _), it in said.items() if what in {"student", "use"}]
    return {
        "list": page.list,
        "where": says.where(page),
        "digest": page.digest,
        "place": place,
        "notes": [*map(says.why, page.notes)],
        "reasons": [*map(says.why, [page.refused] if page.refused else page.doubts), *whole],
        "looked_at": list(_looked_at(page, said.get, says)),
        "rows": [_row(row, row.question.label, says.signs(row.said.split()), says) for row in page.rows]
        + [_row(it, says.field(it), says.shown(it.answer), says) for it in page.fields],
        "least": f"{min([1.0, *(row.confidence for row in page.rows), *(it.confidence for it in page.fields)]):.2f}",
    }


def _told(said: Said, says: Says) -> str:
    """What was decided about a page as a whole."""
    key = "decided_whose" if said.what == "student" else "decided_use"
    return says.words.audit[key].format(says.why(said.text))


def _looked_at(page: Page, said: Any, says: Says) -> Iterator[dict[str, str]]:
    """The rows and fields that a person decided, or has to."""
    for row in page.rows:
        label = says.words.queue["question"].format(row.question.label)
        yield from _seen(row, label, said(("answer", row.question.label)), says)
    for it in page.fields:
        yield from _seen(it, says.field(it), said((it.use, it.label)), says)


def _seen(it: Row | Field, label: str, decided: Said | None, says: Says) -> Iterator[dict[str, str]]:
    if it.doubt or decided:
        before = says.why(it.doubt)
        if decided and it.is_decided:
            before = says.words.audit["decided"].format(says.why(it.machine), says.why(decided.text))
        yield {"label": label, "said": before, "picture": data_url(it.picture)}


def _row(it: Row | Field, label: str, read: str, says: Says) -> dict[str, str]:
    ink = (f"{says.circle(value)} {max(level, 0):.2f}" for value, level in zip(it.values, it.levels, strict=True))
    return {
        "label": label,
        "read": read or (says.words.audit["in_doubt"] if it.doubt else says.words.reasons["blank"]),
        "confidence": f"{it.confidence:.2f}",
        "ink": says.listed(ink),
    }

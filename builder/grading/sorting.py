"""All pages of a pile: each in one list, those of a candidate together, none counted twice.

Where pages come from, in which order and which way up, changes nothing. The
one exception are sheets without a name and a number (`builder.grading.owners`).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from builder.grading.filled import resolve
from builder.grading.owners import name
from builder.grading.reasons import listed, reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.grading.decisions import Decisions, Joined
    from builder.grading.pages import Page
    from builder.grading.rows import Field, Row
    from builder.paper.record import Quiz


class Pile(NamedTuple):
    """All pages in the order of the scans, and those that count, by student and page of the sheet."""

    pages: list[Page]
    by_student: dict[str, dict[int, Page]]


def sorted_out(quiz: Quiz, pages: list[Page], decisions: Joined) -> Pile:
    """The pages of one paper, each in its list; what is decided about whole pages is decided."""
    for page in pages:
        _leave_open(page, decisions)
    name(pages, quiz)
    by_student: dict[str, dict[int, Page]] = {}
    for owner in sorted({page.owner for page in pages if page.owner and not page.refused}):
        own = [page for page in pages if page.owner == owner and not page.refused]
        by_student[owner] = _single(own, decisions)
        resolve(by_student[owner].values())
    return Pile(pages, by_student)


def _leave_open(page: Page, decisions: Joined) -> None:
    """Put before a person what two people differ about."""
    for said in [] if page.refused else decisions.differing(page.digest):
        differ = reason("differ", said.text)
        if said.what == "student":
            page.doubts.append(reason("whose_differ", said.text))
        elif said.what == "use":
            page.doubts.append(reason("which_differ", said.text))
        elif said.what == "answer":
            for row in (it for it in page.rows if it.question.label == said.label):
                row.doubt, row.confidence = differ, 0.0
        else:
            for field in (it for it in page.fields if (it.use, it.label) == (said.what, said.label)):
                field.doubt, field.confidence = differ, 0.0


def _single(own: Sequence[Page], decisions: Decisions) -> dict[int, Page]:
    """The pages of a student that count, by their number on the sheet; each once."""
    versions = sorted({page.stamp.version for page in own if page.stamp})
    if len(versions) > 1:
        for page in own:
            page.doubts.append(reason("versions", page.owner, listed(versions)))
        return {}
    groups: dict[int, list[Page]] = defaultdict(list)
    for page in sorted(own, key=lambda it: it.digest):
        if page.stamp:
            groups[page.stamp.page].append(page)
    return {number: one for number, group in sorted(groups.items()) if (one := _one(group, decisions))}


def _one(group: Sequence[Page], decisions: Decisions) -> Page | None:
    """The one page that counts of those that are scans of it; None where a person has to say which."""
    kept = list({page.digest: page for page in reversed(group)}.values())
    for page in group:
        if page not in kept:
            page.refused = reason("same_picture")
    wanted = [page for page in kept if decisions.of(page.digest).use]
    if len(kept) > 1 and len(wanted) == 1:
        for page in kept:
            if page is not wanted[0]:
                page.refused = reason("twice_decided")
        return wanted[0]
    first = min(kept, key=lambda it: (it.list != "read", it.digest))
    if all(_agree(page, first) for page in kept):
        for page in kept:
            if page is not first:
                page.refused = reason("twice_same")
        return first
    if len(kept) == 1:
        return first
    for page in kept:
        page.doubts.append(reason("twice_differ"))
    return None


def _agree(page: Page, other: Page) -> bool:
    """Whether two scans say the same. Where somebody has decided what one says, it does not matter what the other seems to."""
    ours, theirs = _read(page), _read(other)
    if [it.label for it in ours] != [it.label for it in theirs]:
        return False  # sheets of two editions
    return all(
        one.answer == two.answer or (one.is_decided and two.doubt) or (two.is_decided and one.doubt)
        for one, two in zip(ours, theirs, strict=True)
    )


def _read(page: Page) -> list[Row | Field]:
    """All that is read from circles of a page."""
    return [*page.rows, *page.fields]

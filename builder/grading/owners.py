"""Whose a page is that bears no name: by its candidate number, by the number of its copy, or by the page before it.

What a person decided comes first. A number that leads to nobody, or to several, is for a person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import partial, reduce
from typing import TYPE_CHECKING

from builder.grading.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.grading.pages import Page
    from builder.grading.rows import Field
    from builder.paper.record import Quiz


def name(pages: Sequence[Page], quiz: Quiz) -> None:
    """Find out whose the pages without a name are, and ask about those of which nobody can tell."""
    nameless = [page for page in pages if page.stamp and not page.stamp.student and not page.refused]
    for page in nameless:
        for number in (it for it in page.fields if it.use == "candidate" and it.answer):
            _join(page, number, quiz)
    _join_copies(nameless)
    _join_followers(pages)
    for page in nameless:
        if not page.owner and not any(it.use == "candidate" and it.doubt for it in page.fields):
            page.doubts.append(reason("whose"))


def _join(page: Page, number: Field, quiz: Quiz) -> None:
    """Give a page to the candidate whose number is filled in; a number that is nobody's is in doubt."""
    if page.owner or number.doubt:
        return
    if quiz.students:
        found = joined(number.answer, [student.id for student in quiz.students])
        if len(found) != 1:
            number.doubt = reason("many_have" if found else "nobody_has", number.answer)
            return
        (page.owner,) = found
    elif len(number.answer) < len({value.partition(".")[0] for value in number.values}):
        number.doubt = reason("no_roster", number.answer)
    else:
        page.owner = number.answer


def joined(number: str, ids: Sequence[str]) -> list[str]:
    """The ids that a number means: the one that it is, or else those whose digits it is, with or without zeros in front.

    `0042` means s0042 and 42, where there is no 0042.
    """
    if number in ids:
        return [number]
    digits = {it: re.sub(r"\D", "", it) for it in ids}
    return [it for it, own in digits.items() if own == number] or [
        it for it, own in digits.items() if own and own.lstrip("0") == number.lstrip("0")
    ]


def _join_copies(pages: Sequence[Page]) -> None:
    """The pages of one numbered copy are one candidate's."""
    copies: dict[tuple[str, int], list[Page]] = defaultdict(list)
    for page in pages:
        if page.stamp and page.stamp.is_copy:
            copies[page.stamp.version, page.stamp.number].append(page)
    for (version, number), own in copies.items():
        owners = sorted({page.owner for page in own if page.owner})
        if len(owners) > 1:
            for page in own:
                page.doubts.append(reason("copy_of_two", version, number, reduce(partial(reason, "both"), owners)))
        elif owners:
            for page in own:
                if not page.owner:
                    page.owner = owners[0]
                    page.notes.append(reason("by_number", owners[0], number))


def _join_followers(pages: Sequence[Page]) -> None:
    """A sheet that has neither name nor number: what follows its page 1 in a file, and counts on, is the same candidate's."""
    before: Page | None = None
    for page in pages:
        if page.stamp is None or page.stamp.number or page.refused:
            before = None
            continue
        if not page.owner and before and _follows(before, page):
            page.owner = before.owner
            if page.owner:
                page.notes.append(reason("follows"))
        before = page


def _follows(before: Page, page: Page) -> bool:
    """Whether a page without a name is the next one of the sheet before it, in one file."""
    assert before.stamp  # noqa: S101 - pages without a stamp are followed by none
    return page.file == before.file and page.stamp == before.stamp._replace(page=before.stamp.page + 1)

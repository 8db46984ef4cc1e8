"""The queue as a page: what a person has to look at, row by row, answered by keys alone.

The page asks for nothing from the network. What is typed is saved as
`decisions.yaml`, with what was decided before.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

from builder import shell
from builder.grading.pages import TOLD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.grading.decisions import Decisions
    from builder.grading.pages import Page
    from builder.paper.record import Quiz

_JPEG = b"\xff\xd8"


def queue_page(quiz: Quiz, pages: Sequence[Page], decisions: Decisions) -> bytes:
    """The page for all that is in the queue, and below it what was refused.

    What is saved there holds the `decisions` too: those of the file in whose place it comes.
    """
    ordered = sorted(pages, key=lambda page: (page.digest, page.file, page.number))
    asked = [question for page in ordered if page.list == "queue" for question in _questions(page)]
    refused = [
        {"where": where(page), "reason": page.refused, "picture": data_url(page.picture)}
        for page in ordered
        if page.list == "refused"
    ]
    before = decisions.model_dump(mode="json", exclude_defaults=True).get("pages", {})
    values = {"language": "en", "title": quiz.heading or quiz.title, "by": decisions.by}
    return shell.page("grading/queue.html", asked=asked, refused=refused, before=before, **values)


def _questions(page: Page) -> Iterator[dict[str, Any]]:
    """What is asked about a page: as a whole, and about each row in doubt."""
    common = {"page": page.digest, "where": where(page)}
    for doubt in page.doubts:
        kind = "student" if "whose" in doubt else "use" if "which one" in doubt else ""
        yield common | {
            "kind": kind,
            "label": "",
            "told": "The page",
            "reason": doubt,
            "read": "",
            "circles": "",
            "places": 1,
            "picture": data_url(page.picture),
        }
    for row in page.rows:
        if row.doubt:
            yield common | {
                "kind": "answer",
                "label": row.question.label,
                "told": f"Question {row.question.label}",
                "reason": row.doubt,
                "read": row.said,
                "circles": " ".join(row.known),
                "places": 1 if row.known == row.values or not row.known else len(row.question.key),
                "picture": data_url(row.picture),
            }
    for it in page.fields:
        if it.doubt:
            yield common | {
                "kind": "student" if it.use == "candidate" else it.use,
                "label": "" if it.use == "candidate" else it.label,
                "told": TOLD[it.use].format(it.label).capitalize(),
                "reason": it.doubt,
                "read": it.answer,
                "circles": " ".join(it.values) if it.use == "chosen" else "",
                "places": 1,
                "picture": data_url(it.picture),
            }


def where(page: Page) -> str:
    """Where a page comes from, in words."""
    sheet = f", sheet {page.stamp.version}, page {page.stamp.page}" if page.stamp else ""
    return f"{page.file}, page {page.number}{sheet}{': ' + page.owner if page.owner else ''}"


def data_url(picture: bytes) -> str:
    """A picture within a page."""
    kind = "jpeg" if picture.startswith(_JPEG) else "png"
    return f"data:image/{kind};base64,{b64encode(picture).decode()}" if picture else ""

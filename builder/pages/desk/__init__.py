"""The author's desk: one item at a time as card and on paper, with what is wrong with it, while its bank is written.

`view.py` says what is shown of a check, `paper.py` sets one item on paper, `server.py` speaks HTTP to the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import shell
from builder.pages import preview

if TYPE_CHECKING:
    from builder.pages.desk.view import View


def page(view: View, *, opens: bool) -> bytes:
    """The page, which asks the server for all the rest; `opens` says whether it can open an editor."""
    course = view.course
    types = preview.note_types()
    return shell.page(
        "pages/desk/desk.html",
        language=course.language if course else "en",
        title=f"Desk of {view.title}",
        heading=view.title,
        data={"types": types, "formulas": {}, "opens": opens},
    )

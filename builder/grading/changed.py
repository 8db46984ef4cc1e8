"""A page for whoever has to answer for the marks: what was changed in the key, and who moved. It needs no scans.

It is in the language of the paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder import shell
from builder.grading.queue import Says
from builder.grading.tables import moved, shown
from builder.text.languages import from_the_left
from builder.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from builder.grading.marks import Result
    from builder.grading.rekey import Audit, Rekeyed
    from builder.paper.record import Quiz
    from builder.wording import Wording

REKEY = "rekey.html"
_COUNTED = {"up": "good", "down": "bad", "regraded": "", "kept": ""}  # the last two are told where there are any
_ALWAYS = ("up", "down")


def rekey_page(quiz: Quiz, before: Sequence[Result], done: Rekeyed) -> bytes:
    """A page with each change of the key, why it was made and what it did, and who has other marks by all of them."""
    says = Says(quiz.edition.language)
    paper = wording(says.words.language)
    return shell.page(
        "grading/rekey.html",
        language=says.words.language,
        leftward=paper.is_leftward,
        title=quiz.heading or quiz.title,
        words=says.words.rekey,
        paper=paper,
        whole=says.words.board["paper"],
        changes=[_change(it, says) for it in done.audit],
        moves=list(_moves(before, done, says, paper)),
    )


def _change(it: Audit, says: Says) -> dict[str, Any]:
    counts = [
        {"said": says.words.rekey[name].format(getattr(it, name)), "look": look}
        for name, look in _COUNTED.items()
        if name in _ALWAYS or getattr(it, name)
    ]
    said = it.change.said_in(says.words.rekey, lambda key: _signs(key, says))
    return {"item": it.change.item, "said": said, "reason": it.change.reason, "by": it.change.by, "counts": counts}


def _signs(key: str, says: Says) -> str:
    """A key as sheets print it: `V F` for `True false` in a French one."""
    signs = key.split()
    return says.signs([it.lower() if it.lower() in {"true", "false"} else it for it in signs])


def _moves(before: Sequence[Result], done: Rekeyed, says: Says, paper: Wording) -> Iterator[dict[str, Any]]:
    of, decimal = says.words.rekey["of"], paper.sign(".")
    for old, new in moved(before, done):
        grades = done.first.said(old, decimal), done.grader.said(new, decimal)
        yield {
            "student": new.student,
            "name": new.name,
            "before": of.format(*(_number(it, paper) for it in (old.total, old.of))),
            "now": of.format(*(_number(it, paper) for it in (new.total, new.of))),
            "by": _number(new.total - old.total, paper, sign="+"),
            "is_up": new.percent >= old.percent,
            "grade": " → ".join(dict.fromkeys(it for it in grades if it)),
        }


def _number(marks: Fraction, paper: Wording, sign: str = "") -> str:
    """Marks with the decimal sign of the language, behind a `sign` if they are above 0."""
    said = f"{sign if marks > 0 else ''}{shown(marks)}".replace(".", paper.sign("."))
    return from_the_left(said) if paper.is_leftward and said.startswith(("+", "-")) else said

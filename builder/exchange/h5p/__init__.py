r"""H5P, a question set (`.h5p`) for Moodle, WordPress, Drupal and Lumi, out.

Kept: mcq as Multiple Choice, with reasons of options as feedback; truefalse as True/False, with the correction and the
explanation as feedback; basic as Fill in the Blanks, other answers that are right included; cloze too, with hints as
tips, and with a word bank as Drag the Words; matching as Drag the Words; the id as title of the question. Formulas
stand in `\(...\)`, which the host typesets if its MathDisplay library is there.

Lost, and named at each export: items of any other kind, which are left out. So are those of which a gap or an answer
has a `*`, `/`, `:` or backslash in it: these have a meaning there. Of the others: marks, pins, rules of scoring other
than H5P's (each right option earns a point and each wrong one takes one away; with the rule `all`, one point for all
of them), markup of explanations and in Drag the Words, raised and lowered signs outside Multiple Choice and True/False,
lists, tables, programs, links, pictures and recordings, theme, tags and whatever else an item has.

The file brings no libraries along: the host has them, or installs them once (*Question Set* 1.20, with *Multiple
Choice* 1.16, *True/False* 1.8, *Fill in the Blanks* 1.14, *Drag the Words* 1.10, or newer ones of the same major
version).

A second import there makes another content, unless it replaces the first one on its own page of the host.

Form tried with the package validator of Lumi's H5P server 10.0.4. Played with the content types of 2024 in
h5p-standalone 3.8.0: every kind is shown, and its key earns full marks.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from builder.disk.archive import zipped
from builder.exchange._frame import Losses, Written
from builder.exchange.h5p._questions import LIBRARIES, question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model import Course, Item

_MAIN = "H5P.QuestionSet"
_LEAST_TO_PASS = 50  # percent, as the library has it


def write(course: Course, items: Sequence[Item]) -> Written:
    """The items as one package; none where no item fits."""
    losses = Losses(course)
    made = [it for it in (question(course, item, losses) for item in items) if it]
    if not made:
        return Written({}, losses.found)
    used = dict.fromkeys([_MAIN, *(str(it["library"]).partition(" ")[0] for it in made)])
    files = {"h5p.json": _json(_head(course, used)), "content/content.json": _json(_content(made))}
    return Written({f"{course.id}.h5p": zipped(files)}, losses.found)


def _head(course: Course, used: dict[str, None]) -> dict[str, Any]:
    """The head of the package: its title, and the libraries that the host must have."""
    needed = []
    for name in used:
        major, minor = LIBRARIES[name]
        needed.append({"machineName": name, "majorVersion": major, "minorVersion": minor})
    return {
        "title": course.title,
        "language": course.language.partition("-")[0],
        "mainLibrary": _MAIN,
        "embedTypes": ["iframe"],
        "license": "U",  # not said
        "preloadedDependencies": needed,
    }


def _content(questions: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The question set: each question once, in its order, results at the end."""
    return {
        "introPage": {"showIntroPage": False, "introduction": ""},
        "progressType": "dots",
        "passPercentage": _LEAST_TO_PASS,
        "questions": questions,
        "disableBackwardsNavigation": False,
        "randomQuestions": False,
        "endGame": {"showResultPage": True, "showSolutionButton": True, "showRetryButton": True},
        "override": {"checkButton": True},
    }


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()

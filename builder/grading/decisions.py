"""What people decided about pages that were in doubt: `decisions.yaml`, by the hash of the page's dots.

    pages:
      3f0c9a1b2d4e5f60:
        student: s0017      # whose sheet it is, where no name is in its code
        answers:
          "12": B           # what question 12 says
          "3 (a)": ""       # it is blank
          "5": B - A        # a matching: nothing is said at the second term
        chosen:
          choice 1: "16"    # the question that is answered
        marks:
          "7": "3.5"        # what the marker gave in circles
          choice 1: "12"
      91b2d4e5f603f0c9:
        use: no             # leave this page out

A page keeps its hash in any file and at any place, so decisions survive a
second run. her-study never writes this file.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, ValidationError

from builder.diagnostics import BuilderError
from builder.model.fields import Frozen
from builder.source.nodes import values

FILE = "decisions.yaml"


class Decision(Frozen):
    """What is decided about a page: whose it is, what its questions say, and whether it counts (`use`, where that was asked).

    `chosen` are the questions that candidates chose, and `marks` those that a marker gave in circles, by their labels.
    """

    student: str = ""
    use: bool | None = None
    answers: dict[str, str] = {}
    chosen: dict[str, str] = {}
    marks: dict[str, str] = {}


class Decisions(Frozen):
    """All decisions, by page."""

    pages: dict[Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")], Decision] = {}

    def of(self, digest: str) -> Decision:
        """The decision about a page; an empty one where there is none."""
        return self.pages.get(digest, _NONE)


_NONE = Decision()


def decisions_of(path: str, text: str) -> Decisions:
    """The decisions that a file holds.

    Raises:
        BuilderError: it is no YAML, or has what no decision has.
    """
    parsed = values(path, text)
    if parsed.problems:
        problem = parsed.problems[0]
        message = f"{path}:{problem.span.line}: {problem.message}; {problem.help}"
        raise BuilderError(message)
    try:
        return Decisions.model_validate(parsed.value or {})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        message = f"{path}: {where}: {first['msg']}; see docs/marking.md for what a decision says"
        raise BuilderError(message) from error

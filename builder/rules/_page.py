"""What a rule is: its page, what a hit of it weighs, and which courses it runs on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from builder.diagnostics import At, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from builder.model import Course


class Standing(Protocol):
    """What a rule of the whole course keeps of it from one check to the next: all of it is in `kept`, as plain data."""

    kept: Any

    def look(self, course: Course, changed: AbstractSet[str]) -> Sequence[Hit]:
        """What the rule finds in a course.

        `changed` has the ids of the items in use that came, went or changed since the last look; at the first look it
        has all.
        """


class Hit(NamedTuple):
    """A place that a rule found; `severity` and `remedy` where they are not the rule's usual ones.

    What `is_broken` can't work as it is: it weighs as much in any course. `lacks`
    names what the item has none of, such as "explanation": where most items of a
    course lack it, they are told of once.
    """

    at: At
    message: str
    severity: Severity | None = None
    remedy: str = ""
    is_broken: bool = False
    lacks: str = ""


@dataclass(frozen=True)
class Page:
    """What is known of a code: its name, what it weighs where a course is strict, manual page and remedy.

    `languages` are those whose words it knows; None says that it reads no words.
    """

    code: str
    name: str
    strict: Severity
    page: str
    remedy: str
    is_broken: bool
    languages: frozenset[str] | None

    @property
    def severity(self) -> Severity:
        """What it weighs in a course that says nothing of a profile."""
        return self.strict if self.is_broken else Severity.WARNING

    @property
    def weight(self) -> str:
        """`warning, error in strict courses`."""
        return (
            str(self.severity) if self.severity is self.strict else f"{self.severity}, {self.strict} in strict courses"
        )

    @property
    def reads(self) -> str:
        """Which languages it runs on, as a sentence."""
        known = "any language, since it reads no words" if self.languages is None else ", ".join(sorted(self.languages))
        return f"Languages: {known}."

    @property
    def summary(self) -> str:
        """The first line of the manual page."""
        return self.page.strip().splitlines()[0]


@dataclass(frozen=True)
class Rule(Page):
    """A page whose faults a check of its own finds; the others are found by the structural check."""

    is_whole: bool  # whether it looks at the course as a whole, not at one item after the other
    is_of_all: bool  # whether it says what no item has
    is_feedback: bool  # whether it asks for texts that teach after the answer
    is_by_value: bool  # whether it judges values, so that each variant of an item may break it
    check: Callable[[Course], Iterable[Hit]]
    standing: Callable[[Course], Standing] | None = None  # what it keeps, where it keeps anything

    def weighs(self, hit: Hit, course: Course) -> Severity:
        """What a hit weighs in a course: outside strict ones an error is what can't work as it is."""
        given = course.lint.severity.get(self.code)
        if given:
            return Severity(given)
        own = hit.severity or self.strict
        return own if course.lint.profile == "strict" or self.is_broken or hit.is_broken else Severity.WARNING

    def runs_on(self, course: Course) -> bool:
        """Whether it has something to say of a course: of its language, at its profile, and where it isn't turned off."""
        knows = self.languages is None or course.tongue in self.languages
        wanted = course.lint.profile != "lenient" or not self.is_feedback
        return knows and wanted and course.lint.severity.get(self.code) != "off"

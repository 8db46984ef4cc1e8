"""What people decided about pages that were in doubt: `decisions.yaml`, by the hash of the page's dots.

    by: A. Marker             # who decided; it may be left out
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

Two people may decide, each in a file of their own. Where both say the same, or
one says nothing, that counts. Where they differ, nothing counts until the file
in the folder of the results, which has the last word, says what is right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, TypeVar

from pydantic import Field, ValidationError

from builder.diagnostics import BuilderError
from builder.grading.reasons import listed, reason
from builder.model.fields import PAGE_DIGEST, Frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FILE = "decisions.yaml"
M = TypeVar("M", bound=Frozen)


class Decision(Frozen):
    """What is decided about a page: whose it is, what its questions say, and whether it counts (`use`, where that was asked).

    `answers` has what questions say, `chosen` the questions that candidates chose, and `marks` those that a marker gave in
    circles, each by its label on the sheet.
    """

    student: str = ""
    use: bool | None = None
    answers: dict[str, str] = {}
    chosen: dict[str, str] = {}
    marks: dict[str, str] = {}

    @property
    def labels(self) -> set[str]:
        """What it is about, by label."""
        return {*self.answers, *self.chosen, *self.marks}


class Decisions(Frozen):
    """What people decided about pages that were in doubt, by the hash of the page's dots; `by` is who decided.

    queue.html saves such a file. As decisions.yaml in the folder of the results it is always read, and has the last
    word; others are given with `grade --decisions`.
    """

    by: Annotated[str, Field(max_length=200)] = ""
    pages: dict[Annotated[str, Field(pattern=PAGE_DIGEST)], Decision] = {}

    def of(self, digest: str) -> Decision:
        """The decision about a page; an empty one where there is none."""
        return self.pages.get(digest, _NONE)


_NONE = Decision()
What = Literal["student", "use", "answer", "chosen", "marks"]


class Said(NamedTuple):
    """What people said about one thing on a page: `label` names the question, or what else of several it is about."""

    what: What
    label: str
    words: tuple[tuple[str, str], ...]  # who, and what they said

    @property
    def differs(self) -> bool:
        """Whether they said different things."""
        return len({said for _, said in self.words}) > 1

    @property
    def text(self) -> str:
        """Who said what: `A says B C, B says blank`."""
        is_use = self.what == "use"
        return listed(
            reason("says", who or reason("somebody"), reason(said) if is_use else said or reason("blank"))
            for who, said in self.words
        )


class Joined(Decisions):
    """The decisions of several files as one, and who said what, by page."""

    said: dict[str, tuple[Said, ...]] = {}

    def differing(self, digest: str) -> list[Said]:
        """What people differ about on a page."""
        return [it for it in self.said.get(digest, ()) if it.differs]


def joined(markers: Sequence[Decisions], last: Decisions) -> Joined:
    """The decisions of `markers`, and before them those of `last`, who has the last word."""
    pages, said = {}, {}
    for digest in sorted({digest for one in (*markers, last) for digest in one.pages}):
        words: dict[tuple[What, str], list[tuple[str, str]]] = {}
        for one in markers:
            for key, value in _words(one.of(digest)):
                words.setdefault(key, []).append((one.by, value))
        words |= {key: [(last.by, value)] for key, value in _words(last.of(digest))}
        found = [Said(*key, tuple(sorted(set(who)))) for key, who in words.items()]
        agreed = {(it.what, it.label): it.words[0][1] for it in found if not it.differs}
        use = agreed.get(("use", ""))
        pages[digest] = Decision(
            student=agreed.get(("student", ""), ""),
            use=None if use is None else use == "yes",
            answers=_of(agreed, "answer"),
            chosen=_of(agreed, "chosen"),
            marks=_of(agreed, "marks"),
        )
        said[digest] = tuple(found)
    return Joined(by=last.by, pages=pages, said=said)


def _of(agreed: Mapping[tuple[What, str], str], wanted: What) -> dict[str, str]:
    return {label: value for (what, label), value in agreed.items() if what == wanted}


def _words(decision: Decision) -> Iterator[tuple[tuple[What, str], str]]:
    """What a decision says, thing by thing."""
    if decision.student:
        yield ("student", ""), decision.student
    if decision.use is not None:
        yield ("use", ""), "yes" if decision.use else "no"
    named: tuple[tuple[What, dict[str, str]], ...] = (
        ("answer", decision.answers),
        ("chosen", decision.chosen),
        ("marks", decision.marks),
    )
    for what, told in named:
        yield from (((what, label), " ".join(said.split())) for label, said in told.items())


def decisions_of(path: str, text: str) -> Decisions:
    """The decisions that a file holds.

    Raises:
        BuilderError: it is no YAML, or has what no decision has.
    """
    return read_as(Decisions, path, text, "decisions")


def read_as(model: type[M], path: str, text: str, page: str) -> M:
    """What a file of a marker holds, as a `model`; `page` is what `her-study explain` calls it.

    Raises:
        BuilderError: it is no YAML, or has what the model has not.
    """
    from builder.source.nodes import values  # most runs have no such file, and YAML takes a while to load

    parsed = values(path, text)
    if parsed.faults:
        problem = parsed.faults[0]
        message = f"{path}:{problem.span.line}: {problem.message}; {problem.help}"
        raise BuilderError(message)
    raw = {} if parsed.value is None else parsed.value
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        from builder.loading.errors import findings  # with the models of items, which only a faulty file needs
        from builder.source.places import locate

        first = next(findings(error, model, path, raw))
        (span,) = locate(path, text, [(first.at.keys, first.at.on_key)])
        remedy = f"; {first.help}" if first.help else ""
        message = f"{path}:{span.line}: {first.message}{remedy}; `her-study explain {page}` shows such a file"
        raise BuilderError(message) from error

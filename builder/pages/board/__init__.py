"""`board.pdf`: what an exam board has to know of a paper, and the questions that it has to decide on, in one to three pages.

The template is `board.typ` beside those of papers; the PDF is tagged like theirs (PDF/UA-1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.pages.analysis import sentences
from builder.pages.board.marks import Marks, marks_of
from builder.pages.board.words import decision, figures, of_cut, of_versions
from builder.paper.record import Edition
from builder.printing.form import Head
from builder.printing.pdf.typeset import Press
from builder.report import counted
from builder.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.analysis.sittings import Sitting
    from builder.pages.analysis import Analysis, Line, Paper
    from builder.pages.board.words import Figure
    from builder.paper.record import Quiz

NAME, _TITLE = "board.pdf", "Report for the exam board"
_URGENT = ("key", "negative", "hard", "weak")  # flags that marks depend on; the others are for those who write items


@dataclass(frozen=True, slots=True)
class Decision:
    """A question that the board has to decide on: where it stands, what was found, and what can be done."""

    item: str
    places: str
    prompt: str
    says: tuple[str, ...]
    share: str
    correlation: str
    choices: str


@dataclass(frozen=True, slots=True)
class Section:
    """A paper in the report."""

    name: str
    about: str
    figures: tuple[Figure, ...]
    versions: tuple[tuple[str, ...], ...]
    on_versions: str
    cuts: tuple[str, ...]
    marks: Marks | None


@dataclass(frozen=True, slots=True)
class Report:
    """The document that `board.typ` sets."""

    head: Head
    papers: tuple[Section, ...]
    decisions: tuple[Decision, ...]
    for_authors: str
    links: tuple[str, ...]


def board(
    analysis: Analysis, quizzes: Sequence[Quiz], sittings: Sequence[Sitting], cuts: Sequence[float] = ()
) -> dict[str, bytes]:
    """The report by its file name; `cuts` are marks that decide something, such as the pass mark.

    A cut that is more than the marks of a paper is left out of what is said of that paper.
    """
    with Press({}) as press:
        return {NAME: press.pdf("board.typ", report(analysis, quizzes, sittings, cuts))}


def report(analysis: Analysis, quizzes: Sequence[Quiz], sittings: Sequence[Sitting], cuts: Sequence[float]) -> Report:
    """What the report says."""
    lines = [line for line in analysis.flagged if any(flag in line.item.flags for flag in _URGENT)]
    papers = zip(analysis.papers, sittings, strict=True)
    return Report(
        head=_head(analysis, quizzes),
        papers=tuple(_section(paper, sat, cuts) for paper, sat in papers),
        decisions=tuple(_decision(line, quizzes) for line in lines),
        for_authors=", ".join(line.item.id for line in analysis.flagged if line not in lines),
        links=analysis.links,
    )


def _head(analysis: Analysis, quizzes: Sequence[Quiz]) -> Head:
    first = quizzes[0]
    takers = sum(paper.report.n for paper in analysis.papers)
    facts = (counted(takers, "taker"), counted(len(analysis.lines), "question"))
    return Head(
        words=wording("en").words,
        title=first.title,
        heading=", ".join(dict.fromkeys(quiz.heading for quiz in quizzes if quiz.heading)) or _TITLE,
        language="en",
        region="GB",
        course=first.course,
        version="",
        seed=first.seed,
        identity="",
        facts=facts,
        number=len(analysis.lines),
        total="",
        edition=Edition(paper=first.edition.paper, font=first.edition.font),
    )


def _section(paper: Paper, sat: Sitting, cuts: Sequence[float]) -> Section:
    it = paper.report
    within = [cut for cut in cuts if cut <= it.most]
    about = (
        f"{counted(it.n, 'taker')}, {counted(it.questions, 'question')}, {sentences.number(it.most, 1)} marks; "
        f"from {sentences.number(it.lowest, 1)} to {sentences.number(it.highest, 1)} were earned."
    )
    rows = (
        (
            v.name,
            str(v.n),
            sentences.number(v.mean, 1),
            sentences.between(v.difference, 1) if v.difference else "too few",
        )
        for v in it.versions
    )
    return Section(
        name=it.name,
        about=about,
        figures=tuple(figures(it)),
        versions=tuple(rows),
        on_versions=of_versions(it),
        cuts=tuple(of_cut(it, sat.totals, cut) for cut in within),
        marks=marks_of(sat, within) if it.mean else None,
    )


def _decision(line: Line, quizzes: Sequence[Quiz]) -> Decision:
    it = line.item
    return Decision(
        item=it.id,
        places=", ".join(_places(it.id, it.digest, quizzes)),
        prompt=line.prompt,
        says=line.says[: len(line.flags)],
        share=sentences.between(it.p) if it.p else "",
        correlation=sentences.between(it.r) if it.r else "",
        choices=decision(it, lambda index: line.names[index].short),
    )


def _places(item: str, digest: str, quizzes: Sequence[Quiz]) -> Iterator[str]:
    """Where a question stands: `A 12`, with the paper's name before it where there are several papers."""
    for quiz in quizzes:
        for version in quiz.versions:
            for entry in version.items:
                if (entry.id, entry.digest) == (item, digest):
                    yield " ".join([*([quiz.name] if len(quizzes) > 1 else []), version.name, entry.label])

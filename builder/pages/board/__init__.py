"""`board.pdf`: what an exam board has to know of a paper, and the questions that it has to decide on, in one to three pages.

The template is `board.typ` beside those of papers; the PDF is tagged like theirs (PDF/UA-1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.analysis.estimates import LEAST_TAKERS
from builder.analysis.linking import links
from builder.pages.analysis import sentences
from builder.pages.board.marks import Marks, marks_of
from builder.pages.board.words import BoardSpeech
from builder.paper.record import Edition
from builder.printing.form import Head
from builder.printing.pdf.typefaces import chosen
from builder.printing.pdf.typeset import Press

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.analysis.sittings import Sitting
    from builder.pages.analysis import Analysis, Line, Paper
    from builder.pages.board.words import Figure
    from builder.paper.record import Quiz

NAME = "board.pdf"
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
    document = report(analysis, quizzes, sittings, cuts)
    texts = [document.head.title, document.head.heading, *document.head.words.values()]
    with Press({}, chosen((), [*texts, *(it.prompt for it in document.decisions)])) as press:
        return {NAME: press.pdf("board.typ", document)}


def report(analysis: Analysis, quizzes: Sequence[Quiz], sittings: Sequence[Sitting], cuts: Sequence[float]) -> Report:
    """What the report says, in the language of the first paper."""
    lines = [line for line in analysis.flagged if any(flag in line.item.flags for flag in _URGENT)]
    papers = zip(analysis.papers, sittings, strict=True)
    say = BoardSpeech(quizzes[0].edition.language)
    linked = links([paper.report for paper in analysis.papers], sittings)
    return Report(
        head=_head(analysis, quizzes, say),
        papers=tuple(_section(paper, sat, cuts, say) for paper, sat in papers),
        decisions=tuple(_decision(line, quizzes, say) for line in lines),
        for_authors=", ".join(line.item.id for line in analysis.flagged if line not in lines),
        links=tuple(said for link in linked for said in sentences.of_link(link, say)),
    )


def _head(analysis: Analysis, quizzes: Sequence[Quiz], say: BoardSpeech) -> Head:
    first = quizzes[0]
    takers = sum(paper.report.n for paper in analysis.papers)
    facts = (say.takers(takers), say.questions(len(analysis.lines)))
    board_words = {**say.words.board, "counts_alone": say("counts_alone", LEAST_TAKERS)}
    own = {f"board_{key}": phrase for key, phrase in board_words.items()}
    return Head(
        words={**say.paper.words, **own},
        title=first.title,
        heading=", ".join(dict.fromkeys(quiz.heading for quiz in quizzes if quiz.heading)) or say("title"),
        language=say.language,
        region="GB" if say.language == "en" else None,
        course=first.course,
        version="",
        seed=first.seed,
        identity="",
        facts=facts,
        number=len(analysis.lines),
        total="",
        edition=Edition(paper=first.edition.paper, font=first.edition.font),
    )


def _section(paper: Paper, sat: Sitting, cuts: Sequence[float], say: BoardSpeech) -> Section:
    it = paper.report
    within = [cut for cut in cuts if cut <= it.most]
    counts = say.takers(it.n), say.questions(it.questions), say.marks(it.most)
    rows = (
        (
            v.name,
            str(v.n),
            say.number(v.mean, 1),
            say.between(v.difference, 1) if v.difference else say("too_few"),
        )
        for v in it.versions
    )
    return Section(
        name=it.name,
        about=say("about", *counts, say.number(it.lowest, 1), say.number(it.highest, 1)),
        figures=tuple(say.figures(it)),
        versions=tuple(rows),
        on_versions=say.versions(it),
        cuts=tuple(say.cut(it, sat.totals, cut) for cut in within),
        marks=marks_of(sat, within, say) if it.mean else None,
    )


def _decision(line: Line, quizzes: Sequence[Quiz], say: BoardSpeech) -> Decision:
    it, names = line.item, line.names
    return Decision(
        item=it.id,
        places=", ".join(_places(it.id, it.digest, quizzes)),
        prompt=line.prompt,
        says=tuple(sentences.of_flag(it, flag, lambda index: names[index].full_in(say), say) for flag in it.flags),
        share=say.between(it.p) if it.p else "",
        correlation=say.between(it.r) if it.r else "",
        choices=say.decision(it, lambda index: names[index].short_in(say)),
    )


def _places(item: str, digest: str, quizzes: Sequence[Quiz]) -> Iterator[str]:
    """Where a question stands: `A 12`, with the paper's name before it where there are several papers."""
    for quiz in quizzes:
        for version in quiz.versions:
            for entry in version.items:
                if (entry.id, entry.digest) == (item, digest):
                    yield " ".join([*([quiz.name] if len(quizzes) > 1 else []), version.name, entry.label])

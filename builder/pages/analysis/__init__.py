"""The analysis of papers as one page, and its figures as tables.

The page needs no script and asks the network for nothing. Each figure has its interval, and a sentence that says what it
means; curves of options have dashes and names besides colours. The template is `analysis.html`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from builder import shell
from builder.analysis.items import item_reports
from builder.analysis.linking import links
from builder.analysis.papers import paper_report
from builder.model.fields import LETTERS
from builder.model.readings import prompts
from builder.pages.analysis import sentences, tables
from builder.pages.analysis.curves import HEIGHT, WIDTH, Curve, curves
from builder.pages.analysis.speech import Speech
from builder.text import cloze, markup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.analysis.items import ItemReport
    from builder.analysis.papers import PaperReport
    from builder.analysis.sittings import Sitting
    from builder.model import Course, Item
    from builder.paper.record import Quiz, QuizItem

PAGE = "analysis.html"
_MOST_VERSIONS = 4  # whose letters name an option


class Name(NamedTuple):
    """An option: its `sign`, `2`, or `D` in a lone version, or `true`; where versions print it, `("B", "A")`; its text, if known."""

    sign: str
    printed: tuple[tuple[str, str], ...]
    text: str

    def short_in(self, say: Speech) -> str:
        """`Option 2`, or `True`, in a language."""
        return say.paper[self.sign] if self.sign in {"true", "false"} else say("option", self.sign)

    def letters_in(self, say: Speech) -> str:
        """`B in A, C in B` in a language: the letters that versions print it under."""
        told = [say("in_version", *map(say.name, place)) for place in self.printed[:_MOST_VERSIONS]]
        return say.listed([*told, "…"] if len(self.printed) > _MOST_VERSIONS else told)

    def full_in(self, say: Speech) -> str:
        """`Option 2 (B in A, C in B)`, in a language."""
        letters = self.letters_in(say)
        return f"{self.short_in(say)} ({letters})" if letters else self.short_in(say)


class Line(NamedTuple):
    """An item on the page: its figures, its kind in words, what the figures say, the names of its options, and the curves of these."""

    item: ItemReport
    kind: str
    prompt: str
    says: tuple[str, ...]
    names: tuple[Name, ...]
    curves: tuple[Curve, ...]


class Paper(NamedTuple):
    """A sitting on the page."""

    report: PaperReport
    says: tuple[str, ...]
    model: tuple[str, ...]


class Analysis(NamedTuple):
    """All figures of some sittings, as the page shows them in a language; `links` are sentences on papers with questions in common."""

    language: str
    papers: tuple[Paper, ...]
    lines: tuple[Line, ...]
    links: tuple[str, ...]

    @property
    def flagged(self) -> tuple[Line, ...]:
        """The items that want a look, those with a doubtful key first."""
        found = [line for line in self.lines if line.item.flags]
        return tuple(sorted(found, key=lambda line: "key" not in line.item.flags))


def analysed(quizzes: Sequence[Quiz], sittings: Sequence[Sitting], course: Course | None = None) -> Analysis:
    """The figures of sittings, in the language of the first paper; `course` lends the texts of items that have not changed since.

    `quizzes` are the records of the papers, which say where each version prints an option.
    """
    say = Speech(quizzes[0].edition.language)
    reports = item_reports(sittings)
    printed = _printed(quizzes)
    current = {(item.id, item.digest): item for item in course.items} if course else {}
    papers = tuple(_paper(paper_report(sat), say) for sat in sittings)
    linked = links([paper.report for paper in papers], sittings)
    told = tuple(_bound(said) for link in linked for said in sentences.of_link(link, say))
    return Analysis(say.language, papers, tuple(_line(it, printed, current, say) for it in reports), told)


def _paper(report: PaperReport, say: Speech) -> Paper:
    says, model = (tuple(map(_bound, of(report, say))) for of in (sentences.of_paper, sentences.of_model))
    return Paper(report, says, model)


def files(analysis: Analysis, sittings: Sequence[Sitting], title: str) -> dict[str, bytes]:
    """The page and the tables by file name; heads of tables are the same in every language, since programs read them."""
    say = Speech(analysis.language)
    reports = [line.item for line in analysis.lines]
    page = shell.page(
        "pages/analysis/analysis.html",
        language=say.language,
        title=title,
        analysis=analysis,
        say=say,
        width=WIDTH,
        height=HEIGHT,
    )
    return {
        PAGE: page,
        "items.csv": tables.items(reports),
        "options.csv": tables.options(reports),
        "totals.csv": tables.totals(sittings),
        "rasch.csv": tables.model([paper.report for paper in analysis.papers]),
        "abilities.csv": tables.abilities([paper.report for paper in analysis.papers], sittings),
    }


def _printed(quizzes: Sequence[Quiz]) -> dict[tuple[str, str], list[tuple[str, QuizItem]]]:
    """Each item as the versions print it, with the names of these."""
    found: dict[tuple[str, str], list[tuple[str, QuizItem]]] = {}
    for quiz in quizzes:
        for version in quiz.versions:
            for item in version.items:
                found.setdefault((item.id, item.digest), []).append((version.name, item))
    return found


def _line(
    report: ItemReport,
    printed: Mapping[tuple[str, str], Sequence[tuple[str, QuizItem]]],
    current: Mapping[tuple[str, str], Item],
    say: Speech,
) -> Line:
    key = (report.id, report.digest)
    item, versions = current.get(key), printed.get(key, ())
    names = tuple(_name(index, versions, item) for index in range(len(report.options)))
    return Line(
        report,
        say.paper.sections[versions[0][1].section]["title"] if versions else report.kind,
        _shown(next(prompts(item))[1], item) if item else "",
        tuple(_bound(it) for it in sentences.of_item(report, lambda index: names[index].full_in(say), say)),
        names,
        curves(report.options, [name.short_in(say) for name in names]),
    )


def _shown(text: str, item: Item) -> str:
    """A text of an item in plain letters: code and TeX as they are typed, by which alone such questions can be told apart."""
    return markup.plain(cloze.filled(text), math=item.math)


def _bound(sentence: str) -> str:
    """A sentence in which no line begins with a sign of per cent."""
    return sentence.replace(" %", "\N{NO-BREAK SPACE}%")


def _name(index: int, versions: Sequence[tuple[str, QuizItem]], item: Item | None) -> Name:
    """What an option is called: by its letter in a lone version, else by its place in the bank."""
    question = versions[0][1] if versions else None
    if question is None or question.section == "truefalse":
        return Name(("true", "false")[index], (), "")
    letters = [(LETTERS[it.order.index(index)], name) for name, it in versions]
    options = getattr(item, "options", ())
    text = _shown(options[index].text, item) if item and options else ""
    if len(versions) == 1:
        return Name(letters[0][0], (), text)
    return Name(str(index + 1), tuple(letters), text)

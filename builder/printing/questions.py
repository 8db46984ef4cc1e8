"""What a paper prints, as JSON for its template: sections, questions, and the head that all its files share.

Texts are runs (`builder.text.markup.data`). The paper is made from the record and
the items that it names; a record of other items is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from builder.model import Cloze, Essay, Matching, Mcq, Ordering, Short
from builder.printing import formula
from builder.text import markup
from builder.wording import Wording, wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.model import Course, Item
    from builder.paper.record import Quiz, QuizItem, Version

Data = dict[str, Any]
Runs = list[Data]


@dataclass(frozen=True)
class Form:
    """One version of a quiz, with what it takes to print it."""

    course: Course
    quiz: Quiz
    version: Version

    @cached_property
    def words(self) -> Wording:
        """The fixed strings in the language of the edition."""
        return wording(self.quiz.edition.language)

    @cached_property
    def pairs(self) -> list[tuple[QuizItem, Item]]:
        """The questions in print order, with their items."""
        return [(entry, self.course.by_id[entry.id]) for entry in self.version.items]

    @property
    def inline(self) -> bool:
        """Whether answers are written on the paper itself."""
        return self.quiz.edition.answers == "inline"


def head(form: Form) -> Data:
    """What all files of a version have in common: titles, language, sums, fixed words, edition."""
    quiz, words = form.quiz, form.words
    language, *subtags = form.course.language.split("-")
    region = next((tag.upper() for tag in subtags if len(tag) == 2 and tag.isalpha()), None)  # noqa: PLR2004 - ISO 3166
    return {
        "words": words.words,
        "title": quiz.title,
        "heading": quiz.heading or words["paper"],
        "language": language,
        "region": region,
        "course": quiz.course,
        "version": form.version.name,
        "seed": quiz.seed,
        "identity": quiz.identity,
        "count": words.counted(len(quiz.items), "question"),
        "points": words.counted(quiz.points, "mark"),
        "minutes": words["minutes"].format(quiz.minutes) if quiz.minutes else "",
        "number": len(quiz.items),
        "total": quiz.points,
        "edition": quiz.edition.model_dump(),
    }


def document(form: Form, *, named: bool = False) -> Data:
    """The whole paper; `named` leaves out what a candidate writes at its head, for a name to be printed there."""
    words, quiz = form.words, form.quiz
    return head(form) | {
        "cover": paragraphs(quiz.cover),
        "instructions": paragraphs(quiz.instructions)
        or paragraphs(words["instructions_inline" if form.inline else "instructions_sheet"]),
        "inline": form.inline,
        "named": named,
        "fields": [words[key] for key in ("name", "candidate", *["date"] * form.inline) if not named],
        "sections": sections(form, lambda entry, item: question(form, entry, item)),
    }


def paragraphs(text: str) -> list[Runs]:
    """A text of a blueprint: its paragraphs, which blank lines part, as runs."""
    return [markup.data(part.strip()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def sections(form: Form, render: Callable[[QuizItem, Item], Data]) -> list[Data]:
    """The questions in their sections, each as `render` makes it."""
    words, out = form.words, []
    for number, (kind, group) in enumerate(groupby(form.pairs, key=lambda pair: pair[0].section), 1):
        pairs = list(group)
        texts = words.sections[kind]
        points = form.quiz.section_points(kind)
        choose = form.quiz.choose.get(kind)
        size = f"{words.counted(len(pairs), 'question')}, {words.counted(points, 'mark')}"
        out.append(
            {
                "number": number,
                "kind": kind,
                "heading": words.part(number, kind),
                "instruction": texts["inline" if form.inline else "sheet"],
                "choose": words["choose"].format(choose, len(pairs)) if choose else "",
                "numbers": _span([entry.number for entry, _ in pairs]),
                "total": points,
                "size": size,
                "questions": [render(entry, item) for entry, item in pairs],
            }
        )
    return out


def _span(numbers: list[int]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}\u2013{numbers[-1]}"


def question(form: Form, entry: QuizItem, item: Item) -> Data:
    """A question as the candidate sees it."""
    words = form.words
    out: Data = {"number": entry.number, "kind": entry.section, "points": words.counted(entry.points, "mark")}
    out["prompt"] = list(_gapped(item)) if isinstance(item, Cloze) else runs(item, item.prompt)
    out["image"] = picture(item)
    out["lines"] = entry.lines
    match item:
        case Mcq():
            out["options"] = [runs(item, item.options[i].text) for i in entry.order]
            out["several"] = item.multiple
        case Matching():
            out["terms"] = [runs(item, left) for left, _ in item.pairs]
            out["responses"] = [runs(item, item.responses[i]) for i in entry.order]
        case Ordering():
            out["steps"] = [runs(item, item.sequence[i]) for i in entry.order]
        case Short() | Essay():
            out["limit"] = words.counted(item.words, "limit") if item.words else ""
    return out


def runs(item: Item, text: str) -> Runs:
    """A text of an item as runs, formulas drawn."""
    return _runs(text, item.id, math=item.math)


# A hundred versions print the same texts in another order.
@lru_cache(maxsize=1 << 14)
def _runs(text: str, item: str, *, math: bool) -> Runs:
    return formula.drawn(markup.data(text, math=math), item)


def picture(item: Item) -> Data | None:
    """An item's image: its name in the course, and what it shows in words."""
    return item.image.model_dump() if item.image else None


def _gapped(item: Cloze) -> Iterator[Data]:
    """The sentence with `{"gap": number or "", "hint": runs}` for each blank; a lone gap bears no number."""
    number = 0
    for part in markup.cloze(item.prompt):
        if isinstance(part, str):
            yield from runs(item, part)
        else:
            number += 1
            yield {"gap": str(number) if len(item.blanks) > 1 else "", "hint": runs(item, part.hint)}

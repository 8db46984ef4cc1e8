"""What a key prints: what is right, why, and where to read it up.

What is right is read from the record (`QuizItem.key` and `order`), so that the
key belongs to its version of the paper; the bank gives the words for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from builder.model import (
    Basic,
    Cloze,
    Essay,
    Matching,
    Mcq,
    Numeric,
    Occlusion,
    Ordering,
    Reversed,
    Short,
    TrueFalse,
    faults,
)
from builder.paper.variants import Working, working
from builder.printing.figure import shown
from builder.printing.form import Entry, head, sections
from builder.printing.keys import (
    BasicKey,
    ClozeKey,
    EssayKey,
    Key,
    MatchingKey,
    McqKey,
    OcclusionKey,
    OrderingKey,
    RubricRow,
    ShortKey,
    SolvedOption,
    SolvedPair,
    SpareResponse,
    TrueFalseKey,
)
from builder.printing.number import SolvedPoint, number_brief, number_key
from builder.printing.rules import rule_in_words
from builder.printing.text import filled, heard, hidden, read
from builder.text.tree import Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.model import Item
    from builder.paper.record import QuizItem
    from builder.printing.form import Form, Head, Section
    from builder.printing.text import Line, Text
    from builder.printing.works import Cited, Works
    from builder.wording import Wording


@dataclass(frozen=True, slots=True)
class Answer(Entry):
    """A question as the key shows it: what is right, why, where it stands, and what the item is about.

    `brief` is the answer in a few signs, where signs are all that a marker compares; else it is empty. `working` has the
    values that were drawn, and how the answer comes from them.
    """

    brief: str
    key: Key
    explanation: Text
    sources: tuple[str, ...]
    works: tuple[Cited, ...]
    about: tuple[str, ...]
    working: Working


class Glance(NamedTuple):
    """A question, as `12` or `12 (a)`, and its brief answer, in the list at the head of the key."""

    number: str
    key: str


class AnswerKey(NamedTuple):
    """A whole key: the brief answers at a glance, sections of answers, the works cited.

    `report` is where to report a fault in it, with the identity of the paper; nothing where the course takes no reports.
    """

    head: Head
    glance: tuple[Glance, ...]
    sections: tuple[Section[Answer], ...]
    works: tuple[Line, ...]
    report: Line


def answer_key(form: Form, works: Works) -> AnswerKey:
    """The key of a version."""
    briefs = [Glance(entry.label, brief(form.words, entry, item)) for entry, item in form.pairs]
    return AnswerKey(
        head=head(form),
        glance=tuple(it for it in briefs if it.key),
        sections=solved(form, works),
        works=tuple(works.references.values()),
        report=_report(form),
    )


def _report(form: Form) -> Line:
    """A web address with the paper's identity, which can be typed too; an e-mail address as it is."""
    address = form.course.report
    if "://" in address:
        address = faults.link(form.course, paper=form.quiz.identity)
        return (Run(f"{form.words['report']}{form.words['colon']} "), Run(address, href=address))
    return (Run(f"{form.words['report']}{form.words['colon']} {address}"),) if address else ()


def solved(
    form: Form, works: Works, wanted: Callable[[QuizItem], bool] = lambda _: True
) -> tuple[Section[Answer], ...]:
    """The parts of a version, every `wanted` question with its answer."""
    return sections(form, lambda entry, item: _answer(form, entry, item, works), wanted=wanted)


def brief(words: Wording, entry: QuizItem, item: Item) -> str:
    """The answer in a few signs, where marking is a matter of comparing signs; else the empty string."""
    match item:
        case Mcq() | Matching() | Ordering():
            return " ".join(entry.key)
        case TrueFalse():
            return words[entry.key[0]]
        case Numeric():
            return number_brief(words, item)
        case Cloze() | Occlusion():
            return " ".join(_either(entry))
        case Basic() | Reversed() | Short() | Essay():
            return ""


def _either(entry: QuizItem) -> tuple[str, ...]:
    """The letters that are right at each gap: `B/D` where two are."""
    return tuple("/".join(letters) for letters in entry.letters)


def _answer(form: Form, entry: QuizItem, item: Item, works: Works) -> Answer:
    words, places = form.words, form.course.places
    said = partial(read, item, form.course.language)
    found = [places[locator] for locator in item.locator if locator in places]
    return Answer(
        number=entry.number,
        label=f"({entry.part})" if entry.part else str(entry.number),
        reading=None,
        points=words.counted(entry.points, "mark"),
        scoring=rule_in_words(words, entry, item),
        prompt=(*said(filled(item) if isinstance(item, Cloze) else item.prompt), *heard(item, in_words=True)),
        image=shown(item),
        brief=brief(words, entry, item),
        key=_key(form, entry, item),
        explanation=said(item.explanation),
        sources=tuple(place.said(words["paragraph"], words["entry"]) for place in found),
        works=works.of(item),
        about=_about(form, item),
        working=working(item, words.language),
    )


def _about(form: Form, item: Item) -> tuple[str, ...]:
    course, words = form.course, form.words
    said = (
        course.themes.get(item.theme, item.theme) if item.theme else "",
        course.theories.get(item.theory, item.theory) if item.theory else "",
        words.bloom[item.bloom] if item.bloom else "",
        words.counted(item.difficulty, "difficulty") if item.difficulty else "",
        item.id,
    )
    return tuple(text for text in said if text)


def _key(form: Form, entry: QuizItem, item: Item) -> Key:
    words, said = form.words, partial(read, item, form.course.language)
    match item:
        case Mcq():
            options = [item.options[i] for i in entry.order]
            return McqKey(tuple(SolvedOption(said(o.text), o.is_right, said(o.why)) for o in options))
        case TrueFalse():
            return TrueFalseKey(item.answer, said(item.correction))
        case Matching():
            return _matched(said, entry, item)
        case Ordering():
            return OrderingKey(tuple(map(said, item.sequence)))
        case Cloze():
            others = tuple(tuple(map(said, texts)) for texts in item.accepted)
            return ClozeKey(hidden(item, form.course.language), others, _either(entry))
        case Occlusion():
            others = tuple(tuple(map(said, texts)) for texts in item.accepted)
            return OcclusionKey(tuple(map(said, item.labels)), others, _either(entry))
        case Basic() | Reversed():
            return BasicKey(said(item.answer), tuple(map(said, item.accept)))
        case Numeric():
            return number_key(words, form.course.language, entry, item)
        case Short():
            return ShortKey(tuple(SolvedPoint(said(p.point), words.counted(p.marks, "mark")) for p in item.key_points))
        case Essay():
            rows = ((said(row.criterion), words.number(row.marks), tuple(map(said, row.levels))) for row in item.rubric)
            return EssayKey(tuple(RubricRow(*row) for row in rows))


def _matched(said: Callable[[str], Text], entry: QuizItem, item: Matching) -> MatchingKey:
    pairs = zip(entry.key, item.pairs, strict=True)
    spare = [(place, i) for place, i in enumerate(entry.order, 1) if i not in item.targets]
    return MatchingKey(
        pairs=tuple(SolvedPair(said(left), letter, said(right)) for letter, (left, right) in pairs),
        spare=tuple(SpareResponse(place, said(item.responses[i])) for place, i in spare),
    )

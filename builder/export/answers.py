"""What a key prints, as JSON: every question again, its right answer, why, and where to read it up.

What is right is read from the record (`QuizItem.key` and `order`), so that the
key belongs to this version of the paper; the bank gives the words for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import citations, markup
from builder.export.questions import Data, head, paired, picture, runs, sections
from builder.export.wording import WORDS, counted
from builder.model import Basic, Cloze, Essay, Matching, Mcq, Ordering, Reversed, Short, TrueFalse
from builder.quiz import section

if TYPE_CHECKING:
    from builder.model import Course, Item
    from builder.model.items import Criterion
    from builder.quiz import Quiz, QuizItem


def document(course: Course, quiz: Quiz) -> Data:
    """The whole key: sections of answers, the answers at a glance, and the works cited."""
    pairs = paired(course, quiz)
    works = citations.bibliography(course, (key for _, item in pairs for key in item.cites))
    numbers = {key: number for number, key in enumerate(works, 1)}

    def render(entry: QuizItem, item: Item) -> Data:
        return answer(entry, item) | _background(course, item, numbers)

    return head(course, quiz) | {
        "sections": sections(course, quiz, render),
        "glance": [{"number": entry.number, "key": text} for entry, item in pairs if (text := brief(entry, item))],
        "works": [markup.as_data(work) for work in works.values()],
    }


def brief(entry: QuizItem, item: Item) -> str:
    """The answer in a few signs, where marking is a matter of comparing signs; else the empty string."""
    match item:
        case Mcq() | Matching() | Ordering():
            return " ".join(entry.key)
        case TrueFalse():
            return WORDS[entry.key[0]]
    return ""


def answer(entry: QuizItem, item: Item) -> Data:
    """A question with its prompt and its key."""
    out: Data = {"number": entry.number, "kind": section(item), "points": counted(entry.points, "mark")}
    text = _filled(item) if isinstance(item, Cloze) else item.prompt
    out |= {"prompt": runs(item, text), "image": picture(item), "brief": brief(entry, item)}
    return out | _solved(entry, item)


def _filled(item: Cloze) -> str:
    """The sentence whole, as plain text of the item's markup."""
    return "".join(part if isinstance(part, str) else part.text for part in markup.cloze(item.prompt))


def _solved(entry: QuizItem, item: Item) -> Data:
    out: Data = {}
    match item:
        case Mcq():
            out["options"] = [_option(item, i) for i in entry.order]
        case TrueFalse():
            out |= {"verdict": item.answer, "correction": runs(item, item.correction)}
        case Matching():
            out |= _matched(entry, item)
        case Ordering():
            out["steps"] = [runs(item, step) for step in item.sequence]
        case Cloze():
            out["gaps"] = [runs(item, blank.text) for blank in item.blanks]
        case Short():
            out["key_points"] = [
                {"text": runs(item, point.point), "points": counted(point.marks, "mark")} for point in item.key_points
            ]
        case Essay():
            out["rubric"] = [_criterion(item, row) for row in item.rubric]
        case Basic() | Reversed():
            out |= {"answer": runs(item, item.answer), "accept": [runs(item, text) for text in item.accept]}
    return out


def _option(item: Mcq, place: int) -> Data:
    option = item.options[place]
    return {"text": runs(item, option.text), "right": option.is_right, "why": runs(item, option.why)}


def _matched(entry: QuizItem, item: Matching) -> Data:
    pairs = [
        {"term": runs(item, left), "letter": letter, "text": runs(item, right)}
        for letter, (left, right) in zip(entry.key, item.pairs, strict=True)
    ]
    spare = [
        {"place": place, "text": runs(item, item.responses[i])}
        for place, i in enumerate(entry.order, 1)
        if i >= len(item.pairs)
    ]
    return {"pairs": pairs, "spare": spare}


def _criterion(item: Essay, row: Criterion) -> Data:
    return {"text": runs(item, row.criterion), "marks": row.marks, "levels": [runs(item, text) for text in row.levels]}


def _background(course: Course, item: Item, works: dict[str, int]) -> Data:
    """Why, where it stands, and what the item is about."""
    about = [
        course.themes.get(item.theme, item.theme) if item.theme else "",
        course.theories.get(item.theory, item.theory) if item.theory else "",
        item.bloom or "",
        counted(item.difficulty, "difficulty") if item.difficulty else "",
        item.id,
    ]
    return {
        "explanation": runs(item, item.explanation),
        "sources": [str(course.places[locator]) for locator in item.locator if locator in course.places],
        "works": sorted(works[key] for key in item.cites if key in works),
        "about": [text for text in about if text],
    }

"""What a key, a marking guide and a legend print, as JSON: what is right, why, where to read it up, and how to mark it.

What is right is read from the record (`QuizItem.key` and `order`), so that the
key belongs to its version of the paper; the bank gives the words for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import citations
from builder.model import Basic, Cloze, Essay, Matching, Mcq, Ordering, Reversed, Short, TrueFalse
from builder.paper.sheet import LETTERS
from builder.printing.questions import Data, Form, Runs, head, picture, runs, sections
from builder.text import markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course, Item
    from builder.model.items import Criterion
    from builder.paper.record import Quiz, QuizItem
    from builder.wording import Wording


_LINE = 42  # characters


class Works:
    """The works that the items of a quiz cite: numbered references, and how the text cites each (APA style)."""

    def __init__(self, course: Course, quiz: Quiz) -> None:
        """Have them formatted, once for all versions."""
        keys = [key for entry in quiz.items for key in course.by_id[entry.id].cites]
        self.references: dict[str, Runs] = {
            key: markup.as_data(work) for key, work in citations.bibliography(course, keys).items()
        }
        self.cited: dict[str, Runs] = {
            key: markup.as_data(work) for key, work in citations.in_text(course, keys).items()
        }
        self._numbers = {key: number for number, key in enumerate(self.references, 1)}

    def of(self, item: Item) -> list[Data]:
        """What an item cites: number in the list and citation, in the order of the list."""
        known = sorted((self._numbers[key], key) for key in set(item.cites) & self._numbers.keys())
        return [{"number": number, "cited": self.cited[key]} for number, key in known]


def document(form: Form, works: Works) -> Data:
    """The whole key: sections of answers, the answers at a glance, and the works cited."""

    def render(entry: QuizItem, item: Item) -> Data:
        return answer(form.words, entry, item) | _background(form, item, works)

    return head(form) | {
        "sections": sections(form, render),
        "glance": [
            {"number": entry.number, "key": text}
            for entry, item in form.pairs
            if (text := brief(form.words, entry, item))
        ],
        "works": list(works.references.values()),
    }


def guide(form: Form) -> Data:
    """The marking guide: the open questions with key points and rubrics, and room for marks."""
    opened = [
        part for part in sections(form, lambda e, i: answer(form.words, e, i)) if part["kind"] in {"short", "essay"}
    ]
    return head(form) | {"sections": opened}


def legend(forms: list[Form]) -> Data:
    """Each question of the first version, and its number and answer in every version."""
    first = forms[0]
    entries = [{entry.id: entry for entry in form.version.items} for form in forms]
    return head(first) | {
        "version": "",
        "versions": [form.version.name for form in forms],
        "rows": [
            {
                "id": entry.id,
                "prompt": _start(markup.plain(_filled(item) if isinstance(item, Cloze) else item.prompt)),
                "points": entry.points,
                "cells": [
                    {"number": by_id[entry.id].number, "key": brief(first.words, by_id[entry.id], item)}
                    for by_id in entries
                ],
            }
            for entry, item in first.pairs
        ],
    }


def _start(text: str) -> str:
    """As much of a text as fits a line of the legend."""
    return text if len(text) <= _LINE else f"{text[: _LINE - 1].rstrip()}\u2026"


def brief(words: Wording, entry: QuizItem, item: Item) -> str:
    """The answer in a few signs, where marking is a matter of comparing signs; else the empty string."""
    match item:
        case Mcq() | Matching() | Ordering():
            return " ".join(entry.key)
        case TrueFalse():
            return words[entry.key[0]]
    return ""


def answer(words: Wording, entry: QuizItem, item: Item) -> Data:
    """A question with its prompt and its key."""
    out: Data = {"number": entry.number, "kind": entry.section, "points": words.counted(entry.points, "mark")}
    text = _filled(item) if isinstance(item, Cloze) else item.prompt
    out |= {"prompt": runs(item, text), "image": picture(item), "brief": brief(words, entry, item)}
    return out | _solved(words, entry, item)


def _filled(item: Cloze) -> str:
    """The sentence whole, as plain text of the item's markup."""
    return "".join(part if isinstance(part, str) else part.text for part in markup.cloze(item.prompt))


def _solved(words: Wording, entry: QuizItem, item: Item) -> Data:
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
                {"text": runs(item, point.point), "points": words.counted(point.marks, "mark")}
                for point in item.key_points
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


def facts(words: Wording, question: Data) -> list[tuple[str, Runs]]:
    """A question's key as labelled lines, for formats that have no layout of their own for each kind."""
    said: list[tuple[str, Runs]] = []
    if question["brief"]:
        label = words["boxes"] if question["kind"] == "ordering" else words["answer"]
        said.append((label, [{"text": question["brief"], "strong": True}]))
    said += _parts(words, question)
    if question["explanation"]:
        said.append((words["explanation"], question["explanation"]))
    said += [(words["source"], [{"text": source}]) for source in question["sources"]]
    cited = [[*work["cited"], {"text": f" [{work['number']}]"}] for work in question["works"]]
    if cited:
        said.append(
            (words["works"], [run for i, one in enumerate(cited) for run in ([{"text": ", "}] * (i > 0) + one)])
        )
    return [*said, (words["item"], [{"text": " · ".join(question["about"])}])]


def _parts(words: Wording, question: Data) -> Iterator[tuple[str, Runs]]:
    """The lines of what is right, part by part."""
    for letter, option in zip(LETTERS, question.get("options", ()), strict=False):
        right = [{"text": f" ({words['right']})"}] if option["right"] else []
        why = [{"text": ": "}, *option["why"]] if option["why"] else []
        yield letter, [*(_strong(option["text"]) if option["right"] else option["text"]), *right, *why]
    if question.get("correction"):
        yield words["correction"], question["correction"]
    for number, pair in enumerate(question.get("pairs", ()), 1):
        yield (
            f"({number})",
            [*pair["term"], {"text": " – "}, {"text": pair["letter"], "strong": True}, {"text": " "}, *pair["text"]],
        )
    for number, step in enumerate(question.get("steps", ()), 1):
        yield f"{number}", step
    for number, gap in enumerate(question.get("gaps", ()), 1):
        yield f"{words['gap']} {number}", _strong(gap)
    if "answer" in question:
        yield words["answer"], _strong(question["answer"])
        for text in question["accept"]:
            yield words["accepted"], text
    for point in question.get("key_points", ()):
        yield words["key_points"], [*point["text"], {"text": f" [{point['points']}]"}]
    for row in question.get("rubric", ()):
        levels = [run for i, level in enumerate(row["levels"]) for run in ([{"text": " / "}] * (i > 0) + level)]
        yield words["criterion"], [*_strong(row["text"]), {"text": f" ({row['marks']}): "}, *levels]


def _strong(runs: Runs) -> Runs:
    return [run | {"strong": True} if "text" in run else run for run in runs]


def _background(form: Form, item: Item, works: Works) -> Data:
    """Why, where it stands, and what the item is about."""
    course, words = form.course, form.words
    about = [
        course.themes.get(item.theme, item.theme) if item.theme else "",
        course.theories.get(item.theory, item.theory) if item.theory else "",
        words.bloom[item.bloom] if item.bloom else "",
        words.counted(item.difficulty, "difficulty") if item.difficulty else "",
        item.id,
    ]
    return {
        "explanation": runs(item, item.explanation),
        "sources": [
            course.places[locator].said(words["paragraph"], words["entry"])
            for locator in item.locator
            if locator in course.places
        ],
        "works": works.of(item),
        "about": [text for text in about if text],
    }

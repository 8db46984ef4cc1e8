"""Every version of a paper, read back from its PDF as a candidate and a marker read it."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model import Basic, Cloze, Essay, Matching, Mcq, Numeric, Occlusion, Ordering, Reversed, Short, TrueFalse
from builder.model.items import LETTERS
from builder.paper.record import Quiz
from builder.printing import papers
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import alternatives, quiz_of, reader, said, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.model import Course, Item
    from builder.paper.record import QuizItem

# Words that can be told apart wherever they are printed; no two begin alike.
_WORDS = tuple(f"{a}{b}{a}x" for a in "bcdfghjklmnprstvwz" for b in "aeiou")

BRIEF = {"mcq", "matching", "ordering", "numeric"}  # kinds whose answer in a few signs the legend prints


@st.composite
def _items(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Items that are marked by comparing signs, their texts made of words of their own."""
    words = iter(draw(st.permutations(_WORDS)))
    number = count(1)

    def item(kind: str, **own: Any) -> dict[str, Any]:
        n = next(number)
        return {"id": f"q{n}", "kind": kind, "prompt": f"Ask {next(words)} now."} | own

    made = []
    for size in draw(st.lists(st.integers(2, 5), min_size=1, max_size=3)):
        right = draw(st.integers(0, size - 1))
        options: list[dict[str, str]] = [{"right" if n == right else "wrong": next(words)} for n in range(size)]
        if draw(st.booleans()):
            options[-1]["pin"] = "last"
        made.append(item("mcq", options=options))
    several = [{key: next(words)} for key in ("right", "wrong", "right", "wrong")]
    made.append(item("mcq", options=several, multiple="true"))
    made.append(item("truefalse", answer=draw(st.sampled_from(["true", "false"])), correction=next(words)))
    pairs = [[next(words), next(words)] for _ in range(draw(st.integers(2, 4)))]
    made.append(item("matching", pairs=pairs, distractors=[next(words)]))
    made.append(item("ordering", sequence=[next(words) for _ in range(draw(st.integers(2, 5)))]))
    return made


def _asked(text: str, made: Course, entries: Iterable[QuizItem]) -> Iterator[tuple[QuizItem, Item, str]]:
    """What stands on the paper from each prompt to the next one."""
    entries = list(entries)
    starts = [text.index(squeezed(made.by_id[entry.id].prompt)) for entry in entries]
    assert starts == sorted(starts), "questions stand in the order of their numbers"
    for entry, start, end in zip(entries, starts, [*starts[1:], len(text)], strict=True):
        yield entry, made.by_id[entry.id], text[start:end]


def _solution(item: Item, block: str) -> tuple[str, ...]:
    """What a candidate who knows the answer marks, from the signs that are printed beside the texts."""

    def sign(text: str) -> str:
        found = re.search(rf"([A-Z])\)?{text}", block)
        assert found, (text, block)
        return found[1]

    match item:
        case Mcq():
            return tuple(sorted(sign(option.text) for option in item.options if option.is_right))
        case TrueFalse():
            return ("true" if item.answer else "false",)
        case Matching():
            return tuple(sign(right) for _, right in item.pairs)
        case Ordering():
            placed = {sign(step): str(place) for place, step in enumerate(item.sequence, 1)}
            return tuple(placed[letter] for letter in sorted(placed))
        case Basic() | Reversed() | Cloze() | Occlusion() | Numeric() | Short() | Essay():
            raise AssertionError(item)


def _others(entry: QuizItem) -> Iterator[tuple[str, ...]]:
    """Answers that differ from the key in one sign."""
    signs = {"truefalse": ("true", "false"), "ordering": tuple(map(str, range(1, len(entry.order) + 1)))}
    for place, right in enumerate(entry.key):
        for sign in signs.get(entry.kind, tuple(LETTERS[: len(entry.order)])):
            if sign != right:
                yield (*entry.key[:place], sign, *entry.key[place + 1 :])


def _score(entry: QuizItem, given: tuple[str, ...]) -> float:
    """All marks for the key, none for anything else; letters of a choice in any order."""
    key, marked = (sorted(entry.key), sorted(given)) if entry.kind == "mcq" else (list(entry.key), list(given))
    return entry.points if key == marked else 0


@pytest.mark.slow
@given(_items(), st.text(st.characters(categories=["L", "N"]), max_size=5))
@settings(max_examples=15)
def test_each_versions_key_is_right_for_its_own_shuffle(items: list[dict[str, Any]], seed: str) -> None:
    """Answers read off the printed paper get full marks by quiz.json, any other answer does not, and the key agrees."""
    made = course_of(items)
    files = papers.files(made, quiz_of(made, versions=3, seed=seed))
    record = Quiz.model_validate_json(files["quiz.json"])
    assert record.points == sum(item.points for item in made.items)
    for version in record.versions:
        text, key = (said(reader(files[f"{name}-{version.name}.pdf"])) for name in ("paper", "key"))
        full = 0.0
        for entry, item, block in _asked(text, made, version.items):
            full += _score(entry, _solution(item, block))
            assert not any(_score(entry, other) for other in _others(entry) if sorted(other) != sorted(entry.key))
            words = [{"true": "True", "false": "False"}.get(sign, sign) for sign in entry.key]
            assert f"{entry.number}.{''.join(words)}" in key[: key.index("Part1:")]
        assert full == record.points


def test_versions_ask_the_same_in_another_order() -> None:
    """No two of four versions agree in the order of questions and options, all ask the same for the same marks."""
    made = course_of([EXAMPLES[0].model_copy(update={"id": f"item-{n}", "prompt": f"Which {n}?"}) for n in range(9)])
    versions = quiz_of(made, versions=4).versions
    assert [version.name for version in versions] == ["A", "B", "C", "D"]
    assert len({tuple(entry.id for entry in version.items) for version in versions}) == 4
    assert len({tuple(sorted((e.id, e.points, e.digest) for e in version.items)) for version in versions}) == 1
    assert len({tuple(sorted((e.id, e.order) for e in version.items)) for version in versions}) == 4


@pytest.mark.slow
def test_legend_says_where_each_question_stands_in_each_version() -> None:
    """One row a question: its number and answer in every version."""
    made = course_of(EXAMPLES)
    quiz = quiz_of(made, versions=9)
    text = said(reader(papers.files(made, quiz)["versions.pdf"]))
    for entry in quiz.items:
        for names in ("ABCDEFG", "HI"):  # what one table holds
            cells = "".join(
                f"{own.number}{squeezed(''.join(own.key)) if own.kind in BRIEF else ''}"
                for own in (next(e for e in quiz.version(name).items if e.id == entry.id) for name in names)
            )
            if entry.kind != "truefalse":
                assert cells in text, entry.id
    assert "VersionI" in text


def test_legend_shows_the_start_of_a_question_with_its_formulas() -> None:
    """As they are drawn, as far as a line holds them; what is too wide for it is left out with a sign that more follows."""
    long = " + ".join(f"x_{{{n}}}" for n in range(30))
    prompts = {
        "brief": r"Is $\frac{a}{b}$ so?",
        "late": f"Some words before it $x^2$ {'word ' * 20}",
        "long": f"See ${long}$.",
    }
    made = course_of(
        [
            {"id": name, "kind": "basic", "math": True, "prompt": prompt, "answer": "so"}
            for name, prompt in prompts.items()
        ]
    )
    for size in (11, 24):
        legend = reader(papers.files(made, quiz_of(made, versions=2, size=size))["versions.pdf"])
        assert r"\frac{a}{b}" in alternatives(legend)
        assert ("x^2" in alternatives(legend)) == (size == 11)
        assert long not in alternatives(legend)
        text = said(legend)
        assert text.count("\u2026") == 2
        assert "Is" in text
        assert "See\u2026" in text


def test_marking_guide_holds_numbers_and_open_questions_alone() -> None:
    """Under the part and number of the paper: ranges, key points and rubrics with their marks, and room for those awarded."""
    made = course_of(EXAMPLES)
    files = papers.files(made, quiz_of(made, choose={"essay": 1}))
    text = said(reader(files["guide-A.pdf"]))
    paper = said(reader(files["paper-A.pdf"]))
    for part in ("Part8:Numbers", "Part9:Shortanswers", "Part10:Essays"):
        assert part in text
        assert part in paper
    assert "SECRETpoint3marksSECRETmore1mark" in text
    assert "19.63to19.65SECRETm1mark18.2to21.3SECRETm:SECRETrough0.5marks" in text
    assert "SECRETcriterion6SECRETnoneSECRETsomeSECRETall" in text
    assert "Awarded" in text
    assert "Answer1ofthe1questionsofthispart." in text
    assert "Whichsingle" not in text
    assert "guide-A.pdf" not in papers.files(made, quiz_of(course_of(EXAMPLES[:3])))


def test_a_question_to_choose_counts_once() -> None:
    """Where one of three essays is answered, the paper is worth one."""
    essay = EXAMPLES[-1]
    made = course_of([essay.model_copy(update={"id": f"essay-{n}"}) for n in range(3)])
    quiz = quiz_of(made, choose={"essay": 1})
    assert quiz.points == 6
    text = said(reader(papers.files(made, quiz)["paper-A.pdf"]))
    assert "3questions6marks" in text
    assert "Answer1ofthe3questionsofthispart." in text

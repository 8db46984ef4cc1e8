"""How papers and keys say by which rule a question is scored, and how they write half marks."""

from __future__ import annotations

import html
import re
from fractions import Fraction
from typing import Any

import pytest

from builder.printing import papers
from builder.printing.rules import rule_in_words
from builder.wording import languages, wording
from tests.make import documents
from tests.make.course import course_of
from tests.make.papers import quiz_of, reader, said, squeezed


def _choice(name: str, scoring: Any = None, *, right: int = 1, wrong: int = 3, marks: str = "1") -> dict[str, Any]:
    options = [
        *({"right": f"{name} yes {n}"} for n in range(right)),
        *({"wrong": f"{name} no {n}"} for n in range(wrong)),
    ]
    item = {"id": name, "kind": "mcq", "prompt": f"Which {name}?", "options": options, "marks": marks}
    return item | ({"multiple": True} if right > 1 else {}) | ({"scoring": scoring} if scoring else {})


PAIRS = {"kind": "matching", "prompt": "Match.", "pairs": [["a", "b"], ["c", "d"]], "marks": "3"}
STEPS = {"kind": "ordering", "prompt": "Order.", "sequence": ["a", "b", "c", "d"], "marks": "2"}
GAPS = {"kind": "cloze", "prompt": "{{c1::a}} and {{c2::b}}"}
LIE = {"kind": "truefalse", "prompt": "It is so.", "answer": False}
IN_WORDS: list[tuple[dict[str, Any], Any, str]] = [
    (_choice("q"), {"penalty": "1/4"}, "A wrong choice costs 1/4 mark."),
    (_choice("q", marks="2"), {"penalty": "1/4"}, "A wrong choice costs 0.5 marks."),
    (_choice("q", marks="5"), {"penalty": "1/3"}, "A wrong choice costs 1 2/3 marks."),
    (_choice("q"), {"penalty": "0"}, "A wrong choice costs nothing."),
    (_choice("q", right=2), "all", "No mark is given unless all and only the right ones are chosen."),
    (
        _choice("q", right=2),
        {"penalty": "1"},
        "No mark is given unless all and only the right ones are chosen. A wrong choice costs 1 mark.",
    ),
    (
        _choice("q", right=2, marks="2.5"),
        "each",
        "Each option that is rightly chosen or rightly left earns 0.5 marks. Choosing none earns nothing.",
    ),
    (
        _choice("q", right=2),
        "each-minus",
        "Each right one that is chosen earns 0.5 marks, each wrong one costs 1/3 mark. The question never earns less than 0.",
    ),
    (
        _choice("q", right=2),
        {"rule": "each-minus", "penalty": "0.25", "negative": True},
        "Each right one that is chosen earns 0.5 marks, each wrong one costs 1/4 mark. The question can earn less than 0.",
    ),
    (_choice("q", right=2), {"rule": "each-minus", "penalty": "0"}, "Each right one that is chosen earns 0.5 marks."),
    (LIE, {"penalty": "1/2"}, "A wrong choice costs 1 mark."),
    (PAIRS, "all", "No mark is given unless every pair is right."),
    (PAIRS, "each", "Each right pair earns 1.5 marks."),
    (STEPS, "all", "No mark is given unless the whole order is right."),
    (STEPS, "neighbours", "Each step that rightly follows the one before it earns 2/3 mark."),
    (STEPS, "positions", "Each step in its right place earns 0.5 marks."),
    (GAPS, "all", "No mark is given unless every gap is right."),
    (GAPS, "each", "Each right gap earns 1 mark."),
]


def _words(item: dict[str, Any], scoring: Any, language: str = "en") -> str:
    course = course_of([item | {"id": "q"} | ({"scoring": scoring} if scoring else {})])
    (entry,) = quiz_of(course).items
    return rule_in_words(wording(language), entry, course.items[0])


@pytest.mark.parametrize(("item", "scoring", "words"), IN_WORDS)
def test_a_rule_is_said_in_plain_words(item: dict[str, Any], scoring: Any, words: str) -> None:
    """With the marks that something earns or costs, exact; where no rule is said, nothing is."""
    assert _words(item, scoring) == words
    assert _words(item, None) == ""


@pytest.mark.parametrize("language", languages())
def test_every_language_says_every_rule(language: str) -> None:
    """No two rules read alike, and each says its amounts in the words of the language."""
    words = [_words(item, scoring, language) for item, scoring, _ in IN_WORDS]
    assert len(set(words)) == len({said for *_, said in IN_WORDS})
    assert not any("{" in it for it in words)
    amounts = [wording(language).amount(Fraction(n)) for n in ("1/4", "1/2", "1", "5/3", "2")]
    assert len(set(amounts)) == len(amounts)
    assert amounts[0] in words[0]
    assert amounts[3] in words[2]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1/4 mark", "0.5 marks", "1 mark", "1.5 marks", "1 1/3 marks", "2 marks", "12.5 marks"]),
        ("de", ["1/4 Punkt", "0,5 Punkte", "1 Punkt", "1,5 Punkte", "1 1/3 Punkte", "2 Punkte", "12,5 Punkte"]),
        ("es", ["1/4 de punto", "0,5 puntos", "1 punto", "1,5 puntos", "1 1/3 puntos", "2 puntos", "12,5 puntos"]),
        ("fr", ["1/4 de point", "0,5 point", "1 point", "1,5 point", "1 1/3 point", "2 points", "12,5 points"]),
    ],
)
def test_marks_are_written_as_the_language_writes_them(language: str, said: list[str]) -> None:
    """With its comma or point, and with its noun in the right form."""
    given = ["1/4", "1/2", "1", "3/2", "4/3", "2", "25/2"]
    assert [wording(language).amount(Fraction(n)) for n in given] == said


def _read(items: list[dict[str, Any]], **edition: Any) -> dict[str, str]:
    """What paper and key of these items say, by file, without spaces."""
    course = course_of(items)
    files = papers.files(course, quiz_of(course, formats=("pdf", "docx", "html", "md"), **edition))
    told = {name: said(reader(data)) for name, data in files.items() if name.endswith(".pdf")}
    told |= {n: squeezed(documents.text_of(documents.opened(d))) for n, d in files.items() if n.endswith(".docx")}
    pages = {
        name: re.sub(r"<[^>]*>", "", html.unescape(d.decode())) for name, d in files.items() if name.endswith(".html")
    }
    texts = {name: data.decode().replace("\\", "") for name, data in files.items() if name.endswith(".md")}
    return told | {name: squeezed(text) for name, text in (pages | texts).items()}


FORMS = ("pdf", "docx", "html", "md")


@pytest.mark.parametrize("answers", ["sheet", "inline"])
def test_a_rule_of_all_questions_of_a_part_is_said_once(answers: str) -> None:
    """Below the heading of the part, before its first question; the key says it at each question."""
    told = _read([_choice(name, {"penalty": "1/4"}) for name in ("apples", "pears")], answers=answers)
    rule = squeezed("A wrong choice costs 1/4 mark.")
    for form in FORMS:
        paper = told[f"paper-A.{form}"]
        assert paper.count(rule) == 1
        assert paper.index(rule) < min(paper.index("Whichapples?"), paper.index("Whichpears?"))
        assert told[f"key-A.{form}"].count(rule) == 2


def test_most_questions_leave_their_rule_to_the_heading() -> None:
    """The heading of the part says it, and that a question may say otherwise; one that does says its own."""
    cheap = [_choice(name, {"penalty": "1/4"}) for name in ("apples", "pears")]
    told = _read([*cheap, _choice("plums", {"penalty": "0"}), _choice("figs", "each", right=2)])
    common = squeezed("A wrong choice costs 1/4 mark. Where a question says otherwise, that counts.")
    for form in FORMS:
        paper = told[f"paper-A.{form}"]
        assert paper.count("costs1/4mark") == paper.count(common) == 1
        parts = {name: paper[paper.index(f"Which{name}?") :].split("Which")[1] for name in ("apples", "plums", "figs")}
        assert "costs" not in parts["apples"]
        assert "Awrongchoicecostsnothing." in parts["plums"]
        assert "rightlychosenorrightlyleft" in parts["figs"]


def test_where_a_question_has_no_rule_the_others_say_their_own() -> None:
    """Each rule stands after the prompt that it is for, and what has no rule is not drawn into another's."""
    items = [_choice("apples", {"penalty": "1/4"}), _choice("pears", {"penalty": "1/3"}), _choice("plums")]
    told = _read(items)
    for form in FORMS:
        paper = told[f"paper-A.{form}"]
        for name, share in (("apples", "1/4"), ("pears", "1/3")):
            after = paper[paper.index(f"Which{name}?") :]
            rule = squeezed(f"A wrong choice costs {share} mark.")
            assert after.index(rule) < after.index(f"{name}yes0")
        assert "costs" not in paper[paper.index("Whichplums?") :].split("Which")[1]
        assert paper.count("Awrongchoicecosts") == told[f"key-A.{form}"].count("Awrongchoicecosts") == 2


def test_half_marks_stand_wherever_marks_stand() -> None:
    """Questions, parts and sums of the paper, key points and criteria of key and guide, with the comma of the language."""
    short = {
        "id": "s",
        "kind": "short",
        "prompt": "Why?",
        "key_points": [{"point": "so", "marks": "1.5"}, {"point": "thus", "marks": "2"}],
    }
    rubric = [{"criterion": "Aim", "marks": "4.5", "levels": ["low", "high"]}]
    essay = {"id": "e", "kind": "essay", "prompt": "Discuss.", "rubric": rubric}
    told = _read([_choice("apples", marks="0.5"), short, essay], language="de")
    for form in FORMS:
        paper = told[f"paper-A.{form}"]
        assert all(squeezed(text) in paper for text in ("[0,5 Punkte]", "[3,5 Punkte]", "[4,5 Punkte]", "8,5 Punkte"))
        assert not re.search(r"\d\.5Punkt", paper)
    for name in ("key-A.pdf", "key-A.docx", "key-A.html", "key-A.md", "guide-A.pdf"):
        assert squeezed("1,5 Punkte") in told[name]
        assert "4,5" in told[name].replace("[4,5Punkte]", "")

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from builder.exchange import guessed
from builder.exchange import list as form
from tests.exchange.trip import taken

if TYPE_CHECKING:
    from builder.exchange._frame import Read


def said(read: Read) -> list[dict[str, Any]]:
    """What each item says, but for its id."""
    return [item.model_dump(mode="json", exclude_defaults=True, exclude={"id"}) for item in taken(read)]


def only(text: str) -> dict[str, Any]:
    """What the one question of a text says, of which nothing is lost."""
    read = form.read("x.md", text.encode())
    assert read.notes == []
    (found,) = said(read)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "1. Where?\na) Paris\n*b) Rome\nc) Oslo",
        "1) Where?\n\nA. Paris\nB. Rome *\nC. Oslo",
        "1. Where?\n(a) Paris\n(b) **Rome**\n(c) Oslo",
        "**1. Where?**\n\na) Paris\n**b) Rome**\nc) Oslo",
        "1. Where?\n  A) Paris    B) Rome    C) Oslo\nAnswer: B",
        "Frage 1: Where?\na) Paris\nb) Rome\nc) Oslo\n**Lösung:** (b)",
        "1. Where?\na. Paris\nb. Rome\nc. Oslo\nCorrect answer: Rome",
        "1. Where?\na) Paris\nb) Rome\nc) Oslo\n\n## Answer key\n1. B",
        "7. Where?\na) Paris\nb) Rome\nc) Oslo\n\nAnswers:\n| 7 | b |",
        "### Question 1\nWhere?\n\n- [ ] Paris\n- [x] Rome\n- [ ] Oslo",
        "1. Where?\n( ) Paris\n(x) Rome\n( ) Oslo",
        "1. Where?\n☐ Paris\n☒ Rome\n☐ Oslo",
        "1. Where?\nRespuestas:\na) Paris\n*b) Rome\nc) Oslo",
    ],
)
def test_the_right_option_is_told_however_it_is_marked(text: str) -> None:
    """By star, bold letters, tick, line or key; options below each other or beside each other."""
    options = [{"wrong": "Paris"}, {"right": "Rome"}, {"wrong": "Oslo"}]
    assert only(text) == {"kind": "mcq", "prompt": "Where?", "options": options}


@pytest.mark.parametrize(
    ("signs", "right"),
    [("○●○", "b"), ("□■□", "b"), ("▫▪▪", "bc"), ("☐☑☐", "b"), ("◯◉◯", "b"), ("◻◻◼", "c"), ("☐☒☒", "bc")],
)
def test_a_sign_that_only_some_options_have_is_a_key(signs: str, right: str) -> None:
    """Filled or ticked are the right ones, whatever is drawn, in front of letters too."""
    for text in ("1. Where?\n{} Paris\n{} Rome\n{} Oslo", "1. Where?\n{} a) Paris\n{} b) Rome\n{} c) Oslo"):
        options = only(text.format(*signs))["options"]
        assert [next(iter(option.values())) for option in options] == ["Paris", "Rome", "Oslo"]
        assert "".join("abc"[i] for i, option in enumerate(options) if "right" in option) == right


@pytest.mark.parametrize("sign", "■▪●◼☑☒☐□○")
def test_a_sign_that_all_options_have_is_no_key(sign: str) -> None:
    """It is a bullet: what else says which one is right decides, and without that the question is left out and named."""
    plain = f"1. Where?\n{sign} Paris\n{sign} Rome\n{sign} Oslo"
    for text in (
        f"{plain}\nAnswer: B",
        f"{plain}\nAnswer: Rome",
        f"{plain}\n\n## Answer key\n1. B",
        plain.replace("Rome", "**Rome**"),
    ):
        assert only(text)["options"] == [{"wrong": "Paris"}, {"right": "Rome"}, {"wrong": "Oslo"}]
    read = form.read("x.md", plain.encode())
    assert (read.entries, [note.span.line for note in read.notes]) == ([], [1])
    assert "is left out" in read.notes[0].message
    assert "'Answer: B'" in read.notes[0].message
    assert (f"{sign} stands before all options" in read.notes[0].message) == (sign in "■▪●◼☑☒")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1. Where?\n☒ Paris\n☑ Rome\n☐ Oslo", "its options begin with ☒ and ☑, and which of these says"),
        ("1. Where?\n▪ Paris\n■ Rome\n□ Oslo", "its options begin with ▪ and ■, and which of these says"),
        ("1. Where?\n● Paris\n  ○ in France\n● Rome", "they may be bullets of two levels"),
        ("1. Where?\n☐ Paris\n☒ Rome\nAnswer: A", "its options and its answer say different ones"),
        ("1. Where?\na) Paris\n■ Rome\n*b) Oslo", "lines with drawn signs stand among other options"),
    ],
)
def test_signs_that_may_mean_two_things_are_named(text: str, reason: str) -> None:
    """The question is left out with the reason; an answer in words settles the first two."""
    read = form.read("x.md", text.encode())
    assert read.entries == []
    assert [reason in note.message for note in read.notes] == [True]
    if "which of these" in reason:
        options = only(f"{text}\nAnswer: B")["options"]
        assert [next(iter(option)) for option in options] == ["wrong", "right", "wrong"]


@pytest.mark.parametrize("sign", "■▪●")
def test_bullets_in_a_question_are_a_list(sign: str) -> None:
    """Where options with letters follow, or the answer is none of the lines, the lines belong to the question."""
    listed = f"1. Read:\n{sign} a point\n{sign} another\n"
    prompt = "Read:\n\n- a point\n- another"
    assert only(f"{listed}a) Paris\n*b) Rome\n") == {
        "kind": "mcq",
        "prompt": prompt,
        "options": [{"wrong": "Paris"}, {"right": "Rome"}],
    }
    assert only(f"{listed}Answer: A short text of it") == {
        "kind": "basic",
        "prompt": prompt,
        "answer": "A short text of it",
    }
    assert only(f"{listed}____")["prompt"] == prompt


def test_pairs_that_answer_a_single_question_are_no_key() -> None:
    """A key has no question that was not asked yet: here the pairs match kings and towns."""
    read = form.read(
        "x.txt", b"1. Match kings 1, 2 and towns a, b.\nAnswers: 1a, 2b\n\n2. Who is it?\nAnswer: Clovis\n"
    )
    assert [it["answer"] for it in said(read)] == ["1a, 2b", "Clovis"]


@pytest.mark.parametrize("key", ["Answers: 1b, 2 a", "**Réponses :** 1) B  2) A", "Lösungen 1b 2a"])
def test_a_key_may_stand_on_the_line_of_its_head(key: str) -> None:
    """As teachers end a sheet; a line with a single letter is the answer of the question above it."""
    read = form.read("x.txt", f"1. Where?\na) Paris\nb) Rome\n\n2. Who?\na) I\nb) you\n\n{key}\n".encode())
    assert [[next(iter(option)) for option in it["options"]] for it in said(read)] == [
        ["wrong", "right"],
        ["right", "wrong"],
    ]
    assert read.notes == []


@pytest.mark.parametrize("text", ["1. Which?\n[*] a\n[ ] b\n[*] c", "1. Which?\na) a\nb) b\nc) c\nAnswers: A, C"])
def test_several_may_be_right(text: str) -> None:
    """By boxes or letters."""
    found = only(text)
    assert found["multiple"] is True
    assert [next(iter(option)) for option in found["options"]] == ["right", "wrong", "right"]


def test_reasons_stand_where_text2qti_has_them() -> None:
    """Below an option, and below the question; points stand above it, formulas in it."""
    found = only("Points: 2.5\n1.  Is $x^2$ for \\$5\n    even?\n... In general.\n*a)  Yes\n...  So it is.\nb)  No\n")
    assert found == {
        "kind": "mcq",
        "prompt": "Is $x^2$ for \\$5 even?",
        "explanation": "In general.",
        "options": [{"right": "Yes", "why": "So it is."}, {"wrong": "No"}],
        "marks": 2.5,
        "math": True,
    }


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("1. Q?\n*   word\n*   other", {"kind": "basic", "answer": "word", "accept": ["other"]}),
        ("1. Q?\n=   3.5 +- 0.1", {"kind": "numeric", "answer": "3.5", "tolerance": "0.1"}),
        ("1. Q?\n= 12", {"kind": "numeric", "answer": "12"}),
        ("1. Q?\nAnswer: forty-two", {"kind": "basic", "answer": "forty-two"}),
        ("1. Q?\nAntwort: falsch", {"kind": "truefalse", "answer": False}),
        ("1. Q?\na) True\n*b) False", {"kind": "truefalse", "answer": False}),
    ],
)
def test_questions_without_a_choice(text: str, answer: dict[str, Any]) -> None:
    """Short answers, numbers and statements."""
    assert only(text) == {"prompt": "Q?", **answer}


def test_an_answer_in_sentences_is_a_draft() -> None:
    """What earns marks is to be written by hand."""
    found = only("1. Discuss.\n____")
    assert (found["kind"], found["status"]) == ("short", "draft")


def test_blocks_stay_and_a_number_in_a_text_is_none_of_a_question() -> None:
    """A program and a list in a question belong to it."""
    found = only("1. See:\n\n```python\n1. x\na) y\n```\n\n1. one\n3. three\n\nWhat?\na) x\n*b) y")
    assert found["prompt"] == "See:\n\n```python\n1. x\na) y\n```\n\n1. one\n2. three\n\nWhat?"


def test_what_is_lost_or_left_out_is_named_by_its_line() -> None:
    """Titles, text between questions, a program to be run, a question without a right answer; the others come."""
    text = (
        "Quiz title: T\n1. Q?\n*a) x\nb) y\n\nPart two\n2. R?\na) x\nb) y\n3. S?\nAnswer: z\n"
        "```{.python .run}\nprint(1)\n```\n- [x]\n"
    )
    read = form.read("x.txt", text.encode())
    assert [(note.span.line, note.severity.value) for note in read.notes] == [
        (1, "warning"),
        (6, "warning"),
        (12, "warning"),
        (7, "error"),
    ]
    assert [item["prompt"] for item in said(read)] == ["Q?", "S?"]


def test_a_number_that_stands_twice_is_in_no_key() -> None:
    """Where numbers begin anew, a key does not say which question it means."""
    text = "1. Q?\na) x\nb) y\n1. R?\na) x\nb) y\n2. S?\na) x\nb) y\nAnswer key\n1. A 2. B\n"
    read = form.read("x.txt", text.encode())
    assert [item["prompt"] for item in said(read)] == ["S?"]
    assert len(read.notes) == 2


@pytest.mark.parametrize(
    "text",
    [
        "1. " + "*" * 50_000,
        "1. Q\na) " + " " * 200_000 + "x",
        "1. Q\n" + "answer: " + "*_" * 100_000,
        "1. Q\na) x\nKey\n" + "1. A " * 50_000 + "!",
        "1. Q\n" + "\n" * 50_000,
        "1. Q\n" + "a) x\n" * 10_000,
        "".join(f"{n}. Q\n" for n in range(1, 5_000)),
        "1. " + "$" * 20_000,
    ],
    ids=["stars", "spaces", "answer", "key", "lines", "options", "questions", "dollars"],
)
def test_a_hostile_text_is_read_in_time(text: str) -> None:
    """However its signs are repeated."""
    start = time.process_time()
    form.looks_like("x.txt", text.encode())
    form.read("x.txt", text.encode())
    assert time.process_time() - start < 10


def test_the_format_is_known_by_its_numbers_and_letters() -> None:
    """In a text or Markdown file."""
    assert guessed("x.txt", b"1. Q\na) x\n*b) y\n") == guessed("x.md", b"## Question 1: Q\n- [x] y\n") == "list"

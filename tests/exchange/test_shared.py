"""What a teacher expects of files that people share: right answers, feedback, and word of what is lost."""

from __future__ import annotations

from typing import Any

import pytest

from builder.exchange import csv
from builder.exchange import list as lists
from tests.exchange.test_public import items, notes
from tests.exchange.trip import taken


def options(item: dict[str, Any]) -> str:
    """The options of an item on one line, the right ones with a star."""
    return " ".join(f"*{it['right']}" if "right" in it else it["wrong"] for it in item["options"])


def test_canvas_new_quizzes_say_how_a_gap_is_answered() -> None:
    """All that may be typed is right; words of a bank stay one; a sorting is a matching; empty rows go."""
    found = items("canvas-new-quizzes.xml")
    assert found["f1"]["prompt"] == "A {{c1::soft}} stone and a {{c2::hard}} one."
    assert found["f1"]["accept"] == {"c1": ["weak"]}
    assert found["f2"]["word_bank"] == ["oil"]
    assert found["c1"]["pairs"] == [
        ["calcite", "carbonates"], ["aragonite", "carbonates"], ["beryl", "silicates"], ["quartz", "silicates"],
    ]  # fmt: skip
    assert (found["m1"]["pairs"], found["m1"]["distractors"]) == (
        [["halite", "salty"], ["pyrite", "brassy"]], ["pearly"],
    )  # fmt: skip
    assert (found["n1"]["answer"], found["n1"]["tolerance"], found["n1"]["marks"]) == ("19.3", "0.1", 2)
    assert notes("canvas-new-quizzes.xml") == [
        "a gap that takes what has its answer in it takes the answer alone (in 'Gaps')",
        "what belongs to no category is dropped (in 'Sorting')",
        "what the quiz takes from a bank is not in the file, and is left out: export the bank too",
    ]


def test_tao_and_blackboard_have_keys_of_their_own_in_qti_2() -> None:
    """A mapping takes marks away; a score is a sum over gaps; a condition without a score is a match."""
    tao, ultra = items("tao.zip"), items("blackboard.zip")
    assert options(tao["i601"]) == "*chalk quartz *marble"
    assert (tao["i601"]["scoring"]["penalty"], tao["i601"]["prompt"]) == ("1/2", "Which fizz in **acid**?")
    assert tao["i602"]["prompt"] == "The softest is {{c1::talc}}, the hardest is {{c2::diamond}}."
    assert notes("tao.zip") == ["a gap to choose for becomes one to fill: its wrong options are dropped: topaz"]
    assert (options(ultra["que-c0de-0001"]), ultra["que-c0de-0001"]["order"]) == ("*halite *sylvite amber", "author")
    assert ultra["que-c0de-0001"]["prompt"] == "Which are salts? H~2~O is none."
    assert ultra["que-c0de-0002"]["sequence"] == ["talc", "calcite", "topaz"]


def test_aiken_is_typed_in_any_case_and_over_lines() -> None:
    """Small letters, a space before the colon, two lines of a question; numbers go where they count the questions."""
    assert [(it["prompt"], options(it)) for it in items("aiken-loose.txt").values()] == [
        ("Which stone is the softest?", "quartz *talc topaz"),
        ("A stone that floats is full of gas. Which one is meant?", "basalt *pumice gneiss"),
        ("Amber is a mineral.", "True *False"),
    ]
    assert [(it["prompt"], options(it)) for it in items("aiken-numbered.txt").values()] == [
        ("Which rock was molten once?", "chalk *granite slate"),
        ("Which gem is a resin?", "jet opal *amber pearl"),
    ]
    assert notes("aiken-loose.txt") + notes("aiken-numbered.txt") == []


def test_auto_multiple_choice_has_groups_scores_and_open_questions() -> None:
    """Names that are no ids, questions and answers over lines, scoring of one question and of one choice."""
    found = items("auto-multiple-choice.txt")
    assert (options(found["moh"]), found["moh"]["order"]) == ("5 6 *7", "author")
    assert options(found["which-acid-do-geologists-carry"]) == "*hydrochloric acid a thin vinegar..."
    assert options(found["which-rocks-were-molten-once"]) == "*basalt *granite chalk"
    assert found["why-does-pumice-float"]["status"] == "draft"
    assert "the scoring {b=1,m=-0.5} has no counterpart, and is dropped" in notes("auto-multiple-choice.txt")


def test_exercises_for_r_come_alone_or_in_an_archive() -> None:
    """Each statement has its reason; code that makes nothing is no hindrance; headings have two forms."""
    (one,) = items("exercise.Rmd").values()
    assert [next(iter(it)) for it in one["options"]] == ["right", "wrong", "right"]
    assert one["options"][1]["why"] == "It is a glass."
    found = items("exercises.zip")
    assert (found["streak"]["answer"], found["streak"]["tolerance"], found["streak"]["theme"]) == (
        "14", "0.01", "stones",
    )  # fmt: skip
    assert found["rust"]["answer"] == "verdigris"
    assert options(found["two"]) == "*Iceland spar Rock salt Fluorite"
    assert notes("exercise.Rmd") + notes("exercises.zip") == []


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("starred.docx", ["quartz *talc", "*halite amber *sylvite"]),
        ("bold.docx", ["basalt *pumice gneiss", "*chalk quartz talc"]),
        ("lists.docx", ["jet *amber", "*gold opal"]),
    ],
)
def test_word_lists_mark_what_is_right_in_many_ways(name: str, wanted: list[str]) -> None:
    """A star before a letter, bold letters without any letter before, and Word's own lists with a key at the end."""
    assert [options(it) for it in items(name).values()] == wanted
    assert notes(name) == []


def test_a_heading_in_bold_letters_is_no_option() -> None:
    """Nor are lines below a question that has its answer."""
    text = "1. Which is soft?\n**Hint:**\ntalc\n\n2. Which is hard?\n**x**\ny\nAnswer: topaz\n"
    (item,) = taken(lists.read("a.txt", text.encode()))
    assert item.kind == "basic"


def test_wayground_explains_its_columns_below_their_heads() -> None:
    """Numbers of options, several of them, right answers as options of what is typed; a poll has no answer."""
    found = items("wayground.xlsx")
    assert options(found["which-floats"]) == "basalt *pumice gneiss"
    assert found["which-floats"]["explanation"] == "It is full of gas."
    assert options(found["which-are-salts"]) == "*halite amber *sylvite"
    assert (found["the-softest-mineral"]["answer"], found["the-softest-mineral"]["accept"]) == ("talc", ["talcum"])
    assert found["why-does-pumice-float"]["status"] == "draft"
    assert notes("wayground.xlsx") == ["'Do you like stones?' is left out: it has no answer"]


def test_a_list_to_choose_from_that_is_alone_in_moodles_text_is_a_choice() -> None:
    """With its feedback, and with a line where words follow; beside other gaps it is one to fill."""
    found = items("moodle-cloze.xml")
    assert options(found["softest"]) == "quartz *talc topaz"
    assert (found["softest"]["prompt"], found["softest"]["options"][0]["why"]) == (
        "Which stone is the softest?", "No, that is 7.",
    )  # fmt: skip
    assert (found["gas"]["prompt"], found["gas"]["marks"]) == (r"A stone full of \_\_\_\_\_ can float.", 2)
    assert (options(found["salts"]), found["salts"]["multiple"]) == ("*halite *sylvite amber", True)
    assert found["two"]["prompt"] == "A {{c1::soft}} stone, a {{c2::hard}} one."
    assert notes("moodle-cloze.xml") == ["a gap to choose for becomes one to fill: its wrong options are dropped: wet"]


def test_terms_have_whatever_signs_their_program_was_told() -> None:
    """A dash between spaces, not one in a word; commas and semicolons on one line."""
    dashes = [(it["prompt"], it["answer"]) for it in items("quizlet-dashes.txt").values()]
    assert dashes[1:] == [
        ("halite", "rock salt, which is salty"), ("fool's gold", "pyrite"), ("agate", "a well-banded chalcedony"),
    ]  # fmt: skip
    assert [(it["prompt"], it["answer"]) for it in items("cram.txt").values()][1] == (
        "der Gips", "the plaster, the gypsum",
    )  # fmt: skip
    for text in ("one - 1\ntwo - 2\n", "- a - b\n- c - d\n- e - f\n", "a - b\nc - d\nand so on\n", "a,b;c,;d,e"):
        assert not csv.looks_like("notes.txt", text.encode())


@pytest.mark.parametrize("name", ["deck.apkg", "everything.colpkg"])
def test_decks_of_anki_keep_their_decks_and_kinds(name: str) -> None:
    """Decks below decks are themes, and a sound that isn't there is named."""
    talc, halite, gold, chalk = items(name).values()
    assert (talc["prompt"], talc["answer"], talc["theme"]) == (
        "What is **talc**?", "A soft mineral\\\nin sheets", "stones-soft",
    )  # fmt: skip
    assert (halite["kind"], halite["reverse_answer"]) == ("reversed", "halite")
    assert (gold["answer"], gold["theme"]) == ("Au", "stones-metals")
    assert chalk["prompt"] == "{{c1::Chalk}} and {{c1::marble}} are {{c2::carbonates::class}}."
    assert notes(name) == ["a picture or recording is not in the file: talc.mp3"]

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.diagnostics import Severity
from builder.rules import run
from builder.rules.m10_clang import names
from builder.rules.x01_duplicate import alike
from builder.rules.x02_cross_item_cue import cues
from builder.text.words import jaccard
from tests.make.course import course_of
from tests.rules.test_m_x import bank, choice

WORDS = ("grief", "letter", "mirror", "voice", "city", "friend", "mask", "loss", "bond", "date", "lunch", "roof")


def card(item_id: str, prompt: str, answer: str, **more: Any) -> dict[str, Any]:
    """A basic card."""
    return {"id": item_id, "kind": "basic", "prompt": prompt, "answer": answer} | more


STUCK = card("b-stuck", "Which of Worden's tasks does the paper on *Her* say that Theodore is stuck in?", "The second")


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (
            card("a", "In which of Worden's tasks does the paper say that Theodore is *stuck*?", "the second."),
            ["error"],
        ),
        (card("a", "Which of Worden's tasks holds Theodore stuck, does the paper say?", "The second"), ["error"]),
        (card("a", "Which task does the paper say that Theodore is stuck in?", "The second"), ["error"]),
        (card("a", "Which task of mourning does the paper say Theodore is stuck in?", "The second"), ["warning"]),
        (card("a", "Which task of mourning does Worden name after acceptance?", "The second"), []),
        (card("a", STUCK["prompt"], "Processing the pain"), []),
        (card("a", STUCK["prompt"], STUCK["answer"], retired={"since": "2025-01-01", "reason": "twin"}), []),
    ],
    ids=[
        "marks and case",
        "word order",
        "one word less",
        "another word",
        "another question",
        "another answer",
        "retired",
    ],
)
def test_duplicates(other: dict[str, Any], found: list[str]) -> None:
    """The same answer and much the same words are a duplicate; one of them alone is none."""
    assert [str(f.severity) for f in bank(STUCK, other).findings("X01")] == found


def test_siblings_and_other_numbers_are_no_duplicates() -> None:
    """Members of a group are alike by design, and a prompt about another number asks for another thing."""
    twins = [STUCK | {"id": f"twin-{n}", "group": "twins"} for n in range(2)]
    assert bank(*twins).findings("X01") == []
    years = [
        card(f"year-{n}", f"Which task does the paper link with the year {n}?", "The second") for n in (1982, 2009)
    ]
    assert bank(*years).findings("X01") == []
    assert len(bank(*[item | {"prompt": years[0]["prompt"]} for item in years]).findings("X01")) == 1


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("reversed", {"answer": "Re-authoring", "reverse_prompt": "Who coined the term?", "reverse_answer": "White"}),
        ("truefalse", {"answer": "false", "correction": "It is the second."}),
        ("mcq", {"options": [{"right": "The second"}, {"wrong": "The first"}, {"wrong": "The third"}]}),
        ("matching", {"pairs": [["A grief", "Task one"], ["A bond", "Task two"]]}),
        ("ordering", {"sequence": ["Loss", "Pain", "World"]}),
        ("short", {"key_points": [{"point": "It is the second"}]}),
        ("essay", {"rubric": [{"criterion": "Thesis", "marks": "4", "levels": ["none", "some"]}]}),
        ("cloze", {"prompt": "Theodore, says the paper, is stuck in the {{c1::second}} of Worden's tasks."}),
    ],
)
def test_copies_are_found_in_every_kind(kind: str, fields: dict[str, Any]) -> None:
    """An item that was copied under another id is an error, whatever its kind; for a card that has two sides, twice."""
    items = [{"id": i, "kind": kind, "prompt": STUCK["prompt"]} | fields for i in ("original", "copy")]
    found = bank(*items).findings("X01")
    assert [f.severity for f in found] == [Severity.ERROR] * (2 if kind == "reversed" else 1)
    assert all("'copy'" in f.message and f.at.keys[:2] == ("items", 0) for f in found)


MIRRORS = (
    card("mirror-a", "Whom does the mirror that the paper on *Her* sees in Samantha show?", "Theodore"),
    card("mirror-b", "Whom does the mirror that the paper sees in the film *Her* show?", "Social workers"),
)


@pytest.mark.parametrize(
    ("changes", "hits"),
    [
        ({}, 1),
        ({"contrast": "mirrors"}, 0),
        ({"group": "mirrors"}, 0),
        ({"answer": "Theodore"}, 0),
        ({"prompt": "Whom, by its last page, does the paper see reflected?"}, 0),
    ],
    ids=["bare", "contrast", "group", "same answer", "other words"],
)
def test_interference(changes: dict[str, Any], hits: int) -> None:
    """Look-alikes with different answers interfere, unless a contrast or a group makes the likeness a matter."""
    items = [
        item | {key: changes[key] for key in ("contrast", "group", "answer") if key in changes} for item in MIRRORS
    ]
    items[1] |= changes
    assert len(bank(*items).findings("X04")) == hits


def test_likeness_past_a_duplicates_still_interferes() -> None:
    """Two cards with the same words and different answers are the worst case, not an exempt one."""
    (found,) = bank(MIRRORS[0], MIRRORS[0] | {"id": "mirror-c", "answer": "Amy"}).findings("X04")
    assert "likeness 1.00" in found.message
    assert found.at.keys == ("items", 1, "prompt")


def test_both_sides_of_a_reversed_card_count_and_do_not_interfere_with_each_other() -> None:
    """The way back is a card of its own; the two sides of one item are alike by design."""
    back = {"reverse_prompt": MIRRORS[0]["prompt"], "reverse_answer": "Theodore"}
    both = card("both", MIRRORS[0]["prompt"], "Samantha", kind="reversed", **back)
    assert bank(both).findings("X04") == []
    other = card("other", "Which chapter names the reader's own reflection?", "Amy", kind="reversed", **back)
    (found,) = bank(MIRRORS[1], other).findings("X04")
    assert found.at.keys[1:] in [(0, "prompt"), (1, "reverse_prompt")]


@given(
    st.lists(st.frozensets(st.sampled_from(WORDS), max_size=8), max_size=40),
    st.sampled_from([0.3, 0.5, 0.65, 0.8, 1.0]),
)
def test_likeness_search_finds_just_the_pairs_that_comparing_all_finds(
    sets: list[frozenset[str]], least: float
) -> None:
    """The index skips pairs, never one that is alike, and names none twice; likeness is Jaccard's."""
    found = [(*sorted((i, j)), share) for i, others in alike(sets, least) for j, share in others]
    assert sorted(found) == [
        (i, j, share)
        for i, j in combinations(range(len(sets)), 2)
        if (share := jaccard(sets[i], sets[j])) >= least and share
    ]


def test_likeness_search_is_exact_where_words_are_common_and_rare() -> None:
    """The same holds for longer texts with a few common words and many rare ones, as prompts have."""
    rng = random.Random("prompts")
    sets = [frozenset(str(int(400 ** rng.random())) for _ in range(rng.randint(1, 14))) for _ in range(400)]
    sets += [own - {rng.choice(sorted(own))} | {"more"} for own in sets]
    found = {tuple(sorted((i, j))) for i, others in alike(sets, 0.5) for j, _ in others}
    assert found == {(i, j) for i, j in combinations(range(len(sets)), 2) if jaccard(sets[i], sets[j]) >= 0.5}
    assert len(found) > 400


LABEL = card(
    "label", "Which two-word label does the paper give the closeness in commissioned letters?", "Manufactured intimacy"
)
ECHO = card("echo", "Why does the paper hear an echo in the manufactured intimacy of the letters?", "No tie of his own")


@pytest.mark.parametrize(
    ("other", "cued"),
    [
        (ECHO, True),
        (
            choice(
                1,
                prompt="What do commissioned letters lack?",
                options=[{"right": "A self"}, {"wrong": "Manufactured intimacy"}],
            ),
            True,
        ),
        (
            card(
                "uses",
                "Match the letters to a label.",
                "",
                kind="matching",
                pairs=[["A", "x"], ["Manufactured intimacy", "y"]],
            ),
            True,
        ),
        (
            card(
                "steps", "Order these letters.", "", kind="ordering", sequence=["A greeting", "Manufactured intimacy"]
            ),
            True,
        ),
        (ECHO | {"enemies": ["label"]}, False),
        (ECHO | {"prompt": "Why does the paper hear an echo in the intimacy of the letters?"}, False),
        (ECHO | {"prompt": "What would manufactured intimacy be among robots on the moon?"}, False),
        (ECHO | {"answer": "Manufactured intimacy", "prompt": "Which echo does the paper hear in letters?"}, False),
        (card("hidden", "The paper hears {{c1::manufactured intimacy}} in letters.", "", kind="cloze"), False),
        (choice(1, options=[{"right": "Manufactured letters"}, {"wrong": "Intimacy"}, {"wrong": "A label"}]), False),
    ],
    ids=[
        "prompt",
        "option",
        "pair",
        "step",
        "enemies",
        "half of it",
        "another matter",
        "in the answer",
        "under a blank",
        "scattered",
    ],
)
def test_cues(other: dict[str, Any], cued: bool) -> None:  # noqa: FBT001 - a table of cases
    """What another item prints gives an answer away if it holds all of it and speaks of the same thing."""
    other = {key: value for key, value in other.items() if value}
    found = [f for f in bank(LABEL, other).findings("X02") if f.at.keys[1] == 0]
    assert bool(found) is cued
    assert all(f.at.keys == ("items", 0, "answer") and f"'{other['id']}'" in f.message for f in found)


def test_a_correction_can_be_given_away() -> None:
    """Who is asked to correct a statement must not read the correction elsewhere; on paper it stands in no print."""
    false = {"kind": "truefalse", "answer": "false", "correction": "The paper hears manufactured intimacy."}
    item = {"id": "letters", "prompt": "The paper finds honest feeling in the letters."} | false
    (found,) = bank(item, ECHO).findings("X02")
    assert found.at.keys == ("items", 0, "correction")


def test_names_alone_cue_nothing() -> None:
    """An answer of the course's own names stands in every second item, and says nothing there."""
    pair = card("pair", "Whom does the last scene on the roof show?", "Theodore and Catherine")
    assert bank(pair, card("roof", "What do Theodore and Catherine see from the roof?", "Dawn")).findings("X02") == []


def test_an_option_among_the_same_options_is_no_cue() -> None:
    """Two cases to be judged by the same theories offer the same options; a prompt that holds the key still tells."""
    options = [{"right": "Complicated grief"}, {"wrong": "Secure attachment"}, {"wrong": "Simple rumination"}]
    one = choice(1, prompt="A client weeps for years. Which idea of the paper fits the client?", options=options)
    two = choice(2, prompt="A client replays a talk. Which idea of the paper fits the client?", options=options)
    assert bank(one, two).findings("X02") == []
    told = two | {"prompt": "A client in complicated grief replays a talk. Which idea of the paper fits next?"}
    assert [f.at.keys for f in bank(one, told).findings("X02")] == [("items", 0, "options", 0)]


def test_a_drawn_paper_forgives_neither_enemies_nor_siblings() -> None:
    """What the course may hold, a paper may not: `cues` names each pair, in any order of the items."""
    items = course_of([LABEL, ECHO | {"enemies": ["label"], "group": "letters"}, choice(1)]).items
    for order in (items, items[::-1]):
        (cue,) = cues(order)
        assert (cue.answer.item.id, cue.by.id) == ("label", "echo")
        assert cue.shared == {"letter", "paper"}
    (cue,) = cues(items, names(bank(LABEL).course))
    assert cue.shared == {"letter"}


def test_one_answer_names_some_of_many_cues() -> None:
    """Five items that give one answer away make one finding, which names four of them."""
    (found,) = bank(LABEL, *[ECHO | {"id": f"echo-{n}"} for n in range(5)]).findings("X02")
    assert found.message.count("'echo-") == 4
    assert "and others" in found.message


@given(st.randoms(use_true_random=False))
def test_findings_across_items_do_not_depend_on_their_order(rng: random.Random) -> None:
    """Shuffled items give the same findings on the same items, in the rules that compare items."""
    items = [STUCK, STUCK | {"id": "a"}, *MIRRORS, LABEL, *[ECHO | {"id": f"echo-{n}"} for n in range(7)]]
    wanted, mixed = course_of(items), course_of(rng.sample(items, len(items)))

    def found(course: Any) -> set[tuple[str, str, str]]:
        codes = {"X01", "X02", "X04"}
        return {(course.items[f.at.keys[1]].id, f.code, f.message) for f in run(course, select=codes)}

    assert found(mixed) == found(wanted)
    assert {code for _, code, _ in found(wanted)} == {"X01", "X02", "X04"}

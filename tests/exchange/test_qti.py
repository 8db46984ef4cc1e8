"""QTI 2.1 and 3.0: what an export scores, by an engine of the tests, and what comes back of it."""

from __future__ import annotations

import io
import zipfile
from itertools import combinations, permutations, product
from typing import Any

import pytest
from lxml import etree

from builder import exchange
from builder.disk import archive
from builder.exchange import qti3, qti21
from builder.exchange._frame import BrokenSourceError
from builder.model.items import LETTERS
from builder.model.verdict import judge
from tests.exchange.qti_engine import Engine, plainly
from tests.exchange.trip import back, taken
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.paper import by_hand
from tests.pictures import png

BOTH = pytest.mark.parametrize("form", [qti21, qti3], ids=["qti21", "qti3"])
_BASE = {"id": "one", "prompt": "Which?"}
_MANY = {
    **_BASE,
    "kind": "mcq",
    "multiple": True,
    "marks": "3",
    "options": [{"right": "a"}, {"right": "b"}, {"wrong": "c"}, {"wrong": "d"}, {"wrong": "e"}],
}


def package(form: Any, *items: Any, **course: Any) -> dict[str, bytes]:
    """The files of an exported package."""
    (data,) = form.write(made := course_of(items, **course), made.items).files.values()
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def engine(form: Any, item: dict[str, Any]) -> Engine:
    """The engine of the one item of a package."""
    (data,) = [data for name, data in package(form, item).items() if name.startswith("items/")]
    return Engine(data)


@BOTH
def test_the_key_of_every_kind_earns_exactly_all_marks_and_no_response_none(form: Any) -> None:
    """Whatever is marked by a machine: the correct response has the marks of the item, an empty one has none."""
    worth = {item.id: item.points for item in EXAMPLES}
    seen = 0
    for name, data in package(form, *EXAMPLES).items():
        if name.startswith("items/") and b"rubric" not in data:
            made = Engine(data)
            item = made.item.get("identifier").removesuffix(".a").removesuffix(".b")
            assert made.score(made.key()) == worth[item]
            assert made.score({}) == 0
            seen += 1
    assert seen == 11


_RULES: list[Any] = [
    None,
    {"rule": "all"},
    {"rule": "all", "penalty": "1/3"},
    {"rule": "each"},
    {"rule": "each-minus", "penalty": "1/3"},
    {"rule": "each-minus", "penalty": "0.25", "negative": True},
]


@BOTH
@pytest.mark.parametrize("rule", _RULES, ids=str)
def test_a_choice_is_scored_by_its_rule(form: Any, rule: Any) -> None:
    """Any ticks earn what they would earn on paper, and ticking everything never earns all."""
    made = engine(form, {**_MANY, **({"scoring": rule} if rule else {})})
    said = {"kind": "mcq", "points": 3, "order": range(5), "key": ["A", "B"], "scoring": rule or {}}
    for number in range(6):
        for chosen in combinations("ABCDE", number):
            paper = by_hand.marks(said, list(chosen))
            assert made.score({"RESPONSE": list(chosen)}) == pytest.approx(float(paper))
    assert made.score({"RESPONSE": list("ABCDE")}) < 3


@BOTH
@pytest.mark.parametrize("rule", ["all", "neighbours", "positions"])
def test_an_order_is_scored_by_its_rule(form: Any, rule: str) -> None:
    """Every order of four steps earns what it would earn on paper."""
    made = engine(form, {**_BASE, "kind": "ordering", "sequence": list("wxyz"), "scoring": rule})
    key = made.key()["RESPONSE"]
    said = {"kind": "ordering", "points": 3, "order": range(4), "key": list("1234"), "scoring": {"rule": rule}}
    for places in permutations(range(4)):
        steps = [key[places.index(place)] for place in range(4)]
        paper = by_hand.marks(said, [str(place + 1) for place in places])
        assert made.score({"RESPONSE": steps}) == pytest.approx(float(paper))


@BOTH
@pytest.mark.parametrize("rule", ["all", "each"])
def test_a_matching_is_scored_by_its_rule(form: Any, rule: str) -> None:
    """Any response to each term earns what it would earn on paper; a term with two responses earns nothing."""
    pairs = [["l1", "a"], ["l2", "b"], ["l3", "c"]]
    item = {**_BASE, "kind": "matching", "pairs": pairs, "distractors": ["d"], "scoring": rule}
    made = engine(form, item)
    said = {"kind": "matching", "points": 3, "order": range(4), "key": list("ABC"), "scoring": {"rule": rule}}
    for given in product(["A", "B", "C", "D", ""], repeat=3):
        response = [f"T{term} R{LETTERS.index(it) + 1}" for term, it in enumerate(given, 1) if it]
        assert made.score({"RESPONSE": response}) == pytest.approx(float(by_hand.marks(said, list(given))))
    everything = [f"T{term} R{place}" for term in (1, 2, 3) for place in (1, 2, 3, 4)]
    assert made.score({"RESPONSE": everything}) == 0


@BOTH
@pytest.mark.parametrize("rule", ["all", "each"])
@pytest.mark.parametrize("bank", [None, ["spare"]])
def test_gaps_are_scored_by_their_rule(form: Any, rule: str, bank: Any) -> None:
    """Each gap that is right earns its part, or all of them together."""
    item = {**_BASE, "kind": "cloze", "prompt": "{{c1::a}} {{c2::b}} {{c3::c}}", "scoring": rule}
    made = engine(form, item | ({"word_bank": bank} if bank else {"accept": {"c2": ["B2"]}}))
    key = made.key()
    said = {"kind": "cloze", "points": 3, "order": [], "key": ["word"] * 3, "scoring": {"rule": rule}}
    for wrong in ([], [1], [1, 2], [1, 2, 3]):
        paper = by_hand.marks(said, ["" if place in wrong else "right" for place in (1, 2, 3)])
        response = key | {f"RESPONSE_{place}": ["x"] for place in wrong}
        assert made.score(response) == pytest.approx(float(paper))
    if not bank:
        assert made.score(key | {"RESPONSE_2": ["b2"]}) == 3


@BOTH
def test_a_number_earns_what_it_earns_on_paper(form: Any) -> None:
    """The best of the ranges that a number lies in counts, its ends included, and its reason is shown."""
    accept = [{"between": ["18", "21"], "share": "1/2", "why": "rough"}, {"value": "5", "share": "1/3"}]
    item = {**_BASE, "kind": "numeric", "answer": "19.6", "tolerance": "0.1", "accept": accept, "marks": "2"}
    made, (bank,) = engine(form, item), course_of([item]).items
    for number in ("19.5", "19.7", "19.6", "18", "21", "21.1", "5", "0"):
        outcomes = made.outcomes({"RESPONSE": [float(number)]})
        assert outcomes["SCORE"] == pytest.approx([float(2 * judge(bank.numeric, number, ".").share)])  # type: ignore[union-attr]
        assert outcomes["FEEDBACK"] == (["answer2"] if number in {"18", "21"} else [])


@BOTH
def test_a_typed_answer_is_compared_as_the_item_says(form: Any) -> None:
    """Capitals count with `case: true` alone, and other spellings are right by themselves."""
    item = {**_BASE, "kind": "basic", "answer": "Rome", "accept": ["Roma"]}
    for case, earned in ((False, [1, 1, 1, 0]), (True, [1, 0, 1, 0])):
        made = engine(form, {**item, "case": case})
        assert [made.score({"RESPONSE": [text]}) for text in ("Rome", "rome", "Roma", "Oslo")] == earned


@BOTH
def test_feedback_is_shown_for_what_was_chosen(form: Any) -> None:
    """The explanation for everyone, the reason of an option for those who chose it."""
    options = [{"right": "a", "why": "so"}, {"wrong": "b", "why": "not so"}, {"wrong": "c"}]
    made = engine(form, {**_BASE, "kind": "mcq", "options": options, "explanation": "This."})
    told = {it.get("identifier"): "".join(it.itertext()) for it in made.item.iterfind("modalFeedback")}
    shown = {}
    for it in "ABC":
        outcomes = made.outcomes({"RESPONSE": [it]})
        shown[it] = [told[name] for name in outcomes["FEEDBACK"] + outcomes["TOLD"] if name in told]
    assert shown == {"A": ["so", "This."], "B": ["not so", "This."], "C": ["This."]}


@BOTH
def test_the_manifest_and_the_test_name_every_document(form: Any) -> None:
    """What the manifest names is there, what is there it names, and the test has all items in their order."""
    picture = {**_BASE, "id": "9pic", "kind": "basic", "prompt": "![a dot](pics/my%20dot.png)", "answer": "a"}
    files = package(form, *EXAMPLES, picture, media={"pics/my dot.png": png()})
    root = etree.fromstring(files.pop("imsmanifest.xml"))
    assert {it.get("href").replace("%20", " ") for it in root.iter("{*}file")} == set(files)
    ids = [it.get("identifier") for it in root.iter("{*}resource")]
    assert len(ids) == len(set(ids))
    assert {it.get("identifierref") for it in root.iter("{*}dependency")} <= set(ids)
    assert all(etree.fromstring(data) is not None for name, data in files.items() if name.endswith(".xml"))
    shown = [it.get("href") for it in plainly(files["test.xml"]).iter("assessmentItemRef")]
    assert sorted(shown) == sorted(name for name in files if name.startswith("items/"))
    assert b'src="../images/pics/my%20dot.png"' in files["items/_9pic.xml"]


@BOTH
def test_pins_order_and_number_of_choices_come_back(form: Any) -> None:
    """A pinned option, one order for all and `choose` have their places in QTI."""
    options: list[Any] = [{"right": "a"}, {"wrong": "b"}, {"right": "c"}, {"wrong": "none", "pin": "last"}]
    pinned = {**_BASE, "id": "a", "kind": "mcq", "choose": 2, "options": options}
    fixed = {**_BASE, "id": "b", "kind": "mcq", "order": "author", "options": [{"right": "x"}, {"wrong": "y"}]}
    course = course_of([pinned, fixed])
    found, lost = back(form, course)
    assert (list(found.values()), lost) == (list(course.items), set())


@BOTH
def test_themes_pictures_and_ids_come_back(form: Any) -> None:
    """The title of a theme is that of its section, a file has its own name, and an id may begin with a digit."""
    item: dict[str, Any] = {**_BASE, "id": "9lives", "theme": "sea", "kind": "basic", "answer": "a"}
    item |= {"image": {"file": "pics/dot.png", "alt": "a dot"}}
    course = course_of([item], themes={"sea": "The sea"}, media={"pics/dot.png": png()})
    (data,) = form.write(course, course.items).files.values()
    found = form.read("x.zip", data)
    assert (found.themes, found.files) == ({"sea": "The sea"}, {"pics/dot.png": png()})
    assert taken(found) == course.items


@BOTH
def test_a_rubric_with_blocks_in_it_comes_back(form: Any) -> None:
    """A table inside a level is no row of the rubric."""
    levels = ["none", "| a | b |\n|---|---|\n| 1 | 2 |"]
    item = {**_BASE, "kind": "essay", "rubric": [{"criterion": "Thesis", "marks": 5, "levels": levels}], "words": 9}
    course = course_of([item])
    found, lost = back(form, course)
    assert (list(found.values()), lost) == (list(course.items), set())


_BOMB = b'<!DOCTYPE q [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@BOTH
def test_a_hostile_manifest_or_item_is_refused(form: Any) -> None:
    """Entities in a manifest, and in the only item that there is."""
    good = package(form, {**_BASE, "kind": "basic", "answer": "a"})
    for name in ("imsmanifest.xml", "items/one.xml"):
        head, rest = good[name].split(b"?>", 1)
        with pytest.raises(BrokenSourceError, match="document type"):
            form.read("bad.zip", archive.zipped({**good, name: head + b"?>" + _BOMB + rest}))


def test_versions_are_told_apart_by_their_content() -> None:
    """A package of each is known, whatever its name."""
    course = course_of(EXAMPLES)
    for name, form in (("qti21", qti21), ("qti3", qti3)):
        (data,) = form.write(course, course.items).files.values()
        assert exchange.guessed("any", data) == name

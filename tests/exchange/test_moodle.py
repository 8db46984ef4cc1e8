from __future__ import annotations

import base64
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from builder.exchange import moodle
from builder.exchange._frame import BrokenSourceError
from builder.exchange._grid import GRID
from tests.exchange.trip import taken
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.pictures import png

if TYPE_CHECKING:
    from builder.exchange._frame import Read

_BASE = {"id": "one", "prompt": "Which?"}
_GRADES = {name for _, name in GRID} | {f"-{name}" for _, name in GRID}


def questions(*items: Any, **course: Any) -> list[Any]:
    """The questions of an export, without its categories."""
    (data,) = moodle.write(made := course_of(items, **course), made.items).files.values()
    return [one for one in etree.fromstring(data) if one.get("type") != "category"]


def read(inside: str) -> Read:
    """What a file with these questions comes to."""
    return moodle.read("bank.xml", f"<?xml version='1.0'?>\n<quiz>\n{inside}\n</quiz>".encode())


def question(kind: str, inside: str, text: str = "<p>Which?</p>") -> str:
    """A question of a file."""
    return (
        f'<question type="{kind}"><name><text>One</text></name><questiontext format="html">'
        f"<text><![CDATA[{text}]]></text></questiontext>{inside}</question>"
    )


def several(right: int, wrong: int) -> dict[str, Any]:
    """A choice with so many right and wrong options."""
    options = [{"right": f"r{n}"} for n in range(right)] + [{"wrong": f"w{n}"} for n in range(wrong)]
    return {**_BASE, "kind": "mcq", "multiple": True, "options": options}


@pytest.mark.parametrize(("right", "wrong"), [(r, w) for r in (2, 3, 6, 7, 9, 11, 13) for w in (0, 1, 3, 7, 9, 11, 12)])
def test_the_key_earns_all_and_ticking_everything_does_not(right: int, wrong: int) -> None:
    """Grades are Moodle's; the right options come to full marks, and with the wrong ones to less than that."""
    (one,) = questions(several(right, wrong))
    grades = [answer.get("fraction") for answer in one.iterfind("answer")]
    assert set(grades) <= _GRADES
    key = sum(Fraction(grade) for grade in grades if Fraction(grade) > 0)
    assert key > Fraction("99.999")
    if wrong:
        assert sum(map(Fraction, grades)) <= (Fraction("0.001") if right <= 10 else 40)


def test_several_is_said_in_the_one_word_that_moodle_knows() -> None:
    """`<single>` is `false` for a choice of several, and `true` for one of one."""
    one = {**_BASE, "id": "two", "kind": "mcq", "options": [{"right": "a"}, {"wrong": "b"}]}
    assert [it.findtext("single") for it in questions(several(2, 1), one)] == ["false", "true"]


def test_formulas_stand_in_the_brackets_that_moodle_sets() -> None:
    r"""`$x$` becomes `\(x\)`, and a bracket that an author typed is no formula."""
    (one,) = questions({**_BASE, "kind": "basic", "prompt": r"$x^2$ costs \$5", "math": True, "answer": "a"})
    (two,) = questions({**_BASE, "kind": "basic", "prompt": r"a \\(b\\)", "answer": "a"})
    assert one.findtext("questiontext/text") == r"<p>\(x^2\) costs $5</p>"
    assert two.findtext("questiontext/text") == r"<p>a \<span></span>(b\)</p>"


def test_a_star_in_a_short_answer_is_a_star() -> None:
    """Moodle would take anything for a bare star."""
    (one,) = questions({**_BASE, "kind": "basic", "answer": r"R\*D"})
    assert one.findtext("answer/text") == r"R\*D"


def test_a_unit_stands_there_as_moodle_can_know_it() -> None:
    """Moodle takes the spaces out of `5 m s^-1` before it looks for the unit: one with a space would never be right."""
    course = course_of([{**_BASE, "kind": "numeric", "answer": "5", "unit": {"symbol": "m s^-1^", "accept": ["mps"]}}])
    written = moodle.write(course, course.items)
    (data,) = written.files.values()
    names = [it.text for it in etree.fromstring(data).iter("unit_name")]
    assert names == ["ms^-1", "ms-1", "ms⁻¹", "mps"]
    assert [loss.at.keys for loss in written.losses] == [("items", 0, "unit")]
    (item,) = taken(moodle.read("x.xml", data))
    assert item.unit.model_dump(exclude_defaults=True) == {"symbol": "ms^-1", "accept": ("mps",)}  # type: ignore[union-attr]


def test_gaps_are_escaped_as_moodle_wants_it() -> None:
    """What would end a gap or begin another answer is a reference."""
    (one,) = questions({**_BASE, "kind": "cloze", "prompt": r"A {{c1::lo}s#s~x}} {b}"})
    assert one.findtext("questiontext/text") == r"<p>A {1:SHORTANSWER:=lo&#125;s\#s&#126;x} &#123;b&#125;</p>"


def test_a_word_to_drag_is_html_for_moodle() -> None:
    """What an author typed as signs stays signs, and comes back."""
    item = {**_BASE, "kind": "cloze", "prompt": "If {{c1::a < b}} then", "word_bank": ["a & b"]}
    course = course_of([item])
    (data,) = moodle.write(course, course.items).files.values()
    assert [it.text for it in etree.fromstring(data).iterfind(".//dragbox/text")] == ["a &lt; b", "a &amp; b"]
    (back,) = taken(moodle.read("x.xml", data))
    assert (back.prompt, back.word_bank) == ("If {{c1::a < b}} then", ("a & b",))  # type: ignore[union-attr]


def test_a_matching_has_no_empty_right_side_and_an_ordering_all_its_steps() -> None:
    """Either mistake would end an import after the questions before it, with success."""
    for one in questions(*EXAMPLES):
        if one.get("type") == "matching":
            assert all(part.findtext("answer/text") for part in one.iterfind("subquestion"))
        if one.get("type") == "ordering":
            assert one.findtext("selecttype") == "ALL"
            assert one.find("shownumcorrect") is not None


def test_a_response_that_moodle_cannot_store_leaves_its_item_out() -> None:
    """More than 255 signs would stop the import: the item is named, and the others go."""
    course = course_of([{**_BASE, "kind": "matching", "pairs": [["a", "x" * 256], ["b", "c"]]}])
    written = moodle.write(course, course.items)
    assert [(loss.at.keys, loss.message.split(":")[0]) for loss in written.losses] == [(("items", 0), "left out")]
    assert b"matching" not in next(iter(written.files.values()))


def test_pictures_travel_inside_and_come_back() -> None:
    """A picture in a folder is in the file with its path, and comes back under its name."""
    item = {**_BASE, "kind": "basic", "prompt": "![a dot](pics/my%20dot.png)", "answer": "a"}
    course = course_of([item], media={"pics/my dot.png": png()})
    (data,) = moodle.write(course, course.items).files.values()
    found = moodle.read("x.xml", data)
    assert found.files == {"pics/my-dot.png": png()}
    assert taken(found)[0].prompt == "![a dot](pics/my-dot.png)"


def test_a_file_has_the_name_that_moodle_keeps() -> None:
    """Moodle takes some signs out of the names of files: the file and its address go without them."""
    item = {**_BASE, "kind": "basic", "prompt": "![a dot](it's.png)", "answer": "a"}
    (one,) = questions(item, media={"it's.png": png()})
    assert one.find("questiontext/file").get("name") == "its.png"
    assert "@@PLUGINFILE@@/its.png" in one.findtext("questiontext/text")


def test_a_file_that_is_no_picture_is_left_out_and_named() -> None:
    """Bytes that are not what their name says don't reach the course."""
    file = f'<file name="a.png" path="/" encoding="base64">{base64.b64encode(b"MZ no picture").decode()}</file>'
    asked = f"<questiontext format='html'><text>&lt;img src='@@PLUGINFILE@@/a.png'&gt; a</text>{file}</questiontext>"
    found = read(f"<question type='essay'><name><text>e</text></name>{asked}</question>")
    assert found.files == {}
    assert any("is no PNG file inside" in note.message for note in found.notes)


def test_a_bad_question_is_named_by_its_line_and_the_others_come() -> None:
    """A type without a counterpart, and a choice without a right option, are left out one by one."""
    bad = question("calculated", "") + "\n" + question("multichoice", "<answer fraction='0'><text>a</text></answer>")
    good = question(
        "truefalse", "<answer fraction='100'><text>true</text></answer><answer fraction='0'><text>false</text></answer>"
    )
    found = read(f"{bad}\n{good}")
    assert [(note.span.line, note.code) for note in found.notes] == [(3, "not-imported"), (4, "not-imported")]
    assert [item.kind for item in taken(found)] == ["truefalse"]


def test_what_many_gaps_lose_alike_is_told_once() -> None:
    """One line says that the feedback of gaps is dropped, however many they are."""
    gaps = "a {1:SHORTANSWER:=b#why} c {1:SHORTANSWER:=d#why}"
    assert [note.message for note in read(question("cloze", "", gaps)).notes] == ["the feedback of a gap is dropped"]


def test_html_of_teachers_becomes_markdown() -> None:
    """Styles go, emphasis, lists and formulas stay, and spaces that don't break are spaces."""
    html = "<p style='color:red'>A&nbsp;<b>bold </b>word</p><ul><li>x</li><li>\\(y\\)</li></ul><script>z</script>"
    answer = "<answer fraction='100'><text>a</text></answer>"
    (item,) = taken(read(question("shortanswer", answer, html)))
    assert item.prompt == "A **bold** word\n\n- x\n- $y$"
    assert item.math


def test_ids_stay_when_a_question_is_added() -> None:
    """An id comes from the ID number or the name, twins are numbered, and what has a name of its own keeps its id."""
    answer = "<answer fraction='100'><text>a</text></answer>"
    one = question("shortanswer", f"{answer}<idnumber>K 9</idnumber>")
    plain = question("shortanswer", answer)
    assert [item.id for item in taken(read(one + plain + plain))] == ["k-9", "one", "one-2"]
    assert [item.id for item in taken(read(one + plain))] == ["k-9", "one"]


_BOMB = '<!DOCTYPE q [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "data",
    [
        f"<?xml version='1.0'?>{_BOMB}<quiz><question type='essay'>&b;</question></quiz>".encode(),
        f"{_BOMB}<quiz><question type='&b;'/></quiz>".encode(),
        b'<!DOCTYPE q SYSTEM "file:///etc/passwd"><quiz><question/></quiz>',
        "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE q><quiz/>".encode("utf-16"),
        b"<?xml version='1.0' encoding='utf-7'?>+ADw-quiz/+AD4-",
        b"<quiz>" + b"<question>" * 100_000,
        b"<quiz><question>",
        b"",
    ],
    ids=["entities", "entities-in-attributes", "outside", "utf-16", "utf-7", "deep", "cut", "empty"],
)
def test_a_hostile_or_broken_file_is_refused(data: bytes) -> None:
    """Entities, other encodings, absurd depth and a file that was cut are told of, and nothing is read."""
    with pytest.raises(BrokenSourceError):
        moodle.read("bad.xml", data)


def test_html_nested_without_end_is_words() -> None:
    """What lies deeper than anybody nests is taken as words, without end of the stack."""
    html = "<div><b>" * 100 + "x"
    (item,) = taken(read(question("shortanswer", "<answer fraction='100'><text>a</text></answer>", html)))
    assert "x" in item.prompt


def test_gaps_that_are_all_chosen_have_one_bank_of_words() -> None:
    """Those of every list; beside a gap to fill, or with several right ones, wrong words are named as lost."""
    text = "It {1:MC:=is~are} {1:MULTICHOICE_V:an~=a} cat, %s."
    found = read(question("cloze", "", text % "{2:MC:=and~are~is}"))
    item: Any
    (item,) = taken(found)
    assert (item.prompt, item.word_bank) == ("It {{c1::is}} {{c2::a}} cat, {{c3::and}}.", ("are", "an"))
    assert [note.message for note in found.notes if "lists" in note.message] == [
        "gaps with lists of their own have one for all: the words of every list"
    ]
    for other in ("{1:SA:=so}", "{1:MC:=so~=then~no}"):
        found = read(question("cloze", "", text % other))
        (item,) = taken(found)
        assert item.word_bank is None
        assert [note.message.partition(": its ")[2] for note in found.notes] == [
            f"wrong options are dropped: are, an{', no' * ('no' in other)}"
        ]


@pytest.mark.parametrize(
    ("name", "title"),
    [("Dosage", "Dosage"), ("Default for NUR210", "Default for NUR210"), ("dosage", "The default category for X")],
)
def test_a_description_of_a_category_is_no_title(name: str, title: str) -> None:
    """Moodle describes a category in its `info`; an export of ours has the theme's title there, beside the theme's id."""
    found = read(
        f'<question type="category"><category><text>$course$/top/{name}</text></category>'
        "<info><text>The default category for X</text></info></question>"
        + question("essay", "<defaultgrade>1</defaultgrade>")
    )
    assert list(found.themes.values()) == [title]

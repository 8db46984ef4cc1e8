from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from builder import exchange
from builder.disk import archive
from builder.exchange import _package, qti12
from builder.exchange._frame import BrokenSourceError
from builder.text.markup import plain
from tests.exchange.qti12_engine import earned
from tests.exchange.test_qti12_into import choice, item_of, items_of, read
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.pictures import png

if TYPE_CHECKING:
    from builder.model import Item

_BASE = {"id": "one", "prompt": "Which?"}
_MANY = {**_BASE, "kind": "mcq", "multiple": True, "options": [{"right": "a"}, {"right": "b"}, {"wrong": "c"}]}


def package(*items: Any, **course: Any) -> dict[str, bytes]:
    """The files of an exported package."""
    (data,) = qti12.write(made := course_of(items, **course), made.items).files.values()
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def questions(*items: Any, **course: Any) -> dict[str, Any]:
    """The items of an export by name, without namespaces."""
    (data,) = [data for data in package(*items, **course).values() if b"<questestinterop" in data]
    root = etree.fromstring(data)
    for part in root.iter():
        part.tag = etree.QName(part).localname
    return {item.get("ident"): item for item in root.iter("item")}


def answers(response: Any) -> dict[str, str]:
    """The names of the answers of a response by what they say."""
    said = {it.findtext("material/mattext"): it.get("ident") for it in response.iter("response_label")}
    return {etree.HTML(text).xpath("string()") if text.startswith("<") else text: name for text, name in said.items()}


def key(item: Any, question: Any) -> dict[str, set[str]]:
    """The response that is right by the bank."""
    lids = list(question.iter("response_lid"))
    match item.kind:
        case "mcq":
            rights = [plain(option.text) for option in item.options if option.is_right]
            return {"response1": {answers(lids[0])[text] for text in rights}}
        case "truefalse":
            return {"response1": {answers(lids[0])[str(item.answer)]}}
        case "matching":
            pairs = zip(lids, item.pairs, strict=True)
            return {lid.get("ident"): {answers(lid)[plain(right)]} for lid, (_, right) in pairs}
        case "cloze":
            gaps = zip(lids, item.blanks, strict=True)
            return {lid.get("ident"): {answers(lid)[plain(blank.text)]} for lid, blank in gaps}
        case _:
            return {"response1": {item.answer}}


_MARKED = [item for item in EXAMPLES if item.kind in {"mcq", "truefalse", "matching", "cloze", "basic", "numeric"}]


@pytest.mark.parametrize("item", _MARKED, ids=[item.id for item in _MARKED])
def test_the_key_earns_all_and_anything_else_does_not(item: Item) -> None:
    """By the conditions of each exported kind the key earns 100, one part of it wrong earns less, and so does everything."""
    question = questions(item)[item.id]
    right = key(item, question)
    assert earned(question, right) == 100
    assert earned(question, {}) < 100
    for name in right:
        assert earned(question, right | {name: {"0.5"}}) < 100
    if item.kind == "mcq":
        assert earned(question, {"response1": set(answers(question).values())}) < (100 if item.multiple else 101)


def test_several_right_options_have_to_be_chosen_together() -> None:
    """Ticking everything earns nothing by the conditions, nor does a part of the key."""
    one = questions(_MANY)["one"]
    assert [earned(one, {"response1": set(chosen)}) for chosen in ("AB", "ABC", "A", "")] == [100, 0, 0, 0]


def test_any_number_within_the_tolerance_is_right_and_none_beyond() -> None:
    """The bounds belong to the right numbers."""
    one = questions({**_BASE, "kind": "numeric", "answer": "2", "tolerance": "0.1", "accept": [{"value": "5"}]})["one"]
    given = ("1.9", "2.1", "1.89", "2.11", "5", "5.01")
    assert [earned(one, {"response1": {number}}) for number in given] == [100, 100, 0, 0, 100, 0]


def test_each_accepted_text_is_right_by_itself() -> None:
    """Two spellings are alternatives: as conditions of one answer, both would have to be typed at once."""
    one = questions({**_BASE, "kind": "basic", "answer": "a", "accept": ["b"]})["one"]
    assert [earned(one, {"response1": {text}}) for text in "abc"] == [100, 100, 0]


@pytest.mark.parametrize("number", [2, 3, 7, 11, 26])
def test_parts_of_the_marks_come_to_all_of_them(number: int) -> None:
    """However many pairs there are, all of them earn exactly 100."""
    pairs = [[f"l{n}", f"r{n}"] for n in range(number)]
    one = questions({**_BASE, "kind": "matching", "pairs": pairs})["one"]
    assert earned(one, {f"response_{n}": {f"r{n}"} for n in range(1, number + 1)}) == 100


def test_the_manifest_names_every_file_of_the_package() -> None:
    """What the manifest names is there, and what is there it names; a picture stands under its escaped address."""
    item = {**_BASE, "kind": "basic", "prompt": "![a dot](pics/my%20dot.png)", "answer": "a"}
    files = package(item, media={"pics/my dot.png": png()})
    root = etree.fromstring(files.pop("imsmanifest.xml"))
    named = {it.get("href").replace("%20", " ") for it in root.iter("{*}file")}
    assert named == set(files)
    assert files["images/pics/my dot.png"] == png()
    ids = {it.get("identifier") for it in root.iter("{*}resource")}
    assert {it.get("identifierref") for it in root.iter("{*}dependency")} <= ids


def test_a_picture_comes_back_under_its_name() -> None:
    """The folder that packages keep files in is no part of it."""
    item = {**_BASE, "kind": "basic", "prompt": "![a dot](pics/my%20dot.png)", "answer": "a"}
    made = course_of([item], media={"pics/my dot.png": png()})
    (data,) = qti12.write(made, made.items).files.values()
    found = qti12.read("x.zip", data)
    assert found.files == {"pics/my-dot.png": png()}
    assert items_of(found)[0].prompt == "![a dot](pics/my-dot.png)"


def test_brackets_of_an_author_are_no_gaps() -> None:
    """A name that stands in the text already is not that of a gap."""
    one = questions({**_BASE, "kind": "cloze", "prompt": "See [blank1], {{c1::so}}"})["one"]
    assert one.findtext("presentation/material/mattext") == "<p>See [blank1], [blankx1]</p>"


def test_what_canvas_marks_in_its_own_way_is_named() -> None:
    """Only the rule that Canvas has anyway is no loss."""

    def lost(scoring: Any) -> list[Any]:
        course = course_of([{**_MANY, "scoring": scoring}])
        return [loss.at.keys[-1] for loss in qti12.write(course, course.items).losses]

    assert lost({"rule": "each-minus", "penalty": "1/2"}) == []
    assert lost("all") == lost("each") == lost("each-minus") == ["scoring"]


_BOMB = '<!DOCTYPE q [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_WITHIN = archive.zipped({"a.xml": f"{_BOMB}<questestinterop><item>&b;</item></questestinterop>".encode()})


@pytest.mark.parametrize(
    "data",
    [
        _WITHIN,
        _WITHIN[:80],
        archive.zipped({"a.xml": b"<questestinterop><item>"}),
        archive.zipped({"a.xml": b"<questestinterop>" + b"<item>" * 100_000}),
        archive.zipped({f"{n}.txt": b"" for n in range(50)}),
        archive.zipped({"a.xml": b"<questestinterop/>", "b.png": bytes(2_000_000)}),
    ],
    ids=["entities", "cut", "broken", "deep", "many", "large"],
)
def test_a_hostile_or_broken_package_is_refused(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entities, a zip archive that was cut, absurd depth, and more or larger files than are kept in memory."""
    monkeypatch.setattr(_package, "MOST_BYTES", 1_000_000)
    monkeypatch.setattr(_package, "MOST_MEMBERS", 40)
    with pytest.raises(BrokenSourceError):
        qti12.read("bad.zip", data)


def test_no_address_leads_out_of_the_package() -> None:
    """A path upwards finds nothing but what the package holds, under a name below the course."""
    shown, rules = choice(("A", "0"), ("B", "100"), many=False)
    text = item_of(shown, rules).replace(
        "Which?", "&lt;img src='../../../etc/passwd'&gt; &lt;img src='../../x.png'&gt;"
    )
    found = read(text, **{"../../x.png": png()})
    assert set(found.files) == {"x.png"}
    assert sum("not in the package" in note.message for note in found.notes) == 1


def test_packages_are_known_by_their_content() -> None:
    """A package and a single file of questions are of this format, any other archive of none."""
    course = course_of(EXAMPLES)
    (data,) = qti12.write(course, course.items).files.values()
    assert exchange.guessed("any", data) == exchange.guessed("any", b"<questestinterop/>") == "qti12"
    assert not qti12.looks_like("a.zip", archive.zipped({"a.xml": b"<quiz/>"}))

from __future__ import annotations

from typing import Any

import pytest

from builder.loading.part import validate
from builder.model import Bank, Occlusion
from builder.model.readings import files, key_texts, printed, solution, texts

IMAGE = {"file": "a.png", "alt": "A house"}
ITEM: dict[str, Any] = {"id": "a", "kind": "occlusion", "prompt": "Name them.", "image": IMAGE}


def made(boxes: Any, **more: Any) -> Occlusion:
    """An item with these boxes."""
    return Occlusion.model_validate(ITEM | {"boxes": boxes} | more)


def test_a_mapping_is_a_list_of_boxes() -> None:
    """Labels with their places say what a list of boxes says, in its order."""
    short = made({"roof": ["10", "5.5", "30", "20"], "door": ["45", "70", "10", "30"]})
    long = made([{"label": "roof", "at": [10, 5.5, 30, 20]}, {"label": "door", "at": [45, 70, 10, 30]}])
    assert short == long
    assert short.labels == ("roof", "door")
    assert short.usual_marks == 2
    assert short.boxes[0].at.left == 10


def test_what_an_item_says() -> None:
    """Its labels are its solution and its key, and a paper prints them only as words to choose from."""
    item = made([{"label": "roof", "at": [1, 1, 9, 9], "accept": ["![hat](hat.png)"]}], word_bank=["cellar"])
    plain = made({"roof": [1, 1, 9, 9]})
    assert list(texts(plain)) == [(("prompt",), "Name them."), (("boxes", 0, "label"), "roof"), (("explanation",), "")]
    assert (solution(plain), list(key_texts(plain))) == (("roof",), [(("boxes", 0, "label"), "roof")])
    assert (printed(plain), printed(item)) == (("Name them.",), ("Name them.", "roof", "cellar"))
    assert [file for _, file in files(item)] == ["a.png", "hat.png"]


@pytest.mark.parametrize(
    ("boxes", "keys", "code"),
    [
        ([{"label": "roof", "at": ["90", "5", "11", "5"]}], (0, "at"), "outside-picture"),
        ([{"label": "roof", "at": ["5", "5", "0", "5"]}], (0, "at"), "thin-box"),
        ([{"label": "roof", "at": ["5", "5", "5 %", "5"]}], (0, "at", 2), "not-percent"),
        ([{"label": "roof", "at": ["5", "5", "101", "5"]}], (0, "at", 2), "out-of-range"),
        ([{"label": "roof", "at": ["5", "5", "5"]}], (0, "at"), "no-rectangle"),
        ({"roof": ["5", "5", "5", "5", "5"]}, (0, "at"), "no-rectangle"),
        ([{"at": ["5", "5", "5", "5"]}], (0,), "missing-key"),
        ([{"label": "roof", "at": ["5", "5", "5", "5"], "accept": ["roof"]}], (0, "accept"), "twin-choice"),
        ([{"label": n, "at": ["5", f"{i}5", "5", "5"]} for i, n in enumerate(["a", "a"])], (), "twin-choice"),
        ([{"label": n, "at": ["5", f"5.{i}", "5", "5"]} for i, n in enumerate(["a", "b"])], (), "twin-boxes"),
        ([], (), "too-few"),
    ],
    ids=str,
)
def test_boxes_that_are_none_are_told_of(boxes: Any, keys: tuple[Any, ...], code: str) -> None:
    """Each fault has one finding, at the key that holds it."""
    bank: dict[str, Any] = {"bank": "b", "title": "B", "items": [ITEM | {"boxes": boxes}]}
    (found,) = validate(Bank, "bank.yaml", bank)[1]
    assert (found.code, found.at.keys) == (code, ("items", 0, "boxes", *keys))


def test_boxes_want_a_picture() -> None:
    """Without an image there is nothing that a box could lie on."""
    item = {key: value for key, value in ITEM.items() if key != "image"} | {"boxes": {"a": ["1", "1", "5", "5"]}}
    bank: dict[str, Any] = {"bank": "b", "title": "B", "items": [item]}
    (found,) = validate(Bank, "bank.yaml", bank)[1]
    assert found.code == "no-picture"


def test_a_box_within_another_is_no_twin() -> None:
    """A part of a part may be asked for."""
    assert made({"house": [0, 0, 100, 100], "door": [40, 60, 20, 40]}).labels == ("house", "door")

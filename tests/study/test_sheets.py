from __future__ import annotations

from functools import partial
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.paper.mixing import Mixing
from builder.study.sheets import Card, Deck, Form, Key, Row, Sheet, packed, read, written

TEXTS = st.text(max_size=9)
PLACES = st.integers(0, 25) | st.none()
ROWS = st.builds(
    Row,
    TEXTS,
    TEXTS,
    PLACES,
    PLACES,
    st.sampled_from(["right", "wrong", ""]),
    st.booleans(),
    st.sampled_from(get_args(Form)),
    st.integers(0, 9),
    TEXTS,
)
KEYS = st.builds(Key, st.sampled_from(["words", "pairs", "reader"]), st.lists(TEXTS), st.lists(st.integers(0, 9)))
MIXINGS = st.builds(Mixing, st.lists(TEXTS), st.lists(st.integers(0, 9)), never_as_is=st.booleans())


def plain(sheet: Sheet) -> Sheet:
    """The sheet with lists for all sequences."""
    key, mixing = (type(it)(*(list(v) if isinstance(v, tuple) else v for v in it)) for it in (sheet.key, sheet.mixing))  # type: ignore[arg-type]
    return Sheet(list(sheet.front), list(sheet.back), key, mixing, sheet.choices)  # type: ignore[arg-type]


@given(st.lists(st.builds(Sheet, st.lists(ROWS), st.lists(ROWS), KEYS, MIXINGS, st.integers(0, 26)), max_size=3))
def test_a_deck_comes_back_as_it_was(sheets: list[Sheet]) -> None:
    """Any rows, keys and texts, half a character included, in bytes and out of them."""
    cards = [Card(f"i{n}", n, "basic", None if n else "t", partial(packed, sheet)) for n, sheet in enumerate(sheets)]
    deck = Deck("c", "c/course.yaml", "en", {"a": "b"}, {"c": "d"}, {"day": ["{}d"]}, ["t"], ["basic"], ["i0"], cards)
    back = read(written(deck))
    assert written(back) == written(deck)
    assert back._replace(cards=()) == deck._replace(cards=())
    assert [plain(card.sheet) for card in back.cards] == [plain(sheet) for sheet in sheets]


@pytest.mark.parametrize("data", [b"", b"\n", b"{}", b"[]\n[]\n", b'[1,2,3,4,5,6,7,[]]\n[["a"]]\n', b"\xff\n\n"])
def test_other_bytes_are_no_deck(data: bytes) -> None:
    """They raise one error, whatever is wrong with them."""
    with pytest.raises(ValueError, match="no deck"):
        read(data)

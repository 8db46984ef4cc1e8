"""A bank that is read from what an edit has touched is the bank that is read as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.checking.spliced import spliced
from builder.loading.bank import ParsedBank, parse_bank
from tests import samples
from tests.checking.edits import ENTRIES

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "bank: a\ntitle: A\nitems:\n"
PLAIN = [entry for entry in ENTRIES if "values" not in entry]
_HEADS = st.sampled_from(
    ["", "theme: grief\n", "math: true\n", "theme: [wrong]\n", "scoring: {mcq: {wrong: -1}}\n", "# so\n"]
)
# What makes YAML mean something else, and what is typed on the way to something else.
_TYPED = st.sampled_from(
    [
        "x",
        "é",
        '"',
        "'",
        "[",
        "{",
        "]",
        "}",
        ": ",
        " #",
        "- ",
        "\n",
        "\n\n",
        "  ",
        "\t",
        "&a",
        "*a",
        "!t",
        "|\n",
        ">-\n",
        "---\n",
        "...\n",
        "\u2028",
        "\r",
        "\x85",
        "\u202e",
        "items:\n",
        "theme: grief\n",
        "  - {\n",
        "  - id: x\n",
        "- id: x\n",
        "# so\n",
        "<<: ",
        "values: {h: [1]}\n",
        "passage: p\n",
        "    explanation: It is so\n",
        *ENTRIES[:6],
    ]
)
_PLACES = st.floats(0, 1, exclude_max=True)
_EDITS = st.one_of(
    st.tuples(st.just("typed"), _PLACES, _TYPED),
    st.tuples(st.just("line"), _PLACES, _TYPED),
    st.tuples(st.just("cut"), _PLACES, st.integers(1, 300)),
    st.tuples(st.just("lines"), _PLACES, st.integers(1, 8)),
    st.tuples(st.just("moved"), _PLACES, st.integers(1, 8)),
)


def edited(text: str, edit: tuple[str, float, Any]) -> str:
    """The text after an edit at some share of it."""
    what, share, more = edit
    at, lines = int(share * len(text)), text.splitlines(keepends=True)
    row = int(share * len(lines))
    if what == "typed":
        return f"{text[:at]}{more}{text[at:]}"
    if what == "cut":
        return text[:at] + text[at + more :]
    if what == "line":
        return "".join([*lines[:row], more, *lines[row:]])
    if what == "lines":
        return "".join([*lines[:row], *lines[row + more :]])
    return "".join([*lines[: row // 2], *lines[row : row + more], *lines[row // 2 :]])


def compare(before: ParsedBank, text_before: str, text: str) -> ParsedBank | None:
    """What is spliced, which is what is read as a whole, where anything is."""
    found = spliced("bank.yaml", text, text_before, before)
    assert found is None or repr(found) == repr(parse_bank("bank.yaml", text))
    return found


@given(st.lists(st.sampled_from(PLAIN), min_size=1, max_size=8), _HEADS, st.lists(_EDITS, min_size=1, max_size=5))
def test_after_any_edit_of_the_text(entries: list[str], more: str, edits: list[tuple[Any, ...]]) -> None:
    """Letters, signs of YAML, lines and items come, go and move."""
    text = f"bank: a\ntitle: A\n{more}items:\n" + "".join(entries)
    before = parse_bank("bank.yaml", text)
    for edit in edits:
        after = edited(text, edit)
        if after != text:
            compare(before, text, after)
            text, before = after, parse_bank("bank.yaml", after)


@pytest.mark.parametrize("path", sorted((samples.HERE / "good").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_kind_of_item_can_be_edited(path: Path) -> None:
    """In the course's own samples, a letter more in each prompt."""
    text = path.read_text("utf-8")
    before = parse_bank("bank.yaml", text)
    at = text.find("prompt: ")
    while at >= 0:
        compare(before, text, f"{text[: at + 8]}X{text[at + 8 :]}")
        at = text.find("prompt: ", at + 1)


BANK = HEAD + "".join(PLAIN[16:30])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("capital of Peru", "capital of Perus"),
        (PLAIN[20], ""),
        (PLAIN[20], PLAIN[20] + PLAIN[30]),
        (PLAIN[20], PLAIN[31] + PLAIN[20]),
        (PLAIN[20] + PLAIN[21], PLAIN[21] + PLAIN[20]),
        ("  - {id: in-peru", "# so\n  - {id: in-peru"),
        ("answer: Peru's", "answer: ''"),
        ("kind: basic, prompt: Which city is the capital of Peru?", "kind: basc, prompt: Which?"),
        (PLAIN[29], PLAIN[29] + PLAIN[30]),
        (PLAIN[29], PLAIN[29] + "\n# the end\n"),
    ],
)
def test_what_authors_do_is_not_read_as_a_whole(old: str, new: str) -> None:
    """A letter, an item less, more or elsewhere, a comment, an item that is not sound and is mended again."""
    assert BANK.count(old) == 1
    text, before = BANK.replace(old, new), parse_bank("bank.yaml", BANK)
    found = compare(before, BANK, text)
    assert found
    assert compare(found, text, BANK)


@pytest.mark.parametrize(
    "more",
    [
        "theme: grief\n",
        "---\n",
        "  - {\n",
        "  - {id: v, kind: basic, prompt: '{{h}}', values: {h: [1, 2]}}\n",
        "  x: y\n",
    ],
)
def test_what_speaks_for_the_whole_bank_is_read_as_a_whole(more: str) -> None:
    """A key behind the items, a second document, a broken line, items with values, which share their work."""
    assert compare(parse_bank("bank.yaml", BANK), BANK, BANK + more) is None

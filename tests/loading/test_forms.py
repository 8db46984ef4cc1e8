"""What is said of a value in another shape than its key has: the right shape, out of the model."""

from __future__ import annotations

import pytest

from builder.loading.bank import parse_bank

BANK = "bank: b\ntitle: B\nitems:\n- id: a\n  kind: {}\n  prompt: P\n  {}\n"


def _helps(kind: str, key: str) -> set[str]:
    return {found.help for found in parse_bank("bank.yaml", BANK.format(kind, key)).findings}


@pytest.mark.parametrize(
    ("kind", "key", "form"),
    [
        ("mcq", "options: [Acetic acid, Water]", "write options: [{right: text}, {wrong: text}, ...]"),
        ("mcq", "options: {right: a, wrong: b}", "write options: [{right: text}, {wrong: text}, ...]"),
        ("matching", "pairs: {a: b, c: d}", "write pairs: [[term, response], ...]"),
        ("matching", "pairs: [{term: a, match: b}, [c, d]]", "write pairs: [[term, response], ...]"),
        ("matching", "pairs: [[Diels, a, diene], [c, d]]", "with quotes around a text that holds a comma"),
        ("ordering", "sequence: a", "write sequence: [text, ...]"),
        ("short", "key_points: [a, b]", "write key_points: [{point: text, marks: 1}, ...]"),
        ("essay", "rubric: {a: 2}", "write rubric: [{criterion: text, marks: 2, levels: ["),
        ("occlusion", "boxes: a", "write boxes: {label: [left, top, width, height], ...}"),
        ("numeric", "accept: [6]", "write accept: [{value: 7, share: 1/2}, ...]"),
        ("cloze", "accept: [Theo]", "write accept: {c1: [another text], ...}"),
        ("basic", "accept: Theo", "write accept: [text, ...]"),
        ("basic", "image: picture.png", "write image: {file: picture.png, alt: what it shows}"),
        ("basic", "retired: true", "write retired: {since: text, reason: text}"),
        ("basic", "allow: [P03]", "write allow: {P03: the reason, ...}"),
        ("basic", "tags: grief", "write tags: [text, ...]"),
    ],
)
def test_a_wrong_shape_is_told_with_the_right_one(kind: str, key: str, form: str) -> None:
    """Who has guessed the shape of a value sees how it is written, with the names of its parts."""
    assert any(form in said for said in _helps(kind, key))


def test_a_text_that_became_a_mapping_is_told_to_be_quoted() -> None:
    """A colon in an entry makes a mapping of it: quotes are the remedy, and no other shape."""
    assert _helps("ordering", "sequence: ['a', {b: c}]") == {
        "write plain text, in quotes if it holds ': ' or starts with a special character"
    }


def test_a_comma_in_a_flow_mapping_is_told_as_such() -> None:
    """What stands behind it is no key of its own, but a part of the text in front."""
    assert "a comma within {...} begins a new key: put quotes around a text that holds one" in _helps(
        "mcq", "options: [{right: a, why: Yes, since it is so}, {wrong: b}]"
    )


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("85,3", "write 85.3"),
        ("−5", "write -5"),
        ("10 000", "write 10000"),
        ("6.02·10^23", "write 6.02e23"),
        ("6,02 x 10^23", "write 6.02e23"),
        ("6,50 g", "write 6.50, and its unit as \"unit: 'g'\""),
        ("5 %", "write 5, and its unit as \"unit: '%'\""),
        ("1,500", "write it with a point, like 9.81, -2.5e-3 or 1/3"),
        ("5-6", "write it with a point, like 9.81, -2.5e-3 or 1/3"),
        ("≈5", "write it with a point, like 9.81, -2.5e-3 or 1/3"),
    ],
)
def test_a_number_in_another_form_is_told_in_that_of_authors(typed: str, remedy: str) -> None:
    """What can be read only one way is written out; a comma before three digits has two readings."""
    assert _helps("numeric", f"answer: {typed}") == {remedy}

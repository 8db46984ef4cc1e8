"""The works on cards: each card has a list of its own."""

from __future__ import annotations

from builder.deck import apkg
from tests.make.course import course_of


def test_years_on_a_card_have_no_letters_for_works_on_other_cards() -> None:
    """Two works of one author and year are 2012 on their cards, whose texts say so too, and never 2012b alone."""
    work = {"type": "book", "author": [{"family": "Judge"}], "issued": {"date-parts": [[2012]]}}
    references = {key: {"id": key, "title": title, **work} for key, title in (("one", "Right"), ("two", "Wrong"))}
    items = [
        {"id": k, "kind": "basic", "prompt": f"Who wrote {k}?", "answer": "Judge", "cites": [k]} for k in references
    ]
    for _, note in apkg.rendered(course_of(items, references=references)).rows:
        assert "(2012)" in dict(zip(note.type.fields, note.fields, strict=True))["Sources"]

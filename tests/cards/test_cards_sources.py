"""The fold of sources on the back of a card, and what stands in its place where an item has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.cards.notetypes import RECALL
from tests import anki_collection
from tests import browser as web
from tests.make.folder import Author

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser import Press, View

REPORT = '<p class="report"><a href="https://example.org/new?item=her%3Ax">Report a fault</a></p>'


@pytest.mark.slow
@pytest.mark.parametrize("way", ["desktop", "android"])
def test_sources_are_folded(press: Press, view: View, way: web.Way) -> None:
    """Every back opens with its sources and id folded; a tap or Alt + 0 shows them, and no script is needed for it."""
    cards = web.samples(press)
    for kind, card in cards.items():
        page = view(way, width=360).show(card.answer)
        assert page.get_by_text("Paper, paragraph 5").is_hidden(), kind
        assert page.locator(".id").is_hidden(), kind
        page.keyboard.press("Alt+0") if kind not in {"choice", "several"} else page.locator("summary").first.click()
        assert page.get_by_text("Paper, paragraph 5").is_visible(), kind
        assert page.locator(".id").inner_text() == "test-item", kind
    plain = view("android", java_script_enabled=False).show(cards["cloze"].answer)
    plain.locator("summary").click()
    assert plain.get_by_text("Paper, paragraph 5").is_visible()


@pytest.mark.parametrize("width", [360, 1000])
@pytest.mark.parametrize("way", ["desktop", "android"])
def test_a_card_without_sources_has_no_fold_of_them(
    press: Press, view: View, monkeypatch: pytest.MonkeyPatch, way: web.Way, width: int
) -> None:
    """No back of any kind speaks of sources; below all else stands the id, small, soft, and to be read without a tap."""
    monkeypatch.setitem(web.LAST, "Sources", "")
    viewer = view(way, width=width)
    for kind, card in web.samples(press).items():
        page = viewer.show(card.answer)
        assert page.locator("details.small").count() == 0, kind
        assert "Sources" not in web.heard(page), kind
        assert page.locator(".id").all_inner_texts() == ["test-item"], kind
        assert (viewer.widest(), viewer.low_contrast()) == (width, []), kind
        look = page.locator(".id").evaluate(
            "(id) => [id, document.body].map((it) => parseFloat(getComputedStyle(it).fontSize))"
        )
        assert look[0] < look[1], kind
        box, above = page.locator(".id").bounding_box(), page.locator(".explanation, .answer").last.bounding_box()
        assert box, kind
        assert above, kind
        assert above["y"] + above["height"] <= box["y"] <= above["y"] + above["height"] + 2 * box["height"], kind


def test_without_scripts_there_is_no_fold_either(press: Press, view: View) -> None:
    """The template alone leaves the fold out, and has the id."""
    (card,) = press.cards(RECALL, Prompt="p", Answer="a")
    page = view("android", java_script_enabled=False).show(card.answer)
    assert page.locator("details, summary").count() == 0
    assert page.locator(".id").inner_text() == "test-item"


def test_a_line_for_reports_stands_open_where_there_is_no_source(press: Press, view: View) -> None:
    """It needs no heading and no tap; beside sources, and beside what a student wrote in their place, it is folded."""
    for sources, is_folded in (("", False), (web.SOURCES, True), ("My textbook, page 12", True)):
        (card,) = press.cards(RECALL, Prompt="p", Answer="a", Sources=sources + REPORT)
        page = view(width=360).show(card.answer)
        assert page.get_by_role("link", name="Report a fault").is_hidden() is is_folded, sources
        assert page.locator(".id").is_hidden() is is_folded, sources
        assert ("Sources" in web.heard(page)) is is_folded, sources


def test_an_import_tells_items_with_sources_from_those_without(tmp_path: Path) -> None:
    """Anki's own renderer, after an import, gives the fold to the notes that have a source and to no other."""
    author = Author(tmp_path / "course")
    collection = anki_collection.new(tmp_path)
    anki_collection.bring_in(collection, author.package(), tmp_path)
    seen = set()
    for item in (it for it in author.course.active if not it.is_kept):
        has_source = bool(item.locator or item.cites)
        for card in anki_collection.note(collection, f"sample:{item.id}").cards():
            assert ('<details class="small">' in card.answer()) is has_source
            assert card.answer().count(f'<p class="id">{item.id}</p>') == 1
            seen.add(has_source)
    collection.close()
    assert seen == {True, False}

"""The keyboard as Anki's screens leave it to a card: Space, Enter, digits and some letters never reach the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import browser as web
from tests.cards.test_cards_arrange import matching, mates, ordering, standing

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser import Card, Press, View, Viewer

# Anki's shortcuts come first unless the focus is in a box for text: the page gets nothing of them.
SHORTCUTS = """
window.pycmd = () => {};
window.taken = [];
addEventListener("keydown", (event) => {
  const isText = event.target.matches("textarea, input:not([type=checkbox]):not([type=radio])");
  if (isText || event.altKey || event.ctrlKey || !/^([abde1-7 ]|Enter)$/.test(event.key)) return;
  taken.push(event.key);
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
"""


def reviewer(view: View, **context: object) -> Viewer:
    """A window that takes keys as Anki's reviewer does."""
    viewer = view(**context)  # type: ignore[arg-type]
    viewer.page.evaluate(SHORTCUTS)
    return viewer


def press_keys(page: Page, keys: str) -> None:
    """Press keys one after another; their names are divided by spaces."""
    for key in keys.split():
        page.keyboard.press(key)


def test_choices_are_made(press: Press, view: View) -> None:
    """Alt + number chooses, and Alt + 0 checks where several are right."""
    viewer = reviewer(view)
    page = viewer.show(web.choice(press, web.FOUR, ' data-fixed="1"').question)
    press_keys(page, "2 b Space Alt+2")
    assert web.chosen(page) == ["Beta"]
    assert page.evaluate("taken") == ["2", "b", " "]
    page = viewer.show(web.choice(press, web.TWO_RIGHT, ' data-fixed="1"').question)
    press_keys(page, "Alt+1 Alt+3 Alt+0")
    assert web.verdict(page) == "Right."


def test_pairs_are_matched(press: Press, view: View) -> None:
    """Alt + number gives the marked term a response; the mark moves on, and Down moves it too."""
    page = reviewer(view).show(matching(press).question)
    press_keys(page, "Alt+2 Alt+3")
    assert mates(page) == ["→ B", "→ C", ""]
    press_keys(page, "Tab ArrowDown Alt+4 Alt+1")
    assert mates(page) == ["→ B", "→ D", "→ A"]
    press_keys(page, "ArrowUp ArrowUp ArrowUp Alt+2")
    assert mates(page)[0] == "", "the same key takes the pair apart"
    press_keys(page, "Alt+2 Alt+0")
    assert web.verdict(page) == "2 of 3 right."


def test_steps_are_ordered(press: Press, view: View) -> None:
    """Alt + number takes a step and the arrows move it."""
    page = reviewer(view).show(ordering(press).question)
    press_keys(page, "Alt+2 ArrowUp Alt+4 ArrowUp ArrowUp Alt+0")
    assert web.verdict(page) == "Right."


def test_points_and_levels_are_chosen(press: Press, view: View) -> None:
    """On the back Alt + number ticks a point, or chooses a level in the marked row, and the mark moves on."""
    viewer, cards = reviewer(view), web.samples(press)
    page = viewer.show(cards["points"].answer)
    press_keys(page, "2 Alt+2")
    assert page.get_by_role("status").inner_text() == "Ticked: 1 of 4 marks."
    press_keys(page, "Alt+2 Alt+1")
    assert page.get_by_role("status").inner_text() == "Ticked: 3 of 4 marks."
    page = viewer.show(cards["rubric"].answer)
    press_keys(page, "c Alt+4 Alt+2")
    assert page.get_by_role("status").inner_text() == "Chosen: 8 of 12 marks."
    press_keys(page, "Tab Alt+1")
    assert page.get_by_role("status").inner_text() == "Chosen: 2 of 12 marks."


def test_tab_stops_nowhere_in_vain(press: Press, view: View) -> None:
    """What only Space or Enter could press is passed by, so that Space never rates a card in place of ticking a box."""
    viewer = reviewer(view)
    for kind, card in web.samples(press).items():
        for side in card:
            page = viewer.show(side)
            for _ in range(14):
                page.keyboard.press("Tab")
                vain = "document.activeElement.matches('.option, .check, .more, .arrow, .responses *, input[type=checkbox], input[type=radio], summary')"
                assert not page.evaluate(vain), kind


def test_hints_fold_after_some_cards(press: Press, view: View) -> None:
    """The first three cards of a sort say which keys work; later ones keep it folded, one click away."""
    viewer, cards = view(), web.samples(press)
    for kind in ("several", "matching", "ordering", "points", "rubric"):
        side = cards[kind][kind in {"points", "rubric"}]
        shown = []
        for _ in range(5):
            hint = viewer.show(side).locator(".keys")
            assert hint.count() == 1
            shown.append(hint.locator("p").is_visible())
        assert shown == [True, True, True, False, False], kind
        hint.locator("summary").click()
        assert "Alt + 1" in hint.locator("p").inner_text()
    assert view(has_touch=True, is_mobile=True, width=360).show(cards["choice"].question).locator(".keys").is_hidden()


def turned_while_typing(viewer: Viewer, card: Card) -> Page:
    """The card with something written in its box, left with Escape."""
    page = viewer.show(card.question)
    press_keys(page, "Tab e b 1 Space Alt+1 2 Escape Space")
    return page


def test_a_box_for_text_keeps_its_keys(press: Press, view: View) -> None:
    """Letters, digits and Space typed into the own answer stay there; after Escape they are Anki's again."""
    page = turned_while_typing(reviewer(view), web.samples(press)["points"])
    assert page.locator("textarea").input_value() == "eb1 2"
    assert page.evaluate("taken") == [" "]
    assert standing(page) == []

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.cards.notetypes import ARRANGE, NOTE_TYPES
from tests import browser as web

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser import Card, Press, View, Way

WAYS = pytest.mark.parametrize("way", ["desktop", "android"])
PAIRS = [("one", "uno"), ("two", "<em>due</em>"), ("three", "tre")]
STEPS = ["first", "<em>second</em>", "third", "fourth"]


def matching(press: Press) -> Card:
    """Three terms; their responses stand as tre, uno, due, with one to spare."""
    terms = "".join(f"<li>{term}</li>" for term, _ in PAIRS)
    responses = "".join(f"<li>{PAIRS[i][1]}</li>" for i in (2, 0, 1)) + "<li>dieci</li>"
    key = "".join(f'<tr><th scope="row">{term}</th><td>{response}</td></tr>' for term, response in PAIRS)
    parts = f'<div class="matching"><ol class="terms">{terms}</ol><ol class="responses" type="A">{responses}</ol></div>'
    fields = {"Parts": parts, "Key": f'<table class="key">{key}</table><p class="spare">Left over: dieci</p>'}
    return press.cards(ARRANGE, Prompt="Match.", **fields, **web.LAST)[0]


def ordering(press: Press) -> Card:
    """Four steps, printed as third, first, fourth, second."""
    jumbled = "".join(f"<li>{STEPS[i]}</li>" for i in (2, 0, 3, 1))
    solved = "".join(f"<li>{step}</li>" for step in STEPS)
    fields = {"Parts": f'<ul class="steps">{jumbled}</ul>', "Key": f'<ol class="steps key">{solved}</ol>'}
    return press.cards(ARRANGE, Prompt="Order.", **fields, **web.LAST)[0]


def mates(page: Page) -> list[str]:
    """What is said beside each term."""
    return page.locator(".terms .mate").all_inner_texts()


def standing(page: Page) -> list[str]:
    """The steps as they stand."""
    return page.locator(".steps .text").all_inner_texts()


def told(page: Page) -> list[str]:
    """What the key says of the student's own answer, sign included."""
    return [
        text
        + page.evaluate("(e) => getComputedStyle(e, '::after').content.replaceAll('\"', '')", mine.element_handle())
        for mine, text in ((m, m.inner_text()) for m in page.locator(".mine .text").all())
    ]


def press_all(way: Way, *targets: Locator) -> None:
    """Click or tap each."""
    for target in targets:
        target.click() if way == "desktop" else target.tap()


@WAYS
def test_pairs_are_matched_by_tapping(press: Press, view: View, way: Way) -> None:
    """Each tap pairs the marked term, a second undoes it, and a checked card says which are right on both sides."""
    viewer = view(way) if way == "desktop" else view(way, width=360, has_touch=True, is_mobile=True)
    card = matching(press)
    page = viewer.show(card.question)
    uno, due, tre = (page.locator(".responses .part").filter(has_text=text) for text in ("uno", "due", "tre"))
    press_all(way, uno, tre)
    assert mates(page) == ["→ B", "→ A", ""]
    assert page.get_by_role("status").inner_text() == "2 goes with A."
    press_all(way, page.locator(".terms .part").nth(1), tre)
    assert mates(page) == ["→ B", "", ""]
    press_all(way, due, uno)  # uno leaves the first term for the third
    assert mates(page) == ["", "→ C", "→ B"]
    press_all(way, page.get_by_role("button", name="Check"))
    assert web.verdict(page) == "Still open: 1. Check again to leave it open."
    press_all(way, page.get_by_role("button", name="Check"))
    for side in ("front", "back"):
        assert web.verdict(page) == "1 of 3 right.", side
        assert told(page) == ["You: nothing ✗ Wrong", " ✓ Right", "You: uno ✗ Wrong"]
        assert page.get_by_text("Left over: dieci").is_visible()
        assert page.locator(".part").count() == 0
        viewer.show(card.answer)


@WAYS
def test_steps_are_ordered_by_arrows(press: Press, view: View, way: Way) -> None:
    """Each arrow moves its step by one place, and the check shows where each stood."""
    viewer = view(way) if way == "desktop" else view(way, width=360, has_touch=True, is_mobile=True)
    card = ordering(press)
    page = viewer.show(card.question)
    assert standing(page) == ["third", "first", "fourth", "second"]
    press_all(way, page.get_by_role("button", name="Move up: first"))
    press_all(way, page.get_by_role("button", name="Move up: second"))
    press_all(way, page.get_by_role("button", name="Move up: first"))  # it is first already
    assert standing(page) == ["first", "third", "second", "fourth"]
    assert page.get_by_role("status").inner_text() == "Place 3 of 4."
    press_all(way, page.get_by_role("button", name="Check"))
    for side in ("front", "back"):
        assert web.verdict(page) == "5 of 6 pairs in order.", side
        assert told(page) == [" ✓ Right", " ✓ Right", "You: place 2 ✗ Wrong", " ✓ Right"]
        viewer.show(card.answer)


def test_steps_are_dragged(press: Press, view: View) -> None:
    """A step follows its handle over several others, and back."""
    page = view().show(ordering(press).question)
    handle = page.locator(".handle").first
    box = handle.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 400, steps=30)
    assert standing(page) == ["first", "fourth", "second", "third"]
    page.mouse.move(x, y - 10, steps=30)
    page.mouse.up()
    page.mouse.move(x, y + 400, steps=30)
    assert standing(page) == ["third", "first", "fourth", "second"]


def test_everything_can_be_done_with_keys(press: Press, view: View) -> None:
    """Tab, arrows, Space and Enter match and order; the focus stays on what moves; Anki sees none of these keys."""
    page = view().show(ordering(press).question)
    page.evaluate("keys = []; document.addEventListener('keydown', (e) => keys.push(e.key))")
    for key in ("Tab", "ArrowDown", "ArrowDown", "Tab", "ArrowUp"):
        page.keyboard.press(key)
    assert standing(page) == ["first", "fourth", "second", "third"]
    assert page.evaluate("document.activeElement.className").startswith("handle")
    assert set(page.evaluate("keys")) == {"Tab"}
    page = view().show(matching(press).question)
    page.evaluate("keys = []; document.addEventListener('keydown', (e) => keys.push(e.key))")
    page.keyboard.press("Tab")
    for key in ("Tab", "Tab", "Tab", "Tab", "Space", "Tab", "Enter", "Tab"):
        page.keyboard.press(key)
    assert mates(page) == ["→ B", "→ C", ""]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert web.verdict(page) == "2 of 3 right."
    assert set(page.evaluate("keys")) == {"Tab"}


def test_arrow_keys_move_the_step_they_are_on(press: Press, view: View) -> None:
    """Down and up move the focused step by one place, and at an end nothing happens."""
    page = view().show(ordering(press).question)
    page.locator(".handle").first.focus()
    orders = []
    for key in ("ArrowUp", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
        orders.append(standing(page).index("third"))
    assert orders == [0, 1, 2, 1]


@WAYS
def test_a_card_turned_without_a_check_shows_what_stood_there(press: Press, view: View, way: Way) -> None:
    """Turning the card is an answer too; one that was left alone is not judged."""
    viewer = view(way)
    card = matching(press)
    page = viewer.show(card.question)
    page = viewer.show(card.answer)
    assert web.verdict(page) == ""
    assert page.locator(".mine").count() == 0
    assert page.get_by_text("As asked").is_visible()
    page = viewer.show(card.question)
    page.get_by_role("button", name="Check").click()
    assert web.verdict(page) == "Match at least one pair."
    page.locator(".responses .part").filter(has_text="uno").click()
    page = viewer.show(card.answer)
    assert web.verdict(page) == "1 of 3 right."
    other = viewer.show(ordering(press).answer)
    assert other.locator(".mine").count() in {0, 4}


def test_the_key_is_hidden_before_the_answer(press: Press, view: View) -> None:
    """Neither eyes nor a screen reader find the key on a front, and every control has a name."""
    for card in (matching(press), ordering(press)):
        page = view().show(card.question)
        assert page.locator(".key").count() == 0
        assert "Left over" not in page.locator("body").inner_text() + web.heard(page)
        names = [b.evaluate("(e) => e.ariaLabel || e.innerText.trim()") for b in page.get_by_role("button").all()]
        assert all(names)
        assert len(names) == len(set(names))


def test_without_javascript_the_lists_are_plain(press: Press, view: View) -> None:
    """Terms are numbered, responses lettered, steps a list; the back has the key."""
    viewer = view("android", java_script_enabled=False)
    front = viewer.show(matching(press).question)
    assert front.locator(".responses").get_attribute("type") == "A"
    assert front.get_by_role("button").count() == 0
    assert "uno" in viewer.show(matching(press).answer).locator("table.key").inner_text()
    back = viewer.show(ordering(press).answer)
    assert back.locator("ol.key > li").all_inner_texts() == ["first", "second", "third", "fourth"]


@pytest.mark.slow
@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_checked_card_is_readable_and_fits(press: Press, view: View, width: int, night: bool) -> None:  # noqa: FBT001 - a parameter
    """While it is answered and after the check all text has its contrast, targets their size, and nothing overflows."""
    viewer = view(night=night, width=width)
    for text in ("A text of some length, as they are.", web.LONG):
        cards = web.samples(press, text)
        for kind in ("matching", "ordering"):
            page = viewer.show(cards[kind].question)
            first = page.locator(".responses .part, .handle").nth(1)
            first.click()
            first.press("ArrowDown")
            heights = [box["height"] for b in page.locator("button").all() if (box := b.bounding_box())]
            assert min(heights) >= 44, kind
            assert (viewer.low_contrast(), viewer.widest()) == ([], width), (kind, "asked")
            for _ in range(2 if kind == "matching" else 1):  # the first asks for the pairs that are missing
                page.get_by_role("button", name="Check").click()
            assert page.locator(".mine").count() == 3
            assert (viewer.low_contrast(), viewer.widest()) == ([], width), (kind, "checked")


def test_levels_of_a_rubric_are_chosen_and_summed(press: Press, view: View) -> None:
    """A level earns its share of the criterion's marks, from none at the worst to all at the best."""
    page = view(width=1280).show(web.samples(press)["rubric"].answer)
    sums = page.get_by_role("status")
    assert sums.inner_text() == "Chosen: 0 of 12 marks."
    rows = page.locator(".rubric tbody tr")
    rows.nth(0).get_by_role("radio").nth(2).check()
    rows.nth(1).get_by_role("radio").nth(3).check()
    assert sums.inner_text() == "Chosen: 10 of 12 marks."
    rows.nth(0).get_by_role("radio").nth(0).check()
    assert sums.inner_text() == "Chosen: 6 of 12 marks."
    page.keyboard.press("ArrowRight")
    assert sums.inner_text() == "Chosen: 8 of 12 marks."
    page = view("android", width=360, has_touch=True, is_mobile=True).show(web.samples(press)["rubric"].answer)
    page.locator(".rubric label").nth(1).tap()
    assert page.get_by_role("status").inner_text() == "Chosen: 2 of 12 marks."


def test_a_retired_card_says_so(press: Press, view: View) -> None:
    """The front of a withdrawn question tells it in place of the question, and Anki offers the card for deletion."""
    for note_type in NOTE_TYPES:
        text = "Gone, without blanks"
        fields = {note_type.fields[0]: text, "Retired": "2026-01-01: worn out"}
        before = len(press.collection.get_empty_cards().notes)
        # A note must have a card to be added: it is retired afterwards, as by an import.
        asked = {note_type.fields[0]: "{{c1::x}}" if note_type.is_cloze else "Asked"}
        press.cards(note_type, **asked)
        note = press.collection.get_note(press.collection.db.scalar("select max(id) from notes"))  # type: ignore[union-attr]
        for name, value in fields.items():
            note[name] = value
        press.collection.update_note(note)
        offered = press.collection.get_empty_cards().notes
        assert len(offered) == before + 1
        assert offered[-1].will_delete_note
        (card,) = note.cards()
        page = view().show(card.question())
        assert page.get_by_text("This question has been withdrawn").is_visible()
        assert page.get_by_text("Gone").count() == 0

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from builder.model import Blueprint
from tests.make.course import course_of
from tests.pages.students import ITEMS
from tests.pages.test_study_page import NEXT
from tests.pictures import png

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pages.conftest import Site
    from tests.pages.students import Student

FRENCH: list[dict[str, Any]] = [
    {"id": "roi", "kind": "basic", "prompt": "Qui a dit « L'État, c'est moi » ?", "answer": "Louis XIV & sa cour"},
    {"id": "coeur", "kind": "cloze", "prompt": "Les hommes naissent {{c1::égaux::comment ?}}, cœur et âme."},
    {
        "id": "rois",
        "kind": "basic",
        "prompt": "Lesquels ?\n\n| Nom | An |\n|---|---|\n| Clovis | 481 |\n",
        "answer": "Tous",
    },
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("l’etat", ["roi 1"]),
        ("ÉTAT", ["roi 1"]),
        ("xiv & sa", ["roi 1"]),
        ("coeur egaux comment", ["coeur 1"]),
        ("cœur", ["coeur 1"]),
        ("c1", []),
        ("clovis 481", ["rois 1"]),
    ],
)
def test_a_search_finds_words_however_they_are_typed(
    student: Callable[..., Student], typed: str, found: list[str]
) -> None:
    """Accents, capitals, curly quotes and ligatures make no difference; what marks a gap is no word of the text."""
    one = student()
    one.open(course_of(FRENCH, language="fr"))
    one.page.get_by_role("button", name="Cartes", exact=True).click()
    one.page.locator("#search").fill(typed)
    assert one.page.evaluate("browse.found.map((card) => card.place)") == found


def test_the_cells_of_a_table_are_apart_in_the_list(student: Callable[..., Student]) -> None:
    """A row of the list has a space between what stands in two cells."""
    one = student()
    one.open(course_of(FRENCH, language="fr"))
    one.page.get_by_role("button", name="Cartes", exact=True).click()
    expect(one.page.locator("#rows .look").last).to_have_text("Lesquels ? Nom An Clovis 481")


def test_after_a_look_at_a_card_the_list_stands_where_it_stood(student: Callable[..., Student]) -> None:
    """Back shows the same rows at the same place, and the keys are at the row that was chosen."""
    items = [{"id": f"q{n}", "kind": "basic", "prompt": f"What is {n}?", "answer": "x"} for n in range(130)]
    one = student(viewport={"width": 360, "height": 740})
    one.open(course_of(items))
    one.page.get_by_role("button", name="Cards", exact=True).click()
    one.page.locator("#more-rows").click()
    one.page.locator("#rows .look").nth(80).click()
    one.page.locator("#back").click()
    expect(one.page.locator("#rows .look:focus")).to_have_text("What is 80?")
    assert one.page.locator("#rows .look").count() == 100
    assert one.page.evaluate("scrollY") > 1000


def test_each_lost_question_of_a_quiz_can_be_looked_at(student: Callable[..., Student]) -> None:
    """Back leads to the result, whose marks are written as the language has them, and not to a new quiz."""
    one = student()
    paper = Blueprint.model_validate({"blueprint": "weekly", "title": "Test", "items": 2})
    one.open(course_of(FRENCH[:2], language="fr", blueprints={"weekly": paper}))
    one.page.get_by_role("button", name="S’exercer", exact=True).click()
    one.page.get_by_role("button", name="Commencer").click()
    for _ in range(2):
        one.page.locator("#turn").click()
        one.card.locator("hr#answer").wait_for()
        one.until("document.getElementById('marks-of').textContent")
        one.page.locator("#got").fill("0.25")
        one.page.locator("#take").click()
    expect(one.page.locator("#result-told")).to_contain_text("0,5 ")
    for place in (0, 1):
        one.page.locator("#result-lost .look").nth(place).click()
        one.page.locator("#back").click()
        expect(one.page.locator("#result-lost .look").nth(place)).to_be_focused()


def test_a_quiz_goes_on_after_a_look_at_another_part(student: Callable[..., Student]) -> None:
    """Who looks something up among the cards is asked the same question again; the part's own button begins anew."""
    one = student()
    one.open(course_of(ITEMS))
    practise = one.page.get_by_role("button", name="Practise", exact=True)
    practise.click()
    one.page.get_by_role("button", name="Begin").click()
    one.page.locator("#turn").click()
    one.until("document.getElementById('marks-of').textContent")
    one.page.locator("#give-all").click()
    one.page.locator("#take").click()
    asked = one.asked()
    one.page.get_by_role("button", name="Cards", exact=True).click()
    practise.click()
    expect(one.page.locator("#practice-at")).to_contain_text("2")
    assert one.asked() == asked
    practise.click()
    expect(one.page.locator("#practice-form")).to_be_visible()
    assert one.asked() == ""


def test_keys_reach_the_card_after_a_click_on_its_part(student: Callable[..., Student]) -> None:
    """After a click on Study, Space turns the card and does not press that button again."""
    one = student()
    one.open(course_of(ITEMS[5:6]))
    one.page.get_by_role("button", name="Progress", exact=True).click()
    one.page.get_by_role("button", name="Study", exact=True).click()
    one.card.locator("#qa:focus").wait_for()
    one.page.keyboard.press("Space")
    one.card.locator("hr#answer").wait_for()


def test_storage_that_is_cleared_under_an_open_page_is_filled_again(student: Callable[..., Student]) -> None:
    """The next answer brings back all that the page knows; no answer is lost when it is opened again."""
    one = student()
    one.open()
    one.page.evaluate("setLimit(7)")
    one.rate(3)
    one.rate(3)
    clear = {"origin": "file://", "storageTypes": "all"}
    one.page.context.new_cdp_session(one.page).send("Storage.clearDataForOrigin", clear)
    one.rate(3)
    expect(one.page.locator("#notice-unkept")).to_have_count(0)
    one.page.reload()
    one.page.locator("html[data-ready]").wait_for(state="attached")
    assert len(one.lines()) == 3
    expect(one.page.locator("#limit")).to_have_value("7")


def test_storage_that_is_cleared_and_full_is_filled_once_there_is_room(student: Callable[..., Student]) -> None:
    """What could not be kept is all that the page knows, and not the last answer alone."""
    one = student()
    one.open()
    one.rate(3)
    one.rate(3)
    one.page.evaluate("store.base.close()")
    one.page.evaluate("indexedDB.deleteDatabase(NAME) && 0")
    one.page.evaluate(
        "(window.put = IDBObjectStore.prototype.put, IDBObjectStore.prototype.put = () => { throw new Error('full'); }, 0)"
    )
    one.rate(3)
    expect(one.page.locator("#notice-unkept")).to_contain_text("full")
    one.page.evaluate("(IDBObjectStore.prototype.put = window.put, 0)")
    one.rate(3)
    expect(one.page.locator("#notice-unkept")).to_have_count(0)
    assert len(one.stored()) == 4


def test_an_answer_in_another_window_leaves_what_is_half_typed(student: Callable[..., Student]) -> None:
    """A message of another window changes the counts, and the card only where that card was answered there."""
    one = student()
    one.open()
    other = one.beside()
    other.card.locator("#typeans").fill("Par")
    one.page.evaluate("(study.theme = 'love', nextCard(false))")
    one.rate(4)
    other.until("memory.lines.size === 1")
    expect(other.page.locator("#count-new")).to_have_text("7")
    expect(other.card.locator("#typeans")).to_have_value("Par")


@pytest.mark.parametrize("hears", [True, False])
def test_a_card_on_its_back_in_two_windows_is_answered_once(student: Callable[..., Student], *, hears: bool) -> None:
    """The first answer counts, also where the other window slept and heard no message; it says so, and goes on."""
    one = student()
    if not hears:
        one.page.context.add_init_script("BroadcastChannel.prototype.postMessage = () => {};")
    one.open()
    other = one.beside()
    for window in (one, other):
        window.turn()
    one.rate(4)
    other.page.locator("#rate-3").click()
    expect(other.page.locator("#told")).to_contain_text("answered in another window")
    other.until("study.side === 'front' && study.card.place === 'colour 1'")
    assert len(other.stored()) == 1
    other.rate(3)
    assert [(it["item"], it["rating"]) for it in map(json.loads, other.stored())] == [("capital", 4), ("colour", 3)]
    one.page.get_by_role("button", name="Progress", exact=True).click()
    other.page.get_by_role("button", name="Progress", exact=True).click()
    expect(other.page.locator("#figures dd").nth(5)).to_have_text("2")


def test_what_a_student_has_done_does_not_get_less_by_a_release(student: Callable[..., Student]) -> None:
    """Reviews of a retired item count on; figures and calendar say the same number."""
    one = student()
    one.open()
    while one.asked() != "plain 1":
        one.rate(4)
    reviews = len(one.lines())
    one.open(course_of(NEXT))
    one.page.get_by_role("button", name="Progress", exact=True).click()
    expect(one.page.locator("#figures dd").nth(5)).to_have_text(str(reviews))
    assert str(reviews) in one.page.locator("#calendar-told").inner_text()


BOXES: dict[str, Any] = {
    "id": "map", "kind": "occlusion", "prompt": "What is it?", "image": {"file": "map.png", "alt": "A map"},
    "boxes": {"town": [10, 10, 20, 20]},
}  # fmt: skip


def test_a_picture_on_a_phone_is_as_wide_as_the_card(student: Callable[..., Student]) -> None:
    """Its height is bounded by the window and not by the frame, which grows to its card: front and back have one size."""
    one = student(viewport={"width": 360, "height": 740})
    one.open(course_of([BOXES], media={"map.png": png(800, 700)}))
    picture = one.card.locator("#image-occlusion-container img")
    front = picture.bounding_box()
    one.turn()
    back = picture.bounding_box()
    assert front
    assert back
    assert front["width"] == back["width"] > 250


def test_a_picture_in_the_preview_is_as_large_as_in_anki(site: Site) -> None:
    """The frame of a card in the author's preview is no window either."""
    page = site.open(course_of([BOXES], media={"map.png": png(800, 700)}))
    box = page.frame_locator("iframe").first.locator("img").bounding_box()
    assert box
    assert box["width"] > 250


def test_the_marks_of_a_quiz_stand_in_one_row_on_a_phone(student: Callable[..., Student]) -> None:
    """None, half and full are beside each other, and a lost question has its number at its first line."""
    one = student(viewport={"width": 360, "height": 740})
    one.open(course_of([FRENCH[1] | {"prompt": f"{FRENCH[1]['prompt']} {'Et cela dure. ' * 6}"}], language="fr"))
    one.page.get_by_role("button", name="S’exercer", exact=True).click()
    one.page.get_by_role("button", name="Commencer").click()
    one.page.locator("#turn").click()
    one.until("document.getElementById('marks-of').textContent")
    top = "(element) => element.getBoundingClientRect().top"
    assert len({one.page.locator(f"#give-{name}").evaluate(top) for name in ("none", "half", "all")}) == 1
    one.page.locator("#give-none").click()
    one.page.locator("#take").click()
    question, row = one.page.locator("#result-lost .look"), one.page.locator("#result-lost li")
    assert question.evaluate(top) - row.evaluate(top) < 4
    assert question.evaluate("(made) => getComputedStyle(made).verticalAlign") == "top"  # else by its last line

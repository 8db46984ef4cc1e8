from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest

from builder.cards import html as field_html
from builder.cards import notetypes
from builder.cards.fields import renderer
from builder.cards.notetypes import NOTE_TYPES, RECALL
from tests import browser as web
from tests.make.course import course_of

if TYPE_CHECKING:
    from tests.browser import Press, View, Way

WAYS = pytest.mark.parametrize("way", ["desktop", "android"])


@WAYS
def test_one_choice_answers_and_the_back_keeps_it(press: Press, view: View, way: Way) -> None:
    """After a click or a tap each option shows its verdict and reason, and the back shows the same."""
    card = web.choice(press, web.FOUR)
    viewer = view(way) if way == "desktop" else view(way, width=360, has_touch=True, is_mobile=True)
    page = viewer.show(card.question)
    order = web.texts(page)
    beta = page.get_by_role("button", name="Beta")
    beta.click() if way == "desktop" else beta.tap()
    letter = "ABCD"[order.index("Alpha")]
    for side in ("front", "back"):
        assert (web.texts(page), web.chosen(page)) == (order, ["Beta"]), side
        assert web.verdict(page) == f"Not right: the answer is {letter}."
        assert page.get_by_text("Why alpha").is_visible()
        assert page.locator(".option").count() == 0
        viewer.show(card.answer)


def test_keys_answer(press: Press, view: View) -> None:
    """Letters, digits and Alt with a digit choose; so do Enter and Space on an option reached with Tab."""
    viewer, card = view(), web.choice(press, web.FOUR)
    viewer.page.evaluate("addEventListener('keydown', (e) => { last = e.defaultPrevented; })")
    for keys in ("b", "2", "Alt+2", "Numpad2", "Tab Tab Enter", "Tab Tab Space", "Tab Tab Shift+Enter"):
        page = viewer.show(card.question)
        second = web.texts(page)[1]
        for key in keys.split():
            page.keyboard.press(key)
        assert web.chosen(page) == [second], keys
        assert page.evaluate("last") == key.endswith(("2", "b")), "what the script uses, the browser does not"


def test_keys_of_anki_are_left_to_it(press: Press, view: View) -> None:
    """A key that names no option is neither used nor stopped, Space and Enter above all."""
    page = view().show(web.choice(press, web.FOUR).question)
    page.evaluate("addEventListener('keydown', (e) => { last = e.key + e.defaultPrevented; })")
    for key in ("Space", "Enter", "Shift+A", "Shift+Digit1", "e", "5", "0", "-", "Control+b", "Alt+b", "Meta+b"):
        page.keyboard.press(key)
        assert page.evaluate("last").endswith("false"), key
    assert page.locator(".option").count() == 4


def test_a_key_on_an_option_does_not_turn_the_card(press: Press, view: View) -> None:
    """Space on an option stays with it; after the answer Space is Anki's again."""
    page = view().show(web.choice(press, web.FOUR).question)
    page.evaluate("keys = []; document.addEventListener('keydown', (e) => keys.push(e.key))")
    for key in ("Tab", "Space"):
        page.keyboard.press(key)
    assert page.evaluate("keys") == ["Tab"]
    page.keyboard.press("Space")
    assert page.evaluate("keys") == ["Tab", " "]


def test_keys_work_once_after_many_cards_on_one_page(press: Press, view: View) -> None:
    """Scripts run again and again on Anki's page; still a key presses an option once."""
    viewer, card = view(), web.choice(press, web.TWO_RIGHT)
    # Six runs of the script: as many presses would leave the option as it was.
    page = [viewer.show(side) for side in (*card, *card, card.question, card.question)][-1]
    page.keyboard.press("c")
    assert page.locator("[aria-pressed=true]").count() == 1


def test_verdicts_are_hidden_before_the_answer(press: Press, view: View) -> None:
    """Neither eyes nor a screen reader find a verdict or a reason on an unanswered front."""
    page = view().show(web.choice(press, web.FOUR, Explanation="Telling").question)
    seen = page.locator("body").inner_text() + web.heard(page)
    assert "Alpha" in seen
    assert not re.search(r"Why|Right|Wrong|Telling", seen)
    assert page.locator(".feedback").count() == 0
    assert page.get_by_role("status").inner_text() == ""
    assert page.get_by_role("group", name="Which letter comes first?").get_by_role("button").count() == 4


@WAYS
def test_an_unanswered_card_has_a_plain_back(press: Press, view: View, way: Way) -> None:
    """Turned without a choice, the back shows the verdicts in the order of the front and judges nobody."""
    viewer = view(way)
    other = web.choice(press, web.FOUR, Id="other")
    viewer.show(other.question).get_by_text("Beta").click()
    card = web.choice(press, web.FOUR)
    order = web.texts(viewer.show(card.question))
    page = viewer.show(card.answer)
    assert (web.texts(page), web.chosen(page), web.verdict(page)) == (order, [], "")
    page = viewer.show(other.answer)
    assert (web.texts(page), web.chosen(page)) == (
        ["Alpha", "Beta", "Gamma", "Delta"],
        [],
    )  # nothing of another card is left


def test_options_are_shuffled_each_time(press: Press, view: View) -> None:
    """Orders differ from showing to showing; a pinned option stays last, fixed options stay."""
    viewer, card = view(), web.choice(press, [*web.FOUR[:3], ("None", "", False)])
    orders = {tuple(web.texts(viewer.show(card.question))) for _ in range(30)}
    assert len(orders) >= 4
    assert {order[-1] for order in orders} == {"None"}
    fixed = web.choice(press, web.FOUR, ' data-fixed="1"')
    assert {tuple(web.texts(viewer.show(fixed.question))) for _ in range(10)} == {("Alpha", "Beta", "Gamma", "Delta")}


@pytest.mark.parametrize(
    ("picks", "sentence"),
    [
        (["Alpha", "Gamma"], "Right."),
        (["Gamma"], "Not quite: 1 of 2 right options chosen."),
        (["Alpha", "Beta"], "Not quite: 1 of 2 right options chosen, and 1 wrong."),
    ],
)
def test_several_right_options(press: Press, view: View, picks: list[str], sentence: str) -> None:
    """Options are chosen and dropped again, then checked; turning the card instead shows the same."""
    viewer, card = view(), web.choice(press, web.TWO_RIGHT)
    for turned in (False, True):
        page = viewer.show(card.question)
        page.get_by_role("button", name="Check").click()
        assert web.verdict(page) == "Choose at least one."
        for pick in ("Beta", "Beta", *picks):
            page.get_by_role("button", name=pick).click()
        assert page.get_by_role("button", pressed=True).count() == len(picks)
        if not turned:
            page.keyboard.press("Alt+0")
            assert (sorted(web.chosen(page)), web.verdict(page)) == (picks, sentence)
        viewer.show(card.answer)
        assert (sorted(web.chosen(page)), web.verdict(page)) == (picks, sentence)


def test_without_javascript_a_card_is_whole(press: Press, view: View) -> None:
    """The front is a lettered list, the back says right or wrong in words, with the reasons."""
    viewer = view("android", java_script_enabled=False)
    card = web.choice(press, web.FOUR)
    listed = web.heard(viewer.show(card.question))
    assert re.search(r"A .*Alpha.*B .*Beta.*D .*Delta", listed)
    assert "Why" not in listed
    told = web.heard(viewer.show(card.answer))
    assert re.search(r"A .*Alpha.*✓ Right.*Why alpha.*B .*Beta.*✗ Wrong.*Why beta", told)
    points = viewer.show(web.samples(press)["points"].answer).locator(".points")
    assert points.get_by_role("listitem").count() == 2


def test_without_storage_a_card_still_works(press: Press, view: View) -> None:
    """Where storage is forbidden, options still answer and the back shows its own order."""
    viewer = view("android")
    for store in ("sessionStorage", "localStorage"):
        viewer.page.add_init_script(
            f"Object.defineProperty(window, '{store}', {{ get() {{ throw new Error('no'); }} }})"
        )
    card = web.choice(press, web.FOUR)
    viewer.show(card.question).get_by_text("Alpha").click()
    assert web.verdict(viewer.page) == "Right."
    assert web.texts(viewer.show(card.answer)) == ["Alpha", "Beta", "Gamma", "Delta"]


@pytest.mark.slow
@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_side_is_readable_and_fits(press: Press, view: View, width: int, night: bool) -> None:  # noqa: FBT001 - a parameter
    """By day and night all text has a contrast of 4.5 at least, and no page scrolls sideways."""
    viewer = view(night=night, width=width)
    for text in ("A text of some length, as they are.", web.LONG):
        for kind, card in web.samples(press, text).items():
            page = viewer.show(card.question)
            assert (viewer.low_contrast(), viewer.widest()) == ([], width), (kind, "front")
            if page.locator(".option").count():
                page.locator(".option").nth(1).click()
                assert (viewer.low_contrast(), viewer.widest()) == ([], width), (kind, "chosen")
                page.keyboard.press("0")
            viewer.show(card.answer)
            assert (viewer.low_contrast(), viewer.widest()) == ([], width), (kind, "back")


@pytest.mark.slow
@pytest.mark.parametrize("text", web.HOSTILE)
def test_text_shows_as_typed(press: Press, view: View, text: str) -> None:
    """Whatever an author types is text in every field of every kind, on both sides."""
    viewer = view()
    text = unicodedata.normalize("NFC", text)  # as Anki stores it
    for kind, card in web.samples(press, field_html.html_text(text)).items():
        page = viewer.show(card.question)
        assert text in page.locator(".prompt").inner_text(), kind
        if kind in {"choice", "several"}:
            assert text in web.texts(page), kind
            page.get_by_role("button", name=text).click()
            page.keyboard.press("0")
            assert web.chosen(page) == [text]
        viewer.show(card.answer)
        shown = page.locator(".face").inner_text()
        assert shown.count(text) >= 2, kind
        assert page.locator(".id").text_content() == "test-item", kind


def test_a_typed_answer_is_compared(press: Press, view: View) -> None:
    """Anki's comparison stands on the back, and another accepted answer is said to be right."""
    accept = "<li>OS1</li><li>the <b>OS</b></li><li>Sam</li>"
    card = press.cards(RECALL, Prompt="Name it", Answer="Samantha", Accept=accept)[0]
    viewer = view()
    page = viewer.show(press.typed(card, "Samantha", "").question)
    page.locator("#typeans").press_sequentially("b1")
    assert page.locator("#typeans").input_value() == "b1"
    accepted = "Right: an accepted answer."
    for typed, sentence in (("os1 ", accepted), ("sam", accepted), ("Sama", "")):
        viewer.show(press.typed(card, "Samantha", typed).answer)
        assert page.locator(".typed").is_visible()
        assert web.verdict(page) == sentence
        assert page.locator(".accepted li").all_inner_texts() == ["OS1", "the OS", "Sam"]
    viewer.show(press.typed(card, "Samantha", "").answer)
    assert not page.locator(".typed").is_visible()


def test_points_are_ticked_and_summed(press: Press, view: View) -> None:
    """The student ticks points of the guide; the sum of their marks follows."""
    page = view().show(web.samples(press)["points"].answer)
    assert page.get_by_role("status").inner_text() == "Ticked: 0 of 4 marks."
    page.get_by_role("checkbox").first.check()
    assert page.get_by_role("status").inner_text() == "Ticked: 3 of 4 marks."
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.get_by_role("status").inner_text() == "Ticked: 4 of 4 marks."
    page = view("android", width=360, has_touch=True, is_mobile=True).show(web.samples(press)["points"].answer)
    page.locator(".points label").nth(1).tap()
    assert page.get_by_role("status").inner_text() == "Ticked: 1 of 4 marks."


def test_half_marks_are_summed(press: Press, view: View) -> None:
    """An item whose key points are worth halves shows them as they are typed, and their sum."""
    points = [{"point": "One", "marks": "0.5"}, {"point": "Two", "marks": "2"}]
    item = {"id": "half", "kind": "short", "prompt": "Why?", "key_points": points}
    course = course_of([item])
    note_type, values = renderer(course, {})(course.items[0])
    card = press.cards(note_type, **dict(zip(note_type.fields, values, strict=True)))[0]
    assert "2.5 marks" in view().show(card.question).locator("body").inner_text()
    page = view().show(card.answer)
    assert page.locator(".points .marks").all_inner_texts() == ["0.5", "2"]
    page.get_by_role("checkbox").first.check()
    assert page.get_by_role("status").inner_text() == "Ticked: 0.5 of 2.5 marks."


def test_layout_follows_the_width(press: Press, view: View) -> None:
    """Matching has two columns from 480 px, a rubric from 900 px; below, the levels of a rubric are stacked."""
    cards = web.samples(press)
    for width, columns in ((479, 1), (600, 2)):
        page = view(width=width).show(cards["matching"].question)
        lefts = {page.locator(css).bounding_box()["x"] for css in (".terms", ".responses")}  # type: ignore[index]
        assert len(lefts) == columns
    for width, places in ((360, 1), (880, 1), (900, 4)):
        levels = view(width=width).show(cards["rubric"].answer).locator(".rubric tr").nth(1).locator("td:not(.marks)")
        boxes = [level.bounding_box() for level in levels.all()]
        assert len({box["x"] for box in boxes if box}) == places
        assert all(box and box["x"] + box["width"] <= width for box in boxes)


def test_hands_and_eyes_are_cared_for(press: Press, view: View) -> None:
    """Targets are 44 px high, focus shows, text grows with the reader's font size, motion stops when asked."""
    viewer = view(width=360, reduced_motion="reduce")
    cards = web.samples(press)
    for side, css in (
        (cards["several"].question, ".option, .check"),
        (cards["points"].answer, "label"),
        (cards["typed"].question, "#typeans"),
    ):
        page = viewer.show(side)
        assert min(box.bounding_box()["height"] for box in page.locator(css).all()) >= 44  # type: ignore[index]
    page = viewer.show(cards["choice"].question)
    page.keyboard.press("Tab")
    look = "const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth, s.transitionDuration]"
    assert page.evaluate(f"() => {{ {look} }}") == ["solid", "3px", "0s"]
    size = "parseFloat(getComputedStyle(document.querySelector('.option')).fontSize)"
    before = page.evaluate(size)
    page.evaluate("document.documentElement.style.fontSize = '30px'")
    assert page.evaluate(size) == 2 * before


def test_the_files_are_small_and_keep_to_the_templates() -> None:
    """Style and each script stay below 16 KB and hold no comment; no text is sized in pixels; Anki finds no field in a script."""
    style = notetypes.style()
    assert "/*" not in style
    assert len(style.encode()) <= 16 * 1024
    assert not re.search(r"font[^;]*\dpx|https?:|@import", style)
    sides = [side for note_type in NOTE_TYPES for t in note_type.model(1)["tmpls"] for side in (t["qfmt"], t["afmt"])]
    scripts = re.findall(r"<script>(.*?)</script>", "".join(sides), re.DOTALL)
    assert len(scripts) == 35
    for script in scripts:
        assert len(script.encode()) <= 16 * 1024
        assert not re.search(r"{{|<!--|https?:", script)
    for note_type in NOTE_TYPES:
        for template in note_type.model(1)["tmpls"]:
            used = re.findall(r"{{[#^/]?(?:type:|cloze:)?(\w+)}}", template["qfmt"] + template["afmt"])
            assert set(used) <= set(note_type.fields)
            assert '<hr id="answer">' in template["afmt"]

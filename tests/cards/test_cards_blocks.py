"""Cards whose texts have programs, lists, tables, quotes, verses and pictures in every field that may hold them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from builder.cards.fields import renderer
from builder.cards.notetypes import NOTE_TYPES
from tests import browser as web
from tests.make.course import course_of
from tests.make.items import EXAMPLES, Fixed, fields
from tests.pictures import png

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Locator

    from tests.browser import Card, Press, View

BLOCKS = """\
A line with ![a square](a.png){width=60%} and `code`:

```python
def greet(name): print(f"Hello, {name}, in a line that is far longer than a phone is wide")  # a comment, 42
```

3. three
4. - four

   > quoted

| Name | Value |
|:-----|------:|
| a long cell with words in it | 1 |

| roses
|   are

The end
"""
# What no browser lets stand in a paragraph or span, by the specification of HTML.
_FLOW = {"p", "div", "pre", "ul", "ol", "table", "blockquote", "details"}
_WIDE = '<span style="display:inline-block;width:700px;text-align:end">A = <i>B</i></span>'
# Whether the end of a wide formula comes into its box by scrolling.
_ENDS = """(all) => all.map((box) => {
  box.scrollLeft = 1e4;
  return box.querySelector("i").getBoundingClientRect().right <= box.getBoundingClientRect().right + 1;
})"""


class Nested(HTMLParser):
    """Checks that elements close in order, and that no block stands where only words may."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """An element."""
        self.seen.add(tag)
        assert not (tag in _FLOW and set(self.open) & {"p", "span", "em", "strong"}), (tag, self.open, attrs)
        if tag not in {"img", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Its end."""
        assert self.open.pop() == tag


def items(text: str) -> list[dict[str, Any]]:
    """An item of each kind with that text in every field."""
    examples = {example.kind: example for example in EXAMPLES}
    shared = {"prompt": text, "explanation": text}
    return [{"id": k, "kind": k} | shared | fields(it, Fixed(text)) for k, it in examples.items()]


def pressed(press: Press, text: str) -> dict[str, Card]:
    """The first card of each kind, its pictures inside it."""
    course = course_of(items(text), media={"a.png": png()})
    render = renderer(course, {})
    cards: dict[str, Card] = {}
    for item in course.items:
        note_type, values = render(item)
        named = dict(zip(note_type.fields, values, strict=True))
        source = web.IMAGE.partition('src="')[2].partition('"')[0]
        shown = {name: value.replace('src="test-', f'src="{source}" data-was="') for name, value in named.items()}
        cards[item.kind] = press.cards(note_type, **shown)[0]
    return cards


def test_fields_hold_blocks_where_html_lets_them_stand() -> None:
    """In every field of every kind no block stands within a paragraph or span, and all blocks are there."""
    course = course_of(items(BLOCKS), media={"a.png": png()})
    render = renderer(course, {})
    seen = set()
    for item in course.items:
        note_type, values = render(item)
        assert note_type in NOTE_TYPES
        for value in values:
            seen |= Nested(value).seen
    assert seen >= {"p", "pre", "code", "ol", "ul", "li", "table", "th", "td", "blockquote", "img", "br"}


def test_sounds_play_where_they_are_seen_alone() -> None:
    """A sound is played from what a side shows, never from feedback and keys, which the front holds unseen."""
    course = course_of(items("Hear ![words that are said](a.mp3)"), media={"a.mp3": b"sound"})
    render = renderer(course, {})
    for item in course.items:
        note_type, values = render(item)
        named = dict(zip(note_type.fields, values, strict=True))
        for name in ("Feedback", "Key"):
            assert "[sound:" not in named.get(name, "")
        for value in values:
            Nested(value)
        assert "[sound:test-" in "".join(values)
        assert "words that are said" in "".join(values)


@pytest.mark.slow
@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("width", [360, 1280])
def test_blocks_fit_and_are_readable(press: Press, view: View, width: int, night: bool) -> None:  # noqa: FBT001 - a parameter
    """No card is wider than its window, and all text, tokens of programs too, has its contrast on both sides."""
    viewer = view(width=width, night=night)
    for kind, card in pressed(press, BLOCKS).items():
        for side in (card.question, card.answer):
            page = viewer.show(side)
            assert (viewer.widest(), viewer.low_contrast()) == (width, []), kind
            assert page.locator("pre .code-keyword:visible").count() >= 1, kind


@pytest.mark.parametrize("attributes", ['display="true" style="display:block"', ""], ids=["displayed", "inline"])
def test_formulas_of_mathjax_scroll_within_the_card(press: Press, view: View, attributes: str) -> None:
    """A formula wider than a phone, in the element that MathJax makes of it, makes no side of any kind wider, and its end is reached."""
    wide = f'Say <mjx-container class="MathJax" jax="CHTML" {attributes}>{_WIDE}</mjx-container> so'
    for kind, card in web.samples(press, wide).items():
        viewer = view(width=360)
        for side in (card.question, card.answer):
            page = viewer.show(side)
            if page.locator(".option").count():
                page.locator(".option").last.click()
            boxes = page.locator("mjx-container:visible")
            room = boxes.evaluate_all("(all) => all.map((it) => it.clientWidth)")
            assert viewer.widest() == 360, kind
            assert 100 < min(room) <= max(room) <= 360, kind
            assert boxes.evaluate_all(_ENDS) == [True] * len(room), kind


def test_a_short_formula_stands_on_its_line_as_without_a_box(press: Press, view: View) -> None:
    """The box of an inline formula moves neither the formula nor the text around it."""
    inside = (
        '<span style="display:inline-block;line-height:0"><span style="line-height:1.2">x<sub>2</sub></span></span>'
    )
    text = f'A line <mjx-container class="MathJax" jax="CHTML">{inside}</mjx-container> of text'
    page = view(width=360).show(web.samples(press, text)["recall"].question)
    place = "(it) => [it.getBoundingClientRect().y, it.parentElement.parentElement.getBoundingClientRect().height]"
    formula = page.locator(".prompt mjx-container > span")
    boxed = formula.evaluate(place)
    page.add_style_tag(content="#qa .face mjx-container { display: inline; overflow: visible }")
    assert formula.evaluate(place) == pytest.approx(boxed, abs=0.5)


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
def test_what_scrolls_has_a_shade_where_there_is_more(press: Press, view: View, night: bool) -> None:  # noqa: FBT001 - a parameter
    """A table or formula that scrolls is shaded at the end that is hidden, and at no end once that is reached or all of it fits."""
    table = '<div class="sheet"><table><tr><td><span style="display:inline-block;width:{}px"></span></td></tr></table></div>'
    formula = (
        '<mjx-container jax="CHTML" {}><span style="display:inline-block;width:{}px;height:2em"></span></mjx-container>'
    )
    for made in (table, formula.format("", "{}"), formula.format('display="true" style="display:block"', "{}")):
        page = view(width=360, night=night).show(web.samples(press, made.format(700))["choice"].question)
        for box in (page.locator(".prompt > *").first, page.locator(".option :is(mjx-container, .sheet)")):
            assert _shades(box) == (False, True), made
            box.evaluate("(it) => { it.scrollLeft = 200; }")
            assert _shades(box) == (True, True), made
            box.evaluate("(it) => { it.scrollLeft = 1e4; }")
            assert _shades(box) == (True, False), made
        page = view(width=360, night=night).show(web.samples(press, made.format(60))["choice"].question)
        assert _shades(page.locator(".prompt > *").first) == (False, False), made


def _shades(box: Locator) -> tuple[bool, bool]:
    """Whether the first and the last four columns of a box differ in colour from its middle, near its upper border."""
    shot = Image.open(BytesIO(box.screenshot())).convert("RGB")
    row = [shot.getpixel((x, 3)) for x in range(shot.width)]
    ground = {row[shot.width // 2]}
    return {*row[:4]} != ground, {*row[-4:]} != ground


def test_options_with_blocks_are_chosen_and_steps_with_blocks_moved(press: Press, view: View) -> None:
    """A choice by key and an ordering by arrows work, and their backs know what was done."""
    cards = pressed(press, BLOCKS)
    viewer = view(width=360)
    page = viewer.show(cards["mcq"].question)
    assert page.locator(".option").count() == 3
    page.locator(".option pre").nth(1).click()
    assert page.locator(".chosen").count() == 1
    assert page.locator(".feedback > li").count() == 3
    viewer.show(cards["mcq"].answer)
    assert page.locator(".chosen").count() == 1
    page = viewer.show(cards["ordering"].question)
    for _ in range(2):
        page.locator(".handle").first.focus()
        page.keyboard.press("ArrowDown")
    page.locator(".check").click()
    assert re.fullmatch(r"Right\.|\d+ of 15 pairs in order\.", page.locator(".verdict").inner_text())
    places = page.locator(".mine .text").all_inner_texts()
    assert len(places) == 6
    assert not any("place 0" in place for place in places)


def test_pairs_with_tables_in_them_are_judged_pair_by_pair(press: Press, view: View) -> None:
    """The rows of a text's own table are no pairs: the verdict counts the pairs alone."""
    page = view().show(pressed(press, BLOCKS)["matching"].question)
    count = page.locator(".terms > li").count()
    for place in range(count):
        page.locator(".responses .part").nth(place).click()
    page.locator(".check").click()
    assert page.locator(".mine").count() == count
    said = page.locator(".verdict").inner_text()
    assert said == "Right." or said.endswith(f"of {count} right.")


def test_marks_of_a_rubric_with_tables_are_summed(press: Press, view: View) -> None:
    """Levels are the cells of the rubric alone, whatever tables stand in them."""
    page = view(width=1280).show(pressed(press, BLOCKS)["essay"].answer)
    boxes = page.locator(".rubric input")
    rows = page.locator(".rubric > tbody > tr").count()
    assert boxes.count() == rows * 4
    boxes.nth(3).click()
    assert page.locator(".verdict").inner_text().startswith("Chosen: 5 of")


def test_a_picture_is_enlarged_and_made_small(press: Press, view: View) -> None:
    """A click, Enter and + show a picture as large as the window; a click, Escape and + make it small again."""
    page = view("android", width=360).show(pressed(press, BLOCKS)["basic"].question)
    small, large = page.locator(".prompt img"), page.locator("dialog img")
    before = small.bounding_box()
    small.click()
    after = large.bounding_box()
    assert before
    assert after
    assert after["width"] > before["width"]
    assert "Make small: a square" in web.heard(page)
    large.click()
    page.locator("dialog").wait_for(state="detached")
    small.focus()
    page.keyboard.press("Enter")
    assert large.is_visible()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    page.keyboard.press("+")
    assert large.is_visible()
    page.keyboard.press("+")
    page.locator("dialog").wait_for(state="detached")


def test_a_typed_answer_of_several_lines_is_right(press: Press, view: View) -> None:
    """Lines of an answer are parted by space when what was typed is compared with them."""
    card = web.Card("", pressed(press, "one\n\n- two")["basic"].answer)
    page = view().show(press.typed(card, "one two", "one  two").answer)
    assert page.locator(".typed .verdict").inner_text().startswith("Right")

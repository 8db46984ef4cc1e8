from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from builder.deck import apkg
from builder.loading.course import load, shipped
from tests import anki_collection, samples
from tests import browser as web
from tests.make.course import course_of
from tests.make.items import EXAMPLES, Fixed, fields
from tests.pages.conftest import scrolling
from tests.pictures import png

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from builder.model import Course
    from tests.pages.conftest import Site

HOSTILE = [
    {"id": f"h{n}", "kind": "reversed", "prompt": text, "answer": text, "reverse_prompt": text, "reverse_answer": text}
    for n, text in enumerate(web.HOSTILE)
] + [
    {"id": f"c{n}", "kind": "cloze", "prompt": f"A {{{{c1::{text}::{text}}}}} {{{{c3::b}}}} {{{{c1::again}}}}"}
    for n, text in enumerate(["x <b>", "a: :b", "</script><!--", "$& ${x}", "مرحبا 👩‍👩‍👧"])
]


def hostile() -> Course:
    """A course of texts that look like everything but text, with a picture."""
    image = {"file": "a.png", "alt": "</script>"}
    return course_of(
        [*HOSTILE, {"id": "i", "kind": "basic", "prompt": "p", "answer": "a", "image": image}], media={"a.png": png()}
    )


def sample(tmp_path: Path) -> Course:
    """One item of every kind."""
    course = load(samples.course(tmp_path / "course", samples.HERE / "good" / "all-kinds.yaml")).course
    assert course
    return course


def as_anki(course: Course, folder: Path) -> dict[tuple[str, int], tuple[str, str]]:
    """What Anki makes of every card, by item and card number."""
    collection = anki_collection.new(folder)
    (package,) = apkg.files(course, 1_750_000_000).values()
    anki_collection.bring_in(collection, package, folder)
    sides = {}
    for note_id in collection.find_notes(""):
        note = collection.get_note(note_id)
        for card in note.cards():
            output = card.render_output()
            sides[note.guid.partition(":")[2], card.ord] = (output.question_text, output.answer_text)
    collection.close()
    return sides


def same(html: str) -> str:
    """HTML as Anki stores it (NFC), without the hidden text of a blank, which its templates may read."""
    return re.sub(r' data-cloze="[^"]*"', "", unicodedata.normalize("NFC", html))


@pytest.mark.slow
@pytest.mark.parametrize("which", ["shipped", "sample", "hostile"])
def test_cards_are_filled_in_as_anki_does(site: Site, tmp_path: Path, which: str) -> None:
    """Every side of every card is the HTML that the official library makes, retired ones and their notices too."""
    course = {"shipped": lambda: load(shipped()).course, "sample": lambda: sample(tmp_path), "hostile": hostile}[
        which
    ]()
    assert course
    expected = as_anki(course, tmp_path)
    page = site.open(course)
    script = "all.map(({note, place}) => { const s = sides(note, place); return [note.id, place, s.front, s.back]; })"
    pictures = {re.escape(m): m for m in re.findall(r'src="([^"]*)"', str(expected))}
    assert which != "hostile" or len(pictures) == 1
    shown = {(i, place): (front, back) for i, place, front, back in page.evaluate(script)}
    assert shown.keys() == expected.keys()
    for key, sides in expected.items():
        for ours, theirs in zip(shown[key], sides, strict=True):
            plain = re.sub(r'src="data:[^"]*"', 'src=""', ours)
            blank = theirs.partition("<div>The front of this card is blank.")[0].partition("<div>No cloze ")[0]
            if blank == theirs:
                assert same(plain) == same(re.sub(r'src="[^"]*"', 'src=""', theirs)), key
            elif ours == shown[key][0]:
                assert same(plain).strip() == same(blank).strip(), key


def test_cards_are_answered_and_flipped(site: Site, tmp_path: Path) -> None:
    """A choice made on the front is kept on the back; the button turns the card both ways."""
    page = site.open(sample(tmp_path))
    assert scrolling(page) == []  # a frame above that still grows would move the card from under the mouse
    card = page.locator("article").filter(has_text="mcq-full")
    inside = card.frame_locator("iframe")
    inside.get_by_role("button", name="that").click()
    expect(inside.locator(".verdict")).to_contain_text("Not right")
    card.get_by_role("button", name="Show answer").click()
    inside.locator("hr#answer").wait_for()
    assert inside.locator(".chosen .text").inner_text().startswith("that")
    card.get_by_role("button", name="Show question").click()
    inside.get_by_role("button", name="that").wait_for()


COVERED = """(canvas, [x, y]) => {
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const pen = copy.getContext("2d", { willReadFrequently: true });
  pen.drawImage(canvas, 0, 0);
  return pen.getImageData(Math.round(x * canvas.width), Math.round(y * canvas.height), 1, 1).data[3];
}"""


def test_boxes_lie_on_their_picture(site: Site, tmp_path: Path) -> None:
    """A front hides the box that it asks for and the others; its back shows its own and names it alone."""
    page = site.open(sample(tmp_path))
    card = page.locator("article").filter(has_text="occlusion-plain").first
    canvas = card.frame_locator("iframe").locator("#image-occlusion-canvas")
    leaf, stem, petal = (0.38, 0.75), (0.505, 0.91), (0.3, 0.3)
    canvas.wait_for()
    page.wait_for_timeout(300)
    assert [canvas.evaluate(COVERED, place) for place in (leaf, stem, petal)] == [255, 255, 0]
    card.get_by_role("button", name="Show answer").click()
    card.frame_locator("iframe").locator("hr#answer").wait_for()
    page.wait_for_timeout(300)
    assert [canvas.evaluate(COVERED, place) for place in (leaf, stem, petal)] == [0, 255, 0]
    assert card.frame_locator("iframe").locator(".labels li:visible").all_inner_texts() == ["leaf"]


def test_a_typed_answer_is_compared(site: Site, tmp_path: Path) -> None:
    """What is typed on the front stands on the back beside the answer, right or wrong."""
    page = site.open(sample(tmp_path))
    card = page.locator("article").filter(has_text="basic-full")
    inside = card.frame_locator("iframe")
    for typed, found in (("Intimacy", ".typeGood"), ("nearness", ".typeBad")):
        inside.locator("#typeans").fill(typed)
        card.get_by_role("button", name="Show answer").click()
        assert inside.locator(found).inner_text() == typed
        card.get_by_role("button", name="Show question").click()
        inside.locator("input#typeans").wait_for()


def test_cards_are_found_by_theme_kind_and_words(site: Site, tmp_path: Path) -> None:
    """The filters work together, count what is left, and stay when the page is loaded anew."""
    page = site.open(sample(tmp_path))
    count = page.locator("#count")
    assert count.inner_text() == "25 of 25 cards"
    page.get_by_label("Kind").select_option("cloze")
    assert count.inner_text() == "4 of 25 cards"
    page.get_by_label("Kind").select_option("")
    page.get_by_label("Theme").select_option("love")
    assert page.locator("article h2").all_inner_texts()[0].startswith("basic-full")
    page.get_by_label("Search").fill("intimacy")
    assert count.inner_text() == "1 of 25 cards"
    page.reload()
    assert count.inner_text() == "1 of 25 cards"
    page.get_by_label("Search").fill("nothing like it")
    assert page.get_by_text("No card is like this.").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_fits_by_day_and_night(site: Site, tmp_path: Path, width: int) -> None:
    """On a phone and a desktop nothing overflows; night reaches the cards, and their text keeps its contrast."""
    page = site.open(sample(tmp_path))
    page.set_viewport_size({"width": width, "height": 800})
    for night in (False, True):
        page.get_by_label("Night").set_checked(night)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(web.LOW_CONTRAST) == []
        frame = page.locator("iframe").first.element_handle().content_frame()
        assert frame
        expect(page.locator("iframe").first.content_frame.locator("body")).to_have_class(
            "card nightMode night_mode" if night else "card"
        )
        assert frame.evaluate(web.LOW_CONTRAST) == []
    page.get_by_label("Width").select_option("900")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.slow
@pytest.mark.parametrize("bank", ["all-kinds", "all-text"])
def test_cards_grow_to_what_is_in_them(site: Site, tmp_path: Path, bank: str) -> None:
    """No card of any kind is cut or scrolls, front or back, on a phone and on a desktop, also where nobody has scrolled to it."""
    course = load(samples.course(tmp_path / "course", samples.HERE / "good" / f"{bank}.yaml")).course
    assert course
    for width, hash_ in ((360, ""), (1280, "#width=900&backs=1")):
        site.page.set_viewport_size({"width": width, "height": 800})
        page = site.open(course, hash_)
        page.reload()
        assert scrolling(page) == []


def test_keys_reach_everything(site: Site, tmp_path: Path) -> None:
    """Every control has a name and is reached with Tab; a card is turned with Enter."""
    page = site.open(sample(tmp_path))
    names = []
    for _ in range(6):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.id"))
    assert names == ["search", "theme", "kind", "width", "night", "backs"]
    button = page.get_by_role("button", name="Show answer").first
    button.press("Enter")
    assert page.get_by_role("button", name="Show question").count() == 1


def test_many_cards_come_as_they_are_scrolled_to(site: Site) -> None:
    """A large course opens with its first cards, and the others follow."""
    page = site.open(course_of({"id": f"i{n}", "kind": "basic", "prompt": f"p{n}", "answer": "a"} for n in range(500)))
    first = page.locator("iframe").count()
    assert first < 100
    page.locator("article").last.scroll_into_view_if_needed()
    page.locator("iframe").nth(first).wait_for()


def test_hostile_text_shows_as_typed(site: Site) -> None:
    """Text that would end a script, open a comment or fill in a field is text on the card."""
    page = site.open(hostile())
    frame = page.locator("article").first.frame_locator("iframe")
    assert " ".join(frame.locator(".prompt").inner_text().split()) == " ".join(web.HOSTILE[0].split())


def leaves(value: Any) -> Iterator[str]:
    """All texts within plain values."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from leaves(inner)
    else:
        yield value


@pytest.mark.slow
@pytest.mark.parametrize("text", ["<script>x</script> </script> \" ' & <!--", "{{ 7*7 }} {% raw %} {# x #} ${x}"])
def test_every_field_shows_as_typed(site: Site, text: str) -> None:
    """In items of every kind, whatever stands in a field stands on the card, and titles and themes are texts too."""
    pen = Fixed(text)
    examples = {example.kind: example for example in EXAMPLES}
    items = [
        {"id": kind, "kind": kind, "prompt": text, "explanation": text, "theme": "a"} | fields(example, pen)
        for kind, example in examples.items()
    ]
    page = site.open(course_of(items, title=text, themes={"a": text}))
    assert page.title() == f"Cards of {text}"
    assert page.locator("h1").inner_text() == text
    assert page.get_by_label("Theme").locator("option").all_inner_texts() == ["all", text]
    for item in items:
        card = page.locator("article").filter(has=page.get_by_role("heading", name=re.compile(rf"^{item['kind']} ")))
        shown = ""
        for one in card.all():
            one.scroll_into_view_if_needed()
            side = one.frame_locator("iframe").locator("#qa")
            shown += side.inner_text()
            one.get_by_role("button", name="Show answer").click()
            one.frame_locator("iframe").locator("hr#answer").wait_for()
            shown += side.inner_text()
        wanted = {leaf for leaf in leaves(item) if leaf.startswith(text[:5])} | {text}
        assert [leaf for leaf in wanted if leaf not in shown and "c1::" not in leaf] == [], item["kind"]
